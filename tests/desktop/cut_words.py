# SPDX-License-Identifier: GPL-3.0-or-later
"""Finds words that have less room than they need."""

from collections.abc import Iterator

from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QComboBox, QLabel, QWidget

from pact_desktop.desktop.widgets import Combo, PlainLabel

SLACK = 1
"""Pixels that rounding may take."""
TELLING = 6
"""Letters before an ellipsis from which a choice can still be told from the others."""


def cut_words(window: QWidget) -> list[str]:
    """Buttons, labels and lists on show whose words are cut, with what they have and need."""
    return list(_cut(window))


def _cut(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.size().isEmpty():
            continue
        if isinstance(widget, QComboBox):
            yield from _cut_choice(widget)
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


def _cut_choice(choice: QComboBox) -> Iterator[str]:
    """A list of the kit ends in an ellipsis and says the rest in a tooltip; any other just ends."""
    words = choice.currentText()
    if isinstance(choice, Combo):
        shown = choice.shown_words().removesuffix("…")
        cut = len(shown) < min(TELLING, len(words))
    else:
        cut = choice.fontMetrics().horizontalAdvance(words) > choice.width()
    if cut:
        yield f"{type(choice).__name__} {choice.objectName()} {words!r}: {choice.width()} wide"


def _scrolls(widget: QWidget, window: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and parent is not window:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def _shortens_itself(label: QLabel) -> bool:
    return isinstance(label, PlainLabel) and bool(label.property("elide"))
