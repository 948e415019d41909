# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the window: before sign-in without a record, or for a session with the keys handed over."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from pact_desktop import settings as kept
from pact_desktop.desktop import theme
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.translator import speak
from pact_desktop.i18n.catalog import Catalog, CatalogueMissingError
from pact_desktop.i18n.locales import SCREEN_LOCALES, SOURCE
from pact_desktop.services.public_notice import PublicNotice, public_notice

PRODUCT: Final = "Intake"
SETTINGS_FILE: Final = "settings.toml"


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are on this computer, and what the next process must be told again."""

    data: Path
    device: Path
    language: str | None
    arguments: tuple[str, ...] = ()


def local_now() -> datetime:
    """The one clock of the window; everything else is given it."""
    return datetime.now(UTC).astimezone()


class Start:
    """What both processes need first: the application, settings, words, the public notice."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.app = application()
        self.settings = kept.load(places.data / SETTINGS_FILE)
        self.notice: PublicNotice | None = public_notice(places.data)
        if places.language:
            self.settings = replace(self.settings, language=places.language)
        speak(self.app, catalog_for(self.settings, self.notice))
        theme.apply_theme(self.app, theme.Theme(self.settings.theme, self.settings.text_scale))

    def window(self, clock: Callable[[], datetime], *, locks: bool) -> MainWindow:
        window = MainWindow(clock, self.settings, locks=locks)
        window.set_notice(self.notice)
        window.settings_changed.connect(self.keep)
        hints = self.app.styleHints()
        hints.colorSchemeChanged.connect(lambda _scheme: self._follow_system(window))
        return window

    def keep(self, settings: kept.Settings) -> None:
        """Remembers a wish for this computer, and speaks its language."""
        spoken = settings.language != self.settings.language
        self.settings = settings
        kept.save(self.places.data / SETTINGS_FILE, settings)
        if spoken:
            speak(self.app, catalog_for(settings, self.notice))

    def _follow_system(self, window: MainWindow) -> None:
        wanted = theme.Theme(self.settings.theme, self.settings.text_scale)
        if theme.resolve(wanted.name) != theme.current().name:
            theme.apply_theme(self.app, wanted)
            window.refit()


def application() -> QApplication:
    """The application object, without anything that leaves a trace of what was opened."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(PRODUCT)
    app.setApplicationDisplayName("")
    app.setDesktopFileName(PRODUCT.lower())
    app.setQuitOnLastWindowClosed(True)
    return app


def catalog_for(settings: kept.Settings, notice: PublicNotice | None) -> Catalog:
    """In the chosen language, else that of the facility, else that of the computer."""
    system = QLocale.system().bcp47Name()
    for wanted in (settings.language, notice.locale if notice else None, system, system[:2]):
        if wanted in SCREEN_LOCALES:
            try:
                return Catalog.load(str(wanted))
            except CatalogueMissingError:
                continue
    return Catalog.load(SOURCE)


def run_sign_in(places: Places) -> int:
    """The process that never sees a record; ends by becoming a session."""
    from pact_desktop.desktop.sign_in_process import SignInProcess  # noqa: PLC0415 one of two

    os.umask(0o077)
    return SignInProcess(Start(places), local_now).run()


def run_session(places: Places) -> int:
    """The process that holds the keys; ends by becoming a sign-in."""
    from pact_desktop.desktop.session_process import SessionProcess  # noqa: PLC0415 one of two

    os.umask(0o077)
    return SessionProcess(Start(places), local_now).run()
