# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen with a whole facility behind it, as the pictures of the demonstration show it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from typing_extensions import override

from pact_desktop.command_line.demo import picture_stage, run_demo
from pact_desktop.command_line.demo_facility import demo_facility
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.pictures import take_pictures
from pact_desktop.services.content import Content
from tests.desktop.cut_words import cut_words

LOOKS = [("mk", "light", 100), ("sr-Cyrl", "dark", 150), ("sq", "light", 200)]
AT_LEAST = 25
"""Pictures."""


class Strays(QObject):
    """What shows itself as a window although it is a part of one."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, MainWindow | QDialog)
        ):
            self.found.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


@pytest.fixture
def strays(qapp: QApplication) -> Iterator[Strays]:
    found = Strays()
    qapp.installEventFilter(found)
    yield found
    qapp.removeEventFilter(found)


@pytest.mark.parametrize("look", LOOKS)
def test_every_screen_is_whole(
    tmp_path: Path, content: Content, strays: Strays, look: tuple[str, str, int]
) -> None:
    """No word is cut, no part is a window of its own, and only the cover's picture is covered."""
    locale, theme, scale = look
    cut: list[str] = []
    covered: list[str] = []
    shot: list[str] = []

    def inspect(kind: str, path: Path) -> None:
        if kind != "png":
            return
        (window,) = (w for w in QApplication.topLevelWidgets() if w.isVisible())
        assert isinstance(window, MainWindow)
        shot.append(path.name)
        cut.extend(f"{path.stem}: {one}" for one in cut_words(window))
        if window.covered:
            covered.append(path.stem.split("-")[2])

    with demo_facility(content, screen_locale=locale, paper_locale="mk") as facility:
        run_demo(facility, tmp_path, ["mk"], inspect)
        stage = picture_stage(facility, locale, theme)
        take_pictures(replace(stage, text_scale=scale), tmp_path, inspect)
    assert strays.found == []
    assert covered == ["cover"]
    assert not cut, "\n".join(cut)
    assert len(shot) >= AT_LEAST
