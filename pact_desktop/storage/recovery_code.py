# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery key as it stands on paper: 128 bits in letters that are hard to confuse."""

import hmac
import secrets
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from pact_desktop.storage.keys import SEALING_SEED_BYTES, SealingKey
from pact_desktop.storage.letters import ALPHABET, BITS, check_letters, cleaned, spelled

_SEED_BYTES: Final = 16
_SEED_LETTERS: Final = 26
_CHECK_LETTERS: Final = 2
_GROUP: Final = 4


def new_seed() -> bytes:
    return secrets.token_bytes(_SEED_BYTES)


def to_code(seed: bytes) -> str:
    """`K7QX-...`: 26 letters and 2 check letters in groups of four."""
    letters = spelled(int.from_bytes(seed), _SEED_LETTERS) + check_letters(seed, _CHECK_LETTERS)
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def to_seed(code: str) -> bytes | None:
    """The seed of a typed code, or None when a letter is wrong; case and spaces do not matter."""
    letters = cleaned(code)
    if len(letters) != _SEED_LETTERS + _CHECK_LETTERS or set(letters) - set(ALPHABET):
        return None
    number = 0
    for letter in letters[:_SEED_LETTERS]:
        number = number << BITS | ALPHABET.index(letter)
    if number.bit_length() > 8 * _SEED_BYTES:
        return None
    seed = number.to_bytes(_SEED_BYTES)
    check = check_letters(seed, _CHECK_LETTERS)
    return seed if hmac.compare_digest(check, letters[_SEED_LETTERS:]) else None


def recovery_key(seed: bytes, vault_id: str) -> SealingKey:
    """The pair that belongs to the seed, in this vault alone."""
    stretched = HKDF(
        algorithm=SHA256(),
        length=SEALING_SEED_BYTES,
        salt=vault_id.encode(),
        info=b"pact recovery key",
    )
    return SealingKey(stretched.derive(seed))
