# SPDX-License-Identifier: GPL-3.0-or-later
"""Paragraphs of plain text in either direction; no markup is read, nothing is ever cut off."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from reportlab.platypus import Flowable
from typing_extensions import override

from pact_desktop.documents.bidi import (
    levels,
    needs_shaping,
    runs_of_line,
    shaped,
    visible,
    width_of,
)
from pact_desktop.documents.fonts import FONT_NAME, Weight, paper_font

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Direction = Literal["ltr", "rtl"]
Align = Literal["start", "centre", "end"]

_RISE: Final = 0.74
"""Height of the letters over the base line, as a part of the size."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a paragraph looks. `grey` runs from 0, black, to 1."""

    size: float
    leading: float
    weight: Weight = "regular"
    grey: float = 0.0
    direction: Direction = "ltr"
    align: Align = "start"
    space_after: float = 0.0

    def but(self, **changes: Any) -> "TextStyle":  # noqa: ANN401 values of its own fields
        """The same style with a few things changed."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line in logical order, with the level of each character."""

    text: str
    levels: tuple[int, ...]


class PlainParagraph(Flowable):
    """Text that wraps, splits over pages and keeps the order of its direction."""

    def __init__(self, text: str, style: TextStyle, *, lines: tuple[_Line, ...] = ()) -> None:
        super().__init__()
        self.text: Final = text
        self.style: Final = style
        self._lines = lines
        self._fixed: Final = bool(lines)
        self._width = 0.0
        self.spaceAfter = style.space_after

    @property
    def base(self) -> int:
        return 1 if self.style.direction == "rtl" else 0

    @property
    def line_count(self) -> int:
        return len(self._lines)

    @override
    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        self._width = availWidth
        if not self._fixed:
            self._lines = tuple(self._broken(availWidth))
        return availWidth, self.style.leading * len(self._lines)

    @override
    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:
        self.wrap(availWidth, availHeight)
        fitting = int(availHeight // self.style.leading)
        if fitting <= 0:
            return []
        if fitting >= len(self._lines):
            return [self]
        first, rest = self._lines[:fitting], self._lines[fitting:]
        return [
            PlainParagraph(self.text, self.style.but(space_after=0), lines=first),
            PlainParagraph(self.text, self.style, lines=rest),
        ]

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setFillGray(self.style.grey)
        top = self.style.leading * len(self._lines)
        slack = (self.style.leading - self.style.size) / 2
        for number, line in enumerate(self._lines):
            base_line = top - number * self.style.leading - slack - self.style.size * _RISE
            self._draw_line(canvas, line, base_line)
        canvas.restoreState()

    def _draw_line(self, canvas: "Canvas", line: _Line, y: float) -> None:
        text = line.text.rstrip(" ")
        runs = runs_of_line(text, list(line.levels[: len(text)]), base=self.base)
        widths = [width_of(run.text, self.style.weight, run.level) for run in runs]
        x = self._start(sum(widths) * self.style.size)
        for run, width in zip(runs, widths, strict=True):
            draw_run(canvas, run.text, run.level, x, y, self.style)
            x += width * self.style.size

    def _start(self, width: float) -> float:
        free = self._width - width
        if self.style.align == "centre":
            return free / 2
        at_right = (self.style.align == "end") != (self.style.direction == "rtl")
        return free if at_right else 0.0

    def _broken(self, width: float) -> list[_Line]:
        lines: list[_Line] = []
        for piece in self.text.split("\n"):
            found = levels(piece, base=self.base)
            lines += _wrapped(piece, found, self.style, width)
        return lines


def draw_run(  # noqa: PLR0917 a run, its place and its look
    canvas: "Canvas", text: str, level: int, x: float, y: float, style: TextStyle
) -> None:
    """One run at a place; letter by letter where that is enough, so that it is read back well."""
    seen = visible(text)
    if not seen:
        return
    paper_font(style.weight)
    line = canvas.beginText(x, y)
    line.setFont(FONT_NAME[style.weight], style.size)
    line.textOut(shaped(seen, level, style.weight)[0] if needs_shaping(seen) else seen)
    canvas.drawText(line)


def _wrapped(text: str, found: list[int], style: TextStyle, width: float) -> list[_Line]:
    """Greedy lines over the logical text; a word wider than the line is broken by letters."""
    lines: list[_Line] = []
    start, used = 0, 0.0
    for begin, end in _words(text):
        for first, last in _pieces(text, begin, end, style, width):
            wide = _width(text[first:last], found[first], style)
            bare = _width(text[first:last].rstrip(" "), found[first], style)
            if used and used + bare > width:
                lines.append(_Line(text[start:first], tuple(found[start:first])))
                start, used = first, 0.0
            used += wide
    lines.append(_Line(text[start:], tuple(found[start:])))
    return lines


def _words(text: str) -> list[tuple[int, int]]:
    """Borders of the words, each with the spaces that follow it."""
    borders, begin = [], 0
    for index in range(1, len(text)):
        if text[index - 1] == " " and text[index] != " ":
            borders.append((begin, index))
            begin = index
    if text:
        borders.append((begin, len(text)))
    return borders


def _pieces(
    text: str, begin: int, end: int, style: TextStyle, width: float
) -> list[tuple[int, int]]:
    if _width(text[begin:end].rstrip(" "), 0, style) <= width:
        return [(begin, end)]
    pieces, first, used = [], begin, 0.0
    for index in range(begin, end):
        letter = _width(text[index], 0, style)
        if index > first and used + letter > width:
            pieces.append((first, index))
            first, used = index, 0.0
        used += letter
    pieces.append((first, end))
    return pieces


def _width(text: str, level: int, style: TextStyle) -> float:
    return width_of(text, style.weight, level) * style.size
