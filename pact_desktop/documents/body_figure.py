# SPDX-License-Identifier: GPL-3.0-or-later
"""The body map on paper: the same figures as on the screen, in grey, with numbered marks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from reportlab.platypus import Flowable
from typing_extensions import override

from pact_desktop.documents.fonts import FONT_NAME
from pact_desktop.domain.body_curves import Path
from pact_desktop.domain.body_map import figure
from pact_desktop.domain.screening import BodyView

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_FILL: Final = 0.93
_LINE: Final = 0.4
_DETAIL: Final = 0.65
_DOT: Final = 6.2


@dataclass(frozen=True, slots=True)
class NumberedMark:
    """A mark's number and where it lies, from 0 to 1."""

    number: int
    x: float
    y: float


class BodyFigure(Flowable):
    """One view at a given height with its marks."""

    def __init__(self, view: BodyView, marks: Sequence[NumberedMark], height: float) -> None:
        super().__init__()
        self._figure: Final = figure(view)
        self._marks: Final = list(marks)
        self._tall = height

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        """A broad figure is drawn smaller, never over its neighbour."""
        self._tall = min(self._tall, availWidth / self._figure.aspect)
        return self._figure.aspect * self._tall, self._tall

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setLineWidth(0.8)
        self.canv.setFillGray(_FILL)
        self.canv.setStrokeGray(_LINE)
        for outline in self._figure.outlines:
            self._draw_path(self.canv, outline, filled=True)
        self.canv.setLineWidth(0.5)
        self.canv.setStrokeGray(_DETAIL)
        for detail in self._figure.details:
            self._draw_path(self.canv, detail, filled=False)
        for mark in self._marks:
            self._draw_mark(self.canv, mark)
        self.canv.restoreState()

    def _place(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * self._figure.aspect * self._tall, (1 - point[1]) * self._tall

    def _draw_path(self, canvas: "Canvas", path: Path, *, filled: bool) -> None:
        drawn = canvas.beginPath()
        drawn.moveTo(*self._place(path.start))
        for curve in path.curves:
            first, second, end = (self._place(point) for point in curve)
            drawn.curveTo(*first, *second, *end)
        if path.closed:
            drawn.close()
        canvas.drawPath(drawn, stroke=1, fill=1 if filled else 0)

    def _draw_mark(self, canvas: "Canvas", mark: NumberedMark) -> None:
        """A black disc with a white rim: seen on grey, on a copy, and beside another mark."""
        x, y = self._place((mark.x, mark.y))
        canvas.setFillGray(1)
        canvas.circle(x, y, _DOT + 1.2, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.circle(x, y, _DOT, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.setFont(FONT_NAME["bold"], 7.6)
        canvas.drawCentredString(x, y - 2.7, str(mark.number))
