# SPDX-License-Identifier: GPL-3.0-or-later
"""Who can open which file, tried by decrypting it; and who may do what, tried by doing it."""

import shutil
from itertools import product
from pathlib import Path

from sqlcipher3 import dbapi2

from pact_desktop.domain.accounts import MATRIX, Compartment, Role
from pact_desktop.domain.errors import RefusalCode
from pact_desktop.storage.database import file_name, raw_key
from tests.factories import STAFF
from tests.rig.figures import shows
from tests.rig.journeys import Desk
from tests.rig.running import Rig
from tests.rig.trials import content
from tests.services import test_roles

CONFIG, IDENTITY, CASES, AUDIT = Compartment
OPENS = {
    Role.NURSE: {CONFIG, IDENTITY, CASES, AUDIT},
    Role.DOCTOR: {CONFIG, IDENTITY, CASES, AUDIT},
    Role.MANAGER: {CONFIG, CASES, AUDIT},
    Role.IT_ADMINISTRATOR: {CONFIG},
}
"""As it was decided, written down a second time; a manager opens no names."""


def opens(path: Path, key: bytes) -> bool:
    """Whether a key decrypts a file, asked of the library itself."""
    connection = dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.set_key(raw_key(key))
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def cells(prepared: Path, _nothing: None) -> list[tuple[Role, Compartment, bool]]:
    """Each file tried with every secret that somebody's sign-in gives."""
    home = prepared.parent / "keys"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home)
    desk = Desk(home, content())
    found = []
    for name, _, role in STAFF:
        ring = desk.keyring(name)
        held = [*ring.keys.values(), ring.device_key, ring.signing_seed, ring.personal_key]
        secrets = [key for key in held if len(key) == 32]
        for compartment in Compartment:
            path = desk.records / file_name(compartment)
            found.append((role, compartment, any(opens(path, key) for key in secrets)))
    return found


@shows("keys")
def rig_key_matrix(rig: Rig) -> None:
    """Every secret of every role against every file: what is not theirs stays shut."""
    with rig.row("every secret of every role tried on every file") as row:
        found = rig.once(cells, None, shared=rig.prepared)
        wanted = {(role, one): one in OPENS[role] for role, one in product(OPENS, Compartment)}
        row.times = len(found)
        row.problems = [
            f"{role} {'opens' if opened else 'does not open'} {compartment}"
            for role, compartment, opened in found
            if opened is not wanted.get((role, compartment))
        ]
        row.found = f"{sum(opened for *_, opened in found)} open, all others stay shut"


@shows("keys", control=True)
def rig_a_key_opens(rig: Rig) -> None:
    """The nurse's keys do open: the eyes above see a file that opens."""
    with rig.row("the nurse's own keys on her files") as row:
        found = rig.once(cells, None, shared=rig.prepared)
        row.times = sum(opened for role, _, opened in found if role is Role.NURSE)
        row.found = f"{row.times} seen to open"


def services_of(prepared: Path, case: tuple[Role, Role]) -> tuple[int, list[str]]:
    """Every service called by one role; which cells differ from what the other one may do."""
    caller, judged_as = case
    home = prepared.parent / f"roles-{caller}-{judged_as}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home)
    session = Desk(home, content()).at_work(test_roles.NAMES[caller])
    tried, wrong = 0, []
    for service in test_roles.services():
        need = test_roles.need_of(service)
        if service in {"accounts.lock", "staff.confirm_colleague"}:
            continue
        refused = test_roles.called(service, session)
        said_no = refused is not None and refused.code is RefusalCode.NOT_ALLOWED
        tried += 1
        if said_no is not (need is not None and need not in MATRIX[judged_as].permissions):
            wrong.append(f"{caller}: {service}: {refused and refused.code}")
    session.store.close()
    shutil.rmtree(home)
    return tried, wrong


@shows("permissions")
def rig_permission_matrix(rig: Rig) -> None:
    """Every service by every role, allowed or refused as the matrix of the program says."""
    with rig.row("every service called by every role", f"{len(Role)} roles") as row:
        cases = [(role, role) for role in Role]
        found = list(rig.each(services_of, cases, shared=rig.prepared, chunk=1))
        row.times = sum(tried for tried, _ in found)
        row.problems = [one for _, wrong in found for one in wrong]
        row.found = f"{len(row.problems)} cells differ"


@shows("permissions", control=True)
def rig_a_wrong_permission_is_seen(rig: Rig) -> None:
    """A nurse who is judged as if she were the manager differs."""
    with rig.row("a nurse judged by the manager's permissions") as row:
        case = (Role.NURSE, Role.MANAGER)
        row.times = len(rig.once(services_of, case, shared=rig.prepared)[1])
        row.found = f"{row.times} cells seen to differ"
