# SPDX-License-Identifier: GPL-3.0-or-later
"""Colleagues as boxes to tick, whether it is about one of them, and what changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

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
    PlainLabel,
    ScrollPage,
    TickBox,
)
from pact_desktop.desktop.widgets.line_card import Line, LineCard
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr

_COLUMN_WIDTH = 760


@dataclass(frozen=True, slots=True)
class Colleague:
    """One line of the list: key, name, and what they do."""

    key: object
    name: str
    role: str


class ClosingView(Screen):
    """Private: it says that somebody was here.

    Signals:
        save_wanted: close it, or change who may open it.
        open_wanted: it shall be like every other record.
    """

    name, private, place = "closing", True, "patients"
    save_wanted = Signal()
    open_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    sheet: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "closing")
        self.boxes: dict[object, TickBox] = {}
        self._people = Card(" ")
        self._about_card = Card(" ")
        self.about = Combo()
        self.about_field = Field("", self.about)
        self._about_card.body.addWidget(self.about_field)
        self.effects = LineCard()
        self._closed = self._can_open = self._ready = False
        inner = QWidget()
        column = QVBoxLayout(inner)
        space_out(column, gap=12)
        for card in (self._people, self._about_card, self.effects):
            card.setMaximumWidth(theme.scaled(_COLUMN_WIDTH))
            column.addWidget(card)
        column.addStretch(1)
        self.sheet.setWidget(inner)
        self.lead.setWordWrap(True)
        self.primary_pressed.connect(self.save_wanted)
        self.secondary_pressed.connect(self.open_wanted)
        self.forget()
        self.retranslate()

    @override
    def first_focus(self) -> QWidget | None:
        return next(iter(self.boxes.values()), None)

    @override
    def retranslate(self) -> None:
        self._people.set_heading(tr("Only these people find and open it"))
        self._about_card.set_heading(tr("Somebody who works here"))
        self.about_field.set_label(tr("The record is about this colleague"))
        self.effects.set_heading(tr("Good to know"))
        self._show_footer()

    # What is shown --------------------------------------------------------------------------

    def forget(self) -> None:
        """Nothing of the patient stays on a screen that was left."""
        self._ready = False
        self.lead.setText("")
        self._show_people([], ())
        self.about.set_options([])
        for card in (self._people, self._about_card):
            card.hide()
        self.effects.show_lines([])
        self.show_problem("")
        self._show_footer()

    def show_record(
        self,
        name: str,
        people: Sequence[Colleague],
        ticked: Collection[object],
        *,
        closed: bool,
        can_open: bool,
    ) -> None:
        """`closed` is how the record is now; then the question about a colleague is settled."""
        self._closed, self._can_open, self._ready = closed, can_open, True
        self.lead.setText(name)
        self._show_people(people, ticked)
        self._people.show()
        self._show_footer()

    def show_about(self, options: Sequence[tuple[object, str]]) -> None:
        """Whom it may be about; no options where that was settled when it was closed."""
        self.about.set_options(options)
        self._about_card.setVisible(bool(options))

    def show_effects(self, lines: Sequence[Line]) -> None:
        self.effects.show_lines(lines)

    def ticked(self) -> list[object]:
        return [key for key, box in self.boxes.items() if box.isChecked()]

    def show_problem(self, words: str) -> None:
        """What has to be changed, with the way to the first box."""
        first = self.first_focus()
        self.problems.show_problems([(words, first)] if words and first is not None else [])

    def _show_people(self, people: Sequence[Colleague], ticked: Collection[object]) -> None:
        for box in self.boxes.values():
            self._people.body.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for one in people:
            box = self.boxes[one.key] = TickBox(one.name.replace("&", "&&"), hint=one.role)
            box.setAccessibleName(one.name)
            box.setChecked(one.key in ticked)
            box.clicked.connect(lambda: self.show_problem(""))
            self._people.body.addWidget(box)

    def _show_footer(self) -> None:
        self.set_back(tr("Back"))
        if not self._ready:
            self.set_primary("")
            self.set_secondary("")
            return
        self.set_primary(tr("Save") if self._closed else tr("Close record"))
        self.set_secondary(tr("Open to all again …") if self._can_open else "")
