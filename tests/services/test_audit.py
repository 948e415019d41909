# SPDX-License-Identifier: GPL-3.0-or-later
"""The manager reads who did what and when, and no name of a patient is anywhere in it."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pypdfium2 as pdfium
import pytest

from pact_desktop.domain.audit import AuditAction, AuditEvent, AuditKind, LogFilter, LogPage
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ServiceId, ServiceKind
from pact_desktop.domain.patient import CaseNumber, Patient
from pact_desktop.domain.referral import Priority, show_reference
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services import audit, facility, patients, referrals, screenings
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log
from pact_desktop.terms.log import action_words, case_words, detail_words, record_words
from tests.factories import MONDAY_MORNING, SteppableClock, a_birth_date
from tests.services.activity import actions

ENGLISH = Catalog.source()


def registered(session: Session, family_name: str = "Marković") -> Patient:
    new = patients.NewPatient(family_name=family_name, given_name="Ana", birth_date=a_birth_date())
    return patients.register_patient(session, new)


@pytest.fixture
def a_day(
    open_as: Callable[[str], Session], clock: SteppableClock
) -> tuple[Session, Patient, Patient]:
    """A nurse with a visit, a doctor who looks on the next day, and the manager at the log."""
    nurse = open_as("nadia")
    seen, only_registered = registered(nurse), registered(nurse, "Hodžić")
    screenings.start_screening(nurse, seen)
    clock.step(days=1)
    doctor = open_as("dren")
    patients.open_patient(doctor, seen.patient_id)
    patients.find_patients(doctor, "Mark")
    return open_as("mira"), seen, only_registered


def words(page: LogPage) -> list[str]:
    return [action_words(ENGLISH, row.entry) for row in page.rows]


def test_manager_reads_who_did_what_and_when(a_day: tuple[Session, Patient, Patient]) -> None:
    """Newest first; people by account, records by number, and the look itself on top."""
    manager, seen, only_registered = a_day
    page = audit.read_log(manager)
    assert words(page)[0] == "Log opened"
    started = next(row for row in page.rows if row.entry.action is AuditAction.SCREENING_STARTED)
    assert started.account is not None
    assert (started.account.staff_code, started.case_number) == ("N01", seen.case_number)
    assert started.entry.recorded_at == MONDAY_MORNING
    registrations = [row for row in page.rows if row.entry.action is AuditAction.PATIENT_REGISTERED]
    numbers = {row.case_number for row in registrations}
    assert numbers == {seen.case_number, None}
    letters = {record_words(row.entry.record) for row in registrations}
    assert len(letters) == 2
    assert only_registered.case_number not in repr(page)
    assert not page.more


def test_log_holds_no_name_of_a_patient(a_day: tuple[Session, Patient, Patient]) -> None:
    """Neither on the screen, nor on paper, nor in the table."""
    manager = a_day[0]
    page = audit.read_log(manager)
    paper = audit.print_log(manager, LogFilter(), "en").pdf
    table = audit.export_log(manager, LogFilter(), ENGLISH).decode("utf-8-sig")
    for text in (repr(page), text_of(paper), table):
        assert not any(name in text for name in ("Marković", "Hodžić", "Ana"))


@pytest.mark.parametrize("name", ["nadia", "dren", "ivo"])
def test_log_is_for_the_manager(name: str, open_as: Callable[[str], Session]) -> None:
    """Nobody else reads, prints or saves it, and the attempt shows nothing."""
    session = open_as(name)
    for ask in (
        lambda: audit.read_log(session),
        lambda: audit.print_log(session, LogFilter(), "en"),
        lambda: audit.export_log(session, LogFilter(), ENGLISH),
        lambda: audit.find_record(session, "CASE"),
        lambda: audit.log_code_fits(session, "00001-AAA-AAA-AAA"),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_filters_by_person_kind_and_day(
    a_day: tuple[Session, Patient, Patient], clock: SteppableClock
) -> None:
    """Each alone and all together."""
    manager, seen, _ = a_day
    everything = audit.read_log(manager).rows
    doctor = next(
        row.account for row in everything if row.account and row.account.staff_code == "D01"
    )
    by_doctor = audit.read_log(manager, LogFilter(person=doctor.account_id))
    assert words(by_doctor) == ["Patients searched", "Patient opened", "Signed in"]
    looks = audit.read_log(manager, LogFilter(person=doctor.account_id, kind=AuditKind.LOOK))
    assert words(looks) == ["Patients searched", "Patient opened"]
    yesterday = audit.read_log(manager, LogFilter(day=clock().date() - timedelta(days=1)))
    assert words(yesterday)[0] == "Visit started"
    assert {row.entry.recorded_at.date() for row in yesterday.rows} == {MONDAY_MORNING.date()}
    record = audit.find_record(manager, case_words(seen.case_number).lower())
    of_record = audit.read_log(manager, LogFilter(person=doctor.account_id, record=record))
    assert words(of_record) == ["Patient opened"]
    assert audit.read_log(manager, LogFilter(day=clock().date() + timedelta(days=1))).rows == ()


def test_record_is_found_by_its_number_and_by_a_reference(
    open_as: Callable[[str], Session], clock: SteppableClock
) -> None:
    """Only the reference stands on paper that has left the facility."""
    manager = open_as("mira")
    service = facility.add_service(manager, kind=ServiceKind.SHELTER, name="House")
    facility.confirm_service(manager, replace(service, phones=("000 111 222",)))
    nurse = open_as("nadia")
    patient = registered(nurse)
    visit = screenings.start_screening(nurse, patient)
    draft = referrals.draft_referral(
        nurse, visit.screening_id, ServiceId(service.service_id), Priority.URGENT
    )
    manager = open_as("mira")
    by_number = audit.find_record(manager, patient.case_number)
    assert audit.find_record(manager, f" {show_reference(draft.reference)} ") == by_number
    found = audit.read_log(manager, LogFilter(record=by_number))
    assert "Referral drafted" in words(found)
    drafted = next(r for r in found.rows if r.entry.action is AuditAction.REFERRAL_DRAFTED)
    assert drafted.case_number == patient.case_number
    assert audit.find_record(manager, " - ") == ""
    assert (
        audit.read_log(manager, LogFilter(record=audit.find_record(manager, "NOBODY"))).rows == ()
    )
    del clock


def test_looking_for_one_record_is_in_the_log_under_that_record(
    a_day: tuple[Session, Patient, Patient],
) -> None:
    """Who asks about one person leaves a trace that this person's page shows."""
    manager, seen, _ = a_day
    record = audit.find_record(manager, seen.case_number)
    audit.read_log(manager, LogFilter(record=record))
    with manager.store.reading_config() as connection:
        last = audit_log.entries(connection)[-1]
        assert last["case"] == audit_log.pseudonym(connection, seen.case_number)
    assert last["action"] == "log-seen"


def test_long_log_comes_in_parts(manager_session: Session) -> None:
    """Each part goes on before the last entry of the one above it, without gaps."""
    for _ in range(30):
        with manager_session.store.changing(AuditEvent(AuditAction.FACILITY_CHANGED)):
            pass
    wanted = LogFilter(kind=AuditKind.FACILITY)
    whole = [row.entry.sequence for row in audit.read_log(manager_session, wanted).rows]
    parts: list[int] = []
    more, before = True, None
    while more:
        page = audit.read_log(manager_session, wanted, before=before, limit=7)
        parts += [row.entry.sequence for row in page.rows]
        more, before = page.more, parts[-1]
    assert parts == whole
    assert len(whole) > 30


def test_code_of_a_paper_fits_as_long_as_nothing_before_it_was_changed(
    manager_session: Session,
) -> None:
    """What the manager typed from paper is compared with the log itself."""
    code = audit.read_log(manager_session).end
    audit.read_log(manager_session)
    assert audit.log_code_fits(manager_session, code.lower().replace("-", " "))
    number = int(code.split("-")[0])
    other = audit_log.Head(number, bytes(32)).anchor
    assert not audit.log_code_fits(manager_session, other)
    with pytest.raises(Refusal) as refused:
        audit.log_code_fits(manager_session, code[:-1])
    assert refused.value.code is RefusalCode.LOG_CODE_WRONG


def text_of(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("locale", ["en", "mk", "sq", "sr-Cyrl"])
def test_print_shows_codes_and_where_the_log_ends(
    locale: str, a_day: tuple[Session, Patient, Patient]
) -> None:
    """Also on every further page; the entry of the print itself is counted."""
    manager, seen, _ = a_day
    for _ in range(60):
        with manager.store.changing(AuditEvent(AuditAction.FACILITY_CHANGED)):
            pass
    issued = audit.print_log(manager, LogFilter(), locale, ("Chosen by hand",))
    assert issued.file_name == "log.pdf"
    text = text_of(issued.pdf)
    end = manager.store.head
    assert end is not None
    assert text.count(end.anchor) >= 3
    assert "N01" in text
    assert case_words(seen.case_number) in text
    assert "Chosen by hand" in text
    assert "Nadia" not in text


def test_print_of_a_long_log_says_that_there_is_more(
    manager_session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody takes the newest entries for all of them."""
    monkeypatch.setattr(audit, "MOST_PRINTED", 2)
    text = text_of(audit.print_log(manager_session, LogFilter(), "en").pdf)
    assert "Older entries that fit" in text
    nothing = LogFilter(day=MONDAY_MORNING.date() - timedelta(days=900))
    assert "No entry fits" in text_of(audit.print_log(manager_session, nothing, "en").pdf)


def test_table_is_read_by_a_spreadsheet(a_day: tuple[Session, Patient, Patient]) -> None:
    """One line for each entry, and the number of the log under them."""
    manager, seen, _ = a_day
    data = audit.export_log(manager, LogFilter(), ENGLISH)
    lines = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    end = manager.store.head
    assert end is not None
    assert lines[0][:4] == ["No.", "Date", "Time", "Who"]
    assert lines[-1][0] == f"Number of the log: {end.anchor}"
    assert lines[1][6] == "Log saved as a table"
    assert len(lines) == end.sequence + 2
    assert any(line[8] == case_words(seen.case_number) for line in lines)
    assert all(len(line) == 9 for line in lines)


def test_print_and_table_are_in_the_log(manager_session: Session) -> None:
    """What can be carried away is written down."""
    audit.print_log(manager_session, LogFilter(), "en")
    audit.export_log(manager_session, LogFilter(), ENGLISH)
    assert actions(manager_session)[-2:] == ["document-issued", "log-exported"]
    rows = audit.read_log(manager_session, LogFilter(kind=AuditKind.PAPER)).rows
    assert [detail_words(ENGLISH, row.entry) for row in rows] == ["", "Log"]


def test_words_never_tell_a_question_or_an_answer(a_day: tuple[Session, Patient, Patient]) -> None:
    """The manager sees that something was written, not which question it was."""
    manager = a_day[0]
    rows = audit.read_log(manager).rows
    details = {detail_words(ENGLISH, row.entry) for row in rows}
    assert details <= {"", "1 patient shown", "D01", "M01", "N01", "T01"}


def test_action_of_a_later_version_is_shown_as_one(manager_session: Session) -> None:
    """An entry is never left out because this version has no word for it."""
    entry = audit.read_log(manager_session).rows[0].entry
    assert action_words(ENGLISH, replace(entry, action=None)) == "Not known to this version"
    assert record_words("") == ""
    assert case_words(CaseNumber("ABCDEFGH2345")) == "ABCD-EFGH-2345"
