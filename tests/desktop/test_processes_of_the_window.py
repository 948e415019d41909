# SPDX-License-Identifier: GPL-3.0-or-later
"""The door and the session: records open behind the first paint, and close with a lock."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.screens.sign_in.view import SignInView
from pact_desktop.desktop.session_process import SessionProcess, point, where
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.services.accounts import KeyRing, lock, resume_point
from pact_desktop.services.session import Session
from tests.factories import SteppableClock


@pytest.fixture
def process(qtbot: QtBot, data_folder: Path, clock: SteppableClock) -> SessionProcess:
    made = SessionProcess(Application(Places(data_folder)), clock)
    qtbot.addWidget(made.window)
    return made


def settle(qtbot: QtBot, process: SessionProcess) -> None:
    qtbot.waitUntil(lambda: process.session is not None and not process.background.busy)


def test_a_session_opens_on_today(
    qtbot: QtBot, process: SessionProcess, staff_keyring: KeyRing
) -> None:
    """First a line of text, then the list of the day, with the name of the nurse in the header."""
    process.begin(staff_keyring.to_bytes())
    current = process.window.navigator.current
    assert current is not None
    assert current.name == "opening"
    settle(qtbot, process)
    current = process.window.navigator.current
    assert current is not None
    assert current.name == "today"
    assert process.window.shell.header.user.accessibleName().startswith(
        staff_keyring.account.display_name
    )
    process.end()


def test_a_lock_closes_the_records_and_keeps_the_place(
    qtbot: QtBot,
    process: SessionProcess,
    staff_keyring: KeyRing,
    open_as: Callable[[str], Session],
) -> None:
    """The next sign-in leads back to the screen that was open."""
    process.begin(staff_keyring.to_bytes())
    settle(qtbot, process)
    process.window.navigator.go("patients")
    process.end()
    again = open_as(staff_keyring.account.sign_in_name)
    assert where(resume_point(again))[0] == "patients"


def test_records_that_cannot_be_opened_are_told_of(qtbot: QtBot, process: SessionProcess) -> None:
    """Nothing was changed, and the way back to the door is there."""
    process.begin(b"not a keyring")
    qtbot.waitUntil(lambda: not process.background.busy)
    current = process.window.navigator.current
    assert current is not None
    assert current.name == "opening"
    process.end()


@pytest.mark.parametrize("resume", ["", "nonsense", "{}", '{"screen": "rm -rf", "arguments": {}}'])
def test_a_resume_point_is_never_trusted(resume: str) -> None:
    """What cannot be read leads to today."""
    assert where(resume) == ("today", {})


def test_a_lock_in_the_questions_leads_to_the_private_step() -> None:
    """Whether the patient is alone is asked again."""
    resume = '{"screen": "questions", "arguments": {"screening_id": "S-1"}}'
    assert where(resume) == ("in_private", {"screening_id": "S-1"})


def test_a_lock_before_a_printer_leads_to_where_the_paper_came_from() -> None:
    """A paper of a visit leads to its last step; any other to today, also for the manager."""
    of_a_visit = '{"screen": "print_page", "arguments": {"screening_id": "S-1", "job": "note"}}'
    assert where(of_a_visit)[0] == "next_steps"
    assert where('{"screen": "print_page", "arguments": {"job": "log"}}')[0] == "today"


def test_nothing_is_kept_of_a_screen_that_is_not_of_the_session() -> None:
    """The opening line is no place to come back to."""
    assert point(None, {"a": "b"}) == ""


def test_the_door_shows_the_assistant_once(
    qtbot: QtBot, tmp_path: Path, data_folder: Path, clock: SteppableClock
) -> None:
    """A computer that is not set up starts with set-up, any other with sign-in."""
    expected: dict[Path, str] = {tmp_path / "empty": "set_up", data_folder: "sign_in"}
    for folder, name in expected.items():
        door = SignInProcess(Application(Places(folder)), clock)
        qtbot.addWidget(door.window)
        door.begin()
        current = door.window.navigator.current
        assert current is not None
        assert current.name == name
        door.background.stop()


def test_urgent_help_needs_nobody_signed_in(
    qtbot: QtBot, data_folder: Path, clock: SteppableClock
) -> None:
    """The numbers of the facility and of the country are there at the door."""
    door = SignInProcess(Application(Places(data_folder)), clock)
    qtbot.addWidget(door.window)
    door.begin()
    helping = []
    for step in (door.window.urgent_help, door.window.close_help):
        step()
        helping.append(door.window.helping)
    assert helping == [True, False]
    door.background.stop()


def test_a_lock_before_the_records_are_seen_keeps_the_place(
    qtbot: QtBot,
    data_folder: Path,
    clock: SteppableClock,
    staff_keyring: KeyRing,
    open_as: Callable[[str], Session],
) -> None:
    """Somebody shuts the lid while the records are still being opened; nothing stays open."""
    name = staff_keyring.account.sign_in_name
    lock(open_as(name), '{"screen": "patients", "arguments": {}}')
    hasty = SessionProcess(Application(Places(data_folder)), clock)
    qtbot.addWidget(hasty.window)
    hasty.begin(staff_keyring.to_bytes())
    assert hasty.end() == []
    assert where(resume_point(open_as(name)))[0] == "patients"


@pytest.mark.parametrize(
    ("not_kept", "words"),
    [(False, "Your visit is kept as it was."), (True, "What was entered last could not be saved.")],
)
def test_the_door_says_what_came_of_the_lock(
    qtbot: QtBot, data_folder: Path, clock: SteppableClock, *, not_kept: bool, words: str
) -> None:
    """In words that say nothing about the work, also in another language of the screen."""
    door = SignInProcess(Application(Places(data_folder, locked=True, not_kept=not_kept)), clock)
    qtbot.addWidget(door.window)
    door.begin()
    view = door.window.navigator.current
    assert isinstance(view, SignInView)
    assert words in view.locked.text()
    view.retranslate()
    assert words in view.locked.text()
    assert view.locked.isVisible()
    door.background.stop()
