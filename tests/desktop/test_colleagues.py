# SPDX-License-Identifier: GPL-3.0-or-later
"""A new nurse works only after somebody who knows her has said so."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.colleagues import remind_of_colleagues
from pact_desktop.desktop.widgets import QuestionDialog
from pact_desktop.domain.accounts import Compartment, Role
from pact_desktop.services import accounts
from pact_desktop.services.accounts import NewStaff
from tests.desktop.refer_support import Desk, open_desk
from tests.desktop.visit_support import dress
from tests.services.test_accounts import enter

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
Reminded = Callable[[str], Desk]
WORDS = "quiet-harbour-violin-tundra"


@pytest.fixture
def reminded(qtbot: QtBot, open_as: OpenAs) -> Iterator[Reminded]:
    """The window of somebody who has signed in while a new nurse waits."""
    desks: list[Desk] = []

    def opened(name: str) -> Desk:
        accounts.create_account(open_as("mira"), NewStaff("nina", "Nina Nova", Role.NURSE, WORDS))
        desk = open_desk(open_as(name))
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.work.navigator.go("today")
        remind_of_colleagues(desk.work)
        desk.settle()
        return desk

    dress()
    yield opened
    for desk in desks:
        desk.close()


def press_answer(desk: Desk, number: int) -> None:
    desk.window.shell.banner.action.emit()
    desk.settle()
    asked = [w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog)]
    next(dialog for dialog in asked if dialog.isVisible()).buttons[number].click()
    desk.settle()


def test_a_nurse_confirms_whom_she_knows(
    reminded: Reminded, data_folder: Path, device_folder: Path
) -> None:
    """Afterwards the new nurse opens names, and nobody is asked again."""
    desk = reminded("nadia")
    assert desk.window.shell.banner_area.isVisible()
    press_answer(desk, 1)
    assert not desk.window.shell.banner_area.isVisible()
    assert desk.problems == []
    desk.session.store.close()
    assert enter(data_folder, device_folder, "nina", WORDS).holds(Compartment.IDENTITY)


def test_not_now_changes_nothing(
    reminded: Reminded, data_folder: Path, device_folder: Path
) -> None:
    """Whoever is not sure asks first; the line stays."""
    desk = reminded("dren")
    press_answer(desk, 0)
    assert desk.window.shell.banner_area.isVisible()
    desk.session.store.close()
    assert not enter(data_folder, device_folder, "nina", WORDS).holds(Compartment.IDENTITY)


@pytest.mark.parametrize("name", ["mira", "ivo"])
def test_managers_and_administrators_are_not_asked(reminded: Reminded, name: str) -> None:
    """Neither holds the key, so neither can give it."""
    desk = reminded(name)
    assert not desk.window.shell.banner_area.isVisible()
    assert desk.problems == []
