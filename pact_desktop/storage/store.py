# SPDX-License-Identifier: GPL-3.0-or-later
"""The only door to the records: no look and no change without its entry in the audit log."""

import secrets
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Final, TypeVar

from sqlalchemy import Connection

from pact_desktop.diagnostics import note_error
from pact_desktop.domain.accounts import Account, Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent, LogCheck
from pact_desktop.domain.errors import Fault
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage import audit_log, erasure
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_log import Writer
from pact_desktop.storage.audit_marks import remember, remember_in_config
from pact_desktop.storage.audit_opening import check_at_opening
from pact_desktop.storage.backup_before_update import copy_before_update
from pact_desktop.storage.backup_making import Made
from pact_desktop.storage.backup_sources import Sources
from pact_desktop.storage.backups import insert_backup
from pact_desktop.storage.closed_records import ClosedRecords, Opened
from pact_desktop.storage.database import Database, check_integrity, require_files
from pact_desktop.storage.faults import storage_faults
from pact_desktop.storage.folder_lock import FolderLock
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.migrations import behind, bring_up_to_date
from pact_desktop.storage.rotation import (
    Progress,
    finish,
    following_keyring,
    new_keys,
    rotate,
)
from pact_desktop.storage.tombstones import load_tombstones, remember_erased

Clock = Callable[[], datetime]
Found = TypeVar("Found")
Transaction = Connection
"""What a body of `reading` or `changing` gets; services pass it on and never look into it."""


class Store:
    """The open files of one person's keyring."""

    def __init__(
        self,
        place: Path,
        database: Database,
        *,
        lock: FolderLock,
        keyring: KeyRing,
        actor: Account,
        clock: Clock,
    ) -> None:
        self.place: Final = place
        self.actor: Final = actor
        self.session_id: Final = secrets.token_hex(8)
        self._database: Database | None = database
        self._keyring = keyring
        self._fresh: dict[Compartment, bytes] = {}
        """Keys that were being given to files when the disk failed."""
        self._lock: Final = lock
        self._clock: Final = clock
        self._turn: Final = RLock()
        self.closed = ClosedRecords(database, keyring)
        """Closed records that this person can open."""
        self._writer: Final = Writer(actor.account_id, self.session_id, keyring.signing)
        self._busy = False
        self.log_check = LogCheck()
        """What was found in the audit log when it was opened; nothing without its key."""

    @classmethod
    def create(cls, place: Path, keyring: KeyRing, recovery_public: bytes) -> None:
        """Makes the four files in a folder that has none of them."""
        database = Database.create(place, keyring.keys)
        try:
            with storage_faults(), database.connect() as connection:
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
                bring_up_to_date(connection, keyring.keys, new=True)
                audit_log.begin_chain(connection, recovery_public)
                connection.commit()
        finally:
            database.close()

    @classmethod
    def open(cls, place: Path, keyring: KeyRing, actor: Account, clock: Clock) -> "Store":
        """Checks everything that can be checked, then opens.

        Raises Fault: STORAGE_IN_USE, STORAGE_INCOMPLETE, STORAGE_FOREIGN, STORAGE_DAMAGED,
        STORAGE_NEWER, STORAGE_READ_ONLY, STORAGE_FULL. Nothing is ever created or replaced.
        """
        require_files(place)
        lock = FolderLock(place)
        try:
            check_integrity(place, keyring.keys, keyring.salts)
            database = Database(place, keyring.keys)
            store = cls(place, database, lock=lock, keyring=keyring, actor=actor, clock=clock)
            store._make_ready()
            store.finish_erasures()
        except BaseException:
            lock.release()
            raise
        return store

    @staticmethod
    def would_open(place: Path, keys: Mapping[Compartment, bytes | None]) -> bool:
        """Whether these keys open all four files and everything in them is whole."""
        held = {compartment: key for compartment, key in keys.items() if key is not None}
        if set(held) != set(Compartment):
            return False
        check_integrity(place, held, {})
        return True

    def holds(self, compartment: Compartment) -> bool:
        return self._keyring.holds(compartment)

    @property
    def keyring(self) -> KeyRing:
        """With the keys of now."""
        return self._keyring

    def change_keys(
        self, compartments: Collection[Compartment], progress: Progress = lambda _done: None
    ) -> None:
        """New keys for these files, for everybody who has a grant of them (`rotation`).

        Raises Fault as `rotation.rotate`; then the keys are the old ones, or it is known when
        the files are next asked for.
        """
        with self._turn:
            self._require_rest()
            self._fresh = new_keys(compartments)
            self._close_files()
            try:
                rotate(self.place, self._keyring, self._fresh, progress)
            except Fault:
                self._reopen()
                if any(self._keyring.keys[one] != key for one, key in self._fresh.items()):
                    raise
            else:
                self._reopen()

    def settle(self) -> None:
        """Before the key file is read to be changed: what a failed change of keys left is done.

        Raises Fault as `rotation.finish`; then nobody must write the key file.
        """
        with self._turn:
            if self._database is None:
                self._reopen()

    @contextmanager
    def reading(self, *events: AuditEvent) -> Iterator[Connection]:
        """The look is in the log before the body sees a row; if it cannot be, nothing is shown."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            self._log(connection, events)
            connection.commit()
            connection.exec_driver_sql("BEGIN")
            self.closed.over_both(connection)
            yield connection

    @contextmanager
    def changing(self, *events: AuditEvent) -> Iterator[Connection]:
        """The change and its entries are saved together, or neither is.

        A change whose events name closed records reaches closed records alone.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            self._log(connection, events)
            closed = self._closed_ones(events)
            if closed:
                self.closed.over_closed(connection)
            yield connection
            gone = [one for one in closed if not self.closed.save(connection, one)]
            connection.commit()
        for one in gone:
            del self.closed.opened[one.record.case_number]

    @contextmanager
    def rearranging(self, *events: AuditEvent) -> Iterator[Connection]:
        """As `changing`, for what opens or closes a record: nothing is packed on the way out."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            self._log(connection, events)
            yield connection
            connection.commit()

    def search(self, look: Callable[[Connection], tuple[Found, AuditEvent | None]]) -> Found:
        """For a look whose entry says what was found: both are one transaction.

        `look` gives what it found with its entry; None only when no row about a patient was read.
        If the entry cannot be kept, nothing is shown.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            self.closed.over_both(connection)
            found, event = look(connection)
            if event is not None:
                self._log(connection, (event,))
            connection.commit()
        return found

    @contextmanager
    def reading_config(self) -> Iterator[Connection]:
        """For the facility, the directory, the accounts and the log itself: without an entry.

        Of a patient only the random numbers may be read here that the entry of a look needs first
        (which case a visit or a referral belongs to), and how many visits a list will show. No
        name, date, answer or text: those want `reading`, `search` or `changing`.
        """
        with self._transaction("BEGIN") as connection:
            self.closed.over_both(connection)
            yield connection

    @contextmanager
    def still(self) -> Iterator[Connection]:
        """Nobody writes meanwhile, so that all four files on the disk are of one moment.

        Both checks of every file held are made first: what is copied is whole.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            check_integrity(self.place, self.keyring.keys, self.keyring.salts)
            yield connection

    @property
    def head(self) -> Head | None:
        """Where the audit log ends, for those who may read it."""
        if not self.holds(Compartment.AUDIT):
            return None
        with self._transaction("BEGIN") as connection:
            return audit_log.head(connection)

    def remember_end(self) -> None:
        """Notes where the log ends, in the configuration and on this computer.

        Of a log that was found changed nothing new is remembered: the next sign-in finds it again.
        """
        if not self.holds(Compartment.AUDIT) or not self.log_check.whole:
            return
        with self._transaction("BEGIN IMMEDIATE") as connection:
            end = audit_log.head(connection)
            remember_in_config(connection, end)
            connection.commit()
        remember(self.keyring, end, self._clock())

    def finish_erasures(self) -> bool:
        """Writes files anew in which something was erased, so that no free page remembers it.

        Also tells this computer which records are gone. What a full disk or a cut leaves over is
        done when the records are opened next; False while something is left over.
        """
        with self._transaction("BEGIN") as connection:
            left = [one for one in erasure.unfinished(connection) if self.holds(one)]
            stones = load_tombstones(connection) if self.holds(Compartment.CASES) else []
        told = self._tell_computer([one.record for one in stones if one.record is not None])
        for compartment in left:
            try:
                with self._turn, storage_faults():
                    database = self._database or self._reopen()
                    with self.closed.without_views():
                        database.compact(compartment)
            except Fault as fault:
                note_error(fault)
                return False
            with self._transaction("BEGIN IMMEDIATE") as connection:
                erasure.finished(connection, compartment)
                connection.commit()
        return told

    def _tell_computer(self, gone: Collection[CaseNumber]) -> bool:
        """Asked for at every start: a folder that took nothing yesterday may take it today."""
        if not gone or not self.keyring.device_folder:
            return True
        return remember_erased(
            Path(self.keyring.device_folder),
            self.keyring.device_key,
            self.keyring.vault_id,
            gone,
        )

    def close(self) -> None:
        self._close_files()
        self._lock.release()

    def _close_files(self) -> None:
        if self._database is not None:
            self._database.close()
            self._database = None

    def _reopen(self) -> Database:
        """After a change of keys: with those that the key file names now."""
        self._keyring = following_keyring(self._keyring, finish(self.place), self._fresh)
        self._database = database = Database(self.place, self._keyring.keys)
        earlier = self.closed
        self.closed = ClosedRecords(database, self._keyring, earlier.boot_clock)
        try:
            with storage_faults():
                self.closed.open_mine()
                self.closed.carry_on(earlier)
        except BaseException:
            # Whoever asks next tries all of it again.
            self.closed = earlier
            self._close_files()
            raise
        return database

    def _require_rest(self) -> None:
        if self._busy:
            message = "one transaction at a time: end the open one first"
            raise RuntimeError(message)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[Connection]:
        with self._turn:
            self._require_rest()
            self._busy = True
            try:
                database = self._database or self._reopen()
                self.closed.forget_expired()
                with storage_faults(), database.connect() as connection:
                    connection.exec_driver_sql(begin)
                    yield connection
            finally:
                self._busy = False

    def _closed_ones(self, events: tuple[AuditEvent, ...]) -> list[Opened]:
        """The closed records that a change is about."""
        about = {event.case_number for event in events if event.case_number is not None}
        found = [self.closed.opened[one] for one in about if one in self.closed.opened]
        if found and len(found) != len(about):
            message = "a change is about closed records or about open ones"
            raise ValueError(message)
        return found

    def _log(self, connection: Connection, events: tuple[AuditEvent, ...]) -> None:
        if not events:
            message = "every look and every change names its event"
            raise ValueError(message)
        for event in events:
            if self.holds(Compartment.AUDIT):
                audit_log.append(connection, self._writer, event, self._clock())
            else:
                audit_log.append_admin_event(connection, self._writer, event, self._clock())

    def _make_ready(self) -> None:
        try:
            with ExitStack() as after, self._transaction("BEGIN EXCLUSIVE") as connection:
                copied = self._bring_up_to_date(connection, after)
                if self.holds(Compartment.AUDIT):
                    self.log_check = check_at_opening(connection, self.keyring, self._writer)
                if copied is not None:
                    self._note_copy(connection, copied)
                connection.commit()
            with storage_faults():
                self.closed.open_mine()
        except BaseException:
            self._close_files()
            raise

    def _bring_up_to_date(self, connection: Connection, after: ExitStack) -> Made | None:
        """Gives the backup that was made first, when there was something to do."""
        older = behind(connection, self._keyring.keys)
        if not older:
            return None
        made = copy_before_update(
            self.place,
            connection,
            self.keyring,
            older=older,
            moment=self._clock(),
            sources=after.enter_context(Sources(self.place)),
        )
        bring_up_to_date(connection, older)
        return made

    def _note_copy(self, connection: Connection, made: Made) -> None:
        kind, backup_id = made.manifest.kind.value, made.manifest.backup_id
        self._log(connection, (AuditEvent(AuditAction.BACKUP_MADE, None, backup_id, kind),))
        insert_backup(connection, made.manifest, made.size, on_same_disk=made.on_same_disk)
