# SPDX-License-Identifier: GPL-3.0-or-later
"""The entries of the log as a list, the chosen one beside it, and whether the log is whole."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.log.filters import LogFilters
from pact_desktop.desktop.screens.log.side import EntryCard, EntryText, StateCard
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Column,
    EmptyState,
    PlainLabel,
    Row,
    RowTable,
    SidePane,
)
from pact_desktop.desktop.widgets.head_fold import HeadFold
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.words import tr


class LogView(Screen):
    """List, filters and side pane.

    Signals:
        filtered: other entries are wanted.
        older_wanted: the entries before the last one shown.
        picked: key of the row the manager went to.
        print_wanted, save_wanted: the two ways out.
        only_person_wanted, only_record_wanted: more like the chosen entry.
        code_given: what the manager read from a paper.
        retranslated: the language of the screen has changed.
    """

    name, private, place = "log", False, "log"
    filtered = Signal()
    older_wanted = Signal()
    picked = Signal(object)
    print_wanted = Signal()
    save_wanted = Signal()
    only_person_wanted = Signal()
    only_record_wanted = Signal()
    code_given = Signal(str)
    retranslated = Signal()

    head: QHBoxLayout
    title: PlainLabel
    lead: PlainLabel
    about_button: ActionButton
    save: ActionButton
    print_log: ActionButton
    list_card: Card
    filters: QWidget
    table: RowTable
    empty: EmptyState
    older: ActionButton
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "log")
        self.wanted = LogFilters(self.filters)
        holder = QVBoxLayout(self.filters)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(self.wanted)
        self.entry, self.state = EntryCard(), StateCard()
        self.side.add(self.entry)
        self.side.add(self.state)
        self.lead.setWordWrap(True)
        self.fold = SideFold(self, self.side, self.about_button)
        HeadFold(self, self.head, self.lead, (self.about_button, self.save, self.print_log))
        self._connect()
        self.show_entry(None)
        self.show_rows([], more=False, all_wanted=True)
        self.retranslate()

    def _connect(self) -> None:
        self.wanted.changed.connect(self.filtered)
        self.wanted.cleared.connect(self.filtered)
        self.table.picked.connect(self.picked)
        self.table.opened.connect(lambda _key: self._to_entry())
        self.older.clicked.connect(self.older_wanted)
        self.print_log.clicked.connect(self.print_wanted)
        self.save.clicked.connect(self.save_wanted)
        self.empty.action.connect(self.wanted.clear.click)
        self.entry.only_person.clicked.connect(self.only_person_wanted)
        self.entry.only_record.clicked.connect(self.only_record_wanted)
        self.state.given.connect(self.code_given)
        self.width_changed.connect(self._reflow)
        # The window may have changed its width while another screen was in front.
        self.entered.connect(lambda _arguments: self.width_changed.emit(self.logical_width()))
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_wanted)

    @override
    def first_focus(self) -> QWidget:
        return self.table if self.table.row_count() else self.wanted.person

    @override
    def retranslate(self) -> None:
        self.table.set_columns(
            [
                # Translators: heads of the columns of the activity log.
                Column(tr("When"), "muted", 150),
                Column(tr("Who"), "strong", 170),
                Column(tr("What"), "text"),
                Column(tr("Record"), "text", 150),
            ]
        )
        self.wanted.retranslate()
        self.entry.retranslate()
        self.state.retranslate()
        self.retranslated.emit()

    # What is shown --------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[Row], *, more: bool, all_wanted: bool) -> None:
        self.table.set_rows(rows)
        self.table.setVisible(bool(rows))
        self.older.setVisible(more)
        self.empty.setVisible(not rows)
        self.wanted.clear.setVisible(not all_wanted)
        self.empty.set_words(
            tr("No entry fits"), tr("Choose another person, kind, day or record."), tr("Show all")
        )

    def show_entry(self, entry: EntryText | None) -> None:
        self.entry.setVisible(entry is not None)
        if entry is not None:
            self.entry.show_entry(entry)

    def _to_entry(self) -> None:
        """Enter on a row leads to what is known of it."""
        if not self.side.isVisible():
            self.fold.toggle()
        if self.entry.only_person.isVisible():
            self.entry.only_person.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reflow(self, width: int) -> None:
        narrow = width < theme.reflow("one_column_below")
        # In the lowest window the list gives way, and what was entered wrongly stays in sight.
        self.table.setMinimumHeight(theme.scaled(60))
        self.wanted.set_narrow(narrow=narrow)
