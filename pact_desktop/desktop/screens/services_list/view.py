# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory as a list with its details, and one entry of it with its fields."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Footer, Screen
from pact_desktop.desktop.screens.services_list.details import Details, DetailsCard
from pact_desktop.desktop.screens.services_list.entry import NARROW, Mode, ServicesEntry
from pact_desktop.desktop.screens.services_list.lead_card import LeadCard, LeadText
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Column,
    EmptyState,
    ErrorSummary,
    Field,
    PlainLabel,
    Row,
    RowTable,
    ScrollPage,
    SearchEdit,
    Segments,
    SidePane,
)
from pact_desktop.desktop.widgets.keys import on_key
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.words import tr

Problem = tuple[str, Field]


class Shown(StrEnum):
    """Which services are listed."""

    ALL = "all"
    TO_CALL = "to-call"
    CONFIRMED = "confirmed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What stands above and below the fields of one entry."""

    title: str
    lead: str
    primary: str


class ServicesListView(Screen):
    """Search, list and details; or the fields of one service.

    Signals:
        searched: text, a moment after typing or on Enter.
        shown_changed: a `Shown`.
        picked: key of the row the user went to.
        confirm_wanted, correct_wanted, close_wanted: key of the chosen row.
        add_wanted: a service that is not in the list.
        source_wanted: show or hide what a source says.
        retranslated: the language of the screen has changed.
    """

    name, private, place = "services_list", False, "services_list"
    searched = Signal(str)
    shown_changed = Signal(object)
    picked = Signal(object)
    confirm_wanted = Signal(object)
    correct_wanted = Signal(object)
    close_wanted = Signal(object)
    add_wanted = Signal()
    source_wanted = Signal()
    retranslated = Signal()

    pages: QStackedWidget
    list_page: QWidget
    title: PlainLabel
    lead: PlainLabel
    about_button: ActionButton
    add: ActionButton
    list_card: Card
    search: SearchEdit
    filter_row: QHBoxLayout
    filter: Segments
    table: RowTable
    empty: EmptyState
    side: SidePane
    status_note: PlainLabel
    entry_page: QWidget
    entry_title: PlainLabel
    entry_lead: PlainLabel
    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "services_list")
        self.fold = SideFold(self, self.side, self.about_button)
        self.details, self.origin = DetailsCard(), LeadCard()
        self.side.add(self.details)
        self.side.add(self.origin)
        self.fields = ServicesEntry()
        self.work_area.setWidget(self.fields)
        for label in (self.lead, self.status_note, self.entry_title, self.entry_lead):
            label.setWordWrap(True)
        self._connect()
        self.show_note("")
        self.show_list()
        self.show_details(None, LeadText(), full=False)
        self.retranslate()

    def _connect(self) -> None:
        self.search.settled.connect(self.searched)
        self.search.returnPressed.connect(self._to_results)
        self.filter.chosen.connect(self.shown_changed)
        self.table.picked.connect(self.picked)
        self.table.opened.connect(self.confirm_wanted)
        self.add.clicked.connect(self.add_wanted)
        on_key(self.list_page, Qt.Key.Key_Insert, self.add_wanted.emit)
        self.details.confirm.clicked.connect(self._chosen(self.confirm_wanted.emit))
        self.details.correct.clicked.connect(self._chosen(self.correct_wanted.emit))
        self.details.close_entry.clicked.connect(self._chosen(self.close_wanted.emit))
        for card in (self.origin, self.fields.lead):
            card.full_wanted.connect(self.source_wanted)
        self.empty.action.connect(self._show_all)
        self.width_changed.connect(self._reflow)

    @override
    def first_focus(self) -> QWidget:
        if self.editing:
            return self.fields.first_field()
        return self.search

    @override
    def retranslate(self) -> None:
        shown = self.filter.value() or Shown.ALL
        self.filter.set_options(
            [
                (Shown.ALL, tr("All")),
                # Translators: services whose number has to be called; one or two short words.
                (Shown.TO_CALL, tr("To call")),
                (Shown.CONFIRMED, tr("Confirmed")),
                # Translators: services that no longer work; one or two short words.
                (Shown.CLOSED, tr("Not working")),
            ]
        )
        self.filter.set_value(shown)
        self.table.set_columns(
            [
                Column(tr("Service"), "strong"),
                Column(tr("Kind"), "text", 164),
                Column(tr("Number"), "text", 128, whole=True),
                Column(tr("State"), "chip", 222),
            ]
        )
        self.details.retranslate()
        self.origin.retranslate()
        self.fields.set_options()
        self.retranslated.emit()

    # The list -------------------------------------------------------------------------------

    @property
    def editing(self) -> bool:
        return self.pages.currentWidget() is self.entry_page

    def show_list(self) -> None:
        self.pages.setCurrentWidget(self.list_page)
        self.set_footer(Footer())

    def show_lead(self, words: str) -> None:
        self.lead.setText(words)

    def show_note(self, words: str) -> None:
        """The note on status, where the name of the participant carries an asterisk."""
        self.status_note.setText(words)
        self.status_note.setVisible(bool(words))

    def show_rows(self, rows: Sequence[Row], *, searched: bool) -> None:
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        if searched:
            self.empty.set_words(
                tr("No service fits"),
                tr("Try a shorter word, or look at all services."),
                tr("Show all services"),
            )
        else:
            self.empty.set_words(
                tr("No service is listed"), tr("Add the services that your facility works with.")
            )

    def show_details(self, details: Details | None, lead: LeadText, *, full: bool) -> None:
        """Without a chosen entry the pane is empty; full sources are private view."""
        self.details.setVisible(details is not None)
        self.origin.setVisible(details is not None)
        self.fold.want(wanted=details is not None and not self.editing)
        if details is not None:
            self.details.show_details(details)
        self.origin.show_lead(lead, full=full)

    # One entry --------------------------------------------------------------------------------

    def open_entry(self, words: EntryWords, mode: Mode, *, own: bool) -> None:
        self.fold.want(wanted=False)
        self.fields.open_for(mode, own=own)
        self.show_problems([])
        self.pages.setCurrentWidget(self.entry_page)
        self.show_entry_words(words)
        self.work_area.verticalScrollBar().setValue(0)
        self.fields.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_entry_words(self, words: EntryWords) -> None:
        self.entry_title.setText(words.title)
        self.entry_lead.setText(words.lead)
        self.set_footer(Footer(back=tr("Cancel"), primary=words.primary, primary_key="Ctrl Enter"))

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each at its field, and all of them on top with a link to the field."""
        for field in self.fields.findChildren(Field):
            field.set_problem("")
        for words, field in problems:
            field.set_problem(words)
        self.problems.show_problems([(words, field.editor) for words, field in problems])

    # Inside -----------------------------------------------------------------------------------

    def _chosen(self, tell: Callable[[object], object]) -> Callable[[], object]:
        return lambda: tell(self.table.current_key())

    def _to_results(self) -> None:
        self.searched.emit(self.search.text())
        if self.table.row_count():
            self.table.setFocus()

    def _show_all(self) -> None:
        self.search.clear()
        self.filter.set_value(Shown.ALL)
        self.searched.emit("")
        self.shown_changed.emit(Shown.ALL)
        self.search.setFocus()

    def _reflow(self, width: int) -> None:
        self.fields.set_narrow(narrow=width < NARROW)
        direction = QBoxLayout.Direction
        narrow = width < theme.reflow("one_column_below")
        self.entry_lead.setVisible(not narrow)
        self.filter_row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
