# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps marks and findings the moment they are given; a mark needs a place and a kind."""

from dataclasses import replace
from secrets import token_hex
from typing import ClassVar

from typing_extensions import override

from pact_desktop.desktop.row_answers import keep_row_answer
from pact_desktop.desktop.row_words import about_text, row_answers, row_labels, row_texts
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.body_map.mark_words import (
    caption,
    mark_from_draft,
    mark_text,
    mark_to_draft,
    place_key,
    places,
    table_rows,
)
from pact_desktop.desktop.screens.body_map.view import SHEETS, BodyMapView
from pact_desktop.desktop.visit_step import StepPresenter
from pact_desktop.desktop.visit_words import progress
from pact_desktop.desktop.widgets.body_figure import Disc
from pact_desktop.desktop.widgets.mark_editor import MarkText
from pact_desktop.desktop.widgets.observation_row import RowAnswer
from pact_desktop.desktop.words import tr
from pact_desktop.domain.body_map import anchor, region_at
from pact_desktop.domain.indicators import IndicatorId, VisitPart
from pact_desktop.domain.screening import BodyMark, BodyView, ScreeningId, VisitStep
from pact_desktop.domain.text import TypedAt, TypedField, fits
from pact_desktop.services import screenings


class BodyMapPresenter(StepPresenter):
    """Step 5. A new mark waits in the editor until its place and kind are known.

    It has its identifier from the start, so that keeping it twice keeps one mark.
    """

    step: ClassVar = VisitStep.BODY_MAP

    def __init__(self, view: BodyMapView, work: Work) -> None:
        super().__init__(view, work)
        self._view = view
        self._of: ScreeningId | None = None
        self._current = ""
        self._shown = ""
        self._draft: MarkText | None = None
        self._spot: tuple[BodyView, float, float] | None = None
        view.sheet_chosen.connect(self._choose_sheet)
        view.mark_wanted.connect(self._add)
        view.pointed.connect(self._add_at)
        view.mark_picked.connect(self._pick)
        view.mark_moved.connect(self._move)
        view.mark_changed.connect(self._change)
        view.mark_removed.connect(self._remove)
        view.answered.connect(self._answer)
        view.row_entered.connect(self._explain)
        view.secondary_pressed.connect(self._no_mark)

    @override
    def arrive(self) -> None:
        visit = self._visit
        if self._of != visit.screening.screening_id:
            self._of = visit.screening.screening_id
            self._current, self._draft, self._spot = "", None, None
            if visit.screening.marks:
                self._current = visit.screening.marks[0].mark_id
        self._resume()
        self._shown = ""
        self._view.set_primary(tr("Continue"))
        items = visit.indicator_set.part(VisitPart.FINDINGS, is_child=visit.screening.is_child)
        self._view.show_findings(
            row_texts(visit.indicator_set, items, visit.words_locale, full=True),
            row_labels(full=True),
        )
        if items:
            self._explain(items[0].link_id)
        self._choose_sheet(self._sheet_of(self._mark()))

    @override
    def show(self) -> None:
        screening = self._visit.screening
        if self._mark() is not None:
            self._draft, self._spot = None, None
        made = progress(self._visit.indicator_set, screening, VisitPart.FINDINGS)
        self._view.show_answers(row_answers(screening, self._visit.shown), made.done, made.total)
        self._draw_marks()
        self._view.set_secondary("" if screening.marks or self._draft else tr("No mark seen"))
        self._view.set_note(tr("No mark seen") if screening.no_mark_seen else "")

    @override
    def allow_answering(self, *, allowed: bool) -> None:
        self._view.set_answering(allowed=allowed)

    @override
    def leave(self) -> None:
        self._view.hand_over()

    # Drawing --------------------------------------------------------------------------------

    def _draw_marks(self) -> None:
        marks = self._visit.screening.marks
        discs = [
            Disc(mark.mark_id, number, mark.view, mark.x, mark.y)
            for number, mark in enumerate(marks, 1)
        ]
        if self._draft is not None and self._spot is not None:
            discs.append(Disc(self._current, len(marks) + 1, *self._spot))
        self._view.show_marks(table_rows(marks), discs, self._current)
        self._draw_editor()

    def _draw_editor(self) -> None:
        mark = self._mark()
        new = self._shown != self._current
        self._shown = self._current
        if self._draft is not None:
            number = len(self._visit.screening.marks) + 1
            heading = tr("Mark {number}").format(number=number)
            self._view.show_mark(heading, self._draft, new=new)
        elif mark is not None:
            number = self._visit.screening.marks.index(mark) + 1
            heading = tr("Mark {number}").format(number=number)
            waits = self._waiting(mark.mark_id)
            self._view.show_mark(heading, waits or mark_text(mark), new=new)
        else:
            self._view.show_mark("", None)

    def _choose_sheet(self, sheet: str) -> None:
        self._view.show_sheet(sheet)
        self._view.figure.show_views(SHEETS[sheet], caption)
        self._view.show_places(places(SHEETS[sheet]))
        self._draw_editor()

    def _sheet_of(self, mark: BodyMark | None) -> str:
        view = mark.view if mark is not None else BodyView.FRONT
        return next(sheet for sheet, views in SHEETS.items() if view in views)

    def _mark(self) -> BodyMark | None:
        marks = self._visit.screening.marks
        return next((mark for mark in marks if mark.mark_id == self._current), None)

    # Marks ----------------------------------------------------------------------------------

    def _add(self) -> None:
        self._view.hand_over()
        if self._draft is None:
            self._resume()
        if self._draft is None:
            self._draft, self._spot = MarkText(), None
            self._current = token_hex(8)
        self._shown = ""
        self.show()
        self._view.focus_place()

    def _add_at(self, view: BodyView, region: str, x: float, y: float) -> None:
        self._view.hand_over()
        waits = self._draft is not None and self._mark() is None
        keep = self._draft if waits and self._draft is not None else MarkText()
        self._draft = replace(keep, place=place_key(view, region))
        self._spot, self._shown = (view, x, y), ""
        if not waits:
            self._current = token_hex(8)
        self.show()
        self._view.focus_kind()
        if not self._keep_draft():
            self._wait(self._draft)

    def _pick(self, key: str) -> None:
        if key == self._current:
            return
        self._view.hand_over()
        self._current = key
        self._draft, self._spot = None, None
        mark = self._mark()
        if mark is not None:
            self._choose_sheet(self._sheet_of(mark))
        self._draw_marks()

    def _move(self, key: str, x: float, y: float) -> None:
        if self._draft is not None and key == self._current and self._spot is not None:
            view = self._spot[0]
            self._spot = (view, x, y)
            region = region_at(view, x, y)
            if region is not None:
                self._draft = replace(self._draft, place=place_key(view, region))
            self._draw_marks()
            return
        marks = self._visit.screening.marks
        mark = next((m for m in marks if m.mark_id == key), None)
        if mark is not None:
            region = region_at(mark.view, x, y) or mark.region
            self._save(replace(mark, x=x, y=y, region=region))

    def _change(self, text: MarkText) -> None:
        if self._draft is not None:
            self._draft = text
            self._place_draft()
            if not self._keep_draft():
                self._wait(text)
            return
        mark = self._mark()
        if mark is None or text.kind is None or text.place is None:
            return
        moved = mark
        if text.place != place_key(mark.view, mark.region):
            moved = _at(mark, text.place)
        self._save_described(moved, text)

    def _save_described(self, mark: BodyMark, text: MarkText) -> None:
        """The mark with what was entered about it; words that are too long wait beside it."""
        if fits(text.own_words, TypedField.MARK):
            self._save(_described(mark, text))
            self._visit.keep_waiting(TypedAt(TypedField.MARK, mark.mark_id), "")
        else:
            self._save(_described(mark, replace(text, own_words=mark.own_words)))
            self._wait(text)

    def _wait(self, text: MarkText) -> None:
        waits = "" if text == MarkText() else mark_to_draft(text)
        self._visit.keep_waiting(TypedAt(TypedField.MARK, self._current), waits)

    def _waiting(self, mark_id: str) -> MarkText | None:
        words = self._visit.waiting(TypedAt(TypedField.MARK, mark_id))
        return mark_from_draft(words) if words else None

    def _resume(self) -> None:
        """A mark that was begun before, and has no place or no kind yet."""
        known = {mark.mark_id for mark in self._visit.screening.marks}
        for at in self._visit.screening.drafts:
            if at.field is TypedField.MARK and at.item not in known and self._draft is None:
                self._current, self._draft = at.item, self._waiting(at.item)
                self._place_draft()

    def _place_draft(self) -> None:
        """A place chosen from the list puts the mark near the middle of that place."""
        if self._draft is None or self._draft.place is None:
            return
        view, region = _split(self._draft.place)
        if self._spot is None or region_at(*self._spot) != region or self._spot[0] is not view:
            spot = anchor(view, region)
            self._spot = None if spot is None else (view, *spot)
        self._draw_marks()

    def _keep_draft(self) -> bool:
        """Says whether the mark has all it needs, and keeps it then."""
        draft, spot = self._draft, self._spot
        if draft is None or spot is None or draft.kind is None or draft.place is None:
            return False
        view, region = _split(draft.place)
        mark = BodyMark(self._current, view, region, spot[1], spot[2], draft.kind)
        self._save_described(mark, draft)
        return True

    def _remove(self) -> None:
        if self._draft is not None:
            self._visit.keep_waiting(TypedAt(TypedField.MARK, self._current), "")
            self._draft, self._spot, self._current = None, None, ""
            self.show()
            return
        mark = self._mark()
        if mark is None:
            return
        marks = list(self._visit.screening.marks)
        position = marks.index(mark)
        rest = marks[position + 1 :] or marks[:position][-1:]
        self._current = rest[0].mark_id if rest else ""
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._visit.change(lambda: screenings.remove_mark(session, screening_id, mark.mark_id))

    def _save(self, mark: BodyMark) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._visit.change(lambda: screenings.save_mark(session, screening_id, mark))

    def _no_mark(self) -> None:
        session, screening_id = self._work.session, self._visit.screening.screening_id
        self._visit.change(lambda: screenings.record_no_mark(session, screening_id))

    # Findings -------------------------------------------------------------------------------

    def _answer(self, link_id: str, given: RowAnswer | None) -> None:
        keep_row_answer(self._visit, self._work.session, IndicatorId(link_id), given)

    def _explain(self, link_id: str) -> None:
        self._view.show_about(
            about_text(self._visit.indicator_set, IndicatorId(link_id), self._visit.words_locale)
        )


def _split(place: str) -> tuple[BodyView, str]:
    view, _, region = place.partition(":")
    return BodyView(view), region


def _at(mark: BodyMark, place: str) -> BodyMark:
    view, region = _split(place)
    spot = anchor(view, region)
    if spot is None:
        return mark
    return replace(mark, view=view, region=region, x=spot[0], y=spot[1])


def _described(mark: BodyMark, text: MarkText) -> BodyMark:
    return replace(
        mark,
        kind=text.kind or mark.kind,
        length_mm=text.length_mm,
        width_mm=text.width_mm,
        appearance=text.appearance,
        tender=text.tender,
        photo_consented=text.photo_consented,
        own_words=text.own_words,
    )
