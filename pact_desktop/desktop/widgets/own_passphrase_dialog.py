# SPDX-License-Identifier: GPL-3.0-or-later
"""The owner of an account changes the passphrase: first the present one, then a new one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets.fields import Field
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.passphrase_choice import PassphrasePanel
from pact_desktop.desktop.widgets.passphrases import PassphraseEdit
from pact_desktop.desktop.widgets.scroll_room import ScrollRoom
from pact_desktop.desktop.words import tr


class OwnPassphraseDialog(FormDialog):
    """Two pages; Esc goes back from the second, and every way out forgets what was typed.

    Signals:
        words_wanted: the person would like four others.
    """

    words_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.present = PassphraseEdit()
        self.present_field = Field("", self.present)
        self.panel = PassphrasePanel()
        self.words = self.panel.choice
        self.choosing = False
        self._room = ScrollRoom(self.panel)
        for part in (self.present_field, self._room):
            self.body.addWidget(part)
        self.present.returnPressed.connect(self._press_main)
        self.panel.other_words_wanted.connect(self.words_wanted)
        self.finished.connect(self._forget)

    def ask(self) -> None:
        self._forget()
        self.panel.retranslate()
        self.present_field.set_label(tr("Present passphrase"))
        self.show_present()
        self.show_over()
        self.present.setFocus()

    def show_present(self) -> None:
        self.words.forget()
        self._turn_to(choosing=False)
        self.word(
            tr("Change your passphrase"),
            tr("First the one that you sign in with now."),
            safe=tr("Go back"),
            main=tr("Continue"),
        )
        self.present.setFocus()

    def show_words(self, owner: str, words: str) -> None:
        """`words` are offered once; they are nowhere else."""
        self._turn_to(choosing=True)
        self.word(
            tr("Choose your new passphrase"),
            tr("Make sure that nobody looks on. It is never shown again."),
            safe=tr("Back"),
            main=tr("Change passphrase"),
        )
        self.words.owner.setText(owner)
        self.words.offer.setText(words)
        self.words.typed.setFocus()

    def show_waiting(self, words: str = "") -> None:
        """`words` stand on the button while nothing else can be pressed."""
        usual = tr("Change passphrase") if self.choosing else tr("Continue")
        self.main.setText(words or usual)
        for button in (self.main, self.safe):
            button.setEnabled(not words)
        for field in (self.present_field, self.panel):
            field.setEnabled(not words)

    def show_problem(self, field: Field, words: str) -> None:
        field.set_problem(words)
        field.editor.setFocus()

    def clear_problems(self) -> None:
        for field in (self.present_field, self.words.own_field, self.words.typed_field):
            field.set_problem("")

    @override
    def reject(self) -> None:
        if not self.safe.isEnabled():
            return
        if self.choosing:
            self.clear_problems()
            self.show_present()
            return
        super().reject()

    def _press_main(self) -> None:
        if self.main.isEnabled():
            self.confirmed.emit()

    def _forget(self) -> None:
        self.present.clear()
        self.words.forget()
        self.clear_problems()
        self._turn_to(choosing=False)

    def _turn_to(self, *, choosing: bool) -> None:
        self.choosing = choosing
        self.present_field.setVisible(not choosing)
        self._room.setVisible(choosing)
