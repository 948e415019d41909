# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a session ends, as it stands in the log of the program: a code and nothing else."""

from enum import StrEnum


class LockReason(StrEnum):
    """What the computer or the person did."""

    ASKED = "asked"
    SWITCH = "switch"
    COVER = "cover"
    IDLE = "idle"
    TOO_LONG = "too-long"
    """Half a day at work: whoever sits there says once more who it is."""
    SYSTEM_LOCK = "system-lock"
    SCREEN_SAVER = "screen-saver"
    SUSPEND = "suspend"
    SLEPT = "slept"
    """The computer slept and did not say so before."""
    LID = "lid"
    USER_SWITCH = "user-switch"
    REMOTE = "remote"
    DISPLAY = "display"
    SESSION_END = "session-end"
    """The person leaves the computer: no sign-in window comes after this."""
