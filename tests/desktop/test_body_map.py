# SPDX-License-Identifier: GPL-3.0-or-later
"""Body map and findings: described, never judged, and complete without the mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pact_desktop.desktop.screens.body_map import build
from pact_desktop.desktop.screens.body_map.view import BodyMapView
from pact_desktop.desktop.widgets.body_figure import Disc
from pact_desktop.domain.body_map import anchor
from pact_desktop.domain.indicators import AnswerValue, ItemRole, VisitPart
from pact_desktop.domain.screening import BodyMark, BodyView, MarkKind, VisitStep
from pact_desktop.services import screenings
from tests.desktop.visit_support import (
    Bench,
    OpenVisit,
    accessible_problems,
    type_text,
)

KEY = Qt.Key


@pytest.fixture
def bench(open_visit: OpenVisit) -> Bench:
    return open_visit()


def _mark(bench: Bench, region: str = "left-wrist", view: BodyView = BodyView.FRONT) -> None:
    x, y = anchor(view, region)
    mark = BodyMark("", view, region, x, y, MarkKind.BRUISE, 40, 30)
    screenings.save_mark(bench.session, bench.screening.screening_id, mark)


def _click(view: BodyMapView, place: BodyView, x: float, y: float) -> None:
    spot = view.figure.point_of(Disc("", 0, place, x, y))
    QTest.mouseClick(
        view.figure, Qt.MouseButton.LeftButton, pos=QPoint(round(spot.x()), round(spot.y()))
    )


def test_a_click_places_a_mark_that_is_kept_with_its_kind(bench: Bench) -> None:
    """The place is read from the figure; the kind is chosen, never guessed."""
    view = bench.enter("body_map", build)
    _click(view, BodyView.FRONT, *anchor(BodyView.FRONT, "left-wrist"))
    bench.settle()
    assert bench.stored.marks == ()
    view.editor.kind.set_value(MarkKind.LINEAR_MARK)
    view.editor.kind.chosen.emit(MarkKind.LINEAR_MARK)
    (mark,) = bench.stored.marks
    assert (mark.region, mark.kind) == ("left-wrist", MarkKind.LINEAR_MARK)


def test_a_mark_without_a_kind_is_not_called_saved(bench: Bench) -> None:
    """It is kept as a draft, and the footer and the list of steps say that it is no more."""
    view = bench.enter("body_map", build)
    bench.visit.choose_wording(full=True)
    bench.settle()
    assert view.footer.saved.startswith("Saved")
    _click(view, BodyView.FRONT, *anchor(BodyView.FRONT, "left-wrist"))
    bench.settle()
    type_text(view.editor.length, "25")
    view.primary_pressed.emit()
    bench.settle()
    view = bench.enter("body_map", build)
    bench.settle()
    assert bench.stored.marks == ()
    assert view.footer.saved == ""
    assert view.footer.note == "Kept as a draft, not yet part of the visit"
    (step,) = [s for s in bench.visit.frame(VisitStep.DETAILS).steps if s.name == "body_map"]
    assert step.detail == "look again"
    view.editor.kind.set_value(MarkKind.BRUISE)
    view.editor.kind.chosen.emit(MarkKind.BRUISE)
    bench.settle()
    assert len(bench.stored.marks) == 1
    assert view.footer.saved.startswith("Saved")
    assert view.footer.note == ""


def test_a_click_outside_the_figure_is_refused_silently(bench: Bench) -> None:
    """No message, and no mark."""
    view = bench.enter("body_map", build)
    _click(view, BodyView.FRONT, 0.02, 0.98)
    bench.settle()
    assert not view.editor.isVisible()
    assert bench.problems == []


def test_everything_can_be_entered_without_the_drawing(bench: Bench) -> None:
    """Ins, place, kind, size, look, words."""
    view = bench.enter("body_map", build)
    bench.key(KEY.Key_Insert)
    view.mark_wanted.emit()
    editor = view.editor
    editor.place.set_value("back:right-upper-back")
    editor.place.chosen.emit("back:right-upper-back")
    editor.kind.set_value(MarkKind.SCAR)
    editor.kind.chosen.emit(MarkKind.SCAR)
    bench.settle()
    type_text(editor.length, "25")
    type_text(editor.own_words, "fell")
    bench.key(KEY.Key_Tab)
    (mark,) = bench.stored.marks
    assert (mark.view, mark.region, mark.kind) == (
        BodyView.BACK, "right-upper-back", MarkKind.SCAR,
    )  # fmt: skip
    assert (mark.length_mm, mark.own_words) == (25, "fell")


def test_a_size_that_is_no_number_is_said_at_its_field(bench: Bench) -> None:
    """What was kept before stays kept."""
    _mark(bench)
    view = bench.enter("body_map", build)
    type_text(view.editor.length, "x")
    view.editor.hand_over()
    bench.settle()
    assert view.editor.fields["length"].problem()
    assert bench.stored.marks[0].length_mm == 40


def test_arrows_nudge_the_mark_and_never_leave_the_figure(bench: Bench) -> None:
    """One millimetre by an arrow, ten with Shift."""
    _mark(bench)
    view = bench.enter("body_map", build)
    before = bench.stored.marks[0]
    view.figure.setFocus()
    bench.key(KEY.Key_Down)
    after = bench.stored.marks[0]
    assert 0 < after.y - before.y < 0.001
    disc = Disc(after.mark_id, 1, after.view, after.x, after.y)
    view.figure.nudge(disc, -2000, 0)
    assert bench.stored.marks[0].x == after.x


def test_delete_removes_and_the_next_mark_is_chosen(bench: Bench) -> None:
    """The numbers close up."""
    _mark(bench)
    _mark(bench, "right-wrist")
    view = bench.enter("body_map", build)
    view.mark_removed.emit()
    bench.settle()
    (left,) = bench.stored.marks
    assert left.region == "right-wrist"
    assert view.editor.place.value() == "front:right-wrist"


def test_no_mark_seen_is_a_result(bench: Bench) -> None:
    """The button is there only while there is no mark."""
    view = bench.enter("body_map", build)
    assert view.footer.secondary == "No mark seen"
    view.secondary_pressed.emit()
    assert bench.stored.no_mark_seen
    _mark(bench)
    bench.visit.change(
        lambda: screenings.load_screening(bench.session, bench.screening.screening_id)
    )
    bench.settle()
    assert view.footer.secondary == ""


def test_other_parts_of_the_body_are_behind_segments(bench: Bench) -> None:
    """A mark on the head brings its figure forward."""
    _mark(bench)
    _mark(bench, "forehead", BodyView.HEAD)
    view = bench.enter("body_map", build)
    assert view.sheet.value() == "whole"
    view.table.select(bench.stored.marks[1].mark_id)
    bench.settle()
    assert view.sheet.value() == "head"


def test_findings_are_answered_like_observations(bench: Bench) -> None:
    """Signs of the examination and what speaks against concern have their home here."""
    view = bench.enter("body_map", build)
    view.section.buttons()[1].click()
    bench.settle()
    items = bench.visit.indicator_set.part(VisitPart.FINDINGS, is_child=False)
    assert len(view.findings.rows) == len(items)
    assert any(item.role is ItemRole.PROTECTIVE for item in items)
    view.findings.go_to(view.findings.rows[0])
    bench.key(KEY.Key_1)
    assert bench.stored.answers[items[0].link_id].value is AnswerValue.YES


def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    """The figure points to the table, which is the true list."""
    _mark(bench)
    view = bench.enter("body_map", build)
    assert accessible_problems(view) == []
    assert view.figure.accessibleDescription() == "Use the table of marks."
