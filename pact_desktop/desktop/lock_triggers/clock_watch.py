# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices sleep that nobody announced, and a session that has lasted half a day."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from pact_desktop.boot_clock import Seconds, asleep, awake, since_boot
from pact_desktop.desktop.lock_triggers.reasons import LockReason

_LOOK_EVERY_MS: Final = 1000
_SLEPT_S: Final = 1.0
"""A jump between the two clocks that is more than the fault of reading them."""
LONGEST_SESSION_S: Final = 12 * 3600


class ClockWatch(QObject):
    """Compares the clock that goes on during sleep with the one that stands still.

    Signals:
        lock_due: a `LockReason`, each once.
    """

    lock_due = Signal(str)

    def __init__(
        self,
        *,
        on: Seconds = since_boot,
        running: Seconds = awake,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._on, self._running = on, running
        self._began = on()
        self._slept = asleep(on, running)
        self._told: set[LockReason] = set()
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        if asleep(self._on, self._running) - self._slept >= _SLEPT_S:
            self._tell(LockReason.SLEPT)
        if self._on() - self._began >= LONGEST_SESSION_S:
            self._tell(LockReason.TOO_LONG)

    def _tell(self, reason: LockReason) -> None:
        if reason not in self._told:
            self._told.add(reason)
            self.lock_due.emit(reason)
