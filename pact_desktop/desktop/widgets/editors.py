# SPDX-License-Identifier: GPL-3.0-or-later
"""Editors: lines, areas, drop-down lists and the search line."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Property, QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
    QWidget,
)
from typing_extensions import override

from pact_desktop.desktop import icons, painting, theme
from pact_desktop.desktop.tokens import number
from pact_desktop.desktop.widgets.labels import tip
from pact_desktop.domain.text import tidy

_NEVER_CUT: Final = 10_000_000


class LineEdit(QLineEdit):
    """One line of text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        # Qt would cut a longer text without a word; what is too long is said instead.
        self.setMaxLength(_NEVER_CUT)

    def value(self) -> str:
        """What was typed, as it would be kept; empty when nothing of it can be seen."""
        return tidy(self.text())


class TextArea(QPlainTextEdit):
    """Some lines of text; Tab leaves it, nothing typed here is offered elsewhere.

    Signals:
        edited: the user changed the text; not sent by `set_value`.
    """

    edited = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None, *, lines: int = 3) -> None:
        super().__init__(text, parent)
        self._lines = lines
        self._setting = False
        self.textChanged.connect(self._tell)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._fit()

    def _get_lines(self) -> int:
        return self._lines

    def _set_lines(self, lines: int) -> None:
        self._lines = lines
        self._fit()

    lines = Property(int, _get_lines, _set_lines)

    def value(self) -> str:
        """What was typed, as it would be kept; empty when nothing of it can be seen."""
        return tidy(self.toPlainText(), lines=True)

    def set_value(self, text: str) -> None:
        """Shows a text without moving the cursor of somebody who is typing the same."""
        if text != self.toPlainText():
            self._setting = True
            self.setPlainText(text)
            self._setting = False

    def _tell(self) -> None:
        if not self._setting:
            self.edited.emit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        line = painting.text_size("Xg", theme.font("body")).height()
        self.setFixedHeight(round(line * self._lines) + 2 * theme.space("m"))


class Combo(QComboBox):
    """A drop-down list of values with words; the wheel never changes it by accident.

    What is longer than the field ends in an ellipsis, and stands in full in the tooltip.
    """

    chosen = Signal(object)
    """The value the user chose; not sent by `set_value`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(lambda position: self.chosen.emit(self._values[position]))

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        kept = self.value()
        self.clear()
        self._values = [value for value, _ in options]
        self.addItems([words for _, words in options])
        self.set_value(kept)

    def value(self) -> object:
        position = self.currentIndex()
        return self._values[position] if 0 <= position < len(self._values) else None

    def set_value(self, value: object) -> None:
        """Shows a value without announcing it; one that is not offered shows the first."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)

    @override
    def wheelEvent(self, event: QEvent) -> None:
        event.ignore()

    def shown_words(self) -> str:
        """What there is room for; an icon of the style is never in it."""
        return self.fontMetrics().elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self._room()
        )

    @override
    def event(self, event: QEvent) -> bool:
        # Asked for at the moment it is shown: neither width nor words have to be followed.
        if event.type() == QEvent.Type.ToolTip and not self.toolTip():
            cut = self.shown_words() != self.currentText()
            if cut and isinstance(event, QHelpEvent):
                QToolTip.showText(event.globalPos(), tip(self.currentText()), self)
                return True
        return super().event(event)

    def _room(self) -> int:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        caret = theme.space("m") + theme.scaled(14) + theme.space("xs")
        return min(field.width() - 2, self.width() - theme.space("m") - caret)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_words()
        whole = QStylePainter(self)
        whole.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        whole.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        whole.end()
        painter = QPainter(self)
        edge = theme.scaled(14)
        square = QRectF(0, (self.height() - edge) / 2, edge, edge)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            square.moveLeft(theme.space("m"))
        else:
            square.moveRight(self.width() - theme.space("m"))
        shade = theme.colour("text2" if self.isEnabled() else "disabled")
        icons.paint_icon(painter, square, "caret-down", shade)


class SearchEdit(QLineEdit):
    """The search line; `settled` comes a moment after the last letter."""

    settled = Signal(str)

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "search")
        self._timer = QTimer(self, singleShot=True, interval=number("time", "search_settle_ms"))
        self._timer.timeout.connect(lambda: self.settled.emit(self.text().strip()))
        self.textEdited.connect(lambda _text: self._timer.start())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.settled.emit("")
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge = theme.size("icon")
        square = QRectF(theme.space("m"), (self.height() - edge) / 2, edge, edge)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            square.moveRight(self.width() - theme.space("m"))
        icons.paint_icon(painter, square, "magnifying-glass", theme.colour("text2"))
