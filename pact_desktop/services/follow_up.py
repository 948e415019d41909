# SPDX-License-Identifier: GPL-3.0-or-later
"""After a referral has left: what waits for an answer, and the answers that come back."""

from dataclasses import dataclass, replace
from datetime import datetime

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ServiceId
from pact_desktop.domain.referral import (
    WAITING,
    DeclineReason,
    OutcomeCode,
    Priority,
    Reference,
    Referral,
    ReferralDetails,
    ReferralId,
    ReferralStatus,
    StatusChange,
    parse_reference,
)
from pact_desktop.services.facility import directory
from pact_desktop.services.referral_cases import UNSENT, case_and_reference, referral_and_visit
from pact_desktop.services.session import Session
from pact_desktop.storage import referrals


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A referral as it may stand in a list: a reference and a service, never a person."""

    referral_id: ReferralId
    reference: Reference
    service_id: ServiceId
    service_name: str
    priority: Priority
    status: ReferralStatus
    sent_at: datetime | None
    due_at: datetime | None
    overdue: bool
    waiting: bool
    waiting_days: int
    code: str = ""
    """Decline reason or outcome code of the last answer."""


def follow_up_list(session: Session) -> list[FollowUpRow]:
    """Everything that was sent: what is late first, then what waits, then the rest."""
    session.require(Permission.FOLLOW_UP)
    names = {service.service_id: service.name for service in directory(session)}
    with session.store.reading(AuditEvent(AuditAction.REFERRALS_LISTED)) as connection:
        sent = referrals.referrals_in_loop(connection)
    rows = [_row(session, referral, names) for referral in sent if referral.sent_at is not None]
    return sorted(
        rows,
        key=lambda row: (
            not row.overdue,
            not row.waiting,
            row.due_at or session.now,
            row.reference,
        ),
    )


def answer_referral(
    session: Session, reference_or_id: str, status: ReferralStatus, code: str = ""
) -> Referral:
    """Writes down what the receiver said, under the reference as it was typed.

    Raises Refusal: REFERENCE_WRONG, REFERRAL_UNKNOWN, REFERRAL_STATE, ANSWER_NOT_OFFERED.
    """
    session.require(Permission.FOLLOW_UP)
    referral_id = _found(session, reference_or_id)
    _require_answer(status, code)
    case_number, reference = case_and_reference(session, referral_id)
    event = AuditEvent(
        AuditAction.REFERRAL_ANSWERED, case_number, subject=reference, reason=status.value
    )
    change = StatusChange(status, session.now, session.account.account_id, code)
    with session.store.changing(event) as connection:
        before, _ = referral_and_visit(session, connection, referral_id)
        before.require_next(status)
        referrals.add_status(connection, referral_id, change)
    after = replace(before, history=(*before.history, change))
    return after if session.account.allows(Permission.REFER) else _bare(after)


def _found(session: Session, reference_or_id: str) -> ReferralId:
    typed = reference_or_id.strip()
    with session.store.reading_config() as connection:
        if referrals.case_of_referral(connection, ReferralId(typed)) is not None:
            return ReferralId(typed)
        found = referrals.id_of_reference(connection, parse_reference(typed))
    if found is None:
        raise Refusal(RefusalCode.REFERRAL_UNKNOWN)
    return found


def _require_answer(status: ReferralStatus, code: str) -> None:
    """Only the form itself sends; a code belongs to the kind of answer."""
    if status in UNSENT or status is ReferralStatus.SENT:
        raise Refusal(RefusalCode.REFERRAL_STATE, status="", wanted=status.value)
    codes: set[str] = set()
    if status is ReferralStatus.DECLINED:
        codes = set(DeclineReason)
    elif status is ReferralStatus.OUTCOME:
        codes = set(OutcomeCode)
    if code and code not in codes:
        raise Refusal(RefusalCode.ANSWER_NOT_OFFERED)


def _bare(referral: Referral) -> Referral:
    """Without what only the clinician who refers may read."""
    return replace(referral, details=ReferralDetails(), consents=(), full_form_reason="")


def _row(session: Session, referral: Referral, names: dict[ServiceId, str]) -> FollowUpRow:
    sent_at = referral.sent_at
    waiting = referral.status in WAITING
    return FollowUpRow(
        referral_id=referral.referral_id,
        reference=referral.reference,
        service_id=referral.service_id,
        service_name=names.get(referral.service_id, ""),
        priority=referral.priority,
        status=referral.status,
        sent_at=sent_at,
        due_at=referral.answer_due_at,
        overdue=referral.overdue(session.now),
        waiting=waiting,
        waiting_days=(session.now - sent_at).days if waiting and sent_at else 0,
        code=referral.history[-1].code if referral.history else "",
    )
