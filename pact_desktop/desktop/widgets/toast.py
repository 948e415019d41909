# SPDX-License-Identifier: GPL-3.0-or-later
"""A line at the bottom for what went well; it goes away by itself."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from pact_desktop.desktop import theme
from pact_desktop.desktop.tokens import number
from pact_desktop.desktop.widgets.banners import announce
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.notes import IconMark


class ToastLine(QFrame):
    """Shows one line for six seconds above the footer; never takes the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self._words = PlainLabel("", role="strong")
        self._button = ActionButton(kind="quiet")
        self._button.clicked.connect(self._act)
        self._action: Callable[[], object] | None = None
        self._timer = QTimer(self, singleShot=True, interval=1000 * number("time", "toast_s"))
        self._timer.timeout.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space("l"), 3, theme.space("xs"), 3)
        row.setSpacing(theme.space("m"))
        row.addWidget(IconMark("check-circle", tone="ok"))
        row.addWidget(self._words)
        row.addWidget(self._button)
        self.hide()

    def show_toast(
        self, words: str, action_text: str = "", action: Callable[[], object] | None = None
    ) -> None:
        self._words.setText(words)
        self._button.setText(action_text)
        self._button.setVisible(bool(action_text))
        self._action = action
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, words)

    def place_above(self, bottom: int) -> None:
        """Sits centred, its lower edge at this height of the parent."""
        self._bottom = bottom
        self._place()

    _bottom = 0

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        wanted = self.sizeHint().expandedTo(self.minimumSizeHint())
        wanted.setHeight(max(wanted.height(), theme.scaled(44)))
        width = min(wanted.width(), parent.width() - 2 * theme.space("xl"))
        left = (parent.width() - width) // 2
        bottom = self._bottom or parent.height()
        self.setGeometry(left, bottom - wanted.height() - theme.space("m"), width, wanted.height())

    def _act(self) -> None:
        action, self._action = self._action, None
        self.hide()
        if action is not None:
            action()
