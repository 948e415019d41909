# SPDX-License-Identifier: GPL-3.0-or-later
"""Long work on the store's thread: how far it is, and the wish to stop it."""

from threading import Event

from PySide6.QtCore import QObject, Signal

_SHOWN_STEPS = 100


class Steps(QObject):
    """Made for one piece of work and given to it; told from its thread, heard on the user's.

    Signals:
        progressed: percent that are done, each at most once.
    """

    progressed = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stopped = Event()
        self._shown = -1

    def __call__(self, done: float) -> bool:
        """Told how much is done, from 0 to 1; answers whether to go on."""
        percent = min(_SHOWN_STEPS, int(done * _SHOWN_STEPS))
        if percent > self._shown:
            self._shown = percent
            self.progressed.emit(percent)
        return not self._stopped.is_set()

    def stop(self) -> None:
        """The work ends at its next step; what it had written is taken away by itself."""
        self._stopped.set()
