# SPDX-License-Identifier: GPL-3.0-or-later
"""The program itself, three times in one process: sign-in, session, sign-in again."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("looks through procfs", allow_module_level=True)

from pact_desktop.desktop.processes import SESSION_FLAG
from pact_desktop.services import accounts
from pact_desktop.storage.kdf import FLOOR, KdfPolicy
from tests import memory
from tests.desktop_bus import Desktop, a_desktop
from tests.factories import STAFF, SteppableClock, a_facility, new_staff, passphrase_of
from tests.real_session import RealSession, a_door

pytestmark = [
    pytest.mark.skipif(not memory.CAN_LOOK, reason="only root on Linux can look into it"),
    pytest.mark.usefixtures("qapp"),
]
NAME = "nadia"


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    with a_desktop(tmp_path) as found:
        yield found


@pytest.fixture
def facility(tmp_path: Path) -> Path:
    """With the lowest cost of a passphrase that the program itself accepts."""
    pending = accounts.begin_set_up(
        tmp_path / "data",
        a_facility(),
        new_staff(*STAFF),
        SteppableClock(),
        device_folder=tmp_path / "device",
        kdf=KdfPolicy(cost=FLOOR),
    )
    accounts.confirm_recovery(pending, pending.recovery_code)
    return tmp_path


def records_are_open(session: RealSession) -> bool:
    return any(name.endswith("identity.db") for name in memory.open_files_of(session.number))


def test_a_passphrase_and_keys_are_only_where_they_are_needed(
    facility: Path, desktop: Desktop
) -> None:
    """The passphrase does not reach the session, and the keys do not outlive it."""
    data, device, passphrase = facility / "data", facility / "device", passphrase_of(NAME)
    keys = accounts.sign_in(data, NAME, passphrase, SteppableClock(), device_folder=device).keys
    typed = memory.needles([passphrase])
    held = memory.needles([], [key for key in keys.values() if key])
    buses = dict.fromkeys(("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"), desktop.address)
    with a_door(data, device, (NAME, passphrase), facility, buses) as session:
        session.until(lambda: SESSION_FLAG in session.words and records_are_open(session))
        assert SESSION_FLAG in session.words, "the sign-in did not lead to a session"
        session.until(lambda: bool(desktop.holding_up))
        session.rest()
        assert memory.search(session.number, typed) == {}
        assert memory.search(session.number, held), "the search finds nothing at all"
        session.seconds_until_locked(desktop.lock)
        assert session.locked
        session.rest()
        assert memory.search(session.number, typed | held) == {}
        assert not records_are_open(session)
