# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages of Windows as they lie in memory, read on any system; Windows itself was not there."""

import ctypes
import ctypes.wintypes
from typing import Any

import pytest

from pact_desktop.desktop.lock_triggers.reasons import LockReason
from pact_desktop.desktop.lock_triggers.windows_messages import (
    LID_SWITCH,
    PowerSetting,
    WindowsMessages,
    subscribe,
)

POWER, SESSION, PAINT = 0x0218, 0x02B1, 0x000F
SETTING = 0x8013
SHUT, OPEN = 0, 1


class Window:
    """Gets messages and passes them to the filter as Qt does: by address."""

    def __init__(self) -> None:
        self.told: list[LockReason] = []
        self._filter = WindowsMessages(self.told.append)

    def gets(self, message: int, word: int, long_word: int = 0) -> None:
        found = ctypes.wintypes.MSG()
        found.message, found.wParam, found.lParam = message, word, long_word
        passed = self._filter.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(found))
        assert passed == (False, 0), "no message may be held back from Qt"

    def gets_setting(self, setting: bytes, value: int) -> None:
        changed = PowerSetting((ctypes.c_ubyte * 16)(*setting), 4, value)
        self.gets(POWER, SETTING, ctypes.addressof(changed))


@pytest.mark.parametrize(
    ("message", "word", "reason"),
    [
        (SESSION, 7, LockReason.SYSTEM_LOCK),
        (SESSION, 2, LockReason.USER_SWITCH),
        (SESSION, 1, LockReason.USER_SWITCH),
        (SESSION, 3, LockReason.REMOTE),
        (SESSION, 4, LockReason.REMOTE),
        (SESSION, 9, LockReason.REMOTE),
        (SESSION, 6, LockReason.SESSION_END),
        (POWER, 0x04, LockReason.SUSPEND),
        (POWER, 0x07, LockReason.SUSPEND),
        (POWER, 0x12, LockReason.SUSPEND),
    ],
)
def test_what_ends_a_session_is_understood(message: int, word: int, reason: LockReason) -> None:
    """Lock, user switch, remote control, signing out, sleep and waking up."""
    window = Window()
    window.gets(message, word)
    assert window.told == [reason]


@pytest.mark.parametrize(("message", "word"), [(SESSION, 8), (SESSION, 5), (POWER, 10), (PAINT, 7)])
def test_every_other_message_passes(message: int, word: int) -> None:
    """Unlocking, a change of the battery, painting."""
    window = Window()
    window.gets(message, word)
    assert window.told == []


def test_shutting_the_lid_locks() -> None:
    """The first message says how the lid is; only shutting it counts, each time."""
    window = Window()
    for value in (OPEN, SHUT, OPEN, SHUT):
        window.gets_setting(LID_SWITCH, value)
    assert window.told == [LockReason.LID, LockReason.LID]


def test_a_lid_that_is_always_shut_does_not_lock() -> None:
    """In a dock; Windows says so at the start and after each sleep."""
    window = Window()
    window.gets_setting(LID_SWITCH, SHUT)
    window.gets_setting(LID_SWITCH, SHUT)
    assert window.told == []


def test_another_setting_of_the_power_is_not_the_lid() -> None:
    """Such as the display that was dimmed."""
    window = Window()
    window.gets_setting(LID_SWITCH, OPEN)
    window.gets_setting(bytes(16), SHUT)
    window.gets(POWER, SETTING, 0)
    assert window.told == []


class Library:
    """Stands for a library of Windows: notes what is called, and answers what it is told to."""

    def __init__(self, answer: int) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._answer = answer

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> int:
            self.calls.append((name, arguments))
            return self._answer

        setattr(self, name, call)
        return call


@pytest.mark.parametrize("granted", [0, 1])
def test_windows_is_asked_for_what_it_sends_on_request(granted: int) -> None:
    """The lid, and the session of this window; whether it will be told is known."""
    user, terminal = Library(granted), Library(granted)
    assert subscribe(0x1234, user, terminal) is bool(granted)
    assert [name for name, _ in user.calls] == ["RegisterPowerSettingNotification"]
    ((name, (window, which)),) = terminal.calls
    assert (name, window.value, which) == ("WTSRegisterSessionNotification", 0x1234, 0)


def test_the_lid_has_the_number_that_windows_gave_it() -> None:
    """As it lies in memory: the first three parts turned round."""
    assert LID_SWITCH.hex() == "4d0f3eba17b89440a2d1d56379e6a0f3"
