# SPDX-License-Identifier: GPL-3.0-or-later
"""Random numbers of erased records, so that a backup does not bring back who had to go.

They stand in the records, and with them in every later backup. This computer keeps them beside
its own key as well, so that an older backup restored here erases again by itself. On another
computer they come from the paper that was printed with the list of backups to destroy.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, insert, select

from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import Fault
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage.database import IN_FILES
from pact_desktop.storage.durable_file import write_durably
from pact_desktop.storage.keys import canonical_json, decrypt, encrypt, keyed_hash
from pact_desktop.storage.record_tables import tombstone

_SIZE_LIMIT: Final = 1024 * 1024
_CONTEXT: Final = b"pact erased records"


@dataclass(frozen=True, slots=True)
class Tombstone:
    """One erasure."""

    record: CaseNumber | None
    """None where only old visits of a record went: those are due again after a restore."""
    erased_at: datetime
    sequence: int
    """Number of the entry of the log that says so; backups from after it do not hold it."""
    held_since: datetime | None
    """When it came into the records; backups from before do not hold it."""


def add_tombstone(connection: Connection, stone: Tombstone) -> None:
    connection.execute(
        insert(tombstone).values(
            record=stone.record or "",
            erased_at=stone.erased_at,
            sequence=stone.sequence,
            held_since=stone.held_since,
        ),
        execution_options=IN_FILES,
    )


def load_tombstones(connection: Connection) -> list[Tombstone]:
    """In the order of the erasures."""
    rows = connection.execute(
        select(tombstone).order_by(tombstone.c.row_number), execution_options=IN_FILES
    )
    return [
        Tombstone(
            record=CaseNumber(row.record) if row.record else None,
            erased_at=row.erased_at,
            sequence=row.sequence,
            held_since=row.held_since,
        )
        for row in rows
    ]


def remember_erased(
    folder: Path, device_key: bytes, vault_id: str, records: Iterable[CaseNumber]
) -> bool:
    """Adds to what this computer knows; a folder that takes nothing stops no erasure.

    False when it took nothing: then it is tried again when the records are opened next.
    """
    before = set(remembered_erased(folder, device_key, vault_id))
    known = before | set(records)
    if known == before:
        return True
    sealed = encrypt(
        _key(device_key, vault_id), canonical_json({"records": sorted(known)}), _CONTEXT
    )
    try:
        write_durably(_path(folder, vault_id), sealed)
    except Fault as fault:
        note_error(fault)
        return False
    return True


def remembered_erased(folder: Path, device_key: bytes, vault_id: str) -> list[CaseNumber]:
    """Nothing where nothing is remembered, or where it was not written by this computer."""
    try:
        with _path(folder, vault_id).open("rb") as file:
            plain = decrypt(_key(device_key, vault_id), file.read(_SIZE_LIMIT), _CONTEXT)
    except OSError:
        return []
    return [] if plain is None else [CaseNumber(one) for one in json.loads(plain)["records"]]


def _path(folder: Path, vault_id: str) -> Path:
    """One file for each facility, beside what this computer has seen of the log."""
    return folder / f"gone-{vault_id}.bin"


def _key(device_key: bytes, vault_id: str) -> bytes:
    return keyed_hash(device_key, vault_id.encode(), b"pact-erased")
