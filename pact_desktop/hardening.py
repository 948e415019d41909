# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that gives nothing away: no memory dump, and no other program that looks inside.

The system forgets this at each new program, so every process of ours asks for it first of all.
Administrators and the kernel are not stopped by it.
"""

import ctypes
import os
import sys
from dataclasses import dataclass
from typing import Any, Final

_GET_DUMPABLE: Final = 3
_SET_DUMPABLE: Final = 4
"""Of Linux: `prctl`."""
_DENY_ATTACH: Final = 31
"""Of macOS: `ptrace`."""


@dataclass(frozen=True, slots=True)
class Protection:
    """What holds for this process now."""

    no_dump: bool
    """A crash writes no memory to the disk."""
    not_readable: bool
    """Other programs of the same user can neither read nor control this process."""

    @property
    def whole(self) -> bool:
        return self.no_dump and self.not_readable


_NOTHING: Final = Protection(no_dump=False, not_readable=False)
_state: dict[str, Protection] = {"held": _NOTHING}


def protect_process() -> Protection:
    """Shuts this process to others; says what the system granted and never raises."""
    try:
        _state["held"] = _protect()
    except (OSError, AttributeError, ValueError):
        # An older system lacks a call. Whoever asks finds out; a nurse works on.
        _state["held"] = _NOTHING
    return _state["held"]


def protection() -> Protection:
    """What was granted to this process; nothing when it has not asked."""
    return _state["held"]


if sys.platform == "win32":

    def _protect() -> Protection:
        return protect_windows(
            ctypes.WinDLL("kernel32"), ctypes.WinDLL("advapi32"), ctypes.WinDLL("wer")
        )

elif sys.platform == "darwin":

    def _protect() -> Protection:
        no_dump = _no_core()
        library = ctypes.CDLL(None, use_errno=True)
        return Protection(no_dump, library.ptrace(_DENY_ATTACH, 0, None, 0) == 0)

else:

    def _protect() -> Protection:
        no_core = _no_core()
        library = ctypes.CDLL(None, use_errno=True)
        library.prctl(_SET_DUMPABLE, 0, 0, 0, 0)
        shut = library.prctl(_GET_DUMPABLE, 0, 0, 0, 0) == 0
        # The limit alone does not hold where the system pipes dumps into a program.
        return Protection(no_core and shut, shut)


def _no_core() -> bool:
    if sys.platform == "win32":
        return False
    import resource  # noqa: PLC0415 Windows has no such module

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)


# --- Windows: written after its documentation, never run ----------------------------------------

_NO_ERROR_WINDOWS: Final = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX."""
_REPORT_NOTHING: Final = 0x0001 | 0x0020 | 0x0080 | 0x0100
"""No heap, no window, no snapshot of a crash, none of a hang (werapi.h)."""
_DACL: Final = 0x0004
_SDDL_REVISION: Final = 1
ONLY_TO_END_IT: Final = "D:P(A;;0x00101001;;;OW)(A;;0x00101001;;;SY)"
"""Who may do what with this process, in the security descriptor language.

The owner may wait for it, end it and ask its name (SYNCHRONIZE, PROCESS_TERMINATE,
PROCESS_QUERY_LIMITED_INFORMATION). Naming the owner takes away the right to change this list.
"""


def protect_windows(
    kernel: Any,  # noqa: ANN401 a library of the system
    advapi: Any,  # noqa: ANN401 the same
    reporting: Any,  # noqa: ANN401 the same
) -> Protection:
    """Error reporting off, and a list of rights that leaves other programs nothing to read."""
    kernel.SetErrorMode(_NO_ERROR_WINDOWS)
    quiet = kernel.WerSetFlags(_REPORT_NOTHING) == 0
    if getattr(sys, "frozen", False):
        # Only by the name of the file: an interpreter serves other programs too.
        name = ctypes.c_wchar_p(os.path.basename(sys.executable))  # noqa: PTH119 a name, no path
        quiet = reporting.WerAddExcludedApplication(name, 0) == 0 and quiet
    return Protection(quiet, _shut_windows(kernel, advapi))


def _shut_windows(kernel: Any, advapi: Any) -> bool:  # noqa: ANN401 libraries of the system
    descriptor = ctypes.c_void_p()
    made = advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
        ctypes.c_wchar_p(ONLY_TO_END_IT), _SDDL_REVISION, ctypes.byref(descriptor), None
    )
    if not made:
        return False
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    own = ctypes.c_void_p(kernel.GetCurrentProcess())
    shut = advapi.SetKernelObjectSecurity(own, _DACL, descriptor)
    kernel.LocalFree(descriptor)
    return bool(shut)
