# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything kept about one person, for that person: to read, and for another program.

Neither is encrypted: each is given out only where it can be kept safely, and is in the log.
"""

from contextlib import suppress

from pact_desktop.documents.person_copy import render_person_copy
from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.patient import PatientId
from pact_desktop.domain.person_copy import PersonCopy, VisitCopy
from pact_desktop.domain.referral_values import Place
from pact_desktop.domain.screening import Screening
from pact_desktop.interchange.person_file import person_file
from pact_desktop.services.documents import paper_catalog
from pact_desktop.services.facility import directory, facility, pack_of
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.one_record import case_of, require_own_right
from pact_desktop.services.record_access import accesses_of, require_safe_copy
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log, patients, referrals, screenings
from pact_desktop.storage.accounts import load_accounts

FILE_NAME = "copy.json"


def copy_on_paper(
    session: Session, patient_id: PatientId, locale: str, *, safe_to_carry: bool
) -> IssuedDocument:
    """Not of what an emergency opened.

    Raises Refusal: COPY_UNSAFE, LANGUAGE_NOT_OFFERED, NOT_ALLOWED, PATIENT_UNKNOWN.
    """
    session.require(Permission.REGISTER_PATIENT)
    catalog = paper_catalog(locale)
    copy = _gathered(session, patient_id, locale, "person-copy", safe_to_carry=safe_to_carry)
    return IssuedDocument("copy.pdf", render_person_copy(copy, catalog))


def copy_as_file(
    session: Session, patient_id: PatientId, locale: str, *, safe_to_carry: bool
) -> bytes:
    """The same for another program. Raises Refusal: COPY_UNSAFE, NOT_ALLOWED, PATIENT_UNKNOWN."""
    session.require(Permission.REGISTER_PATIENT)
    return person_file(
        _gathered(session, patient_id, locale, "person-file", safe_to_carry=safe_to_carry)
    )


def _gathered(
    session: Session, patient_id: PatientId, locale: str, kind: str, *, safe_to_carry: bool
) -> PersonCopy:
    case_number = case_of(session, patient_id)
    require_own_right(session, case_number)
    if not safe_to_carry:
        raise Refusal(RefusalCode.COPY_UNSAFE)
    place, pack = facility(session), pack_of(session)
    names = {
        one.service_id: pack.service_name(one, locale) if pack else one.name
        for one in directory(session)
    }
    sitting = session.store.session_id
    event = AuditEvent(AuditAction.DOCUMENT_ISSUED, case_number, subject=kind)
    with session.store.changing(event) as connection:
        require_safe_copy(session, connection, case_number)
        patient = patients.patient_of_case(connection, case_number)
        if patient is None:
            raise Refusal(RefusalCode.PATIENT_UNKNOWN)
        visits = screenings.screenings_of(connection, case_number, sitting=sitting)
        sent = [
            loaded
            for referral_id in referrals.referrals_of_case(connection, case_number)
            if (loaded := referrals.load_referral(connection, referral_id, with_person=True))
        ]
        return PersonCopy(
            facility=Place(place.name, place.address, place.phone),
            patient=patient,
            visits=tuple(VisitCopy(one, _questions(session, one, locale)) for one in visits),
            referrals=tuple(sent),
            accesses=tuple(accesses_of(connection, case_number)),
            services=names,
            staff_codes={one.account_id: one.staff_code for one in load_accounts(connection)},
            made_at=session.now,
            end=audit_log.head(connection).anchor,
        )


def _questions(session: Session, visit: Screening, locale: str) -> dict[IndicatorId, str]:
    """In the words of the set each answer was asked from; none where it is not installed."""
    found: dict[IndicatorId, str] = {}
    with suppress(Refusal):
        for used in session.content.sets_of(visit):
            for link_id in visit.answers:
                if not found.get(link_id):
                    found[link_id] = used.text(f"{link_id}.full", locale)
    return found
