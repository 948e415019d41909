# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows how long a closed record is still open in an emergency, and leaves its screen in time."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from pact_desktop.boot_clock import Seconds, since_boot
from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.widgets.emergency_bar import EmergencyBar
from pact_desktop.desktop.words import tr
from pact_desktop.services.emergency import end_emergency

SOONER: Final = 5
"""Seconds before the record closes by itself, so that what is being typed is still kept."""
_LOOK_EVERY_MS: Final = 500


class EmergencyWatch(QObject):
    """One for a session; the time itself is held by the store, also when nobody looks.

    Signals:
        leaving: what lies over the screen is put away first.
    """

    leaving = Signal()

    def __init__(
        self,
        work: Work,
        bar: EmergencyBar,
        parent: QObject | None = None,
        *,
        seconds: Seconds = since_boot,
    ) -> None:
        """`seconds` is a clock that nobody can set, sleep included."""
        super().__init__(parent)
        self._work, self._bar, self._seconds = work, bar, seconds
        self._ends: list[float] = []
        """One for each record that is open, the first to end first."""
        self._timer = QTimer(self, interval=_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        work.navigator.emergency_opened.connect(self._begin)
        bar.end_wanted.connect(self.end)

    @property
    def running(self) -> bool:
        return bool(self._ends)

    def look(self) -> None:
        """Compares with the clock; the timer itself may have slept."""
        now = self._seconds()
        left = [end for end in self._ends if end > now]
        if left:
            if len(left) < len(self._ends):
                self._ends = left
                self._leave()
            self._bar.show_left(round(left[0] - now))
        elif self._ends:
            self.end()

    def end(self) -> None:
        """Also by hand: everything that an emergency has opened is closed."""
        self._ends = []
        self._timer.stop()
        self._bar.show_left(0)
        self._leave()
        work, session = self._work, self._work.session
        # After what the screen that was left has still to keep.
        work.background.run(self, lambda: end_emergency(session), lambda _nothing: self._ended())

    def _begin(self, seconds: int) -> None:
        self._ends.append(self._seconds() + max(0, seconds - SOONER))
        self._timer.start()
        self.look()

    def _leave(self) -> None:
        self.leaving.emit()
        self._work.navigator.go("today")
        self._work.navigator.forget_way()

    def _ended(self) -> None:
        self._work.notices.say(tr("The closed record is closed to you again."))
        current = self._work.navigator.current
        if current is not None and current.name == "today":
            # What was listed before the record closed.
            current.enter({})
