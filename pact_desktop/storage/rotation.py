# SPDX-License-Identifier: GPL-3.0-or-later
"""New keys for whole files: exported beside, proved, then renamed over the old ones.

    1  a new file for each compartment lies beside, under a key that only this process knows
    2  it is proved, on connections of its own, to hold what the old one does
    3  the key file names both keys: from here on the change will be finished, by whoever comes
    4  each new file is renamed over the old one, the folder is synced
    5  the key file names the new keys only; the old ones are gone

Before step 3 everything is as it was, and what lies beside is thrown away. After it the new files
are proved and on the disk, so that finishing needs no key: `put_in_order` does it at the next
start. Each file says by its first bytes which key it has.
"""

import errno
import secrets
import shutil
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import replace as replaced
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage import vault as vault_file
from pact_desktop.storage.audit_check import check_log
from pact_desktop.storage.audit_epochs import begin_epoch
from pact_desktop.storage.database import file_name, file_salt, is_whole, one_file, salt_of
from pact_desktop.storage.durable_file import sync_file, sync_folder
from pact_desktop.storage.exported_copy import export, require_same
from pact_desktop.storage.faults import storage_faults
from pact_desktop.storage.folder_lock import FolderLock
from pact_desktop.storage.keys import KEY_BYTES, KeyRing
from pact_desktop.storage.vault import FileKey, Grant, KeyChange, Vault

Progress = Callable[[float], object]
"""Told how much is done, from 0 to 1."""

_ENDING: Final = ".next"
_ROOM_TO_SPARE: Final = 4 * 1024 * 1024
_PROVED: Final = 0.9
"""Share of the work that is writing and proving; the rest is putting in place."""


def rotate(
    place: Path,
    keyring: KeyRing,
    fresh: Mapping[Compartment, bytes],
    progress: Progress = lambda _done: None,
) -> Vault:
    """Changes the keys of these files to `fresh` while nobody has them open.

    Whoever has a grant of them gets the new key, present or not. The caller holds the lock of the
    folder. Raises Fault: STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_FAILED, STORAGE_DAMAGED,
    STORAGE_FOREIGN. After a Fault `finish` and `following_keyring` say which keys the files have.
    """
    stored = finish(place)
    stored.verified(keyring.root)
    if dict(stored.salts) != dict(keyring.salts):
        raise Fault(FaultCode.STORAGE_FOREIGN, file=vault_file.FILE_NAME)
    _require_room(place, fresh)
    try:
        _write_and_prove(place, stored, keyring, fresh, progress)
        following = _with_change(place, stored, keyring, fresh)
        following.verified(keyring.root)
    except BaseException:
        with suppress(Fault, OSError):
            _throw_away(place)
        raise
    vault_file.save(place, following)
    progress(_PROVED)
    settled = finish(place)
    progress(1.0)
    return settled


def new_keys(compartments: Collection[Compartment]) -> dict[Compartment, bytes]:
    return {one: secrets.token_bytes(KEY_BYTES) for one in sorted(compartments)}


def put_in_order(place: Path) -> None:
    """Before anybody signs in: a change of keys that was cut off is finished or thrown away.

    Needs no key. Raises Fault: STORAGE_IN_USE, STORAGE_DAMAGED, or one of the disk.
    """
    if _is_in_order(place):
        return
    lock = FolderLock(place)
    try:
        finish(place)
    finally:
        lock.release()


def finish(place: Path) -> Vault:
    """The same for whoever holds the lock of the folder; gives the key file of now."""
    stored = vault_file.load(place)
    if stored.changing is not None:
        stored.verified(stored.header.root)
        for file in stored.changing.files:
            _put_in_place(place, file)
        with storage_faults():
            sync_folder(place)
        stored = _settled(place, stored, stored.changing)
        vault_file.save(place, stored)
    elif not vault_file.both_copies_are(place, stored):
        vault_file.save(place, stored)
    _throw_away(place)
    return stored


def following_keyring(
    keyring: KeyRing, stored: Vault, fresh: Mapping[Compartment, bytes]
) -> KeyRing:
    """The keyring that fits the key file: the new key wherever that has moved on."""
    moved = {one for one in fresh if stored.salts[one] != keyring.salts[one]}
    keys = {one: fresh[one] if one in moved else key for one, key in keyring.keys.items()}
    return replaced(keyring, keys=keys, salts=stored.salts)


def size_of(place: Path, compartments: Collection[Compartment]) -> int:
    """Bytes that a change of these keys writes anew."""
    with storage_faults():
        return sum((place / file_name(one)).stat().st_size for one in compartments)


def _write_and_prove(
    place: Path,
    stored: Vault,
    keyring: KeyRing,
    fresh: Mapping[Compartment, bytes],
    progress: Progress,
) -> None:
    total, done = max(1, size_of(place, fresh)), 0
    for compartment, key in fresh.items():
        source, target = place / file_name(compartment), _beside(place, compartment)
        old = keyring.keys[compartment]
        export(source, target, old, key)
        require_same(source, target, old, key)
        if compartment is Compartment.AUDIT:
            _go_on_with_new_keys(target, key, stored, keyring)
        done += size_of(place, [compartment])
        progress(_PROVED * done / total)


def _go_on_with_new_keys(target: Path, key: bytes, stored: Vault, keyring: KeyRing) -> None:
    """The log under its new key links as it did, and its entries get keys of their own."""
    author = keyring.account.account_id
    with one_file(target, Compartment.AUDIT, key) as connection:
        connection.exec_driver_sql("PRAGMA audit.journal_mode = OFF")
        before = check_log(connection, keyring.signers, most=0)
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
        begin_epoch(connection, author, keyring.signing, stored.header.recovery_public)
        connection.commit()
        after = check_log(connection, keyring.signers, most=0)
    with storage_faults():
        sync_file(target)
    if before != after or not is_whole(target, key):
        raise Fault(FaultCode.STORAGE_FAILED, file=target.name)


def _with_change(
    place: Path, stored: Vault, keyring: KeyRing, fresh: Mapping[Compartment, bytes]
) -> Vault:
    """The key file with both keys; everybody who had the old one gets the new one."""
    files: list[FileKey] = []
    grants: list[Grant] = []
    signer, signing = keyring.account.account_id, keyring.signing
    for one, key in fresh.items():
        epoch, salt = stored.epochs[one] + 1, salt_of(_beside(place, one))
        files.append(
            vault_file.file_key(
                stored.header, one, epoch, key, salt, signer=signer, signing=signing
            )
        )
        holders = {grant.user for grant in stored.grants if grant.compartment is one}
        grants += [
            vault_file.grant_key(
                stored.vault_id, slot, one, epoch, key, granter=signer, signing=signing
            )
            for slot in stored.slots
            if slot.user in holders
        ]
    with storage_faults():
        sync_folder(place)
    return replace(
        stored,
        generation=stored.generation + 1,
        changing=KeyChange(tuple(files), tuple(grants)),
    )


def _put_in_place(place: Path, file: FileKey) -> None:
    """Renames the new file over the old one, unless that is done or it is not there any more."""
    beside = _beside(place, file.compartment)
    with storage_faults():
        if not beside.exists() or salt_of(beside) != file.salt:
            return
        target = place / file_name(file.compartment)
        # What a journal would take back belongs to the file that goes.
        target.with_name(f"{target.name}-journal").unlink(missing_ok=True)
        sync_folder(place)
        beside.replace(target)


def _settled(place: Path, stored: Vault, change: KeyChange) -> Vault:
    """Each file keeps the key that it has; one whose successor was taken away stays as it was."""
    moved = {
        file.compartment: file
        for file in change.files
        if file_salt(place, file.compartment) == file.salt
    }
    for compartment, salt in stored.salts.items():
        if compartment not in moved and file_salt(place, compartment) != salt:
            raise Fault(FaultCode.STORAGE_FOREIGN, file=file_name(compartment))
    return replace(
        stored,
        generation=stored.generation + 1,
        files=tuple(moved.get(file.compartment, file) for file in stored.files),
        grants=(
            *(grant for grant in stored.grants if grant.compartment not in moved),
            *(grant for grant in change.grants if grant.compartment in moved),
        ),
        changing=None,
    )


def _is_in_order(place: Path) -> bool:
    stored = vault_file.load(place)
    return (
        stored.changing is None
        and vault_file.both_copies_are(place, stored)
        and not _left_over(place)
    )


def _throw_away(place: Path) -> None:
    """What was written under keys that nobody has."""
    with storage_faults():
        for path in _left_over(place):
            path.unlink()


def _left_over(place: Path) -> list[Path]:
    with storage_faults():
        return sorted(place.glob(f"*{_ENDING}*"))


def _beside(place: Path, compartment: Compartment) -> Path:
    return place / f"{file_name(compartment)}{_ENDING}"


def _require_room(place: Path, compartments: Collection[Compartment]) -> None:
    with storage_faults():
        if shutil.disk_usage(place).free < size_of(place, compartments) + _ROOM_TO_SPARE:
            raise OSError(errno.ENOSPC, "no room")
