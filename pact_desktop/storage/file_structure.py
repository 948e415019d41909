# SPDX-License-Identifier: GPL-3.0-or-later
"""What anybody sees of the records without a key: are the files there, whole, and of one facility?

Whether their content is as it was written shows only with a key.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage import device_key, vault
from pact_desktop.storage.database import file_name, file_salt
from pact_desktop.storage.faults import storage_faults
from pact_desktop.storage.vault import Vault

_PAGE_BYTES: Final = 4096


class PartState(StrEnum):
    """How one file looks from outside."""

    IN_ORDER = "in-order"
    INTERRUPTED = "interrupted"
    """A change was cut off in the middle; the next start takes it back."""
    MISSING = "missing"
    CUT = "cut"
    DAMAGED = "damaged"
    FOREIGN = "foreign"
    """It belongs to another facility or another computer."""


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    state: PartState

    @property
    def in_order(self) -> bool:
        return self.state in {PartState.IN_ORDER, PartState.INTERRUPTED}


def parts_of(place: Path, device_folder: Path) -> list[Part]:
    """The key file, the four files and the key of this computer."""
    try:
        stored = vault.load(place)
        stored.verified(stored.header.root)
    except Fault as fault:
        missing = fault.code is FaultCode.STORAGE_INCOMPLETE
        return [Part(vault.FILE_NAME, PartState.MISSING if missing else PartState.DAMAGED)]
    return [
        Part(vault.FILE_NAME, PartState.IN_ORDER),
        *(Part(file_name(one), _file(place, stored, one)) for one in Compartment),
        Part(device_key.FILE_NAME, _device(stored, device_folder)),
    ]


def _file(place: Path, stored: Vault, compartment: Compartment) -> PartState:
    path = place / file_name(compartment)
    if not path.is_file():
        return PartState.MISSING
    with storage_faults():
        size = path.stat().st_size
    if not size or size % _PAGE_BYTES:
        return PartState.CUT
    salt, change = file_salt(place, compartment), stored.changing
    if change is not None and salt in {
        f.salt for f in change.files if f.compartment is compartment
    }:
        return PartState.INTERRUPTED
    if salt != stored.salts[compartment]:
        return PartState.FOREIGN
    journal = path.with_name(f"{path.name}-journal")
    waiting = journal.is_file() and journal.stat().st_size > 0
    return PartState.INTERRUPTED if waiting else PartState.IN_ORDER


def _device(stored: Vault, folder: Path) -> PartState:
    try:
        vault.require_device(stored, device_key.load(folder))
    except Fault as fault:
        foreign = fault.code is FaultCode.STORAGE_FOREIGN
        return PartState.FOREIGN if foreign else PartState.MISSING
    return PartState.IN_ORDER
