# SPDX-License-Identifier: GPL-3.0-or-later
"""The figure of the body map: neutral outlines, numbered marks, and the place under the pointer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.domain.body_curves import Path
from pact_desktop.domain.body_map import figure, region_at
from pact_desktop.domain.screening import BodyView

_DISC: Final = 22
_HEIGHT_MM: Final = {
    BodyView.FRONT: 1750, BodyView.BACK: 1750, BodyView.LEFT: 1750, BodyView.RIGHT: 1750,
    BodyView.HEAD: 640, BodyView.HANDS: 460, BodyView.FEET: 600,
}  # fmt: skip
"""About how high a figure would be on a grown-up body, so that a nudge is a millimetre."""
_NUDGES: Final = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disc:
    """A mark as it is drawn."""

    key: str
    number: int
    view: BodyView
    x: float
    y: float


class BodyFigure(QWidget):
    """One or two figures side by side. Everything here can also be done in the table of marks.

    Signals:
        pointed: view, place code and coordinates of a click on the figure.
        picked: key of the disc that was clicked.
        moved: key and coordinates of a disc that was dragged or nudged.
    """

    pointed = Signal(object, str, float, float)
    picked = Signal(str)
    moved = Signal(str, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[BodyView, ...] = (BodyView.FRONT, BodyView.BACK)
        self._discs: tuple[Disc, ...] = ()
        self._current = ""
        self._dragged: Disc | None = None
        self._words: Callable[[str], str] = str
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_views(self, views: Sequence[BodyView], words: Callable[[str], str]) -> None:
        """`words` gives the caption of a place or a side."""
        self._views, self._words = tuple(views), words
        self.update()

    def show_discs(self, discs: Sequence[Disc], current: str) -> None:
        self._discs, self._current = tuple(discs), current
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(420), theme.scaled(300))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(280), theme.scaled(240))

    # Where things are -----------------------------------------------------------------------

    def place_of(self, view: BodyView) -> QRectF:
        """The rectangle in which the figure of a view is drawn."""
        count = len(self._views)
        edge = theme.space("s")
        width = (self.width() - edge * (count + 1)) / count
        height = self.height() - 2 * edge
        aspect = figure(view).aspect
        fitted = min(width, height * aspect)
        place = QRectF(0, 0, fitted, fitted / aspect)
        left = edge + self._views.index(view) * (width + edge)
        place.moveCenter(QPointF(left + width / 2, self.height() / 2))
        return place

    def point_of(self, disc: Disc) -> QPointF:
        place = self.place_of(disc.view)
        return QPointF(place.left() + disc.x * place.width(), place.top() + disc.y * place.height())

    def _under(self, point: QPointF) -> tuple[BodyView, float, float] | None:
        for view in self._views:
            place = self.place_of(view)
            if place.contains(point):
                x = (point.x() - place.left()) / place.width()
                return view, x, (point.y() - place.top()) / place.height()
        return None

    def _disc_at(self, point: QPointF) -> Disc | None:
        near = theme.scaled(_DISC) / 2 + 3
        hits = (
            disc
            for disc in reversed(self._discs)
            if disc.view in self._views
            and (self.point_of(disc) - point).manhattanLength() < near * 1.3
        )
        return next(hits, None)

    # What the user does ---------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        disc = self._disc_at(event.position())
        if disc is not None:
            self._dragged = disc
            self.picked.emit(disc.key)
            return
        found = self._under(event.position())
        if found is None:
            return
        view, x, y = found
        region = region_at(view, x, y)
        if region is not None:
            self.pointed.emit(view, region, x, y)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        disc, self._dragged = self._dragged, None
        found = self._under(event.position())
        if disc is None or found is None or found[0] is not disc.view:
            return
        _, x, y = found
        if (self.point_of(disc) - event.position()).manhattanLength() > theme.scaled(6):
            self._move(disc, x, y)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        disc = next((d for d in self._discs if d.key == self._current), None)
        nudge = _NUDGES.get(Qt.Key(event.key()))
        if disc is None or nudge is None or disc.view not in self._views:
            super().keyPressEvent(event)
            return
        wide = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.nudge(disc, *(step * (10 if wide else 1) for step in nudge))

    def nudge(self, disc: Disc, right_mm: int, down_mm: int) -> None:
        height = _HEIGHT_MM[disc.view]
        width = height * figure(disc.view).aspect
        self._move(disc, disc.x + right_mm / width, disc.y + down_mm / height)

    def _move(self, disc: Disc, x: float, y: float) -> None:
        """Outside the figure nothing happens and the mark stays."""
        if 0 <= x <= 1 and 0 <= y <= 1 and region_at(disc.view, x, y) is not None:
            self.moved.emit(disc.key, x, y)

    # Painting -------------------------------------------------------------------------------

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        for view in self._views:
            self._paint_figure(painter, view)
        for disc in self._discs:
            if disc.view in self._views:
                self._paint_disc(painter, disc)

    def _paint_figure(self, painter: QPainter, view: BodyView) -> None:
        shown, place = figure(view), self.place_of(view)
        painter.setPen(QPen(theme.colour("lineStrong"), theme.scaled(14) / 10))
        painter.setBrush(theme.colour("sunken"))
        for outline in shown.outlines:
            painter.drawPath(_painted(outline, place))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        thin = QColor(theme.colour("lineStrong"))
        thin.setAlpha(130)
        painter.setPen(QPen(thin, 1))
        for detail in shown.details:
            painter.drawPath(_painted(detail, place))
        face = theme.font("caption")
        for caption in shown.captions:
            words = self._words(caption.code)
            size = painting.text_size(words, face)
            spot = QRectF(0, 0, size.width() + 4, size.height())
            spot.moveCenter(
                QPointF(
                    place.left() + caption.x * place.width(),
                    place.top() + caption.y * place.height(),
                )
            )
            painting.text(
                painter, spot, words, face, theme.colour("text3"), align=painting.Flag.AlignCenter
            )

    def _paint_disc(self, painter: QPainter, disc: Disc) -> None:
        edge = theme.scaled(_DISC)
        area = QRectF(0, 0, edge, edge)
        area.moveCenter(self.point_of(disc))
        current = disc.key == self._current
        fill = theme.colour("accent" if current else "text")
        words = theme.colour("onAccent" if current else "surface")
        painting.box(
            painter, area.adjusted(-2, -2, 2, 2), theme.colour("surface"), None, corner=edge
        )
        painting.box(painter, area, fill, None, corner=edge / 2)
        face = theme.font("caption", bold=True)
        painting.text(painter, area, str(disc.number), face, words, align=painting.Flag.AlignCenter)


def _painted(path: Path, place: QRectF) -> QPainterPath:
    def spot(point: tuple[float, float]) -> QPointF:
        return QPointF(
            place.left() + point[0] * place.width(), place.top() + point[1] * place.height()
        )

    drawn = QPainterPath(spot(path.start))
    for first, second, end in path.curves:
        drawn.cubicTo(spot(first), spot(second), spot(end))
    if path.closed:
        drawn.closeSubpath()
    return drawn
