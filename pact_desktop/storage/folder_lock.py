# SPDX-License-Identifier: GPL-3.0-or-later
"""One program at a time: a lock that the system drops when its holder dies."""

import os
import sys
from pathlib import Path
from typing import Final

from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.faults import storage_faults

_NAME: Final = "in-use.lock"


class FolderLock:
    """Held from opening to closing; a lock file left behind by a crash is no obstacle."""

    def __init__(self, place: Path) -> None:
        """Raises Fault(STORAGE_IN_USE)."""
        with storage_faults():
            self._descriptor: int | None = os.open(place / _NAME, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._descriptor)
        except OSError:
            self.release()
            raise Fault(FaultCode.STORAGE_IN_USE) from None

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
