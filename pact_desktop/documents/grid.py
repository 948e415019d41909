# SPDX-License-Identifier: GPL-3.0-or-later
"""Label over value in two columns; what is long takes the whole width and may cross pages."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import Columns, Space
from pact_desktop.documents.pages import PageFrame
from pact_desktop.documents.paragraphs import PlainParagraph

GAP: Final = 22.0
"""Between two columns of a page."""
_TALL: Final = 5
"""A value of more lines than this leaves the grid."""

Cell = Sequence[Flowable]
"""A label and what stands under it."""


def grid(cells: Sequence[Cell]) -> list[Flowable]:
    """Rows of two cells in reading order; no length of a value stops the page."""
    story: list[Flowable] = []
    waiting: list[Cell] = []
    for cell in cells:
        if _is_tall(cell):
            story += [*_rows(waiting), *_long(cell)]
            waiting = []
        else:
            waiting.append(cell)
    return [*story, *_rows(waiting)]


def _is_tall(cell: Cell) -> bool:
    frame = PageFrame()
    width = (frame.size[0] - 2 * frame.margin - GAP) / 2
    lines = 0
    for flowable in cell:
        flowable.wrap(width, frame.size[1])
        lines += flowable.line_count if isinstance(flowable, PlainParagraph) else 1
    return lines - 1 > _TALL


def _rows(cells: Sequence[Cell]) -> list[Flowable]:
    return [
        Columns([*cells[start : start + 2], []][:2], [1, 1], gap=GAP, space_after=6)
        for start in range(0, len(cells), 2)
    ]


def _long(cell: Cell) -> list[Flowable]:
    label, *values = cell
    label.keepWithNext = True
    return [label, *values, Space(6)]
