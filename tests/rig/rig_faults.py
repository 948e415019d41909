# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that fails, is full or may not be written: nobody is told "saved" when it is not."""

from collections import Counter
from dataclasses import replace
from itertools import cycle

import pytest

from tests.rig.figures import shows
from tests.rig.injections import Outcome, Point, disturbed
from tests.rig.running import Rig

FAULTS = tuple(
    (f"error={name}", span)
    for name, span in (
        ("EIO", ""),
        ("EIO", "+"),
        ("ENOSPC", ""),
        ("ENOSPC", "+"),
        ("EROFS", ""),
        ("EROFS", "+"),
        ("EINTR", ""),
        ("EINTR", "..+5"),
    )
)
"""Once, and from then on. A call that is interrupted for ever is no fault that exists: 6 times."""

MOST = 3_200
"""Faults in the whole run, over all journeys; kills are made at every call."""


@shows("faults")
@pytest.mark.usefixtures("needs_strace")
def rig_fault_at_every_call(rig: Rig, points: list[Point]) -> None:
    """Each call fails in one of eight ways, so that every way meets every kind of call."""
    with rig.row("EIO, ENOSPC, EROFS, EINTR, once and for good") as row:
        cases = [
            with_fault(point, *fault)
            for point, fault in zip(rig.thinned(points, 150, MOST), cycle(FAULTS), strict=False)
        ]
        outcomes = list(rig.each(disturbed, cases, shared=rig.prepared))
        struck = [outcome for outcome in outcomes if outcome.struck]
        row.times = len(struck)
        row.problems = [f"{one.point}: {said}" for one in struck for said in one.problems]
        row.problems += [f"{one.point}: not reached" for one in outcomes if not one.struck]
        row.found = _words(struck)


def with_fault(point: Point, effect: str, span: str) -> Point:
    many = f"..{point.number + 5}" if span == "..+5" else span
    return replace(point, effect=effect, span=many)


def _words(struck: list[Outcome]) -> str:
    refused = sum(bool(one.refused) for one in struck)
    lost = Counter(said for one in struck for said in one.problems)
    return (
        f'{lost["lost"]} "saved" that were not, {lost["torn"]} torn, {lost.total()} problems; '
        f"{refused} said no, {len(struck) - refused} went on unharmed"
    )
