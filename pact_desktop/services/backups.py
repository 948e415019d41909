# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups of a facility at work: made, looked at, and opened with the recovery sheet as a test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pact_desktop.domain.accounts import AccountId, Compartment, Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent, LogCheck
from pact_desktop.domain.backup import (
    Backup,
    BackupContents,
    BackupKind,
    BackupStanding,
    standing,
)
from pact_desktop.domain.errors import Fault, FaultCode, PactError, Refusal, RefusalCode
from pact_desktop.services.backup_note import write_note
from pact_desktop.services.session import Session
from pact_desktop.services.staff import verified_vault
from pact_desktop.storage import audit_log
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_check import holds
from pact_desktop.storage.backup_format import ENDING, Manifest, damaged, unlock
from pact_desktop.storage.backup_making import Wanted, make, new_id
from pact_desktop.storage.backup_reading import (
    BackupFile,
    Step,
    always,
    examine,
    said_of_a_copy,
)
from pact_desktop.storage.backup_sources import Sources
from pact_desktop.storage.backups import insert_backup, last_seen, load_backups, note_test
from pact_desktop.storage.facility import load_facility
from pact_desktop.storage.faults import fault_of
from pact_desktop.storage.store import Transaction

__all__ = [
    "ENDING",
    "FileCheck",
    "MadeBackup",
    "Step",
    "backup_standing",
    "check_file",
    "examine_backup",
    "list_backups",
    "make_backup",
    "rehearse_restore",
    "require_backup",
    "require_target",
]

_CHECKING: Final = "backup-check-"
_WHOLE: Final = "whole"
_LOOKING: Final = 0.5
"""Share of a test that is reading the file; the rest is unpacking it."""


@dataclass(frozen=True, slots=True)
class MadeBackup:
    """Where the file lies, and what the facility remembers of it."""

    path: Path
    backup: Backup


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What a file was found to be."""

    contents: BackupContents
    log: LogCheck | None = None
    """The log inside, when the recovery sheet was used."""


def make_backup(session: Session, folder: Path, step: Step = always) -> MadeBackup:
    """Writes one file into the folder, and beside it a page that says what it is.

    The names are copied too, by whoever cannot open them: what is copied stays encrypted.
    Raises Refusal: NOT_ALLOWED, BACKUP_INSIDE_RECORDS, BACKUP_STOPPED; Fault as
    `backup_making.make`.
    """
    session.require(Permission.BACK_UP)
    store = session.store
    _require_elsewhere(folder, store.place.parent)
    _take_away_leftovers(store.place.parent)
    backup_id = new_id()
    with store.changing(AuditEvent(AuditAction.BACKUP_STARTED, subject=backup_id)):
        pass
    with Sources(store.place) as sources, store.still() as connection:
        wanted = Wanted(
            backup_id=backup_id,
            kind=BackupKind.ASKED,
            folder=folder,
            moment=session.now,
            vault=verified_vault(session),
            keyring=store.keyring,
            end=_end_of_log(session, connection),
            log_seen=store.holds(Compartment.AUDIT),
        )
        made = make(store.place, wanted, sources, step)
        facility = load_facility(connection)
    with store.changing(AuditEvent(AuditAction.BACKUP_MADE, subject=backup_id)) as connection:
        insert_backup(connection, made.manifest, made.size, on_same_disk=made.on_same_disk)
        known = load_backups(connection)
    if facility is not None:
        write_note(folder, facility)
    return MadeBackup(made.path, next(one for one in known if one.backup_id == backup_id))


def require_target(folder: Path, data: Path) -> None:
    """Before anybody types for it. Raises Refusal: FOLDER_MISSING, BACKUP_INSIDE_RECORDS."""
    if not folder.is_dir():
        raise Refusal(RefusalCode.FOLDER_MISSING)
    _require_elsewhere(folder, data)


def require_backup(path: Path) -> None:
    """The same for a file that should be a backup; raises Fault as `BackupFile`."""
    with BackupFile(path):
        return


def backup_standing(session: Session) -> BackupStanding:
    """When the last backup and the last test were; everybody who works here may know."""
    with session.store.reading_config() as connection:
        return standing(load_backups(connection))


def list_backups(session: Session) -> list[Backup]:
    """Every file that was made here, newest first. Raises Refusal(NOT_ALLOWED)."""
    session.require(Permission.BACK_UP)
    with session.store.reading_config() as connection:
        return load_backups(connection)


def examine_backup(session: Session, path: Path, step: Step = always) -> FileCheck:
    """Reads all of a file without the sheet: nothing is missing, and somebody of here made it.

    Raises Refusal: NOT_ALLOWED, BACKUP_OTHER_FACILITY, BACKUP_STOPPED; Fault: as `BackupFile`,
    and RECORDS_SET_BACK when the records at hand are older than the backup.
    """
    session.require(Permission.BACK_UP)
    action = AuditAction.BACKUP_EXAMINED
    with _failure_noted(session, action, path) as file:
        file.check(step)
        _require_from_here(session, file.manifest)
        checked = FileCheck(file.contents)
    with session.store.changing(_event(action, checked.contents.backup_id, _WHOLE)):
        return checked


def rehearse_restore(session: Session, path: Path, code: str, step: Step = always) -> FileCheck:
    """A restore that is thrown away: every file is unpacked, opened and compared.

    Raises as `examine_backup`, Refusal: RECOVERY_CODE_WRONG, RECOVERY_CODE_OTHER, and Fault:
    BACKUP_DAMAGED, BACKUP_NEWER, BACKUP_NO_ROOM.
    """
    session.require(Permission.BACK_UP)
    home, action = session.store.place.parent, AuditAction.BACKUP_TESTED
    with _failure_noted(session, action, path) as file:
        file.check(lambda done: step(_LOOKING * done))
        _require_from_here(session, file.manifest)
        _take_away_leftovers(home)
        log = _opened(file, code, home, lambda done: step(_LOOKING + (1 - _LOOKING) * done))
        manifest, checked = file.manifest, FileCheck(file.contents, log)
    event = _event(action, manifest.backup_id, _WHOLE)
    with session.store.changing(event) as connection:
        note_test(connection, manifest, checked.contents.size, session.now)
    return checked


def check_file(path: Path, code: str | None, step: Step = always) -> FileCheck:
    """The same without a session, on any computer; nothing is written into a log.

    Without the code it is not proved that the maker works at the facility.
    """
    with BackupFile(path) as file:
        file.check(step)
        log = None if code is None else _opened(file, code, None, step)
        return FileCheck(file.contents, log)


def _require_elsewhere(folder: Path, data: Path) -> None:
    if folder.resolve().is_relative_to(data.resolve()):
        raise Refusal(RefusalCode.BACKUP_INSIDE_RECORDS)


def _take_away_leftovers(home: Path) -> None:
    """What a test left that was cut off; no other one runs, because the records are open here."""
    for leftover in home.glob(f"{_CHECKING}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _opened(file: BackupFile, code: str, home: Path | None, step: Step) -> LogCheck:
    unlocked = unlock(file.manifest, code)
    with _folder_for_copies(home) as place:
        file.unpack(place, step)
        return examine(place, file.manifest, unlocked)


@contextmanager
def _folder_for_copies(home: Path | None) -> Iterator[Path]:
    """What lies in it is encrypted, as it was on the stick."""
    try:
        folder = TemporaryDirectory(prefix=_CHECKING, dir=home, ignore_cleanup_errors=True)
    except OSError as error:
        raise said_of_a_copy(fault_of(error)) from None
    with folder as name:
        yield Path(name)


def _require_from_here(session: Session, manifest: Manifest) -> None:
    keyring = session.store.keyring
    if manifest.vault != keyring.vault_id:
        raise Refusal(RefusalCode.BACKUP_OTHER_FACILITY)
    if keyring.signers.get(AccountId(manifest.maker)) != manifest.maker_signing:
        raise damaged()
    if manifest.sequence and session.store.holds(Compartment.AUDIT):
        with session.store.reading_config() as connection:
            if not holds(connection, manifest.end):
                raise Fault(FaultCode.RECORDS_SET_BACK)


def _end_of_log(session: Session, connection: Transaction) -> Head:
    """The end itself, or for whoever cannot read the log where it last was seen."""
    if session.store.holds(Compartment.AUDIT):
        return audit_log.head(connection)
    return last_seen(connection)


@contextmanager
def _failure_noted(session: Session, action: AuditAction, path: Path) -> Iterator[BackupFile]:
    """Opens a file; when that or what follows fails, the log says which file and how."""
    backup_id = ""
    try:
        with BackupFile(path) as file:
            backup_id = file.manifest.backup_id
            yield file
    except PactError as error:
        with session.store.changing(_event(action, backup_id, error.code.value)):
            pass
        raise


def _event(action: AuditAction, backup_id: str, outcome: str) -> AuditEvent:
    return AuditEvent(action, subject=backup_id, reason=outcome)
