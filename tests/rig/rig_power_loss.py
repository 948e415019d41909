# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes: nothing acknowledged is lost, and four files and the key file fit together."""

from dataclasses import replace

import pytest

from tests.rig.figures import shows
from tests.rig.journeys import JOURNEYS
from tests.rig.power_loss import WAYS, Looked, Stretch, acts_of, look_after_power_cuts
from tests.rig.running import Rig

AT_ONCE = 24
CONTROLS = {way: "staff" if "key file" in way else "visit" for way in list(WAYS)[1:]}


def looked(rig: Rig, journey: str, way: str, *, draws: int, step: int) -> list[Looked]:
    """Everything after every `step`-th act of a journey."""
    whole = Stretch(journey, way, step=step, draws=draws)
    acts = rig.once(acts_of, whole, shared=rig.prepared_in_memory)
    stretches = [
        replace(whole, first=first, last=first + AT_ONCE * step)
        for first in range(0, acts + 1, AT_ONCE * step)
    ]
    return list(rig.each(look_after_power_cuts, stretches, shared=rig.prepared_in_memory, chunk=1))


@shows("power-loss")
@pytest.mark.usefixtures("needs_strace")
def rig_power_loss(rig: Rig) -> None:
    """Each journey, cut off after each act."""
    with rig.row("power loss, four files and the key file") as row:
        draws, step = rig.often(4, 2), rig.often(1, 12)
        found = [
            one
            for journey in JOURNEYS
            for one in looked(rig, journey, "as it is", draws=draws, step=step)
        ]
        row.times = sum(one.states for one in found)
        row.problems = [problem for one in found for problem in one.problems]
        row.found = words(found)


@shows("power-loss", control=True)
@pytest.mark.usefixtures("needs_strace")
@pytest.mark.parametrize("way", CONTROLS)
def rig_power_loss_is_seen(rig: Rig, way: str) -> None:
    """Settings that are known to lose do lose here: otherwise the row above proves nothing."""
    with rig.row(way) as row:
        found = looked(rig, CONTROLS[way], way, draws=2, step=rig.often(6, 12))
        row.times = sum(one.states for one in found)
        row.found = words(found)
        if not any(one.problems for one in found):
            row.problems = ["nothing was seen"]


def words(found: list[Looked]) -> str:
    lost, torn, shut = (
        sum(getattr(one, what) for one in found) for what in ("lost", "torn", "shut")
    )
    return f"{lost} lost, {torn} torn, {shut} do not open"
