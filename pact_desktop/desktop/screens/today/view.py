# SPDX-License-Identifier: GPL-3.0-or-later
"""The visits of the day, found and opened by keyboard, and counts of what waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Column,
    CountRow,
    EmptyState,
    NoteLine,
    PlainLabel,
    Row,
    RowTable,
    SearchEdit,
    Segments,
    SidePane,
)
from pact_desktop.desktop.words import catalog, ptr, tr, trn
from pact_desktop.i18n.formats import format_long_date


class Shown(StrEnum):
    """Which visits are listed."""

    ALL = "all"
    WAITING = "waiting"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of "To do": words, a hint and the place it leads to."""

    text: str
    hint: str
    icon: str
    place: str
    tone: str = "text2"


@dataclass(frozen=True, slots=True)
class FacilityLine:
    """One line of "This facility"."""

    text: str
    icon: str
    tone: str


class TodayView(Screen):
    """Search, list and counts.

    Signals:
        visit_opened: key of a row.
        searched: what was typed, on Enter.
        shown_changed: a `Shown`.
        names_wanted: Ctrl+H, ten seconds of names.
    """

    name, private, place = "today", False, "today"
    visit_opened = Signal(object)
    searched = Signal(str)
    shown_changed = Signal(object)

    title: PlainLabel
    day: PlainLabel
    search: SearchEdit
    new_patient: ActionButton
    count: PlainLabel
    filter: Segments
    empty: EmptyState
    table: RowTable
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "today")
        # Nothing is said of the day before it is known.
        self.empty.hide()
        self.table.hide()
        self._date: date | None = None
        self._with_closed = False
        self.todo = Card()
        self.facility = Card()
        for card in (self.todo, self.facility):
            self.side.body.addWidget(card)
        self.side.body.addStretch(1)
        self.table.opened.connect(self.visit_opened)
        self.search.returnPressed.connect(lambda: self.searched.emit(self.search.text()))
        self.new_patient.clicked.connect(lambda: self.go.emit("register", {}))
        self.filter.chosen.connect(self.shown_changed)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.search

    @override
    def retranslate(self) -> None:
        shown = self.filter.value() or Shown.ALL
        self.filter.set_options(
            [
                # Translators: which visits of today the list shows.
                (Shown.ALL, ptr("visits", "All")),
                (Shown.WAITING, ptr("visits", "Waiting")),
                (Shown.FINISHED, ptr("visits", "Finished")),
            ]
        )
        self.filter.set_value(shown)
        self._show_columns()
        self.todo.set_heading(tr("To do"))
        self.facility.set_heading(tr("This facility"))
        self.show_day(self._date)

    def show_day(self, day: date | None) -> None:
        self._date = day
        self.day.setText(format_long_date(day, catalog().locale) if day else "")

    def show_visits(self, rows: Sequence[Row], total: int, *, with_closed: bool = False) -> None:
        """`with_closed`: the rows say after the name which records are closed to others."""
        kept = self.table.current_key()
        self._with_closed = with_closed
        self.table.set_rows([])
        self._show_columns()
        self.table.set_rows(rows)
        if kept is not None:
            self.table.select(kept)
        self.count.setText(
            trn("{count} visit today", "{count} visits today", total).format(count=total)
        )
        if total:
            self.empty.set_words(
                tr("No such visit today"), tr("Choose “All” to see every visit of the day.")
            )
        else:
            self.empty.set_words(
                tr("No visits yet today"), tr("Register the first patient with Ctrl N.")
            )
        self.empty.setVisible(not rows)
        self.table.setVisible(bool(rows))

    def _show_columns(self) -> None:
        columns = [
            Column(tr("Time"), "muted", 68),
            Column(tr("Patient"), "strong"),
            Column(tr("Age"), "text", 148, whole=True),
            Column(tr("Reason for visit"), "text"),
            Column(tr("Step"), "chip", 124),
        ]
        if self._with_closed:
            columns.insert(2, Column(tr("Record"), "chip", 160))
        self.table.set_columns(columns)

    def show_not_read(self) -> None:
        """The day could not be read: nothing is said about it, least of all that it is empty."""
        self.count.setText(tr("The visits of today could not be read"))
        self.empty.hide()
        self.table.hide()
        for card in (self.todo, self.facility):
            _empty_out(card.body)

    def show_waiting(self, lines: Sequence[Waiting]) -> None:
        """Counts, never names."""
        _empty_out(self.todo.body)
        for line in lines:
            row = CountRow()
            row.set_count(line.text, line.hint)
            row.setProperty("iconName", line.icon)
            row.setProperty("tone", line.tone)
            row.clicked.connect(lambda _=False, place=line.place: self.go.emit(place, {}))
            self.todo.body.addWidget(row)
        if not lines:
            self.todo.body.addWidget(PlainLabel(tr("Nothing is waiting"), role="small"))

    def show_facility(self, lines: Sequence[FacilityLine]) -> None:
        _empty_out(self.facility.body)
        for line in lines:
            note = NoteLine()
            note.set_note(line.text, line.icon, line.tone)
            self.facility.body.addWidget(note)


def _empty_out(body: QVBoxLayout) -> None:
    """Removes everything below the heading."""
    while body.count() > 1:
        taken = body.takeAt(1)
        widget = taken.widget() if taken else None
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
