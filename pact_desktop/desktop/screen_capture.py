# SPDX-License-Identifier: GPL-3.0-or-later
"""Keeps the windows out of screenshots, recordings and shared screens, where the system can.

Windows and macOS leave a window out when it asks for it. Linux has no such request: who may
look at the screen there sees this window too, and docs/limits.md says so. Written after the
documentation of Windows and macOS; it was never run there.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.diagnostics import note

_NOT_IN_PICTURES: Final = 0x11
"""WDA_EXCLUDEFROMCAPTURE, from Windows 10 version 2004 on."""
_BLACK_IN_PICTURES: Final = 0x01
"""WDA_MONITOR, before that."""
_SHARED_WITH_NOBODY: Final = 0
"""NSWindowSharingNone."""

Hide = Callable[[int], bool]
"""Takes what Qt calls the id of a window; whether the system will leave it out."""


class CaptureGuard(QObject):
    """Asks for every window as soon as it has been made: dialogs, lists and tooltips too."""

    def __init__(self, hide: Hide, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hide = hide
        self._told = False

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The system may have made the window anew; the wish must be said again then.
        if (
            event.type() in {QEvent.Type.Show, QEvent.Type.WinIdChange}
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.internalWinId()
            and not self._hide(watched.internalWinId())
            and not self._told
        ):
            self._told = True
            note("screen-capture-possible")
        return False


def way_to_hide() -> Hide | None:
    """How this system leaves a window out of pictures; None where it cannot."""
    if sys.platform == "win32":
        user = ctypes.WinDLL("user32")
        return lambda window: hide_on_windows(user, window)
    elif sys.platform == "darwin":  # noqa: RET505 the checker of types knows platforms so
        runtime = ctypes.CDLL("/usr/lib/libobjc.dylib")
        return lambda window: hide_on_macos(runtime, window)
    else:
        return None


def hide_on_windows(user: Any, window: int) -> bool:  # noqa: ANN401 a library of Windows
    handle = ctypes.c_void_p(window)
    return any(
        user.SetWindowDisplayAffinity(handle, wish)
        for wish in (_NOT_IN_PICTURES, _BLACK_IN_PICTURES)
    )


def hide_on_macos(runtime: Any, view: int) -> bool:  # noqa: ANN401 the runtime of Objective-C
    """Qt names the view; the wish is the window's."""
    send, name = runtime.objc_msgSend, runtime.sel_registerName
    name.restype = ctypes.c_void_p
    name.argtypes = [ctypes.c_char_p]
    send.restype = ctypes.c_void_p
    send.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
    window = send(view, name(b"window"))
    if not window:
        return False
    send.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong]
    send(window, name(b"setSharingType:"), _SHARED_WITH_NOBODY)
    return True
