# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers as letters that are hard to confuse, for codes that people read from paper."""

import hashlib
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS: Final = 5
_LOOKALIKES: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


def spelled(number: int, count: int) -> str:
    """The last `count` letters of a number."""
    places = range(BITS * (count - 1), -1, -BITS)
    return "".join(ALPHABET[number >> place & 31] for place in places)


def cleaned(typed: str) -> str:
    """What was typed, without groups; case, spaces and letters that look alike do not matter."""
    return "".join(typed.upper().translate(_LOOKALIKES).replace("-", " ").split())


def check_letters(data: bytes, count: int) -> str:
    """At most three letters that tell a slip of the pen; they protect against nothing else."""
    digest = hashlib.blake2b(data, digest_size=2, person=b"pact-code-check").digest()
    return spelled(int.from_bytes(digest) >> (16 - BITS * count), count)
