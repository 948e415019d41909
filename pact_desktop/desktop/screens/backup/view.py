# SPDX-License-Identifier: GPL-3.0-or-later
"""The backups that were made, how the facility stands with them, and the two things to do."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.backup_words import BackupLine
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.backup.making import MakeDialog
from pact_desktop.desktop.screens.backup.testing import TestDialog
from pact_desktop.desktop.widgets import (
    ActionButton,
    Banner,
    BannerText,
    Card,
    Column,
    EmptyState,
    NoteLine,
    PlainLabel,
    Row,
    RowTable,
    SidePane,
)
from pact_desktop.desktop.widgets.head_fold import HeadFold
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.words import tr


class BackupView(Screen):
    """List, states and two dialogs.

    Signals:
        make_wanted, test_wanted: the two buttons.
        list_wanted, destroyed_wanted: the page of old backups; the chosen one is no more.
    """

    name, private, place = "backup", False, "backup"
    make_wanted = Signal()
    test_wanted = Signal()
    list_wanted = Signal()
    destroyed_wanted = Signal(object)

    head: QHBoxLayout
    title: PlainLabel
    lead: PlainLabel
    about_button: ActionButton
    test: ActionButton
    make: ActionButton
    banner: Banner
    list_card: Card
    empty: EmptyState
    table: RowTable
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "backup")
        self.standing, self._rules = Card(" "), Card(" ")
        self.side.add(self.standing)
        self.side.add(self._rules)
        self.side.body.addStretch(1)
        self._lines = tuple(
            NoteLine(icon=icon)
            for icon in ("calendar-check", "house", "key", "clock-counter-clockwise")
        )
        for line in self._lines:
            self._rules.body.addWidget(line)
        self.making, self.testing = MakeDialog(self), TestDialog(self)
        self.fold = SideFold(self, self.side, self.about_button)
        HeadFold(self, self.head, self.lead, (self.about_button, self.test, self.make))
        # The window may have changed its width while another screen was in front.
        self.entered.connect(lambda _arguments: self.width_changed.emit(self.logical_width()))
        self.make.clicked.connect(self.make_wanted)
        self.new_pressed.connect(self.make_wanted)
        self.test.clicked.connect(self.test_wanted)
        self.secondary_pressed.connect(self.list_wanted)
        self.extra_pressed.connect(lambda: self.destroyed_wanted.emit(self.table.current_key()))
        self.lead.setWordWrap(True)
        self.banner.hide()
        self.show_backups([])
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.table if self.table.isVisibleTo(self) else self.make

    @override
    def retranslate(self) -> None:
        self.table.set_columns(
            [
                # Translators: columns of the list of backups.
                Column(tr("Made"), "strong", 190),
                Column(tr("By"), "muted", 70),
                Column(tr("Log ends with"), "muted"),
                Column(tr("Size"), "number", 96),
                Column(tr("State"), "chip", 216),
            ]
        )
        self.standing.set_heading(tr("How it stands"))
        self._rules.set_heading(tr("Good to know"))
        weekly, away, apart, old = self._lines
        weekly.set_text(tr("Once a week a new one; once a month one of them is opened as a test."))
        away.set_text(tr("Two sticks in turn, each in another building than this computer."))
        apart.set_text(tr("Never keep the recovery sheet and a stick in one place."))
        old.set_text(
            tr(
                "A backup keeps what was erased here later. "
                "Destroy old ones after the period of the facility."
            )
        )

    # What is shown --------------------------------------------------------------------------

    def show_backups(self, rows: Sequence[Row]) -> None:
        kept = self.table.current_key()
        self.table.set_rows(rows)
        if kept is not None:
            self.table.select(kept)
        if self.table.current_key() is None:
            self.table.select_first()
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)

    def show_old(self, *, there_are: bool) -> None:
        """What to do about files that still hold what was erased, or about any that is gone."""
        self.set_secondary(tr("List of old backups …") if there_are else "")
        self.set_extra(tr("The chosen one is destroyed …") if self.table.row_count() else "")

    def show_standing(self, lines: Sequence[BackupLine]) -> None:
        body = self.standing.body
        while body.count() > 1:
            taken = body.takeAt(1)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in lines:
            note = NoteLine()
            note.set_note(line.text, line.icon, line.tone)
            body.addWidget(note)

    def show_banner(self, words: BannerText | None) -> None:
        if words is None:
            self.banner.hide()
        else:
            self.banner.show_banner(words)
