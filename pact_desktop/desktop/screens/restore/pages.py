# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages that lead from a file and a sheet back to work, one task each."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Field,
    LineEdit,
    NoteLine,
    PlainLabel,
    Segments,
    TextArea,
    TickBox,
)
from pact_desktop.desktop.widgets.passphrase_choice import PassphraseChoice, PassphrasePanel
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.waiting import WaitingLine
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Role
from pact_desktop.terms import term


class Page(IntEnum):
    """Order of the pages."""

    FILE = 0
    WAITING = 1
    FOUND = 2
    PEOPLE = 3
    MANAGER_WORDS = 4
    CLINICIAN_WORDS = 5
    DONE = 6


COURSE: Final = (
    Page.FILE,
    Page.FOUND,
    Page.PEOPLE,
    Page.MANAGER_WORDS,
    Page.CLINICIAN_WORDS,
    Page.DONE,
)
"""What is counted as a step; waiting is none."""


class Person:
    """Who somebody is: the fields of one card."""

    def __init__(self) -> None:
        self.name, self.sign_in = LineEdit(), LineEdit()
        self.name_field = Field("", self.name)
        self.sign_in_field = Field("", self.sign_in)

    def set_labels(self, name: str, sign_in: str) -> None:
        """Each says whose it is: a reader hears no card around it."""
        self.name_field.set_label(name)
        self.sign_in_field.set_label(sign_in)


class RestorePages(QWidget):
    """All pages; the view moves between them.

    Signals:
        file_wanted: the button that chooses the file.
        other_words_wanted: the role of the person.
    """

    file_wanted = Signal()
    other_words_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[Page, tuple[PlainLabel, PlainLabel]] = {}
        self.choose = ActionButton(icon_name="hard-drives")
        self.chosen = NoteLine(icon="check-circle", tone="ok", bold=True)
        self.code = LineEdit()
        self.code_field = Field("", self.code)
        self.waiting = WaitingLine()
        self.found: tuple[NoteLine, ...] = tuple(
            NoteLine(icon=icon) for icon in ("clock", "list", "users", "warning")
        )
        self.newest = TickBox()
        self.erased = TextArea()
        self.erased_field = Field("", self.erased, optional=True)
        self.manager, self.clinician = Person(), Person()
        self.role = Segments()
        self._manager_card, self._clinician_card = Card(" "), Card(" ")
        self._panels = {Role.MANAGER: PassphrasePanel(), Role.NURSE: PassphrasePanel()}
        self.again_note = NoteLine(icon="check-circle", tone="ok")
        self.done_note, self.next_note = NoteLine(icon="check-circle", tone="ok"), NoteLine()
        self.pages = QStackedWidget()
        column = QVBoxLayout(self)
        space_out(column)
        column.addWidget(self.pages)
        self._build()
        self.choose.clicked.connect(self.file_wanted)
        for role, panel in self._panels.items():
            panel.other_words_wanted.connect(lambda role=role: self.other_words_wanted.emit(role))
        self.chosen.hide()
        self.again_note.hide()
        self.retranslate()

    @property
    def words(self) -> dict[Role, PassphraseChoice]:
        return {role: panel.choice for role, panel in self._panels.items()}

    def retranslate(self) -> None:
        for page, (title, text) in _titles().items():
            self._titles[page][0].setText(title)
            self._titles[page][1].setText(text)
            self._titles[page][1].setVisible(bool(text))
        self.choose.setText(tr("Choose the backup …"))
        self.code_field.set_label(tr("Code of the recovery sheet"))
        self.code_field.set_hint(tr("28 characters in groups of 4; capital or small is the same"))
        self.newest.setText(tr("There is no newer backup than this one"))
        self.erased_field.set_label(tr("Numbers of records that were erased since"))
        self.erased_field.set_hint(
            tr("From the list of old backups, one on each line. They are erased again.")
        )
        self._manager_card.set_heading(tr("Manager"))
        self._clinician_card.set_heading(tr("Nurse or doctor"))
        self.manager.set_labels(tr("Name of the manager"), tr("Sign-in name of the manager"))
        self.clinician.set_labels(
            tr("Name of the nurse or doctor"), tr("Sign-in name of the nurse or doctor")
        )
        role = self.role.value() or Role.NURSE
        self.role.set_options([(r, term(catalog(), r)) for r in (Role.NURSE, Role.DOCTOR)])
        self.role.set_value(role)
        self.role.setAccessibleName(tr("Role"))
        for panel in self._panels.values():
            panel.retranslate()
        self.done_note.set_text(tr("The records are on this computer and encrypted."))
        self.next_note.set_text(
            tr(
                "Everybody else gets a new account from the manager, under Staff. "
                "The recovery sheet stays the same: lock it away again."
            )
        )

    def show_erased_again(self, words: str) -> None:
        """How many records went again, if any."""
        self.again_note.set_text(words)
        self.again_note.setVisible(bool(words))

    def show_found(self, lines: Sequence[str]) -> None:
        """One line for each fact; an empty one is not shown."""
        for note, words in zip(self.found, lines, strict=True):
            note.set_text(words)
            note.setVisible(bool(words))

    # Building -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.found[-1].set_note("", "warning", "caution")
        contents: dict[Page, Sequence[QWidget]] = {
            Page.FILE: (_in_card(self._file_row(), self.chosen, self.code_field),),
            Page.WAITING: (_in_card(self.waiting),),
            Page.FOUND: (_in_card(*self.found), self.newest, _in_card(self.erased_field)),
            Page.PEOPLE: (
                _card(self._manager_card, self.manager),
                _card(self._clinician_card, self.clinician, self.role),
            ),
            Page.MANAGER_WORDS: (_in_card(self._panels[Role.MANAGER]),),
            Page.CLINICIAN_WORDS: (_in_card(self._panels[Role.NURSE]),),
            Page.DONE: (_in_card(self.done_note, self.again_note, self.next_note),),
        }
        for page in Page:
            self.pages.addWidget(self._page(page, contents[page]))

    def _page(self, page: Page, contents: Sequence[QWidget]) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        space_out(column, gap=12)
        title, text = PlainLabel(role="title"), PlainLabel(role="body", tone="text2")
        for label in (title, text):
            label.setWordWrap(True)
            column.addWidget(label)
        self._titles[page] = title, text
        for widget in contents:
            column.addWidget(widget)
        column.addStretch(1)
        return made

    def _file_row(self) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        space_out(line)
        line.addWidget(self.choose, 0, Qt.AlignmentFlag.AlignLeading)
        line.addStretch(1)
        return row


def _card(card: Card, person: Person, *more: QWidget) -> Card:
    row = QHBoxLayout()
    space_out(row, gap=12)
    row.addWidget(person.name_field)
    row.addWidget(person.sign_in_field)
    card.body.addLayout(row)
    for widget in more:
        card.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)
    return card


def _in_card(*widgets: QWidget) -> Card:
    card = Card()
    space_out(card.body, (16, 16, 16, 16), 12)
    for widget in widgets:
        card.body.addWidget(widget)
    return card


def _titles() -> dict[Page, tuple[str, str]]:
    return {
        Page.FILE: (
            tr("Restore from a backup"),
            tr("You need the backup, for example on a stick, and the recovery sheet."),
        ),
        Page.WAITING: (
            tr("The backup is being read"),
            tr("Every file in it is checked. Leave the stick where it is."),
        ),
        Page.FOUND: (
            tr("These records are in the backup"),
            tr("What was entered after it is not in it. Look for the newest one first."),
        ),
        Page.PEOPLE: (
            tr("Who works with it first?"),
            tr(
                "No passphrase of before opens the records any more. A manager and a nurse or "
                "doctor begin; the others follow."
            ),
        ),
        Page.MANAGER_WORDS: (
            tr("A passphrase for the manager"),
            tr("Only this person may read it. Let the manager sit down alone now."),
        ),
        Page.CLINICIAN_WORDS: (
            tr("A passphrase for the nurse or doctor"),
            tr("Only this person may read it. Let the nurse or doctor sit down alone now."),
        ),
        Page.DONE: (tr("Ready"), ""),
    }
