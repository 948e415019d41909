# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door for text on its way to paper.

Nothing here or behind it reads markup: a name such as `<img src=…>` is printed as it stands.
"""

import re
import unicodedata
from typing import Final

from pact_desktop.documents.fonts import MISSING, covered_characters

LEFT_TO_RIGHT_MARK: Final = "\u200e"
_JOINERS: Final = frozenset("\u200c\u200d")
_MARKS: Final = frozenset("\u200e\u200f")
_SPACES: Final = {"\t": " ", "\u2028": "\n", "\u2029": "\n", "\u00ad": "", "\u2011": "-"}
_STATUS_NAME: Final = re.compile(
    r"\b(Kosov(?:ës|ën|om|ë|o|a|u|e)|Косов(?:ом|о|а|у)|كوسوفو|کوزوو)\b(?!\s?\*)",
    re.IGNORECASE,
)


def typed(text: str, *, is_name: bool = False) -> str:
    """What a person typed, with nothing in it that could change the page around it.

    Control, direction and private characters go, or are shown as a box; the name of Kosovo*
    gets its asterisk, except in a person's name.
    """
    plain = _plain(text, keep=_JOINERS)
    return plain if is_name else starred(plain)


def worded(text: str) -> str:
    """The program's own words: the same, and direction marks that a translator set stay."""
    return starred(_plain(text, keep=_JOINERS | _MARKS))


def starred(text: str) -> str:
    """Kosovo* always carries its asterisk."""
    return _STATUS_NAME.sub(r"\1*", text)


def kept_together(text: str) -> str:
    """A number, date or Latin word inside a right-to-left sentence, kept in its own order."""
    return f"{LEFT_TO_RIGHT_MARK}{text}{LEFT_TO_RIGHT_MARK}" if text else ""


def needs_status_note(text: str) -> bool:
    """Whether the footnote on status belongs on the page of this text."""
    return bool(re.search(r"(Kosov\w{1,2}|Косов\w{1,2}|كوسوفو|کوزوو)\*", text, re.IGNORECASE))


def one_line(*parts: str) -> str:
    """Typed parts of an address on one line, so that it cannot push the page away."""
    lines = [line.strip() for part in parts for line in part.splitlines()]
    return " · ".join(line for line in lines if line)


def has_box(text: str) -> bool:
    """Whether a character was replaced, so that the page explains the box."""
    return MISSING in text


def _plain(text: str, *, keep: frozenset[str]) -> str:
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(_shown(character, keep) for character in composed)


def _shown(character: str, keep: frozenset[str]) -> str:
    if character in keep or character == "\n":
        return character
    if character in _SPACES:
        return _SPACES[character]
    category = unicodedata.category(character)
    if category in {"Cc", "Cf", "Cs"}:
        return ""
    if category == "Zs":
        return character if character == "\u00a0" else " "
    return character if ord(character) in covered_characters() else MISSING
