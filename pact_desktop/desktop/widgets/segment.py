# SPDX-License-Identifier: GPL-3.0-or-later
"""One answer of a group: a radio button that keeps role and focus, drawn as a joined segment."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme


class Segment(QRadioButton):
    """Keeps role, focus and state of one answer; its group paints it."""

    def __init__(self, text: str, group: QWidget, take_key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(text, group)
        self._owner, self._take_key = group, take_key
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    @property
    def words(self) -> str:
        return self.text().replace("&&", "&")

    def ring_widget(self) -> QWidget:
        """The focus ring goes around the whole group."""
        return self._owner

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Nothing here: the group draws all of its segments at once."""

    @override
    def hitButton(self, pos: object) -> bool:
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_key(event):
            event.ignore()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._owner.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._owner.update()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self._owner.update()
        return super().event(event)


@dataclass(frozen=True, slots=True)
class SegmentLook:
    """How a segment is to be drawn."""

    strong: bool
    """Petrol when chosen."""
    key_cap: str
    """The digit that chooses it, in the current row only."""
    answered: bool
    """Whether any segment of the group is chosen."""


def natural_width(words: str, least: int) -> float:
    """Room for the words in bold, with tick or key cap, so that nothing moves when chosen."""
    face = theme.font("label", bold=True)
    return max(least, painting.text_size(words, face).width() + theme.scaled(44))


def paint_segment(painter: QPainter, segment: Segment, look: SegmentLook) -> None:
    fill, shade = _shades(segment, strong=look.strong)
    spot = QRectF(segment.geometry())
    if fill is not None:
        painter.fillRect(spot, fill)
    on = segment.isChecked()
    face = theme.font("label", bold=on)
    mark = _mark_size(look, on=on)
    words = painting.text_size(segment.words, face).width()
    rtl = segment.layoutDirection() == Qt.LayoutDirection.RightToLeft
    left = max(spot.center().x() - (words + mark.width()) / 2, spot.left() + 2)
    mark_left, words_left = (left + words, left) if rtl else (left, left + mark.width())
    if mark.width():
        _paint_mark(painter, QRectF(mark_left, 0, mark.width(), mark.height()), spot, look, shade)
    place = QRectF(words_left - 1, spot.top(), words + 2, spot.height())
    painting.text(painter, place, segment.words, face, shade, align=painting.Flag.AlignCenter)
    if segment.hasFocus() and not look.answered:
        _underline(painter, place)


def _shades(segment: Segment, *, strong: bool) -> tuple[QColor | None, QColor]:
    on = segment.isChecked()
    if not segment.isEnabled():
        return (theme.colour("sunken") if on else None), theme.colour("disabled")
    if on and strong:
        return theme.colour("accent"), theme.colour("onAccent")
    if on:
        return theme.colour("neutralFill"), theme.colour("neutralFillText")
    return (theme.colour("sunken") if segment.underMouse() else None), theme.colour("text2")


def _mark_size(look: SegmentLook, *, on: bool) -> QSizeF:
    gap = theme.space("xs")
    if look.key_cap:
        cap = painting.key_cap_size(look.key_cap)
        return QSizeF(cap.width() + gap, cap.height())
    edge = theme.scaled(15)
    return QSizeF(edge + gap, edge) if on else QSizeF(0, 0)


def _paint_mark(
    painter: QPainter, room: QRectF, spot: QRectF, look: SegmentLook, shade: QColor
) -> None:
    gap = theme.space("xs")
    area = QRectF(
        room.left(), spot.center().y() - room.height() / 2, room.width() - gap, room.height()
    )
    if not look.key_cap:
        painting.tick(painter, area, shade, 1.6)
        return
    border = QColor(shade)
    border.setAlpha(150)
    painting.key_cap(painter, area, look.key_cap, shade, border)


def _underline(painter: QPainter, words: QRectF) -> None:
    """Where the keyboard is in an open row; a ground would look like an answer."""
    painter.setPen(QPen(theme.colour("lineStrong"), 2))
    y = round(words.center().y() + painting.text_size("x", theme.font("label")).height() / 2 + 1)
    painter.drawLine(round(words.left()), y, round(words.right()), y)
