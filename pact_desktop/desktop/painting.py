# SPDX-License-Identifier: GPL-3.0-or-later
"""Shapes that several painted widgets share: boxes, key caps, ticks, pieces of text."""

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from pact_desktop.desktop import theme

Flag = Qt.AlignmentFlag


def begin(painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)


def box(
    painter: QPainter,
    area: QRectF,
    fill: QColor | None,
    border: QColor | None,
    *,
    corner: float,
    width: float = 1,
) -> None:
    """A rounded box whose border lies wholly inside the area."""
    half = width / 2 if border else 0
    painter.setPen(QPen(border, width) if border else Qt.PenStyle.NoPen)
    painter.setBrush(fill or Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), corner, corner)


def text(
    painter: QPainter,
    area: QRectF,
    words: str,
    face: QFont,
    shade: QColor,
    *,
    align: Qt.AlignmentFlag = Flag.AlignLeading | Flag.AlignVCenter,
    wrap: bool = False,
    elide: bool = False,
) -> None:
    """Plain words in a box; `drawText` knows no markup, so nothing can be injected."""
    painter.setFont(face)
    painter.setPen(shade)
    if elide:
        words = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    flags = align.value | (
        Qt.TextFlag.TextWordWrap.value if wrap else Qt.TextFlag.TextSingleLine.value
    )
    painter.drawText(area, flags, words)


def text_size(words: str, face: QFont) -> QSizeF:
    metrics = QFontMetricsF(face)
    return QSizeF(metrics.horizontalAdvance(words), metrics.height())


def wrapped_height(words: str, face: QFont, width: float) -> float:
    metrics = QFontMetricsF(face)
    flags = Qt.TextFlag.TextWordWrap.value
    return metrics.boundingRect(QRectF(0, 0, max(width, 1), 100_000), flags, words).height()


def key_cap_size(words: str) -> QSizeF:
    drawn = text_size(words, theme.font("caption", bold=True))
    height = theme.scaled(20)
    return QSizeF(max(drawn.width() + theme.scaled(10), height * 0.9), height)


def key_cap(painter: QPainter, area: QRectF, words: str, shade: QColor, border: QColor) -> None:
    """A key as printed on the keyboard: a small frame with its name."""
    box(painter, area, None, border, corner=theme.scaled(4))
    face = theme.font("caption", bold=True)
    text(painter, area, words, face, shade, align=Flag.AlignCenter)


def tick(painter: QPainter, area: QRectF, shade: QColor, width: float = 2) -> None:
    """A tick as lines, because no bundled text font has one."""
    path = QPainterPath()
    path.moveTo(_within(area, 0.20, 0.53))
    path.lineTo(_within(area, 0.42, 0.74))
    path.lineTo(_within(area, 0.82, 0.28))
    pen = QPen(shade, theme.scaled(10 * width) / 10)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def cross(painter: QPainter, area: QRectF, shade: QColor, width: float = 1.5) -> None:
    pen = QPen(shade, theme.scaled(10 * width) / 10)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawLine(_within(area, 0.3, 0.3), _within(area, 0.7, 0.7))
    painter.drawLine(_within(area, 0.7, 0.3), _within(area, 0.3, 0.7))


def radio_disc(painter: QPainter, area: QRectF, *, on: bool, shade: QColor, border: QColor) -> None:
    painter.setBrush(theme.colour("surface"))
    painter.setPen(QPen(shade if on else border, theme.scaled(15) / 10))
    inset = theme.scaled(1)
    painter.drawEllipse(area.adjusted(inset, inset, -inset, -inset))
    if on:
        painter.setBrush(shade)
        painter.setPen(Qt.PenStyle.NoPen)
        dot = area.width() * 0.27
        painter.drawEllipse(area.center(), dot, dot)


def _within(area: QRectF, x: float, y: float) -> QPointF:
    return QPointF(area.left() + area.width() * x, area.top() + area.height() * y)
