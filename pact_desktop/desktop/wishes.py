# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of this computer while the window is open; every change of them goes this way."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pact_desktop.settings import Settings


class Wishes(QObject):
    """Knows the settings as they are now, so that two places that change them lose nothing.

    Signals:
        changed: the `Settings` that hold from now on.
    """

    changed = Signal(object)

    def __init__(self, settings: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings or Settings()

    @property
    def current(self) -> Settings:
        return self._settings

    def change(self, **changes: object) -> None:
        """Changes some of them by name; tells of it only when something is different."""
        changed = replace(self._settings, **changes)  # type: ignore[arg-type]  # names of Settings
        if changed != self._settings:
            self._settings = changed
            self.changed.emit(changed)
