# SPDX-License-Identifier: GPL-3.0-or-later
"""A colleague reads along and confirms with their own name and passphrase."""

from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets import Field, LineEdit, PassphraseEdit
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.words import tr


class SecondReaderDialog(FormDialog):
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
        self.retranslate()

    def retranslate(self) -> None:
        self.word(
            tr("Read the summary with a colleague"),
            tr(
                "Lowering the level from strong concern needs a second reader. Your colleague "
                "reads the reasons and your sentence, and confirms here."
            ),
            safe=tr("Go back"),
            main=tr("Confirm as second reader"),
        )
        self.reader_field.set_label(tr("Sign-in name of your colleague"))
        self.passphrase_field.set_label(tr("Passphrase of your colleague"))

    def ask(self) -> None:
        self.show_problem("")
        self.reader.clear()
        self.passphrase.clear()
        self.show_over()
        self.reader.setFocus()

    def show_problem(self, words: str) -> None:
        self.passphrase_field.set_problem(words)
        self.passphrase.clear()
