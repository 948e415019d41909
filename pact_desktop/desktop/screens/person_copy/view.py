# SPDX-License-Identifier: GPL-3.0-or-later
"""In which language, whether it can be kept safely, and the two forms it is given in."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
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
    NoteLine,
    PlainLabel,
    ScrollPage,
    TickBox,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr

_COLUMN_WIDTH = 760


class PersonCopyView(Screen):
    """Private: it is about one patient.

    Signals:
        print_wanted: the pages to read.
        file_wanted: the file for another program.
    """

    name, private, place = "person_copy", True, "patients"
    print_wanted = Signal()
    file_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    sheet: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "person_copy")
        self._holds, self._gives = Card(" "), Card(" ")
        self._notes = tuple(
            NoteLine(icon=icon) for icon in ("list", "clock-counter-clockwise", "warning")
        )
        for note in self._notes:
            self._holds.body.addWidget(note)
        self.language, self.safe = Combo(), TickBox()
        self.language_field = Field("", self.language)
        for widget in (self.language_field, self.safe):
            self._gives.body.addWidget(widget)
        inner = QWidget()
        column = QVBoxLayout(inner)
        space_out(column, gap=12)
        for card in (self._holds, self._gives):
            card.setMaximumWidth(theme.scaled(_COLUMN_WIDTH))
            column.addWidget(card)
        column.addStretch(1)
        self.sheet.setWidget(inner)
        self.lead.setWordWrap(True)
        self.problems.hide()
        self.safe.clicked.connect(lambda: self.show_problem(""))
        self.primary_pressed.connect(self.print_wanted)
        self.secondary_pressed.connect(self.file_wanted)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_wanted)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.language

    @override
    def retranslate(self) -> None:
        self._holds.set_heading(tr("What is in it"))
        self._gives.set_heading(tr("Before it is given out"))
        everything, looked, open_to_all = self._notes
        everything.set_text(
            tr("Name, contact, visits with every answer, findings, referrals and agreements")
        )
        looked.set_text(tr("Who has opened the record, by code"))
        open_to_all.set_note(
            tr("It is not encrypted. Whoever finds it reads it: a stick needs its own protection."),
            "warning",
            "caution",
        )
        self.language_field.set_label(tr("Language of the pages"))
        self.safe.setText(tr("The patient wants this copy and can keep it safely"))
        self.set_back(tr("Back"))
        self.set_secondary(tr("Save a file for another program …"))
        self.set_primary(tr("Print …"), "Ctrl P")

    def show_patient(self, words: str) -> None:
        self.lead.setText(words)

    def show_languages(self, options: Sequence[tuple[object, str]], chosen: str) -> None:
        self.language.set_options(options)
        self.language.set_value(chosen)

    def show_problem(self, words: str) -> None:
        """On top, with a link to the line that has to be ticked."""
        self.problems.show_problems([(words, self.safe)] if words else [])
