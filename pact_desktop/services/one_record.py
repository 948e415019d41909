# SPDX-License-Identifier: GPL-3.0-or-later
"""Which case a patient is, and what an emergency gives no right to."""

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber, PatientId
from pact_desktop.services.session import Session
from pact_desktop.storage import patients


def case_of(session: Session, patient_id: PatientId) -> CaseNumber:
    """Random numbers only: the look that follows has the entry in the log.

    Raises Refusal: NOT_ALLOWED; PATIENT_UNKNOWN, also for a record that is closed to this person.
    """
    session.require(Permission.REGISTER_PATIENT)
    with session.store.reading_config() as connection:
        found = patients.case_of_patient(connection, patient_id)
    if found is None:
        raise Refusal(RefusalCode.PATIENT_UNKNOWN)
    return found


def only_in_emergency(session: Session, case_number: CaseNumber | None) -> bool:
    """Whether this record is open for some minutes, to somebody who is not named for it."""
    opened = None if case_number is None else session.store.closed.opened.get(case_number)
    return opened is not None and opened.record.until is not None


def require_own_right(session: Session, case_number: CaseNumber | None) -> None:
    """An emergency is for care: it neither erases a record nor carries all of it away.

    Raises Refusal(NOT_ALLOWED).
    """
    if only_in_emergency(session, case_number):
        raise Refusal(RefusalCode.NOT_ALLOWED)
