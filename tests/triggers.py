# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that ends a session, done to a real one: by the person, the system or the clock."""

import signal
from collections.abc import Callable, Mapping
from typing import Final

from tests.desktop_bus import Desktop
from tests.real_session import RealSession

Trigger = Callable[[RealSession, Desktop], object]

LOCKING: Final[Mapping[str, Trigger]] = {
    "asked for": lambda session, _desktop: session.say("lock_by_key"),
    "3 minutes without a touch": lambda session, _desktop: session.say("time_passes", 180),
    "locked by the system": lambda _session, desktop: desktop.lock(),
    "screen saver": lambda _session, desktop: desktop.save_screen(),
    "going to sleep": lambda _session, desktop: desktop.sleep(),
    "woken up without a word": lambda session, _desktop: session.say("computer_sleeps", 2),
    "lid shut": lambda _session, desktop: desktop.shut_lid(),
    "another user in front": lambda _session, desktop: desktop.switch_user(),
    "second screen": lambda session, _desktop: session.say("screen_comes"),
    "12 hours": lambda session, _desktop: session.say("time_passes", 12 * 3600),
}
"""After each of them a sign-in runs in place of the session."""

ENDING: Final[Mapping[str, Trigger]] = {
    "signing out of the computer": lambda session, _desktop: session.send(signal.SIGTERM),
    "shutting the computer down": lambda _session, desktop: desktop.shut_down(),
}
"""After each of them nothing runs any more."""
