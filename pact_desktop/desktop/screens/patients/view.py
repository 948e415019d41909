# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding a patient by part of a name, in either script, or by date of birth."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Column,
    EmptyState,
    PlainLabel,
    Row,
    RowTable,
    SearchEdit,
    SidePane,
)
from pact_desktop.desktop.words import tr, trn


class PatientsView(Screen):
    """Search, results and what can be done with the chosen one.

    Signals:
        searched: text, a moment after typing or on Enter.
        visit_wanted, edit_wanted, access_wanted, closing_wanted, copy_wanted, erase_wanted: key of
            the chosen row.
        emergency_wanted: nobody was found, and the record may be a closed one.
    """

    name, private, place = "patients", False, "patients"
    searched = Signal(str)
    picked = Signal(object)
    visit_wanted = Signal(object)
    edit_wanted = Signal(object)
    access_wanted = Signal(object)
    closing_wanted = Signal(object)
    copy_wanted = Signal(object)
    erase_wanted = Signal(object)
    emergency_wanted = Signal()

    title: PlainLabel
    search: SearchEdit
    new_patient: ActionButton
    count: PlainLabel
    empty: EmptyState
    table: RowTable
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "patients")
        self._with_closed = self._closed = self._in_emergencies = False
        self.chosen = Card()
        self.chosen_name = PlainLabel("", role="subtitle")
        self.chosen_facts = PlainLabel("", role="small", tone="text2")
        self.start = ActionButton(kind="primary")
        self.edit = ActionButton(kind="secondary")
        self.access = ActionButton(kind="quiet")
        self.closing = ActionButton(kind="quiet")
        self.copy = ActionButton(kind="quiet")
        self.erase = ActionButton(kind="quiet")
        for label in (self.chosen_name, self.chosen_facts):
            label.setWordWrap(True)
            self.chosen.body.addWidget(label)
        self.chosen.body.addWidget(self.start)
        self.chosen.body.addWidget(self.edit)
        self.chosen.body.addWidget(self.access)
        self.chosen.body.addWidget(self.closing)
        self.chosen.body.addWidget(self.copy)
        self.chosen.body.addWidget(self.erase)
        self.side.body.addWidget(self.chosen)
        self.side.body.addStretch(1)
        self.search.settled.connect(self.searched)
        self.search.returnPressed.connect(self._to_results)
        self.new_patient.clicked.connect(lambda: self.go.emit("register", {}))
        self.table.picked.connect(self.picked)
        self.table.opened.connect(self.visit_wanted)
        self.start.clicked.connect(lambda: self.visit_wanted.emit(self.table.current_key()))
        self.edit.clicked.connect(lambda: self.edit_wanted.emit(self.table.current_key()))
        self.access.clicked.connect(lambda: self.access_wanted.emit(self.table.current_key()))
        self.closing.clicked.connect(lambda: self.closing_wanted.emit(self.table.current_key()))
        self.copy.clicked.connect(lambda: self.copy_wanted.emit(self.table.current_key()))
        self.erase.clicked.connect(lambda: self.erase_wanted.emit(self.table.current_key()))
        self.empty.action.connect(self.emergency_wanted)
        self.show_found([], searched=False)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.search

    @override
    def retranslate(self) -> None:
        self._show_columns()
        self.start.setText(tr("Start visit"))
        self.edit.setText(tr("Edit details"))
        self.access.setText(tr("Who has opened this record"))
        self._word_closing()
        self.copy.setText(tr("Copy of all data …"))
        self.erase.setText(tr("Erase this record …"))
        self.set_secondary(tr("Kept long enough …"))

    def offer_emergency(self, *, offered: bool) -> None:
        """Where nobody is found, the way to a closed record; for doctors."""
        self._in_emergencies = offered

    def show_found(self, rows: Sequence[Row], *, searched: bool, with_closed: bool = False) -> None:
        """`with_closed`: the rows say in a second cell which records are closed to others."""
        self._with_closed = with_closed
        self.table.set_rows([])
        self._show_columns()
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        # Without a row nothing can be chosen; large text needs the room.
        self.side.setVisible(bool(rows))
        self.count.setText(
            trn("{count} patient found", "{count} patients found", len(rows)).format(
                count=len(rows)
            )
            if rows
            else ""
        )
        if searched and not rows:
            self.empty.set_words(
                tr("Nobody found"),
                tr("Try another spelling, a shorter part of the name, or the date of birth."),
                tr("In an emergency …") if self._in_emergencies else "",
            )
        elif not rows:
            self.empty.set_words(
                tr("Find a patient"),
                tr("Type two letters or more. These find each other: {names}").format(
                    names="Ђорђевић, Đorđević, Djordjevic"
                ),
            )
        self.show_chosen("", "")

    def show_chosen(
        self, name: str, facts: str, *, closed: bool = False, may_change: bool = True
    ) -> None:
        """`may_change` is False for what is open for the time of an emergency only."""
        self._closed = closed
        self._word_closing()
        self.closing.setVisible(may_change)
        self.chosen_name.setText(name)
        self.chosen_facts.setText(facts)
        self.chosen.setVisible(bool(name))

    def _show_columns(self) -> None:
        columns = [
            Column(tr("Patient"), "strong"),
            Column(tr("Age"), "text", 120, whole=True),
            Column(tr("Language"), "text", 150),
            Column(tr("Last visit"), "muted", 130),
        ]
        if self._with_closed:
            # Translators: head of a column that says which records are closed to others.
            columns.insert(1, Column(tr("Record"), "chip", 160))
        self.table.set_columns(columns)

    def _word_closing(self) -> None:
        self.closing.setText(
            tr("Change who may open it …") if self._closed else tr("Close this record …")
        )

    def _to_results(self) -> None:
        self.searched.emit(self.search.text())
        if self.table.row_count():
            self.table.setFocus()
