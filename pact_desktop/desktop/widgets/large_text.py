# SPDX-License-Identifier: GPL-3.0-or-later
"""The patient's sentence over the whole screen, to be read by the patient."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.cards import ScrollPage
from pact_desktop.desktop.widgets.patient_text import PatientText
from pact_desktop.desktop.widgets.spacing import space_out


class LargeText(QDialog):
    """Nothing but the words and the way back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setModal(True)
        self.setWindowTitle(parent.window().windowTitle())
        self.words = PatientText(role="patient_large")
        self.words.setMargin(32)
        scroll = ScrollPage()
        scroll.setWidget(self.words)
        self.back = ActionButton(icon_name="arrow-left", key_cap="Esc")
        self.back.clicked.connect(self.reject)
        row = QHBoxLayout()
        space_out(row)
        row.addWidget(self.back)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        space_out(layout, (32, 24, 32, 24), 16)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)

    def show_words(self, text: str, locale: str, *, back: str) -> None:
        self.words.show_text(text, locale)
        self.words.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        self.back.setText(back)
        self.setGeometry(self._over.window().geometry())
        self.open()
