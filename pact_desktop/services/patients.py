# SPDX-License-Identifier: GPL-3.0-or-later
"""Registering a patient, finding one again, and noticing that somebody is here already."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Unpack

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import (
    AdministrativeGender,
    BirthDate,
    CaseNumber,
    MayBeChild,
    Patient,
    PatientId,
    SafeContact,
    SimilarReason,
)
from pact_desktop.domain.referral import REFERENCE_ALPHABET
from pact_desktop.domain.screening import Screening
from pact_desktop.domain.text import NAME_LIMIT, clean
from pact_desktop.i18n.formats import parse_date
from pact_desktop.i18n.names import SIMILAR, similarity
from pact_desktop.i18n.serbian import is_cyrillic
from pact_desktop.services.one_record import case_of
from pact_desktop.services.screenings import Arrival, add_visit, on_path
from pact_desktop.services.session import Session
from pact_desktop.services.typed_text import CODE_LIMIT, cleaned_contact
from pact_desktop.storage import patients, screening_changes, screenings
from pact_desktop.storage.store import Transaction

CASE_NUMBER_LENGTH: Final = 12
SHOWN_SIMILAR: Final = 8
SHORTEST_CUT: Final = 3
YEARS_APART: Final = 3
"""Difference of ages that an estimate easily makes."""


@dataclass(frozen=True, slots=True)
class NewPatient:
    """What is known of a person at the desk; everything may be empty."""

    family_name: str = field(default="", repr=False)
    given_name: str = field(default="", repr=False)
    fathers_name: str = field(default="", repr=False)
    alias: str = field(default="", repr=False)
    birth_date: BirthDate = field(default_factory=BirthDate.unknown, repr=False)
    may_be_child: MayBeChild = field(default=MayBeChild.NOT_SURE, repr=False)
    gender: AdministrativeGender = field(default=AdministrativeGender.UNKNOWN, repr=False)
    language: str = field(default="und", repr=False)
    interpreter_needed: bool = field(default=False, repr=False)
    citizenship: str = field(default="", repr=False)
    safe_contact: SafeContact = field(default_factory=SafeContact, repr=False)


@dataclass(frozen=True, slots=True)
class PatientSummary:
    """A patient in a list, with the moment of the last visit."""

    patient: Patient
    last_visit_at: datetime | None


@dataclass(frozen=True, slots=True)
class SimilarPatient:
    """Somebody registered who may be the same person; a hint, never a block."""

    patient: Patient
    likely: bool
    reasons: tuple[SimilarReason, ...]


def register_patient(session: Session, new: NewPatient) -> Patient:
    """Raises Refusal: NOT_ALLOWED, TEXT_TOO_LONG, BIRTH_DATE_IN_FUTURE, AGE_OUT_OF_RANGE."""
    patient = _new_patient(session, new)
    event = AuditEvent(AuditAction.PATIENT_REGISTERED, patient.case_number)
    with session.store.changing(event) as connection:
        patients.insert_patient(connection, patient)
    return patient


def register_and_start(session: Session, new: NewPatient, **arrival: Unpack[Arrival]) -> Screening:
    """A new patient with a visit: both are kept, or neither is.

    Raises what `register_patient` raises.
    """
    session.require(Permission.SCREEN)
    patient = _new_patient(session, new)
    events = (
        AuditEvent(AuditAction.PATIENT_REGISTERED, patient.case_number),
        AuditEvent(AuditAction.SCREENING_STARTED, patient.case_number),
    )
    with session.store.changing(*events) as connection:
        patients.insert_patient(connection, patient)
        return add_visit(session, connection, patient, **arrival)


def _new_patient(session: Session, new: NewPatient) -> Patient:
    session.require(Permission.REGISTER_PATIENT)
    return _cleaned(
        session,
        Patient(
            patient_id=PatientId(secrets.token_hex(16)),
            case_number=_new_case_number(),
            registered_at=session.now,
            family_name=new.family_name,
            given_name=new.given_name,
            fathers_name=new.fathers_name,
            alias=new.alias,
            birth_date=new.birth_date,
            may_be_child=new.may_be_child,
            gender=new.gender,
            language=new.language,
            interpreter_needed=new.interpreter_needed,
            citizenship=new.citizenship,
            safe_contact=new.safe_contact,
        ),
    )


def change_patient(session: Session, patient: Patient) -> Patient:
    """Saves corrected details; a corrected age moves the open visits to the path that fits.

    Raises Refusal: PATIENT_UNKNOWN and those of `register_patient`.
    """
    session.require(Permission.REGISTER_PATIENT)
    changed = _cleaned(session, patient)
    is_child = changed.is_child_or_doubtful(session.today)
    event = AuditEvent(
        AuditAction.PATIENT_CHANGED,
        patient.case_number,
        reason="child-path" if is_child else "adult-path",
    )
    with session.store.changing(event) as connection:
        before = patients.load_patient(connection, patient.patient_id)
        if before is None or before.case_number != patient.case_number:
            raise Refusal(RefusalCode.PATIENT_UNKNOWN)
        changed = replace(changed, registered_at=before.registered_at)
        patients.save_patient(connection, changed)
        visits = screenings.open_screenings_of(
            connection, changed.case_number, sitting=session.store.session_id
        )
        for visit, moved in _moved(session, visits, before, changed):
            screening_changes.save_screening(
                connection,
                visit,
                moved,
                at=session.now,
                sitting=session.store.session_id,
            )
    return changed


def find_patients(session: Session, query: str, limit: int = 20) -> list[PatientSummary]:
    """Patients by part of a name in any script, or by birth date; the look is logged."""
    session.require(Permission.REGISTER_PATIENT)
    typed = clean(query, field="search", limit=NAME_LIMIT)
    if not typed:
        return []

    def look(transaction: Transaction) -> tuple[list[PatientSummary], AuditEvent]:
        found = patients.load_patients(transaction, _ids(transaction, typed, limit))
        visits = patients.last_visits(transaction, [one.case_number for one in found])
        listed = [PatientSummary(one, visits.get(one.case_number)) for one in found]
        return listed, AuditEvent(AuditAction.PATIENTS_SEARCHED, count=len(listed))

    return session.store.search(look)


def similar_patients(session: Session, new: NewPatient) -> list[SimilarPatient]:
    """Registered people who may be this one, the likely ones first; never a block."""
    session.require(Permission.REGISTER_PATIENT)

    def look(transaction: Transaction) -> tuple[list[SimilarPatient], AuditEvent | None]:
        ids = patients.candidate_ids(
            transaction,
            (new.family_name, new.given_name),
            new.alias,
            new.birth_date.value,
            patients.digits_of(new.safe_contact.phone),
        )
        known = patients.load_patients(transaction, ids)
        similar = sorted(
            (one for other in known if (one := _compared(session, new, other)).reasons),
            key=lambda one: (not one.likely, -_likeness(new, one.patient), one.patient.patient_id),
        )[:SHOWN_SIMILAR]
        # The program compared more people than a person will see: the entry counts the latter.
        event = AuditEvent(AuditAction.PATIENTS_SEARCHED, subject="similar", count=len(similar))
        return similar, event if known else None

    return session.store.search(look)


def open_patient(session: Session, patient_id: PatientId) -> Patient:
    """Raises Refusal(PATIENT_UNKNOWN)."""
    return patient_of(session, case_of(session, patient_id))


def patient_of(session: Session, case_number: CaseNumber) -> Patient:
    """Raises Refusal(PATIENT_UNKNOWN)."""
    session.require(Permission.REGISTER_PATIENT)
    event = AuditEvent(AuditAction.PATIENT_SEEN, case_number)
    with session.store.reading(event) as connection:
        patient = patients.patient_of_case(connection, case_number)
    if patient is None:
        raise Refusal(RefusalCode.PATIENT_UNKNOWN)
    return patient


def _ids(transaction: Transaction, typed: str, limit: int) -> list[PatientId]:
    """By birth date when a date was typed, else by name."""
    try:
        return patients.ids_by_birth_date(transaction, parse_date(typed), limit)
    except ValueError:
        ids = patients.ids_by_name(transaction, typed, limit)
        if not ids and len(typed) > SHORTEST_CUT:
            # The last letter may be the first half of one sound: `Gjorg` of `Gjorgjević`.
            ids = patients.ids_by_name(transaction, typed[:-1], limit)
        return ids


def _new_case_number() -> CaseNumber:
    return CaseNumber(
        "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(CASE_NUMBER_LENGTH))
    )


def _cleaned(session: Session, patient: Patient) -> Patient:
    names: dict[str, Any] = {
        name: clean(getattr(patient, name), field=name.replace("_", "-"), limit=NAME_LIMIT)
        for name in ("family_name", "given_name", "fathers_name", "alias")
    }
    return replace(
        patient,
        **names,
        birth_date=_checked(patient.birth_date, session),
        language=clean(patient.language, field="language", limit=CODE_LIMIT) or "und",
        citizenship=clean(patient.citizenship, field="citizenship", limit=CODE_LIMIT),
        safe_contact=cleaned_contact(patient.safe_contact),
    )


def _checked(birth_date: BirthDate, session: Session) -> BirthDate:
    """Asks the rule again: a value may have been made without it."""
    if birth_date.value is not None:
        return BirthDate.exact(birth_date.value, today=session.today)
    if birth_date.years is not None:
        return BirthDate.estimated(birth_date.years, today=birth_date.estimated_on or session.today)
    return BirthDate.unknown()


def _moved(
    session: Session, visits: list[Screening], before: Patient, after: Patient
) -> list[tuple[Screening, Screening]]:
    """The child path is entered at any change, and left only when the age was what asked for it.

    Staff who took it by hand, against the date, are not overruled by a corrected date.
    """
    is_child = after.is_child_or_doubtful(session.today)
    if not (is_child or before.is_child_or_doubtful(session.today)):
        return []
    return [
        (visit, on_path(session.content, visit, is_child=is_child))
        for visit in visits
        if visit.is_child != is_child
    ]


def _compared(session: Session, new: NewPatient, known: Patient) -> SimilarPatient:
    name = _name_reason(new, known)
    same_date = new.birth_date.value is not None and new.birth_date.value == known.birth_date.value
    phone = patients.digits_of(new.safe_contact.phone)
    same_phone = bool(phone) and phone == patients.digits_of(known.safe_contact.phone)
    fits = name is not None and not same_date and _age_fits(session, new, known)
    reasons = [name] if name else []
    reasons += [SimilarReason.SAME_BIRTH_DATE] if same_date and name else []
    reasons += [SimilarReason.AGE_FITS] if fits else []
    reasons += [SimilarReason.SAME_PHONE] if same_phone else []
    likely = name is not None and (
        same_date or same_phone or (fits and name is not SimilarReason.SIMILAR_NAME)
    )
    return SimilarPatient(known, likely, tuple(reasons))


def _age_fits(session: Session, new: NewPatient, known: Patient) -> bool:
    """Two certain birth dates that differ do not fit, however close."""
    if new.birth_date.value is not None and known.birth_date.value is not None:
        return False
    ages = [of.birth_date.age_on(session.today).years for of in (new, known)]
    one, other = ages
    return one is not None and other is not None and abs(one - other) <= YEARS_APART


def _full_name(of: NewPatient | Patient) -> str:
    return f"{of.family_name} {of.given_name}".strip()


def _likeness(new: NewPatient, known: Patient) -> float:
    """Likeness of the full names, or of an alias with any name."""
    pairs = [(_full_name(new), _full_name(known))]
    pairs += [(new.alias, known.alias), (new.alias, known.given_name)]
    pairs += [(new.given_name, known.alias)]
    return max((similarity(one, other) for one, other in pairs if one and other), default=0.0)


def _name_reason(new: NewPatient, known: Patient) -> SimilarReason | None:
    likeness = _likeness(new, known)
    if likeness < SIMILAR:
        return None
    one, other = _full_name(new).casefold(), _full_name(known).casefold()
    if similarity(one, other) < 1:
        return SimilarReason.SIMILAR_NAME
    if sorted(one.split()) == sorted(other.split()):
        return SimilarReason.SAME_NAME
    if is_cyrillic(one) != is_cyrillic(other):
        return SimilarReason.SAME_NAME_OTHER_SCRIPT
    return SimilarReason.SAME_NAME_WITHOUT_ACCENTS
