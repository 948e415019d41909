# SPDX-License-Identifier: GPL-3.0-or-later
"""A colleague at the same screen confirms with their own name and passphrase."""

from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets.editors import LineEdit
from pact_desktop.desktop.widgets.fields import Field
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.passphrases import PassphraseEdit
from pact_desktop.desktop.words import tr


class ColleagueDialog(FormDialog):
    """The passphrase leaves the field the moment it was used or refused."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reader = LineEdit()
        self.passphrase = PassphraseEdit()
        self.reader_field = Field("", self.reader)
        self.passphrase_field = Field("", self.passphrase)
        self.body.addWidget(self.reader_field)
        self.body.addWidget(self.passphrase_field)
        self.passphrase.returnPressed.connect(self.confirmed)
        self.finished.connect(self.passphrase.clear)

    def set_words(self, title: str, text: str, *, main: str) -> None:
        """What is confirmed here, and the button that does it."""
        self.word(title, text, safe=tr("Go back"), main=main)
        self.reader_field.set_label(tr("Sign-in name of your colleague"))
        self.passphrase_field.set_label(tr("Passphrase of your colleague"))

    def ask(self) -> None:
        self.show_problem("")
        self.reader.clear()
        self.passphrase.clear()
        self.show_over()
        self.reader.setFocus()

    def given(self) -> tuple[str, str]:
        """Sign-in name and passphrase; the passphrase is in the field no more."""
        name, passphrase = self.reader.value(), self.passphrase.passphrase()
        self.show_problem("")
        return name, passphrase

    def show_problem(self, words: str) -> None:
        self.passphrase_field.set_problem(words)
        self.passphrase.clear()
