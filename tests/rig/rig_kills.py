# SPDX-License-Identifier: GPL-3.0-or-later
"""Kill -9: at every call that changes the disk, and at any moment while staff save."""

import os
from collections import Counter

import pytest

from tests.rig.figures import shows
from tests.rig.injections import Point, disturbed
from tests.rig.random_kills import Chain, chain_of_kills
from tests.rig.running import Rig

KILLS_IN_A_CHAIN = 10
"""So often one folder is killed, opened and killed again."""


@shows("kill-every-call")
@pytest.mark.usefixtures("needs_strace")
def rig_kill_at_every_call(rig: Rig, points: list[Point]) -> None:
    """Whatever the program was just about to write, what it said before is there."""
    with rig.row("kill -9 at every call that changes the disk") as row:
        outcomes = list(rig.each(disturbed, rig.thinned(points, 150), shared=rig.prepared))
        struck = [outcome for outcome in outcomes if outcome.struck]
        row.times = len(struck)
        row.problems = [f"{one.point}: {said}" for one in struck for said in one.problems]
        row.problems += [f"{one.point}: not reached" for one in outcomes if not one.struck]
        lost = Counter(said for one in struck for said in one.problems)
        row.found = f"{lost['lost']} lost, {lost['torn']} torn, {lost.total()} problems"


@shows("kill-any-moment")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def rig_kill_at_any_moment(rig: Rig) -> None:
    """Answers are saved as fast as they can be, until the program is shot."""
    chains = rig.often(220, 6)
    with rig.row("kill -9 at any moment, between answers and in them") as row:
        cases = [Chain(number, KILLS_IN_A_CHAIN) for number in range(chains)]
        found = list(rig.each(chain_of_kills, cases, shared=rig.prepared, chunk=1))
        row.times = sum(chain.kills for chain in found)
        saved = sum(chain.saved for chain in found)
        in_doubt = sum(chain.in_doubt for chain in found)
        row.problems = [problem for chain in found for problem in chain.problems]
        row.found = (
            f"{saved:,} acknowledged, {sum(chain.lost for chain in found)} lost, "
            f"{in_doubt} stored but not yet acknowledged, {len(row.problems)} problems"
        )
