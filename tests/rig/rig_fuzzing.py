# SPDX-License-Identifier: GPL-3.0-or-later
"""Changed files and codes: whatever reads them says no in words of ours, soon, and does no more."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from tests.rig import copies, fuzzing
from tests.rig.figures import shows
from tests.rig.fuzzing import READERS, Batch, batches
from tests.rig.running import Rig
from tests.rig.trials import prepared_in

WHOLE = 50
"""Times the 200,000 of the short form."""


@pytest.fixture(scope="module")
def with_backup(rig: Rig) -> Path:
    """A facility of its own, with a backup on a stick."""
    made = rig.folder / "fuzzed"
    if not made.exists():
        prepared_in(made)
        rig.once(copies.prepare, None, shared=made)
    return made


@shows("fuzzing")
def rig_changed_inputs(rig: Rig, with_backup: Path) -> None:
    """Each reader its share: those that read what people type or carry in most of all."""
    with rig.row("changed files and codes", f"{len(READERS)} readers") as row:
        cases = batches(rig.often(WHOLE, 1))
        shared = rig.memory / "fuzzed"
        if not shared.exists():
            shutil.copytree(with_backup, shared)
        found = list(rig.each(fuzzing.fuzzed, cases, shared=shared, chunk=1))
        tried = Counter[str]()
        for one in found:
            tried[one.batch.reader] += one.batch.count
        row.times = tried.total()
        row.problems = [problem for one in found for problem in one.problems]
        refused, slowest = sum(one.refused for one in found), max(one.slowest for one in found)
        least = min(tried, key=lambda name: tried[name])
        row.found = (
            f"{len(row.problems)} unexpected; {refused:,} refused; slowest {slowest:.2f} s; "
            f"fewest: {tried[least]:,} of {least}"
        )


@shows("fuzzing", control=True)
def rig_careless_readers_are_seen(rig: Rig) -> None:
    """A reader without a net, one that asks the system for a program, one that never ends."""
    with rig.row("three careless readers") as row:
        for name in fuzzing.CARELESS:
            found = rig.once(fuzzing.fuzzed, Batch(name, 0, 40), shared=rig.memory / "careless")
            row.times += bool(found.problems)
            row.found += f"{name}: {len(found.problems)}; "
        if row.times != len(fuzzing.CARELESS):
            row.problems = [f"only {row.times} of {len(fuzzing.CARELESS)} seen: {row.found}"]
