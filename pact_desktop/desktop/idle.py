# SPDX-License-Identifier: GPL-3.0-or-later
"""Notices that nobody has touched the computer for a while, also when it slept meanwhile."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from typing_extensions import override

from pact_desktop.boot_clock import Seconds, since_boot

_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_PAINTS: Final = frozenset({QEvent.Type.UpdateRequest, QEvent.Type.Expose})
_LOOK_EVERY_MS: Final = 1000


class IdleWatch(QObject):
    """Tells after the cover time and after the lock time; each once until the next touch."""

    cover_due = Signal()
    lock_due = Signal()

    def __init__(
        self,
        *,
        cover_seconds: float,
        lock_seconds: float,
        seconds: Seconds = since_boot,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._cover_after, self._lock_after = cover_seconds, lock_seconds
        self._seconds = seconds
        self._touched_at = seconds()
        self._told_cover = self._told_lock = False
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def set_times(self, *, cover_seconds: float, lock_seconds: float) -> None:
        """Other times from now on; what was idle so far counts."""
        self._cover_after, self._lock_after = cover_seconds, lock_seconds

    def look(self) -> None:
        """Compares with the clock; the timer itself may have slept."""
        idle = self._seconds() - self._touched_at
        if idle >= self._lock_after and not self._told_lock:
            self._told_lock = True
            self.lock_due.emit()
        elif idle >= self._cover_after and not self._told_cover:
            self._told_cover = True
            self.cover_due.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in _TOUCHES:
            # A touch after a long sleep must not hide that the time has run out.
            self.look()
            if not self._told_lock:
                self._touched_at = self._seconds()
                self._told_cover = False
        elif kind in _PAINTS:
            # Nothing is painted any more once the time has run out, however late the timer is.
            self.look()
        return False
