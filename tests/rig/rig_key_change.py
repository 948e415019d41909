# SPDX-License-Identifier: GPL-3.0-or-later
"""New keys for the files under kill and fault: never half, never a false success."""

from collections import Counter
from itertools import cycle
from pathlib import Path

import pytest

from tests.rig.figures import shows
from tests.rig.injections import Outcome, Point
from tests.rig.key_changes import disturbed, points_of
from tests.rig.rig_faults import FAULTS, with_fault
from tests.rig.running import Rig


@shows("rotation")
@pytest.mark.usefixtures("needs_strace")
def rig_change_of_keys(rig: Rig) -> None:
    """Killed at every call that changes the disk, then each call fails in one of eight ways."""
    with rig.row("change of keys under kill and fault") as row:
        points = rig.once(_points, None, shared=rig.prepared)
        faults = [
            with_fault(point, *fault) for point, fault in zip(points, cycle(FAULTS), strict=False)
        ]
        cases = [*rig.thinned(points, 40), *rig.thinned(faults, 40)]
        outcomes = list(rig.each(disturbed, cases, shared=rig.prepared))
        struck = [outcome for outcome in outcomes if outcome.struck]
        row.times = len(struck)
        row.problems = [f"{one.point}: {said}" for one in struck for said in one.problems]
        row.problems += [f"{one.point}: not reached" for one in outcomes if not one.struck]
        row.found = _words(struck)


def _points(prepared: Path, _nothing: None) -> list[Point]:
    return points_of(prepared)


def _words(struck: list[Outcome]) -> str:
    found = Counter(said.partition(":")[0] for one in struck for said in one.problems)
    refused = sum(bool(one.refused) for one in struck)
    return (
        f"{found['half changed']} half, {found['told as changed, and is not']} false successes, "
        f"{found.total()} problems; {refused} said no"
    )
