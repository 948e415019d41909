# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts that end or begin while the disk fails, the program dies, or keys are being changed."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update

from pact_desktop.domain.accounts import Compartment, Role
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.services import accounts, key_changes, patients, sealing, staff
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.storage import vault
from pact_desktop.storage.database import file_name, is_whole
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.tables import account
from tests.factories import CHEAP, SteppableClock, passphrase_of
from tests.services.killing import Steps, fresh_copy, needs_fork, run_and_kill, spread
from tests.services.test_staff import NEW_NURSE, account_of

OpenAs = Callable[[str], Session]
SignedIn = Callable[[str, str], Session]
MANAGERS = (Compartment.CONFIG, Compartment.CASES, Compartment.AUDIT)
NEW = patients.NewPatient(family_name="Hodžić", given_name="Lejla")


@pytest.fixture
def signed_in(
    data_folder: Path, device_folder: Path, clock: SteppableClock, content: Content
) -> SignedIn:
    """Signs in with the passphrase, as after a start of the program."""

    def sign_in(name: str, passphrase: str) -> Session:
        keyring = accounts.sign_in(
            data_folder, name, passphrase, clock, device_folder=device_folder, kdf=CHEAP
        )
        return accounts.open_session(data_folder, keyring, clock, content)

    return sign_in


def failing(*_given: object) -> None:
    raise Fault(FaultCode.STORAGE_FULL)


def cut_change(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of keys whose new files cannot be put in place, at once and in a second attempt."""
    real, left = Path.replace, [2]

    def refusing(self: Path, target: Path) -> Path:
        if self.name.endswith(".next") and left[0]:
            left[0] -= 1
            raise OSError(errno.EIO, "no")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", refusing)
    with pytest.raises(Fault):
        key_changes.change_keys(session, MANAGERS, KeyChangeReason.ASKED)
    assert vault.load(session.store.place).changing is not None


def test_leaver_gets_no_new_key_when_the_end_of_the_account_was_cut(
    open_as: OpenAs,
    data_folder: Path,
    keyring_of: Callable[[str], KeyRing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The log knew it, the key file did not yet: whoever comes next brings it to its end."""
    place, left = data_folder / "records", keyring_of("dren")
    manager = open_as("mira")
    dren = account_of(manager, "dren")
    with monkeypatch.context() as patched:
        patched.setattr(vault, "save", failing)
        with pytest.raises(Fault):
            accounts.end_account(manager, dren)
    before = vault.load(place).slot(dren)
    nurse = open_as("nadia")
    stored, after = vault.load(place), vault.load(place).slot(dren)
    assert key_changes.keys_to_change(nurse) == []
    assert stored.grants_of(dren) == ()
    assert before is not None
    assert after is not None
    assert after.wrapped != before.wrapped
    assert not any(is_whole(place / file_name(one), key) for one, key in left.keys.items())


def test_keys_are_not_changed_in_the_same_session_while_a_leaver_would_get_them(
    open_as: OpenAs, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = open_as("mira")
    dren = account_of(manager, "dren")
    with monkeypatch.context() as patched:
        patched.setattr(vault, "save", failing)
        with pytest.raises(Fault):
            accounts.end_account(manager, dren)
        with pytest.raises(Fault):
            key_changes.change_open_keys(manager)
    assert set(vault.load(data_folder / "records").epochs.values()) == {1}
    key_changes.change_open_keys(manager)
    stored = vault.load(data_folder / "records")
    assert stored.epochs[Compartment.CASES] == 2
    assert stored.grants_of(dren) == ()


def test_ends_in_the_configuration_never_take_the_names_from_everybody(open_as: OpenAs) -> None:
    """No program writes such rows: a manager's start is not where the names get lost."""
    manager = open_as("mira")
    before = vault.load(manager.store.place)
    ended = [account_of(manager, name) for name in ("nadia", "dren")]
    with manager.store.rearranging(AuditEvent(AuditAction.LOCKED)) as connection:
        connection.execute(
            update(account).where(account.c.account_id.in_(ended)).values(active=False)
        )
    manager = open_as("mira")
    assert vault.load(manager.store.place) == before


def test_an_account_ends_for_good_after_a_change_of_keys_that_failed(
    open_as: OpenAs,
    data_folder: Path,
    signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """In the same session: the key file is read after what was left over is settled."""
    place = data_folder / "records"
    manager = open_as("mira")
    dren = account_of(manager, "dren")
    cut_change(manager, monkeypatch)
    accounts.end_account(manager, dren)
    manager.store.close()
    nurse = signed_in("nadia", passphrase_of("nadia"))
    stored = vault.load(place)
    assert (stored.grants_of(dren), stored.changing) == ((), None)
    assert key_changes.keys_to_change(nurse) == []
    nurse.store.close()


def test_a_new_nurse_can_sign_in_after_a_change_of_keys_that_failed(
    open_as: OpenAs, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What she is given are the keys of now."""
    manager = open_as("mira")
    cut_change(manager, monkeypatch)
    made = accounts.create_account(manager, NEW_NURSE)
    manager.store.close()
    nurse = signed_in(NEW_NURSE.sign_in_name, NEW_NURSE.passphrase)
    assert nurse.account == made
    nurse.store.close()


def test_a_key_file_that_has_moved_on_is_not_written_over(open_as: OpenAs) -> None:
    manager = open_as("mira")
    old = staff.verified_vault(manager)
    accounts.create_account(manager, NEW_NURSE)
    now = vault.load(manager.store.place)
    with pytest.raises(Fault) as told:
        staff.save_vault(manager, old)
    assert told.value.code is FaultCode.STORAGE_FAILED
    assert vault.load(manager.store.place) == now


def test_a_disk_that_fails_under_closed_records_keeps_no_nurse_from_work(
    open_as: OpenAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their keys are renewed at the next sign-in."""
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    own, dren = nurse.account.account_id, account_of(nurse, "dren")
    sealing.close_record(nurse, patient.patient_id, [own, dren])
    accounts.end_account(open_as("mira"), dren)
    with monkeypatch.context() as patched:
        patched.setattr(sealing, "_rekeyed", failing)
        assert patients.open_patient(open_as("nadia"), patient.patient_id) == patient
    (opened,) = open_as("nadia").store.closed.opened.values()
    assert opened.record.named == {own}


@needs_fork
def test_killed_at_any_step_an_account_has_ended_or_not(
    data_folder: Path, device_folder: Path, content: Content, tmp_path: Path
) -> None:
    """And whoever has left has no key of now, whoever signs in next."""
    place, clock = tmp_path / "copy", SteppableClock()

    def opened(name: str) -> Session:
        keyring = accounts.sign_in(
            place, name, passphrase_of(name), clock, device_folder=device_folder, kdf=CHEAP
        )
        return accounts.open_session(place, keyring, clock, content)

    def end(manager: Session) -> None:
        accounts.end_account(manager, account_of(manager, "dren"))

    def killed(at: int) -> Steps:
        fresh_copy(data_folder, place)
        return run_and_kill(lambda: opened("mira"), end, at)

    outcomes = set()
    for at in spread(killed(0), 8, 8):
        killed(at)
        between = bool(vault.load(place / "records").grants_of(dren_of(place)))
        nurse = opened("nadia")
        dren = next(a for a in accounts.list_accounts(nurse) if a.sign_in_name == "dren")
        stored = vault.load(place / "records")
        nurse.store.close()
        assert bool(stored.grants_of(dren.account_id)) is dren.active
        assert set(stored.epochs.values()) == ({1} if dren.active else {2})
        outcomes.add((dren.active, between))
    assert outcomes == {(True, True), (False, True), (False, False)}


def dren_of(place: Path) -> str:
    """By their role: the only doctor of the facility."""
    stored = vault.load(place / "records")
    return next(slot.user for slot in stored.slots if slot.role is Role.DOCTOR)
