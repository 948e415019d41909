# SPDX-License-Identifier: GPL-3.0-or-later
"""After a referral has left: what waits for an answer, and the answers that come back."""

from dataclasses import dataclass, replace
from datetime import datetime

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ReferralService, ServiceId
from pact_desktop.domain.referral import (
    NEXT_STATUS,
    UNSENT,
    WAITING,
    Channel,
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
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.services.facility import directory
from pact_desktop.services.referral_cases import (
    case_and_reference,
    may_refer,
    referral_and_visit,
)
from pact_desktop.services.session import Session
from pact_desktop.storage import referrals
from pact_desktop.storage.issued_forms import names_when_sent


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """A referral as it may stand in a list: a reference and a service, never a person."""

    referral_id: ReferralId
    reference: Reference
    service: ReferralService | None
    """As the directory has it now; None when it stands there no more."""
    priority: Priority
    channel: Channel
    history: tuple[StatusChange, ...]
    """Every step of the loop in order, from the draft on."""
    due_at: datetime | None
    outcome_due_at: datetime | None
    overdue: bool
    waiting_days: int
    name_when_sent: str = ""
    """Name of the service on the last page that left, as the directory had it then."""
    screening_id: ScreeningId | None = None
    """The visit, for those who may see it; None for everybody else."""

    @property
    def status(self) -> ReferralStatus:
        return self.history[-1].status

    @property
    def code(self) -> str:
        """Decline reason or outcome code of the last answer."""
        return self.history[-1].code

    @property
    def waiting(self) -> bool:
        return self.status in WAITING

    @property
    def closed(self) -> bool:
        """Nothing can be answered any more."""
        return not NEXT_STATUS[self.status]

    def step(self, *statuses: ReferralStatus) -> StatusChange | None:
        """The first step of the loop that is one of these."""
        return next((change for change in self.history if change.status in statuses), None)


def follow_up_list(session: Session) -> list[FollowUpRow]:
    """Everything that was sent: what is late first, then what waits, then what to do next.

    Of what is closed the newest answer comes first.
    """
    session.require(Permission.FOLLOW_UP)
    services = {service.service_id: service for service in directory(session)}
    with session.store.reading(AuditEvent(AuditAction.REFERRALS_LISTED)) as connection:
        sent = referrals.referrals_in_loop(connection)
        names = names_when_sent(connection)
    rows = [
        replace(_row(session, one, services), name_when_sent=names.get(one.referral_id, ""))
        for one in sent
        if one.sent_at is not None
    ]
    return sorted(rows, key=_urgency)


def _urgency(row: FollowUpRow) -> tuple[int, float, Reference]:
    last = row.history[-1].at
    if row.waiting:
        return (0 if row.overdue else 1), (row.due_at or last).timestamp(), row.reference
    if row.status is ReferralStatus.DECLINED:
        return 2, last.timestamp(), row.reference
    if not row.closed:
        return 3, (row.outcome_due_at or last).timestamp(), row.reference
    return 4, -last.timestamp(), row.reference


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


def _row(
    session: Session, referral: Referral, services: dict[ServiceId, ReferralService]
) -> FollowUpRow:
    sent_at = referral.sent_at
    waiting = referral.status in WAITING
    return FollowUpRow(
        referral_id=referral.referral_id,
        reference=referral.reference,
        service=services.get(referral.service_id),
        priority=referral.priority,
        channel=referral.channel,
        history=referral.history,
        due_at=referral.answer_due_at,
        outcome_due_at=referral.outcome_due_at,
        overdue=referral.overdue(session.now),
        waiting_days=(session.now - sent_at).days if waiting and sent_at else 0,
        screening_id=referral.screening_id if may_refer(session) else None,
    )
