# SPDX-License-Identifier: GPL-3.0-or-later
"""What a Linux desktop says ends the session; what it says about others does not."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection
from pytestqt.qtbot import QtBot

if sys.platform != "linux":
    pytest.skip("D-Bus is Linux's", allow_module_level=True)

from pact_desktop.desktop.lock_triggers.linux_bus import LinuxBus, has_desktop_bus, is_local
from pact_desktop.desktop.lock_triggers.reasons import LockReason
from tests.desktop_bus import OTHER, Desktop, a_desktop


@pytest.fixture
def desktop(qapp: object, tmp_path: Path) -> Iterator[Desktop]:
    del qapp
    with a_desktop(tmp_path) as found:
        yield found


class Listener:
    """The program's end of the bus, on a connection of its own."""

    def __init__(self, qtbot: QtBot, desktop: Desktop) -> None:
        self.heard: list[str] = []
        self._qtbot, self._desktop = qtbot, desktop
        self._name = f"{desktop.address} listener {id(self)}"
        own = QDBusConnection.connectToBus(desktop.address, self._name)
        self.bus = LinuxBus()
        self.bus.lock_due.connect(self.heard.append)
        before = len(desktop.holding_up)
        assert self.bus.listen(own, own)
        qtbot.waitUntil(lambda: len(desktop.holding_up) == before + 1 and self.settled())

    def end(self) -> None:
        self.bus.stop()
        QDBusConnection.disconnectFromBus(self._name)

    def settled(self) -> bool:
        """Every question that begins the listening has been answered."""
        wanted = ("auto Get", "GetSession", "_32 Get", "UPower Get", "Inhibit")
        return all(any(one in asked for asked in self._desktop.asked) for one in wanted)

    def does_not_hear(self, say: Callable[[], None]) -> None:
        """A signal that must count comes after it, and nothing else was heard before."""
        say()
        self._desktop.save_screen()
        self._qtbot.waitUntil(lambda: bool(self.heard))
        assert self.heard == [LockReason.SCREEN_SAVER]


@pytest.fixture
def listener(qtbot: QtBot, desktop: Desktop) -> Iterator[Listener]:
    listener = Listener(qtbot, desktop)
    yield listener
    listener.end()


ENDINGS: dict[str, tuple[Callable[[Desktop], None], LockReason]] = {
    "locked": (Desktop.lock, LockReason.SYSTEM_LOCK),
    "locked by a desktop that only hints": (Desktop.hint_locked, LockReason.SYSTEM_LOCK),
    "screen saver": (Desktop.save_screen, LockReason.SCREEN_SAVER),
    "going to sleep": (Desktop.sleep, LockReason.SUSPEND),
    "waking up": (lambda desktop: desktop.sleep(near=False), LockReason.SUSPEND),
    "lid": (Desktop.shut_lid, LockReason.LID),
    "somebody else in front": (Desktop.switch_user, LockReason.USER_SWITCH),
    "shutting down": (Desktop.shut_down, LockReason.SESSION_END),
}


@pytest.mark.parametrize("name", ENDINGS)
def test_what_ends_a_session_is_heard(
    qtbot: QtBot, desktop: Desktop, listener: Listener, name: str
) -> None:
    """Once, and under its own name."""
    say, reason = ENDINGS[name]
    say(desktop)
    qtbot.waitUntil(lambda: bool(listener.heard))
    assert listener.heard == [reason]


QUIET: dict[str, Callable[[Desktop], None]] = {
    "somebody else's session is locked": lambda desktop: desktop.lock(OTHER),
    "somebody else's session goes to the back": lambda desktop: desktop.switch_user(OTHER),
    "the screen saver ends": lambda desktop: desktop.save_screen(active=False),
    "the charger is plugged in": Desktop.plug_in,
}


@pytest.mark.parametrize("name", QUIET)
def test_what_does_not_concern_a_session_is_not_heard(
    desktop: Desktop, listener: Listener, name: str
) -> None:
    """A nurse is not sent to the passphrase for what another person or the charger does."""
    listener.does_not_hear(lambda: QUIET[name](desktop))


def test_a_lid_that_is_always_shut_does_not_lock(qtbot: QtBot, desktop: Desktop) -> None:
    """In a dock the lid is shut all day; only shutting it counts."""
    desktop.properties["/org/freedesktop/UPower", "LidIsClosed"] = True
    listener = Listener(qtbot, desktop)
    listener.does_not_hear(desktop.plug_in)
    listener.end()


def test_sleep_waits_for_the_lock(qtbot: QtBot, desktop: Desktop, listener: Listener) -> None:
    """The system is asked to wait, in words that say nothing, and waits no longer than needed."""
    what, who, why, how = desktop.holding_up[0]
    assert (what, who, how) == ("sleep:shutdown", "Intake", "delay")
    assert why
    assert desktop.waited_for
    listener.bus.stop()
    qtbot.waitUntil(lambda: not desktop.waited_for)


def test_after_its_end_nothing_is_heard(qtbot: QtBot, desktop: Desktop, listener: Listener) -> None:
    """The records are closed; the thread of the bus has nobody to look at."""
    listener.bus.stop()
    other = Listener(qtbot, desktop)
    desktop.save_screen()
    qtbot.waitUntil(lambda: bool(other.heard))
    other.end()
    assert listener.heard == []


def test_without_any_bus_nothing_is_heard_and_nothing_breaks(qtbot: QtBot) -> None:
    """A computer without a desktop still locks by time."""
    del qtbot
    nothing = QDBusConnection("")
    assert not LinuxBus().listen(nothing, nothing)


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("", True),
        ("unix:path=/run/user/1000/bus", True),
        ("unix:path=/run/user/1000/bus;unix:abstract=/tmp/x", True),
        ("tcp:host=192.0.2.1,port=55556", False),
        ("unix:path=/run/bus;tcp:host=192.0.2.1", False),
        ("unixexec:path=ssh,argv1=-xT", False),
        ("nonce-tcp:host=localhost", False),
    ],
)
def test_no_bus_is_reached_over_a_network(address: str, *, local: bool) -> None:
    """Wherever the environment points, the program opens no connection to another computer."""
    assert is_local(address) is local


def test_an_address_on_a_network_is_not_even_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment may have been changed by whoever wants to listen in."""
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", "tcp:host=192.0.2.1,port=55556")
    assert not LinuxBus().start()


def test_no_bus_is_started_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Asking for the usual bus would start one, which would outlive the program."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not has_desktop_bus()
    (tmp_path / "bus").touch()
    assert has_desktop_bus()
