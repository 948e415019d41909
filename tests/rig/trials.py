# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a journey in a process of its own that may be killed, and says what it was told."""

import json
import os
import select
import shutil
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NoReturn

from sqlalchemy import Connection

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import PactError
from pact_desktop.services.content import Content, load_content
from pact_desktop.storage import vault
from tests.rig.journeys import JOURNEYS, Desk, Journey, prepare, set_up
from tests.rig.pictures import NOTHING, picture
from tests.rig.seeded import compile_once, draw_the_same

SEED: Final = 20261123
_LONGEST: Final = 30.0
"""Seconds after which a run that says nothing more counts as hung."""
_SAVED, _REFUSED, _BROKE = b"+", b"-", b"!"


@dataclass(frozen=True, slots=True)
class Told:
    """What whoever sat before the screen was told."""

    saved: int
    refused: str = ""
    """Code with which the program said no; empty when it did not."""
    broke: str = ""
    """An error that is none of the program's own: nobody would have understood it."""
    hung: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a journey leaves when nothing disturbs it."""

    pictures: tuple[str, ...]
    """After every transaction and every writing of the key file, in order."""
    reached: tuple[int, ...]
    """For each "saved", the picture that was there then; first the picture before the start."""

    def allowed(self, saved: int) -> tuple[str, ...]:
        """What may be there once so many were acknowledged: that, or more of the next step."""
        after = min(saved + 1, len(self.reached) - 1)
        return self.pictures[self.reached[saved] : self.reached[after] + 1]

    def judge(self, found: str, saved: int) -> str:
        """In one word what is wrong with a picture; empty when nothing is."""
        if found in self.allowed(saved):
            return ""
        if found in self.pictures[: self.reached[saved]]:
            return "lost"
        return "ahead" if found in self.pictures else "torn"


@lru_cache(maxsize=1)
def content() -> Content:
    compile_once()
    return load_content()


def prepared_in(home: Path) -> Path:
    """A facility for every journey to begin with."""
    prepare(home, content())
    return home


def fresh_copy(prepared: Path, home: Path, journey: str) -> Desk:
    """A computer on which this journey can begin."""
    shutil.rmtree(home, ignore_errors=True)
    if JOURNEYS.get(journey) is set_up:
        home.mkdir(parents=True)
    else:
        shutil.copytree(prepared, home)
    return Desk(home, content())


@dataclass(slots=True)
class Running:
    """A journey in its own process; it waits until `go`."""

    process: int
    _gate: int
    _said: int
    killed: bool = False
    """Known once it is gone."""

    def go(self) -> None:
        os.write(self._gate, b"g")

    def said(self, seconds: float = _LONGEST) -> bytes:
        """The next words, empty at the end; TimeoutError when it says nothing for so long."""
        ready, _, _ = select.select([self._said], [], [], seconds)
        if not ready:
            raise TimeoutError
        return os.read(self._said, 65536)

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)

    def told(self) -> Told:
        """Everything it says until it ends or is killed."""
        words = b""
        hung = False
        try:
            while more := self.said():
                words += more
        except TimeoutError:
            hung = True
            self.kill()
        return heard(words, hung=hung)

    def end(self) -> None:
        for descriptor in (self._gate, self._said):
            os.close(descriptor)
        _, status = os.waitpid(self.process, 0)
        self.killed = os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def heard(words: bytes, *, hung: bool = False) -> Told:
    lines = words.split(b"\n")
    refused = next((line[1:].decode() for line in lines if line.startswith(_REFUSED)), "")
    broke = next((line[1:].decode() for line in lines if line.startswith(_BROKE)), "")
    return Told(lines.count(_SAVED), refused, broke, hung)


@contextmanager
def begun(desk: Desk, journey: Journey, seed: int = SEED) -> Iterator[Running]:
    """The journey as a process that waits for `go`; it is gone afterwards."""
    gate, opener = os.pipe()
    hearing, voice = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(opener)
        os.close(hearing)
        _run(desk, journey, gate, voice, seed)
    os.close(gate)
    os.close(voice)
    running = Running(process, opener, hearing)
    try:
        yield running
    finally:
        running.end()


def _run(desk: Desk, journey: Journey, gate: int, voice: int, seed: int) -> NoReturn:
    """The other process. Whatever happens, it ends here and never goes on as the first one."""
    try:
        # The program may note an error there and go on; the rig only hears what it says.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        draw_the_same(seed)
        if os.read(gate, 1):
            _go_through(desk, journey, voice)
    finally:
        os._exit(0)


def _go_through(desk: Desk, journey: Journey, voice: int) -> None:
    """Says "saved" after each step, or why there was none."""
    try:
        for _ in journey(desk):
            _say(voice, _SAVED)
    except PactError as refused:
        _say(voice, _REFUSED + refused.code.encode())
    except BaseException as error:  # noqa: BLE001 nothing may pass unheard
        _say(voice, _BROKE + repr(error).encode()[:500].replace(b"\n", b" "))


def _say(voice: int, words: bytes) -> None:
    """By a call that the program itself does not make, so that no disturbance falls on it."""
    os.writev(voice, [words + b"\n"])


def rehearse(desk: Desk, journey: Journey) -> Rehearsal:
    """Runs a journey undisturbed, and looks after every transaction."""
    notes = desk.home / "rehearsal.json"
    # Signing in draws, so it comes before the drawing is seeded.
    keys = desk.keyring("nadia").keys if desk.records.exists() else {}
    with begun(desk, lambda desk: _watched(desk, journey, keys, notes)) as running:
        running.go()
        told = running.told()
    if told.broke or told.refused:
        message = f"the journey does not even end undisturbed: {told}"
        raise RuntimeError(message)
    found = json.loads(notes.read_text())
    notes.unlink()
    return Rehearsal(tuple(found["pictures"]), tuple(found["reached"]))


def _watched(
    desk: Desk, journey: Journey, keys: Mapping[Compartment, bytes], notes: Path
) -> Iterator[str]:
    """The journey, with a picture after each transaction and each writing of the key file."""
    pictures: list[str] = []
    reached: list[int] = []

    def look() -> None:
        found = picture_of(desk, keys)
        if not pictures or pictures[-1] != found:
            pictures.append(found)

    def and_look(of: object, name: str) -> None:
        do: Callable[..., object] = getattr(of, name)

        def done(*arguments: object, **named: object) -> None:
            do(*arguments, **named)
            look()

        setattr(of, name, done)

    look()
    reached.append(0)
    and_look(Connection, "commit")
    and_look(vault, "save")
    for step in journey(desk):
        look()
        reached.append(len(pictures) - 1)
        yield step
    notes.write_text(json.dumps({"pictures": pictures, "reached": reached}))


def picture_of(desk: Desk, keys: Mapping[Compartment, bytes]) -> str:
    """What is there now; without keys somebody signs in for them."""
    if not desk.records.exists():
        return NOTHING
    return picture(desk.records, keys or desk.keyring("nadia").keys)
