# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes of a visit: danger, the judgement beside the suggestion, offers, the outcome."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from pact_desktop.domain import judging
from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.concern import Concern, ConcernLevel
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion, suggest_danger
from pact_desktop.domain.judging import (
    has_urgent_finding,
    judgement_is_outdated,
    suggested_concern,
)
from pact_desktop.domain.patient import SafeContact
from pact_desktop.domain.screening import (
    ChildSteps,
    Judgement,
    NotPossibleReason,
    Offer,
    OfferAnswer,
    Outcome,
    Screening,
    ScreeningId,
)
from pact_desktop.domain.text import TypedField, clean
from pact_desktop.services import accounts
from pact_desktop.services.session import Session
from pact_desktop.services.typed_text import cleaned_contact, cleaned_steps
from pact_desktop.services.visit_change import change, still_open


def record_danger(
    session: Session,
    screening_id: ScreeningId,
    answers: Mapping[DangerQuestion, DangerAnswer],
    level: DangerLevel | None,
) -> Screening:
    """The answers as they now stand, and the level a person set."""
    return change(
        session,
        screening_id,
        AuditAction.DANGER_RECORDED,
        lambda before: still_open(before, danger_answers=dict(answers), danger=level),
    )


def record_staff_concern(session: Session, screening_id: ScreeningId, concern: bool) -> Screening:  # noqa: FBT001 the contract of the screens
    return change(
        session,
        screening_id,
        AuditAction.ANSWER_RECORDED,
        lambda before: still_open(before, staff_concern=concern),
        subject="staff-concern",
    )


def suggestion(session: Session, screening: Screening) -> Concern:
    """What the answers in force point to; hidden ones have no value."""
    return suggested_concern(session.content.sets_of(screening), screening)


def judgement_outdated(session: Session, screening: Screening) -> bool:
    """Whether answers that came after the judgement point higher than anybody has looked at."""
    return judgement_is_outdated(session.content.sets_of(screening), screening)


def judging_floor(session: Session, screening: Screening) -> ConcernLevel:
    """The level that who is signed in goes below with a reason only (see domain/judging.py)."""
    used = session.content.sets_of(screening)
    return judging.judging_floor(used, screening, session.account.account_id)


def danger_suggestion(session: Session, screening: Screening) -> DangerLevel | None:
    urgent = has_urgent_finding(session.content.sets_of(screening), screening)
    return suggest_danger(
        screening.danger_answers, is_child=screening.is_child, urgent_finding=urgent
    )


def judge(
    session: Session,
    screening_id: ScreeningId,
    level: ConcernLevel,
    sentence: str,
    second_reader: tuple[str, str] | None = None,
) -> Screening:
    """The clinician's own level beside the suggestion; the suggestion is kept.

    Raises Refusal: REASON_MISSING, SECOND_READER_MISSING, SIGN_IN_FAILED, SIGN_IN_DELAYED.
    """
    session.require(Permission.SCREEN)
    kept = clean(sentence, field=TypedField.JUDGEMENT, lines=True)
    reader = None if second_reader is None else accounts.verify_colleague(session, *second_reader)

    def judged(before: Screening) -> Screening:
        made = Judgement(
            level=level,
            suggested=suggestion(session, before).level,
            sentence=kept,
            judged_by=session.account.account_id,
            judged_at=session.now,
            second_reader=reader,
        )
        return before.with_judgement(made)

    return change(session, screening_id, AuditAction.JUDGEMENT_RECORDED, judged)


def record_offers(
    session: Session,
    screening_id: ScreeningId,
    offers: Mapping[Offer, OfferAnswer],
    *,
    return_visit_at: datetime | None = None,
    return_reason: str = "",
    safe_contact: SafeContact | None = None,
    no_return_visit: bool = False,
) -> Screening:
    """The offers as they now stand.

    A return visit or a safe contact that is left out stays as it was; `no_return_visit`
    takes an appointment back.
    """
    reason = clean(return_reason, field=TypedField.RETURN_REASON)
    contact = None if safe_contact is None else cleaned_contact(safe_contact)

    def offered(before: Screening) -> Screening:
        after = still_open(before, offers=dict(offers))
        if no_return_visit:
            return replace(after, return_visit_at=None, return_reason="")
        return replace(
            after,
            return_visit_at=return_visit_at or before.return_visit_at,
            return_reason=reason or before.return_reason,
        )

    return change(session, screening_id, AuditAction.OFFERS_RECORDED, offered, safe_contact=contact)


def record_child_steps(session: Session, screening_id: ScreeningId, steps: ChildSteps) -> Screening:
    """What was done for a patient under 18 or of doubtful age. Raises Refusal(TEXT_TOO_LONG)."""
    kept = cleaned_steps(steps)
    return change(
        session,
        screening_id,
        AuditAction.CHILD_NOTIFICATION_RECORDED,
        lambda before: still_open(before, child_steps=kept),
    )


def record_outcome(
    session: Session,
    screening_id: ScreeningId,
    outcomes: frozenset[Outcome],
    not_possible_reason: NotPossibleReason | None = None,
) -> Screening:
    """What came of the visit. A stop without a why is kept as "not stated": nothing blocks care."""
    return change(
        session,
        screening_id,
        AuditAction.OUTCOME_RECORDED,
        lambda before: before.with_outcomes(frozenset(outcomes), not_possible_reason),
    )
