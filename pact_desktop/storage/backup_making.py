# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a backup: one file, written aside, read back from its medium, then given its name."""

import errno
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from pact_desktop import __version__
from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.backup import BackupId, BackupKind
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.backup_format import (
    ENDING,
    ORDER,
    Manifest,
    Member,
    head_of_file,
    read_manifest,
    seal_people,
)
from pact_desktop.storage.backup_reading import (
    BackupFile,
    Step,
    always,
    private_file,
    require_going_on,
)
from pact_desktop.storage.backup_sources import Sources
from pact_desktop.storage.durable_file import sync_folder
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.vault import Vault

_SYNC_EVERY: Final = 4
"""Chunks between two waits for the medium, so that nobody waits long for a slow stick at once."""
_WRITING: Final = 0.6
"""Share of the work that is writing; the rest is reading back."""
_OF_THE_TARGET: Final = {
    errno.ENOSPC: FaultCode.BACKUP_FULL,
    errno.EDQUOT: FaultCode.BACKUP_FULL,
    errno.EFBIG: FaultCode.BACKUP_FULL,
    errno.EROFS: FaultCode.BACKUP_READ_ONLY,
    errno.EACCES: FaultCode.BACKUP_READ_ONLY,
    errno.EPERM: FaultCode.BACKUP_READ_ONLY,
}
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EACCES})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made, for whom, and where the log stands."""

    backup_id: BackupId
    kind: BackupKind
    folder: Path
    moment: datetime
    vault: Vault
    """Checked by the caller against the root that the maker's passphrase pinned."""
    keyring: KeyRing
    end: Head
    log_seen: bool
    """The maker could read the log, so that `end` is its very end."""


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that lies under its name, was read back and is on its medium."""

    path: Path
    manifest: Manifest
    size: int
    on_same_disk: bool


def new_id() -> BackupId:
    return BackupId(secrets.token_hex(8))


def make(place: Path, wanted: Wanted, sources: Sources, step: Step = always) -> Made:
    """Writes the backup while the caller keeps the files still.

    Raises Fault: BACKUP_FULL, BACKUP_READ_ONLY, BACKUP_NOT_WRITTEN, BACKUP_NOT_SETTLED,
    STORAGE_DAMAGED, STORAGE_FOREIGN; Refusal(BACKUP_STOPPED). Nothing is left under a name that
    a backup has unless all of it is there.
    """
    held = frozenset(wanted.keyring.keys)
    sources.require_settled(held, wanted.vault)
    manifest = _manifest(wanted, sources.measured())
    if wanted.kind is BackupKind.BEFORE_UPDATE:
        earlier = _made_before(wanted.folder, manifest)
        if earlier is not None:
            return earlier
    with _target():
        on_same_disk = wanted.folder.stat().st_dev == place.stat().st_dev
        _remove_unfinished(wanted.folder, manifest.vault)
        path = _free_name(wanted, manifest)
    size = _write(path, manifest, wanted, sources, step)
    return Made(path, manifest, size, on_same_disk)


def _made_before(folder: Path, manifest: Manifest) -> Made | None:
    """An update that failed is tried at every sign-in; the same records are copied once."""
    for path in folder.glob(f"intake-*{ENDING}"):
        with suppress(Fault), BackupFile(path) as file:
            found = file.manifest
            if (found.vault, found.members) == (manifest.vault, manifest.members):
                file.check()
                return Made(path, found, file.size, on_same_disk=True)
    return None


def _write(path: Path, manifest: Manifest, wanted: Wanted, sources: Sources, step: Step) -> int:
    head = head_of_file(manifest, wanted.keyring.signing)
    total = len(head) + sum(member.size for member in manifest.members)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        with _target():
            _require_room(wanted.folder, total)
        with private_file(part, _target) as write:
            write(head)
            written = len(head)
            for number, chunk in enumerate(sources.chunks(manifest.members), start=1):
                write(chunk, sync=number % _SYNC_EVERY == 0)
                written += len(chunk)
                require_going_on(step, _WRITING * written / total)
        _read_back(part, manifest, step)
        with _target():
            _give_name(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return total


def _read_back(part: Path, manifest: Manifest, step: Step) -> None:
    """What the medium gives back is what was written, or there is no backup."""
    try:
        with BackupFile(part) as written:
            written.check(lambda done: step(_WRITING + (1 - _WRITING) * done))
            same = written.manifest == manifest
    except Fault:
        same = False
    if not same:
        raise Fault(FaultCode.BACKUP_NOT_WRITTEN)


def _give_name(part: Path, path: Path) -> None:
    if path.exists():
        raise FileExistsError
    part.rename(path)
    try:
        sync_folder(path.parent)
    except OSError as error:
        # Some file systems of sticks do not know this; the file itself is on the medium.
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _manifest(wanted: Wanted, members: tuple[Member, Member, Member, Member]) -> Manifest:
    header, keyring = wanted.vault.header, wanted.keyring
    epochs = [wanted.vault.epochs[compartment] for compartment in ORDER]
    salts = [wanted.vault.salts[compartment] for compartment in ORDER]
    sealed = [wanted.vault.recovery_sealed[compartment] for compartment in ORDER]
    manifest = Manifest(
        backup=wanted.backup_id,
        vault=header.vault_id,
        kind=wanted.kind,
        made_at=wanted.moment.astimezone(UTC).isoformat(timespec="seconds"),
        program=__version__,
        maker=keyring.account.account_id,
        maker_signing=keyring.signing.public,
        sequence=wanted.end.sequence,
        head=wanted.end.digest,
        log_seen=wanted.log_seen,
        epochs=(epochs[0], epochs[1], epochs[2], epochs[3]),
        salts=(salts[0], salts[1], salts[2], salts[3]),
        recovery_public=header.recovery_public,
        recovery_sealed=(sealed[0], sealed[1], sealed[2], sealed[3]),
        people=seal_people(keyring.signers, header.recovery_public, header.vault_id),
        members=members,
    )
    return replace(manifest, mac=manifest.authenticated(keyring.keys[Compartment.CONFIG]))


def _free_name(wanted: Wanted, manifest: Manifest) -> Path:
    """Day and number of the last entry: neutral, and newer ones come last in a list."""
    suffix = "-before-update" if wanted.kind is BackupKind.BEFORE_UPDATE else ""
    stem = f"intake-{wanted.moment.date().isoformat()}-{manifest.sequence:05d}{suffix}"
    names = (f"{stem}{'' if number == 1 else f'-{number}'}{ENDING}" for number in count(1))
    return next(path for name in names if not (path := wanted.folder / name).exists())


def _remove_unfinished(folder: Path, vault_id: str) -> None:
    """Takes away what an interrupted attempt of this facility left on the medium."""
    for part in folder.glob(f"intake-*{ENDING}.????????.part"):
        if _vault_of(part) == vault_id:
            part.unlink()


def _vault_of(part: Path) -> str:
    """Empty for what is not ours to judge."""
    try:
        with part.open("rb") as file:
            return read_manifest(file).vault
    except (Fault, OSError):
        return ""


def _require_room(folder: Path, needed: int) -> None:
    usage = shutil.disk_usage(folder)
    # A file system that does not tell its size is asked by writing.
    if usage.total and usage.free < needed:
        raise OSError(errno.ENOSPC, "no room")


@contextmanager
def _target() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        code = _OF_THE_TARGET.get(error.errno or 0, FaultCode.BACKUP_NOT_WRITTEN)
        raise Fault(code) from None
