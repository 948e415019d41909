# SPDX-License-Identifier: GPL-3.0-or-later
"""When typed text is handed over: soon after the typing pauses, and in time while it does not."""

from typing import Final

from PySide6.QtCore import QObject, QTimer

from pact_desktop.boot_clock import Seconds, since_boot

SILENCE_MS: Final = 800
"""After this long without a key the text is handed over."""
LONGEST_MS: Final = 5000
"""No letter waits longer than this; and two hand-overs have this long between them, so that the
log of a visit does not fill with pauses for thought."""


class TypingPause(QTimer):
    """Started with every key. `timeout` comes when the text should be kept."""

    def __init__(self, parent: QObject, seconds: Seconds = since_boot) -> None:
        super().__init__(parent, singleShot=True)
        self._seconds = seconds
        self._first = 0.0
        self._last = seconds() - LONGEST_MS / 1000
        self.timeout.connect(self._handed_over)

    def key(self) -> None:
        """A key was pressed."""
        now = self._seconds()
        if not self.isActive():
            self._first = now
        due = min(now + SILENCE_MS / 1000, self._first + LONGEST_MS / 1000)
        due = max(due, self._last + LONGEST_MS / 1000)
        self.start(max(0, round((due - now) * 1000)))

    def _handed_over(self) -> None:
        self._last = self._seconds()
