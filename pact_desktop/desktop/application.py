# SPDX-License-Identifier: GPL-3.0-or-later
"""What both processes of the window need first: Qt, settings, words, look, a place for errors."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from pact_desktop import settings as kept
from pact_desktop.desktop import theme
from pact_desktop.desktop.clipboard import ClipboardGuard
from pact_desktop.desktop.forms import fit_layouts
from pact_desktop.desktop.garbage import GarbageTurns
from pact_desktop.desktop.screen_capture import CaptureGuard, way_to_hide
from pact_desktop.desktop.translator import speak
from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.i18n.catalog import Catalog, CatalogueMissingError
from pact_desktop.i18n.locales import SCREEN_LOCALES, SOURCE
from pact_desktop.services.public_notice import PublicNotice, public_notice

PRODUCT: Final = "Intake"
SETTINGS_FILE: Final = kept.FILE_NAME


@dataclass(frozen=True, slots=True)
class Places:
    """Where things are on this computer, and what the next process must be told again."""

    data: Path
    language: str | None = None
    arguments: tuple[str, ...] = ()
    locked: bool = False
    """This sign-in follows a lock."""
    not_kept: bool = False
    """Something that was not saved yet could not be saved at that lock."""
    device: Path | None = None
    """Folder of the device key; the usual one when not given."""


def local_clock() -> datetime:
    """The one clock of the window; everything else is given it."""
    return datetime.now(UTC).astimezone()  # noqa: TID251 this is that clock


class Application:
    """Holds the Qt application and the wishes of this computer."""

    def __init__(self, places: Places) -> None:
        os.umask(0o077)
        self.places = places
        self.qt = qt_application()
        self._garbage = GarbageTurns(self.qt)
        self.settings = kept.load(places.data / SETTINGS_FILE)
        if places.language:
            self.settings = replace(self.settings, language=places.language)
        self.notice: PublicNotice | None = public_notice(places.data)
        self._speak()
        theme.apply_theme(self.qt, self._wanted_theme())
        self.clipboard = ClipboardGuard(self.qt.clipboard())
        hide = way_to_hide() if self.settings.hide_from_capture else None
        self._capture = CaptureGuard(hide) if hide is not None else None
        if self._capture is not None:
            self.qt.installEventFilter(self._capture)
        self.qt.styleHints().colorSchemeChanged.connect(lambda _scheme: self._follow_system())

    def on_error(self, handler: Callable[[BaseException], object]) -> None:
        """An error nobody expected is written down without its words, and told once."""

        def hook(
            _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
        ) -> None:
            note_error(error)
            handler(error)

        sys.excepthook = hook

    def keep(self, settings: kept.Settings) -> None:
        """Remembers a wish for this computer; another language is spoken at once."""
        spoken = settings.language != self.settings.language
        self.settings = settings
        if spoken:
            self._speak()
        try:
            kept.save(self.places.data / SETTINGS_FILE, settings)
        except OSError as error:
            # It holds until the program ends; the disk only cannot remember it.
            raise Fault(FaultCode.FILE_NOT_WRITTEN, file=SETTINGS_FILE) from error

    def speak(self, language: str) -> None:
        self.keep(replace(self.settings, language=language))

    def _speak(self) -> None:
        speak(self.qt, catalog_for(self.settings, self.notice))

    def _wanted_theme(self) -> theme.Theme:
        return theme.Theme(self.settings.theme, self.settings.text_scale)

    def _follow_system(self) -> None:
        wanted = self._wanted_theme()
        if theme.resolve(wanted.name) != theme.current().name:
            theme.apply_theme(self.qt, wanted)
            for window in self.qt.topLevelWidgets():
                fit_layouts(window)


def qt_application() -> QApplication:
    """The application object, without a title that would be added to every window."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName(PRODUCT)
    app.setDesktopFileName(PRODUCT.lower())
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

    return SignInProcess(Application(places), local_clock).run()


def run_session(places: Places) -> int:
    """The process that holds the keys; ends by becoming a sign-in."""
    from pact_desktop.desktop.session_process import SessionProcess  # noqa: PLC0415 one of two

    return SessionProcess(Application(places), local_clock).run()
