# SPDX-License-Identifier: GPL-3.0-or-later
"""What is locked is gone: from memory, from every file, within seconds, whatever locks it."""

import shutil
import statistics
import sys
from itertools import product
from pathlib import Path

import pytest

from tests import memory, stranger
from tests.rig.figures import shows
from tests.rig.locks import SOON, crashed, forgotten, prepare_visit, triggered
from tests.rig.running import Rig
from tests.test_hardening import ALLOW_DUMPS, a_process, crash_in
from tests.triggers import ENDING, LOCKING

NEEDS_ROOT = pytest.mark.skipif(
    not memory.CAN_LOOK, reason="needs Linux and root: nobody else may look into the program"
)
NEEDS_BUS = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="needs dbus-daemon")
MILLION = 1_000_000


@pytest.fixture(scope="module")
def visit(rig: Rig) -> Path:
    return prepare_visit(rig.prepared, rig.folder / "visit")


@shows("memory")
@NEEDS_ROOT
def rig_memory_after_lock(rig: Rig, visit: Path) -> None:
    """A visit on all its screens, a lock, and the memory of what runs afterwards."""
    with rig.row("memory after a lock, a visit on the screen before") as row:
        found = list(rig.each(forgotten, range(rig.often(100, 5)), shared=visit, chunk=1))
        row.times = len(found)
        row.problems = [problem for one in found for problem in one.problems]
        seconds = [one.seconds for one in found]
        row.problems += [f"a lock took {one:.2f} s" for one in seconds if one > 1]
        row.found = (
            f"{sum(one.found_after for one in found)} words and keys left of "
            f"{sum(one.found_before for one in found):,} before; "
            f"{statistics.mean(one.searched for one in found) / MILLION:.0f} MB searched each; "
            f"median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s"
        )


@shows("triggers")
@NEEDS_BUS
def rig_lock_triggers(rig: Rig, visit: Path) -> None:
    """Everything that ends a session, on a desktop of its own."""
    names = [*LOCKING, *ENDING]
    with rig.row(f"{len(names)} things that end a session") as row:
        cases = list(product(names, range(rig.often(20, 1))))
        found = list(rig.each(triggered, cases, shared=visit, chunk=1))
        row.times = len(found)
        row.problems = [problem for one in found for problem in one.problems]
        seconds = [one.seconds for one in found]
        row.found = (
            f"{sum(one <= SOON for one in seconds)} within {SOON:.0f} s; "
            f"median {statistics.median(seconds):.2f} s, longest {max(seconds):.2f} s"
        )


@shows("crashes")
@NEEDS_ROOT
@pytest.mark.skipif(not stranger.may_look_at_others(), reason="this system refuses by itself")
def rig_crashes(rig: Rig, visit: Path) -> None:
    """A session is read by another program of the same user, then shot down."""
    with rig.row("another program reads a session, then it crashes") as row:
        found = list(rig.each(crashed, range(rig.often(50, 5)), shared=visit, chunk=1))
        row.times = len(found)
        row.problems = [problem for one in found for problem in one.problems]
        refused = sum(not one.problems for one in found)
        row.found = f"{refused} refused, {len(row.problems)} dumps or traces"


@shows("crashes", control=True)
@pytest.mark.skipif(sys.platform != "linux", reason="looks through procfs")
@pytest.mark.skipif(not stranger.may_look_at_others(), reason="this system refuses by itself")
def rig_unprotected_is_read(rig: Rig) -> None:
    """A process that does not protect itself is read, and leaves its memory on the disk."""
    with rig.row("an unprotected process") as row:
        text = "".join(reversed("drow eht"))
        with a_process("", text) as process:
            row.times = int(stranger.looks_for(text.encode(), process.pid))
        folder = rig.folder / "unprotected"
        folder.mkdir()
        dumps = len(crash_in(folder, ALLOW_DUMPS))
        row.found = f"read {row.times} times, {dumps} dump of its memory"
        if not row.times:
            row.problems = ["another program could not read it"]


@shows("windows")
@pytest.mark.skipif(sys.platform != "win32", reason="not run: needs Windows")
def rig_windows_locks_and_hides() -> None:
    """Messages of Windows, its rights on the process, its error reports, its screen capture."""
    pytest.skip("not run: there is no rig for it yet, see docs/limits.md")


@shows("macos")
@pytest.mark.skipif(sys.platform != "darwin", reason="not run: needs macOS")
def rig_macos_locks_and_hides() -> None:
    """Sleep noticed by the clock, debuggers refused, windows left out of pictures."""
    pytest.skip("not run: there is no rig for it yet, see docs/limits.md")
