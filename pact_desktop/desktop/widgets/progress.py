# SPDX-License-Identifier: GPL-3.0-or-later
"""How far something is: the line of answers, and the four dots of a referral."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets.banners import announce


class ProgressLine(QWidget):
    """Words first, the thin bar second."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done, self._total, self._words = 0, 0, ""
        self._inline = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_progress(self, done: int, total: int, words: str) -> None:
        """`words` is the whole sentence, for example "6 of 14 answered"."""
        changed = words != self._words and bool(self._words)
        self._done, self._total, self._words = done, total, words
        self.setAccessibleName(words)
        if changed:
            announce(self, words)
        self.updateGeometry()
        self.update()

    def set_inline(self, *, inline: bool) -> None:
        """The bar beside the words instead of below them."""
        self._inline = inline
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        words = painting.text_size(self._words, theme.font("label"))
        bar = theme.scaled(160 if self._inline else 190)
        if self._inline:
            return QSize(round(words.width()) + theme.space("m") + bar, theme.scaled(24))
        return QSize(max(round(words.width()) + 2, bar), theme.scaled(38))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        words, bar = self._places()
        align = painting.Flag.AlignVCenter | (
            painting.Flag.AlignLeading if self._inline else painting.Flag.AlignTrailing
        )
        shade = theme.colour("accentText" if self._inline else "text")
        painting.text(painter, words, self._words, theme.font("label"), shade, align=align)
        corner = bar.height() / 2
        painting.box(painter, bar, theme.colour("neutralFill"), None, corner=corner)
        share = min(self._done / self._total, 1) if self._total else 0
        if share:
            filled = QRectF(bar)
            filled.setWidth(max(bar.width() * share, bar.height()))
            if rtl:
                filled.moveRight(bar.right())
            painting.box(painter, filled, theme.colour("accent"), None, corner=corner)

    def _places(self) -> tuple[QRectF, QRectF]:
        height = theme.scaled(6)
        area = QRectF(self.rect())
        if not self._inline:
            words = QRectF(area.left(), area.top(), area.width(), area.height() - height * 2)
            bar = QRectF(area.left(), area.bottom() - height - 2, area.width(), height)
            return words, bar
        width = painting.text_size(self._words, theme.font("label")).width() + 2
        bar = QRectF(width + theme.space("m"), (area.height() - height) / 2, 0, height)
        bar.setRight(area.right())
        return QRectF(0, 0, width, area.height()), bar

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class Dot(StrEnum):
    """How a dot of the track is drawn."""

    DONE = "done"
    OPEN = "open"
    CROSSED = "crossed"


@dataclass(frozen=True, slots=True)
class TrackCell:
    """Four dots and the word beside them."""

    dots: tuple[Dot, ...]
    word: str


def paint_track(painter: QPainter, area: QRectF, track: TrackCell, *, rtl: bool = False) -> None:
    edge, step = theme.scaled(14), theme.scaled(36)
    middle = area.center().y()
    start = area.right() - edge / 2 if rtl else area.left() + edge / 2
    sign = -1 if rtl else 1
    for number, dot in enumerate(track.dots):
        center = QPointF(start + sign * number * step, middle)
        if number:
            painter.setPen(QPen(theme.colour("line" if dot is Dot.OPEN else "accent"), 2))
            back = QPointF(center.x() - sign * (step - edge / 2), middle)
            painter.drawLine(back, QPointF(center.x() - sign * edge / 2, middle))
        paint_dot(painter, QRectF(center.x() - edge / 2, middle - edge / 2, edge, edge), dot)
    used = step * (len(track.dots) - 1) + edge + theme.space("s")
    words = area.adjusted(0, 0, -used, 0) if rtl else area.adjusted(used, 0, 0, 0)
    painting.text(painter, words, track.word, theme.font("small"), theme.colour("text"), elide=True)


def paint_dot(painter: QPainter, area: QRectF, dot: Dot) -> None:
    if dot is Dot.OPEN:
        painting.radio_disc(
            painter, area, on=False, shade=theme.colour("accent"), border=theme.colour("lineStrong")
        )
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent" if dot is Dot.DONE else "text2"))
    painter.drawEllipse(area)
    inner = area.adjusted(2, 2, -2, -2)
    if dot is Dot.DONE:
        painting.tick(painter, inner, theme.colour("onAccent"), 1.2)
    else:
        painting.cross(painter, inner, theme.colour("surface"), 1.3)


def track_width(track: TrackCell) -> int:
    word = painting.text_size(track.word, theme.font("small")).width()
    dots = theme.scaled(36) * max(len(track.dots) - 1, 0) + theme.scaled(14)
    return round(word + dots + theme.space("s")) + 2


class Track(QWidget):
    """The way of a referral: sent, received, accepted, outcome, with the word beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = TrackCell((), "")
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_track(self, dots: Sequence[Dot], word: str) -> None:
        self._cell = TrackCell(tuple(dots), word)
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(track_width(self._cell), theme.size("chip"))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_track(painter, QRectF(self.rect()), self._cell, rtl=rtl)
