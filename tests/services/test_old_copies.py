# SPDX-License-Identifier: GPL-3.0-or-later
"""What was erased here and is still outside: named, noted as gone, and erased again on return."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.backup import BackupId
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber, MayBeChild, Patient
from pact_desktop.domain.referral import REFERENCE_ALPHABET
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.services import (
    accounts,
    backups,
    erasure,
    old_copies,
    patients,
    restoring,
    sealing,
)
from pact_desktop.services.erasure import Colleague
from pact_desktop.services.session import Session
from pact_desktop.storage import sealed_boxes, tombstones
from pact_desktop.storage.audit_log import entries
from pact_desktop.storage.erasure import unfinished
from pact_desktop.storage.tombstones import load_tombstones, remembered_erased
from pact_desktop.terms.log import case_words
from tests.canaries import Marks
from tests.documents.papers import text_of
from tests.factories import (
    CHEAP,
    MANAGER,
    NURSE,
    SteppableClock,
    a_birth_date,
    new_staff,
    passphrase_of,
)
from tests.storage.pages import plain_pages, times_in

Open = Callable[[str], Session]


def registered(session: Session, family_name: str) -> Patient:
    new = patients.NewPatient(
        family_name=family_name,
        given_name="Ana",
        birth_date=a_birth_date(),
        may_be_child=MayBeChild.NO,
    )
    return patients.register_patient(session, new)


def erased(session: Session, patient: Patient) -> erasure.Erased:
    return erasure.erase_patient(
        session,
        patient.patient_id,
        reason=ErasureReason.PATIENT_ASKED,
        typed=f"Ana {patient.family_name}",
        second=Colleague("mira", passphrase_of("mira")),
    )


def backed_up(session: Session, folder: Path) -> backups.MadeBackup:
    folder.mkdir(exist_ok=True)
    return backups.make_backup(session, folder)


def restored(
    path: Path, home: Path, code: str, erased_since: list[CaseNumber] | None = None
) -> restoring.Restored:
    pending = restoring.begin_restore(
        path, home / "data", code, SteppableClock(), device_folder=home / "device", kdf=CHEAP
    )
    return restoring.finish_restore(pending, new_staff(MANAGER, NURSE), erased_since or [])


def at_work(home: Path, name: str, content: object) -> Session:
    keyring = accounts.sign_in(
        home / "data",
        name,
        passphrase_of(name),
        SteppableClock(),
        device_folder=home / "device",
        kdf=CHEAP,
    )
    return accounts.open_session(home / "data", keyring, SteppableClock(), content)  # type: ignore[arg-type]


def left_of(session: Session, marks: Marks) -> int:
    return sum(
        times_in(plain_pages(session.store.place / f"{one.value}.db", key), marks.both)
        for one, key in session.store.keyring.keys.items()
    )


def test_the_list_names_the_files_and_the_numbers_and_nobody(
    open_as: Open, tmp_path: Path, clock: SteppableClock
) -> None:
    marks = Marks.draw()
    patient = registered(open_as("nadia"), marks.latin)
    clock.step(hours=1)
    made = backed_up(open_as("mira"), tmp_path / "stick")
    clock.step(hours=1)
    erased(open_as("nadia"), patient)
    manager = open_as("mira")
    found = old_copies.old_copies(manager)
    assert [one.backup_id for one in found.backups] == [made.backup.backup_id]
    assert not found.newer_backup
    paper = text_of(old_copies.copies_list(manager, "mk").pdf)
    assert case_words(patient.case_number) in paper
    assert made.backup.anchor in paper
    assert marks.latin not in paper
    clock.step(hours=1)
    backed_up(manager, tmp_path / "stick")
    assert old_copies.old_copies(manager).newer_backup
    after = old_copies.note_copy_destroyed(manager, made.backup.backup_id)
    assert after.backups == ()
    with manager.store.reading_config() as connection:
        assert entries(connection)[-1]["action"] == AuditAction.BACKUP_DESTROYED.value
    for unknown in (made.backup.backup_id, BackupId("none")):
        with pytest.raises(Refusal) as refused:
            old_copies.note_copy_destroyed(manager, unknown)
        assert refused.value.code is RefusalCode.BACKUP_UNKNOWN


def test_a_destroyed_backup_is_no_backup(open_as: Open, tmp_path: Path) -> None:
    """The facility is told to make a new one."""
    manager = open_as("mira")
    made = backed_up(manager, tmp_path / "stick")
    assert backups.backup_standing(manager).last is not None
    old_copies.note_copy_destroyed(manager, made.backup.backup_id)
    assert backups.backup_standing(manager).last is None


@pytest.mark.parametrize("name", ["nadia", "ivo"])
def test_the_list_is_the_managers(name: str, open_as: Open) -> None:
    other = open_as(name)
    for look in (old_copies.old_copies, lambda who: old_copies.copies_list(who, "en")):
        with pytest.raises(Refusal) as refused:
            look(other)
        assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_what_the_computer_could_not_note_it_notes_at_the_next_start(
    tmp_path: Path,
    built_facility: tuple[Path, str],
    content: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Or an older backup restored here would bring the person back, and nobody would know."""
    home = tmp_path / "home"
    shutil.copytree(built_facility[0], home)
    nurse = at_work(home, "nadia", content)
    patient = registered(nurse, "Marković")
    keyring = nurse.store.keyring

    def known() -> list[CaseNumber]:
        return remembered_erased(home / "device", keyring.device_key, keyring.vault_id)

    def full(_path: Path, _content: bytes) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(tombstones, "write_durably", full)
        assert not erased(nurse, patient).settled
    with nurse.store.reading_config() as connection:
        assert unfinished(connection) == []
    nurse.store.close()
    assert known() == []
    nurse = at_work(home, "nadia", content)
    assert known() == [patient.case_number]
    nurse.store.close()


def test_a_restore_on_this_computer_erases_again_by_itself(
    tmp_path: Path, built_facility: tuple[Path, str], content: object
) -> None:
    """A backup from before brings her back; this computer knows that she had to go."""
    home, code, marks = tmp_path / "home", built_facility[1], Marks.draw()
    shutil.copytree(built_facility[0], home)
    nurse = at_work(home, "nadia", content)
    patient = registered(nurse, marks.latin)
    stays = registered(nurse, "Marković")
    nurse.store.close()
    manager = at_work(home, "mira", content)
    made = backed_up(manager, tmp_path / "stick")
    manager.store.close()
    nurse = at_work(home, "nadia", content)
    erased(nurse, patient)
    keyring = nurse.store.keyring
    nurse.store.close()
    known = remembered_erased(home / "device", keyring.device_key, keyring.vault_id)
    assert known == [patient.case_number]
    (home / "data" / "records").rename(home / "old records")
    assert restored(made.path, home, code).erased_again == 1
    nurse = at_work(home, "nadia", content)
    assert left_of(nurse, marks) == 0
    assert [one.patient for one in patients.find_patients(nurse, "Marković")] == [stays]
    with nurse.store.reading_config() as connection:
        assert [one.record for one in load_tombstones(connection)] == [patient.case_number]
    assert nurse.store.log_check.whole
    nurse.store.close()


def test_a_restore_on_another_computer_erases_by_the_list(
    open_as: Open, tmp_path: Path, recovery_code: str, content: object
) -> None:
    """Without the list she is back, which the page of limits says."""
    marks = Marks.draw()
    patient = registered(open_as("nadia"), marks.latin)
    made = backed_up(open_as("mira"), tmp_path / "stick")
    erased(open_as("nadia"), patient).backups[0]
    typed = old_copies.record_numbers(f"\n{case_words(patient.case_number).lower()}\n")
    other = CaseNumber("2" * 12)
    assert restored(made.path, tmp_path / "with", recovery_code, [*typed, other]).erased_again == 1
    nurse = at_work(tmp_path / "with", "nadia", content)
    assert left_of(nurse, marks) == 0
    with nurse.store.reading_config() as connection:
        assert [one.record for one in load_tombstones(connection)] == [*typed, other]
    nurse.store.close()
    assert restored(made.path, tmp_path / "without", recovery_code).erased_again == 0
    nurse = at_work(tmp_path / "without", "nadia", content)
    assert left_of(nurse, marks) > 0
    nurse.store.close()


def test_a_later_backup_carries_what_went(
    open_as: Open, tmp_path: Path, recovery_code: str
) -> None:
    patient = registered(open_as("nadia"), "Marković")
    erased(open_as("nadia"), patient)
    made = backed_up(open_as("mira"), tmp_path / "stick")
    numbers = [patient.case_number]
    assert restored(made.path, tmp_path / "new", recovery_code, numbers).erased_again == 0


@given(st.lists(st.text(REFERENCE_ALPHABET, min_size=12, max_size=12)))
def test_numbers_are_read_as_they_are_printed(numbers: list[str]) -> None:
    found = [CaseNumber(number) for number in numbers]
    typed = "\n".join(f" {case_words(number).lower()}\t" for number in found)
    assert old_copies.record_numbers(typed) == found


@pytest.mark.parametrize("typed", ["ABC", "2" * 13, "I" * 12, "222222222222 x", "2222-2222-222O"])
def test_a_slip_of_the_hand_is_told(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        old_copies.record_numbers(typed)
    assert refused.value.code is RefusalCode.RECORD_NUMBER_WRONG


def test_closed_record_goes_again_on_return(
    tmp_path: Path, built_facility: tuple[Path, str], content: object
) -> None:
    """Only the sheet can tell which one it is, and the sheet is there when a backup comes back."""
    home, code = tmp_path / "home", built_facility[1]
    shutil.copytree(built_facility[0], home)
    nurse = at_work(home, "nadia", content)
    gone, stays = registered(nurse, "Marković"), registered(nurse, "Zupan")
    for patient in (gone, stays):
        sealing.close_record(nurse, patient.patient_id, [nurse.account.account_id])
    nurse.store.close()
    manager = at_work(home, "mira", content)
    made = backed_up(manager, tmp_path / "stick")
    manager.store.close()
    nurse = at_work(home, "nadia", content)
    erased(nurse, gone)
    nurse.store.close()
    (home / "data" / "records").rename(home / "old records")
    assert restored(made.path, home, code).erased_again == 1
    nurse = at_work(home, "nadia", content)
    with nurse.store.reading_config() as connection:
        assert len(sealed_boxes.records(connection)) == 1
    assert sealing.recover_closed_records(nurse, code) == 1
    assert patients.open_patient(nurse, stays.patient_id) == stays
    nurse.store.close()
