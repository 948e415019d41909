# SPDX-License-Identifier: GPL-3.0-or-later
"""Finding a referral and its case, for the services that write to it."""

from dataclasses import replace

from pact_desktop.domain.accounts import Compartment, Permission
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ReferralService, ServiceId
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import (
    UNSENT,
    Reference,
    Referral,
    ReferralId,
    ReferralStatus,
    StatusChange,
)
from pact_desktop.domain.screening import Screening
from pact_desktop.services.facility import directory
from pact_desktop.services.session import Session
from pact_desktop.storage import referrals, screening_changes, screenings
from pact_desktop.storage.store import Transaction


def case_and_reference(session: Session, referral_id: ReferralId) -> tuple[CaseNumber, Reference]:
    """The random numbers for the log. Raises Refusal(REFERRAL_UNKNOWN)."""
    with session.store.reading_config() as connection:
        found = referrals.case_of_referral(connection, referral_id)
    if found is None:
        raise Refusal(RefusalCode.REFERRAL_UNKNOWN)
    return found


def referral_and_visit(
    session: Session, transaction: Transaction, referral_id: ReferralId
) -> tuple[Referral, Screening | None]:
    """The referral with its visit; until it is sent it follows the visit's age path."""
    referral = referrals.load_referral(
        transaction, referral_id, with_person=session.store.holds(Compartment.IDENTITY)
    )
    if referral is None:
        raise Refusal(RefusalCode.REFERRAL_UNKNOWN)
    visit = visit_of(session, transaction, referral)
    if visit is not None and referral.status in UNSENT:
        referral = replace(referral, is_child=visit.is_child)
    return referral, visit


def visit_of(session: Session, transaction: Transaction, referral: Referral) -> Screening | None:
    if referral.screening_id is None:
        return None
    return screenings.load_screening(
        transaction, referral.screening_id, sitting=session.store.session_id
    )


def stepped(
    session: Session, transaction: Transaction, referral: Referral, status: ReferralStatus
) -> Referral:
    referral.require_next(status)
    change = StatusChange(status, session.now, session.account.account_id)
    referrals.add_status(transaction, referral.referral_id, change)
    return replace(referral, history=(*referral.history, change))


def save_visit(
    session: Session, transaction: Transaction, before: Screening, after: Screening
) -> None:
    screening_changes.save_screening(
        transaction, before, after, at=session.now, sitting=session.store.session_id
    )


def require_service(session: Session, service_id: ServiceId) -> ReferralService:
    """Raises Refusal(SERVICE_UNKNOWN)."""
    service = next((s for s in directory(session) if s.service_id == service_id), None)
    if service is None:
        raise Refusal(RefusalCode.SERVICE_UNKNOWN)
    return service


def may_refer(session: Session) -> bool:
    """Referring shows names, so it needs their key as well."""
    return session.may(Permission.REFER)


def require_referrer(session: Session) -> None:
    """Raises Refusal(NOT_ALLOWED)."""
    if not may_refer(session):
        raise Refusal(RefusalCode.NOT_ALLOWED)
