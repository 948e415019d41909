# SPDX-License-Identifier: GPL-3.0-or-later
"""One real session, locked or crashed, and what is left of it; work for the rigs' processes."""

import json
import resource
import shutil
import signal
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication

from pact_desktop.services import accounts
from pact_desktop.services.content import load_content
from tests import memory, stranger
from tests.canaries import Marks, a_visit_with
from tests.desktop_bus import a_desktop
from tests.factories import SteppableClock
from tests.real_session import RealSession, a_session
from tests.rig.journeys import Desk
from tests.triggers import ENDING, LOCKING

SHOWN: Final = ("details", "observations", "body_map", "summary", "next_steps", "patient_card")
"""Screens on which the words of the visit stand."""
NURSE: Final = "nadia"
SOON: Final = 2.0
"""Seconds within which the records have to be gone after a trigger."""
CRASHES: Final = (signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGILL, signal.SIGQUIT)
_SECRET, _WORDS = "keys", "words.json"


@dataclass(frozen=True, slots=True)
class Left:
    """What one lock or crash left behind."""

    seconds: float = 0.0
    found_before: int = 0
    """So often the words and keys were in memory while they had to be."""
    found_after: int = 0
    searched: int = 0
    """Bytes of memory that were looked through afterwards."""
    problems: list[str] = field(default_factory=list)


def prepare_visit(prepared: Path, folder: Path) -> Path:
    """A facility with a visit whose words were drawn for it, and the keys of the nurse."""
    shutil.copytree(prepared, folder)
    clock = SteppableClock()
    desk = Desk(folder, load_content(), clock)
    keyring = desk.keyring(NURSE)
    session = accounts.open_session(desk.data, keyring, clock, desk.content)
    marks = Marks.draw()
    visit = a_visit_with(session, marks)
    accounts.lock(session)
    (folder / _SECRET).write_bytes(keyring.to_bytes())
    keys = [key.hex() for key in [*keyring.keys.values(), keyring.device_key] if key]
    words = {"visit": visit, "texts": marks.both, "keys": keys}
    (folder / _WORDS).write_text(json.dumps(words), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Place:
    """A copy of the prepared facility for one session."""

    home: Path
    visit: str
    wanted: dict[str, bytes]

    @classmethod
    def copied(cls, prepared: Path, name: str) -> "Place":
        home = prepared.parent / f"{prepared.name}-{name}"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(prepared, home)
        words = json.loads((home / _WORDS).read_text(encoding="utf-8"))
        (home / _WORDS).unlink()
        keys = [bytes.fromhex(key) for key in words["keys"]]
        return cls(home, words["visit"], memory.needles(words["texts"], keys))

    def secret(self) -> bytes:
        found = (self.home / _SECRET).read_bytes()
        (self.home / _SECRET).unlink(missing_ok=True)
        return found

    def show(self, session: RealSession) -> None:
        """Every screen of the visit, a search, and a sentence that is not saved yet."""
        for name in SHOWN:
            session.tell("go", name, {"screening_id": self.visit})
        session.tell("go", "details", {"screening_id": self.visit})
        session.tell("type", "typed last")

    def traces(self) -> list[str]:
        """Files in which a word or a key can be read, the records and the keys' own file apart."""
        return [
            f"{path.name}: {name}"
            for path in self.home.rglob("*")
            if path.is_file() and path.name != "device.key"
            for content in [path.read_bytes()]
            for name, needle in self.wanted.items()
            if needle in content
        ]

    def remove(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)


def forgotten(prepared: Path, number: int) -> Left:
    """Shows a visit, locks, and looks through what runs in place of the session."""
    place = Place.copied(prepared, f"lock-{number}")
    problems = []
    with a_session(place.home / "data", place.secret(), place.home) as session:
        place.show(session)
        before = memory.search(session.number, place.wanted)
        if not {"text 0", "text 1", "key 0"} <= {name.split(" as ")[0] for name in before}:
            problems.append("the search does not even find what is on the screen")
        seconds = session.seconds_until_locked(lambda: session.say("lock_by_key"))
        if not session.locked:
            problems.append("it did not lock")
        session.rest()
        after = memory.search(session.number, place.wanted)
        searched = memory.size_of(session.number)
        problems += [f"{name} in memory" for name in after]
        problems += [
            f"{name} is still open"
            for name in memory.open_files_of(session.number)
            if name.startswith(str(place.home / "data" / "records"))
        ]
    problems += place.traces()
    place.remove()
    return Left(seconds, before.total(), after.total(), searched, problems)


def triggered(prepared: Path, case: tuple[str, int]) -> Left:
    """Does what ends a session, and waits until its records are gone."""
    name, number = case
    place = Place.copied(prepared, f"{name.replace(' ', '-')}-{number}")
    _ = QCoreApplication.instance() or QCoreApplication([])
    with a_desktop(place.home) as desktop:
        names = ("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS")
        buses = dict.fromkeys(names, desktop.address)
        with a_session(place.home / "data", place.secret(), place.home, buses) as session:
            session.until(lambda: bool(desktop.holding_up))
            session.tell("go", "details", {"screening_id": place.visit})
            if name in LOCKING:
                seconds = session.seconds_until_locked(lambda: LOCKING[name](session, desktop))
                gone = session.locked
            else:
                seconds = session.seconds_until_ended(lambda: ENDING[name](session, desktop))
                gone = session.process.returncode == 0
    place.remove()
    problems = [] if gone and seconds <= SOON else [f"{name}: {seconds:.1f} s"]
    return Left(seconds, problems=problems)


def crashed(prepared: Path, number: int) -> Left:
    """Another program looks, then the session is shot down; memory dumps are switched on."""
    place = Place.copied(prepared, f"crash-{number}")
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))
    with a_session(place.home / "data", place.secret(), place.home) as session:
        place.show(session)
        needle = place.wanted["text 0 as utf-16-le"]
        seen = stranger.looks_for(needle, session.number)
        before = memory.search(session.number, {"it": needle})["it"]
        session.say("crash", CRASHES[number % len(CRASHES)])
        session.process.wait()
    problems = [] if seen == stranger.REFUSED else [f"another program found it {seen} times"]
    problems += [] if before else ["it was not in memory at all"]
    problems += [f"{path.name} was left" for path in place.home.glob("core*")]
    problems += place.traces()
    place.remove()
    return Left(found_before=before, problems=problems)
