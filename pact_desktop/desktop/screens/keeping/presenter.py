# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows the periods as they are stored, and keeps what the manager decides."""

from collections.abc import Mapping

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.screens.keeping.view import KeepingView
from pact_desktop.desktop.widgets.line_card import Line
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.periods import Kept, Retention
from pact_desktop.domain.retention import SMALLEST_SHOWN
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.formats import format_time
from pact_desktop.services.retention import change_periods, periods, visit_counts
from pact_desktop.terms import term

Counts = Mapping[tuple[int, Kept], int | None]


class KeepingPresenter:
    """Between the cards and the facility."""

    def __init__(self, view: KeepingView, work: Work) -> None:
        self._view, self._work = view, work
        self._known: tuple[Retention, Counts] | None = None
        view.entered.connect(lambda _arguments: self._load())
        view.rows.edited.connect(self._edited)
        view.back_pressed.connect(lambda: work.navigator.go("facility"))
        view.primary_pressed.connect(self._save)
        view.secondary_pressed.connect(self._undo)
        view.due_wanted.connect(lambda: work.navigator.go("due"))
        view.retranslated.connect(self._show_counts)

    def _load(self) -> None:
        session = self._work.session
        self._work.background.run(
            self._view, lambda: (periods(session), visit_counts(session)), self._show
        )

    def _show(self, known: tuple[Retention, Counts]) -> None:
        """What was typed before and not saved stays in the fields."""
        keep = self._is_dirty()
        self._known = known
        if not keep:
            self._view.rows.fill(known[0])
        self._show_counts()
        self._edited()

    def _show_counts(self) -> None:
        if self._known is not None:
            self._view.show_counts(
                [_count_line(year, kind, count) for (year, kind), count in self._known[1].items()]
            )

    def _is_dirty(self) -> bool:
        if self._known is None:
            return False
        typed, wrong = self._view.rows.typed()
        return bool(wrong) or typed != self._known[0]

    def _edited(self) -> None:
        self._view.show_dirty(dirty=self._is_dirty())

    def _undo(self) -> None:
        if self._known is not None:
            self._view.rows.fill(self._known[0])
            self._view.show_problems({})
            self._edited()
            self._view.rows.first.setFocus()

    def _save(self) -> None:
        if self._known is None:
            return
        typed, wrong = self._view.rows.typed()
        words = catalog()
        self._view.show_problems({field: sentence(words, one) for field, one in wrong.items()})
        if wrong:
            return
        if typed == self._known[0]:
            self._view.show_saved(format_time(self._work.session.now))
            return
        session = self._work.session
        self._work.background.run(self._view, lambda: change_periods(session, typed), self._saved)

    def _saved(self, kept: Retention) -> None:
        if self._known is not None:
            self._known = kept, self._known[1]
        self._view.rows.fill(kept)
        self._edited()
        self._view.show_saved(format_time(self._work.session.now))


def _count_line(year: int, kind: Kept, count: int | None) -> Line:
    """A small number is never told: it could single somebody out."""
    number = str(count) if count is not None else tr("fewer than {n}").format(n=SMALLEST_SHOWN)
    words = tr("{year}: {kind}: {number}").format(
        year=year, kind=term(catalog(), kind), number=number
    )
    return words, "list", "text2"
