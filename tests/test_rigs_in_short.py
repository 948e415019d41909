# SPDX-License-Identifier: GPL-3.0-or-later
"""A few trials of the newer rigs with every change; all of them run with `python3 dev.py rig`."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest

from tests import hostile_text, memory
from tests.rig import copies, fuzzing, leaks, rig_hostile, tracing
from tests.rig.fuzzing import CARELESS, READERS, SHARES, Batch, batches
from tests.rig.marks import Marks, found_in
from tests.rig.rig_faults import with_fault
from tests.rig.trials import prepared_in

needs_strace = pytest.mark.skipif(
    not tracing.is_here(), reason="needs strace, which `dev.py rig` installs where it may"
)


@pytest.fixture(scope="module")
def worker() -> Iterator[ProcessPoolExecutor]:
    """A process of its own: it forks, and makes its secrets repeat."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as made:
        yield made


@pytest.fixture(scope="module")
def prepared(worker: ProcessPoolExecutor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With a backup on a stick and a later program beside it."""
    made = worker.submit(prepared_in, tmp_path_factory.mktemp("rig") / "prepared").result()
    worker.submit(copies.prepare, made).result()
    return made


def test_two_hundred_thousand_changed_inputs_are_refused_in_our_words(
    worker: ProcessPoolExecutor, prepared: Path
) -> None:
    """Each reader its share; the time that one may take is measured by the rig alone."""
    tried = Counter[str]()
    for result in worker.map(fuzzing.fuzzed, [prepared] * len(batches()), batches()):
        tried[result.batch.reader] += result.batch.count
        assert [one for one in result.problems if ": took " not in one] == []
    assert tried == Counter(SHARES)
    assert tried.total() >= 200_000
    assert set(SHARES) == set(READERS)


@pytest.mark.parametrize("name", [one for one in CARELESS if "no end" not in one])
def test_a_careless_reader_is_found_out(
    name: str, worker: ProcessPoolExecutor, prepared: Path
) -> None:
    """Otherwise the test above would prove nothing."""
    assert worker.submit(fuzzing.fuzzed, prepared, Batch(name, 0, 20)).result().problems


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """A dozen of them in every output."""
    found = rig_hostile.given(tmp_path, ("7", "60"))
    assert found.tried >= 10 * len(rig_hostile.OUTPUTS)
    assert found.problems == []
    assert found.opened == []


def test_hostile_texts_are_read_by_what_reads_markup(tmp_path: Path) -> None:
    """The same texts in a label and a paragraph as the libraries make them."""
    found = rig_hostile.given(tmp_path, ())
    assert any(said.startswith("label") for said in found.problems)
    assert any(said.startswith("paragraph") for said in found.problems)
    assert found.opened or not found.watched


def test_there_are_five_hundred_hostile_texts() -> None:
    """Each another one."""
    made = list(hostile_text.texts())
    assert len(set(made)) == len(made) >= 500


@needs_strace
@pytest.mark.parametrize("journey", [copies.BACKUP, copies.RESTORE, copies.UPDATE])
def test_disturbed_copy_or_update_is_never_half(
    journey: str, worker: ProcessPoolExecutor, prepared: Path
) -> None:
    """Killed at some calls, let down at others."""
    points = worker.submit(copies.points_of, prepared, journey).result()
    chosen = points[7 :: len(points) // 4]
    cases = [*chosen, *(with_fault(point, "error=EIO", "+") for point in chosen)]
    for outcome in worker.map(copies.disturbed, [prepared] * len(cases), cases):
        assert outcome.struck
        assert outcome.problems == ()


@pytest.mark.skipif(not memory.CAN_LOOK, reason="only root on Linux can look into a process")
@pytest.mark.parametrize("state", ["locked", "error nobody caught"])
def test_no_mark_is_found_anywhere(state: str, worker: ProcessPoolExecutor, prepared: Path) -> None:
    """The rig does it with five hundred marks, in seven states."""
    ready = worker.submit(leaks.make_ready, prepared, Marks.draw(), 40, state).result()
    found = worker.submit(leaks.searched, ready, state).result()
    assert found.hits == []
    assert len(found.places) >= 6


def test_a_planted_mark_is_found_in_every_form() -> None:
    """Otherwise the test above would prove nothing."""
    marks = Marks.draw()
    for form, needle in marks.needles().items():
        assert form in found_in(b"a" + needle + b"z", marks.needles())
    assert found_in(b"nothing of the kind", replace(marks).needles()) == {}
