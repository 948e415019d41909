# SPDX-License-Identifier: GPL-3.0-or-later
"""Text that a person typed: limits and clean-up shared by every field."""

import unicodedata
from typing import Final

from pact_desktop.domain.errors import Refusal, RefusalCode

NAME_LIMIT: Final = 120
NOTE_LIMIT: Final = 4000
SENTENCE_LIMIT: Final = 600
"""Longest short statement in characters (referral.md 5.2, F2)."""

_BIDI_CONTROLS: Final = frozenset(
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
)


def clean(text: str, *, field: str, limit: int, lines: bool = False) -> str:
    """Text as it is kept: NFC, no control or direction characters, trimmed.

    Raises Refusal(TEXT_TOO_LONG, field, limit, length) instead of cutting anything off.
    """
    kept = []
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if character in "\n\t":
            kept.append(character if lines and character == "\n" else " ")
        elif character not in _BIDI_CONTROLS and unicodedata.category(character) not in {
            "Cc",
            "Cs",
        }:
            kept.append(character)
    result = "".join(kept).strip()
    if len(result) > limit:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, field=field, limit=limit, length=len(result))
    return result
