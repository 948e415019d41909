# SPDX-License-Identifier: GPL-3.0-or-later
"""The key file in other hands: edited with a plan, or one byte at a time with its check mended."""

import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import PactError
from pact_desktop.storage import vault
from tests.factories import STAFF
from tests.rig.journeys import Desk
from tests.rig.trials import content
from tests.storage.vault_attacks import ATTACKS, ON_ONE_PERSON

NAMES: Final = tuple(name for name, _, _ in STAFF)
EDITS: Final = {edit.__name__: edit for edit in (*ATTACKS, *ON_ONE_PERSON)}
_OF_ONE: Final = frozenset(edit.__name__ for edit in ON_ONE_PERSON)

Keys = Mapping[Compartment, bytes]


@dataclass(frozen=True, slots=True)
class Place:
    """A computer whose key file is edited, and what everybody held before."""

    desk: Desk
    held: Mapping[str, Keys]
    whole: bytes

    def write(self, data: bytes) -> None:
        for name in (vault.FILE_NAME, vault.COPY_NAME):
            (self.desk.records / name).write_bytes(data)
        # Attempts are counted: without this the fourth one would only be told to wait.
        (self.desk.records / "throttle.json").unlink(missing_ok=True)

    def keys(self, name: str) -> Keys | None:
        """What somebody gets; None when the program says no."""
        try:
            return self.desk.keyring(name).keys
        except PactError:
            return None


def accepted_edits(prepared: Path, name: str) -> list[str]:
    """Who still gets keys out of a key file that was edited with a plan."""
    place = _place(prepared)
    edit = EDITS[name]
    place.write(place.whole)
    stored = vault.load(place.desk.records)
    place.write(_with_check(vault._encode(edit(stored, place.desk.keyring("ivo")))))  # noqa: SLF001 as an attacker would
    victims = ("nadia",) if name in _OF_ONE else (*NAMES, "eve")
    found = [f"{name}: {victim}" for victim in victims if place.keys(victim) is not None]
    place.write(place.whole)
    return found


def accepted_unsigned(prepared: Path, name: str) -> list[str]:
    """The control: the same for a program that looks at no signature."""
    check = vault.signed_by
    vault.signed_by = lambda *_given: True  # type: ignore[attr-defined]
    try:
        return accepted_edits(prepared, name)
    finally:
        vault.signed_by = check  # type: ignore[attr-defined]


def accepted_unchanged(prepared: Path, _nothing: None) -> list[str]:
    """The control of the bytes: who gets the same keys as before out of the whole file."""
    place = _place(prepared)
    place.write(_with_check(place.whole))
    return [name for name in NAMES if place.keys(name) == place.held[name]]


def accepted_bytes(prepared: Path, positions: range) -> list[str]:
    """Flips a bit of each byte; with the check mended nobody may get other keys than before."""
    return list(_accepted_bytes(_place(prepared), positions))


def _accepted_bytes(place: Place, positions: range) -> Iterator[str]:
    for position in positions:
        flipped = bytearray(place.whole)
        flipped[position] ^= 1 << position % 8
        place.write(bytes(flipped))
        if place.keys("nadia") is not None:
            yield f"byte {position} as it is"
        place.write(_with_check(bytes(flipped)))
        name = NAMES[position % len(NAMES)]
        found = place.keys(name)
        if found is not None and found != place.held[name]:
            yield f"byte {position} with the check mended: other keys for {name}"


def size(prepared: Path) -> int:
    return (Desk(prepared, content()).records / vault.FILE_NAME).stat().st_size


def _with_check(data: bytes) -> bytes:
    """Whoever edits the file writes its digest anew."""
    body = data.partition(b"\n")[2].removesuffix(b"\n")
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body + b"\n"


@lru_cache(maxsize=1)
def _place(prepared: Path) -> Place:
    home = prepared.parent / f"vault-{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home)
    desk = Desk(home, content())
    held = {name: desk.keyring(name).keys for name in NAMES}
    return Place(desk, held, (desk.records / vault.FILE_NAME).read_bytes())
