# SPDX-License-Identifier: GPL-3.0-or-later
"""Three columns: what to choose, the card as printed, and what it says."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.patient_card.choices import ChoicesCard
from pact_desktop.desktop.screens.patient_card.reading import PreviewCard, SaysCard
from pact_desktop.desktop.widgets import ErrorSummary, ScrollPage
from pact_desktop.desktop.widgets.large_text import LargeText
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr

NARROW = 1000
"""Logical width below which the columns stand one below the other."""


class PatientCardView(Screen):
    """May be read by whoever came along: nothing on it says why the card is given.

    Signals:
        print_wanted: Ctrl+P.
    """

    name, private, place = "patient_card", False, "today"
    print_wanted = Signal()

    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "patient_card")
        self.choices, self.preview, self.says = ChoicesCard(), PreviewCard(), SaysCard()
        page = QWidget()
        self._columns = QHBoxLayout(page)
        space_out(self._columns, gap=15)
        self._columns.addWidget(self.choices, 29)
        self._columns.addWidget(self.preview, 45)
        self._columns.addWidget(self.says, 29)
        self.work_area.setWidget(page)
        self._large = LargeText(self)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_wanted)
        self.width_changed.connect(self._reflow)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.choices.retranslate()
        self.preview.retranslate()
        self.says.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.choices.language

    def show_footer(self, note: str, *, can_print: bool, can_show: bool) -> None:
        self.set_primary(tr("Print …"), "Ctrl P", enabled=can_print)
        self.set_secondary(tr("Show full screen") if can_show else "")
        self.set_note(note)

    def show_problem(self, words: str) -> None:
        """At the question and on top, where it leads to the question."""
        self.choices.show_safe_problem(words)
        self.problems.show_problems([(words, self.choices.safe.buttons()[0])] if words else [])

    def show_large(self, text: str, locale: str) -> None:
        """Only the patient's words, to be read together."""
        self._large.show_words(text, locale, back=tr("Back"))

    def close_large(self) -> None:
        self._large.reject()

    @property
    def large(self) -> LargeText:
        return self._large

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        # Below each other every part keeps a height of its own and the page scrolls.
        for part in (self.preview.pages, self.preview.empty):
            part.setMinimumHeight(theme.scaled(420) if narrow else 0)
        self.says.set_least_height(theme.scaled(320) if narrow else 0)
