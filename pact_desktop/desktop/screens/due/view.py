# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of what was kept long enough, and what happens when somebody erases it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    Card,
    Column,
    EmptyState,
    ErrorSummary,
    NoteLine,
    PlainLabel,
    Row,
    RowTable,
    SidePane,
)
from pact_desktop.desktop.widgets.colleague_dialog import ColleagueDialog
from pact_desktop.desktop.widgets.line_card import Line, LineCard
from pact_desktop.desktop.words import tr


class DueView(Screen):
    """Private: names stand in it, and when somebody was here.

    Signals:
        one_wanted, all_wanted: the two buttons of the footer.
    """

    name, private, place = "due", True, "patients"
    one_wanted = Signal()
    all_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    list_card: Card
    empty: EmptyState
    table: RowTable
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "due")
        self.outcome, self._rules = LineCard(), Card(" ")
        self._notes = tuple(NoteLine(icon=icon) for icon in ("users", "list", "hard-drives"))
        for note in self._notes:
            self._rules.body.addWidget(note)
        self.side.add(self.outcome)
        self.side.add(self._rules)
        self.colleague = ColleagueDialog(self)
        self._named = False
        self._rows = 0
        self.lead.setWordWrap(True)
        self.problems.hide()
        self.secondary_pressed.connect(self.one_wanted)
        self.primary_pressed.connect(self.all_wanted)
        self.show_rows([], named=False)
        self.outcome.show_lines([])
        self.retranslate()

    @override
    def first_focus(self) -> QWidget | None:
        return self.table if self.table.isVisibleTo(self) else None

    @override
    def retranslate(self) -> None:
        who = tr("Patient") if self._named else tr("Record number")
        self.table.set_columns(
            [
                Column(who, "strong"),
                # Translators: columns of the list of records that were kept long enough.
                Column(tr("What is due"), "text", 260),
                Column(tr("Since"), "muted", 130),
            ]
        )
        self.lead.setText(tr("The period of the facility has ended for these."))
        self.lead.setVisible(self._rows > 0)
        self.empty.set_words(
            tr("Nothing is due"),
            tr("The manager sets the periods under Facility. What is left open is never due."),
        )
        self.outcome.set_heading(tr("It is erased"))
        self._rules.set_heading(tr("Good to know"))
        two, counts, backups = self._notes
        two.set_text(
            tr("A nurse or a doctor erases, and a colleague or the manager confirms it here.")
        )
        counts.set_text(tr("Of a visit only a number for its year remains."))
        backups.set_text(tr("Old backups still hold it: the manager has them destroyed."))
        self.colleague.set_words(
            tr("Somebody else confirms it"),
            tr(
                "A colleague or the manager, with their own name and passphrase. "
                "There is no way back."
            ),
            main=tr("Erase now"),
        )
        self._show_footer()

    # What is shown --------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], *, named: bool) -> None:
        self._named, self._rows = named, len(rows)
        self.table.set_rows(rows)
        self.table.select_first()
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.retranslate()

    def show_outcome(self, lines: Sequence[Line]) -> None:
        self.outcome.show_lines(lines)

    def show_held(self, words: str) -> None:
        """Visits that would be due, if they or a referral of theirs were not open."""
        self.set_note(words)

    def _show_footer(self) -> None:
        """Who holds no names erases nothing here."""
        may = self._named and self._rows > 0
        self.set_back(tr("Back"))
        self.set_primary(tr("Erase all of these …") if may else "", "")
        self.set_secondary(tr("Erase the chosen one …") if may and self._rows > 1 else "")
