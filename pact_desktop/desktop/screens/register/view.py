# SPDX-License-Identifier: GPL-3.0-or-later
"""A new patient, or the details of a known one, beside those who are similar."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.register.fields import RegisterFields
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Chip,
    ChipText,
    ErrorSummary,
    Field,
    NoteLine,
    PlainLabel,
    ScrollPage,
    SidePane,
)
from pact_desktop.desktop.words import tr, trn

NARROW = 980
"""Logical width below which fields stand one below the other."""
Problem = tuple[str, Field]


@dataclass(frozen=True, slots=True)
class Similar:
    """One similar patient in words."""

    key: object
    name: str
    facts: str
    likely: bool
    reasons: tuple[str, ...]


class RegisterView(Screen):
    """Fields, similar patients and problems.

    Signals:
        edited: something was typed or chosen.
        same_person, not_the_same: key of a similar patient.
    """

    name, private, place = "register", False, "patients"
    edited = Signal()
    same_person = Signal(object)
    not_the_same = Signal(object)

    title: PlainLabel
    lead: PlainLabel
    errors: ErrorSummary
    page: ScrollPage
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "register")
        self.fields = RegisterFields()
        self.page.setWidget(self.fields)
        self.similar = Card()
        self.side.body.addWidget(self.similar)
        self.side.body.addStretch(1)
        self.errors.hide()
        self._editing = self._narrow = self._found = self._busy = self._unsaved = False
        self.width_changed.connect(self._reflow)
        self.entered.connect(lambda _arguments: self._reflow(self.logical_width()))
        self.fields.edited.connect(self.edited)
        self.show_similar([])
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.fields.family_name

    @override
    def retranslate(self) -> None:
        self.fields.set_options()
        self.show_mode(editing=self._editing)
        self.show_unsaved(unsaved=self._unsaved)

    def show_mode(self, *, editing: bool) -> None:
        self._editing = editing
        self.title.setText(tr("Details of the patient") if editing else tr("New patient"))
        self.lead.setVisible(not editing and not self._narrow)
        self.fields.visit_card.setVisible(not editing)
        # Nobody is looked for beside a patient who is known.
        self.side.setHidden(self._narrow or editing)
        self.set_back(tr("Cancel"))
        self.show_busy(busy=self._busy)

    def show_busy(self, *, busy: bool) -> None:
        """What cannot be saved, or is being saved, has no button for it."""
        self._busy = busy
        self.set_secondary("" if self._editing else tr("Register only"), enabled=not busy)
        self.set_primary(
            tr("Save") if self._editing else tr("Register and start visit"), enabled=not busy
        )

    def show_unsaved(self, *, unsaved: bool) -> None:
        """Corrections wait; they are not in the record."""
        self._unsaved = unsaved
        self.set_note(tr("Not saved yet") if unsaved else "")

    def _reflow(self, width: int) -> None:
        """In a narrow window similar patients stand above the fields, when there are any."""
        narrow = width < NARROW
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.fields.set_narrow(narrow=narrow)
        self.lead.setVisible(not self._editing and not narrow)
        self.side.setHidden(narrow or self._editing)
        if narrow:
            self.fields.put_first(self.similar)
        else:
            self.side.body.insertWidget(0, self.similar)
        self.similar.setVisible(not narrow or self._found)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Each at its field, and all of them on top with a link to the field."""
        for field in self.fields.findChildren(Field):
            field.set_problem("")
        for words, field in problems:
            field.set_problem(words)
        self.errors.show_problems([(words, field.editor) for words, field in problems])

    def show_similar(self, found: Sequence[Similar], *, looked: bool = False) -> None:
        """Similar patients warn and never block; `looked` when a name was compared."""
        body = self.similar.body
        while body.count() > 1:
            taken = body.takeAt(1)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.similar.set_heading(tr("Similar patients"))
        self._found = bool(found)
        self.similar.setVisible(self._found or not self._narrow)
        if not found:
            ask = tr("Enter a name to look for similar patients.")
            body.addWidget(_small(tr("No similar patient found.") if looked else ask))
            return
        count = trn(
            "{count} found. You can go on without choosing.",
            "{count} found. You can go on without choosing.",
            len(found),
        )
        body.addWidget(_small(count.format(count=len(found))))
        for one in found:
            body.addWidget(self._similar_row(one))

    def _similar_row(self, one: Similar) -> QWidget:
        row = Card(kind="sunken")
        name = PlainLabel(one.name, role="strong")
        name.setWordWrap(True)
        chip = Chip()
        chip.show_chip(
            ChipText(tr("Likely"), "caution") if one.likely else ChipText(tr("Possible"))
        )
        head = QHBoxLayout()
        head.addWidget(name, 1)
        head.addWidget(chip)
        row.body.addLayout(head)
        row.body.addWidget(_small(one.facts))
        for reason in one.reasons:
            note = NoteLine()
            note.set_note(reason, "check", "text2")
            row.body.addWidget(note)
        same = ActionButton(tr("Same person"), kind="secondary")
        other = ActionButton(tr("Not the same"), kind="quiet")
        same.clicked.connect(lambda: self.same_person.emit(one.key))
        other.clicked.connect(lambda: self.not_the_same.emit(one.key))
        buttons = QHBoxLayout()
        buttons.addWidget(same)
        buttons.addWidget(other)
        buttons.addStretch(1)
        row.body.addLayout(buttons)
        return row


def _small(text: str) -> PlainLabel:
    label = PlainLabel(text, role="small", tone="text2")
    label.setWordWrap(True)
    return label
