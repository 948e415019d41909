# SPDX-License-Identifier: GPL-3.0-or-later
"""Locking and signing in replace the process, so that nothing of a record stays in memory.

A Python and Qt process cannot forget what it has shown; a new process never knew it
(docs/decisions/0003). Keys travel once, through standard input, never on a command line, and
only after the new process has rung: it is shut to other programs by then.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

SESSION_FLAG: Final = "--session"
"""Tells the new process that its keys wait for it on standard input."""

_INPUT: Final = 0
_OUTPUT: Final = 1
_LOCAL: Final = 1
_STREAM: Final = 1
"""Of every POSIX system: AF_UNIX and SOCK_STREAM."""
_LONGEST_WAIT: Final = 30
"""Seconds after which keys that nobody asked for are forgotten."""
_CANNOT_START: Final = 3


def program() -> list[str]:
    """The command that starts this program again: frozen, or by the interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "pact_desktop"]


def replace_with_session(secret: bytes, arguments: Sequence[str]) -> NoReturn:
    """Become a session process that is given `secret` when it rings."""
    if sys.platform == "win32":
        _start_session(secret, arguments)
    own, new = _joined()
    if os.fork() == 0:
        # The keeper is as shut to others as this process; the new one is not at first.
        os.close(new)
        _keep(secret, own)
    os.dup2(new, _INPUT)
    _become([*program(), SESSION_FLAG, *arguments])


def replace_with_sign_in(arguments: Sequence[str]) -> NoReturn:
    """Become a sign-in process that never saw a record."""
    command = [*program(), *arguments]
    if sys.platform == "win32":
        # Windows has no exec that keeps the parent waiting; the child outlives this process.
        subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 our own program
        os._exit(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _become(command)


def take_secret() -> bytes:
    """Rings, and reads what the process before this one hands over; empty afterwards."""
    _ring()
    secret = sys.stdin.buffer.read()
    sys.stdin.close()
    if sys.platform != "win32":
        # The keeper has nothing more to do; nobody else would note its end.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)
    return secret


def _ring() -> None:
    """Says that this process is shut and may be given the keys."""
    if sys.platform == "win32":
        os.write(_OUTPUT, b"\n")
        # Nobody listens there any more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), _OUTPUT)
    else:
        # What a test feeds by a plain pipe needs no ring, and cannot be rung at.
        with contextlib.suppress(OSError):
            os.write(_INPUT, b"\n")


def _joined() -> tuple[int, int]:
    """Two ends of a line inside this computer.

    Another program of the same user can open a pipe through procfs, before the new process is
    shut, and read from it later. These two it cannot open.
    """
    ends = (ctypes.c_int * 2)()
    library = ctypes.CDLL(None, use_errno=True)
    if library.socketpair(_LOCAL, _STREAM, 0, ends) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    for end in ends:
        os.set_inheritable(end, False)  # noqa: FBT003 Python's own
    return ends[0], ends[1]


def _become(command: list[str]) -> NoReturn:
    try:
        os.execv(command[0], command)  # noqa: S606 our own program, no shell
    except OSError:
        # The program is gone from the disk. Better no window than one that did not lock.
        os._exit(_CANNOT_START)


def _keep(secret: bytes, line: int) -> NoReturn:
    """In a process of its own: waits for the ring, hands over, ends; nothing else runs here."""
    try:
        signal.alarm(_LONGEST_WAIT)
        # A process that ends without ringing closes its end, and gets nothing.
        if os.read(line, 1):
            while secret:
                secret = secret[os.write(line, secret) :]
    finally:
        os._exit(0)


def _start_session(secret: bytes, arguments: Sequence[str]) -> NoReturn:
    """For Windows, where the child outlives this process."""
    child = subprocess.Popen(  # noqa: S603 our own program
        [*program(), SESSION_FLAG, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    if child.stdin is not None and child.stdout is not None and child.stdout.read(1):
        child.stdin.write(secret)
        child.stdin.close()
    os._exit(0)
