# SPDX-License-Identifier: GPL-3.0-or-later
"""Decrypts every page of a file, used or free, as somebody with the key and a hex editor would."""

import json
from collections.abc import Iterable
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAGE, RESERVED, SALT, IV = 4096, 80, 16, 16


def plain_pages(path: Path, key: bytes) -> bytes:
    """AES-256-CBC; the vector stands first in the reserved end, and page 1 begins with the salt."""
    data = path.read_bytes()
    found = []
    for at in range(0, len(data), PAGE):
        page = data[at : at + PAGE]
        body = page[SALT if at == 0 else 0 : PAGE - RESERVED]
        vector = page[PAGE - RESERVED : PAGE - RESERVED + IV]
        decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
        found.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(found)


def times_in(plain: bytes, words: Iterable[str]) -> int:
    """How often words stand there, in the encodings a file can have."""
    needles = {
        needle
        for word in words
        for needle in (word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode())
    }
    return sum(plain.count(needle) for needle in needles)
