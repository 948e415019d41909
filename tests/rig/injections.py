# SPDX-License-Identifier: GPL-3.0-or-later
"""One disturbance at one system call of one journey, and what is left of the records then."""

import os
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from tests.rig import checks, tracing
from tests.rig.journeys import JOURNEYS
from tests.rig.trials import Rehearsal, begun, fresh_copy, rehearse

KILL: Final = "signal=SIGKILL"
_ENDLESS: Final = "+"


@dataclass(frozen=True, slots=True)
class Point:
    """The `number`-th time that a journey makes a call; with `+` each time from then on."""

    journey: str
    call: str
    number: int
    effect: str = KILL
    span: str = ""

    @property
    def injection(self) -> str:
        return f"inject={self.call}:{self.effect}:when={self.number}{self.span}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one point."""

    point: Point
    struck: bool
    """Whether the disturbance happened at all."""
    refused: str
    """Code with which the program said no; empty when it went on or died."""
    problems: tuple[str, ...]


def points_of(prepared: Path, journey: str) -> list[Point]:
    """Every call that changes something on the disk."""
    rehearsal(prepared, journey)
    home = prepared.parent / f"counting-{os.getpid()}"
    desk = fresh_copy(prepared, home, journey)
    trace = home.with_suffix(".trace")
    with (
        begun(desk, JOURNEYS[journey]) as running,
        tracing.traced(running.process, trace, tracing.CHANGING),
    ):
        running.go()
        running.told()
    found = counted_points(journey, trace)
    shutil.rmtree(home, ignore_errors=True)
    return found


def counted_points(journey: str, trace: Path) -> list[Point]:
    """One for each call in a trace of the journey undisturbed."""
    return [
        Point(journey, call, number)
        for call, times in sorted(tracing.counted(trace).items())
        for number in range(1, times + 1)
    ]


def disturbed(prepared: Path, point: Point) -> Outcome:
    """Runs the journey up to the point and beyond, and looks at what is left."""
    home = prepared.parent / f"worker-{os.getpid()}"
    trace = home.with_suffix(".trace")
    known = rehearsal(prepared, point.journey)
    desk = fresh_copy(prepared, home, point.journey)
    with (
        begun(desk, JOURNEYS[point.journey]) as running,
        tracing.traced(running.process, trace, (point.call,), "-e", point.injection) as tracer,
    ):
        running.go()
        told = running.told()
        tracer.wait()
    struck = running.killed or "(INJECTED)" in trace.read_text(errors="replace")
    found = checks.problems(desk, known, told.saved)
    if told.hung:
        found.append("hung")
    if told.broke:
        found.append(f"an error nobody would understand: {told.broke}")
    shutil.rmtree(home, ignore_errors=True)
    return Outcome(point, struck, told.refused, tuple(found))


@lru_cache(maxsize=16)
def rehearsal(prepared: Path, journey: str) -> Rehearsal:
    home = prepared.parent / f"rehearsal-{os.getpid()}"
    try:
        # Once here, so that whoever is forked finds everything loaded.
        for _ in JOURNEYS[journey](fresh_copy(prepared, home, journey)):
            pass
        return rehearse(fresh_copy(prepared, home, journey), JOURNEYS[journey])
    finally:
        shutil.rmtree(home, ignore_errors=True)
