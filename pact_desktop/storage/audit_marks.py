# SPDX-License-Identifier: GPL-3.0-or-later
"""What is remembered of the end of the log outside of it, so that an older copy shows.

The configuration remembers it for the log file alone. This computer remembers it beside its own
key, outside the data folder, so that the return of all files together shows at the next sign-in:
for each person under a key that only that person has, and once for whoever signs in first.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import Fault
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_check import Mark
from pact_desktop.storage.durable_file import write_durably
from pact_desktop.storage.file_marks import mark_files
from pact_desktop.storage.keys import (
    KeyRing,
    authenticate,
    canonical_json,
    decrypt,
    encrypt,
    keyed_hash,
    same,
)
from pact_desktop.storage.tables import audit_mark

_SIZE_LIMIT: Final = 1024 * 1024
_COMPUTER: Final = "computer"
_PERSON: Final = b"pact seen end "


@dataclass(frozen=True, slots=True)
class Remembered:
    """What this computer knows of the end of the log."""

    own: Mark | None = None
    """As the person who signs in now saw it last."""
    computer: Mark | None = None
    """As whoever was here last saw it."""

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in (self.own, self.computer) if mark is not None)


def remembered(keyring: KeyRing) -> Remembered:
    """What cannot be read, or was not written by us, is not remembered."""
    path = _path(keyring)
    found = _load(path) if path is not None else {}
    return Remembered(_own(keyring, found), _of_computer(keyring, found))


def remember(keyring: KeyRing, end: Head, moment: datetime) -> None:
    """Notes the end of the log on this computer; a folder that takes nothing stops nobody."""
    path = _path(keyring)
    if path is None:
        return
    found = _load(path)
    plain = canonical_json(
        {"sequence": end.sequence, "digest": end.digest.hex(), "at": moment.isoformat()}
    )
    account_id = keyring.account.account_id
    sealed = encrypt(keyring.personal_key, plain, _PERSON + account_id.encode())
    found[account_id] = sealed.hex()
    found[_COMPUTER] = authenticate(_device_key(keyring), plain).hex() + plain.hex()
    try:
        write_durably(path, canonical_json(found))
    except Fault as fault:
        note_error(fault)


def remembered_in_config(connection: Connection) -> Mark | None:
    """What the configuration knows, so that an older log file alone is found."""
    row = connection.execute(select(audit_mark)).one_or_none()
    if row is None or row.sequence == 0:
        return None
    return Mark(Head(row.sequence, row.digest))


def remember_in_config(connection: Connection, end: Head) -> None:
    """Every open file is told too, so that an older one of them is found like an older log."""
    mark_files(connection, end.sequence)
    connection.execute(audit_mark.delete())
    connection.execute(
        insert(audit_mark).values(number=1, sequence=end.sequence, digest=end.digest)
    )


def _path(keyring: KeyRing) -> Path | None:
    """One file for each facility; its name says nothing."""
    folder = keyring.device_folder
    return Path(folder) / f"seen-{keyring.vault_id}.json" if folder else None


def _load(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as file:
            found = json.loads(file.read(_SIZE_LIMIT))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _own(keyring: KeyRing, found: Mapping[str, Any]) -> Mark | None:
    account_id = keyring.account.account_id
    try:
        sealed = bytes.fromhex(found[account_id])
    except (KeyError, ValueError, TypeError):
        return None
    return _mark(decrypt(keyring.personal_key, sealed, _PERSON + account_id.encode()))


def _of_computer(keyring: KeyRing, found: Mapping[str, Any]) -> Mark | None:
    try:
        whole = bytes.fromhex(found[_COMPUTER])
    except (KeyError, ValueError, TypeError):
        return None
    seal, plain = whole[:32], whole[32:]
    return _mark(plain) if same(authenticate(_device_key(keyring), plain), seal) else None


def _device_key(keyring: KeyRing) -> bytes:
    return keyed_hash(keyring.device_key, keyring.vault_id.encode(), b"pact-seen-end")


def _mark(plain: bytes | None) -> Mark | None:
    if plain is None:
        return None
    found = json.loads(plain)
    digest, at = bytes.fromhex(found["digest"]), datetime.fromisoformat(found["at"])
    return Mark(Head(found["sequence"], digest), at)
