# SPDX-License-Identifier: GPL-3.0-or-later
"""A log that was tampered with is told over every screen, to everybody, until it is whole again."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.desktop.translator import speak
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services.accounts import KeyRing
from tests.factories import SteppableClock
from tests.storage.log_support import deleted, look, opened, tamper

Ring = Callable[[str], KeyRing]


@pytest.fixture
def begin(
    qtbot: QtBot, data_folder: Path, clock: SteppableClock
) -> Callable[[KeyRing], SessionProcess]:
    def begun(keyring: KeyRing) -> SessionProcess:
        process = SessionProcess(Application(Places(data_folder, language="en")), clock)
        qtbot.addWidget(process.window)
        process.begin(keyring.to_bytes())
        qtbot.waitUntil(lambda: process.session is not None and not process.background.busy)
        return process

    return begun


def test_whole_log_says_nothing(
    begin: Callable[[KeyRing], SessionProcess], staff_keyring: KeyRing
) -> None:
    """No line, no note."""
    process = begin(staff_keyring)
    assert not process.window.shell.alarm.isVisible()
    process.end()


@pytest.mark.parametrize("name", ["nadia", "dren", "mira"])
def test_broken_log_is_told_over_every_screen(
    name: str,
    begin: Callable[[KeyRing], SessionProcess],
    keyring_of: Ring,
    data_folder: Path,
) -> None:
    """It stays through every screen and every other message; only the manager is led to the log."""
    place = data_folder / "records"
    look(place, keyring_of("nadia"))
    tamper(place, keyring_of("nadia"), deleted)
    process = begin(keyring_of(name))
    shell, alarm = process.window.shell, process.window.shell.alarm
    for place_name in ("follow_up", "today"):
        process.window.navigator.go(place_name)
        process.window.notices.say("Something else")
        process.window.notices.clear_banner()
        assert alarm.isVisible()
    assert alarm.open.isVisible() is (name == "mira")
    if name == "mira":
        alarm.open.click()
        current = process.window.navigator.current
        assert current is not None
        assert current.name == "log"
    assert shell.alarm in shell.areas()
    process.end()


def test_broken_log_is_told_again_at_the_next_sign_in(
    begin: Callable[[KeyRing], SessionProcess], keyring_of: Ring, data_folder: Path
) -> None:
    """And it is in the log since when it is known."""
    place = data_folder / "records"
    look(place, keyring_of("nadia"))
    tamper(place, keyring_of("nadia"), deleted)
    for name in ("nadia", "dren", "nadia"):
        process = begin(keyring_of(name))
        assert process.window.shell.alarm.isVisible()
        process.end()
        process.window.close()
    store = opened(place, keyring_of("mira"))
    with store.reading(AuditEvent(AuditAction.LOG_SEEN)) as connection:
        told = connection.exec_driver_sql(
            "SELECT count(*) FROM audit.entry WHERE body LIKE '%log-found-changed%'"
        ).scalar_one()
    assert told == 3
    store.close()


def test_line_is_said_in_the_language_of_the_screen(
    qtbot: QtBot,
    begin: Callable[[KeyRing], SessionProcess],
    keyring_of: Ring,
    data_folder: Path,
) -> None:
    """It follows when the person chooses another one."""
    place = data_folder / "records"
    look(place, keyring_of("nadia"))
    tamper(place, keyring_of("nadia"), deleted)
    process = begin(keyring_of("nadia"))
    alarm = process.window.shell.alarm
    assert "Tell the manager today." in alarm.words.text()
    alarm.words.setText("")
    speak(process.application.qt, Catalog.load("mk"))
    qtbot.waitUntil(lambda: bool(alarm.words.text()))
    speak(process.application.qt, Catalog.load("en"))
    process.end()


def test_forgotten_end_is_told_once_and_in_passing(
    begin: Callable[[KeyRing], SessionProcess],
    staff_keyring: KeyRing,
    device_folder: Path,
    data_folder: Path,
) -> None:
    """A new computer is no break: a note that may be read and left."""
    store = opened(data_folder / "records", staff_keyring)
    with store.changing(AuditEvent(AuditAction.SIGNED_IN)):
        pass
    store.close()
    here = replace(staff_keyring, device_folder=str(device_folder))
    process = begin(here)
    assert not process.window.shell.alarm.isVisible()
    banner = process.window.notices.banner
    assert banner is not None
    assert banner.title == "About the log"
    process.end()
    process = begin(here)
    assert process.window.notices.banner is None
    process.end()
