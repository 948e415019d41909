# SPDX-License-Identifier: GPL-3.0-or-later
"""Where Tab stops first inside an area."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def first_stop(area: QWidget) -> QWidget | None:
    """The first control of an area that Tab would stop at, in tab order."""
    widget = area.nextInFocusChain()
    while widget is not None and widget is not area:
        if area.isAncestorOf(widget) and _is_stop(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def _is_stop(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
    return tab and widget.isVisible() and widget.isEnabled()
