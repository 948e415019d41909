# SPDX-License-Identifier: GPL-3.0-or-later
"""The four encrypted files, read twice for a backup while nobody writes to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.backup_format import ORDER, Member
from pact_desktop.storage.backup_reading import CHUNK
from pact_desktop.storage.database import SALT_BYTES, file_name
from pact_desktop.storage.vault import Vault


class Sources:
    """The four files, open for reading.

    Made before the transaction that keeps them still, and closed after it: closing a file drops
    every lock that this process has on it.
    """

    def __init__(self, place: Path) -> None:
        self._place: Final = place
        self._files: Final[list[BinaryIO]] = []
        try:
            for compartment in ORDER:
                with _records():
                    self._files.append((place / file_name(compartment)).open("rb"))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        for file in self._files:
            file.close()

    def require_settled(self, held: frozenset[Compartment], vault: Vault) -> None:
        """Raises Fault: BACKUP_NOT_SETTLED, STORAGE_FOREIGN.

        A journal beside a file for which nobody here has the key would have to be rolled back
        first; and files and vault must be of one moment, also where only the names differ.
        """
        for file, compartment in zip(self._files, ORDER, strict=True):
            name = file_name(compartment)
            with _records():
                journal = self._place / f"{name}-journal"
                waiting = journal.exists() and journal.stat().st_size > 0
                file.seek(0)
                salt = file.read(SALT_BYTES)
            if waiting and compartment not in held:
                raise Fault(FaultCode.BACKUP_NOT_SETTLED)
            if salt != vault.salts[compartment]:
                raise Fault(FaultCode.STORAGE_FOREIGN, file=name)

    def measured(self) -> tuple[Member, Member, Member, Member]:
        """Length and digest of each, read to the end."""
        config, identity, cases, audit = (_member(file) for file in self._files)
        return config, identity, cases, audit

    def chunks(self, members: tuple[Member, ...]) -> Iterator[bytes]:
        """Every byte once more; raises Fault(STORAGE_DAMAGED) when the second look differs."""
        for file, member in zip(self._files, members, strict=True):
            digest, size = sha256(), 0
            for chunk in _all_of(file):
                digest.update(chunk)
                size += len(chunk)
                yield chunk
            if (size, digest.digest()) != (member.size, member.sha256):
                raise _unreadable()


def _member(file: BinaryIO) -> Member:
    digest, size = sha256(), 0
    for chunk in _all_of(file):
        digest.update(chunk)
        size += len(chunk)
    return Member(size, digest.digest())


def _all_of(file: BinaryIO) -> Iterator[bytes]:
    with _records():
        file.seek(0)
    while True:
        with _records():
            chunk = file.read(CHUNK)
        if not chunk:
            return
        yield chunk


def _unreadable() -> Fault:
    return Fault(FaultCode.STORAGE_DAMAGED)


@contextmanager
def _records() -> Iterator[None]:
    """Whatever goes wrong inside is about the records and not about the stick."""
    try:
        yield
    except OSError:
        raise _unreadable() from None
