# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for every screen of a session: plain words, names for readers, open or private."""

from collections.abc import Iterator
from typing import Final

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import theme
from pact_desktop.desktop.background import Background
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.registry import SCREENS, register_screens
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.widgets import ActionButton
from pact_desktop.services.session import Session
from pact_desktop.settings import Settings

OPEN: Final = {
    "today",
    "patients",
    "register",
    "details",
    "observations",
    "patient_card",
    "follow_up",
    "facility",
    "services_list",
    "staff",
    "log",
    "backup",
    "keeping",
}
"""Screens a companion may read (design 2); all others are private."""
CONTROLS: Final = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, session: Session) -> Iterator[MainWindow]:
    # Without an event loop Qt keeps the windows of earlier tests, and would dress them again.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    theme.apply_theme(qapp, theme.Theme())
    made = MainWindow(session.clock, Settings())
    qtbot.addWidget(made)
    problems: list[BaseException] = []
    background = Background(problems.append, made)
    register_screens(Work(session, background, made.navigator, made.notices, made.wishes))
    yield made
    background.stop()


def built(window: MainWindow, name: str) -> Screen:
    return window.navigator.screen(name)


@pytest.mark.parametrize("name", SCREENS)
def test_words_are_plain(window: MainWindow, name: str) -> None:
    """No label of any screen reads markup, and none is a widget that shows documents."""
    found = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in built(window, name).findChildren(QWidget)
        if isinstance(widget, QTextEdit)
        or (isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText)
    ]
    assert found == []


@pytest.mark.parametrize("name", SCREENS)
def test_every_control_can_be_named(window: MainWindow, name: str) -> None:
    """A screen reader finds a name on every control that Tab reaches."""
    screen = built(window, name)
    nameless = [
        f"{type(control).__name__} {control.objectName()} in {type(control.parent()).__name__}"
        for control in screen.findChildren(QWidget)
        if isinstance(control, CONTROLS)
        and control.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        and control.isVisibleTo(screen)
        and not isinstance(control.parentWidget(), QAbstractScrollArea | QComboBox)
        and not _name_of(control)
    ]
    assert nameless == []


def _name_of(control: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_says_who_may_read_it(window: MainWindow, name: str) -> None:
    """Open or private is a property of the screen, not a matter of taste."""
    assert built(window, name).private is (name not in OPEN)


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_knows_its_own_name(window: MainWindow, name: str) -> None:
    """Otherwise the rail lights the wrong place and a lock returns to the wrong screen."""
    assert built(window, name).name == name


@pytest.mark.parametrize("name", SCREENS)
def test_one_primary_at_most(window: MainWindow, name: str) -> None:
    """One decision for each screen: the footer or the page has the petrol button, not both."""
    screen = built(window, name)
    primaries = [
        button
        for button in screen.findChildren(ActionButton)
        if button.property("kind") == "primary" and button.isVisibleTo(screen)
    ]
    assert len(primaries) + bool(screen.footer.primary) <= 1
