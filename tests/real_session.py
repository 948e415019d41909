# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts a real session in a process of its own, tells it what to do, and sees it lock."""

import json
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from tests.memory import at_rest, words_of
from tests.stranger import as_any_user

LOCKED_FLAG: Final = "--locked"
_LONGEST: Final = 30.0
_NOBODY_LISTENS: Final = -1


@dataclass
class RealSession:
    """One process: first a session, after the lock a sign-in, always with the same number."""

    process: "subprocess.Popen[bytes]"
    _orders: int

    @property
    def number(self) -> int:
        return self.process.pid

    def tell(self, order: str, *arguments: object) -> None:
        """Gives an order and waits until it is done."""
        self.say(order, *arguments)
        assert self.process.stdout is not None
        ready, _, _ = select.select([self.process.stdout], [], [], _LONGEST)
        assert ready, f"{order} was not done in {_LONGEST} s"
        answer = self.process.stdout.readline()
        assert answer == b"done\n", f"{order}: the process ended, {self._last_words()}"

    def _last_words(self) -> str:
        assert self.process.stderr is not None
        return self.process.stderr.read().decode(errors="replace")[-3000:]

    def say(self, order: str, *arguments: object) -> None:
        """Gives an order whose answer nobody waits for, because the process ends with it."""
        os.write(self._orders, json.dumps([order, *arguments]).encode() + b"\n")

    def send(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    @property
    def locked(self) -> bool:
        """The records are gone: another program runs in this process."""
        words = words_of(self.number)
        return "pact_desktop" in words and LOCKED_FLAG in words

    @property
    def words(self) -> list[str]:
        return words_of(self.number)

    def seconds_until_locked(self, trigger: Callable[[], object], most: float = 20.0) -> float:
        """How long the records stay after a trigger; `most` when they do not go."""
        return self.until(lambda: self.locked, trigger, most)

    def seconds_until_ended(self, trigger: Callable[[], object], most: float = 20.0) -> float:
        return self.until(lambda: self.process.poll() is not None, trigger, most)

    def rest(self) -> None:
        """Waits until whatever runs now has started and has nothing more to do."""
        while self.process.poll() is None:
            try:
                at_rest(self.number)
            except (OSError, IndexError):
                continue
            return
        message = f"the process ended: {self._last_words()}"
        raise AssertionError(message)

    def until(
        self,
        reached: Callable[[], bool],
        trigger: Callable[[], object] = lambda: None,
        most: float = 20.0,
    ) -> float:
        """Seconds from the trigger until something is reached, or `most`."""
        began = time.perf_counter()
        trigger()
        while not reached() and time.perf_counter() - began < most:
            # Whatever stands for the system in this process has to say its word.
            QCoreApplication.processEvents()
            time.sleep(0.001)
        return time.perf_counter() - began


@contextmanager
def a_session(
    data: Path, secret: bytes, home: Path, environment: Mapping[str, str] | None = None
) -> Iterator[RealSession]:
    """A session whose records are open, without a screen; ended afterwards, whatever it is then."""
    reader, writer = os.pipe()
    words = ["tests.at_work", str(data), str(reader)]
    try:
        with _started(words, secret, home, environment or {}, reader) as process:
            os.close(reader)
            session = RealSession(process, writer)
            session.tell("wait")
            yield session
    finally:
        os.close(writer)


@contextmanager
def a_door(
    data: Path, device: Path, typed: tuple[str, str], home: Path, environment: Mapping[str, str]
) -> Iterator[RealSession]:
    """A sign-in window into which name and passphrase are typed; it obeys no orders."""
    words = ["tests.at_the_door", str(data), str(device)]
    with _started(words, "\n".join((*typed, "")).encode(), home, environment) as process:
        yield RealSession(process, _NOBODY_LISTENS)


@contextmanager
def _started(
    words: list[str], said: bytes, home: Path, environment: Mapping[str, str], *kept: int
) -> "Iterator[subprocess.Popen[bytes]]":
    surroundings = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={home}/nothing",
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/nothing",
        **environment,
    }
    command = as_any_user([sys.executable, "-m", *words])
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, pass_fds=kept, env=surroundings, cwd=home
    ) as process:
        assert process.stdin is not None
        process.stdin.write(said)
        process.stdin.close()
        try:
            yield process
        finally:
            process.kill()
            for end in (process.stdout, process.stderr):
                if end is not None:
                    end.close()
