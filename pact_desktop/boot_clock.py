# SPDX-License-Identifier: GPL-3.0-or-later
"""Clocks that nobody can set: how long the computer has been on, and how long it was awake."""

import sys
import time
from collections.abc import Callable
from typing import Final

Seconds = Callable[[], float]
"""A clock that only moves forward; its zero means nothing."""

_CLOSE_TOGETHER: Final = 0.1
"""Seconds within which two clocks must have been read to be compared."""
_TRIES: Final = 5


if sys.platform == "win32":
    import ctypes

    _KERNEL: Final = ctypes.WinDLL("kernel32", use_last_error=True)
    _KERNEL.GetTickCount64.restype = ctypes.c_ulonglong
    _KERNEL.QueryUnbiasedInterruptTime.argtypes = [ctypes.POINTER(ctypes.c_ulonglong)]

    def since_boot() -> float:
        """Seconds since the computer started, sleep included."""
        milliseconds: int = _KERNEL.GetTickCount64()
        return milliseconds / 1000

    def awake() -> float:
        """Seconds the computer has been awake since it started."""
        ticks = ctypes.c_ulonglong()
        _KERNEL.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
        return ticks.value / 10_000_000

elif sys.platform == "darwin":

    def since_boot() -> float:
        """Seconds since the computer started, sleep included."""
        # `time.monotonic` stands still there while the computer sleeps; this one does not.
        return time.clock_gettime(time.CLOCK_MONOTONIC)

    def awake() -> float:
        """Seconds the computer has been awake since it started."""
        return time.clock_gettime(time.CLOCK_UPTIME_RAW)

else:
    # A system without this clock notices sleep only by what it is told.
    _BOOT: Final[int] = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)

    def since_boot() -> float:
        """Seconds since the computer started, sleep included."""
        return time.clock_gettime(_BOOT)

    def awake() -> float:
        """Seconds the computer has been awake since it started."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)


def asleep(on: Seconds = since_boot, running: Seconds = awake) -> float:
    """Seconds the computer has slept since it started, to a tenth of a second."""
    slept = 0.0
    for _ in range(_TRIES):
        before = running()
        slept = on() - before
        # A process that had to wait between the two readings would take that for sleep.
        if running() - before < _CLOSE_TOGETHER:
            break
    return slept
