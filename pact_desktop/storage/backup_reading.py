# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens a backup: without a secret it is compared with its manifest, with the sheet it is read."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol, Self

from sqlalchemy import Connection

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import FindingKind, LogCheck
from pact_desktop.domain.backup import BackupContents
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.storage import audit_log
from pact_desktop.storage.audit_check import Mark, check_log
from pact_desktop.storage.audit_epochs import first_keys
from pact_desktop.storage.audit_marks import remembered_in_config
from pact_desktop.storage.backup_format import (
    ORDER,
    Manifest,
    Unlocked,
    cut,
    damaged,
    read_manifest,
)
from pact_desktop.storage.database import Database, check_integrity, file_name
from pact_desktop.storage.durable_file import sync_folder
from pact_desktop.storage.faults import fault_of, storage_faults
from pact_desktop.storage.migrations import bring_up_to_date

Step = Callable[[float], bool]
"""Told how much is done, from 0 to 1; answers whether to go on."""

CHUNK: Final = 1024 * 1024
_PRIVATE: Final = 0o600
_ELSEWHERE: Final = frozenset({FindingKind.OLDER_COPY, FindingKind.OTHER_HISTORY})
"""The log does not hold the entry that it once ended with."""
_BINARY: Final = getattr(os, "O_BINARY", 0)
"""Windows would change line ends otherwise."""
_SAID_OF_A_COPY: Final = {
    FaultCode.STORAGE_DAMAGED: FaultCode.BACKUP_DAMAGED,
    FaultCode.STORAGE_FOREIGN: FaultCode.BACKUP_DAMAGED,
    FaultCode.STORAGE_INCOMPLETE: FaultCode.BACKUP_DAMAGED,
    FaultCode.STORAGE_NEWER: FaultCode.BACKUP_NEWER,
    FaultCode.STORAGE_FULL: FaultCode.BACKUP_NO_ROOM,
}


def always(_done: float) -> bool:
    """For whoever waits to the end."""
    return True


class BackupFile:
    """A backup whose manifest is signed and whose length is right."""

    def __init__(self, path: Path) -> None:
        """Raises Fault: FILE_NOT_READ, BACKUP_FOREIGN, BACKUP_NEWER, BACKUP_CUT, BACKUP_DAMAGED."""
        if not path.is_file():
            raise Fault(FaultCode.FILE_NOT_READ)
        with _reading():
            self._file: Final = path.open("rb")
        try:
            with _reading():
                self.size: Final = os.fstat(self._file.fileno()).st_size
                self.manifest: Final = read_manifest(self._file)
                self._start: Final = self._file.tell()
            self._require_length()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    @property
    def contents(self) -> BackupContents:
        manifest = self.manifest
        return BackupContents(
            backup_id=manifest.backup_id,
            kind=manifest.kind,
            made_at=manifest.made,
            made_by=AccountId(manifest.maker),
            sequence=manifest.sequence,
            anchor=manifest.end.anchor,
            size=self.size,
            program=manifest.program,
        )

    def check(self, step: Step = always) -> None:
        """Reads all of it; raises Fault(BACKUP_DAMAGED) when a byte is not as it was made."""
        _out_of_memory(self._file)
        for _, chunk in self._chunks(step):
            del chunk

    def unpack(self, place: Path, step: Step = always) -> None:
        """Writes the four files into an empty folder, checked on the way and on the disk.

        Raises Fault as `check`, and BACKUP_NO_ROOM or another fault of that disk.
        """
        with ExitStack() as files:
            writing = [
                files.enter_context(private_file(place / file_name(compartment), _copying))
                for compartment in ORDER
            ]
            for number, chunk in self._chunks(step):
                writing[number](chunk)
        with _copying():
            sync_folder(place)

    def _chunks(self, step: Step) -> Iterator[tuple[int, bytes]]:
        with _reading():
            self._file.seek(self._start)
        read, total = 0, max(1, sum(member.size for member in self.manifest.members))
        for number, member in enumerate(self.manifest.members):
            digest, left = sha256(), member.size
            while left:
                with _reading():
                    chunk = self._file.read(min(CHUNK, left))
                if not chunk:
                    raise cut()
                digest.update(chunk)
                left -= len(chunk)
                read += len(chunk)
                yield number, chunk
                require_going_on(step, read / total)
            if digest.digest() != member.sha256:
                raise damaged()

    def _require_length(self) -> None:
        expected = self._start + sum(member.size for member in self.manifest.members)
        if self.size < expected:
            raise cut()
        if self.size > expected:
            raise damaged()


def examine(place: Path, manifest: Manifest, unlocked: Unlocked) -> LogCheck:
    """Opens the unpacked files with their keys and compares them with the manifest.

    Every page, the form of the records, every entry of the log from its first key on. An older
    form is brought up to date: the folder is a copy. A log that was not whole when the backup
    was made is told and is no damage of the backup.

    Raises Fault: BACKUP_DAMAGED, BACKUP_NEWER, BACKUP_NO_ROOM.
    """
    try:
        check_integrity(place, unlocked.keys, manifest.file_salts)
        database = Database(place, unlocked.keys)
        try:
            with storage_faults(), database.connect() as connection:
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
                bring_up_to_date(connection, ORDER)
                found = _compare_log(connection, manifest, unlocked)
                connection.commit()
        finally:
            database.close()
    except Fault as fault:
        raise said_of_a_copy(fault) from None
    return found


def require_going_on(step: Step, done: float) -> None:
    """Raises Refusal(BACKUP_STOPPED) when whoever waits has had enough."""
    if not step(done):
        raise Refusal(RefusalCode.BACKUP_STOPPED)


def said_of_a_copy(fault: Fault) -> Fault:
    """The same fault, about the backup and not about the records."""
    code = fault.code
    if isinstance(code, FaultCode) and code in _SAID_OF_A_COPY:
        return Fault(_SAID_OF_A_COPY[code])
    return fault


def _compare_log(connection: Connection, manifest: Manifest, unlocked: Unlocked) -> LogCheck:
    if manifest.log_seen and audit_log.head(connection) != manifest.end:
        raise damaged()
    first = first_keys(connection, unlocked.pair, unlocked.signers)
    if first is None:
        raise damaged()
    own = Mark(manifest.end, manifest.made) if manifest.sequence else None
    marks = [mark for mark in (own, remembered_in_config(connection)) if mark is not None]
    found = check_log(connection, unlocked.signers, marks=marks, first_keys=first)
    for finding in found.findings:
        if finding.kind in _ELSEWHERE and finding.seen_at == manifest.made:
            raise damaged()
    return found


class Write(Protocol):
    """Writes all of it; `sync` waits until the medium has it."""

    def __call__(self, data: bytes, *, sync: bool = False) -> None: ...


@contextmanager
def private_file(path: Path, faults: Callable[[], AbstractContextManager[None]]) -> Iterator[Write]:
    """A new file for this user alone, on its medium when the body is through.

    Nothing waits in a buffer, so that a full medium is told where it is written to.
    """
    with faults():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, _PRIVATE)

    def write(data: bytes, *, sync: bool = False) -> None:
        with faults():
            left = memoryview(data)
            while left:
                left = left[os.write(descriptor, left) :]
            if sync:
                os.fsync(descriptor)

    try:
        yield write
        with faults():
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _out_of_memory(file: BinaryIO) -> None:
    """Asks the system to read from the medium and not from what it still remembers."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        # A medium that does not take advice is read all the same.
        with suppress(OSError):
            advise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except OSError:
        raise Fault(FaultCode.FILE_NOT_READ) from None


@contextmanager
def _copying() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise said_of_a_copy(fault_of(error)) from None
