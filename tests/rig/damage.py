# SPDX-License-Identifier: GPL-3.0-or-later
"""Bytes that changed while nobody looked: the session must not open, whatever it was."""

import os
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.services import accounts
from pact_desktop.storage import store
from pact_desktop.storage.database import file_name
from pact_desktop.storage.keys import KeyRing
from tests.rig.journeys import Desk
from tests.rig.trials import content

PAGE: Final = 4096
_SAID: Final = frozenset({FaultCode.STORAGE_DAMAGED, FaultCode.STORAGE_FOREIGN})


@dataclass(frozen=True, slots=True)
class Harm:
    """One thing done to one file."""

    compartment: Compartment
    how: str
    number: int
    """Of the page, or of the draw."""


def pages(prepared: Path) -> Iterator[tuple[Compartment, int]]:
    """Every page of the four files."""
    for compartment in Compartment:
        size = (Desk(prepared, content()).records / file_name(compartment)).stat().st_size
        for page in range(size // PAGE):
            yield compartment, page


def harmed(whole: bytes, harm: Harm) -> bytes:
    """The file after it happened."""
    found = bytearray(whole)
    draw = random.Random(f"{harm.compartment}-{harm.number}")  # noqa: S311 the same harm each time
    start = harm.number * PAGE
    if harm.how == "bit":
        position = draw.randrange(len(found))
        found[position] ^= 1 << draw.randrange(8)
    elif harm.how == "zeros":
        found[start : start + PAGE] = bytes(PAGE)
    elif harm.how == "random bytes":
        found[start : start + PAGE] = draw.randbytes(PAGE)
    elif harm.how == "swapped":
        other = (start + PAGE) % len(whole)
        found[start : start + PAGE] = whole[other : other + PAGE]
        found[other : other + PAGE] = whole[start : start + PAGE]
    elif harm.how == "cut before":
        del found[start:]
    elif harm.how == "cut inside":
        del found[start + PAGE // 2 :]
    return bytes(found)


PAGE_HARMS: Final = ("zeros", "random bytes", "swapped", "cut before", "cut inside")


def missed(prepared: Path, harms: list[Harm]) -> list[Harm]:
    """What was done and not found before a session opened."""
    desk, keyring = _at_a_desk(prepared)
    found = []
    for harm in harms:
        path = desk.records / file_name(harm.compartment)
        whole = path.read_bytes()
        path.write_bytes(harmed(whole, harm))
        if not refused(desk, keyring):
            found.append(harm)
            _at_a_desk.cache_clear()
            desk, keyring = _at_a_desk(prepared)
        else:
            path.write_bytes(whole)
    return found


def missed_unchecked(prepared: Path, harms: list[Harm]) -> list[Harm]:
    """The control: the same without the two checks of each file."""
    check = store.check_integrity
    store.check_integrity = lambda *_given: None  # type: ignore[attr-defined]
    try:
        return missed(prepared, harms)
    finally:
        store.check_integrity = check  # type: ignore[attr-defined]
        _at_a_desk.cache_clear()


def refused(desk: Desk, keyring: KeyRing) -> bool:
    """Whether the program says that something is wrong, and shows nothing."""
    try:
        session = accounts.open_session(desk.data, keyring, desk.clock, desk.content)
    except Fault as fault:
        return fault.code in _SAID
    session.store.close()
    return False


@lru_cache(maxsize=1)
def _at_a_desk(prepared: Path) -> tuple[Desk, KeyRing]:
    home = prepared.parent / f"damage-{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home)
    desk = Desk(home, content())
    return desk, desk.keyring("nadia")
