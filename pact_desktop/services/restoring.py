# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings the records of a facility back from a backup, into a folder that has none.

Everything happens beside: unpacked, opened, compared, given new people, opened by them. Only then
it gets its name, in one step. What was interrupted is no facility, and is begun again.
"""

import shutil
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from pact_desktop.domain.accounts import CLINICIANS, Account, Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent, LogCheck
from pact_desktop.domain.backup import BackupContents
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.facility import Facility
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.sealing import SealedId
from pact_desktop.services.public_notice import write_public_notice
from pact_desktop.services.session import Clock
from pact_desktop.services.set_up import (
    NewStaff,
    first_grants,
    first_people,
    first_slots,
    fresh_place,
    is_set_up,
    put_in_place,
)
from pact_desktop.storage import device_key, sealed_boxes, vault
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage.accounts import (
    insert_account,
    leave_accounts_behind,
    left_behind,
    load_accounts,
)
from pact_desktop.storage.audit_log import head
from pact_desktop.storage.backup_format import ORDER, Manifest, Unlocked, damaged, unlock
from pact_desktop.storage.backup_reading import (
    BackupFile,
    Step,
    always,
    examine,
    said_of_a_copy,
)
from pact_desktop.storage.database import Database
from pact_desktop.storage.erasure import erase_record
from pact_desktop.storage.facility import load_facility
from pact_desktop.storage.faults import storage_faults
from pact_desktop.storage.kdf import KdfPolicy
from pact_desktop.storage.keys import KeyRing, SealingKey
from pact_desktop.storage.sealed_boxes import BoxKind
from pact_desktop.storage.sealed_epochs import last_given
from pact_desktop.storage.sign_in import Person
from pact_desktop.storage.store import Store
from pact_desktop.storage.tombstones import (
    Tombstone,
    add_tombstone,
    load_tombstones,
    remember_erased,
    remembered_erased,
)
from pact_desktop.storage.vault import FileKey, Header, Vault

_UNPACKING = 0.5
"""Share of the work that is unpacking; before it the whole file is read once."""


@dataclass(frozen=True, slots=True)
class Restored:
    """Who begins, and how many records went again because they had been erased."""

    accounts: tuple[Account, ...]
    erased_again: int


@dataclass(frozen=True, slots=True)
class PendingRestore:
    """Records that lie beside their place, compared with the manifest; nobody can sign in yet."""

    contents: BackupContents
    log: LogCheck
    """Whether the log inside is as it was written."""
    facility: Facility = field(repr=False)
    earlier: tuple[Account, ...] = field(repr=False)
    """Who worked here when the backup was made; none of these accounts comes back."""
    folder: Path
    place: Path
    device_folder: Path
    manifest: Manifest = field(repr=False)
    unlocked: Unlocked = field(repr=False)
    clock: Clock = field(repr=False)
    kdf: KdfPolicy


def begin_restore(
    path: Path,
    folder: Path,
    code: str,
    clock: Clock,
    *,
    device_folder: Path | None = None,
    kdf: KdfPolicy | None = None,
    step: Step = always,
) -> PendingRestore:
    """Unpacks and compares a backup beside the place where records would lie.

    Raises Refusal: RESTORE_PLACE_TAKEN, RECOVERY_CODE_WRONG, RECOVERY_CODE_OTHER, BACKUP_STOPPED;
    Fault: as `BackupFile`, `unlock` and `examine`. Nothing that was there is touched.
    """
    require_no_records(folder)
    with BackupFile(path) as file:
        unlocked = unlock(file.manifest, code)
        file.check(lambda done: step(_UNPACKING * done))
        place = _place_beside(folder)
        try:
            file.unpack(place, lambda done: step(_UNPACKING + (1 - _UNPACKING) * done))
            log = examine(place, file.manifest, unlocked)
            facility, earlier = _what_it_holds(place, unlocked.keys)
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise
        return PendingRestore(
            contents=file.contents,
            log=log,
            facility=facility,
            earlier=tuple(earlier),
            folder=folder,
            place=place,
            device_folder=device_folder or device_key.default_folder(),
            manifest=file.manifest,
            unlocked=unlocked,
            clock=clock,
            kdf=kdf or KdfPolicy(),
        )


def finish_restore(
    pending: PendingRestore, staff: Sequence[NewStaff], erased: Sequence[CaseNumber] = ()
) -> Restored:
    """Gives the records a manager and whoever follows, in one step that happens or does not.

    Names of patients open for the nurse or doctor among them, as after a set-up; everybody else
    gets a new account from the manager. Records that were erased after the backup was made go
    again: those this computer remembers, and those whose numbers are given.

    Raises Refusal as `set_up.begin_set_up`, after which it can be tried again;
    RESTORE_PLACE_TAKEN; or a Fault of the disk, after which all is begun anew.
    """
    require_no_records(pending.folder)
    earlier = [left_behind(account) for account in pending.earlier]
    people = first_people(pending.facility, staff, earlier=earlier)
    keyring = _keyring(pending, people)
    slots_made = first_slots(people, staff, keyring, pending.kdf)
    epochs = dict(zip(ORDER, pending.manifest.epochs, strict=True))
    grants = [grant for slot in slots_made for grant in first_grants(slot, keyring, epochs)]
    header = _header(pending, keyring)
    signer, signature = vault.sign_header(header, keyring.account.account_id, keyring.signing)
    files = _file_keys(pending, keyring)
    made = Vault(1, 1, header, signer, signature, files, slots_made, tuple(grants))
    made.verified(keyring.root)
    try:
        device_key.keep(pending.device_folder, keyring.device_key)
        gone = _write_people(pending, keyring, people, erased)
        vault.save(pending.place, made)
        _prove(pending, people, staff)
        write_public_notice(pending.folder, pending.facility)
        put_in_place(pending.place, pending.folder)
        remember_erased(pending.device_folder, keyring.device_key, keyring.vault_id, erased)
    except Fault as fault:
        abandon_restore(pending)
        raise said_of_a_copy(fault) from None
    return Restored(tuple(person.account for person in people), gone)


def abandon_restore(pending: PendingRestore) -> None:
    """Takes away what was unpacked; the backup stays as it is."""
    shutil.rmtree(pending.place, ignore_errors=True)


def require_new_folder(folder: Path) -> None:
    """Raises Refusal(RESTORE_PLACE_TAKEN) unless nothing is there but a restore cut off before."""
    with storage_faults():
        if not folder.exists():
            return
        if not folder.is_dir() or any(p.name != "records-unfinished" for p in folder.iterdir()):
            raise Refusal(RefusalCode.RESTORE_PLACE_TAKEN)


def require_no_records(folder: Path) -> None:
    """Raises Refusal(RESTORE_PLACE_TAKEN) when a facility is set up there."""
    if is_set_up(folder):
        raise Refusal(RefusalCode.RESTORE_PLACE_TAKEN)


def _place_beside(folder: Path) -> Path:
    try:
        return fresh_place(folder)
    except Fault as fault:
        raise said_of_a_copy(fault) from None


def _what_it_holds(
    place: Path, keys: Mapping[Compartment, bytes]
) -> tuple[Facility, list[Account]]:
    database = Database(place, {Compartment.CONFIG: keys[Compartment.CONFIG]})
    try:
        with storage_faults(), database.connect() as connection:
            facility, earlier = load_facility(connection), load_accounts(connection)
    finally:
        database.close()
    if facility is None:
        raise damaged()
    return facility, earlier


def _keyring(pending: PendingRestore, people: Sequence[Person]) -> KeyRing:
    """All four keys in the new manager's name: once, to enter the new people."""
    manager, unlocked = people[0], pending.unlocked
    signers = {person.account.account_id: person.signing.public for person in people}
    return KeyRing(
        account=manager.account,
        vault_id=pending.manifest.vault,
        root=manager.signing.public,
        keys=unlocked.keys,
        salts=pending.manifest.file_salts,
        signing_seed=manager.signing.seed,
        device_key=device_key.load_or_make(pending.device_folder),
        signers={**unlocked.signers, **signers},
    )


def _file_keys(pending: PendingRestore, keyring: KeyRing) -> tuple[FileKey, ...]:
    """Keys and boxes are those of the backup; the new manager vouches for them."""
    manifest, signer = pending.manifest, keyring.account.account_id
    found = zip(ORDER, manifest.epochs, manifest.salts, manifest.recovery_sealed, strict=True)
    unsigned = (FileKey(one, epoch, salt, box, signer, b"") for one, epoch, salt, box in found)
    return tuple(vault.sign_file_key(file, manifest.vault, keyring.signing) for file in unsigned)


def _header(pending: PendingRestore, keyring: KeyRing) -> Header:
    """The recovery sheet stays the same."""
    manifest = pending.manifest
    return Header(
        vault_id=manifest.vault,
        root=keyring.root,
        root_user=keyring.account.account_id,
        device_check=vault.device_check(keyring.device_key, manifest.vault),
        recovery_public=manifest.recovery_public,
        past_signers={str(user): key for user, key in pending.unlocked.signers.items()},
    )


def _write_people(
    pending: PendingRestore,
    keyring: KeyRing,
    people: Sequence[Person],
    erased: Sequence[CaseNumber],
) -> int:
    """Gives how many records were erased again."""
    known = remembered_erased(pending.device_folder, keyring.device_key, keyring.vault_id)
    ended = [account for account in pending.earlier if account.active]
    events = [
        AuditEvent(AuditAction.BACKUP_RESTORED, subject=pending.contents.backup_id),
        *(_event(AuditAction.ACCOUNT_ENDED, account) for account in ended),
        *(_event(AuditAction.ACCOUNT_CREATED, person.account) for person in people),
    ]
    store = Store.open(pending.place, keyring, keyring.account, pending.clock)
    try:
        with store.changing(*events) as connection:
            leave_accounts_behind(connection)
            for person in people:
                insert_account(connection, person.account, pending.clock())
        moment = pending.clock()
        wanted = dict.fromkeys((*known, *erased))
        closed = _closed_ones(store, pending.unlocked.pair, wanted)
        gone = [one for one in wanted if _gone(store, one, moment, closed.get(one))]
        store.finish_erasures()
    finally:
        store.close()
    return len(gone)


def _closed_ones(
    store: Store, pair: SealingKey, wanted: Collection[CaseNumber]
) -> dict[CaseNumber, SealedId]:
    """Closed records among them, which the recovery sheet alone can tell; damaged ones stay."""
    found: dict[CaseNumber, SealedId] = {}
    if not wanted:
        return found
    with store.reading(AuditEvent(AuditAction.RECORDS_RECOVERED, reason="restored")) as connection:
        givens = last_given(connection)
        for record_id, epoch in sealed_boxes.records(connection):
            for box in sealed_boxes.boxes_of(connection, record_id, epoch):
                if box.kind is not BoxKind.RECOVERY:
                    continue
                with suppress(Fault):
                    opened, _ = store.closed.read(connection, box, pair, givens)
                    if opened.record.case_number in wanted:
                        found[opened.record.case_number] = record_id
    return found


def _gone(store: Store, number: CaseNumber, moment: datetime, closed: SealedId | None) -> bool:
    """Whether a record of that number was there, and goes again; it is remembered in any case."""
    with store.reading_config() as connection:
        known = any(stone.record == number for stone in load_tombstones(connection))
    if known and closed is None:
        return False
    with store.changing(AuditEvent(AuditAction.ERASED_AGAIN, number)) as connection:
        if not known:
            sequence = head(connection).sequence
            add_tombstone(connection, Tombstone(number, moment, sequence, None))
        if closed is not None:
            store.closed.delete(connection, closed)
        return erase_record(connection, number) or closed is not None


def _event(action: AuditAction, account: Account) -> AuditEvent:
    return AuditEvent(action, subject=account.staff_code, reason="restored")


def _prove(pending: PendingRestore, people: Sequence[Person], staff: Sequence[NewStaff]) -> None:
    """Everybody's own passphrase opens what they will work with, on connections of their own."""
    stored, key = vault.load(pending.place), device_key.load(pending.device_folder)
    for made, new in zip(people, staff, strict=True):
        slot = stored.slot(made.account.account_id)
        person = slots.open_slot(stored, slot, new.passphrase, key, pending.kdf)
        if person is None:
            raise Fault(FaultCode.STORAGE_DAMAGED, file=vault.FILE_NAME)
        keyring = slots.keyring_of(stored, person, key)
        if person.account.role in CLINICIANS and set(keyring.keys) != set(Compartment):
            raise Fault(FaultCode.STORAGE_DAMAGED, file=vault.FILE_NAME)
        Store.open(pending.place, keyring, person.account, pending.clock).close()
