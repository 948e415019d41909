# SPDX-License-Identifier: GPL-3.0-or-later
"""A person may know who was at their record; the page says it and says nothing else."""

from collections.abc import Callable
from dataclasses import replace

import pypdfium2 as pdfium
import pytest

from pact_desktop.domain.audit import AuditKind
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import MayBeChild, Patient, PatientId
from pact_desktop.domain.screening import ChildSteps, Involved
from pact_desktop.i18n.locales import PAPER_LOCALES
from pact_desktop.services import patients, screenings
from pact_desktop.services.record_access import access_page, record_access
from pact_desktop.services.session import Session
from tests.factories import SteppableClock, a_birth_date
from tests.services.activity import activity


@pytest.fixture
def seen(open_as: Callable[[str], Session], clock: SteppableClock) -> Patient:
    """Registered and visited by the nurse, looked at by the doctor a day later."""
    nurse = open_as("nadia")
    new = patients.NewPatient(
        family_name="Marković",
        given_name="Ana",
        birth_date=a_birth_date(),
        may_be_child=MayBeChild.NO,
    )
    patient = patients.register_patient(nurse, new)
    patients.register_patient(nurse, replace(new, family_name="Hodžić"))
    clock.step(minutes=7)
    visit = screenings.start_screening(nurse, patient)
    screenings.load_screening(nurse, visit.screening_id)
    clock.step(days=1)
    doctor = open_as("dren")
    patients.open_patient(doctor, patient.patient_id)
    return patient


def test_list_says_role_code_time_and_kind(
    seen: Patient, open_as: Callable[[str], Session], clock: SteppableClock
) -> None:
    """One line for what a person did in one go, and for each kind of it."""
    clock.step(hours=1)
    nurse = open_as("nadia")
    found = record_access(nurse, seen.patient_id)
    assert [(one.staff_code, one.kind) for one in found] == [
        ("N01", AuditKind.LOOK),
        ("D01", AuditKind.LOOK),
        ("N01", AuditKind.LOOK),
        ("N01", AuditKind.CHANGE),
    ]
    assert found[0].first_at == clock()
    assert (found[3].last_at - found[3].first_at).total_seconds() == 7 * 60


def test_page_says_the_same_without_a_name(
    seen: Patient, open_as: Callable[[str], Session]
) -> None:
    """Neither of the patient nor of staff, in every language of the paper."""
    nurse = open_as("nadia")
    for locale in PAPER_LOCALES:
        issued = access_page(nurse, seen.patient_id, locale, safe_to_carry=True)
        text = text_of(issued.pdf)
        for name in ("Ana", "Marković", "Nadia", "Nikolić", "Dren", seen.case_number):
            assert name not in text
        assert "N01" in text
        assert "D01" in text
        assert issued.file_name == "page.pdf"
    english = text_of(access_page(nurse, seen.patient_id, "en", safe_to_carry=True).pdf)
    head = nurse.store.head
    assert head is not None
    assert head.anchor in english
    assert "Nurse N01" in english
    assert "Who has opened this file" in english


def text_of(pdf: bytes) -> str:
    with pdfium.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_looking_and_printing_are_themselves_on_the_next_page(
    seen: Patient, open_as: Callable[[str], Session]
) -> None:
    """The page is no way around the log."""
    doctor = open_as("dren")
    record_access(doctor, seen.patient_id)
    access_page(doctor, seen.patient_id, "en", safe_to_carry=True)
    last = activity(doctor)[-2:]
    assert [entry["action"] for entry in last] == ["access-listed", "document-issued"]
    assert last[1]["subject"] == "access"
    kinds = [one.kind for one in record_access(doctor, seen.patient_id)][:2]
    assert kinds == [AuditKind.LOOK, AuditKind.PAPER]


@pytest.mark.parametrize("name", ["mira", "ivo"])
def test_only_who_may_open_the_record_may_list(
    name: str, seen: Patient, open_as: Callable[[str], Session]
) -> None:
    """The manager has no names, so no page for a person either."""
    session = open_as(name)
    for ask in (
        lambda: record_access(session, seen.patient_id),
        lambda: access_page(session, seen.patient_id, "en", safe_to_carry=True),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_nobody_is_listed_for_a_patient_who_is_not_here(session: Session) -> None:
    """An unknown number is told as that, not as a record that nobody opened."""
    with pytest.raises(Refusal) as refused:
        record_access(session, PatientId("nobody"))
    assert refused.value.code is RefusalCode.PATIENT_UNKNOWN


def test_page_is_not_made_where_it_is_not_safe(seen: Patient, session: Session) -> None:
    """It shows when somebody was here: that alone can harm."""
    before = len(activity(session))
    with pytest.raises(Refusal) as refused:
        access_page(session, seen.patient_id, "en", safe_to_carry=False)
    assert refused.value.code is RefusalCode.COPY_UNSAFE
    assert len(activity(session)) == before


@pytest.mark.parametrize(
    ("involved", "given"),
    [(Involved.UNKNOWN, False), (Involved.YES, False), (Involved.NO, True)],
)
def test_childs_page_is_not_given_to_who_may_be_involved(
    involved: Involved, session: Session, *, given: bool
) -> None:
    """As with every other copy of a child."""
    new = patients.NewPatient(given_name="Edi", birth_date=a_birth_date(12))
    child = patients.register_patient(session, new)
    visit = screenings.start_screening(session, child)
    steps = ChildSteps(companion_involved=involved)
    screenings.record_child_steps(session, visit.screening_id, steps)
    if given:
        assert access_page(session, child.patient_id, "en", safe_to_carry=True).pdf
        return
    with pytest.raises(Refusal) as refused:
        access_page(session, child.patient_id, "en", safe_to_carry=True)
    assert refused.value.code is RefusalCode.COPY_UNSAFE
