# SPDX-License-Identifier: GPL-3.0-or-later
"""Every window is asked to stay out of pictures of the screen; Windows and macOS were not there."""

import sys
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screen_capture import (
    CaptureGuard,
    hide_on_macos,
    hide_on_windows,
    way_to_hide,
)
from pact_desktop.desktop.widgets import Combo
from tests.desktop.window_support import Bench


class Screen:
    """Stands for the system: which windows asked to be left out."""

    def __init__(self, qapp: QApplication, *, able: bool = True) -> None:
        self.asked: list[int] = []
        self._able = able
        self.guard = CaptureGuard(self._hide)
        qapp.installEventFilter(self.guard)

    def _hide(self, window: int) -> bool:
        self.asked.append(window)
        return self._able


def test_every_kind_of_window_asks(qtbot: QtBot, qapp: QApplication) -> None:
    """The window, a dialog, an open list and a menu; a widget inside of one does not."""
    screen = Screen(qapp)
    bench = Bench(qtbot)
    private = bench.private()
    dialog = QDialog(bench.window)
    dialog.open()
    private.list.showPopup()
    shown = [bench.window, dialog, *(top for top in qapp.topLevelWidgets() if _is_list(top))]
    private.list.hidePopup()
    bench.window.menu.popup(bench.window.pos())
    shown.append(bench.window.menu)
    assert len(shown) == 4
    assert {window.internalWinId() for window in shown} <= set(screen.asked)
    inside = {child.internalWinId() for child in bench.window.findChildren(QWidget)}
    assert not (inside - {window.internalWinId() for window in shown} - {0}) & set(screen.asked)


def _is_list(window: QWidget) -> bool:
    return window.isVisible() and isinstance(window.parentWidget(), Combo)


def test_a_system_that_refuses_is_noted_once(
    qtbot: QtBot, qapp: QApplication, caplog: pytest.LogCaptureFixture
) -> None:
    """The work goes on."""
    screen = Screen(qapp, able=False)
    with caplog.at_level("INFO", logger="pact_desktop"):
        for _ in range(3):
            window = QWidget()
            qtbot.addWidget(window)
            window.show()
    assert len(screen.asked) >= 3
    noted = [record.__dict__["pact_event"]["event"] for record in caplog.records]
    assert noted == ["screen-capture-possible"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these two have a way")
def test_linux_promises_nothing() -> None:
    """There is no such request there, and the program does not pretend."""
    assert way_to_hide() is None


class Library:
    """Stands for a library of another system: it answers in order, and notes what it was asked."""

    def __init__(self, *answers: int) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self._answers = list(answers)

    def answer(self, *arguments: Any) -> int:
        self.calls.append(arguments)
        return self._answers.pop(0)


class User32(Library):
    def SetWindowDisplayAffinity(self, window: Any, wish: int) -> int:  # noqa: N802 of Windows
        return self.answer(window.value, wish)


@pytest.mark.parametrize(
    ("answers", "wishes", "hidden"),
    [((1,), [0x11], True), ((0, 1), [0x11, 0x01], True), ((0, 0), [0x11, 0x01], False)],
)
def test_windows_is_asked_for_the_best_it_can(
    answers: tuple[int, ...], wishes: list[int], *, hidden: bool
) -> None:
    """Left out; on an older Windows black; neither is said."""
    user = User32(*answers)
    assert hide_on_windows(user, 77) is hidden
    assert user.calls == [(77, wish) for wish in wishes]


class ObjectiveC:
    """The runtime of macOS: a view with a window behind it."""

    def __init__(self, window: int) -> None:
        self.sent: list[tuple[Any, ...]] = []
        runtime = self

        class Name:
            def __call__(self, words: bytes) -> bytes:
                return words

        class Send:
            def __call__(self, *words: Any) -> int:
                runtime.sent.append(words)
                return window

        self.sel_registerName, self.objc_msgSend = Name(), Send()


@pytest.mark.parametrize("window", [0, 99])
def test_macos_is_asked_for_the_window_of_the_view(window: int) -> None:
    """A view without a window yet is asked again when it has one."""
    runtime = ObjectiveC(window)
    assert hide_on_macos(runtime, 55) is bool(window)
    assert runtime.sent[0] == (55, b"window")
    assert runtime.sent[1:] == ([(99, b"setSharingType:", 0)] if window else [])
