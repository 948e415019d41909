# SPDX-License-Identifier: GPL-3.0-or-later
"""Patients are registered with little, found in any script, and never blocked by a likeness."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.patient import (
    BirthDate,
    BirthDateKind,
    MayBeChild,
    PatientId,
    SafeContact,
    SafeContactMode,
    SimilarReason,
)
from pact_desktop.domain.screening import Companion
from pact_desktop.services import patients, screenings
from pact_desktop.services.patients import NewPatient
from pact_desktop.services.session import Session
from pact_desktop.storage import record_tables, screening_changes
from tests.factories import SteppableClock, a_birth_date
from tests.services.activity import actions, activity

TOMORROW = BirthDate(BirthDateKind.EXACT, value=date(2026, 11, 24))
METHUSELAH = BirthDate(BirthDateKind.ESTIMATED, years=170, estimated_on=date(2026, 11, 23))
ANA = NewPatient(
    family_name="Đorđević",
    given_name="Ana",
    birth_date=a_birth_date(30),
    may_be_child=MayBeChild.NO,
    safe_contact=SafeContact(SafeContactMode.CALL, phone="+389 70 123 456"),
)


def test_a_patient_comes_back_as_registered(session: Session) -> None:
    """Everything that was typed is there the next time."""
    registered = patients.register_patient(session, ANA)
    assert patients.open_patient(session, registered.patient_id) == registered
    assert patients.patient_of(session, registered.case_number) == registered


def test_nothing_has_to_be_known(session: Session) -> None:
    """Somebody without a name is cared for all the same, on the path for under 18."""
    nobody = patients.register_patient(session, NewPatient())
    assert not nobody.name_known
    assert nobody.is_child_or_doubtful(session.today)


@pytest.mark.parametrize(
    "query",
    ["Đorđević", "đorđ", "Djordjevic", "Ђорђевић", "Gjorgjeviq", "dordev", "ana dor", "Ана"],
)
def test_a_patient_is_found_by_part_of_a_name_in_any_script(session: Session, query: str) -> None:
    """One person is one person, however the name is written."""
    registered = patients.register_patient(session, ANA)
    patients.register_patient(session, NewPatient(family_name="Hoxha", given_name="Besa"))
    assert [found.patient for found in patients.find_patients(session, query)] == [registered]


def test_typing_finds_on_every_letter(session: Session) -> None:
    """The list does not go empty in the middle of a sound that is written with two letters."""
    patients.register_patient(session, ANA)
    name = "Gjorgjevic"
    assert all(patients.find_patients(session, name[:end]) for end in range(2, len(name) + 1))


def test_a_patient_is_found_by_birth_date(session: Session) -> None:
    """As it is written in the region."""
    registered = patients.register_patient(session, ANA)
    assert registered.birth_date.value == date(1996, 1, 15)
    assert [f.patient for f in patients.find_patients(session, "15.01.1996")] == [registered]
    assert patients.find_patients(session, "15.01.1997") == []


@pytest.mark.parametrize("query", ["", "  ", "%", "_", "' OR 1=1 --", "\\", "%%%a%%%zz"])
def test_a_search_for_signs_finds_nobody(session: Session, query: str) -> None:
    """Wildcards and quotes are letters that nobody has in a name."""
    patients.register_patient(session, ANA)
    assert patients.find_patients(session, query) == []


def test_a_search_says_in_the_log_how_many_people_were_shown(session: Session) -> None:
    """Whoever leafs through all names leaves a trace of how many."""
    for name in ("Ana", "Anita", "Anja"):
        patients.register_patient(session, NewPatient(given_name=name))
    assert len(patients.find_patients(session, "an")) == 3
    entry = activity(session)[-1]
    assert (entry["action"], entry["count"]) == ("patients-searched", 3)


def test_the_last_visit_stands_beside_the_name(session: Session, clock: SteppableClock) -> None:
    """And nothing when there was none."""
    registered = patients.register_patient(session, ANA)
    assert patients.find_patients(session, "Ana")[0].last_visit_at is None
    screenings.start_screening(session, registered)
    clock.step(days=3)
    later = screenings.start_screening(session, registered)
    assert patients.find_patients(session, "Ana")[0].last_visit_at == later.started_at


@pytest.mark.parametrize(
    ("new", "likely", "reasons"),
    [
        (
            ANA,
            True,
            {SimilarReason.SAME_NAME, SimilarReason.SAME_BIRTH_DATE, SimilarReason.SAME_PHONE},
        ),
        (
            NewPatient(family_name="Ђорђевић", given_name="Ана", birth_date=a_birth_date(30)),
            True,
            {SimilarReason.SAME_NAME_OTHER_SCRIPT, SimilarReason.SAME_BIRTH_DATE},
        ),
        (
            NewPatient(family_name="Dordevic", given_name="Ana", birth_date=a_birth_date(50)),
            False,
            {SimilarReason.SAME_NAME_WITHOUT_ACCENTS},
        ),
        (
            NewPatient(
                family_name="Djordjevic",
                given_name="Ana",
                birth_date=BirthDate.estimated(29, today=date(2026, 11, 23)),
            ),
            True,
            {SimilarReason.SAME_NAME_WITHOUT_ACCENTS, SimilarReason.AGE_FITS},
        ),
        (
            NewPatient(
                given_name="Mira", safe_contact=SafeContact(SafeContactMode.CALL, "070 123 456")
            ),
            False,
            {SimilarReason.SAME_PHONE},
        ),
    ],
)  # fmt: skip
def test_somebody_alike_is_pointed_out_with_reasons(
    session: Session,
    new: NewPatient,
    likely: bool,  # noqa: FBT001 a case of the table
    reasons: set[SimilarReason],
) -> None:
    """A second fact beside the name makes it likely; a different birth date does not."""
    registered = patients.register_patient(session, ANA)
    similar = patients.similar_patients(session, new)
    assert [(one.patient, one.likely, set(one.reasons)) for one in similar] == [
        (registered, likely, reasons)
    ]


def test_an_alias_is_compared_by_itself(session: Session) -> None:
    """Somebody known here by a nickname is found by it, with or without the other names."""
    known = patients.register_patient(session, NewPatient(alias="Zokica"))
    patients.register_patient(session, ANA)
    for new in (
        NewPatient(alias="Зокица"),
        NewPatient(family_name="Hoxha", given_name="Besa", alias="Zokica"),
    ):
        assert [one.patient for one in patients.similar_patients(session, new)] == [known]
    with_alias = replace(ANA, alias="Anči")
    assert patients.similar_patients(session, with_alias)[0].likely


def test_a_likeness_never_blocks(session: Session) -> None:
    """Two people may share everything."""
    one = patients.register_patient(session, ANA)
    other = patients.register_patient(session, ANA)
    assert one.patient_id != other.patient_id
    assert one.case_number != other.case_number


def test_nobody_alike_is_no_look(session: Session) -> None:
    """What was not shown is not in the log."""
    before = activity(session)
    assert patients.similar_patients(session, ANA) == []
    assert activity(session) == before


def test_hostile_names_are_kept_as_typed_without_controls(session: Session) -> None:
    """A name is never run, on screen or in the database."""
    hostile = NewPatient(
        family_name="<img src=x>'); DROP TABLE patient;--",
        given_name="=cmd|' /C calc'!A0\x00\u202e",
        alias="<b>Zo\u2066ra</b>",
    )
    registered = patients.register_patient(session, hostile)
    loaded = patients.open_patient(session, registered.patient_id)
    assert loaded.family_name == hostile.family_name
    assert loaded.given_name == "=cmd|' /C calc'!A0"
    assert loaded.alias == "<b>Zora</b>"
    assert [f.patient for f in patients.find_patients(session, "Zora")] == [registered]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"family_name": "a" * 121}, RefusalCode.TEXT_TOO_LONG),
        ({"birth_date": TOMORROW}, RefusalCode.BIRTH_DATE_IN_FUTURE),
        ({"birth_date": METHUSELAH}, RefusalCode.AGE_OUT_OF_RANGE),
        ({"safe_contact": SafeContact(may_say="a" * 10_000)}, RefusalCode.TEXT_TOO_LONG),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_stored(
    session: Session, wrong: dict[str, object], code: RefusalCode
) -> None:
    """Also when a value was made without asking the rule."""
    with pytest.raises(Refusal) as refused:
        patients.register_patient(session, replace(ANA, **wrong))  # type: ignore[arg-type]  # values of several types
    assert refused.value.code is code
    assert patients.find_patients(session, "Ana") == []


def test_registering_and_starting_is_one_step(session: Session) -> None:
    """Patient and visit are there together, each with its entry in the log."""
    visit = patients.register_and_start(
        session, ANA, visit_reason="cough", companion=Companion.PRESENT
    )
    assert screenings.load_screening(session, visit.screening_id) == visit
    assert (visit.visit_reason, visit.companion) == ("cough", Companion.PRESENT)
    assert not visit.is_child
    assert patients.patient_of(session, visit.case_number).family_name == "Đorđević"
    assert {"patient-registered", "screening-started"} <= set(actions(session))


def test_a_visit_that_cannot_start_leaves_no_patient_behind(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused or broken in the second half: nothing is stored, so that trying again makes one."""

    def broken(*_arguments: object) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    before = activity(session)
    with pytest.raises(Refusal) as refused:
        patients.register_and_start(session, ANA, visit_reason="x" * 5_000)
    assert refused.value.code is RefusalCode.TEXT_TOO_LONG
    with monkeypatch.context() as patch:
        patch.setattr(screening_changes, "insert_screening", broken)
        with pytest.raises(Fault):
            patients.register_and_start(session, ANA)
    assert activity(session) == before
    assert patients.find_patients(session, "Ana") == []
    patients.register_and_start(session, ANA)
    assert len(patients.find_patients(session, "Ana")) == 1


def test_a_changed_name_is_found_and_the_old_one_is_not(session: Session) -> None:
    """The search follows the correction."""
    registered = patients.register_patient(session, ANA)
    patients.change_patient(session, replace(registered, family_name="Ibraimi"))
    assert patients.find_patients(session, "Đorđević") == []
    assert patients.find_patients(session, "ibraim")[0].patient.patient_id == registered.patient_id


def test_a_corrected_age_moves_the_open_visit(session: Session) -> None:
    """Under 18 after all: the path for children is taken up at once, and left when it is not so."""
    registered = patients.register_patient(session, ANA)
    visit = screenings.start_screening(session, registered)
    assert not visit.is_child
    young = patients.change_patient(session, replace(registered, birth_date=a_birth_date(16)))
    moved = screenings.load_screening(session, visit.screening_id)
    assert moved.is_child
    assert moved.set_id == session.content.child.set_id
    patients.change_patient(session, replace(young, alias="Anči"))
    assert screenings.load_screening(session, visit.screening_id).is_child
    patients.change_patient(session, replace(young, birth_date=a_birth_date(30)))
    assert not screenings.load_screening(session, visit.screening_id).is_child


def test_an_unknown_patient_is_refused(session: Session) -> None:
    """And so is a change that swaps the case number."""
    registered = patients.register_patient(session, ANA)
    other = patients.register_patient(session, NewPatient(given_name="Besa"))
    for attempt in (
        lambda: patients.open_patient(session, PatientId("nobody")),
        lambda: patients.patient_of(session, other.case_number.__class__("NOBODY")),
        lambda: patients.change_patient(
            session, replace(registered, case_number=other.case_number)
        ),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code is RefusalCode.PATIENT_UNKNOWN


@pytest.mark.parametrize("name", ["mira", "ivo"])
def test_who_has_no_key_to_names_finds_none(open_as: Callable[[str], Session], name: str) -> None:
    """A manager and an administrator cannot search, open or register."""
    registered = patients.register_patient(open_as("nadia"), ANA)
    other = open_as(name)
    for attempt in (
        lambda: patients.find_patients(other, "Ana"),
        lambda: patients.similar_patients(other, ANA),
        lambda: patients.open_patient(other, registered.patient_id),
        lambda: patients.register_patient(other, ANA),
        lambda: patients.register_and_start(other, ANA),
        lambda: patients.change_patient(other, registered),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_names_stand_in_the_identity_file_alone(session: Session) -> None:
    """No table outside it has a column for a name or a phone."""
    words = {"family_name", "given_name", "alias", "phone_digits", "safe_contact", "caregiver"}
    for table in record_tables.metadata.tables.values():
        if table.schema != "identity":
            assert not words & set(table.columns.keys())
    registered = patients.register_patient(session, ANA)
    with session.store.reading_config() as connection:
        rows = connection.execute(select(record_tables.screening)).all()
    assert rows == []
    assert registered.case_number not in registered.patient_id
