# SPDX-License-Identifier: GPL-3.0-or-later
"""The one font family of all paper: FiraGO, embedded as a subset that can be read back.

FiraGO covers every script we print in one locked dependency. reportlab writes private codes for
glyphs without a code of their own (joined Arabic letters, ligatures), and a reader who copies
text out of the form would get rubbish; `PaperFont` keeps what each such glyph stood for.
"""

import io
import unicodedata
from functools import cache
from threading import RLock
from typing import Any, Final, Literal

import uharfbuzz
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont
from typing_extensions import override

from pact_desktop.domain.errors import Fault, FaultCode

Weight = Literal["regular", "bold"]
FONT_NAME: Final[dict[Weight, str]] = {"regular": "PaperRegular", "bold": "PaperBold"}
_FONT_FILE: Final[dict[Weight, str]] = {"regular": "figo", "bold": "figbo"}

MISSING: Final = "\u25a1"
"""What stands for a character the font lacks; drawn with the font's own empty box."""
NO_BREAK_SPACE: Final = "\u00a0"
_FIRST_PRIVATE: Final = 0xF0000
"""Private use plane 15: no character of the font and none that `printable` lets through."""
_BLOCK: Final = 100
"""Longest list of mappings the PDF reference allows in one block."""

_LAM_ALEF: Final = {"لا": "\ufefb", "لأ": "\ufef7", "لإ": "\ufef9", "لآ": "\ufef5"}
"""One code for the two letters: a reader that turns the line round would turn these round too."""

drawing: Final = RLock()
"""One document is made at a time: reportlab's fonts keep state for the document they draw."""


class PaperFont(TTFont):
    """A face that knows which characters each of its shaped glyphs stands for."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(name, io.BytesIO(data))
        self._private: dict[tuple[int, str], int] = {}
        self._stands_for: dict[int, str] = {}
        self._shaping = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(data)))
        self.covers_box = ord(MISSING) in self.face.charToGlyph
        if not self.covers_box:
            self.face.charToGlyph[ord(MISSING)] = 0
            self.face.charWidths[ord(MISSING)] = self._width_of_glyph(0)

    @property
    def shaping(self) -> "uharfbuzz.Font":
        return self._shaping

    def code_of(self, glyph: int, text: str) -> int:
        """The code a shaped glyph is written with, so that it reads back as `text`."""
        if len(text) == 1 and self.face.charToGlyph.get(ord(text)) == glyph:
            return ord(text)
        key = (glyph, text)
        if key not in self._private:
            code = _FIRST_PRIVATE + len(self._private)
            self._private[key] = code
            self._stands_for[code] = _LAM_ALEF.get(text, unicodedata.normalize("NFKC", text))
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self._width_of_glyph(glyph)
        return self._private[key]

    def width_of(self, code: int) -> float:
        return float(self.face.charWidths[code])

    def _width_of_glyph(self, glyph: int) -> float:
        return float(self.face.hmetrics[glyph][0])

    @override
    def addObjects(self, doc: Any) -> None:
        """Writes the subsets, then tables that say how to read them back."""
        subsets = [list(subset) for subset in self.state[doc].subsets]
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode()
            stream = doc.idToObject["toUnicodeCMap:" + name]
            stream.content = self._to_unicode(name, subset)

    def _to_unicode(self, name: str, subset: list[int]) -> str:
        rows = []
        for place, code in enumerate(subset):
            text = self._stands_for.get(code, chr(code) if code else "")
            if text:
                rows.append(f"<{place:02X}> <{text.encode('utf-16-be').hex().upper()}>")
        blocks = [rows[start : start + _BLOCK] for start in range(0, len(rows), _BLOCK)]
        lines = [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            f"1 begincodespacerange\n<00> <{max(len(subset) - 1, 0):02X}>\nendcodespacerange",
        ]
        for block in blocks:
            lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
        lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
        return "\n".join(lines)


@cache
def paper_font(weight: Weight) -> PaperFont:
    """The face, read and registered once.

    Raises Fault(FONT_MISSING) when the installation lost it.
    """
    try:
        import pymupdf_fonts  # noqa: PLC0415 a lost installation is a sentence, not a stop

        data = pymupdf_fonts.myfont(_FONT_FILE[weight])
    except (ValueError, ImportError) as error:
        raise Fault(FaultCode.FONT_MISSING) from error
    font = PaperFont(FONT_NAME[weight], data)
    pdfmetrics.registerFont(font)
    return font


@cache
def covered_characters() -> frozenset[int]:
    """Code points that both faces can draw, as they came from the font file."""
    weights: tuple[Weight, ...] = ("regular", "bold")
    found = [
        {code for code, glyph in paper_font(weight).face.charToGlyph.items() if glyph}
        for weight in weights
    ]
    return frozenset(
        code
        for code in found[0] & found[1]
        if unicodedata.category(chr(code)) not in {"Co", "Cn", "Cs"}
    )


def missing_characters(text: str) -> frozenset[str]:
    """Characters of a text that paper could not show; spaces and joiners need no glyph."""
    return frozenset(
        character
        for character in text
        if ord(character) not in covered_characters()
        and unicodedata.category(character) not in {"Cc", "Cf", "Zs", "Zl", "Zp"}
    )


def require_glyphs(text: str) -> None:
    """Raises Fault(GLYPH_MISSING) with the code points; tests walk all catalogues with it."""
    missing = missing_characters(text)
    if missing:
        raise Fault(
            FaultCode.GLYPH_MISSING,
            characters=" ".join(sorted(f"U+{ord(character):04X}" for character in missing)),
        )
