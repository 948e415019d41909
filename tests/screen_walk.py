# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through every screen, with a whole facility behind it, as its pictures are taken."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from typing_extensions import override

from pact_desktop.command_line.demo import picture_stage, run_demo
from pact_desktop.command_line.demo_facility import DemoFacility, demo_facility
from pact_desktop.desktop.application import Application, Places, qt_application
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.pictures import HEIGHT, WIDTH, take_pictures
from pact_desktop.desktop.screens.set_up.pages import Page
from pact_desktop.desktop.screens.set_up.view import SetUpView
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.services.content import load_content
from tests.desktop.cut_words import cut_words
from tests.windows import delete_windows

AT_LEAST = 25
"""Pictures of one walk."""
LONGEST_OFFER = "електрика-новогодњи-домаћинство-шљивовица"
PASSES = 20
"""More than the layout of one page needs."""


@dataclass(frozen=True, slots=True)
class Look:
    """Language of the screen, theme, and size of the text in percent."""

    locale: str
    theme: str
    scale: int

    def __str__(self) -> str:
        return f"{self.locale} {self.theme} {self.scale}"


@dataclass(slots=True)
class Walk:
    """What was seen on the way."""

    shot: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    """Words without enough room."""
    strays: list[str] = field(default_factory=list)
    """Parts of a window that showed themselves as one of their own."""
    covered: list[str] = field(default_factory=list)
    """Screens that were covered when their picture was taken."""

    def problems(self) -> list[str]:
        found = [*self.cut, *(f"a window of its own: {one}" for one in self.strays)]
        if self.covered != ["cover"]:
            found.append(f"covered: {self.covered}")
        if len(self.shot) < AT_LEAST:
            found.append(f"only {len(self.shot)} pictures")
        return found


class _Watch(QObject):
    def __init__(self, told: Callable[[str], object]) -> None:
        super().__init__()
        self._told = told

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, MainWindow | QDialog)
        ):
            self._told(f"{type(watched).__name__} {watched.objectName()}")
        return False


def walk(out: Path, look: Look) -> Walk:
    """Every screen once; the pictures are left in `out`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = Walk()
    app = qt_application()
    watch = _Watch(found.strays.append)
    app.installEventFilter(watch)

    def inspect(kind: str, path: Path) -> None:
        if kind != "png":
            return
        (window,) = (one for one in QApplication.topLevelWidgets() if one.isVisible())
        assert isinstance(window, MainWindow)
        found.shot.append(path.name)
        found.cut.extend(f"{look} {path.stem}: {one}" for one in cut_words(window))
        if window.covered:
            found.covered.append(path.stem.split("-")[2])

    out.mkdir(parents=True, exist_ok=True)
    try:
        with demo_facility(load_content(), screen_locale=look.locale, paper_locale="mk") as here:
            run_demo(here, out, ["mk"], inspect)
            stage = picture_stage(here, look.locale, look.theme)
            take_pictures(replace(stage, text_scale=look.scale), out, inspect)
            # A theme that is put on dresses every window that is still there.
            delete_windows()
            _first_start(here, look, found)
    finally:
        app.removeEventFilter(watch)
        delete_windows()
    return found


def _first_start(here: DemoFacility, look: Look, found: Walk) -> None:
    """Every page of the first start, with names and offers as long as they come."""
    empty = here.folder / "empty"
    process = SignInProcess(
        Application(Places(data=empty, device=empty / "device", language=look.locale)), here.clock
    )
    process.begin()
    window = process.window
    window.showNormal()
    window.resize(WIDTH, HEIGHT)
    view = window.findChild(SetUpView)
    assert view is not None
    for role in view.form.words:
        view.show_words(role, "Александра Стојановска-Николовска", LONGEST_OFFER)
    for page in Page:
        view.show_page(page)
        for _ in range(PASSES):
            QApplication.processEvents()
        found.cut.extend(f"{look} set_up {page.name}: {one}" for one in cut_words(window))
    process.background.stop()
