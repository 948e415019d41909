# SPDX-License-Identifier: GPL-3.0-or-later
"""A closed record is seen by the people who are named and by nobody else, whatever they hold."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update
from sqlcipher3 import dbapi2

from pact_desktop.domain.accounts import AccountId, Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.domain.patient import MayBeChild, Patient
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.domain.screening import Answer
from pact_desktop.services import (
    accounts,
    audit,
    erasure,
    key_changes,
    patients,
    record_access,
    screenings,
    sealing,
)
from pact_desktop.services.session import Session
from pact_desktop.storage import rotation
from pact_desktop.storage.closed_records import Body, Rows, record_tables
from pact_desktop.storage.database import Database, file_name, is_whole
from pact_desktop.storage.erasure import unfinished
from pact_desktop.storage.keys import KeyRing, decrypt
from pact_desktop.storage.metadata import CASES, IDENTITY, metadata
from pact_desktop.storage.sealed_boxes import BoxKind, Holder
from pact_desktop.storage.sealed_tables import sealed_box, sealed_record
from pact_desktop.storage.tombstones import Tombstone, add_tombstone
from tests.factories import a_birth_date, passphrase_of
from tests.services.activity import actions
from tests.services.damaging import put_back, rows_of_closed, spoil, write_body

NEW = patients.NewPatient(
    family_name="Hodžić",
    given_name="Lejla",
    birth_date=a_birth_date(24),
    may_be_child=MayBeChild.NO,
)
Open = Callable[[str], Session]


@pytest.fixture
def ids(keyring_of: Callable[[str], KeyRing]) -> dict[str, AccountId]:
    return {name: keyring_of(name).account.account_id for name in ("nadia", "dren", "mira")}


def closed_by_nurse(session: Session, *named: AccountId) -> Patient:
    """A record with a visit, an answer and words, which its people alone can open."""
    patient = patients.register_patient(session, NEW)
    visit = screenings.start_screening(session, patient, visit_reason="canary-reason")
    screenings.record_answer(
        session,
        visit.screening_id,
        Answer(IndicatorId("A01"), AnswerValue.YES, own_words="canary-words"),
    )
    sealing.close_record(session, patient.patient_id, named)
    return patient


def plaintext(folder: Path, keyring: KeyRing) -> str:
    """Everything that the keys of the files show, with a tool of one's own."""
    shown = ""
    for compartment in Compartment:
        path = folder / "records" / file_name(compartment)
        driver = dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True)
        driver.set_key(bytearray(b"x'" + keyring.keys[compartment].hex().encode() + b"'"))
        tables = driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in tables:
            shown += str(driver.execute(f'SELECT * FROM "{name}"').fetchall())  # noqa: S608
        driver.close()
    return shown


def test_named_people_work_as_before(open_as: Open, ids: dict[str, AccountId]) -> None:
    """Found by name, in the day's list, changed, and all of it there at the next sign-in."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"])
    assert [one.patient for one in patients.find_patients(nurse, "hodzic")] == [patient]
    patients.change_patient(nurse, replace(patient, alias="Lela"))
    nurse = open_as("nadia")
    (found,) = patients.find_patients(nurse, "lela")
    assert found.patient.family_name == "Hodžić"
    (visit,) = screenings.visits_of_day(nurse, nurse.today)
    assert visit.family_name == "Hodžić"
    loaded = screenings.load_screening(nurse, visit.screening.screening_id)
    assert loaded.answers[IndicatorId("A01")].own_words == "canary-words"
    withdrawn = screenings.withdraw_answer(nurse, loaded.screening_id, IndicatorId("A01"))
    assert withdrawn.answers == {}
    nurse = open_as("nadia")
    assert screenings.load_screening(nurse, loaded.screening_id).answers == {}
    assert record_access.record_access(nurse, patient.patient_id)


def test_everybody_else_finds_nothing_anywhere(open_as: Open, ids: dict[str, AccountId]) -> None:
    """Not by name, number, likeness, list, count or visit; the manager neither."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"])
    (visit,) = screenings.visits_of_day(nurse, nurse.today)
    doctor = open_as("dren")
    assert patients.find_patients(doctor, "hodzic") == []
    assert patients.similar_patients(doctor, NEW) == []
    assert screenings.visits_of_day(doctor, doctor.today) == []
    for ask in (
        lambda: patients.open_patient(doctor, patient.patient_id),
        lambda: patients.patient_of(doctor, patient.case_number),
        lambda: record_access.record_access(doctor, patient.patient_id),
        lambda: sealing.closed_record(doctor, patient.patient_id),
        lambda: screenings.start_screening(doctor, patient),
        lambda: sealing.change_named(doctor, patient.patient_id, [ids["dren"]]),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code is RefusalCode.PATIENT_UNKNOWN
    with pytest.raises(Refusal):
        screenings.load_screening(doctor, visit.screening.screening_id)
    manager = open_as("mira")
    assert screenings.visits_of_day(manager, manager.today) == []
    assert audit.read_log(manager).rows[0].case_number is None


def test_keys_of_all_four_files_show_nothing_of_it(
    open_as: Open,
    ids: dict[str, AccountId],
    data_folder: Path,
    keyring_of: Callable[[str], KeyRing],
) -> None:
    """By cryptography: a colleague with every key of the files and a tool of their own."""
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    canaries = ("Hodžić", "hodzic", patient.case_number, patient.patient_id)
    nurse.store.close()
    assert all(one in plaintext(data_folder, keyring_of("dren")) for one in canaries)
    nurse = open_as("nadia")
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    visit = screenings.start_screening(nurse, patient, visit_reason="canary-reason")
    doctor = open_as("dren")
    doctor.store.close()
    shown = plaintext(data_folder, doctor.store.keyring)
    for canary in (*canaries, "canary-reason", visit.screening_id):
        assert canary not in shown


def test_only_the_named_open_a_box(
    open_as: Open, ids: dict[str, AccountId], keyring_of: Callable[[str], KeyRing]
) -> None:
    """The doctor's own pair opens no box, and the box of another record or person fits nowhere."""
    nurse = open_as("nadia")
    closed_by_nurse(nurse, ids["nadia"])
    with nurse.store.reading_config() as connection:
        (opened,) = nurse.store.closed.opened.values()
        boxes = nurse.store.closed.boxes(connection, opened)
    doctor, mine = keyring_of("dren"), keyring_of("nadia")
    assert all(box.opened(doctor.sealing, doctor) is None for box in boxes)
    (own,) = [box for box in boxes if box.holder == ids["nadia"]]
    assert own.opened(mine.sealing, mine) == opened.key
    assert replace(own, epoch=2).opened(mine.sealing, mine) is None
    assert replace(own, granter=ids["dren"]).opened(mine.sealing, mine) is None


def test_who_is_taken_off_has_a_key_that_opens_nothing(
    open_as: Open, ids: dict[str, AccountId]
) -> None:
    """Adding and removing are logged, and removing changes the key."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"], ids["dren"])
    doctor = open_as("dren")
    (old,) = doctor.store.closed.opened.values()
    assert patients.find_patients(doctor, "hodzic") != []
    nurse = open_as("nadia")
    sealing.change_named(nurse, patient.patient_id, [ids["nadia"]])
    with nurse.store.reading_config() as connection:
        row = connection.execute(sealed_record.select()).one()
    context = nurse.store.closed._context(old.record.record_id, row.epoch)  # noqa: SLF001
    assert decrypt(old.key, row.body, context) is None
    assert patients.find_patients(open_as("dren"), "hodzic") == []
    assert actions(open_as("nadia")).count("record-named") == 1


def test_record_opened_again_is_as_it_was(open_as: Open, ids: dict[str, AccountId]) -> None:
    """Every row comes back, for everybody."""
    nurse = open_as("nadia")
    before = patients.register_patient(nurse, NEW)
    visit = screenings.start_screening(nurse, before, visit_reason="canary-reason")
    sealing.close_record(nurse, before.patient_id, [ids["nadia"]])
    sealing.open_record_to_all(nurse, before.patient_id)
    assert sealing.closed_record(nurse, before.patient_id) is None
    doctor = open_as("dren")
    assert patients.open_patient(doctor, before.patient_id) == before
    assert screenings.load_screening(doctor, visit.screening_id) == visit
    assert "record-unsealed" in actions(doctor)


def test_leaver_loses_the_key_at_the_next_sign_in_of_who_stays(
    open_as: Open, ids: dict[str, AccountId]
) -> None:
    """The manager who ends the account cannot do it: the record is not theirs to open."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"], ids["dren"])
    (before,) = nurse.store.closed.opened.values()
    accounts.end_account(open_as("mira"), ids["dren"])
    nurse = open_as("nadia")
    (after,) = nurse.store.closed.opened.values()
    assert after.record.named == {ids["nadia"]}
    assert after.key != before.key
    assert "record-rekeyed" in actions(nurse)
    with nurse.store.reading_config() as connection:
        holders = set(connection.execute(select(sealed_box.c.holder)).scalars())
    assert ids["dren"] not in holders
    assert patients.open_patient(nurse, patient.patient_id) == patient


def test_recovery_sheet_opens_what_nobody_else_can(
    open_as: Open, ids: dict[str, AccountId], recovery_code: str
) -> None:
    """The last person who was named has left."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"])
    accounts.end_account(open_as("mira"), ids["nadia"])
    doctor = open_as("dren")
    assert patients.find_patients(doctor, "hodzic") == []
    with pytest.raises(Refusal) as refused:
        sealing.recover_closed_records(doctor, "AAAA")
    assert refused.value.code is RefusalCode.RECOVERY_CODE_WRONG
    assert sealing.recover_closed_records(doctor, recovery_code) == 1
    assert patients.open_patient(doctor, patient.patient_id) == patient
    doctor = open_as("dren")
    assert patients.open_patient(doctor, patient.patient_id) == patient
    assert "records-recovered" in actions(doctor)


def test_what_the_sheet_finds_erased_goes_with_its_entry_or_not_at_all(
    open_as: Open, ids: dict[str, AccountId], recovery_code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cut in between leaves no free page of it, and no erasure that the log does not tell."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"])
    stone = Tombstone(patient.case_number, nurse.now, 1, None)
    with nurse.store.rearranging(AuditEvent(AuditAction.LOCKED)) as connection:
        add_tombstone(connection, stone)
    accounts.end_account(open_as("mira"), ids["nadia"])
    doctor = open_as("dren")

    def bodies() -> int:
        with doctor.store.reading_config() as connection:
            return len(connection.execute(select(sealed_record)).all())

    def cut(_connection: object) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(sealing, "will_be_finished", cut)
        with pytest.raises(Fault):
            sealing.recover_closed_records(doctor, recovery_code)
    assert bodies() == 1
    assert "erased-again" not in actions(doctor)
    assert sealing.recover_closed_records(doctor, recovery_code) == 0
    assert bodies() == 0
    assert actions(doctor).count("erased-again") == 1
    with doctor.store.reading_config() as connection:
        assert unfinished(connection) == []


def test_nobody_keeps_a_record_about_themselves(
    open_as: Open, ids: dict[str, AccountId], recovery_code: str
) -> None:
    """Neither named, nor by the sheet, nor opened to all while they work here."""
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    for named in ([ids["nadia"], ids["dren"]], [ids["dren"]]):
        with pytest.raises(Refusal) as refused:
            sealing.close_record(nurse, patient.patient_id, named, about=ids["dren"])
        assert refused.value.code is RefusalCode.OWN_RECORD
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]], about=ids["dren"])
    with pytest.raises(Refusal) as refused:
        sealing.open_record_to_all(nurse, patient.patient_id)
    assert refused.value.code is RefusalCode.OWN_RECORD
    doctor = open_as("dren")
    assert sealing.recover_closed_records(doctor, recovery_code) == 0
    assert patients.find_patients(doctor, "hodzic") == []


def test_nobody_closes_a_record_for_themselves_by_a_slip(
    open_as: Open, ids: dict[str, AccountId]
) -> None:
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    for named, code in (
        ([], RefusalCode.NAMED_MISSING),
        ([ids["dren"]], RefusalCode.NAMED_LEFT_OUT),
        ([ids["nadia"], ids["mira"]], RefusalCode.NOT_ALLOWED),
    ):
        with pytest.raises(Refusal) as refused:
            sealing.close_record(nurse, patient.patient_id, named)
        assert refused.value.code is code
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    with pytest.raises(Refusal) as refused:
        sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    assert refused.value.code is RefusalCode.RECORD_CLOSED


def test_closing_that_fails_leaves_the_record_open(
    open_as: Open, ids: dict[str, AccountId], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One transaction: whatever is cut off, the record is whole on one side."""
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    monkeypatch.setattr(nurse.store.closed, "save", _fails)
    with pytest.raises(Fault):
        sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    assert patients.open_patient(nurse, patient.patient_id) == patient
    assert patients.open_patient(open_as("dren"), patient.patient_id) == patient


def test_closing_gives_the_files_of_patients_new_keys(
    open_as: Open, ids: dict[str, AccountId], data_folder: Path
) -> None:
    """Old sectors of the disk, and copies of the folder, hold the record as it was before."""
    place, nurse = data_folder / "records", open_as("nadia")
    patient, before = patients.register_patient(nurse, NEW), nurse.store.keyring.keys
    assert sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    moved = {Compartment.IDENTITY, Compartment.CASES}
    assert {one for one in Compartment if nurse.store.keyring.keys[one] != before[one]} == moved
    assert not any(is_whole(place / file_name(one), before[one]) for one in moved)
    assert key_changes.keys_to_change(nurse) == []
    assert patients.open_patient(nurse, patient.patient_id) == patient


def test_closing_on_a_full_disk_holds_and_says_what_waits(
    open_as: Open, ids: dict[str, AccountId], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is closed; new keys come with the next sign-in."""
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    with monkeypatch.context() as patched:
        patched.setattr(rotation, "_require_room", _fails)
        assert not sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    asked = key_changes.keys_to_change(nurse)
    assert {one.reason for one in asked} == {KeyChangeReason.RECORD_CLOSED}
    assert patients.find_patients(open_as("dren"), "hodzic") == []
    assert key_changes.keys_to_change(open_as("nadia")) == []


def test_closing_that_leaves_old_pages_says_so(
    open_as: Open, ids: dict[str, AccountId], monkeypatch: pytest.MonkeyPatch
) -> None:
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    monkeypatch.setattr(Database, "compact", _fails)
    assert not sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])


def _fails(*_given: object) -> None:
    raise Fault(FaultCode.STORAGE_FULL)


def test_closed_record_is_erased_like_every_other(open_as: Open, ids: dict[str, AccountId]) -> None:
    """Its body and its keys go, and nothing of the session holds it any more."""
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    done = erasure.erase_patient(
        nurse,
        patient.patient_id,
        reason=ErasureReason.PATIENT_ASKED,
        typed="Lejla Hodžić",
        second=erasure.Colleague("dren", passphrase_of("dren")),
    )
    assert done.settled
    assert nurse.store.closed.opened == {}
    with nurse.store.reading_config() as connection:
        assert connection.execute(select(sealed_record)).all() == []
        assert connection.execute(select(sealed_box)).all() == []


def test_every_table_of_a_person_goes_along() -> None:
    """A new table names its record by one of the numbers, or is written down here with its reason.

    Else nothing of it would be closed, and nothing erased.
    """
    of_nobody = {
        "sealed_record": "closed records themselves",
        "sealed_box": "keys of closed records",
        "visit_count": "numbers of visits that were erased, without a person",
        "tombstone": "which records were erased, for when a backup comes back",
    }
    in_files = {table.name for table in metadata.sorted_tables if table.schema in {IDENTITY, CASES}}
    assert {table.name for table in record_tables()} == in_files - set(of_nobody)


def test_damaged_record_is_told_to_who_is_named(open_as: Open, ids: dict[str, AccountId]) -> None:
    """Else it would only be missing in every list."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"])
    spoil(nurse, patient)
    assert sealing.unreadable_records(open_as("nadia")) == 1
    assert sealing.unreadable_records(open_as("dren")) == 0


def test_box_that_was_replaced_is_told_to_who_is_named(
    open_as: Open, ids: dict[str, AccountId]
) -> None:
    nurse = open_as("nadia")
    closed_by_nurse(nurse, ids["nadia"])
    rows = rows_of_closed(nurse)
    forged = [{**box, "sealed": b"x" * 80} for box in rows[sealed_box.name]]
    put_back(nurse, {**rows, sealed_box.name: forged})
    assert sealing.unreadable_records(open_as("nadia")) == 1


def test_one_damaged_record_keeps_no_other_from_the_recovery_sheet(
    open_as: Open, ids: dict[str, AccountId], recovery_code: str
) -> None:
    nurse = open_as("nadia")
    damaged, whole = closed_by_nurse(nurse, ids["nadia"]), closed_by_nurse(nurse, ids["nadia"])
    spoil(nurse, damaged)
    accounts.end_account(open_as("mira"), ids["nadia"])
    doctor = open_as("dren")
    assert sealing.recover_closed_records(doctor, recovery_code) == 1
    assert patients.open_patient(doctor, whole.patient_id) == whole
    assert sealing.unreadable_records(doctor) == 1


def test_earlier_rows_open_nothing_for_who_was_taken_off(
    open_as: Open, ids: dict[str, AccountId]
) -> None:
    """Put back with a tool of one's own: nobody goes on writing under the key of before."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"], ids["dren"])
    before = rows_of_closed(open_as("dren"))
    sealing.change_named(open_as("nadia"), patient.patient_id, [ids["nadia"]])
    doctor = open_as("dren")
    put_back(doctor, before)
    nurse = open_as("nadia")
    assert sealing.unreadable_records(nurse) == 1
    with pytest.raises(Refusal):
        patients.change_patient(nurse, replace(patient, alias="Lela"))
    assert patients.find_patients(open_as("dren"), "lela") == []


def test_key_that_somebody_else_gave_opens_nothing(
    open_as: Open, ids: dict[str, AccountId], keyring_of: Callable[[str], KeyRing]
) -> None:
    """Who was taken off packs the record under a key of their own, for the right people."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"], ids["dren"])
    doctor = open_as("dren")
    old = doctor.store.closed.opened[patient.case_number]
    with doctor.store.reading_config() as connection:
        row = connection.execute(sealed_record.select()).one()
    body = doctor.store.closed._body(row, old.key)  # noqa: SLF001
    sealing.change_named(open_as("nadia"), patient.patient_id, [ids["nadia"]])
    doctor, mine = open_as("dren"), keyring_of("nadia")
    forged = replace(old, epoch=2)
    holders = [Holder(ids["nadia"], BoxKind.NAMED, mine.sealing.public)]
    doctor.store.closed.prepare()
    with doctor.store.rearranging(AuditEvent(AuditAction.LOCKED)) as connection:
        doctor.store.closed.take(connection, forged, body)
        doctor.store.closed.rekey(connection, forged, holders)
    assert sealing.unreadable_records(open_as("nadia")) == 1


def test_record_closed_anew_has_a_key_that_it_never_had(
    open_as: Open, ids: dict[str, AccountId]
) -> None:
    """What was put by while it was closed before fits nothing, open or closed again."""
    nurse = open_as("nadia")
    patient = closed_by_nurse(nurse, ids["nadia"], ids["dren"])
    before = rows_of_closed(nurse)
    sealing.open_record_to_all(nurse, patient.patient_id)
    put_back(nurse, before)
    nurse = open_as("nadia")
    assert sealing.unreadable_records(nurse) == 1
    assert patients.open_patient(nurse, patient.patient_id) == patient
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    assert nurse.store.closed.opened[patient.case_number].epoch == 2


def _without_tables(body: Body) -> Body:
    rows = Rows(("no_such_column",), (("x",),))
    return msgspec.structs.replace(body, tables={**body.tables, "patient": rows})


@pytest.mark.parametrize(
    "change", [lambda body: msgspec.structs.replace(body, form=2), _without_tables]
)
def test_body_of_another_version_keeps_nobody_out(
    change: Callable[[Body], Body], open_as: Open, ids: dict[str, AccountId]
) -> None:
    """It stays as it is, and what else is closed opens."""
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    other = patients.register_patient(nurse, replace(NEW, family_name="Marić"))
    for one in (patient, other):
        sealing.close_record(nurse, one.patient_id, [ids["nadia"]])
    write_body(nurse, patient, change)
    nurse = open_as("nadia")
    assert sealing.unreadable_records(nurse) == 1
    assert patients.open_patient(nurse, other.patient_id) == other
    assert patients.find_patients(nurse, "hodzic") == []


def test_box_of_another_key_keeps_nobody_out(open_as: Open, ids: dict[str, AccountId]) -> None:
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    with nurse.store.rearranging(AuditEvent(AuditAction.LOCKED)) as connection:
        connection.execute(update(sealed_record).values(epoch=7))
    assert sealing.unreadable_records(open_as("nadia")) == 1
