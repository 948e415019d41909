# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for the marks of a facility in every place a session can reach, in four states."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pact_desktop.services import accounts, backups
from tests import memory
from tests.real_session import RealSession, a_session
from tests.rig.journeys import Desk
from tests.rig.marks import WANTED, Filled, Marks, fill, found_in, needles_of_keys
from tests.rig.trials import content

SHOWN: Final = ("details", "observations", "body_map", "summary", "next_steps", "patient_card")
STATES: Final = (
    "working",
    "locked",
    "closed",
    "killed",
    "segmentation fault",
    "error nobody caught",
    "out of memory",
)
TEMPORARY, RUNTIME = "temporary", "runtime"
_NOT_SEARCHED: Final = frozenset({"device.key"})
"""It is the key itself, and lies outside of the records."""
_PATIENCE: Final = 20.0


@dataclass(frozen=True, slots=True)
class Ready:
    """A facility full of marks; a copy of it is used up by each state."""

    home: Path
    secret: bytes = field(repr=False)
    marks: Marks
    filled: Filled
    keys: tuple[bytes, ...] = field(repr=False)

    @property
    def wanted(self) -> dict[str, bytes]:
        return self.marks.needles() | needles_of_keys(list(self.keys))


@dataclass(slots=True)
class Searched:
    """What was looked through in one state."""

    state: str
    places: list[str] = field(default_factory=list)
    size: int = 0
    hits: list[str] = field(default_factory=list)

    def look(self, place: str, found: bytes, wanted: Mapping[str, bytes]) -> None:
        if place not in self.places:
            self.places.append(place)
        self.size += len(found)
        self.hits += [f"{self.state}, {place}: {name}" for name in found_in(found, wanted)]


def make_ready(prepared: Path, marks: Marks, wanted: int = WANTED, name: str = "") -> Ready:
    """Fills a copy, and makes a backup of it as the manager does."""
    home = prepared.parent / f"marked{name}"
    shutil.copytree(prepared, home)
    desk = Desk(home, content())
    keyring = desk.keyring("nadia")
    session = accounts.open_session(desk.data, keyring, desk.clock, desk.content)
    filled = fill(session, marks, wanted)
    accounts.lock(session)
    stick = home / "stick"
    stick.mkdir(exist_ok=True)
    manager = desk.at_work("mira")
    backups.make_backup(manager, stick)
    accounts.lock(manager)
    keys = [*keyring.keys.values(), keyring.device_key, keyring.signing_seed]
    return Ready(home, keyring.to_bytes(), marks, filled, tuple(key for key in keys if key))


def searched(ready: Ready, state: str) -> Searched:
    """Works on visits, comes into a state, and looks everywhere."""
    home = ready.home.with_name(f"marked-{state.replace(' ', '-')}")
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(ready.home, home)
    for name in (TEMPORARY, RUNTIME):
        (home / name).mkdir(mode=0o700)
    found = Searched(state)
    places = {"TMPDIR": str(home / TEMPORARY), "XDG_RUNTIME_DIR": str(home / RUNTIME)}
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    with a_session(home / "data", ready.secret, home, places) as session:
        for number in (0, -1):
            for name in SHOWN:
                session.tell("go", name, {"screening_id": ready.filled.visits[number]})
        session.tell("describe", str(home / "titles.json"))
        session.tell("go", "details", {"screening_id": ready.filled.visits[0]})
        session.tell("type", next(ready.marks.each()))
        _COMING[state](session, home, ready)
        if session.process.poll() is None:
            _look_at_process(found, session, ready)
        printed = _printed(session)
    found.look("what it printed", printed, ready.wanted)
    for path in _files(home):
        found.look(_place(home, path), path.read_bytes(), ready.wanted)
    names = "\n".join(str(path.relative_to(home)) for path in home.rglob("*"))
    found.look("names of files and folders", names.encode(), ready.wanted)
    shutil.rmtree(home)
    return found


def _lock(session: RealSession, _home: Path, _ready: Ready) -> None:
    session.seconds_until_locked(lambda: session.say("lock_by_key"))
    assert session.locked, "it did not lock"
    session.rest()


def _close(session: RealSession, _home: Path, _ready: Ready) -> None:
    session.send(signal.SIGTERM)
    session.process.wait(_PATIENCE)


def _kill(session: RealSession, _home: Path, _ready: Ready) -> None:
    session.send(signal.SIGKILL)
    session.process.wait(_PATIENCE)


def _segmentation_fault(session: RealSession, _home: Path, _ready: Ready) -> None:
    session.say("crash", int(signal.SIGSEGV))
    session.process.wait(_PATIENCE)


def _error(session: RealSession, home: Path, ready: Ready) -> None:
    """Its message holds a mark, as that of a parser may; then the person leaves."""
    log = home / "data" / "log" / "intake.log"
    took = session.until(
        lambda: log.exists() and "ValueError" in log.read_text(encoding="utf-8"),
        lambda: session.say("fail", next(ready.marks.each())),
        _PATIENCE,
    )
    assert took < _PATIENCE, "the error was not written down"
    _close(session, home, ready)


def _out_of_memory(session: RealSession, home: Path, ready: Ready) -> None:
    """Whatever it does then: it goes on, locks or ends."""
    session.say("memory_ends")
    session.say("go", "summary", {"screening_id": ready.filled.visits[0]})
    try:
        session.process.wait(3)
    except subprocess.TimeoutExpired:
        _kill(session, home, ready)


_COMING: Final[Mapping[str, Callable[[RealSession, Path, Ready], None]]] = dict(
    zip(
        STATES,
        (
            lambda _session, _home, _ready: None,
            _lock,
            _close,
            _kill,
            _segmentation_fault,
            _error,
            _out_of_memory,
        ),
        strict=True,
    )
)


def _look_at_process(found: Searched, session: RealSession, ready: Ready) -> None:
    words = " ".join(session.words).encode() + memory.environment_of(session.number)
    found.look("command line and environment", words, ready.wanted)
    for lost in deleted_files_of(session.number):
        found.look("files that are deleted and still open", lost, ready.wanted)
    if session.locked:
        left = memory.search(session.number, ready.wanted)
        found.places.append("memory")
        found.size += memory.size_of(session.number)
        found.hits += [f"{found.state}, memory: {name}" for name in left]


def deleted_files_of(process: int) -> Iterator[bytes]:
    """What its descriptors still hold though no folder names it any more; b"" when nothing."""
    yield b""
    for descriptor in (memory.PROC / str(process) / "fd").iterdir():
        try:
            if str(descriptor.readlink()).endswith("(deleted)"):
                yield descriptor.read_bytes()
        except OSError:
            continue


def _printed(session: RealSession) -> bytes:
    """Everything that came on its two outputs; it is ended first, so that they end."""
    session.process.kill()
    session.process.wait()
    ends = [end for end in (session.process.stdout, session.process.stderr) if end is not None]
    return b"".join(end.read() for end in ends)


def _files(home: Path) -> Iterator[Path]:
    for path in home.rglob("*"):
        if path.is_file() and path.name not in _NOT_SEARCHED:
            yield path


def _place(home: Path, path: Path) -> str:
    """Records, temporary files and so on: the first folder says it."""
    top = path.relative_to(home).parts[0]
    known = {
        "data": "records, journals, log of the program, settings",
        "stick": "backup and the page beside it",
        TEMPORARY: "temporary folder",
        RUNTIME: "runtime folder",
        "titles.json": "titles of windows",
    }
    core = "memory dumps" if path.name.startswith("core") else "home folder"
    return known.get(top, core)


# --- the control ---------------------------------------------------------------------------------

PLANTED: Final = (
    "records, journals, log of the program, settings",
    "backup and the page beside it",
    "temporary folder",
    "runtime folder",
    "titles of windows",
    "memory dumps",
    "home folder",
)
_IN_PROCESS: Final = """
import os, sys, tempfile
held = bytes.fromhex(sys.stdin.readline())
text = sys.stdin.readline().strip()
file = tempfile.TemporaryFile()
file.write(held); file.flush()
os.environ["X"] = text
print(text, flush=True)
sys.stdin.read()
"""


def planted(folder: Path, marks: Marks) -> tuple[int, list[str]]:
    """Leaves a mark in each place in each form; how many there were, and which were not seen."""
    wanted = marks.needles()
    missed: list[str] = []
    tried = 0
    names = ("data/x.log", "stick/x", "temporary/x", "runtime/x", "titles.json", "core.1", "x.conf")
    for place, name in zip(PLANTED, names, strict=True):
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        assert _place(folder, path) == place
        for form, needle in wanted.items():
            path.write_bytes(b"some " + needle + b" more")
            tried += 1
            found = Searched("planted")
            for one in _files(folder):
                found.look(_place(folder, one), one.read_bytes(), wanted)
            if f"planted, {place}: {form}" not in found.hits:
                missed.append(f"{place}: {form}")
        path.unlink()
    more, unseen = _planted_in_process(marks)
    return tried + more, missed + unseen


def _planted_in_process(marks: Marks) -> tuple[int, list[str]]:
    """A program with a mark in its command line, environment, memory, output and a lost file."""
    mark, wanted = next(marks.each()), marks.needles()
    held = b"".join(wanted.values())
    environment = {**os.environ, "MARK": mark}
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", _IN_PROCESS, mark]
    missed = []
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{held.hex()}\n{mark}\n".encode())
        process.stdin.flush()
        said = process.stdout.readline()
        form = {"script 0 typed as utf-8": mark.encode()[: len(mark) - 3]}
        seen = {
            "command line": " ".join(memory.words_of(process.pid)).encode(),
            "environment": memory.environment_of(process.pid),
            "what it printed": said,
        }
        missed += [place for place, content in seen.items() if not found_in(content, form)]
        lost = b"".join(deleted_files_of(process.pid))
        missed += [f"lost file: {name}" for name in wanted.keys() - found_in(lost, wanted).keys()]
        left = memory.search(process.pid, wanted)
        missed += [f"memory: {name}" for name in wanted.keys() - left.keys()]
        process.kill()
    return len(seen) + 2 * len(wanted), missed


def as_words(found: list[Searched]) -> str:
    """For the table."""
    places = {place for one in found for place in one.places}
    return json.dumps(sorted(places), ensure_ascii=False)
