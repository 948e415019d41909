# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers as joined segments: radio buttons that a digit, an arrow or the mouse chooses."""

from collections.abc import Collection, Sequence
from typing import Final

from PySide6.QtCore import Property, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets.segment import (
    Segment,
    SegmentLook,
    natural_width,
    paint_segment,
)

Option = tuple[object, str]
_MINIMUM: Final = 84
_MINIMUM_TIGHT: Final = 60
_CLEARING: Final = frozenset({Qt.Key.Key_Backspace, Qt.Key.Key_0})
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}


class Segments(QWidget):
    """One question with its answers side by side; nothing is chosen at first."""

    chosen = Signal(object)
    """The value the user chose, None after clearing; not sent by `set_value`."""
    row_move = Signal(int)
    """-1 or +1 when the user goes to the row above or below."""

    def __init__(
        self,
        options: Sequence[Option] = (),
        parent: QWidget | None = None,
        *,
        strong: Collection[object] = (),
        label: str = "",
    ) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        self._buttons: list[Segment] = []
        self._group = QButtonGroup(self)
        self._strong: Collection[object] = ()
        self._label, self._tight, self._current = label, False, False
        self._stacked = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(label)
        self._group.buttonClicked.connect(self._clicked)
        self.set_options(options, strong=strong)

    # What a form or a screen sets -----------------------------------------------------------

    def set_options(self, options: Sequence[Option], *, strong: Collection[object] = ()) -> None:
        """Values with their words, in their fixed order; a value in `strong` is drawn petrol."""
        kept = self.value()
        self._strong = tuple(strong)
        if [value for value, _ in options] != self._values:
            self._rebuild(options)
        for button, (_, words) in zip(self._buttons, options, strict=True):
            button.setText(words.replace("&", "&&"))
        self._name_buttons()
        self.set_value(kept)
        self._changed()

    def _get_label(self) -> str:
        return self._label

    def _set_label(self, label: str) -> None:
        self._label = label
        self.setAccessibleName(label)
        self._name_buttons()

    def _get_tight(self) -> bool:
        return self._tight

    def _set_tight(self, tight: bool) -> None:  # noqa: FBT001 (a Qt property setter)
        self._tight = tight
        self._changed()

    label = Property(str, _get_label, _set_label)
    tight = Property(bool, _get_tight, _set_tight)

    def set_label(self, label: str) -> None:
        """What the answers belong to; the reader says "Yes, row 2: Looks to another person"."""
        self._set_label(label)

    def set_current(self, current: bool) -> None:  # noqa: FBT001 (reads as a plain word)
        """Shows the key caps: this is the row whose digits work."""
        self._current = current
        self._changed()

    def value(self) -> object:
        for value, button in zip(self._values, self._buttons, strict=True):
            if button.isChecked():
                return value
        return None

    def set_value(self, value: object) -> None:
        """Shows an answer without announcing it; None shows none."""
        if value not in self._values:
            self._uncheck()
        else:
            self._buttons[self._values.index(value)].setChecked(True)
        self._fix_tab_stop()
        self.update()

    def clear(self) -> None:
        self.set_value(None)

    def focus_here(self) -> None:
        """Puts the focus on the chosen segment, else on the first."""
        stop = self._tab_stop()
        if stop is not None:
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        return any(button.hasFocus() for button in self._buttons)

    def buttons(self) -> Sequence[QRadioButton]:
        return tuple(self._buttons)

    # Keys and clicks ------------------------------------------------------------------------

    def take_key(self, event: QKeyEvent) -> bool:
        """Answers a key pressed on one of the segments; False lets it travel on."""
        plain = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.NoModifier
        if event.modifiers() & ~plain:
            return False
        key = Qt.Key(event.key())
        digit = event.key() - Qt.Key.Key_0.value
        if 1 <= digit <= len(self._buttons):
            self._choose(digit - 1)
        elif key in _CLEARING:
            if self.value() is not None:
                self.set_value(None)
                self.chosen.emit(None)
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._step(-1 if key is Qt.Key.Key_Left else 1)
        elif key in _STEPS:
            self.row_move.emit(_STEPS[key])
        elif key is Qt.Key.Key_Space:
            self._choose(self._focused())
        else:
            return False
        return True

    def _step(self, step: int) -> None:
        """In an answered group the answer moves along; in an open one only the focus does."""
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            step = -step
        target = min(max(self._focused() + step, 0), len(self._buttons) - 1)
        if self.value() is None:
            self._buttons[target].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._choose(target)

    def _choose(self, position: int) -> None:
        before = self.value()
        self.set_value(self._values[position])
        self._buttons[position].setFocus(Qt.FocusReason.OtherFocusReason)
        if self.value() != before:
            self.chosen.emit(self._values[position])

    def _clicked(self) -> None:
        self._fix_tab_stop()
        self.update()
        self.chosen.emit(self.value())

    def _focused(self) -> int:
        return next((i for i, button in enumerate(self._buttons) if button.hasFocus()), 0)

    # Building -------------------------------------------------------------------------------

    def _rebuild(self, options: Sequence[Option]) -> None:
        for old in self._buttons:
            self._group.removeButton(old)
            old.hide()
            old.deleteLater()
        self._values = [value for value, _ in options]
        self._buttons = [Segment(words, self, self.take_key) for _, words in options]
        for button in self._buttons:
            self._group.addButton(button)
            button.setVisible(True)
        self._fix_tab_stop()

    def _name_buttons(self) -> None:
        for button in self._buttons:
            words = button.text().replace("&&", "&")
            button.setAccessibleName(f"{words}, {self._label}" if self._label else words)

    def _uncheck(self) -> None:
        # A chosen radio button cannot be cleared while its group is exclusive.
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(False)
        self._group.setExclusive(True)

    def _tab_stop(self) -> Segment | None:
        checked = (button for button in self._buttons if button.isChecked())
        return next(checked, self._buttons[0] if self._buttons else None)

    def _fix_tab_stop(self) -> None:
        stop = self._tab_stop()
        for button in self._buttons:
            policy = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)

    # Size and painting ----------------------------------------------------------------------

    def _widths(self) -> list[float]:
        least = theme.scaled(_MINIMUM_TIGHT if self._tight else _MINIMUM)
        return [natural_width(button.words, least) for button in self._buttons]

    @override
    def sizeHint(self) -> QSize:
        rows = max(len(self._buttons), 1) if self._stacked else 1
        return QSize(round(sum(self._widths())), rows * theme.size("segment"))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Side by side, or one below the other where a narrow window leaves too little room."""
        widths = self._widths()
        stacked = self.width() < round(sum(widths)) - 1
        if stacked != self._stacked:
            self._stacked = stacked
            self.updateGeometry()
        if stacked:
            self._place_below()
            return
        spare = (self.width() - sum(widths)) / max(len(widths), 1)
        left = 0.0
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for button, width in zip(self._buttons, widths, strict=True):
            full = width + spare
            place = self.width() - left - full if rtl else left
            button.setGeometry(round(place), 0, round(place + full) - round(place), self.height())
            left += full

    def _place_below(self) -> None:
        height = self.height() / max(len(self._buttons), 1)
        for number, button in enumerate(self._buttons):
            top, bottom = round(number * height), round((number + 1) * height)
            button.setGeometry(0, top, self.width(), bottom - top)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(area, theme.radius("control"), theme.radius("control"))
        painter.fillPath(outline, theme.colour("surface"))
        painter.save()
        painter.setClipPath(outline)
        answered = self.value() is not None
        for number, button in enumerate(self._buttons):
            cap = str(number + 1) if self._current else ""
            look = SegmentLook(self._values[number] in self._strong, cap, answered)
            paint_segment(painter, button, look)
            if number:
                self._paint_divider(painter, button)
        painter.restore()
        painter.setPen(QPen(self._border(), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(outline)

    def _border(self) -> QColor:
        return theme.colour("lineStrong" if self.isEnabled() else "line")

    def _paint_divider(self, painter: QPainter, button: Segment) -> None:
        painter.setPen(QPen(self._border(), 1))
        spot = button.geometry()
        if self._stacked:
            painter.drawLine(spot.topLeft(), spot.topRight())
        elif self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.drawLine(spot.topRight(), spot.bottomRight())
        else:
            painter.drawLine(spot.topLeft(), spot.bottomLeft())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {
            QEvent.Type.StyleChange,
            QEvent.Type.LayoutDirectionChange,
            QEvent.Type.EnabledChange,
        }:
            self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self._place()
        self.update()
