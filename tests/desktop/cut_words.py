# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds words that have less room than they need."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QWidget

from pact_desktop.desktop.widgets import PlainLabel

SLACK = 1
"""Pixels that rounding may take."""


def cut_words(window: QWidget) -> list[str]:
    """Buttons and labels on show whose words are cut, with their size and the one they need."""
    return list(_cut(window))


def _cut(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.size().isEmpty():
            continue
        if isinstance(widget, QAbstractButton):
            needed = widget.minimumSizeHint()
        elif isinstance(widget, QLabel) and widget.text() and not _shortens_itself(widget):
            needed = widget.minimumSizeHint()
            if widget.wordWrap():
                needed.setHeight(widget.heightForWidth(widget.width()))
        else:
            continue
        has = widget.size()
        if not _scrolls(widget, window):
            shown = widget.visibleRegion().boundingRect().size()
            has = has.boundedTo(shown)
        if has.width() + SLACK < needed.width() or has.height() + SLACK < needed.height():
            yield (
                f"{type(widget).__name__} {widget.objectName()} {widget.property('text')!r}: "
                f"{has.width()} x {has.height()} of {needed.width()} x {needed.height()}"
            )


def _scrolls(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _shortens_itself(label: QLabel) -> bool:
    return isinstance(label, PlainLabel) and bool(label.property("elide"))
