# SPDX-License-Identifier: GPL-3.0-or-later
"""A few points of each rig, so that a change that loses saves is seen at once.

All of them are reached by `python3 dev.py rig`.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from pact_desktop.domain.accounts import Compartment
from tests.rig import tracing
from tests.rig.damage import PAGE_HARMS, Harm, missed
from tests.rig.injections import disturbed, points_of
from tests.rig.power_loss import Stretch, acts_of, look_after_power_cuts
from tests.rig.trials import prepared_in

needs_strace = pytest.mark.skipif(
    not tracing.is_here(), reason="needs strace, which `dev.py rig` installs where it may"
)
JOURNEY = "sign-in"
POINTS = 6


@pytest.fixture(scope="module")
def worker() -> Iterator[ProcessPoolExecutor]:
    """A process of its own: it forks, and makes its secrets repeat."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as made:
        yield made


@pytest.fixture(scope="module")
def prepared(worker: ProcessPoolExecutor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worker.submit(prepared_in, tmp_path_factory.mktemp("rig") / "prepared").result()


@needs_strace
@pytest.mark.parametrize("effect", ["signal=SIGKILL", "error=EIO", "error=ENOSPC"])
def test_disturbed_call_loses_nothing(
    effect: str, worker: ProcessPoolExecutor, prepared: Path
) -> None:
    """What was acknowledged is there, what was not is there in whole or not at all."""
    points = worker.submit(points_of, prepared, JOURNEY).result()
    for point in points[5 :: len(points) // POINTS]:
        outcome = worker.submit(disturbed, prepared, replace(point, effect=effect)).result()
        assert outcome.struck
        assert outcome.problems == ()


@needs_strace
def test_power_cut_loses_nothing(worker: ProcessPoolExecutor, prepared: Path) -> None:
    """After any act, whatever of the unsynced rest the disk has kept."""
    whole = Stretch(JOURNEY, draws=2)
    acts = worker.submit(acts_of, prepared, whole).result()
    stretch = replace(whole, first=3, last=acts, step=acts // 10)
    found = worker.submit(look_after_power_cuts, prepared, stretch).result()
    assert found.states > POINTS
    assert found.problems == ()


@needs_strace
def test_power_cut_without_syncing_is_seen_to_lose(
    worker: ProcessPoolExecutor, prepared: Path
) -> None:
    """Otherwise the test before this one would prove nothing."""
    whole = Stretch(JOURNEY, "TRUNCATE and OFF", draws=2)
    acts = worker.submit(acts_of, prepared, whole).result()
    stretch = replace(whole, first=acts // 2, last=acts, step=acts // 12)
    assert worker.submit(look_after_power_cuts, prepared, stretch).result().problems


def test_damage_is_found_before_anything_is_shown(
    worker: ProcessPoolExecutor, prepared: Path
) -> None:
    """Bits and pages anywhere in the four files."""
    harms = [Harm(one, "bit", number) for one in Compartment for number in range(20)]
    harms += [Harm(one, how, page) for one in Compartment for how in PAGE_HARMS for page in (0, 3)]
    assert worker.submit(missed, prepared, harms).result() == []
