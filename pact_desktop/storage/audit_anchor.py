# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the log ends, and the short code of it that stands on paper."""

import hashlib
from dataclasses import dataclass
from typing import Final

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.storage.letters import BITS, check_letters, cleaned, spelled

_LETTERS: Final = 8
_GROUP: Final = 3
_ROUNDS: Final = 20_000
"""Some milliseconds for whoever compares a code; centuries for whoever must hit one by trying."""
_PURPOSE: Final = b"pact audit anchor"
_NUMBER_WIDTH: Final = 5
_MOST_DIGITS: Final = 18
"""More would not fit into the number of an entry."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of a log, which vouches for every entry before it."""

    sequence: int
    digest: bytes

    @property
    def anchor(self) -> str:
        """Its number and nine letters in groups, for paper: `01482-K7Q-X2M-FA7`."""
        letters = _letters(self.sequence, self.digest)
        letters += check_letters(f"{self.sequence}-{letters}".encode(), 1)
        groups = [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
        return "-".join([_spelled_number(self.sequence), *groups])


@dataclass(frozen=True, slots=True)
class Anchor:
    """A code as somebody read it from paper."""

    sequence: int
    letters: str

    def fits(self, digest: bytes) -> bool:
        """Whether the log stood so when the code was printed."""
        return _letters(self.sequence, digest) == self.letters


def parse_anchor(typed: str) -> Anchor:
    """Raises Refusal(LOG_CODE_WRONG) for what no log ever printed, such as a slip of the pen."""
    letters = cleaned(typed)
    number, code = letters[: -_LETTERS - 1], letters[-_LETTERS - 1 :]
    if not (number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS):
        raise Refusal(RefusalCode.LOG_CODE_WRONG)
    sequence = int(number)
    if number != _spelled_number(sequence):  # a letter was left out
        raise Refusal(RefusalCode.LOG_CODE_WRONG)
    if code[_LETTERS:] != check_letters(f"{sequence}-{code[:_LETTERS]}".encode(), 1):
        raise Refusal(RefusalCode.LOG_CODE_WRONG)
    return Anchor(sequence, code[:_LETTERS])


def _spelled_number(sequence: int) -> str:
    return f"{sequence:0{_NUMBER_WIDTH}d}"


def _letters(sequence: int, digest: bytes) -> str:
    """Forty bits of the head, made slow so that forty bits are enough."""
    salt = _PURPOSE + sequence.to_bytes(8)
    size = _LETTERS * BITS // 8
    stretched = hashlib.pbkdf2_hmac("sha256", digest, salt, _ROUNDS, size)
    return spelled(int.from_bytes(stretched), _LETTERS)
