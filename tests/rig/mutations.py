# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes a file or a code as chance, a bad stick or somebody with a plan would."""

import json
import random
from copy import deepcopy
from typing import Any, Final

_TOKENS: Final = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"\n", b'"', b"'", b"\\",
    b"[", b"{", b"]", b"}", b"[[[[[[[[", b":", b": ", b"- ", b"&a ", b"*a", b"!!python/object:x ",
    b"|", b">", b"#", b"%", b"---\n", b"...\n", b"null", b"true", b"NaN", b"1e999", b"-0",
    b"99999999999999999999", b'msgid ""\n', b'msgstr ""\n', b'msgctxt "x"\n', b"#, fuzzy\n",
    b'msgstr[7] "x"\n', b"{0}", b"{", b"nplurals=9; plural=n;", b"../", b"OIL01",
)  # fmt: skip
_ODD: Final[tuple[Any, ...]] = (
    None, True, -1, 0, 2**63, 2**64, 10**30, 1.5, "", "x" * 5000, "\u202e", "\ud800", [], [[]], {},
    {"": None}, "1970-01-01", "00" * 32, ["nurse"],
)  # fmt: skip
_DEEP: Final = 3_000


def mutated(seed: bytes, draw: random.Random) -> bytes:
    """One to four changes of a kind each."""
    data = bytearray(seed)
    for _ in range(draw.randint(1, 4)):
        _change(data, draw)
    return bytes(data)


def _change(data: bytearray, draw: random.Random) -> None:
    at = draw.randrange(len(data) + 1)
    kind = draw.randrange(8)
    end = min(len(data), at + draw.randint(1, 40))
    if kind == 0 and at < len(data):
        data[at] ^= 1 << draw.randrange(8)
    elif kind == 1:
        del data[at:end]
    elif kind == 2:
        data[at:at] = data[at:end]
    elif kind == 3:
        data[at:at] = draw.choice(_TOKENS)
    elif kind == 4:
        data[at:end] = draw.randbytes(end - at)
    elif kind == 5 and draw.random() < 0.3:
        del data[at:]
    elif kind == 6:
        part = bytes(data[at:end])
        other = draw.randrange(len(data) + 1)
        data[other:other] = part
    elif kind == 7 and draw.random() < 0.05:
        data[at:at] = draw.choice((b"[", b'{"a":', b"(", b"- ")) * _DEEP


def mutated_json(seed: Any, draw: random.Random) -> bytes:
    """The same form with one to three values of another kind, taken away, doubled or made deep."""
    value = json.loads(json.dumps(seed))
    for _ in range(draw.randint(1, 3)):
        _change_value(value, draw)
    return json.dumps(value).encode()


def _change_value(value: Any, draw: random.Random) -> None:
    """Goes down at random and changes what it comes to."""
    while True:
        keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
        if not keys:
            return
        key = draw.choice(keys)
        below = value[key]
        if isinstance(below, dict | list) and below and draw.random() < 0.8:
            value = below
            continue
        kind = draw.randrange(4)
        if kind == 0 and isinstance(value, dict):
            del value[key]
        elif kind == 1 and isinstance(value, dict):
            value[f"{key}x"] = deepcopy(below)
        elif kind == 2 and isinstance(value, list):
            value.append(deepcopy(below))
        else:
            value[key] = deepcopy(draw.choice(_ODD))
        return
