# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything outside the window that ends a session: the system, the lid, sleep, a projector."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from pact_desktop.boot_clock import Seconds, awake, since_boot
from pact_desktop.desktop.lock_triggers.clock_watch import ClockWatch
from pact_desktop.desktop.lock_triggers.reasons import LockReason
from pact_desktop.desktop.lock_triggers.session_end import SessionEnd
from pact_desktop.diagnostics import note

__all__ = ["LockReason", "LockTriggers"]


class LockTriggers(QObject):
    """Listens to all of them, as far as this system has them.

    Signals:
        lock_due: a `LockReason`.
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
        self._clocks = ClockWatch(on=on, running=running, parent=self)
        self._session_end = SessionEnd(self)
        self._stop: Callable[[], object] | None = None
        self._system: object = None
        """What listens to the system; kept, because nothing else holds it."""
        for part in (self._clocks, self._session_end):
            part.lock_due.connect(self.lock_due)

    def start(self, application: QApplication, window: QWidget) -> None:
        """Begins to listen; the window is the one that Windows talks to."""
        self._session_end.start(application)
        # A projector, or a second screen that a companion can see.
        application.screenAdded.connect(lambda _screen: self.lock_due.emit(LockReason.DISPLAY))
        if not self._listen(application, window):
            note("no-lock-signals")

    def stop(self) -> None:
        """Before the window goes."""
        if self._stop is not None:
            self._stop()

    def _listen(self, application: QApplication, window: QWidget) -> bool:
        """Whether the system will say when it locks; without it time alone locks."""
        if sys.platform == "linux":
            from pact_desktop.desktop.lock_triggers.linux_bus import (  # noqa: PLC0415 Linux alone
                LinuxBus,
            )

            bus = LinuxBus(self)
            bus.lock_due.connect(self.lock_due)
            self._system, self._stop = bus, bus.stop
            return bus.start()
        elif sys.platform == "win32":  # noqa: RET505 the checker of types knows platforms so
            from pact_desktop.desktop.lock_triggers.windows_messages import (  # noqa: PLC0415 Windows alone
                WindowsMessages,
                subscribe_to_windows,
            )

            messages = WindowsMessages(self.lock_due.emit)
            application.installNativeEventFilter(messages)
            self._system = messages
            return subscribe_to_windows(int(window.winId()))
        else:
            return False
