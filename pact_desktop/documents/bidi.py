# SPDX-License-Identifier: GPL-3.0-or-later
"""Order and shape of text that runs from right to left or carries accents of its own.

reportlab reverses or loses words there (decision record 0005). python-bidi gives the levels of
the Unicode algorithm, HarfBuzz the glyphs; reordering the runs of a line is rule L2.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, cast

import uharfbuzz
from bidi import algorithm
from reportlab.pdfbase.ttfonts import ShapeData, ShapedStr

from pact_desktop.documents.fonts import PaperFont, Weight, paper_font

_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN", "RLE", "RLO"})
_INVISIBLE: Final = frozenset("\u200e\u200f")
_UNITS: Final = 1000
"""Units of an em in FiraGO, the same as those of a page: nothing has to be scaled."""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line in one direction, in logical order."""

    text: str
    level: int


def is_right_to_left(text: str) -> bool:
    """Whether any character asks for the direction algorithm."""
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def needs_shaping(text: str) -> bool:
    """Latin and Cyrillic go out letter by letter; joined letters and loose accents do not."""
    return any(
        unicodedata.bidirectional(character) in {"R", "AL"}
        or unicodedata.category(character) in {"Mn", "Mc"}
        or character in "\u200c\u200d"
        for character in text
    )


def levels(text: str, *, base: int) -> list[int]:
    """The embedding level of each character; odd levels run from right to left."""
    if base == 0 and not is_right_to_left(text):
        return [0] * len(text)
    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = base, "LR"[base]
    algorithm.get_embedding_levels(text, storage, upper_is_rtl=False, debug=False)
    for index, entry in enumerate(storage["chars"]):
        entry["index"] = index
    algorithm.explicit_embed_and_overrides(storage, debug=False)
    algorithm.resolve_weak_types(storage, debug=False)
    algorithm.resolve_neutral_types(storage, debug=False)
    algorithm.resolve_implicit_levels(storage, debug=False)
    found = [base] * len(text)
    for entry in storage["chars"]:
        found[entry["index"]] = entry["level"]
    return found


def runs_of_line(text: str, line_levels: list[int], *, base: int) -> list[Run]:
    """The runs of one line, in the order they are seen from the left."""
    settled = _trailing_spaces_reset(text, line_levels, base)
    runs: list[Run] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or settled[end] != settled[start]:
            runs.append(Run(text[start:end], settled[start]))
            start = end
    return _reordered(runs)


def _trailing_spaces_reset(text: str, line_levels: list[int], base: int) -> list[int]:
    """Rule L1: spaces at the end of a line belong to the paragraph."""
    settled = list(line_levels)
    for index in range(len(text) - 1, -1, -1):
        if not text[index].isspace():
            break
        settled[index] = base
    return settled


def _reordered(runs: list[Run]) -> list[Run]:
    for level in range(max((run.level for run in runs), default=0), 0, -1):
        start = 0
        while start < len(runs):
            end = start
            while end < len(runs) and runs[end].level >= level:
                end += 1
            runs[start:end] = runs[start:end][::-1]
            start = max(end, start + 1)
    return runs


def visible(text: str) -> str:
    """Without the direction marks, which have done their work and have no glyph."""
    return "".join(character for character in text if character not in _INVISIBLE)


@lru_cache(maxsize=4096)
def shaped(text: str, level: int, weight: Weight) -> tuple[ShapedStr, float]:
    """Glyphs of one run, and its width at size 1."""
    font = paper_font(weight)
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    uharfbuzz.shape(font.shaping, buffer, {"kern": True, "liga": True})
    sources = _sources(text, [info.cluster for info in buffer.glyph_infos])
    codes, data, width = [], [], 0.0
    for info, position, source in zip(
        buffer.glyph_infos, buffer.glyph_positions, sources, strict=True
    ):
        code = font.code_of(info.codepoint, source)
        codes.append(chr(code))
        data.append(_placed(font, code, info, position))
        width += position.x_advance
    # The list of places is what reportlab's own shaping passes on; its stub names one of them.
    return ShapedStr("".join(codes), shapeData=cast("ShapeData", data)), width / _UNITS


def _placed(
    font: PaperFont,
    code: int,
    info: "uharfbuzz.GlyphInfo",
    position: "uharfbuzz.GlyphPosition",
) -> ShapeData:
    return ShapeData(
        info.cluster,
        position.x_advance,
        position.y_advance,
        position.x_offset,
        position.y_offset,
        font.width_of(code),
    )


def _sources(text: str, clusters: list[int]) -> list[str]:
    """The characters each glyph stands for; the first glyph of a cluster speaks for it."""
    borders = sorted({*clusters, len(text)})
    following = dict(pairwise(borders))
    spoken: set[int] = set()
    found = []
    for cluster in clusters:
        found.append("" if cluster in spoken else text[cluster : following[cluster]])
        spoken.add(cluster)
    return found


def width_of(text: str, weight: Weight, level: int = 0) -> float:
    """Width of a piece of text at size 1."""
    seen = visible(text)
    if needs_shaping(seen):
        return shaped(seen, level, weight)[1]
    return float(paper_font(weight).stringWidth(seen, 1))
