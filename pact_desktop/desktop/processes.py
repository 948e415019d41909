# SPDX-License-Identifier: GPL-3.0-or-later
"""Locking and signing in replace the process, so that nothing of a record stays in memory.

A Python and Qt process cannot forget what it has shown; a new process never knew it
(docs/decisions/0003). Keys travel once, through standard input, never on a command line, and
only after the new process has rung: it is shut to other programs by then.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

SESSION_FLAG: Final = "--session"
"""Tells the new process that its keys wait for it on standard input."""
BELL_FLAG: Final = "--bell"
"""Followed by the descriptor on which the new process rings."""

_STANDARD_OUTPUT: Final = 1
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
    reader, writer = os.pipe()
    heard, bell = os.pipe()
    if os.fork() == 0:
        # The keeper is as shut to others as this process; the new one is not at first.
        _keep(secret, heard=heard, writer=writer, others=(reader, bell))
    os.set_inheritable(bell, True)  # noqa: FBT003 Python's own
    os.dup2(reader, 0)
    _become([*program(), SESSION_FLAG, BELL_FLAG, str(bell), *arguments])


def replace_with_sign_in(arguments: Sequence[str]) -> NoReturn:
    """Become a sign-in process that never saw a record."""
    command = [*program(), *arguments]
    if sys.platform == "win32":
        # Windows has no exec that keeps the parent waiting; the child outlives this process.
        subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 our own program
        os._exit(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _become(command)


def take_secret(bell: int | None) -> bytes:
    """Rings, and reads what the process before this one hands over; empty afterwards."""
    if bell is not None:
        os.write(bell, b"\n")
        if bell == _STANDARD_OUTPUT:
            os.dup2(os.open(os.devnull, os.O_WRONLY), bell)
        else:
            os.close(bell)
    secret = sys.stdin.buffer.read()
    sys.stdin.close()
    if bell is not None and sys.platform != "win32":
        # The keeper has nothing more to do; nobody else would note its end.
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)
    return secret


def _become(command: list[str]) -> NoReturn:
    try:
        os.execv(command[0], command)  # noqa: S606 our own program, no shell
    except OSError:
        # The program is gone from the disk. Better no window than one that did not lock.
        os._exit(_CANNOT_START)


def _keep(secret: bytes, *, heard: int, writer: int, others: Sequence[int]) -> NoReturn:
    """In a process of its own: waits for the ring, hands over, ends; nothing else runs here."""
    try:
        signal.alarm(_LONGEST_WAIT)
        for descriptor in others:
            os.close(descriptor)
        # A process that ends without ringing closes its end, and gets nothing.
        if os.read(heard, 1):
            while secret:
                secret = secret[os.write(writer, secret) :]
    finally:
        os._exit(0)


def _start_session(secret: bytes, arguments: Sequence[str]) -> NoReturn:
    """For Windows, where the child outlives this process."""
    child = subprocess.Popen(  # noqa: S603 our own program
        [*program(), SESSION_FLAG, BELL_FLAG, str(_STANDARD_OUTPUT), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    if child.stdin is not None and child.stdout is not None and child.stdout.read(1):
        child.stdin.write(secret)
        child.stdin.close()
    os._exit(0)
