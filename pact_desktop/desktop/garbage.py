# SPDX-License-Identifier: GPL-3.0-or-later
"""Python's collector of cycles, on the window's thread alone.

It runs on whichever thread happens to allocate, and there it would delete widgets that lie in
cycles: Qt crashes when a widget is deleted on another thread than its own, here the store's.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 500


class GarbageTurns(QObject):
    """Takes the collector away from other threads and gives it turns on this one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_when_due)
        self._timer.start(EVERY_MS)


def collect_when_due() -> None:
    """Collects the oldest generation that is due by Python's own thresholds, or nothing."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in reversed(range(len(thresholds))):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return
