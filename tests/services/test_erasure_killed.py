# SPDX-License-Identifier: GPL-3.0-or-later
"""Killed in the middle of an erasure: all or nothing, and the next start finishes."""

from dataclasses import replace
from pathlib import Path

from pact_desktop.services import accounts, key_changes, patients
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.storage import erasure as rows
from pact_desktop.storage import vault
from pact_desktop.storage.tombstones import load_tombstones
from tests.canaries import Marks
from tests.factories import CHEAP, SteppableClock, passphrase_of
from tests.services.killing import Steps, fresh_copy, needs_fork, run_and_kill, spread
from tests.services.test_erasure import erased, hits, registered

POINTS = 8
"""Kills over the length of one erasure, and one at each of its last steps."""
LAST = 4

pytestmark = needs_fork


def test_killed_at_any_step_it_is_all_or_nothing(
    data_folder: Path, device_folder: Path, content: Content, tmp_path: Path
) -> None:
    """Kills fall into the change of keys too, which is finished or begun again."""
    marks, clock, place = Marks.draw(), SteppableClock(), tmp_path / "copy"

    def opened(folder: Path) -> Session:
        keyring = accounts.sign_in(
            folder, "nadia", passphrase_of("nadia"), clock, device_folder=device_folder, kdf=CHEAP
        )
        # Every copy is a computer that saw no other one.
        return accounts.open_session(folder, replace(keyring, device_folder=""), clock, content)

    session = opened(data_folder)
    patient = registered(session, marks.latin)
    session.store.close()

    def killed(at: int) -> Steps:
        fresh_copy(data_folder, place)
        return run_and_kill(lambda: opened(place), lambda session: erased(session, patient), at)

    outcomes, changing = set(), 0
    for at in spread(killed(0), POINTS, LAST):
        killed(at)
        left = vault.load(place / "records")
        changing += left.changing is not None
        again = opened(place)
        gone = patients.find_patients(again, marks.latin) == []
        with again.store.reading_config() as connection:
            assert rows.unfinished(connection) == []
            assert bool(load_tombstones(connection)) is gone
        assert again.store.log_check.whole
        assert (hits(again, marks) == 0) is gone
        assert key_changes.keys_to_change(again) == []
        again.store.close()
        outcomes.add((gone, max(vault.load(place / "records").epochs.values())))
    assert outcomes == {(False, 1), (True, 2)}
    assert changing
