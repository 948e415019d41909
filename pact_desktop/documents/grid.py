# SPDX-License-Identifier: GPL-3.0-or-later
"""Label over value in columns; what is long takes the whole width and may cross pages."""

from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.density import ROOMY, Density
from pact_desktop.documents.layout import Columns, Space
from pact_desktop.documents.pages import PageFrame
from pact_desktop.documents.paragraphs import PlainParagraph

GAP: Final = 22.0
"""Between two columns of a page."""
_BELOW: Final = 6.0
_TALL: Final = {2: 5, 3: 2}
"""By the number of columns: a value of more lines than this leaves the grid."""

Cell = Sequence[Flowable]
"""A label and what stands under it."""


def grid(cells: Sequence[Cell], density: Density = ROOMY) -> list[Flowable]:
    """Rows of cells in reading order; no length of a value stops the page.

    Where every line counts, what is long stands below the rows and not between them.
    """
    if density.columns > ROOMY.columns:
        short = [cell for cell in cells if not _is_tall(cell, density)]
        tall = [cell for cell in cells if _is_tall(cell, density)]
        return [*_rows(short, density), *(f for cell in tall for f in _long(cell, density))]
    story: list[Flowable] = []
    waiting: list[Cell] = []
    for cell in cells:
        if _is_tall(cell, density):
            story += [*_rows(waiting, density), *_long(cell, density)]
            waiting = []
        else:
            waiting.append(cell)
    return [*story, *_rows(waiting, density)]


def _is_tall(cell: Cell, density: Density) -> bool:
    frame = PageFrame()
    gaps = GAP * (density.columns - 1)
    width = (frame.size[0] - 2 * frame.margin - gaps) / density.columns
    lines = 0
    for flowable in cell:
        flowable.wrap(width, frame.size[1])
        lines += flowable.line_count if isinstance(flowable, PlainParagraph) else 1
    return lines - 1 > _TALL[density.columns]


def _rows(cells: Sequence[Cell], density: Density) -> list[Flowable]:
    count = density.columns
    return [
        Columns(
            [*cells[start : start + count], *([[]] * count)][:count],
            [1] * count,
            gap=GAP,
            space_after=density.gap(_BELOW),
        )
        for start in range(0, len(cells), count)
    ]


def _long(cell: Cell, density: Density) -> list[Flowable]:
    label, *values = cell
    label.keepWithNext = True
    return [label, *values, Space(density.gap(_BELOW))]
