# SPDX-License-Identifier: GPL-3.0-or-later
"""A key that works inside one widget and everything in it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_key(widget: QWidget, keys: Qt.Key | str, deed: Callable[[], object]) -> None:
    """Text fields keep the keys they need for typing."""
    shortcut = QShortcut(QKeySequence(keys), widget)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(deed)
