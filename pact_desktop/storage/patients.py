# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of patients and of the folded names they are found by."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    exists,
    insert,
    or_,
    select,
    update,
)

from pact_desktop.domain.patient import (
    AdministrativeGender,
    BirthDate,
    BirthDateKind,
    CaseNumber,
    MayBeChild,
    Patient,
    PatientId,
    SafeContact,
)
from pact_desktop.i18n.names import fold_variants
from pact_desktop.storage.record_tables import name_key, patient, screening

_TWO: Final = 2
_AT_ONCE: Final = 500
"""Ids in one statement; engines limit how many values a statement may carry."""


def insert_patient(connection: Connection, new: Patient) -> None:
    connection.execute(insert(patient).values(**_columns(new)))
    _index_names(connection, new)


def save_patient(connection: Connection, changed: Patient) -> None:
    connection.execute(
        update(patient)
        .where(patient.c.patient_id == changed.patient_id)
        .values(**_columns(changed))
    )
    connection.execute(delete(name_key).where(name_key.c.patient_id == changed.patient_id))
    _index_names(connection, changed)


def load_patient(connection: Connection, patient_id: PatientId) -> Patient | None:
    row = connection.execute(select(patient).where(patient.c.patient_id == patient_id)).first()
    return _patient(row) if row else None


def patient_of_case(connection: Connection, case_number: CaseNumber) -> Patient | None:
    row = connection.execute(select(patient).where(patient.c.case_number == case_number)).first()
    return _patient(row) if row else None


def patients_of_cases(
    connection: Connection, case_numbers: Collection[CaseNumber]
) -> dict[CaseNumber, Patient]:
    rows = connection.execute(select(patient).where(patient.c.case_number.in_(case_numbers)))
    return {found.case_number: found for found in map(_patient, rows)}


def ids_by_name(connection: Connection, query: str, limit: int) -> list[PatientId]:
    """Patients with every word of the query somewhere in a name, in any script or spelling."""
    words = [keys for word in query.split() if (keys := _keys_of(word))]
    if not words:
        return []
    wanted = select(patient.c.patient_id)
    for keys in words:
        wanted = wanted.where(_has_key_like(f"%{_escaped(key)}%" for key in keys))
    return _ids(connection, wanted, limit)


def ids_by_birth_date(connection: Connection, day: date, limit: int) -> list[PatientId]:
    wanted = select(patient.c.patient_id).where(patient.c.birth_date == day)
    return _ids(connection, wanted, limit)


def load_patients(connection: Connection, ids: Sequence[PatientId]) -> list[Patient]:
    """In the order of the ids."""
    found: dict[PatientId, Patient] = {}
    for start in range(0, len(ids), _AT_ONCE):
        wanted = select(patient).where(patient.c.patient_id.in_(ids[start : start + _AT_ONCE]))
        found |= {one.patient_id: one for one in map(_patient, connection.execute(wanted))}
    return [found[patient_id] for patient_id in ids if patient_id in found]


def case_of_patient(connection: Connection, patient_id: PatientId) -> CaseNumber | None:
    found = connection.execute(
        select(patient.c.case_number).where(patient.c.patient_id == patient_id)
    ).scalar_one_or_none()
    return None if found is None else CaseNumber(found)


def last_visits(
    connection: Connection, case_numbers: Collection[CaseNumber]
) -> dict[CaseNumber, datetime]:
    rows = connection.execute(
        select(screening.c.case_number, screening.c.started_at).where(
            screening.c.case_number.in_(case_numbers)
        )
    )
    last: dict[CaseNumber, datetime] = {}
    for case_number, started_at in rows:
        last[case_number] = max(started_at, last.get(case_number, started_at))
    return last


def candidate_ids(
    connection: Connection,
    names: Collection[str],
    alias: str,
    birth_date: date | None,
    phone_digits: str,
) -> list[PatientId]:
    """Patients worth comparing: names that begin alike, the same birth date or phone.

    With two names both must begin alike, or one be the same and the other share its first
    letter: comparing is slow, and half a facility may share one name.
    """
    ways = _alike([keys for name in names if (keys := _keys_of(name))])
    ways += _alike([keys] if (keys := _keys_of(alias)) else [])
    if birth_date is not None:
        ways.append(patient.c.birth_date == birth_date)
    if phone_digits:
        ways.append(patient.c.phone_digits == phone_digits)
    if not ways:
        return []
    wanted = select(patient.c.patient_id).where(or_(*ways))
    return [PatientId(found) for found in connection.execute(wanted).scalars()]


def _alike(names: Sequence[frozenset[str]]) -> list[ColumnElement[bool]]:
    def begin(keys: frozenset[str], letters: int) -> ColumnElement[bool]:
        return _has_key_like({f"{_escaped(key[:letters])}%" for key in keys})

    if len(names) < _TWO:
        return [begin(keys, 3) for keys in names]
    ways = [and_(*(begin(keys, 2) for keys in names))]
    for keys in names:
        same = _has_key_like({_escaped(key) for key in keys})
        ways.append(and_(same, *(begin(other, 1) for other in names if other is not keys)))
    return ways


def digits_of(phone: str) -> str:
    """The last eight digits: the same phone with and without a country code."""
    return "".join(ch for ch in phone if ch.isascii() and ch.isdigit())[-8:]


def _ids(connection: Connection, wanted: Select[Any], limit: int) -> list[PatientId]:
    order = (patient.c.family_name, patient.c.given_name, patient.c.patient_id)
    found = connection.execute(wanted.order_by(*order).limit(limit)).scalars()
    return [PatientId(one) for one in found]


def _has_key_like(patterns: Iterable[str]) -> ColumnElement[bool]:
    return exists().where(
        name_key.c.patient_id == patient.c.patient_id,
        or_(*(name_key.c.key.like(pattern, escape="\\") for pattern in sorted(patterns))),
    )


def _keys_of(name: str) -> frozenset[str]:
    return frozenset(key for key in fold_variants(name) if key)


def _escaped(key: str) -> str:
    return key.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _index_names(connection: Connection, of: Patient) -> None:
    names = (of.family_name, of.given_name, of.fathers_name, of.alias)
    keys = sorted({key for name in names for key in _keys_of(name)})
    if keys:
        connection.execute(
            insert(name_key), [{"patient_id": of.patient_id, "key": key} for key in keys]
        )


def _columns(of: Patient) -> dict[str, object]:
    return {
        "patient_id": of.patient_id,
        "case_number": of.case_number,
        "family_name": of.family_name,
        "given_name": of.given_name,
        "fathers_name": of.fathers_name,
        "alias": of.alias,
        "birth_kind": of.birth_date.kind.value,
        "birth_date": of.birth_date.value,
        "birth_years": of.birth_date.years,
        "birth_estimated_on": of.birth_date.estimated_on,
        "may_be_child": of.may_be_child.value,
        "gender": of.gender.value,
        "language": of.language,
        "interpreter_needed": of.interpreter_needed,
        "citizenship": of.citizenship,
        "safe_contact": msgspec.to_builtins(of.safe_contact),
        "phone_digits": digits_of(of.safe_contact.phone),
        "registered_at": of.registered_at,
    }


def _patient(row: Row[Any]) -> Patient:
    return Patient(
        patient_id=PatientId(row.patient_id),
        case_number=CaseNumber(row.case_number),
        family_name=row.family_name,
        given_name=row.given_name,
        fathers_name=row.fathers_name,
        alias=row.alias,
        birth_date=BirthDate(
            BirthDateKind(row.birth_kind), row.birth_date, row.birth_years, row.birth_estimated_on
        ),
        may_be_child=MayBeChild(row.may_be_child),
        gender=AdministrativeGender(row.gender),
        language=row.language,
        interpreter_needed=row.interpreter_needed,
        citizenship=row.citizenship,
        safe_contact=msgspec.convert(row.safe_contact, SafeContact),
        registered_at=row.registered_at,
    )
