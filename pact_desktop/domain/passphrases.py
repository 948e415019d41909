# SPDX-License-Identifier: GPL-3.0-or-later
"""What counts as the same passphrase, whichever keyboard typed it (decision 19).

The tables are frozen: an entry that changes or goes locks somebody out. They lean on nothing that
a later edition of Unicode could change; the composition of letters that exist is promised to stay.
"""

import unicodedata
from typing import Final

FOLDED_FROM: Final = 4
"""So many words may be written in any script and case, joined by hyphens or spaces."""

_JOINT: Final = "-"
_JOINTS: Final = frozenset(
    "- \t\u00a0\u00ad\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2010\u2011\u2012\u2013\u2014\u2015\u202f\u205f\u2212\u3000\ufe58\ufe63\uff0d"
)
_MARKS: Final = frozenset(chr(mark) for mark in range(0x300, 0x370))
"""Accents, as they stand behind their letter once it is taken apart."""
_SMALL: Final = dict(zip("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz", strict=True))
_CAPITALS: Final = dict(
    zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", strict=True)
)
_CYRILLIC: Final = dict(
    zip("абвгдежзијклмнопрстћуфхцчш", "abvgdezzijklmnoprstcufhccs", strict=True)
) | {"ђ": "d", "љ": "lj", "њ": "nj", "ѕ": "dz", "џ": "dz"}
_CYRILLIC_CAPITALS: Final = dict(
    zip("АБВГДЕЖЗИЈКЛМНОПРСТЋУФХЦЧШ", "abvgdezzijklmnoprstcufhccs", strict=True)
) | {"Ђ": "d", "Љ": "lj", "Њ": "nj", "Ѕ": "dz", "Џ": "dz"}
_LETTERS: Final = (
    _SMALL
    | _CAPITALS
    | _CYRILLIC
    | _CYRILLIC_CAPITALS
    | {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}
    | {"ǆ": "dz", "ǅ": "dz", "Ǆ": "dz", "ǉ": "lj", "ǈ": "lj", "Ǉ": "lj"}
    | {"ǌ": "nj", "ǋ": "nj", "Ǌ": "nj"}
)


def canonical(passphrase: str) -> str:
    """The one text that stands for every way to type a passphrase; the same again for itself.

    Four or more words of letters become small letters a to z, joined by hyphens. Whatever else was
    typed counts to the last sign, with only its accents composed.
    """
    apart = unicodedata.normalize("NFD", passphrase)
    words = "".join(_JOINT if sign in _JOINTS else sign for sign in apart).split(_JOINT)
    folded = [plain_word(word) for word in words if word]
    if len(folded) < FOLDED_FROM or not all(folded):
        return unicodedata.normalize("NFC", passphrase)
    return _JOINT.join(word for word in folded if word)


def plain_word(word: str) -> str | None:
    """The word in a to z, or None where one of its signs is none of the known letters."""
    plain: list[str] = []
    for sign in unicodedata.normalize("NFD", word):
        if sign in _MARKS and plain:
            continue
        letter = _LETTERS.get(sign)
        if letter is None:
            return None
        plain.append(letter)
    return "".join(plain)


def same_passphrase(one: str, other: str) -> bool:
    """Whether both open the same account."""
    return canonical(one) == canonical(other)


def plain_letters(text: str) -> str:
    """For lists of what is refused: known letters as a to z, the others as they are."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(_LETTERS.get(sign, sign) for sign in apart if sign not in _MARKS)
