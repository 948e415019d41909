# SPDX-License-Identifier: GPL-3.0-or-later
"""The passphrase field: hidden until shown, Caps Lock told in words."""

import ctypes
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.editors import LineEdit
from pact_desktop.desktop.widgets.notes import NoteLine
from pact_desktop.desktop.words import tr

_VK_CAPITAL: Final = 0x14


class _Line(LineEdit):
    """Tells the field about each letter, so that Caps Lock shows at the first one."""

    letter = Signal(bool)
    entered = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        letters = event.text()
        if len(letters) == 1 and letters.isalpha() and letters.upper() != letters.lower():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.letter.emit(letters.isupper() != shift)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.letter.emit(False)  # noqa: FBT003 (a signal)
        super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


class PassphraseEdit(QWidget):
    """Typed hidden; "Show" lets the person read it back while nobody looks."""

    returnPressed = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = _Line()
        self._line.setEchoMode(QLineEdit.EchoMode.Password)
        self._line.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._line.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._show = ActionButton(kind="quiet", icon_name="eye")
        self._show.setCheckable(True)
        self._caps = NoteLine(icon="info", tone="caution")
        self._caps.hide()
        self._arrange()
        self._line.returnPressed.connect(self.returnPressed)
        self._line.textEdited.connect(lambda _text: self.edited.emit())
        self._line.letter.connect(self._caps_lock)
        self._line.entered.connect(lambda: self._caps_lock(_caps_lock_is_on()))
        self._show.toggled.connect(self._reveal)
        self._reveal(shown=False)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.space("s"))
        row.addWidget(self._line, 1)
        row.addWidget(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("xs"))
        column.addLayout(row)
        column.addWidget(self._caps)
        self.setFocusProxy(self._line)

    @property
    def line(self) -> QLineEdit:
        return self._line

    def passphrase(self) -> str:
        """Exactly what was typed; blanks belong to it."""
        return self._line.text()

    def clear(self) -> None:
        """Empties the line and hides it again; Qt's memory of what was undone goes with it."""
        self._line.setText("")
        self._show.setChecked(False)

    @override
    def changeEvent(self, event: object) -> None:
        super().changeEvent(event)  # type: ignore[arg-type]
        self._name()

    def _reveal(self, shown: bool) -> None:  # noqa: FBT001 (slot of a toggle)
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._line.setEchoMode(mode)
        self._show.set_icon("eye-slash" if shown else "eye")
        self._name()

    def _name(self) -> None:
        self._show.setText(tr("Hide") if self._show.isChecked() else tr("Show"))
        self._caps.set_text(tr("Caps Lock is on"))

    def _caps_lock(self, on: bool) -> None:  # noqa: FBT001 (slot of a signal)
        self._caps.setVisible(on)


def _caps_lock_is_on() -> bool:
    """Known before the first letter only on Windows; elsewhere the first letter tells."""
    windows = getattr(ctypes, "windll", None)
    return windows is not None and bool(windows.user32.GetKeyState(_VK_CAPITAL) & 1)
