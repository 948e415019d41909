# SPDX-License-Identifier: GPL-3.0-or-later
"""The striped bar over everything while somebody practises with invented patients."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets import ActionButton, PlainLabel
from pact_desktop.desktop.words import tr


class PracticeBar(QFrame):
    """Above the header while practising; the stripes remain in a grey print."""

    leave_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = PlainLabel(role="strong", tone="practice")
        self._leave = ActionButton(kind="quiet")
        self._leave.clicked.connect(self.leave_pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.scaled(60), 0, theme.space("l"), 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._leave)
        self.setFixedHeight(theme.size("practice_bar"))
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._words.setText(tr("Practice – Invented patients. Nothing is kept in the records."))
        self._leave.setText(tr("Leave practice"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("practiceSoft"))
        stripes = QBrush(theme.colour("practiceLine"), Qt.BrushStyle.BDiagPattern)
        painter.fillRect(0, 0, theme.scaled(44), self.height(), stripes)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange:
            self.setFixedHeight(theme.size("practice_bar"))
