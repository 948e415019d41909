# SPDX-License-Identifier: GPL-3.0-or-later
"""Building blocks of a page: rules, columns, tick boxes, lines to sign on, codes to scan.

All of them are lines and squares, so that they survive a copier and an old printer.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.platypus import Flowable
from typing_extensions import override

from pact_desktop.documents.paragraphs import Direction, PlainParagraph, TextStyle

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

HAIR: Final = 0.4
THIN: Final = 0.6
LINE_GREY: Final = 0.62
_BOX: Final = 8.0
_BOX_GAP: Final = 5.0
_NEARLY: Final = 0.7
"""A frame with more of the page's height free than this has nothing in it yet."""
_DEEP: Final = 100_000.0
"""A height that no flowable reaches, to ask for its full size."""


class Stack(Flowable):
    """Flowables on top of each other that stay together."""

    def __init__(self, flowables: Sequence[Flowable], *, space_after: float = 0.0) -> None:
        super().__init__()
        self.flowables: Final = list(flowables)
        self.spaceAfter = space_after
        self._heights: list[float] = []
        self._height = 0.0

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self._heights = [f.wrapOn(self.canv, availWidth, _DEEP)[1] for f in self.flowables]
        gaps = sum(f.getSpaceAfter() for f in self.flowables[:-1])
        self._height = sum(self._heights) + gaps
        return availWidth, self._height

    def draw(self) -> None:
        y = self._height
        for flowable, height in zip(self.flowables, self._heights, strict=True):
            y -= height
            flowable.drawOn(self.canv, 0, y)
            y -= flowable.getSpaceAfter()


class Columns(Flowable):
    """Stacks side by side, tops in line; the first stands where reading starts."""

    def __init__(
        self,
        cells: Sequence[Sequence[Flowable]],
        shares: Sequence[float],
        *,
        gap: float = 18.0,
        space_after: float = 0.0,
        direction: Direction = "ltr",
    ) -> None:
        super().__init__()
        self._cells: Final = [Stack(cell) for cell in cells]
        self._shares: Final = list(shares)
        self._gap: Final = gap
        self._direction: Final = direction
        self.spaceAfter = space_after
        self._sizes: list[tuple[float, float]] = []
        self._size = (0.0, 0.0)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        free = availWidth - self._gap * (len(self._shares) - 1)
        widths = [free * share / sum(self._shares) for share in self._shares]
        self._sizes = [
            (width, cell.wrapOn(self.canv, width, _DEEP)[1])
            # A last row may have fewer cells than columns.
            for cell, width in zip(self._cells, widths, strict=False)
        ]
        self._size = (availWidth, max(height for _, height in self._sizes))
        return self._size

    def draw(self) -> None:
        width, height = self._size
        x = 0.0
        for cell, (cell_width, cell_height) in zip(self._cells, self._sizes, strict=True):
            left = width - x - cell_width if self._direction == "rtl" else x
            cell.drawOn(self.canv, left, height - cell_height)
            x += cell_width + self._gap


class Rule(Flowable):
    """A thin line over the whole width."""

    def __init__(
        self,
        *,
        thickness: float = THIN,
        grey: float = LINE_GREY,
        above: float = 0,
        below: float = 6,
        keep: bool = True,
    ) -> None:
        super().__init__()
        self._thickness: Final = thickness
        self._grey: Final = grey
        self._above: Final = above
        self._below: Final = below
        self._width = 0.0
        # A line at the foot of a page, with its part on the next, would divide nothing.
        self.keepWithNext = keep

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self._width = availWidth
        return availWidth, self._above + self._below

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setLineWidth(self._thickness)
        self.canv.setStrokeGray(self._grey)
        self.canv.line(0, self._below, self._width, self._below)
        self.canv.restoreState()


class Space(Flowable):
    """Nothing, of a certain height; a page does not begin with it."""

    _ZEROSIZE = True

    def __init__(self, height: float) -> None:
        super().__init__()
        self._height: Final = height

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return availWidth, min(self._height, availHeight)

    def draw(self) -> None:
        """Nothing to see."""


class TickBox(Flowable):
    """A box with its words; `ticked` is None for a plain tick without a box."""

    def __init__(
        self, words: PlainParagraph, *, ticked: bool | None, direction: Direction = "ltr"
    ) -> None:
        super().__init__()
        self._words: Final = words
        self._ticked: Final = ticked
        self._direction: Final = direction
        self._size = (0.0, 0.0)
        self.spaceAfter = words.style.space_after

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        inner = availWidth - _BOX - _BOX_GAP
        self._size = (availWidth, self._words.wrapOn(self.canv, inner, _DEEP)[1])
        return self._size

    def draw(self) -> None:
        width, height = self._size
        rtl = self._direction == "rtl"
        self._words.drawOn(self.canv, 0 if rtl else _BOX + _BOX_GAP, 0)
        left = width - _BOX if rtl else 0.0
        bottom = height - (self._words.style.leading + _BOX) / 2
        _draw_box(self.canv, left, bottom, self._ticked)


def _draw_box(canvas: "Canvas", left: float, bottom: float, ticked: bool | None) -> None:  # noqa: FBT001 a state, not an option
    canvas.saveState()
    canvas.setLineWidth(0.8)
    canvas.setStrokeGray(0)
    if ticked is not None:
        canvas.rect(left + 0.4, bottom + 0.4, _BOX - 0.8, _BOX - 0.8, stroke=1, fill=0)
    if ticked is not False:
        canvas.setLineWidth(1.3)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        tick = canvas.beginPath()
        tick.moveTo(left + 1.9, bottom + 4.1)
        tick.lineTo(left + 3.5, bottom + 2.3)
        tick.lineTo(left + 6.4, bottom + 6.2)
        canvas.drawPath(tick, stroke=1, fill=0)
    canvas.restoreState()


class WriteLine(Flowable):
    """Room to write by hand over a line, with a small caption under it."""

    def __init__(
        self, caption: PlainParagraph, *, room: float = 24.0, space_after: float = 0
    ) -> None:
        super().__init__()
        self._caption: Final = caption
        self._room: Final = room
        self._size = (0.0, 0.0)
        self.spaceAfter = space_after

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        height = self._caption.wrapOn(self.canv, availWidth, _DEEP)[1]
        self._size = (availWidth, height + self._room + 2)
        return self._size

    def draw(self) -> None:
        width, height = self._size
        self.canv.saveState()
        self.canv.setLineWidth(THIN)
        self.canv.setStrokeGray(0.2)
        self.canv.line(0, height - self._room, width, height - self._room)
        self.canv.restoreState()
        self._caption.drawOn(self.canv, 0, 0)


class TearLine(Flowable):
    """A dashed line over the whole paper with a word on it."""

    def __init__(self, words: str, style: TextStyle, *, beyond: float) -> None:
        super().__init__()
        self._words: Final = PlainParagraph(words, style.but(align="centre"))
        self._beyond: Final = beyond
        self._size = (0.0, 0.0)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        height = self._words.wrapOn(self.canv, availWidth, _DEEP)[1]
        self._size = (availWidth, height + 10)
        return self._size

    def draw(self) -> None:
        width, height = self._size
        self.canv.saveState()
        self.canv.setLineWidth(0.8)
        self.canv.setStrokeGray(0)
        self.canv.setDash(5, 3)
        self.canv.line(-self._beyond, height - 2, width + self._beyond, height - 2)
        self.canv.restoreState()
        self._words.drawOn(self.canv, 0, height - 4 - self._words.style.leading)


class AtBottom(Flowable):
    """Stands at the foot of the page if there is room, such as a slip to tear off.

    Where there is none it begins the next page, and what follows comes right after it.
    """

    def __init__(self, flowables: Sequence[Flowable], *, page_height: float) -> None:
        super().__init__()
        self._stack: Final = Stack(flowables)
        self._page_height: Final = page_height
        self.page = 0
        """Number of the page it was drawn on; 0 before."""

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        height = self._stack.wrapOn(self.canv, availWidth, _DEEP)[1]
        begins_page = availHeight > _NEARLY * self._page_height
        if begins_page or height > availHeight:
            return availWidth, height
        # A hair less than all of it: reportlab compares with rounding of its own.
        return availWidth, availHeight - 1

    def draw(self) -> None:
        self.page = self.canv.getPageNumber()
        self._stack.drawOn(self.canv, 0, 0)


class QrCode(Flowable):
    """A code that holds the given characters and nothing else."""

    def __init__(self, characters: str, size: float) -> None:
        super().__init__()
        self._characters: Final = characters
        self._side: Final = size

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        return self._side, self._side

    def draw(self) -> None:
        code: Any = QRCode(None, QRErrorCorrectLevel.M)
        code.addData(self._characters)
        code.make()
        count = int(code.getModuleCount())
        side = self._side / count
        self.canv.saveState()
        self.canv.setFillGray(0)
        dark = [(r, c) for r in range(count) for c in range(count) if code.isDark(r, c)]
        for row, column in dark:
            # A hair of overlap, or a viewer draws white seams between the squares.
            top = self._side - (row + 1) * side
            self.canv.rect(column * side, top, side + 0.05, side + 0.05, stroke=0, fill=1)
        self.canv.restoreState()
