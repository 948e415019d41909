# SPDX-License-Identifier: GPL-3.0-or-later
"""A question with a few fields that lies over the screen; Esc is always the safe answer."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.spacing import space_out

_WIDTH = 520


class FormDialog(QDialog):
    """Title is the question, buttons are the answers. Nothing happens until one is pressed.

    Signals:
        confirmed: the main button; the dialog stays open until its owner closes it.
        typed: a field that was connected to `typing` should be kept as it stands, also when the
            dialog is left without an answer.
    """

    confirmed = Signal()
    typed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.typing = TypingPause(self)
        self.typing.timeout.connect(self.typed)
        self.finished.connect(self.hand_over)
        # The title bar never says more than the window of the program does.
        self.setWindowTitle(parent.window().windowTitle())
        layout = QVBoxLayout(self)
        space_out(layout, (24, 20, 24, 20), 12)
        self.title = PlainLabel(role="title")
        self.title.setWordWrap(True)
        self.text = PlainLabel(role="body", tone="text2")
        self.text.setWordWrap(True)
        self.body = QVBoxLayout()
        space_out(self.body, gap=12)
        layout.addWidget(self.title)
        layout.addWidget(self.text)
        layout.addLayout(self.body)
        layout.addLayout(self._buttons())
        self.setMinimumWidth(theme.scaled(_WIDTH))

    def word(self, title: str, text: str, *, safe: str, main: str) -> None:
        """Sets every word of the frame; an empty main answer leaves only the safe one."""
        self.title.setText(title)
        self.text.setText(text)
        self.text.setVisible(bool(text))
        self.safe.setText(safe)
        self.main.setText(main)
        self.main.setVisible(bool(main))

    def hand_over(self) -> None:
        """Announces what is still being typed."""
        if self.typing.isActive():
            self.typing.stop()
            self.typed.emit()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        space_out(row, gap=8)
        self.safe = ActionButton(kind="secondary")
        self.main = ActionButton(kind="primary")
        for button in (self.safe, self.main):
            button.setAutoDefault(False)
        self.safe.clicked.connect(self.reject)
        self.main.clicked.connect(self.confirmed)
        row.addStretch(1)
        row.addWidget(self.safe)
        row.addWidget(self.main)
        return row

    @override
    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self._make_room()
        return handled

    def _make_room(self) -> None:
        """A problem that appears at a field makes the dialog higher; nothing is squeezed."""
        layout, over = self.layout(), self.parentWidget()
        if layout is None or over is None:
            return
        needed = layout.totalHeightForWidth(self.width())
        most = over.window().height()
        if self.height() < min(needed, most):
            self.resize(self.width(), min(needed, most))

    def show_over(self) -> None:
        """Does not wait for an answer, so that cover and urgent help work meanwhile."""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)  # noqa: FBT003 Qt's own
        # The size of the text may have changed since the dialog was made.
        self.setMinimumWidth(theme.scaled(_WIDTH))
        self.open()
