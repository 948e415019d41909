# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of openings, what is known of the chosen one, and the sentence of who has read it."""

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
    Field,
    NoteLine,
    PlainLabel,
    Row,
    RowTable,
    SidePane,
    TextArea,
)
from pact_desktop.desktop.widgets.line_card import Line, LineCard
from pact_desktop.desktop.words import tr


class EmergenciesView(Screen):
    """Private: it says whose record was opened, to those who may know.

    Signals:
        picked: key of the chosen row.
        read_wanted: the sentence is written.
    """

    name, private, place = "emergencies", True, "today"
    picked = Signal(object)
    read_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    list_card: Card
    empty: EmptyState
    table: RowTable
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "emergencies")
        self.chosen = LineCard()
        self.words = TextArea(lines=3)
        self.words_field = Field("", self.words)
        self._mark = Card(" ")
        self._hint = NoteLine(icon="info")
        self._mark.body.addWidget(self._hint)
        self._mark.body.addWidget(self.words_field)
        self.side.add(self.chosen)
        self.side.add(self._mark)
        self.lead.setWordWrap(True)
        self.problems.hide()
        self.table.picked.connect(self.picked)
        self.primary_pressed.connect(self.read_wanted)
        self.show_rows([])
        self.retranslate()

    @override
    def first_focus(self) -> QWidget | None:
        return self.table if self.table.isVisibleTo(self) else None

    @override
    def retranslate(self) -> None:
        self.table.set_columns(
            [
                Column(tr("When"), "muted", 180),
                # Translators: head of a column: the doctor who opened it.
                Column(tr("Opened by"), "strong"),
                Column(tr("State"), "chip", 170),
            ]
        )
        self.lead.setText(
            tr("The manager and somebody who is named for the record both read each of these.")
        )
        self.empty.set_words(
            tr("Nothing was opened"),
            tr("No closed record that you have to know of was opened in an emergency."),
        )
        self.chosen.set_heading(tr("This opening"))
        self._mark.set_heading(tr("You have looked into it"))
        self._hint.set_text(tr("Ask the doctor and the second person, and write what you found."))
        self.words_field.set_label(tr("In one sentence"))
        self.set_back(tr("Back"))

    # What is shown --------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.show_chosen([], waits=False)

    def show_chosen(self, lines: Sequence[Line], *, waits: bool) -> None:
        """`waits`: it still wants the sentence of this person."""
        self.chosen.show_lines(lines)
        self.words.set_value("")
        self.show_problem("")
        self._mark.setVisible(waits)
        self.set_primary(tr("Mark as read") if waits else "")

    def show_problem(self, words: str) -> None:
        self.words_field.set_problem(words)
        self.problems.show_problems([(words, self.words)] if words else [])
