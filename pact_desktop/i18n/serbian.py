# SPDX-License-Identifier: GPL-3.0-or-later
"""Serbian Cyrillic into Latin: a deterministic direction, never the other way, never names."""

import re
from typing import Final

_LETTERS: Final = dict(
    zip("абвгдђежзијклмнопрстћуфхцчш", "abvgdđežzijklmnoprstćufhcčš", strict=True)
) | {"љ": "lj", "њ": "nj", "џ": "dž"}
_PLACEHOLDER: Final = re.compile(r"\{[^{}]*\}")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")


def to_latin(text: str) -> str:
    """The same text in Latin letters; placeholders in braces stay as they are."""
    parts, start = [], 0
    for kept in _PLACEHOLDER.finditer(text):
        parts += [_letters_to_latin(text[start : kept.start()]), kept.group()]
        start = kept.end()
    return "".join((*parts, _letters_to_latin(text[start:])))


def _letters_to_latin(text: str) -> str:
    latin = []
    for index, letter in enumerate(text):
        small = _LETTERS.get(letter.lower(), letter)
        if letter.isupper() and small != letter:
            small = small.upper() if _among_capitals(text, index) else small.capitalize()
        latin.append(small)
    return "".join(latin)


def _among_capitals(text: str, index: int) -> bool:
    """`ЊУЈОРК` is `NJUJORK` but `Њујорк` is `Njujork`."""
    after = text[index + 1 : index + 2]
    return after.isupper() if after.isalpha() else text[max(0, index - 1) : index].isupper()


def is_cyrillic(text: str) -> bool:
    return _CYRILLIC.search(text) is not None
