# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of who was at one record, and the page that the patient may take along."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    Card,
    Column,
    Combo,
    Field,
    NoteLine,
    PlainLabel,
    Row,
    RowTable,
    SidePane,
    TickBox,
)
from pact_desktop.desktop.widgets.side_fold import FOLDS_BELOW
from pact_desktop.desktop.words import tr


class AccessView(Screen):
    """Private: it says when somebody was here.

    Signals:
        print_wanted: the page for the patient.
    """

    name, private, place = "access", True, "patients"
    print_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    list_card: Card
    table: RowTable
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "access")
        self.lead.setWordWrap(True)
        self.side.add(self._build_page())
        self.side.add(self._build_notes())
        self.primary_pressed.connect(self.print_wanted)
        self.width_changed.connect(self._reflow)
        self.entered.connect(lambda _arguments: self.width_changed.emit(self.logical_width()))
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_wanted)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.table

    @override
    def retranslate(self) -> None:
        self.table.set_columns(
            [
                # Translators: heads of the columns: when, which member of staff, what was done.
                Column(tr("When"), "muted", 190),
                Column(tr("Who"), "strong"),
                Column(tr("What"), "text", 150),
            ]
        )
        self._page.set_heading(tr("Page for the patient"))
        self.language_field.set_label(tr("Language of the page"))
        self.safe.setText(tr("The patient wants this page and can keep it safely"))
        self._shows.set_text(tr("It shows when the patient was here, and no name."))
        self._notes.set_heading(tr("Good to know"))
        self._codes.set_text(tr("The letter and number stand for one member of staff."))
        self._lists.set_text(
            tr("Lists and searches that showed a name among others are not in this list.")
        )
        self.set_back(tr("Back"))
        self.set_primary(tr("Print …"), "Ctrl P")

    # What is shown --------------------------------------------------------------------------

    def show_patient(self, words: str) -> None:
        self.lead.setText(words)

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.table.set_rows(rows)
        self.table.select_first()

    def show_languages(self, options: Sequence[tuple[object, str]], chosen: str) -> None:
        self.language.set_options(options)
        self.language.set_value(chosen)

    def show_problem(self, words: str) -> None:
        """At the line that has to be ticked first."""
        self.problem.set_note(words, "warning-circle", "alert")
        self.problem.setVisible(bool(words))
        if words:
            self.safe.setFocus()

    # Building -------------------------------------------------------------------------------

    def _build_page(self) -> Card:
        self._page = Card(" ")
        self.language = Combo()
        self.language.setSizeAdjustPolicy(
            Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.language_field = Field("", self.language)
        self.safe = TickBox()
        self.safe.clicked.connect(lambda: self.show_problem(""))
        self.problem = NoteLine(tone="alert", icon="warning-circle", bold=True)
        self._shows = NoteLine(icon="info")
        for widget in (self.language_field, self._shows, self.problem, self.safe):
            self._page.body.addWidget(widget)
        self.show_problem("")
        return self._page

    def _build_notes(self) -> Card:
        self._notes = Card(" ")
        self._codes = NoteLine(icon="identification-card")
        self._lists = NoteLine(icon="list")
        for line in (self._codes, self._lists):
            self._notes.body.addWidget(line)
        return self._notes

    def _reflow(self, width: int) -> None:
        """The pane asks something that has to be answered, so it never folds away."""
        outer = self.side.parentWidget()
        layout = outer.findChild(QBoxLayout, "layout_4") if outer is not None else None
        narrow = width < FOLDS_BELOW - 300
        if isinstance(layout, QBoxLayout):
            direction = QBoxLayout.Direction
            layout.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.lead.setVisible(width >= theme.reflow("one_column_below"))
