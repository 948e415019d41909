# SPDX-License-Identifier: GPL-3.0-or-later
"""A real session on a desktop of its own: what the system says, sleep, a full disk, a stuck one."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux":
    pytest.skip("a desktop of Linux", allow_module_level=True)

from pact_desktop.desktop.session_process import NOT_KEPT_FLAG
from pact_desktop.services import screenings
from tests.canaries import Marks, a_visit_with
from tests.desktop_bus import Desktop, a_desktop
from tests.real_session import RealSession, a_session
from tests.triggers import ENDING, LOCKING

if TYPE_CHECKING:
    from pact_desktop.services.session import Session
    from pact_desktop.storage.keys import KeyRing

pytestmark = pytest.mark.usefixtures("qapp")
SOON = 2.0
"""Seconds within which the records have to be gone."""


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with a_desktop(tmp_path) as found:
        yield found


@pytest.fixture
def visit(open_as: "Callable[[str], Session]") -> str:
    session = open_as("nadia")
    made = a_visit_with(session, Marks.draw())
    session.store.close()
    return made


@pytest.fixture
def session(
    data_folder: Path, staff_keyring: "KeyRing", tmp_path: Path, desktop: Desktop, visit: str
) -> Iterator[RealSession]:
    """The nurse looks at the details of a visit."""
    buses = dict.fromkeys(("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"), desktop.address)
    with a_session(data_folder, staff_keyring.to_bytes(), tmp_path, buses) as running:
        running.tell("go", "details", {"screening_id": visit})
        running.until(lambda: bool(desktop.holding_up))
        yield running


@pytest.mark.parametrize(
    "name", ["locked by the system", "going to sleep", "woken up without a word", "lid shut"]
)
def test_it_locks_by_itself(session: RealSession, desktop: Desktop, name: str) -> None:
    """The rig does this with every trigger, twenty times."""
    seconds = session.seconds_until_locked(lambda: LOCKING[name](session, desktop))
    assert session.locked
    assert seconds < SOON
    assert NOT_KEPT_FLAG not in session.words
    # Sleep was held up for the lock and for no longer.
    assert session.until(lambda: not desktop.waited_for) < SOON


@pytest.mark.parametrize("name", ENDING)
def test_whoever_leaves_the_computer_leaves_no_window(
    session: RealSession,
    desktop: Desktop,
    name: str,
    open_as: "Callable[[str], Session]",
    visit: str,
) -> None:
    """What was typed is written, and nothing runs any more."""
    session.tell("type", "typed last")
    assert session.seconds_until_ended(lambda: ENDING[name](session, desktop)) < SOON
    assert session.process.returncode == 0
    stored = screenings.load_screening(open_as("nadia"), screenings.ScreeningId(visit))
    assert "typed last" in stored.visit_reason


def test_what_could_not_be_saved_is_said(session: RealSession) -> None:
    """The disk is full: the records close all the same, and the next sign-in tells of it."""
    session.tell("disk_is_full")
    session.tell("type", "typed last")
    seconds = session.seconds_until_locked(lambda: session.say("lock_by_key"))
    assert seconds < SOON
    assert NOT_KEPT_FLAG in session.words


def test_a_disk_that_hangs_does_not_keep_the_records_open(session: RealSession) -> None:
    """After ten seconds, here after a moment, the process is replaced whatever the disk does."""
    seconds = session.seconds_until_locked(lambda: session.say("disk_hangs"))
    assert session.locked
    assert 0.3 <= seconds < SOON
    assert NOT_KEPT_FLAG in session.words
