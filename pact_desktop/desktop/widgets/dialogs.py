# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions before something is lost or sent; the buttons are the answers."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.words import tr


class QuestionDialog(QDialog):
    """Title is the question, text the consequence; Esc is the safe answer and has the focus."""

    answered = Signal(int)

    def __init__(
        self,
        title: str,
        text: str,
        answers: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        safe: int = 0,
    ) -> None:
        """`answers` are words and kind of each button, the last one at the trailing end."""
        super().__init__(parent)
        self._safe = safe
        self._told = False
        self.setWindowTitle(tr("Intake"))
        self.setModal(True)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.body = QVBoxLayout()
        self._arrange(title, text, answers)

    def _arrange(self, title: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        frame = QFrame()
        frame.setProperty("kind", "plain_dialog")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        edge = theme.space("xl")
        column = QVBoxLayout(frame)
        column.setContentsMargins(edge, edge, edge, edge)
        column.setSpacing(theme.space("l"))
        for words, role in ((title, "number"), (text, "body")):
            label = PlainLabel(words, role=role)
            label.setWordWrap(True)
            column.addWidget(label)
        column.addLayout(self.body)
        column.addLayout(self._buttons(answers))
        self.setMinimumWidth(theme.scaled(420))
        self.setMaximumWidth(theme.scaled(620))

    def _buttons(self, answers: Sequence[tuple[str, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addStretch(1)
        self.buttons: list[ActionButton] = []
        for position, (words, kind) in enumerate(answers):
            button = ActionButton(words, kind=kind)
            button.setAutoDefault(True)
            button.clicked.connect(lambda _checked=False, n=position: self._answer(n))
            row.addWidget(button)
            self.buttons.append(button)
        self.buttons[self._safe].setDefault(True)
        self.buttons[self._safe].setFocus()
        return row

    def _answer(self, position: int) -> None:
        if not self._told:
            self._told = True
            self.answered.emit(position)
            self.accept()

    @override
    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Show}:
            self._make_room()
        return handled

    def _make_room(self) -> None:
        """A long consequence makes the dialog wider, then higher; no line of it is cut."""
        layout = self.layout()
        if layout is None:
            return
        needed = layout.totalHeightForWidth(self.width())
        if self.height() < needed:
            self.resize(self.maximumWidth(), layout.totalHeightForWidth(self.maximumWidth()))

    @override
    def reject(self) -> None:
        self._answer(self._safe)
        super().reject()
