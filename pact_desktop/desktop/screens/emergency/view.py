# SPDX-License-Identifier: GPL-3.0-or-later
"""Which record, why, and a second person who confirms."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    Card,
    Combo,
    ErrorSummary,
    Field,
    LineEdit,
    PlainLabel,
    ScrollPage,
    TextArea,
)
from pact_desktop.desktop.widgets.colleague_dialog import ColleagueDialog
from pact_desktop.desktop.widgets.line_card import LineCard
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.sealing import EmergencyReason
from pact_desktop.terms import term

_COLUMN_WIDTH = 760
Problem = tuple[str, Field]
"""What to do, and the field where it is done."""


class EmergencyView(Screen):
    """Private: a name is typed here.

    Signals:
        open_wanted: the button of the footer.
    """

    name, private, place = "emergency", True, "patients"
    open_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    sheet: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "emergency")
        self.wanted, self.reason, self.words = LineEdit(), Combo(), TextArea(lines=2)
        self.wanted_field = Field("", self.wanted)
        self.reason_field = Field("", self.reason)
        self.words_field = Field("", self.words)
        self._asked = Card(" ")
        for field in (self.wanted_field, self.reason_field, self.words_field):
            self._asked.body.addWidget(field)
        self.effects = LineCard()
        self.colleague = ColleagueDialog(self)
        inner = QWidget()
        column = QVBoxLayout(inner)
        space_out(column, gap=12)
        for card in (self._asked, self.effects):
            card.setMaximumWidth(theme.scaled(_COLUMN_WIDTH))
            column.addWidget(card)
        column.addStretch(1)
        self.sheet.setWidget(inner)
        self.lead.setWordWrap(True)
        self.primary_pressed.connect(self.open_wanted)
        self.problems.hide()
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.reason if self.wanted.value() else self.wanted

    @override
    def retranslate(self) -> None:
        self.lead.setText(
            tr("For a record that is closed to you. A second person confirms beside you.")
        )
        self._asked.set_heading(tr("Which record, and why"))
        self.wanted_field.set_label(tr("Number of the record, or given and family name"))
        self.reason_field.set_label(tr("Why"))
        self.words_field.set_label(tr("In one sentence, for those who read it afterwards"))
        kept = self.reason.value()
        self.reason.set_options(
            [("", tr("Choose")), *((one, term(catalog(), one)) for one in EmergencyReason)]
        )
        self.reason.set_value(kept or "")
        self.effects.set_heading(tr("Good to know"))
        self.effects.show_lines(
            [
                (tr("It opens for 15 minutes, or until you end it or lock."), "clock", "text2"),
                (
                    tr("Who is named for it reads your sentence; the manager reads who opened it."),
                    "users",
                    "text2",
                ),
                (
                    tr("It is written down also when no record is found."),
                    "clock-counter-clockwise",
                    "text2",
                ),
            ]
        )
        self.colleague.set_words(
            tr("A second person confirms it"),
            tr(
                "The manager, or a nurse or doctor who can open this record, with their own name "
                "and passphrase."
            ),
            main=tr("Open record"),
        )
        self.set_back(tr("Back"))
        self.set_primary(tr("Open record …"))

    def forget(self) -> None:
        """Nothing of the patient stays on a screen that was left."""
        self.wanted.clear()
        self.words.set_value("")
        self.reason.set_value("")
        self.show_problems([])

    def show_problems(self, problems: Sequence[Problem]) -> None:
        said = {place: words for words, place in problems}
        for field in (self.wanted_field, self.reason_field, self.words_field):
            field.set_problem(said.get(field, ""))
        self.problems.show_problems([(words, place.editor) for words, place in problems])
