# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts as one list, the chosen one beside it, and what the manager can do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.staff.adding import AddDialog
from pact_desktop.desktop.widgets import (
    ActionButton,
    Avatar,
    Card,
    Column,
    NoteLine,
    PlainLabel,
    Row,
    RowTable,
    SidePane,
)
from pact_desktop.desktop.widgets.head_fold import HeadFold
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr


@dataclass(frozen=True, slots=True)
class Details:
    """The chosen account in words; `note` says what is special about it."""

    name: str
    role: str
    sign_in: str
    seen: str
    note: str = ""
    note_icon: str = "info"
    note_tone: str = "text2"
    can_end: bool = False


class StaffView(Screen):
    """List, details and the dialog for somebody new.

    Signals:
        picked: key of the row the manager went to.
        end_wanted: key of the account that should end.
    """

    name, private, place = "staff", False, "staff"
    picked = Signal(object)
    end_wanted = Signal(object)

    head: QHBoxLayout
    title: PlainLabel
    lead: PlainLabel
    about_button: ActionButton
    add: ActionButton
    list_card: Card
    table: RowTable
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "staff")
        self.side.add(self._build_chosen())
        self.side.add(self._build_rules())
        self.side.body.addStretch(1)
        self.adding = AddDialog(self)
        self.fold = SideFold(self, self.side, self.about_button)
        HeadFold(self, self.head, self.lead, (self.about_button, self.add))
        # The window may have changed its width while another screen was in front.
        self.entered.connect(lambda _arguments: self.width_changed.emit(self.logical_width()))
        self.table.picked.connect(self.picked)
        self.table.opened.connect(lambda _key: self._to_details())
        self.add.clicked.connect(self.adding.ask)
        self.new_pressed.connect(self.adding.ask)
        self.end.clicked.connect(lambda: self.end_wanted.emit(self.table.current_key()))
        self.show_details(None)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.table

    @override
    def retranslate(self) -> None:
        self.table.set_columns(
            [
                Column(tr("Name"), "strong"),
                # Translators: column of short codes such as N01 that stand on paper.
                Column(tr("Code"), "muted", 76),
                Column(tr("Role"), "text", 150),
                Column(tr("Last sign-in"), "muted", 140),
                Column(tr("State"), "chip", 180),
            ]
        )
        self._rules.set_heading(tr("Good to know"))
        self._forgotten.set_text(
            tr(
                "Nobody can look up or reset a passphrase. If one is forgotten, end the account "
                "and add the person again under another sign-in name."
            )
        )
        self._roles.set_text(tr("A role stays as it is. For another one, add a new account."))
        self._two.set_text(tr("Two managers are safer than one: the other one can step in."))
        self.end.setText(tr("End account …"))

    # What is shown --------------------------------------------------------------------------

    def show_staff(self, rows: Sequence[Row]) -> None:
        self.table.set_rows(rows)
        if self.table.current_key() is None:
            self.table.select_first()

    def show_details(self, details: Details | None) -> None:
        self.chosen.setVisible(details is not None)
        if details is None:
            return
        self._avatar.set_name(details.name)
        self.chosen_name.setText(details.name)
        self.chosen_role.setText(details.role)
        self.chosen_sign_in.setText(details.sign_in)
        self.chosen_seen.setText(details.seen)
        self.note.set_note(details.note, details.note_icon, details.note_tone)
        self.note.setVisible(bool(details.note))
        self.end.setVisible(details.can_end)

    def _to_details(self) -> None:
        """Enter on a row leads to what can be done about it."""
        if not self.side.isVisible():
            self.fold.toggle()
        if self.end.isVisible():
            self.end.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # Building -------------------------------------------------------------------------------

    def _build_chosen(self) -> Card:
        self.chosen = Card()
        self._avatar = Avatar()
        self.chosen_name = PlainLabel(role="subtitle")
        self.chosen_role = PlainLabel(role="small", tone="text2")
        self.chosen_sign_in = PlainLabel(role="small")
        self.chosen_seen = PlainLabel(role="small")
        self.note = NoteLine()
        self.end = ActionButton(kind="danger")
        names = QVBoxLayout()
        space_out(names, gap=2)
        for label in (self.chosen_name, self.chosen_role):
            label.setWordWrap(True)
            names.addWidget(label)
        head = QHBoxLayout()
        space_out(head, gap=12)
        head.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(names, 1)
        self.chosen.body.addLayout(head)
        for line in (self.chosen_sign_in, self.chosen_seen):
            line.setWordWrap(True)
            self.chosen.body.addWidget(line)
        self.chosen.body.addWidget(self.note)
        self.chosen.body.addWidget(self.end, 0, Qt.AlignmentFlag.AlignLeading)
        return self.chosen

    def _build_rules(self) -> Card:
        self._rules = Card(" ")
        self._forgotten = NoteLine(icon="key")
        self._roles = NoteLine(icon="identification-card")
        self._two = NoteLine(icon="users")
        for line in (self._forgotten, self._roles, self._two):
            self._rules.body.addWidget(line)
        return self._rules
