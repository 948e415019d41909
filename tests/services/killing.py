# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that is killed in the middle, in a process of its own."""

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from pact_desktop.services.session import Session
from pact_desktop.storage import database

needs_fork: Final = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of its own")
_FOLDER_CHANGES: Final = frozenset({"os.rename", "os.remove"})


@dataclass(frozen=True, slots=True)
class Steps:
    """How many there were, and which of them moved or took away a file."""

    count: int
    in_folder: tuple[int, ...]


def run_and_kill(
    begin: Callable[[], Session], act: Callable[[Session], object], at: int = 0
) -> Steps:
    """Acts in a child that kills itself at its n-th step; gives the steps that there were.

    A step is a statement on any connection, also of those that a change of keys opens, and a
    file that gets its place or goes.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            session = begin()
            steps = _Counter(at)
            steps.watch(session)
            act(session)
            os.write(writing, json.dumps([steps.seen, steps.in_folder]).encode())
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    told = os.read(reading, 65_536)
    os.close(reading)
    if at:
        assert os.WIFSIGNALED(status), at
        assert os.WTERMSIG(status) == signal.SIGKILL
        return Steps(at, ())
    assert told, "it fails undisturbed"
    count, in_folder = json.loads(told)
    return Steps(count, tuple(in_folder))


def fresh_copy(source: Path, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place)


def spread(steps: Steps, points: int, last: int) -> list[int]:
    """Kills over the whole length, and one at each of the last steps and wherever a file moves."""
    assert steps.count > last
    every = range(1, steps.count, max(1, steps.count // points))
    return sorted({*every, *steps.in_folder, *range(steps.count - last, steps.count + 1)})


class _Counter:
    def __init__(self, at: int) -> None:
        self.seen = 0
        self.in_folder: Final[list[int]] = []
        self._at: Final = at

    def watch(self, session: Session) -> None:
        """In the child and for as long as it lives."""
        connect = database.dbapi2.connect

        def connected(*given: Any, **named: Any) -> Any:
            driver = connect(*given, **named)
            driver.set_trace_callback(self._step)
            return driver

        database.dbapi2.connect = connected
        session.store._database._driver.set_trace_callback(self._step)  # noqa: SLF001 the very bottom
        sys.addaudithook(self._in_folder)

    def _in_folder(self, event: str, _given: object) -> None:
        if event in _FOLDER_CHANGES:
            self.in_folder.append(self.seen + 1)
            self._step()

    def _step(self, _text: str = "") -> None:
        self.seen += 1
        if self.seen == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
