# SPDX-License-Identifier: GPL-3.0-or-later
"""Sleep that nobody announced, half a day of work, a projector, the end of the session."""

import os
import signal
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.lock_triggers import LockReason, LockTriggers
from pact_desktop.desktop.lock_triggers.clock_watch import LONGEST_SESSION_S, ClockWatch
from pact_desktop.desktop.lock_triggers.session_end import SessionEnd, never_restart


class Computer:
    """Its two clocks; sleep moves only one of them."""

    def __init__(self) -> None:
        self.on = self.awake = 500.0

    def works(self, seconds: float) -> None:
        self.on += seconds
        self.awake += seconds

    def sleeps(self, seconds: float) -> None:
        self.on += seconds


@pytest.fixture
def computer(qapp: QApplication) -> Computer:
    del qapp
    return Computer()


def watch(computer: Computer) -> tuple[ClockWatch, list[str]]:
    told: list[str] = []
    made = ClockWatch(on=lambda: computer.on, running=lambda: computer.awake)
    made.lock_due.connect(told.append)
    return made, told


def test_sleep_is_noticed_without_any_signal(computer: Computer) -> None:
    """Two seconds are enough: whoever opens the lid is not known. It is told once."""
    made, told = watch(computer)
    computer.sleeps(2)
    for _ in range(3):
        made.look()
    assert told == [LockReason.SLEPT]


def test_work_is_not_sleep(computer: Computer) -> None:
    """Hours of work with the clocks in step, and the small fault of reading them."""
    made, told = watch(computer)
    computer.works(4 * 3600)
    computer.sleeps(0.2)
    made.look()
    assert told == []


def test_sleep_before_the_session_does_not_count(computer: Computer) -> None:
    """Yesterday's night is not today's."""
    computer.sleeps(8 * 3600)
    made, told = watch(computer)
    made.look()
    assert told == []


def test_nobody_works_longer_than_half_a_day(computer: Computer) -> None:
    """Then a passphrase says who sits there, whatever was touched meanwhile."""
    made, told = watch(computer)
    computer.works(LONGEST_SESSION_S - 1)
    made.look()
    assert told == []
    computer.works(1)
    made.look()
    assert told == [LockReason.TOO_LONG]


def test_the_watch_looks_by_itself(qtbot: QtBot, computer: Computer) -> None:
    """Within two seconds of waking up."""
    made, told = watch(computer)
    computer.sleeps(60)
    qtbot.waitUntil(lambda: told == [LockReason.SLEPT], timeout=2000)
    assert made is not None


@pytest.fixture
def restored_signals() -> Iterator[None]:
    """The handlers and the pipe of whoever runs the tests."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.getsignal(number) for number in numbers}
    wakeup = signal.set_wakeup_fd(-1)
    signal.set_wakeup_fd(wakeup)
    for number in numbers:
        # Whoever runs the tests in the background may have them ignored.
        signal.signal(number, lambda _number, _frame: None)
    yield
    signal.set_wakeup_fd(wakeup)
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has messages in place of signals")
@pytest.mark.usefixtures("restored_signals")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_of_the_system_ends_the_session(
    qtbot: QtBot, qapp: QApplication, name: str
) -> None:
    """It does not end the process at once: what waits is written first."""
    told: list[str] = []
    end = SessionEnd()
    end.lock_due.connect(told.append)
    end.start(qapp)
    os.kill(os.getpid(), signal.Signals[name])
    qtbot.waitUntil(lambda: told == [LockReason.SESSION_END], timeout=1000)


class SessionManager:
    """Stands for the desktop that asks what to do with this program at the next start."""

    def __init__(self) -> None:
        self.hints: list[Any] = []

    def setRestartHint(self, hint: Any) -> None:  # noqa: N802 Qt's name
        self.hints.append(hint)


def test_no_desktop_starts_a_session_again() -> None:
    """Nor does it note with which words this process was started."""
    manager = SessionManager()
    never_restart(manager)  # type: ignore[arg-type]
    assert manager.hints == [QSessionManager.RestartHint.RestartNever]


@pytest.mark.skipif(sys.platform == "win32", reason="would subscribe to messages of Windows")
@pytest.mark.usefixtures("restored_signals")
def test_a_second_screen_locks(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A projector, or a screen that a companion can see."""
    for name in ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"):
        # Nothing of the desktop on which the tests run is heard.
        monkeypatch.setenv(name, "none:")
    window = QWidget()
    qtbot.addWidget(window)
    told: list[str] = []
    triggers = LockTriggers()
    triggers.lock_due.connect(told.append)
    triggers.start(qapp, window)
    qapp.screenAdded.emit(qapp.primaryScreen())
    assert told == [LockReason.DISPLAY]
