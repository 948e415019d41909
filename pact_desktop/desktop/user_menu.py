# SPDX-License-Identifier: GPL-3.0-or-later
"""The menu under the user's name: language, text size, light or dark, passphrase, lock."""

from typing import Final, Literal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from pact_desktop.desktop.lock_triggers.reasons import LockReason
from pact_desktop.desktop.wishes import Wishes
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.i18n.locales import LOCALES, SCREEN_LOCALES
from pact_desktop.settings import TEXT_SCALES

_THEMES: Final[tuple[Literal["system", "light", "dark"], ...]] = ("system", "light", "dark")
_FULL: Final = 100


class UserMenu(QMenu):
    """Wishes of the person at this computer; each takes effect at once."""

    lock_requested = Signal(str)
    limits_requested = Signal()
    passphrase_requested = Signal()
    emergency_requested = Signal()

    def __init__(self, wishes: Wishes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wishes = wishes
        self._at_work = self._in_emergencies = False
        wishes.changed.connect(self._fill)
        self._fill()

    def step_text_size(self, step: int) -> None:
        """One step larger or smaller, or back to the start with 0."""
        position = TEXT_SCALES.index(self._wishes.current.text_scale)
        wanted = min(max(position + step, 0), len(TEXT_SCALES) - 1)
        self._wishes.change(text_scale=TEXT_SCALES[wanted] if step else _FULL)

    def offer_passphrase(self) -> None:
        """From now on somebody is signed in, who can change their own passphrase."""
        self._at_work = True
        self._fill()

    def offer_emergency(self) -> None:
        """From now on a doctor is signed in, who can open a closed record with a second person."""
        self._in_emergencies = True
        self._fill()

    def _fill(self) -> None:
        self.clear()
        # Language names stand in themselves, so that each can be found by who reads it.
        self._choice(
            tr("Language"),
            [(LOCALES[tag].own_name, tag) for tag in SCREEN_LOCALES],
            catalog().locale,
            "language",
        )
        self._choice(
            tr("Text size"),
            [(f"{scale} %", scale) for scale in TEXT_SCALES],
            self._wishes.current.text_scale,
            "text_scale",
        )
        names = {"system": tr("As the computer"), "light": tr("Light"), "dark": tr("Dark")}
        self._choice(
            tr("Colours"),
            [(names[name], name) for name in _THEMES],
            self._wishes.current.theme,
            "theme",
        )
        self.addSeparator()
        if self._in_emergencies:
            emergency = self.addAction(tr("Open a closed record in an emergency …"))
            emergency.triggered.connect(self.emergency_requested)
        if self._at_work:
            change = self.addAction(tr("Change passphrase …"))
            change.triggered.connect(self.passphrase_requested)
        about = self.addAction(tr("What this program cannot do"))
        about.triggered.connect(self.limits_requested)
        self.addSeparator()
        self._act(tr("Lock"), "Ctrl+L", LockReason.ASKED)
        self._act(tr("Another user"), "Ctrl+Shift+U", LockReason.SWITCH)

    def _choice(
        self, title: str, options: list[tuple[str, object]], now: object, setting: str
    ) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        for words, value in options:
            action = QAction(words, menu, checkable=True, checked=value == now)
            action.triggered.connect(
                lambda _on=False, chosen=value: self._wishes.change(**{setting: chosen})
            )
            group.addAction(action)
            menu.addAction(action)

    def _act(self, words: str, keys: str, reason: LockReason) -> None:
        # The keys are shown only; the window listens for them.
        action = self.addAction(f"{words}\t{keys}")
        action.triggered.connect(lambda: self.lock_requested.emit(reason))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._fill()
