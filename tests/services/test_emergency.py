# SPDX-License-Identifier: GPL-3.0-or-later
"""A closed record opens in an emergency by two people, for 15 minutes, and others must read it."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from pact_desktop.domain.accounts import AccountId, Compartment
from pact_desktop.domain.audit import AuditKind
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.domain.patient import MayBeChild, Patient
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.domain.screening import Answer
from pact_desktop.domain.sealing import EMERGENCY_SECONDS, EmergencyReason
from pact_desktop.services import (
    emergency,
    erasure,
    key_changes,
    patients,
    person_copies,
    record_access,
    screenings,
    sealing,
)
from pact_desktop.services.session import Session
from pact_desktop.storage.keys import KeyRing
from tests.factories import a_birth_date, passphrase_of
from tests.services.activity import actions, activity
from tests.services.damaging import spoil

NEW = patients.NewPatient(
    family_name="Hodžić",
    given_name="Lejla",
    birth_date=a_birth_date(24),
    may_be_child=MayBeChild.NO,
)
WHY = "She is unconscious, canary-why"
Open = Callable[[str], Session]
MIRA = ("mira", passphrase_of("mira"))
NADIA = ("nadia", passphrase_of("nadia"))
REASON = EmergencyReason.UNCONSCIOUS


@pytest.fixture
def ids(keyring_of: Callable[[str], KeyRing]) -> dict[str, AccountId]:
    return {name: keyring_of(name).account.account_id for name in ("nadia", "dren", "mira")}


@pytest.fixture
def closed(open_as: Open, ids: dict[str, AccountId]) -> Patient:
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    return patient


@pytest.mark.parametrize("second", [MIRA, NADIA])
@pytest.mark.parametrize("wanted", ["Лејла Хоџић", "hodzic lejla", "the number"])
def test_two_people_open_it_for_fifteen_minutes(
    second: tuple[str, str], wanted: str, closed: Patient, open_as: Open
) -> None:
    """By number or by both names in any script; then it is closed by a clock nobody sets."""
    doctor = open_as("dren")
    now = [1000.0]
    doctor.store.closed.boot_clock = lambda: now[0]
    sought = closed.case_number if wanted == "the number" else wanted
    assert emergency.open_in_emergency(doctor, sought, REASON, WHY, second) == closed
    assert patients.find_patients(doctor, "hodzic") != []
    assert emergency.emergency_seconds(doctor) == EMERGENCY_SECONDS
    now[0] += EMERGENCY_SECONDS - 1
    assert patients.open_patient(doctor, closed.patient_id) == closed
    now[0] += 1
    assert patients.find_patients(doctor, "hodzic") == []
    assert emergency.emergency_seconds(doctor) == 0
    with pytest.raises(Refusal) as refused:
        patients.open_patient(doctor, closed.patient_id)
    assert refused.value.code is RefusalCode.PATIENT_UNKNOWN


def test_it_does_not_outlive_the_session_and_can_be_ended(closed: Patient, open_as: Open) -> None:
    doctor = open_as("dren")
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    emergency.end_emergency(doctor)
    assert patients.find_patients(doctor, "hodzic") == []
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    assert patients.find_patients(open_as("dren"), "hodzic") == []


@pytest.mark.parametrize(
    ("name", "wanted", "why", "second", "code"),
    [
        ("nadia", "Lejla Hodžić", WHY, MIRA, RefusalCode.NOT_ALLOWED),
        ("mira", "Lejla Hodžić", WHY, NADIA, RefusalCode.NOT_ALLOWED),
        ("dren", "Lejla Hodžić", "help", MIRA, RefusalCode.REASON_TOO_SHORT),
        ("dren", "Hodžić", WHY, MIRA, RefusalCode.PATIENT_UNKNOWN),
        ("dren", "Ana Hodžić", WHY, MIRA, RefusalCode.PATIENT_UNKNOWN),
        ("dren", "Lejla Hodžić", WHY, ("mira", "wrong"), RefusalCode.SIGN_IN_FAILED),
        (
            "dren",
            "Lejla Hodžić",
            WHY,
            ("dren", passphrase_of("dren")),
            RefusalCode.SECOND_STAFF_MISSING,
        ),
        ("dren", "Lejla Hodžić", WHY, ("ivo", passphrase_of("ivo")), RefusalCode.PATIENT_UNKNOWN),
    ],
)
def test_what_does_not_open_it(  # noqa: PLR0917 one line each
    name: str,
    wanted: str,
    why: str,
    second: tuple[str, str],
    code: RefusalCode,
    closed: Patient,
    open_as: Open,
) -> None:
    """The wrong role, one name alone, no reason, nobody beside, somebody without a key."""
    session = open_as(name)
    with pytest.raises(Refusal) as refused:
        emergency.open_in_emergency(session, wanted, REASON, why, second)
    assert refused.value.code is code
    assert closed.case_number not in session.store.closed.opened or name == "nadia"


def test_nobody_opens_their_own_even_so(open_as: Open, ids: dict[str, AccountId]) -> None:
    nurse = open_as("nadia")
    patient = patients.register_patient(nurse, NEW)
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]], about=ids["dren"])
    doctor = open_as("dren")
    with pytest.raises(Refusal) as refused:
        emergency.open_in_emergency(doctor, patient.case_number, REASON, WHY, MIRA)
    assert refused.value.code is RefusalCode.OWN_RECORD
    assert patients.find_patients(doctor, "hodzic") == []
    assert actions(doctor).count("emergency-refused") == 1


def test_it_waits_until_both_sides_have_read_it(
    closed: Patient, open_as: Open, ids: dict[str, AccountId]
) -> None:
    """However long; the manager sees no name and none of the words, the nurse sees both."""
    nurse = open_as("nadia")
    other = patients.register_patient(nurse, patients.NewPatient("Other", "One"))
    sealing.close_record(nurse, other.patient_id, [ids["nadia"]])
    doctor = open_as("dren")
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    emergency.open_in_emergency(doctor, other.case_number, REASON, WHY, NADIA)
    assert emergency.waiting_uses(doctor) == 0
    manager = open_as("mira")
    uses = {use.confirmed_by: use for use in emergency.emergency_uses(manager)}
    by_mira, by_nadia = uses[ids["mira"]], uses[ids["nadia"]]
    assert {use.used_by for use in uses.values()} == {ids["dren"]}
    assert {(use.case_number, use.typed) for use in uses.values()} == {(None, "")}
    assert emergency.waiting_uses(manager) == 1
    emergency.mark_emergency_read(manager, by_nadia.use_id, "I asked the doctor")
    assert emergency.waiting_uses(manager) == 0
    assert all(use.waits for use in emergency.emergency_uses(manager))
    nurse = open_as("nadia")
    assert emergency.waiting_uses(nurse) == 1
    shown = {use.use_id: use for use in emergency.emergency_uses(nurse)}
    use = shown[by_mira.use_id]
    assert (use.case_number, use.typed) == (closed.case_number, WHY)
    with pytest.raises(Refusal) as refused:
        emergency.mark_emergency_read(nurse, use.use_id, "ok")
    assert refused.value.code is RefusalCode.REASON_TOO_SHORT
    emergency.mark_emergency_read(nurse, use.use_id, "I have spoken with Dren")
    nurse = open_as("nadia")
    shown = {use.use_id: use for use in emergency.emergency_uses(nurse)}
    assert shown[by_mira.use_id].named_words == "I have spoken with Dren"
    assert emergency.waiting_uses(nurse) == 0


def test_the_log_carries_no_typed_word_and_the_patient_is_told(
    closed: Patient, open_as: Open
) -> None:
    """Who saw my record: a line of its own kind."""
    doctor = open_as("dren")
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    assert "canary-why" not in str(activity(doctor))
    nurse = open_as("nadia")
    lines = record_access.record_access(nurse, closed.patient_id)
    (line,) = [one for one in lines if one.kind is AuditKind.EMERGENCY]
    assert line.staff_code == "D01"


def test_an_emergency_neither_erases_nor_carries_away(closed: Patient, open_as: Open) -> None:
    """It is for care: what goes for good, or out of the house, is for who is named."""
    doctor = open_as("dren")
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    second = erasure.Colleague(*MIRA)
    asked: tuple[Callable[[], object], ...] = (
        lambda: erasure.preview_erasure(doctor, closed.patient_id),
        lambda: erasure.erase_patient(
            doctor,
            closed.patient_id,
            reason=ErasureReason.MISTAKE,
            typed="Lejla Hodžić",
            second=second,
        ),
        lambda: erasure.erase_due(doctor, [closed.case_number], second=second),
        lambda: person_copies.copy_as_file(doctor, closed.patient_id, "en", safe_to_carry=True),
        lambda: person_copies.copy_on_paper(doctor, closed.patient_id, "en", safe_to_carry=True),
    )
    for ask in asked:
        with pytest.raises(Refusal) as refused:
            ask()
        assert refused.value.code is RefusalCode.NOT_ALLOWED
    assert patients.open_patient(open_as("nadia"), closed.patient_id) == closed


def test_one_damaged_record_keeps_no_other_from_opening(
    closed: Patient, open_as: Open, ids: dict[str, AccountId]
) -> None:
    """And who looks for the damaged one is told that it may be among those."""
    nurse = open_as("nadia")
    other = patients.register_patient(nurse, patients.NewPatient("Other", "One"))
    sealing.close_record(nurse, other.patient_id, [ids["nadia"]])
    spoil(nurse, other)
    doctor = open_as("dren")
    with pytest.raises(Refusal) as refused:
        emergency.open_in_emergency(doctor, "One Other", REASON, WHY, MIRA)
    assert refused.value.code is RefusalCode.SOME_DAMAGED
    assert refused.value.facts == {"count": 1}
    assert emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA) == closed


def test_new_keys_of_the_files_do_not_end_it(closed: Patient, open_as: Open) -> None:
    """An erasure of somebody else changes keys in the middle of it."""
    doctor = open_as("dren")
    now = [1000.0]
    doctor.store.closed.boot_clock = lambda: now[0]
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    visit = screenings.start_screening(doctor, closed)
    now[0] += 60
    key_changes.change_keys(doctor, list(Compartment), KeyChangeReason.ASKED)
    assert emergency.emergency_seconds(doctor) == EMERGENCY_SECONDS - 60
    assert patients.open_patient(doctor, closed.patient_id) == closed
    screenings.record_answer(
        doctor, visit.screening_id, Answer(IndicatorId("A01"), AnswerValue.YES)
    )
    now[0] += EMERGENCY_SECONDS
    assert patients.find_patients(doctor, "hodzic") == []
    nurse = open_as("nadia")
    loaded = screenings.load_screening(nurse, visit.screening_id)
    assert set(loaded.answers) == {IndicatorId("A01")}


def test_who_confirmed_does_not_read_it(
    closed: Patient, open_as: Open, ids: dict[str, AccountId]
) -> None:
    """Nobody looks into what they took part in, and it does not wait for them either."""
    doctor = open_as("dren")
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    emergency.end_emergency(doctor)
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, NADIA)
    for name in ("mira", "nadia"):
        session = open_as(name)
        uses = emergency.emergency_uses(session)
        (own,) = [use for use in uses if use.confirmed_by == ids[name]]
        with pytest.raises(Refusal) as refused:
            emergency.mark_emergency_read(session, own.use_id, "fine with me")
        assert refused.value.code is RefusalCode.NOT_ALLOWED
        assert emergency.waiting_uses(session) == 1


def test_what_was_said_first_stays(closed: Patient, open_as: Open) -> None:
    """A second sentence does not take the place of the first, on either side."""
    doctor = open_as("dren")
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    emergency.end_emergency(doctor)
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, NADIA)
    for name in ("mira", "nadia"):
        session = open_as(name)
        for use in emergency.emergency_uses(session):
            with suppress(Refusal):
                emergency.mark_emergency_read(session, use.use_id, f"this was wrong, {name}")
        for use in emergency.emergency_uses(session):
            with pytest.raises(Refusal) as refused:
                emergency.mark_emergency_read(session, use.use_id, "all fine now")
            assert refused.value.code is RefusalCode.NOT_ALLOWED
    uses = emergency.emergency_uses(open_as("nadia"))
    assert {use.read_words for use in uses} == {"", "this was wrong, mira"}
    assert {use.named_words for use in uses} == {"", "this was wrong, nadia"}


def test_record_stays_closed_until_its_people_have_read(closed: Patient, open_as: Open) -> None:
    """Opened to all, the typed reason and who could read it would be gone."""
    doctor = open_as("dren")
    emergency.open_in_emergency(doctor, closed.case_number, REASON, WHY, MIRA)
    nurse = open_as("nadia")
    with pytest.raises(Refusal) as refused:
        sealing.open_record_to_all(nurse, closed.patient_id)
    assert refused.value.code is RefusalCode.EMERGENCY_NOT_READ
    (use,) = emergency.emergency_uses(nurse)
    assert use.typed == WHY
    emergency.mark_emergency_read(nurse, use.use_id, "I have spoken with Dren")
    # The only manager confirmed it: nobody of that side is left to wait for.
    sealing.open_record_to_all(nurse, closed.patient_id)
    assert patients.open_patient(open_as("dren"), closed.patient_id) == closed
