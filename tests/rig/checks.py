# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens what a crash left behind as the program would, and says what is wrong with it."""

from collections.abc import Iterator

from pact_desktop.domain.errors import PactError
from pact_desktop.services.set_up import is_set_up
from pact_desktop.storage import recovery_code
from pact_desktop.storage.audit_check import follows_from
from pact_desktop.storage.audit_epochs import first_keys
from pact_desktop.storage.database import Database, check_integrity
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from tests.rig.journeys import Desk, set_up
from tests.rig.pictures import NOTHING, picture
from tests.rig.trials import Rehearsal


def problems(desk: Desk, rehearsal: Rehearsal, saved: int) -> list[str]:
    """Nothing acknowledged is lost, nothing is half there, everything opens and verifies."""
    try:
        return list(_problems(desk, rehearsal, saved))
    except PactError as error:
        return [f"does not open: {error.code} {dict(error.facts)}"]


def _problems(desk: Desk, rehearsal: Rehearsal, saved: int) -> Iterator[str]:
    found = NOTHING
    if is_set_up(desk.data):
        keyring = desk.keyring("nadia")
        store = Store.open(desk.records, keyring, keyring.account, desk.clock)
        store.close()
        yield from (f"the log is called changed: {one.kind}" for one in store.log_check.findings)
        check_integrity(desk.records, keyring.keys, keyring.salts)
        if not log_follows_from_its_first_key(desk, keyring):
            yield "the log does not follow from its first key"
        found = picture(desk.records, keyring.keys)
    wrong = rehearsal.judge(found, saved)
    if wrong:
        yield wrong
    if found == NOTHING:
        # Whoever was interrupted starts again, and it must work this time.
        for _ in set_up(desk):
            desk.keyring("nadia")


def log_follows_from_its_first_key(desk: Desk, keyring: KeyRing) -> bool:
    """What an auditor finds who brings the recovery sheet, where the rig kept its code."""
    sheet = desk.home / "recovery-code"
    seed = recovery_code.to_seed(sheet.read_text()) if sheet.exists() else None
    if seed is None:
        return True
    database = Database(desk.records, keyring.keys)
    try:
        with database.connect() as connection:
            pair = recovery_code.recovery_key(seed, keyring.vault_id)
            first = first_keys(connection, pair, keyring.signers)
            return first is not None and follows_from(connection, first)
    finally:
        database.close()
