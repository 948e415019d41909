# SPDX-License-Identifier: GPL-3.0-or-later
"""Text that a person typed: how long it may be, and the clean-up shared by every field."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from pact_desktop.domain.errors import Refusal, RefusalCode

CODE_LIMIT: Final = 40
"""Longest code, language tag or phone number."""
NAME_LIMIT: Final = 120
NOTE_LIMIT: Final = 4000
SENTENCE_LIMIT: Final = 600
"""Longest short statement in characters (referral.md 5.2, F2)."""
DRAFT_LIMIT: Final = 200_000
"""Longest text that waits for its place in a visit."""


class TypedField(StrEnum):
    """The fields of a visit that are typed into."""

    VISIT_REASON = "visit-reason"
    COMPANION_RELATION = "companion-relation"
    INTERPRETER_CODE = "interpreter-code"
    PRIVATE_INTERPRETER_CODE = "private-interpreter-code"
    """Beside the private moment; becomes part of it when it is confirmed."""
    OTHER_EXPLANATION = "other-explanation"
    OWN_WORDS = "own-words"
    NOT_ASKED_REASON = "not-asked-reason"
    MARK = "mark"
    """A mark of the body map with everything that is entered about it."""
    JUDGEMENT = "judgement"
    RETURN_REASON = "return-reason"
    NOT_POSSIBLE_RETURN_REASON = "not-possible-return-reason"
    """The same beside the way out of step 3."""
    CHILD_VIEW = "child-view"
    NOTIFIED_BODY = "notified-body"
    NOTIFIED_PERSON_CODE = "notified-person-code"
    FORM_TEXT = "form-text"
    """A text of the referral; `item` is its name."""


@dataclass(frozen=True, slots=True)
class TypedAt:
    """One field of a visit; `item` is the question, row or mark it belongs to."""

    field: TypedField
    item: str = ""

    @property
    def code(self) -> str:
        """`own-words:Q1`, for the log: never what was typed."""
        return f"{self.field.value}:{self.item}" if self.item else self.field.value


LIMIT_OF: Final[Mapping[str, int]] = {
    TypedField.VISIT_REASON: NOTE_LIMIT,
    TypedField.COMPANION_RELATION: NAME_LIMIT,
    TypedField.INTERPRETER_CODE: NAME_LIMIT,
    TypedField.PRIVATE_INTERPRETER_CODE: NAME_LIMIT,
    TypedField.OTHER_EXPLANATION: SENTENCE_LIMIT,
    TypedField.OWN_WORDS: NOTE_LIMIT,
    TypedField.NOT_ASKED_REASON: SENTENCE_LIMIT,
    TypedField.MARK: NOTE_LIMIT,
    TypedField.JUDGEMENT: SENTENCE_LIMIT,
    TypedField.RETURN_REASON: NAME_LIMIT,
    TypedField.NOT_POSSIBLE_RETURN_REASON: NAME_LIMIT,
    TypedField.CHILD_VIEW: NOTE_LIMIT,
    TypedField.NOTIFIED_BODY: NAME_LIMIT,
    TypedField.NOTIFIED_PERSON_CODE: NAME_LIMIT,
    # Who the patient is, and how to be reached.
    "family-name": NAME_LIMIT,
    "given-name": NAME_LIMIT,
    "fathers-name": NAME_LIMIT,
    "alias": NAME_LIMIT,
    "phone": CODE_LIMIT,
    "safe-hours": NAME_LIMIT,
    "may-answer": NAME_LIMIT,
    "may-say": SENTENCE_LIMIT,
    # Each text of a referral has the room that it has on paper.
    "form-contact-name": NAME_LIMIT,
    "form-access-needs": SENTENCE_LIMIT,
    "form-at-facility-until": NAME_LIMIT,
    "form-location": SENTENCE_LIMIT,
    "form-citizenship": NAME_LIMIT,
    "form-papers": NAME_LIMIT,
    "form-own-words": SENTENCE_LIMIT,
    "form-staff-observation": SENTENCE_LIMIT,
    "form-not-known": SENTENCE_LIMIT,
    "form-done-here": SENTENCE_LIMIT,
    "form-health-summary": NOTE_LIMIT,
    "form-safety-arrangements": SENTENCE_LIMIT,
    "form-withhold-from": NAME_LIMIT,
    "form-withhold-reason": SENTENCE_LIMIT,
    "form-caregiver": NAME_LIMIT,
    "form-caregiver-not-informed-reason": SENTENCE_LIMIT,
    "full-form-reason": SENTENCE_LIMIT,
    "stale-override-reason": SENTENCE_LIMIT,
    "reason": SENTENCE_LIMIT,
}
"""Longest text of each field, in characters as they are kept; the screens count by it too."""

_TAKEN_OUT: Final = frozenset(
    map(
        chr,
        (
            0x00AD,  # soft hyphen
            0x061C,  # direction
            0x180E,
            0x200B,  # zero width, without meaning between letters of the region
            0x200E,  # direction
            0x200F,
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            0xFEFF,
            *range(0xFFF9, 0xFFFC),  # notes between lines
            *range(0xE0000, 0xE0080),  # tags
        ),
    )
)
"""What nobody sees and what turns a line around. The two joiners stay: Arabic and Persian words
are written with them."""
_LINE_ENDS: Final = frozenset("\n\x0b\x0c\x85\u2028\u2029")
_BLANK_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that look like nothing."""


def tidy(text: str, *, lines: bool = False) -> str:
    """Text as it is kept: NFC, nothing unseen in it, trimmed; empty when nothing can be seen."""
    kept = []
    for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        if character in _LINE_ENDS:
            kept.append("\n" if lines else " ")
        elif character == "\t":
            kept.append(" ")
        elif character not in _TAKEN_OUT and unicodedata.category(character) not in {"Cc", "Cs"}:
            kept.append(character)
    result = "".join(kept).strip()
    return result if any(map(_can_be_seen, result)) else ""


def clean(text: str, *, field: str, limit: int | None = None, lines: bool = False) -> str:
    """`tidy`, within the limit of the field.

    Raises Refusal(TEXT_TOO_LONG, field, limit, length) instead of cutting anything off.
    """
    result, most = tidy(text, lines=lines), LIMIT_OF[field] if limit is None else limit
    if len(result) > most:
        raise Refusal(RefusalCode.TEXT_TOO_LONG, field=field, limit=most, length=len(result))
    return result


def fits(text: str, field: str) -> bool:
    """Whether a text can be kept in its field."""
    return len(tidy(text, lines=True)) <= LIMIT_OF[field]


def _can_be_seen(character: str) -> bool:
    """A mark such as U+FE0F changes how the letter before it looks; alone it shows nothing."""
    if character in _BLANK_LETTERS or character.isspace():
        return False
    if "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef":
        return False
    if character == "\u034f" or "\u17b4" <= character <= "\u17b5":
        return False
    visible_format = "\u0600" <= character <= "\u08e2"
    return unicodedata.category(character) != "Cf" or visible_format
