# SPDX-License-Identifier: GPL-3.0-or-later
"""Offers passphrases that nobody can guess, and refuses those that many would."""

import lzma
import math
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from pact_desktop.domain.accounts import PASSPHRASE_MINIMUM, Account
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import Facility
from pact_desktop.domain.passphrases import canonical, plain_letters
from pact_desktop.i18n.serbian import to_latin

BITS_OFFERED: Final = 51
"""A guesser with a hundred computers takes centuries on average (security.md 2.4)."""
_SERBIAN: Final = "sr-Cyrl"
_LATIN: Final = frozenset({"sr-Latn", "bs-Latn", "cnr-Latn"})
_OWN_LISTS: Final = ("mk", "sq", _SERBIAN)
_ENOUGH_LEFT: Final = 8
"""Characters that must remain when everything predictable is taken out."""
_ENOUGH_DIFFERENT: Final = 5
_ENOUGH_BESIDE: Final = 4
"""Characters that must remain beside two common passwords."""
_LISTED: Final = range(4, 25)
"""Lengths of the common passwords that are kept."""
_LONGEST_COMMON: Final = 2 * _LISTED[-1] + _ENOUGH_BESIDE - 1
"""What is longer than this is more than two of them, however long it is."""
_NOT_A_LETTER: Final = re.compile(r"[\W\d_]+")
_SHORTEST_CONTEXT: Final = 4
_SHORTEST_RUN: Final = 4
_ROWS: Final = ("qwertyuiop", "qwertzuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm", "1234567890")
_FAMILIAR: Final = (
    "password",
    "passphrase",
    "passwort",
    "lozinka",
    "sifra",
    "fjalekalim",
    "parola",
    "welcome",
    "letmein",
    "iloveyou",
    "volimte",
    "admin",
    "administrator",
    "correct",
    "horse",
    "battery",
    "staple",
    "hospital",
    "bolnica",
    "spital",
    "health",
    "zdravlje",
    "doctor",
    "nurse",
    "desktop",
    "pact",
    "intake",
    "prijem",
    "priem",
    "pranimi",
    "doktor",
    "lekar",
    "ljekar",
    "sestra",
    "mjek",
    "infermier",
    "klinika",
    "ambulanta",
    "zdravje",
    "shendet",
)
"""Words of the program and of every health facility, and what many choose, in plain letters."""


def offer_passphrase(locale: str) -> str:
    """Words in the language and script of the screen, so many that `BITS_OFFERED` hold."""
    words = offered_words(locale)
    count = math.ceil(BITS_OFFERED / math.log2(len(words)))
    while True:
        offer = "-".join(secrets.choice(words) for _ in range(count))
        if not _is_common(_bare(offer)):
            return offer


def known_names(facility: Facility, accounts: Iterable[Account] = ()) -> tuple[str, ...]:
    """Names of the facility, its place and its people, of which no passphrase may be made."""
    responsible = (facility.focal_person.name, facility.deputy.name)
    people = (name for one in accounts for name in (one.display_name, one.sign_in_name))
    return (facility.name, facility.address, *responsible, *people)


@cache
def offered_words(locale: str) -> tuple[str, ...]:
    """The list of a locale; English where there is none. Distinct however they are typed."""
    if locale in _LATIN:
        return tuple(to_latin(word) for word in offered_words(_SERBIAN))
    if locale in _OWN_LISTS:
        return tuple((_data() / f"words_{locale}.txt").read_text(encoding="utf-8").split())
    listed = (resources.files("xkcdpass") / "static" / "eff-long").read_text().split()
    left_out = (_data() / "words_en_left_out.txt").read_text(encoding="utf-8").split()
    return tuple(word for word in listed if word not in left_out)


def check_passphrase(passphrase: str, *, context: Sequence[str] = ()) -> None:
    """Raises Refusal(PASSPHRASE_TOO_SHORT, minimum) or Refusal(PASSPHRASE_TOO_COMMON).

    `context` holds the names known here (`known_names`). In either script, and with another last
    vowel, they count for nothing: enough must be left without them. Rows of keys, repetitions and
    familiar words are found by rule, common passwords by a list that is read at the first check.
    """
    text = canonical(passphrase)
    if min(len(text), len(unicodedata.normalize("NFC", passphrase))) < PASSPHRASE_MINIMUM:
        raise Refusal(RefusalCode.PASSPHRASE_TOO_SHORT, minimum=PASSPHRASE_MINIMUM)
    left = _unpredictable(_bare(text), context)
    if _is_common(_bare(text)) or _is_common(left):
        raise Refusal(RefusalCode.PASSPHRASE_TOO_COMMON)
    if len(left) < _ENOUGH_LEFT or len(set(left)) < _ENOUGH_DIFFERENT:
        raise Refusal(RefusalCode.PASSPHRASE_TOO_COMMON)


def _data() -> Traversable:
    return resources.files("pact_desktop.services") / "passphrase_data"


@cache
def _common() -> bytes:
    """Sorted lines in one block: about 0.9 MB, a tenth of what a set of them takes."""
    return lzma.decompress((_data() / "common_passwords.txt.xz").read_bytes())


def _is_listed(text: str) -> bool:
    lines, wanted = _common(), text.encode()
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", 0, (low + high) // 2) + 1
        end = lines.find(b"\n", start)
        line = lines[start:end]
        if line == wanted:
            return True
        low, high = (end + 1, high) if line < wanted else (low, start)
    return False


def _is_common(text: str) -> bool:
    """One or two common passwords with next to nothing beside them."""
    count = len(text)
    if count > _LONGEST_COMMON:
        return False
    until, since = [0] * (count + 1), [0] * (count + 1)
    for start in range(count):
        for length in _LISTED:
            end = start + length
            if end <= count and _is_listed(text[start:end]):
                until[end], since[start] = max(until[end], length), max(since[start], length)
    for place in range(count):
        until[place + 1] = max(until[place + 1], until[place])
        since[count - place - 1] = max(since[count - place - 1], since[count - place])
    covered = max(map(sum, zip(until, since, strict=True)), default=0)
    return bool(covered) and count - covered < _ENOUGH_BESIDE


def _bare(text: str) -> str:
    """Small letters without accents, spaces and punctuation; Cyrillic ones in Latin."""
    return "".join(character for character in plain_letters(text) if character.isalnum())


def _unpredictable(text: str, context: Sequence[str]) -> str:
    names = {_bare(word) for name in context for word in (name, *_NOT_A_LETTER.split(name))}
    known = {name for name in names if len(name) >= _SHORTEST_CONTEXT} | set(_FAMILIAR)
    known |= {name[:-1] for name in names if len(name) > _SHORTEST_CONTEXT and name[-1] in "aeiou"}
    for word in sorted(known, key=len, reverse=True):
        text = text.replace(word, "")
    return _without_runs(_one_repetition(text))


def _one_repetition(text: str) -> str:
    """`abcabcabc` counts as `abc`."""
    period = (text + text).find(text, 1) if text else 0
    return text[:period] if 0 < period < len(text) else text


def _without_runs(text: str) -> str:
    """Leaves out `aaaa`, `1234`, `dcba` and neighbours on a keyboard."""
    kept: list[str] = []
    run: list[str] = []
    for character in text:
        if run and _follows(run, character):
            run.append(character)
            continue
        kept += run if len(run) < _SHORTEST_RUN else []
        run = [character]
    return "".join(kept + (run if len(run) < _SHORTEST_RUN else []))


def _follows(run: list[str], character: str) -> bool:
    step = _step(run[-1], character)
    return step is not None and (len(run) == 1 or _step(run[-2], run[-1]) == step)


def _step(first: str, second: str) -> int | None:
    """-1, 0 or 1 for neighbours in the alphabet or on a keyboard."""
    if abs(ord(second) - ord(first)) <= 1:
        return ord(second) - ord(first)
    for row in _ROWS:
        if first in row and second in row and abs(row.index(second) - row.index(first)) == 1:
            return row.index(second) - row.index(first)
    return None
