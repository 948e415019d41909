# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys as a person presses them, and letters of every script."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier


def press(
    widget: QWidget, key: Qt.Key, words: str = "", modifiers: Qt.KeyboardModifier = NONE
) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, words))


def type_text(widget: QWidget, text: str) -> None:
    """The key simulation of Qt's test library ends the process on letters such as č or ж."""
    for letter in text:
        press(widget, Qt.Key.Key_unknown, letter)
