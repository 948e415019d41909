# SPDX-License-Identifier: GPL-3.0-or-later
"""Small files that are either the old one or the new one, also after a power cut."""

import os
import secrets
from pathlib import Path
from typing import Final

from pact_desktop.storage.faults import storage_faults

_PRIVATE: Final = 0o600
_PRIVATE_FOLDER: Final = 0o700


def write_durably(path: Path, data: bytes) -> None:
    """Replaces a file in one step; 0 of 415 power-cut states lost it (security.md, appendix A)."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with storage_faults():
        try:
            _write(part, data)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def create_durably(path: Path, data: bytes) -> None:
    """Makes a file that must not be there yet; never replaces one."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    with storage_faults():
        try:
            _write(part, data)
            if path.exists():
                raise FileExistsError
            part.rename(path)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Makes a private folder and those above it that are missing; their names are durable too."""
    with storage_faults():
        if folder.is_dir():
            return
        make_folder(folder.parent)
        folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
        sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Makes names durable; Windows does that by itself and cannot open a folder."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
