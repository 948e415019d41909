# SPDX-License-Identifier: GPL-3.0-or-later
"""A key that works inside one widget, or in the window while that widget is in front."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_key(
    widget: QWidget, keys: Qt.Key | str, deed: Callable[[], object], *, everywhere: bool = False
) -> None:
    """Text fields keep the keys they need for typing.

    `everywhere` takes in the whole window while the widget is in front.
    """
    shortcut = QShortcut(QKeySequence(keys), widget)
    if not everywhere:
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(deed)
