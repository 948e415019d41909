# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody's record goes, at once and everywhere here, and never by one person alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentItem
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.facility import ServiceId, ServiceKind
from pact_desktop.domain.patient import CaseNumber, MayBeChild, Patient, PatientId
from pact_desktop.domain.periods import Kept, Period, Retention, Unit
from pact_desktop.domain.referral import Channel, Priority, ReferralId, ReferralStatus
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.i18n.names import fold_variants
from pact_desktop.services import (
    accounts,
    backups,
    erasure,
    facility,
    follow_up,
    patients,
    referral_issue,
    referrals,
    retention,
    screenings,
    sealing,
    visit_change,
)
from pact_desktop.services.erasure import Colleague
from pact_desktop.services.referral_issue import CheckedForm
from pact_desktop.services.session import Session
from pact_desktop.storage import erasure as rows
from pact_desktop.storage.audit_log import entries
from pact_desktop.storage.database import Database
from pact_desktop.storage.metadata import CASES, IDENTITY, metadata
from pact_desktop.storage.record_tables import issued_form, issued_paper
from pact_desktop.storage.store import Store
from pact_desktop.storage.tombstones import load_tombstones
from tests.canaries import Marks, a_visit_with
from tests.factories import SteppableClock, a_birth_date, passphrase_of
from tests.services.activity import actions
from tests.storage.pages import plain_pages, times_in
from tests.storage.person_tables import person_tables

Open = Callable[[str], Session]
SHELTER = ServiceId("here-shelter")
MIRA = Colleague("mira", passphrase_of("mira"))
DREN = Colleague("dren", passphrase_of("dren"))
RULE = "Rule book 7, article 3"


@pytest.fixture
def marks() -> Marks:
    return Marks.draw()


@pytest.fixture
def desk(open_as: Open) -> Session:
    """The nurse, in a facility that knows one shelter."""
    manager = open_as("mira")
    added = facility.add_service(
        manager, kind=ServiceKind.SHELTER, name="House", phones=["1"], service_id=SHELTER
    )
    facility.confirm_service(manager, added)
    return open_as("nadia")


def marked(session: Session, marks: Marks) -> tuple[Patient, ScreeningId]:
    """A whole record: every field of a visit, a draft, and a referral with all that is typed."""
    visit = a_visit_with(session, marks)
    visit_change.keep_draft(session, visit, TypedAt(TypedField.RETURN_REASON), marks.said("D"))
    draft = referrals.draft_referral(session, visit, SHELTER, Priority.ROUTINE)
    details = replace(
        draft.details,
        caregiver=marks.latin,
        papers=marks.cyrillic,
        location=marks.latin,
        staff_observation=marks.said("Seen"),
        health_summary=marks.said("Health"),
    )
    referrals.save_referral(session, replace(draft, details=details))
    items = frozenset({ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED})
    given = Consent(SHELTER, ConsentDecision.GIVEN, items, reason=marks.said("Why"))
    referrals.record_consent(session, draft.referral_id, given)
    (found,) = patients.find_patients(session, marks.latin)
    return found.patient, visit


def sent(session: Session, visit: ScreeningId) -> ReferralId:
    (referral,) = referrals.referrals_of_visit(session, visit)
    referral_issue.issue_form(
        session, referral.referral_id, channel=Channel.BY_HAND, paper_locale="en"
    )
    return referral.referral_id


def answered(session: Session, referral_id: ReferralId, status: ReferralStatus) -> None:
    loaded = referrals.load_referral(session, referral_id)
    follow_up.answer_referral(session, loaded.reference, status)


def registered(session: Session, family_name: str, **changes: object) -> Patient:
    new = patients.NewPatient(
        family_name=family_name,
        given_name="Ana",
        birth_date=a_birth_date(),
        may_be_child=MayBeChild.NO,
    )
    return patients.register_patient(session, replace(new, **changes))  # type: ignore[arg-type]


def seen(session: Session, patient: Patient) -> ScreeningId:
    """A visit in which nothing was noted."""
    visit = screenings.start_screening(session, patient).screening_id
    screenings.conclude_screening(session, visit)
    return visit


def erased(session: Session, patient: Patient, **changes: object) -> erasure.Erased:
    how = {
        "reason": ErasureReason.PATIENT_ASKED,
        "typed": f"{patient.given_name} {patient.family_name}",
        "second": DREN,
    }
    return erasure.erase_patient(session, patient.patient_id, **(how | changes))  # type: ignore[arg-type]


def decided(open_as: Open, **periods: int) -> None:
    """The manager decides on days for some kinds."""
    wanted = {Kept(kind.replace("_", "-")): count for kind, count in periods.items()}
    decision = {kind: Period(count, Unit.DAYS, RULE) for kind, count in wanted.items()}
    retention.change_periods(open_as("mira"), Retention(decision))


def all_pages(session: Session) -> dict[Compartment, bytes]:
    keyring = session.store.keyring
    return {
        compartment: plain_pages(session.store.place / f"{compartment.value}.db", key)
        for compartment, key in keyring.keys.items()
    }


def words_of(marks: Marks) -> set[str]:
    """Both words, and what a search looks for them by."""
    return {*marks.both, *(key for word in marks.both for key in fold_variants(word))}


def hits(session: Session, marks: Marks) -> int:
    return sum(times_in(pages, words_of(marks)) for pages in all_pages(session).values())


def hits_in_copy(session: Session, referral_id: ReferralId) -> tuple[int, str]:
    """How many papers of it are kept, and what the reasons beside them say."""
    with session.store.reading_config() as connection:
        papers = connection.execute(
            select(issued_paper.c.number).where(issued_paper.c.referral_id == referral_id)
        ).all()
        forms = connection.execute(
            select(issued_form.c.consent).where(issued_form.c.referral_id == referral_id)
        ).scalars()
        return len(papers), "".join(form["reason"] for form in forms)


# One person ----------------------------------------------------------------------------------


def test_nothing_of_the_person_is_left_in_any_page(
    desk: Session, marks: Marks, tmp_path: Path, open_as: Open
) -> None:
    """Names, answers, marks, drafts, the words a search looks by, free pages, later backups."""
    others = Marks.draw()
    marked(desk, others)
    patient, visit = marked(desk, marks)
    screenings.conclude_screening(desk, visit)
    before = hits(desk, marks)
    assert before > 25
    result = erased(desk, patient)
    assert result.settled
    assert hits(desk, marks) == 0
    assert hits(desk, others) > 25
    assert patients.find_patients(desk, marks.latin) == []
    with desk.store.reading_config() as connection:
        told = str(entries(connection))
    assert not any(word in told for word in words_of(marks))
    manager = open_as("mira")
    (tmp_path / "stick").mkdir()
    backups.make_backup(manager, tmp_path / "stick")
    nurse = open_as("nadia")
    assert hits(nurse, marks) == 0


def test_every_table_that_leads_to_a_person_is_emptied(desk: Session, marks: Marks) -> None:
    """Also one that is added later: it is found by its columns."""
    patient, visit = marked(desk, marks)
    screenings.conclude_screening(desk, visit)
    erased(desk, patient)
    left: dict[str, int] = {}
    with desk.store.reading_config() as connection:
        for table in metadata.sorted_tables:
            if table.schema in {IDENTITY, CASES}:
                left[table.name] = len(connection.execute(select(table)).all())
    counts = {name: left.pop(name) for name in ("tombstone", "visit_count")}
    assert counts == {"tombstone": 1, "visit_count": 1}
    assert set(left.values()) == {0}
    # What lies closed leads to nobody; test_sealing erases one.
    assert set(left) == {*person_tables(), "sealed_record", "sealed_box"}


def test_the_page_reader_sees_what_is_there(desk: Session, marks: Marks) -> None:
    """The control: without the vacuum and with another key it tells the difference."""
    registered(desk, marks.latin)
    pages = all_pages(desk)
    assert times_in(pages[Compartment.IDENTITY], [marks.latin]) > 0
    keyring = desk.store.keyring
    wrong = plain_pages(desk.store.place / "identity.db", keyring.keys[Compartment.CASES])
    assert times_in(wrong, [marks.latin]) == 0


def test_the_log_keeps_who_did_it_and_no_name(desk: Session, marks: Marks) -> None:
    patient = registered(desk, marks.latin)
    erased(desk, patient, reason=ErasureReason.SAFETY)
    with desk.store.reading_config() as connection:
        *_, last, keys = entries(connection)
        stones = load_tombstones(connection)
    dren = next(a for a in accounts.list_accounts(desk) if a.sign_in_name == "dren")
    assert keys["action"] == AuditAction.KEYS_CHANGED.value
    assert last["action"] == AuditAction.RECORD_ERASED.value
    assert (last["reason"], last["subject"]) == ("safety", dren.account_id)
    assert last["case"]
    assert [stone.record for stone in stones] == [patient.case_number]


def test_the_old_keys_open_neither_file_any_more(desk: Session) -> None:
    """What lies in old sectors, or in a copy of the folder, had those."""
    patient, before = registered(desk, "Marković"), dict(desk.store.keyring.keys)
    erased(desk, patient)
    now = desk.store.keyring.keys
    changed = {compartment for compartment, key in now.items() if key != before[compartment]}
    assert changed == {Compartment.IDENTITY, Compartment.CASES}
    with pytest.raises(Fault) as fault:
        Store.would_open(desk.store.place, before)
    assert fault.value.code is FaultCode.STORAGE_DAMAGED
    assert Store.would_open(desk.store.place, now)


def test_a_name_in_the_place_where_somebody_stopped_goes_too(
    desk: Session, marks: Marks, open_as: Open
) -> None:
    """The sealed place of a search: nobody else could even look whether it names the person."""
    patient = registered(desk, marks.latin)
    accounts.lock(desk, f'{{"screen": "patients", "arguments": {{"query": "{marks.latin}"}}}}')
    nurse = open_as("nadia")
    assert marks.latin in accounts.resume_point(nurse)
    erased(nurse, patient)
    assert accounts.resume_point(nurse) == ""


# Refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "   ", "Ana", "Ana Petrova", "erase"])
def test_the_name_is_typed(typed: str, desk: Session) -> None:
    patient = registered(desk, "Marković")
    with pytest.raises(Refusal) as refused:
        erased(desk, patient, typed=typed)
    assert refused.value.code is RefusalCode.ERASURE_NOT_CONFIRMED
    assert patients.open_patient(desk, patient.patient_id) == patient


@pytest.mark.parametrize("typed", ["ana markovic", "Marković Ana", "Ана Марковић"])
def test_the_name_may_be_typed_in_any_script(typed: str, desk: Session) -> None:
    erased(desk, registered(desk, "Marković"), typed=typed)
    assert patients.find_patients(desk, "Markovic") == []


def test_without_a_name_the_number_is_typed(desk: Session) -> None:
    patient = registered(desk, "", given_name="")
    with pytest.raises(Refusal):
        erased(desk, patient, typed="")
    number = patient.case_number
    erased(desk, patient, typed=f"{number[:4]}-{number[4:8]}-{number[8:].lower()}")


def test_an_alias_is_typed_where_there_is_no_other_name(desk: Session) -> None:
    patient = registered(desk, "", given_name="", alias="Leja")
    erased(desk, patient, typed="leja")


def test_nobody_erases_alone(desk: Session) -> None:
    patient = registered(desk, "Marković")
    with pytest.raises(Refusal) as refused:
        erased(desk, patient, second=Colleague("nadia", passphrase_of("nadia")))
    assert refused.value.code is RefusalCode.ERASURE_SAME_PERSON
    with pytest.raises(Refusal) as refused:
        erased(desk, patient, second=Colleague("dren", "not the passphrase at all"))
    assert refused.value.code is RefusalCode.SIGN_IN_FAILED
    with pytest.raises(Refusal) as refused:
        erased(desk, patient, second=Colleague("ivo", passphrase_of("ivo")))
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    assert patients.open_patient(desk, patient.patient_id) == patient


@pytest.mark.parametrize("name", ["mira", "ivo"])
def test_a_manager_cannot_erase_what_has_a_name(name: str, open_as: Open, desk: Session) -> None:
    patient = registered(desk, "Marković")
    other = open_as(name)
    with pytest.raises(Refusal) as refused:
        erased(other, patient)
    assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_an_open_visit_is_ended_first(desk: Session) -> None:
    patient = registered(desk, "Marković")
    visit = screenings.start_screening(desk, patient).screening_id
    assert erasure.preview_erasure(desk, patient.patient_id).visit_open
    with pytest.raises(Refusal) as refused:
        erased(desk, patient)
    assert refused.value.code is RefusalCode.ERASURE_VISIT_OPEN
    screenings.conclude_screening(desk, visit)
    erased(desk, patient)


def test_an_open_referral_is_answered_or_withdrawn_first(desk: Session, marks: Marks) -> None:
    """Also a manager cannot pass over it: the slip that comes back would belong to nobody."""
    patient, visit = marked(desk, marks)
    referral_id = sent(desk, visit)
    screenings.conclude_screening(desk, visit)
    view = erasure.preview_erasure(desk, patient.patient_id)
    assert (view.visit_open, view.referral_open, view.blocked) == (False, True, True)
    with pytest.raises(Refusal) as refused:
        erased(desk, patient, second=MIRA, overrule=True)
    assert refused.value.code is RefusalCode.ERASURE_REFERRAL_OPEN
    answered(desk, referral_id, ReferralStatus.WITHDRAWN)
    erased(desk, patient)
    assert hits(desk, marks) == 0


def test_a_period_that_runs_is_overruled_by_the_manager_alone(desk: Session, open_as: Open) -> None:
    patient = registered(desk, "Marković")
    seen(desk, patient)
    decided(open_as, no_concern=30)
    nurse = open_as("nadia")
    view = erasure.preview_erasure(nurse, patient.patient_id)
    assert view.runs_until == nurse.today + timedelta(days=30)
    with pytest.raises(Refusal) as refused:
        erased(nurse, patient)
    assert refused.value.code is RefusalCode.PERIOD_RUNS
    with pytest.raises(Refusal) as refused:
        erased(nurse, patient, overrule=True)
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    erased(nurse, patient, second=MIRA, overrule=True)
    with nurse.store.reading_config() as connection:
        *_, overruled, last, _keys = entries(connection)
    assert overruled["action"] == AuditAction.PERIOD_OVERRULED.value
    assert last["action"] == AuditAction.RECORD_ERASED.value


def test_somebody_unknown(desk: Session) -> None:
    with pytest.raises(Refusal) as refused:
        erasure.preview_erasure(desk, PatientId("nobody"))
    assert refused.value.code is RefusalCode.PATIENT_UNKNOWN


# Whole or not at all -------------------------------------------------------------------------


class CutError(Exception):
    """The power went."""


@contextmanager
def cut_at(monkeypatch: pytest.MonkeyPatch, number: int) -> Iterator[None]:
    """Goes at the n-th step of taking rows away, or of writing the files anew."""
    left = [number]

    def step() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise CutError

    usual_erase, usual_compact = rows.will_be_finished, Database.compact

    def marked_unfinished(connection: object) -> None:
        step()
        usual_erase(connection)  # type: ignore[arg-type]

    def compact(database: Database, compartment: Compartment) -> None:
        step()
        usual_compact(database, compartment)

    with monkeypatch.context() as patched:
        patched.setattr(rows, "will_be_finished", marked_unfinished)
        patched.setattr(Database, "compact", compact)
        yield


@pytest.mark.parametrize("number", range(4))
def test_a_cut_leaves_all_or_nothing_and_the_next_start_finishes(
    number: int, desk: Session, marks: Marks, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient = registered(desk, marks.latin)
    with cut_at(monkeypatch, number), pytest.raises(CutError):
        erased(desk, patient)
    desk.store.close()
    again = open_as("nadia")
    with again.store.reading_config() as connection:
        assert rows.unfinished(connection) == []
    if number == 0:
        assert patients.open_patient(again, patient.patient_id) == patient
        assert hits(again, marks) > 0
    else:
        assert hits(again, marks) == 0


def test_a_full_disk_leaves_the_rest_for_later(
    desk: Session, marks: Marks, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rows are gone already; that the files are not written anew yet is said."""
    patient = registered(desk, marks.latin)

    def full(_database: Database, _compartment: Compartment) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    with monkeypatch.context() as patched:
        patched.setattr(Database, "compact", full)
        assert not erased(desk, patient).settled
        assert patients.find_patients(desk, marks.latin) == []
        # It opens all the same, and goes on waiting.
        again = open_as("nadia")
    with again.store.reading_config() as connection:
        assert len(rows.unfinished(connection)) == 3
    assert again.store.finish_erasures()
    assert hits(again, marks) == 0


def test_somebody_without_all_keys_leaves_the_rest_to_who_has_them(
    desk: Session, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Store, "finish_erasures", lambda _store: False)
        erased(desk, registered(desk, "Marković"))
    manager = open_as("mira")
    with manager.store.reading_config() as connection:
        assert rows.unfinished(connection) == [Compartment.IDENTITY]
    nurse = open_as("nadia")
    with nurse.store.reading_config() as connection:
        assert rows.unfinished(connection) == []


# What is due ---------------------------------------------------------------------------------


def test_nothing_is_due_before_the_facility_decides(
    desk: Session, clock: SteppableClock, open_as: Open
) -> None:
    seen(desk, registered(desk, "Marković"))
    clock.step(days=40_000)
    assert retention.due_list(desk).lines == ()
    assert retention.periods(open_as("mira")).open == tuple(Kept)


def test_what_is_due_goes_when_two_people_say_so(
    desk: Session, clock: SteppableClock, open_as: Open
) -> None:
    """The name is in the list of the nurse and not in that of the manager; the count remains."""
    first, second = registered(desk, "Marković"), registered(desk, "Petrova")
    for patient in (first, second):
        seen(desk, patient)
    clock.step(days=20)
    kept_visit = seen(desk, second)
    decided(open_as, no_concern=30)
    clock.step(days=15)
    manager = open_as("mira")
    assert [line.name for line in retention.due_list(manager).lines] == ["", ""]
    nurse = open_as("nadia")
    lines = retention.due_list(nurse).lines
    assert {line.name: line.record.whole for line in lines} == {
        "Ana Marković": True,
        "Ana Petrova": False,
    }
    done = erasure.erase_due(nurse, [line.record.case_number for line in lines], second=MIRA)
    assert (done.records, done.settled) == (2, True)
    assert retention.due_list(nurse).lines == ()
    assert patients.find_patients(nurse, "Marković") == []
    assert screenings.load_screening(nurse, kept_visit).case_number == second.case_number
    assert retention.visit_counts(nurse) == {(2026, Kept.NO_CONCERN): None}


def test_a_count_is_shown_when_it_singles_nobody_out(
    desk: Session, clock: SteppableClock, open_as: Open
) -> None:
    numbers = []
    for number in range(11):
        patient = registered(desk, f"Name {number}")
        seen(desk, patient)
        numbers.append(patient.case_number)
    decided(open_as, no_concern=1)
    clock.step(days=2)
    nurse = open_as("nadia")
    erasure.erase_due(nurse, numbers[:10], second=DREN)
    assert retention.visit_counts(nurse) == {(2026, Kept.NO_CONCERN): None}
    erasure.erase_due(nurse, numbers[10:], second=DREN)
    assert retention.visit_counts(nurse) == {(2026, Kept.NO_CONCERN): 11}


def test_what_is_not_due_stays(desk: Session, open_as: Open) -> None:
    patient = registered(desk, "Marković")
    seen(desk, patient)
    decided(open_as, no_concern=30)
    nurse = open_as("nadia")
    for numbers in ([patient.case_number], []):
        with pytest.raises(Refusal) as refused:
            erasure.erase_due(nurse, numbers, second=MIRA)
        assert refused.value.code is RefusalCode.ERASURE_NOT_DUE
    assert patients.open_patient(nurse, patient.patient_id) == patient


def test_a_visit_with_something_noted_is_no_quiet_one(
    desk: Session, marks: Marks, clock: SteppableClock, open_as: Open
) -> None:
    """Judged, or answered and never judged: neither goes with those in which nothing was noted."""
    _patient, visit = marked(desk, marks)
    screenings.conclude_screening(desk, visit)
    decided(open_as, no_concern=1)
    clock.step(days=9)
    nurse = open_as("nadia")
    assert retention.due_list(nurse).lines == ()


def test_what_is_not_due_stays_and_the_rest_goes(
    desk: Session, clock: SteppableClock, open_as: Open
) -> None:
    """Closed records go in a transaction of their own: the answer is about both."""
    closed, other, again = (registered(desk, name) for name in ("First", "Second", "Third"))
    for patient in (closed, other, again):
        seen(desk, patient)
    sealing.close_record(desk, closed.patient_id, [desk.account.account_id])
    decided(open_as, no_concern=10)
    clock.step(days=12)
    nurse = open_as("nadia")
    screenings.start_screening(nurse, again)
    fresh = registered(nurse, "Fourth")
    wanted = [one.case_number for one in (closed, other, fresh)]
    result = erasure.erase_due(nurse, wanted, second=MIRA)
    assert (result.records, result.settled) == (2, True)
    assert patients.find_patients(nurse, "First") == patients.find_patients(nurse, "Second") == []
    assert patients.open_patient(nurse, fresh.patient_id) == fresh
    with pytest.raises(Refusal) as refused:
        erasure.erase_due(nurse, [fresh.case_number], second=MIRA)
    assert refused.value.code is RefusalCode.ERASURE_NOT_DUE
    assert actions(nurse).count("record-erased") == 2


def test_what_went_is_settled_although_the_second_part_failed(
    desk: Session, clock: SteppableClock, open_as: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, other = registered(desk, "First"), registered(desk, "Second")
    for patient in (closed, other):
        seen(desk, patient)
    sealing.close_record(desk, closed.patient_id, [desk.account.account_id])
    decided(open_as, no_concern=10)
    clock.step(days=12)
    nurse, usual = open_as("nadia"), rows.erase_record
    before = dict(nurse.store.keyring.keys)

    def failing(connection: Connection, case_number: CaseNumber) -> bool:
        if case_number == other.case_number:
            raise Fault(FaultCode.STORAGE_FULL)
        return usual(connection, case_number)

    monkeypatch.setattr(rows, "erase_record", failing)
    with pytest.raises(Fault):
        erasure.erase_due(nurse, [closed.case_number, other.case_number], second=MIRA)
    with nurse.store.reading_config() as connection:
        assert rows.unfinished(connection) == []
    assert nurse.store.keyring.keys[Compartment.CASES] != before[Compartment.CASES]
    assert patients.find_patients(nurse, "First") == []
    assert patients.open_patient(nurse, other.patient_id) == other


def test_a_visit_waits_for_the_longer_period_of_its_copy(
    desk: Session, marks: Marks, clock: SteppableClock, open_as: Open
) -> None:
    """It would take the copy with it; and nobody erases the person before without a manager."""
    patient, visit = marked(desk, marks)
    answered(desk, sent(desk, visit), ReferralStatus.WITHDRAWN)
    screenings.conclude_screening(desk, visit)
    decided(open_as, referral_copy=20, referred=10)
    last = desk.today + timedelta(days=20)
    clock.step(days=12)
    nurse = open_as("nadia")
    assert retention.due_list(nurse).lines == ()
    assert erasure.preview_erasure(nurse, patient.patient_id).runs_until == last
    clock.step(days=9)
    (line,) = retention.due_list(nurse).lines
    assert (line.record.whole, line.record.copies) == (True, ())
    assert erasure.preview_erasure(nurse, patient.patient_id).runs_until is None


def test_the_period_of_somebody_without_a_visit_runs_too(desk: Session, open_as: Open) -> None:
    patient = registered(desk, "Marković")
    decided(open_as, no_concern=30)
    nurse = open_as("nadia")
    view = erasure.preview_erasure(nurse, patient.patient_id)
    assert view.runs_until == nurse.today + timedelta(days=30)
    with pytest.raises(Refusal) as refused:
        erased(nurse, patient)
    assert refused.value.code is RefusalCode.PERIOD_RUNS


def test_of_an_old_copy_only_the_fact_remains(
    desk: Session, marks: Marks, clock: SteppableClock, open_as: Open
) -> None:
    patient, visit = marked(desk, marks)
    referral_id = sent(desk, visit)
    screenings.conclude_screening(desk, visit)
    decided(open_as, referral_copy=10)
    clock.step(days=40)
    nurse = open_as("nadia")
    assert retention.due_list(nurse).lines == ()
    assert hits_in_copy(nurse, referral_id)[0] == 1
    answered(nurse, referral_id, ReferralStatus.WITHDRAWN)
    clock.step(days=11)
    (line,) = retention.due_list(nurse).lines
    assert (line.record.copies, line.record.whole) == ((referral_id,), False)
    erasure.erase_due(nurse, [patient.case_number], second=MIRA)
    assert retention.due_list(nurse).lines == ()
    left = referrals.load_referral(nurse, referral_id)
    assert left.details.staff_observation == left.details.caregiver == ""
    assert left.status is ReferralStatus.WITHDRAWN
    assert left.consent.reason == ""
    assert hits_in_copy(nurse, referral_id) == (0, "")
    # What was let go on purpose is no damage.
    assert left.stripped_on == nurse.today
    assert referral_issue.check_form(nurse, left, "en") == CheckedForm([], b"")


def test_a_referral_that_waits_holds_its_visit(
    desk: Session, marks: Marks, clock: SteppableClock, open_as: Open
) -> None:
    _patient, visit = marked(desk, marks)
    sent(desk, visit)
    screenings.conclude_screening(desk, visit)
    decided(open_as, referred=10)
    clock.step(days=11)
    found = retention.due_list(open_as("nadia"))
    assert (found.lines, found.held) == ((), 1)


# Periods -------------------------------------------------------------------------------------


def test_periods_are_the_managers(desk: Session, open_as: Open) -> None:
    wanted = Retention({Kept.REFERRED: Period(10, Unit.YEARS, f" {RULE} ")})
    with pytest.raises(Refusal) as refused:
        retention.change_periods(desk, wanted)
    assert refused.value.code is RefusalCode.NOT_ALLOWED
    manager = open_as("mira")
    assert retention.change_periods(manager, wanted).periods[Kept.REFERRED].basis == RULE
    assert retention.periods(manager).open == (Kept.CONCERN, Kept.NO_CONCERN, Kept.REFERRAL_COPY)
    with manager.store.reading_config() as connection:
        assert entries(connection)[-1]["action"] == AuditAction.PERIODS_CHANGED.value


def test_other_details_of_the_facility_leave_the_periods(open_as: Open) -> None:
    """A page that was opened before the periods were set does not take them back."""
    manager = open_as("mira")
    before = facility.facility(manager)
    decided(open_as, referred=10)
    manager = open_as("mira")
    facility.change_facility(manager, replace(before, phone="000 1"))
    assert Kept.REFERRED in retention.periods(manager).periods


# Backups that still hold it ------------------------------------------------------------------


def test_the_backups_that_hold_the_record_are_named(
    tmp_path: Path, clock: SteppableClock, open_as: Open
) -> None:
    """Not those from before the person came, nor those made afterwards."""
    (tmp_path / "stick").mkdir()

    def backed_up() -> str:
        made = backups.make_backup(open_as("mira"), tmp_path / "stick")
        clock.step(hours=1)
        return made.backup.backup_id

    backed_up()
    nurse = open_as("nadia")
    patient = registered(nurse, "Marković")
    clock.step(hours=1)
    between = backed_up()
    nurse = open_as("nadia")
    view = erasure.preview_erasure(nurse, patient.patient_id)
    assert [one.backup_id for one in view.backups] == [between]
    assert [one.backup_id for one in erased(nurse, patient).backups] == [between]
