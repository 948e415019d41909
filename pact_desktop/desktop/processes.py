# SPDX-License-Identifier: GPL-3.0-or-later
"""Locking and signing in replace the process, so that nothing of a record stays in memory.

A Python and Qt process cannot forget what it has shown; a new process never knew it
(docs/decisions/0003). Keys travel once, through standard input, never on a command line.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NoReturn

SESSION_FLAG = "--session"
"""Tells the new process that its keys wait on standard input."""

_PIPE_ROOM = 60_000
"""Bytes that fit into a pipe before anybody reads; a keyring is far smaller."""


def program() -> list[str]:
    """The command that starts this program again: frozen, or by the interpreter."""
    if getattr(sys, "frozen", False):
        return [sys.executable]
    return [sys.executable, "-m", "pact_desktop"]


def replace_with_session(secret: bytes, arguments: Sequence[str]) -> NoReturn:
    """Become a session process that finds `secret` on its standard input."""
    if len(secret) > _PIPE_ROOM:
        raise ValueError("the hand-over does not fit into a pipe")
    _replace([*program(), SESSION_FLAG, *arguments], secret)


def replace_with_sign_in(arguments: Sequence[str]) -> NoReturn:
    """Become a sign-in process that never saw a record."""
    _replace([*program(), *arguments], b"")


def take_secret() -> bytes:
    """What the process before this one handed over; standard input is empty afterwards."""
    secret = sys.stdin.buffer.read()
    sys.stdin.close()
    return secret


def _replace(command: list[str], secret: bytes) -> NoReturn:
    if os.name == "nt":
        # Windows has no exec that keeps the parent waiting; the child outlives this process.
        child = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603 our own program
        if child.stdin is not None:
            child.stdin.write(secret)
            child.stdin.close()
        os._exit(0)
    reader, writer = os.pipe()
    os.write(writer, secret)
    os.close(writer)
    os.dup2(reader, 0)
    os.execv(command[0], command)  # noqa: S606 our own program, no shell
