# SPDX-License-Identifier: GPL-3.0-or-later
"""What the manager sees of the people who work here, and what ending an account does."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.domain.accounts import AccountId, Compartment, Role
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.services import accounts, key_changes
from pact_desktop.services.accounts import NewStaff
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log
from pact_desktop.storage.database import file_name, is_whole
from pact_desktop.storage.keys import KeyRing
from tests.factories import MONDAY_MORNING, SteppableClock, passphrase_of
from tests.services.test_accounts import enter

OpenAs = Callable[[str], Session]
SECOND_MANAGER = NewStaff("maja", "Maja Second", Role.MANAGER, "copper-meadow-lattice-sparrow")
NEW_NURSE = NewStaff("nina", "Nina Nova", Role.NURSE, "quiet-harbour-violin-tundra")


def account_of(session: Session, name: str) -> AccountId:
    found = {a.sign_in_name: a.account_id for a in accounts.list_accounts(session)}
    return found[name]


def refusal_of(session: Session, name: str) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        accounts.end_account(session, account_of(session, name))
    assert isinstance(refused.value.code, RefusalCode)
    return refused.value.code


def test_the_manager_sees_when_somebody_last_signed_in(
    open_as: OpenAs, clock: SteppableClock
) -> None:
    """Also the administrator, whose entries somebody else moves into the log."""
    open_as("nadia")
    clock.step(hours=1)
    open_as("nadia")
    open_as("ivo")
    clock.step(hours=1)
    members = accounts.staff_members(open_as("mira"))
    seen = {member.account.sign_in_name: member.signed_in_at for member in members}
    hours = {
        name: None if at is None else round((at - MONDAY_MORNING).total_seconds() / 3600)
        for name, at in seen.items()
    }
    assert hours == {"mira": 2, "nadia": 1, "ivo": 1, "dren": None}
    assert all(at is None or at.tzinfo is not None for at in seen.values())


def test_the_manager_sees_who_waits_for_a_colleague(open_as: OpenAs) -> None:
    """Until then the new nurse cannot open a name."""
    session = open_as("mira")
    created = accounts.create_account(session, NEW_NURSE)
    waiting = [m.account for m in accounts.staff_members(session) if m.waits]
    assert waiting == [created]
    accounts.confirm_colleague(open_as("nadia"), created.account_id)
    assert not any(member.waits for member in accounts.staff_members(open_as("mira")))


def test_who_left_cannot_sign_in_and_stays_in_the_records(
    open_as: OpenAs, data_folder: Path, device_folder: Path
) -> None:
    """The passphrase opens nothing, the name is not offered, the code still has its owner."""
    session = open_as("mira")
    dren = account_of(session, "dren")
    accounts.end_account(session, dren)
    with pytest.raises(Refusal) as refused:
        enter(data_folder, device_folder, "dren")
    assert refused.value.code is RefusalCode.SIGN_IN_FAILED
    assert "dren" not in accounts.sign_in_names(data_folder, device_folder=device_folder)
    ended = next(a for a in accounts.list_accounts(session) if a.account_id == dren)
    assert (ended.active, ended.staff_code) == (False, "D01")
    with session.store.reading_config() as connection:
        last = audit_log.entries(connection)[-1]
    assert (last["action"], last["subject"]) == ("account-ended", "D01")
    assert accounts.waiting_colleagues(open_as("nadia")) == []


def test_an_old_key_file_does_not_bring_somebody_back(
    open_as: OpenAs,
    data_folder: Path,
    device_folder: Path,
    clock: SteppableClock,
    content: Content,
) -> None:
    """The records themselves know that the account has ended."""
    kept = {path: path.read_bytes() for path in (data_folder / "records").glob("vault*")}
    session = open_as("mira")
    accounts.end_account(session, account_of(session, "dren"))
    session.store.close()
    for path, data in kept.items():
        path.write_bytes(data)
    keyring = enter(data_folder, device_folder, "dren")
    with pytest.raises(Refusal) as refused:
        accounts.open_session(data_folder, keyring, clock, content)
    assert refused.value.code is RefusalCode.SIGN_IN_FAILED
    assert open_as("nadia").account.active


def test_a_sign_in_name_is_not_given_twice(open_as: OpenAs) -> None:
    """Old visits would be put down to somebody else."""
    session = open_as("mira")
    accounts.end_account(session, account_of(session, "dren"))
    with pytest.raises(Refusal) as refused:
        accounts.create_account(
            session, NewStaff("dren", "Another", Role.DOCTOR, NEW_NURSE.passphrase)
        )
    assert refused.value.code is RefusalCode.ACCOUNT_NAME_TAKEN


def test_the_last_who_opens_names_stays(open_as: OpenAs) -> None:
    """Otherwise only the recovery sheet would still open the names of patients."""
    session = open_as("mira")
    created = accounts.create_account(session, NEW_NURSE)
    accounts.end_account(session, account_of(session, "dren"))
    assert refusal_of(session, "nadia") is RefusalCode.ACCOUNT_LAST_FOR_NAMES
    accounts.confirm_colleague(open_as("nadia"), created.account_id)
    session = open_as("mira")
    accounts.end_account(session, account_of(session, "nadia"))
    assert account_of(session, "nadia") not in {
        a.account_id for a in accounts.list_accounts(session) if a.active
    }


def test_keys_that_a_leaver_had_are_changed_by_whoever_holds_them(
    open_as: OpenAs, data_folder: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The manager's at once, the one to names at the next nurse's sign-in, without being asked."""
    place, left = data_folder / "records", keyring_of("dren")
    session = open_as("mira")
    accounts.end_account(session, account_of(session, "dren"))
    assert {one.compartment for one in key_changes.keys_to_change(session)} == set(Compartment)
    key_changes.change_open_keys(session)
    assert [one.compartment for one in key_changes.keys_to_change(session)] == [
        Compartment.IDENTITY
    ]
    assert is_whole(place / "identity.db", left.keys[Compartment.IDENTITY])
    session = open_as("nadia")
    assert key_changes.keys_to_change(session) == []
    assert not any(is_whole(place / file_name(one), key) for one, key in left.keys.items())
    open_as("ivo")
    with open_as("mira").store.reading_config() as connection:
        told = [e for e in audit_log.entries(connection) if e.get("action") == "keys-changed"]
    assert [entry["count"] for entry in told] == [3, 1]


def test_nobody_ends_their_own_account(open_as: OpenAs) -> None:
    """So there is always a manager."""
    assert refusal_of(open_as("mira"), "mira") is RefusalCode.ACCOUNT_OWN


@pytest.mark.parametrize("name", ["nadia", "dren", "ivo"])
def test_only_the_manager_looks_and_ends(name: str, open_as: OpenAs) -> None:
    """Nobody learns from here when a colleague was at work."""
    session = open_as(name)
    assert refusal_of(session, "ivo") is RefusalCode.NOT_ALLOWED
    with pytest.raises(Refusal):
        accounts.staff_members(session)


def test_the_first_manager_can_leave_too(
    open_as: OpenAs, data_folder: Path, device_folder: Path, clock: SteppableClock, content: Content
) -> None:
    """Whom she vouched for keeps working, and her successor makes new accounts."""
    accounts.create_account(open_as("mira"), SECOND_MANAGER)
    open_as("nadia").store.close()
    keyring = enter(data_folder, device_folder, "maja", SECOND_MANAGER.passphrase)
    session = accounts.open_session(data_folder, keyring, clock, content)
    accounts.end_account(session, account_of(session, "mira"))
    accounts.create_account(session, NEW_NURSE)
    session.store.close()
    with pytest.raises(Refusal):
        enter(data_folder, device_folder, "mira")
    assert enter(data_folder, device_folder, "nadia", passphrase_of("nadia"))
    assert enter(data_folder, device_folder, "nina", NEW_NURSE.passphrase)
