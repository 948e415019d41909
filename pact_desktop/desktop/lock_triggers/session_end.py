# SPDX-License-Identifier: GPL-3.0-or-later
"""The person signs out of the computer, or the system ends the program: what waits is kept."""

import os
import signal
import sys
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtGui import QGuiApplication, QSessionManager

from pact_desktop.desktop.lock_triggers.reasons import LockReason

_ENDINGS: Final = ("SIGTERM", "SIGHUP", "SIGINT")


class SessionEnd(QObject):
    """Hears the desktop's own word for it, and the signals of the system.

    Signals:
        lock_due: always `LockReason.SESSION_END`.
    """

    lock_due = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard: QSocketNotifier | None = None

    def start(self, application: QGuiApplication) -> None:
        application.commitDataRequest.connect(self._desktop_ends)
        application.saveStateRequest.connect(never_restart)
        if sys.platform != "win32":
            self._hear_signals()

    def _desktop_ends(self, manager: QSessionManager) -> None:
        never_restart(manager)
        self._tell()

    def _hear_signals(self) -> None:
        # A handler of Python waits until Python runs again; the pipe wakes Qt at once.
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for name in _ENDINGS:
            number = signal.Signals[name]
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, lambda _number, _frame: None)
        self._heard = QSocketNotifier(reader, QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(lambda: self._woken(reader))

    def _woken(self, reader: int) -> None:
        numbers = os.read(reader, 64)
        if any(signal.Signals(number).name in _ENDINGS for number in numbers):
            self._tell()

    def _tell(self) -> None:
        self.lock_due.emit(LockReason.SESSION_END)


def never_restart(manager: QSessionManager) -> None:
    """The desktop must not note how this process was started, nor start it again like that."""
    manager.setRestartHint(QSessionManager.RestartHint.RestartNever)
