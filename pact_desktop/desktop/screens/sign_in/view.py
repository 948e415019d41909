# SPDX-License-Identifier: GPL-3.0-or-later
"""Name and passphrase, in the language of whoever sits down."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Chrome, Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    ChoiceRows,
    Combo,
    Field,
    LineEdit,
    NoteLine,
    PassphraseEdit,
    PlainLabel,
)
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.i18n.formats import format_long_date

_CARD_WIDTH = 460
_CARD_WIDTH_WITH_LIST = 800


class SignInView(Screen):
    """The door: it never shows anything of a record.

    Signals:
        asked: name and passphrase, as typed.
        language_chosen: tag of a locale.
        limits_wanted: the page on what the program cannot do.
    """

    name, private = "sign_in", False
    chrome = Chrome.NONE
    asked = Signal(str, str)
    language_chosen = Signal(str)
    limits_wanted = Signal()

    facility: PlainLabel
    language: Combo
    today: PlainLabel
    card: Card
    list_side: QWidget
    names: ChoiceRows
    typed_side: QWidget
    locked: PlainLabel
    name_field: Field
    name_edit: LineEdit
    passphrase_field: Field
    passphrase: PassphraseEdit
    problem: NoteLine
    sign_in: ActionButton
    foot: PlainLabel
    limits: ActionButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "sign_in")
        self._day: date | None = None
        self._kept = True
        self.problem.hide()
        self.locked.hide()
        self.list_side.hide()
        self.limits.clicked.connect(self.limits_wanted)
        self.sign_in.clicked.connect(self._ask)
        self.passphrase.returnPressed.connect(self._ask)
        self.name_edit.returnPressed.connect(self.passphrase.setFocus)
        self.names.chosen.connect(lambda _name: self.passphrase.setFocus())
        self.language.chosen.connect(lambda tag: self.language_chosen.emit(str(tag)))
        self.card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._fit()
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        if self.list_side.isVisibleTo(self):
            return self.names
        return self.passphrase if self.name_edit.text() else self.name_edit

    @override
    def retranslate(self) -> None:
        self.show_day(self._day)
        self.passphrase_field.set_hint(tr("Offered words are joined by hyphens or spaces"))
        self.foot.setText(tr("Stored on this computer only"))
        self.locked.setText(
            tr("Locked. Your visit is kept as it was.")
            if self._kept
            else tr(
                "Locked. What was entered last could not be saved. Everything before it is kept: "
                "sign in and look at the last entries."
            )
        )

    def show_day(self, day: date | None) -> None:
        self._day = day
        self.today.setText(format_long_date(day, catalog().locale) if day else "")

    def show_facility(self, facility_name: str) -> None:
        self.facility.setText(facility_name)

    def show_languages(self, options: Sequence[tuple[object, str]], chosen: str) -> None:
        self.language.set_options(options)
        self.language.set_value(chosen)

    def show_names(self, names: Sequence[str]) -> None:
        """A list of staff, where the facility switched it on; else the name is typed."""
        self.names.set_options([(name, name) for name in names], keys=False)
        self.list_side.setVisible(bool(names))
        self.name_field.setVisible(not names)
        self._fit()

    def show_locked(self, sign_in_name: str, *, kept: bool = True) -> None:
        """After a lock: the same person finds the visit as it was, or is told what is missing."""
        self.name_edit.setText(sign_in_name)
        self._kept = kept
        self.locked.show()
        self.retranslate()

    def show_problem(self, words: str) -> None:
        self.problem.set_text(words)
        self.problem.setVisible(bool(words))
        if words:
            self.passphrase.clear()
            self.passphrase.setFocus()

    def show_waiting(self, *, waiting: bool) -> None:
        """While the passphrase is checked nothing else can be asked."""
        self.sign_in.setEnabled(not waiting)
        self.sign_in.setText(tr("Opening …") if waiting else tr("Sign in"))

    def _ask(self) -> None:
        chosen = self.names.value() if self.list_side.isVisibleTo(self) else None
        name = str(chosen) if chosen else self.name_edit.value()
        if not name:
            self.name_edit.setFocus()
            return
        if self.sign_in.isEnabled():
            self.asked.emit(name, self.passphrase.passphrase())

    def _fit(self) -> None:
        wide = self.list_side.isVisibleTo(self)
        self.card.setFixedWidth(theme.scaled(_CARD_WIDTH_WITH_LIST if wide else _CARD_WIDTH))
        self.card.setFrameShape(QFrame.Shape.NoFrame)
