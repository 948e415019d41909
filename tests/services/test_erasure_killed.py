# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed in the middle of an erasure: all or nothing, and the next start finishes."""

import os
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.domain.patient import Patient
from pact_desktop.services import accounts, patients
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.storage import erasure as rows
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.tombstones import load_tombstones
from tests.canaries import Marks
from tests.factories import SteppableClock
from tests.services.test_erasure import erased, hits, registered

POINTS = 12
"""Kills over the length of one erasure, and one at each of its last statements."""
LAST = 8

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a process of its own")


def run_and_kill(open_copy: Callable[[], Session], patient: Patient, at: int) -> int:
    """Erases in a child that kills itself at its n-th statement; gives how many there were."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        seen = 0

        def statement(_text: str) -> None:
            nonlocal seen
            seen += 1
            if seen == at:
                os.kill(os.getpid(), signal.SIGKILL)

        code = 1
        try:
            session = open_copy()
            session.store._database._driver.set_trace_callback(statement)  # noqa: SLF001 the very bottom
            erased(session, patient)
            os.write(writing, seen.to_bytes(4))
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    told = os.read(reading, 4)
    os.close(reading)
    if at:
        assert os.WIFSIGNALED(status), at
        assert os.WTERMSIG(status) == signal.SIGKILL
    return int.from_bytes(told)


def test_killed_at_any_statement_it_is_all_or_nothing(
    data_folder: Path,
    keyring_of: Callable[[str], KeyRing],
    content: Content,
    tmp_path: Path,
) -> None:
    marks, clock, keyring = Marks.draw(), SteppableClock(), keyring_of("nadia")
    session = accounts.open_session(data_folder, keyring, clock, content)
    patient = registered(session, marks.latin)
    session.store.close()
    place = tmp_path / "copy"

    def open_copy() -> Session:
        return accounts.open_session(place, keyring, clock, content)

    def killed(at: int) -> int:
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(data_folder, place)
        return run_and_kill(open_copy, patient, at)

    count = killed(0)
    assert count > LAST
    points = {*range(1, count, max(1, count // POINTS)), *range(count - LAST, count + 1)}
    outcomes = set()
    for at in sorted(points):
        killed(at)
        again = open_copy()
        gone = patients.find_patients(again, marks.latin) == []
        with again.store.reading_config() as connection:
            assert rows.unfinished(connection) == []
            assert bool(load_tombstones(connection)) is gone
        assert again.store.log_check.whole
        assert (hits(again, marks) == 0) is gone
        again.store.close()
        outcomes.add(gone)
    assert outcomes == {True, False}
