# SPDX-License-Identifier: GPL-3.0-or-later
"""Records what a journey does to the disk, and opens everything a power cut may have left of it."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pact_desktop.domain.errors import PactError
from pact_desktop.storage import database, durable_file, vault
from tests.rig import checks, recording, tracing
from tests.rig.crash_states import Disk, states
from tests.rig.injections import rehearsal
from tests.rig.journeys import JOURNEYS, Desk
from tests.rig.recording import Act
from tests.rig.trials import Rehearsal, begun, content, fresh_copy


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of what a journey does, and how it is done."""

    journey: str
    way: str = "as it is"
    first: int = 0
    last: int = 0
    step: int = 1
    draws: int = 0


@dataclass(slots=True)
class Looked:
    stretch: Stretch
    states: int = 0
    lost: int = 0
    torn: int = 0
    shut: int = 0
    """States in which the program refused to open."""
    problems: tuple[str, ...] = ()


def _journal(mode: str, synchronous: str, level: int) -> Callable[[], None]:
    """The program with other settings than the ones it ships with."""
    wanted = {"journal_mode": (mode, mode.lower()), "synchronous": (synchronous, level)}

    def change() -> None:
        database._OF_SCHEMA = tuple(  # type: ignore[misc]  # noqa: SLF001 that is the control
            (name, *wanted.get(name, rest))
            for name, *rest in database._OF_SCHEMA  # noqa: SLF001
        )

    return change


def _vault_written_over() -> None:
    def write(path: Path, data: bytes) -> None:
        path.write_bytes(data)

    vault.write_durably = write  # type: ignore[attr-defined]


def _vault_not_synced() -> None:
    def write(path: Path, data: bytes) -> None:
        part = path.with_name(f"{path.name}.part")
        part.write_bytes(data)
        part.replace(path)

    vault.write_durably = write  # type: ignore[attr-defined]


def _vault_folder_not_synced() -> None:
    durable_file.sync_folder = lambda folder: None  # noqa: ARG005 that is the control


WAYS: Final[Mapping[str, Callable[[], None]]] = {
    "as it is": lambda: None,
    "WAL and NORMAL": _journal("WAL", "NORMAL", 1),
    "TRUNCATE and OFF": _journal("TRUNCATE", "OFF", 0),
    "key file written over": _vault_written_over,
    "key file renamed unsynced": _vault_not_synced,
    "key file without its folder synced": _vault_folder_not_synced,
}
"""All but the first are known to lose: a rig that does not see it proves nothing.

DELETE with FULL is missing: it loses changes of one file, and here every change spans several.
"""


def acts_of(prepared: Path, stretch: Stretch) -> int:
    """How many acts there are to be cut off after."""
    return len(_recorded(prepared, stretch.journey, stretch.way)[1])


def look_after_power_cuts(prepared: Path, stretch: Stretch) -> Looked:
    """Every state of a stretch is laid out, opened and compared."""
    before, acts = _recorded(prepared, stretch.journey, stretch.way)
    known = rehearsal(prepared, stretch.journey)
    home = _home(prepared)
    found = Looked(stretch)
    after = range(stretch.first, min(stretch.last, len(acts) + 1), stretch.step)
    for state in states(before, acts, after, stretch.draws, seed=stretch.first):
        state.disk.lay_out(home)
        said = _problems(Desk(home, content()), known, state.saved)
        found.states += 1
        found.lost += "lost" in said
        found.torn += "torn" in said
        found.shut += any(one.startswith("does not open") for one in said)
        where = f"{stretch.journey}, {stretch.way}, after {state.after}, {state.how} kept"
        found.problems += tuple(f"{where}: {one}" for one in said)
    shutil.rmtree(home, ignore_errors=True)
    return found


def _problems(desk: Desk, known: Rehearsal, saved: int) -> list[str]:
    try:
        return checks.problems(desk, known, saved)
    except (PactError, OSError, ValueError, RuntimeError) as error:
        return [f"does not open: {error!r}"]


def _home(prepared: Path) -> Path:
    """The same folder for recording and looking: journals name each other by full path."""
    return prepared.parent / f"power-{os.getpid()}"


@lru_cache(maxsize=16)
def _recorded(prepared: Path, journey: str, way: str) -> tuple[Disk, list[Act]]:
    rehearsal(prepared, journey)
    home = _home(prepared)
    trace = home.with_suffix(".trace")
    desk = fresh_copy(prepared, home, journey)
    things = recording.things_in(home)
    before = Disk.of(home, things)

    def in_that_way(desk: Desk) -> Iterator[str]:
        WAYS[way]()
        yield from JOURNEYS[journey](desk)

    with (
        begun(desk, in_that_way) as running,
        tracing.traced(running.process, trace, recording.CALLS, *recording.OPTIONS) as tracer,
    ):
        running.go()
        told = running.told()
        tracer.wait()
    if told.refused or told.broke or told.hung:
        message = f"the journey did not end: {told}"
        raise RuntimeError(message)
    acts = recording.acts(trace, home, things)
    trace.unlink()
    return before, acts
