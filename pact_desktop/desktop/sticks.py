# SPDX-License-Identifier: GPL-3.0-or-later
"""Media that somebody can take out and carry away, as the system knows them now."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStorageInfo

_WHERE_STICKS_APPEAR: Final = ("/media/", "/run/media/", "/Volumes/")
_GIGABYTE: Final = 1000**3


@dataclass(frozen=True, slots=True)
class Stick:
    """A medium with its own name, the folder where it appears, and the room on it."""

    name: str
    folder: Path
    free: int
    """Bytes."""

    @property
    def free_gigabytes(self) -> float:
        return self.free / _GIGABYTE


def sticks() -> list[Stick]:
    """In the order of their names; a disk that is built in is none of them."""
    found = [
        Stick(volume.displayName() or volume.rootPath(), Path(volume.rootPath()), _free(volume))
        for volume in QStorageInfo.mountedVolumes()
        if volume.isValid() and volume.isReady() and _can_be_taken_out(volume)
    ]
    return sorted(found, key=lambda stick: (stick.name.casefold(), str(stick.folder)))


def _can_be_taken_out(volume: QStorageInfo) -> bool:
    """Windows gives each medium a letter; elsewhere they appear in folders of their own."""
    if sys.platform == "win32":
        return volume.rootPath() != QStorageInfo.root().rootPath()
    return volume.rootPath().startswith(_WHERE_STICKS_APPEAR)


def _free(volume: QStorageInfo) -> int:
    return max(0, volume.bytesAvailable())
