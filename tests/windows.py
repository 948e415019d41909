# SPDX-License-Identifier: GPL-3.0-or-later
"""Windows that tests leave behind."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.garbage import collect_when_due


def delete_windows() -> None:
    """Every theme dresses all windows anew: those of a thousand tests fill the memory."""
    for window in QApplication.topLevelWidgets() if QApplication.instance() else ():
        window.close()
        if window.parent() is None:
            window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    collect_when_due()
