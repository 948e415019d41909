# SPDX-License-Identifier: GPL-3.0-or-later
"""What Windows tells a window: locked, going to sleep, lid shut, somebody else in front.

Written after the documentation of Windows; it was never run there.
"""

import ctypes
import ctypes.wintypes
import sys
import uuid
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray
from typing_extensions import override

from pact_desktop.desktop.lock_triggers.reasons import LockReason

_POWER_BROADCAST: Final = 0x0218
_SESSION_CHANGE: Final = 0x02B1
_SETTING_CHANGED: Final = 0x8013

_POWER: Final = {
    0x0004: LockReason.SUSPEND,  # PBT_APMSUSPEND
    0x0007: LockReason.SUSPEND,  # PBT_APMRESUMESUSPEND
    0x0012: LockReason.SUSPEND,  # PBT_APMRESUMEAUTOMATIC
}
_SESSION: Final = {
    0x1: LockReason.USER_SWITCH,  # WTS_CONSOLE_CONNECT
    0x2: LockReason.USER_SWITCH,  # WTS_CONSOLE_DISCONNECT
    0x3: LockReason.REMOTE,  # WTS_REMOTE_CONNECT
    0x4: LockReason.REMOTE,  # WTS_REMOTE_DISCONNECT
    0x6: LockReason.SESSION_END,  # WTS_SESSION_LOGOFF
    0x7: LockReason.SYSTEM_LOCK,  # WTS_SESSION_LOCK
    0x9: LockReason.REMOTE,  # WTS_SESSION_REMOTE_CONTROL
}
LID_SWITCH: Final = uuid.UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le
"""GUID_LIDSWITCH_STATE_CHANGE as it lies in memory."""
_LID_SHUT: Final = 0
_THIS_SESSION: Final = 0
_TO_A_WINDOW: Final = 0


class PowerSetting(ctypes.Structure):
    """POWERBROADCAST_SETTING with a setting of one number."""

    _fields_ = (
        ("setting", ctypes.c_ubyte * 16),
        ("length", ctypes.wintypes.DWORD),
        ("value", ctypes.wintypes.DWORD),
    )


class WindowsMessages(QAbstractNativeEventFilter):
    """Looks at each message of Windows on its way to Qt; it never holds one back."""

    def __init__(self, tell: Callable[[LockReason], object]) -> None:
        super().__init__()
        self._tell = tell
        self._lid_shut: bool | None = None

    @override
    def nativeEventFilter(
        self, eventType: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        found = ctypes.wintypes.MSG.from_address(int(message))
        if found.message == _SESSION_CHANGE:
            reason = _SESSION.get(found.wParam)
        elif found.message == _POWER_BROADCAST:
            reason = _POWER.get(found.wParam) or self._lid(found.wParam, found.lParam)
        else:
            reason = None
        if reason is not None:
            self._tell(reason)
        return False, 0

    def _lid(self, word: int, long_word: int) -> LockReason | None:
        """Only when it is being shut; a computer that stands in a dock may always have it shut."""
        if word != _SETTING_CHANGED or not long_word:
            return None
        changed = PowerSetting.from_address(long_word)
        if bytes(changed.setting) != LID_SWITCH:
            return None
        # The first message says how it is now.
        was_open = self._lid_shut is False
        self._lid_shut = changed.value == _LID_SHUT
        return LockReason.LID if was_open and self._lid_shut else None


def subscribe(window: int, user: Any, terminal: Any) -> bool:  # noqa: ANN401 libraries of Windows
    """Asks for the messages that Windows sends only on request; whether it will send them."""
    handle = ctypes.wintypes.HWND(window)
    switch = (ctypes.c_ubyte * 16)(*LID_SWITCH)
    user.RegisterPowerSettingNotification.restype = ctypes.c_void_p
    user.RegisterPowerSettingNotification(handle, ctypes.byref(switch), _TO_A_WINDOW)
    return bool(terminal.WTSRegisterSessionNotification(handle, _THIS_SESSION))


if sys.platform == "win32":

    def subscribe_to_windows(window: int) -> bool:
        return subscribe(window, ctypes.WinDLL("user32"), ctypes.WinDLL("wtsapi32"))
