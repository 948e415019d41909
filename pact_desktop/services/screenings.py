# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit from its start to its end: every step is checked, logged and saved at once."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack

from pact_desktop.domain.accounts import AccountId, Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.concern import Concern, ConcernLevel, suggest_concern
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion, suggest_danger
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.patient import CaseNumber, Patient, SafeContact
from pact_desktop.domain.screening import (
    Alone,
    Answer,
    BodyMark,
    ChildSteps,
    Companion,
    InterpreterMode,
    Judgement,
    NotPossibleReason,
    Offer,
    OfferAnswer,
    Outcome,
    PrivateMoment,
    Screening,
    ScreeningId,
    ScreeningStatus,
    VisitStep,
    effective_answers,
)
from pact_desktop.domain.text import NAME_LIMIT, NOTE_LIMIT, SENTENCE_LIMIT, clean
from pact_desktop.services import accounts
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.services.typed_text import CODE_LIMIT, cleaned_contact, cleaned_steps
from pact_desktop.services.visits import DayCounts, Visit, day_counts, visits_of_day
from pact_desktop.storage import patients, screenings

__all__ = [
    "DayCounts",
    "Visit",
    "VisitDetails",
    "change_details",
    "close_private_part",
    "conclude_screening",
    "danger_suggestion",
    "day_counts",
    "go_to_step",
    "judge",
    "load_screening",
    "on_path",
    "open_private_part",
    "pause_screening",
    "record_answer",
    "record_child_steps",
    "record_danger",
    "record_no_mark",
    "record_offers",
    "record_outcome",
    "record_staff_concern",
    "remove_mark",
    "resume_screening",
    "save_mark",
    "start_screening",
    "suggestion",
    "visits_of_day",
    "withdraw_answer",
]

_PRIVATE_STEPS: Final = frozenset({VisitStep.QUESTIONS})
"""Steps that show what is asked; they open only while the private moment lasts."""


class VisitDetails(TypedDict, total=False):
    """What may be corrected about a visit itself."""

    visit_reason: str
    companion: Companion
    companion_relation: str
    interpreter: InterpreterMode
    interpreter_code: str
    full_wording: bool
    is_child: bool


def start_screening(  # noqa: PLR0913 the details of a visit
    session: Session,
    patient: Patient,
    *,
    visit_reason: str = "",
    companion: Companion = Companion.UNKNOWN,
    companion_relation: str = "",
    interpreter: InterpreterMode = InterpreterMode.NOT_NEEDED,
    interpreter_code: str = "",
) -> Screening:
    """Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN, TEXT_TOO_LONG."""
    session.require(Permission.SCREEN)
    event = AuditEvent(AuditAction.SCREENING_STARTED, patient.case_number)
    with session.store.changing(event) as connection:
        known = patients.patient_of_case(connection, patient.case_number)
        if known is None:
            raise Refusal(RefusalCode.PATIENT_UNKNOWN)
        is_child = known.is_child_or_doubtful(session.today)
        active = session.content.active_set(is_child=is_child)
        screening = _cleaned(
            Screening(
                screening_id=ScreeningId(secrets.token_hex(16)),
                case_number=known.case_number,
                set_id=active.set_id,
                set_version=active.version,
                set_digest=active.digest,
                status=ScreeningStatus.IN_PROGRESS,
                is_child=is_child,
                started_at=session.now,
                started_by=session.account.account_id,
                visit_reason=visit_reason,
                companion=companion,
                companion_relation=companion_relation,
                interpreter=interpreter,
                interpreter_code=interpreter_code,
            )
        )
        screenings.insert_screening(connection, screening)
    return screening


def load_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """Raises Refusal(SCREENING_UNKNOWN)."""
    session.require(Permission.SCREEN)
    event = AuditEvent(
        AuditAction.SCREENING_SEEN, _case_of(session, screening_id), subject=screening_id
    )
    with session.store.reading(event) as connection:
        loaded = screenings.load_screening(
            connection, screening_id, sitting=session.store.session_id
        )
    return _known(loaded)


def change_details(
    session: Session, screening_id: ScreeningId, **details: Unpack[VisitDetails]
) -> Screening:
    """Corrects the visit's details, and takes up the child path when the age asks for it.

    `is_child=True` is always accepted; `False` only when the patient's age allows it,
    otherwise Refusal(NOT_ALLOWED).
    """
    age_says_child = _age_says_child(session, screening_id)
    wanted = details.pop("is_child", None)
    if wanted is False and age_says_child:
        raise Refusal(RefusalCode.NOT_ALLOWED)

    def corrected(before: Screening) -> Screening:
        before.require_open()
        is_child = age_says_child or (before.is_child if wanted is None else wanted)
        after = _cleaned(replace(before, **details))
        return after if is_child == before.is_child else on_path(
            session.content, after, is_child=is_child
        )

    path = "" if wanted is None else ("child-path" if wanted else "adult-path")
    return _change(
        session, screening_id, AuditAction.VISIT_DETAILS_CHANGED, corrected, reason=path
    )


def go_to_step(session: Session, screening_id: ScreeningId, step: VisitStep) -> Screening:
    """Raises Refusal(NOT_PRIVATE) for the questions outside a private moment."""

    def moved(before: Screening) -> Screening:
        if step in _PRIVATE_STEPS and not before.private_now and not before.closed:
            raise Refusal(RefusalCode.NOT_PRIVATE)
        return replace(before, step=step)

    return _change(session, screening_id, AuditAction.SCREENING_SEEN, moved, subject=step.value)


def record_answer(session: Session, screening_id: ScreeningId, answer: Answer) -> Screening:
    """Raises what `Screening.with_answer` raises, and TEXT_TOO_LONG."""
    kept = replace(
        answer,
        other_explanation=clean(
            answer.other_explanation, field="other-explanation", limit=SENTENCE_LIMIT
        ),
        own_words=clean(answer.own_words, field="own-words", limit=NOTE_LIMIT, lines=True),
        not_asked_reason=clean(
            answer.not_asked_reason, field="not-asked-reason", limit=SENTENCE_LIMIT
        ),
        answered_at=session.now,
        answered_by=session.account.account_id,
    )

    def answered(before: Screening) -> Screening:
        used = session.content.set_of(before)
        after = before.with_answer(used, kept)
        if not set(kept.explanations) <= set(used.item(kept.link_id).explanations):
            raise Refusal(RefusalCode.ANSWER_NOT_OFFERED)
        return after

    return _change(
        session, screening_id, AuditAction.ANSWER_RECORDED, answered, subject=answer.link_id
    )


def withdraw_answer(
    session: Session, screening_id: ScreeningId, link_id: IndicatorId
) -> Screening:
    """The item stands unanswered again; what was answered before stays in the record."""
    return _change(
        session,
        screening_id,
        AuditAction.ANSWER_WITHDRAWN,
        lambda before: before.without_answer(link_id),
        subject=link_id,
    )


def open_private_part(  # noqa: PLR0913 what is confirmed at the privacy step
    session: Session,
    screening_id: ScreeningId,
    *,
    alone: Alone,
    interpreter: InterpreterMode,
    interpreter_code: str,
    limits_said: bool,
    language: str,
) -> Screening:
    """Raises Refusal: NOT_PRIVATE, INTERPRETER_NOT_NEUTRAL or LIMITS_NOT_SAID."""
    moment = PrivateMoment(
        alone=alone,
        interpreter=interpreter,
        interpreter_code=clean(interpreter_code, field="interpreter-code", limit=NAME_LIMIT),
        limits_said=limits_said,
        language=clean(language, field="language", limit=CODE_LIMIT),
        confirmed_at=session.now,
        confirmed_by=session.account.account_id,
    )
    return _change(
        session,
        screening_id,
        AuditAction.PRIVATE_PART_OPENED,
        lambda before: before.with_private_moment(moment),
    )


def close_private_part(session: Session, screening_id: ScreeningId) -> Screening:
    """For the cover, the lock and the button; says nothing when it was closed already."""
    return _change(
        session,
        screening_id,
        AuditAction.PRIVATE_PART_CLOSED,
        lambda before: before.without_privacy(session.now),
    )


def save_mark(session: Session, screening_id: ScreeningId, mark: BodyMark) -> Screening:
    """Adds a mark, or corrects it under its number. Raises Refusal(TEXT_TOO_LONG)."""
    kept = replace(
        mark,
        mark_id=mark.mark_id or secrets.token_hex(8),
        region=clean(mark.region, field="region", limit=CODE_LIMIT),
        appearance=clean(mark.appearance, field="appearance", limit=CODE_LIMIT),
        own_words=clean(mark.own_words, field="own-words", limit=NOTE_LIMIT, lines=True),
    )
    return _change(
        session,
        screening_id,
        AuditAction.BODY_MARK_RECORDED,
        lambda before: before.with_mark(kept),
        subject=kept.mark_id,
    )


def remove_mark(session: Session, screening_id: ScreeningId, mark_id: str) -> Screening:
    return _change(
        session,
        screening_id,
        AuditAction.BODY_MARK_RECORDED,
        lambda before: before.without_mark(mark_id),
        subject=mark_id,
        reason="removed",
    )


def record_no_mark(session: Session, screening_id: ScreeningId) -> Screening:
    """Nothing was seen on the body; says nothing while there are marks."""
    return _change(
        session,
        screening_id,
        AuditAction.BODY_MARK_RECORDED,
        lambda before: _open(before, no_mark_seen=not before.marks),
        reason="none-seen",
    )


def record_danger(
    session: Session,
    screening_id: ScreeningId,
    answers: Mapping[DangerQuestion, DangerAnswer],
    level: DangerLevel | None,
) -> Screening:
    """The answers as they now stand, and the level a person set."""
    return _change(
        session,
        screening_id,
        AuditAction.DANGER_RECORDED,
        lambda before: _open(before, danger_answers=dict(answers), danger=level),
    )


def record_staff_concern(session: Session, screening_id: ScreeningId, concern: bool) -> Screening:  # noqa: FBT001 the contract of the screens
    return _change(
        session,
        screening_id,
        AuditAction.ANSWER_RECORDED,
        lambda before: _open(before, staff_concern=concern),
        subject="staff-concern",
    )


def suggestion(session: Session, screening: Screening) -> Concern:
    """What the answers in force point to; hidden ones have no value."""
    used = session.content.set_of(screening)
    return suggest_concern(
        used,
        effective_answers(used, screening.answers, is_child=screening.is_child),
        is_child=screening.is_child,
        staff_concern=screening.staff_concern,
    )


def danger_suggestion(session: Session, screening: Screening) -> DangerLevel | None:
    used = session.content.set_of(screening)
    in_force = effective_answers(used, screening.answers, is_child=screening.is_child)
    urgent = any(
        used.item(link_id).urgent and answer.value is used.item(link_id).concern_when
        for link_id, answer in in_force.items()
    )
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
    """Raises Refusal: REASON_MISSING, SECOND_READER_MISSING, SIGN_IN_FAILED,
    SIGN_IN_DELAYED."""
    session.require(Permission.SCREEN)
    kept = clean(sentence, field="judgement", limit=SENTENCE_LIMIT, lines=True)
    reader = None if second_reader is None else _second_reader(session, *second_reader)

    def judged(before: Screening) -> Screening:
        return _open(
            before,
            judgement=Judgement(
                level=level,
                suggested=suggestion(session, before).level,
                sentence=kept,
                judged_by=session.account.account_id,
                judged_at=session.now,
                second_reader=reader,
            ),
        )

    return _change(session, screening_id, AuditAction.JUDGEMENT_RECORDED, judged)


def record_offers(  # noqa: PLR0913 what step 7 holds
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
    reason = clean(return_reason, field="return-reason", limit=NAME_LIMIT)
    contact = None if safe_contact is None else cleaned_contact(safe_contact)

    def offered(before: Screening) -> Screening:
        after = _open(before, offers=dict(offers))
        if no_return_visit:
            return replace(after, return_visit_at=None, return_reason="")
        return replace(
            after,
            return_visit_at=return_visit_at or before.return_visit_at,
            return_reason=reason or before.return_reason,
        )

    return _change(
        session, screening_id, AuditAction.OFFERS_RECORDED, offered, safe_contact=contact
    )


def record_child_steps(
    session: Session, screening_id: ScreeningId, steps: ChildSteps
) -> Screening:
    """What was done for a patient under 18 or of doubtful age. Raises Refusal(TEXT_TOO_LONG)."""
    kept = cleaned_steps(steps)
    return _change(
        session,
        screening_id,
        AuditAction.CHILD_NOTIFICATION_RECORDED,
        lambda before: _open(before, child_steps=kept),
    )


def record_outcome(
    session: Session,
    screening_id: ScreeningId,
    outcomes: frozenset[Outcome],
    not_possible_reason: NotPossibleReason | None = None,
) -> Screening:
    return _change(
        session,
        screening_id,
        AuditAction.OUTCOME_RECORDED,
        lambda before: _open(
            before, outcomes=frozenset(outcomes), not_possible_reason=not_possible_reason
        ),
    )


def pause_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """The visit waits; the private moment is over."""
    return _change(
        session,
        screening_id,
        AuditAction.SCREENING_PAUSED,
        lambda before: _open(before, status=ScreeningStatus.PAUSED).without_privacy(session.now),
    )


def resume_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """Goes on where it waited; privacy is confirmed anew before anything is asked."""

    def resumed(before: Screening) -> Screening:
        after = _open(before, status=ScreeningStatus.IN_PROGRESS).without_privacy(session.now)
        return replace(after, step=VisitStep.IN_PRIVATE) if after.step in _PRIVATE_STEPS else after

    return _change(session, screening_id, AuditAction.SCREENING_RESUMED, resumed)


def conclude_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """Ends the visit in whatever state it is; nothing has to be filled in."""

    def concluded(before: Screening) -> Screening:
        stopped = Outcome.NOT_POSSIBLE in before.outcomes
        status = ScreeningStatus.STOPPED if stopped else ScreeningStatus.COMPLETED
        return _open(before, status=status, finished_at=session.now).without_privacy(session.now)

    return _change(session, screening_id, AuditAction.SCREENING_CONCLUDED, concluded)


def on_path(content: Content, screening: Screening, *, is_child: bool) -> Screening:
    """The visit on the path for this age, with the set of that path; every answer stays."""
    active = content.active_set(is_child=is_child)
    return replace(
        screening,
        is_child=is_child,
        set_id=active.set_id,
        set_version=active.version,
        set_digest=active.digest,
    )


def _second_reader(session: Session, sign_in_name: str, passphrase: str) -> AccountId:
    """Another nurse or doctor who gave the own passphrase at this screen."""
    reader = accounts.verify_colleague(session, sign_in_name, passphrase)
    if reader.account_id == session.account.account_id or not reader.allows(Permission.SCREEN):
        raise Refusal(RefusalCode.SECOND_READER_MISSING)
    return reader.account_id


def _open(before: Screening, **changes: Any) -> Screening:  # noqa: ANN401 fields of several types
    """The next state of a visit that was not concluded; raises Refusal(SCREENING_CLOSED)."""
    before.require_open()
    return replace(before, **changes)


def _cleaned(screening: Screening) -> Screening:
    return replace(
        screening,
        visit_reason=clean(
            screening.visit_reason, field="visit-reason", limit=NOTE_LIMIT, lines=True
        ),
        companion_relation=clean(
            screening.companion_relation, field="companion-relation", limit=NAME_LIMIT
        ),
        interpreter_code=clean(
            screening.interpreter_code, field="interpreter-code", limit=NAME_LIMIT
        ),
    )


def _change(  # noqa: PLR0913 the parts of an audit event
    session: Session,
    screening_id: ScreeningId,
    action: AuditAction,
    next_state: Callable[[Screening], Screening],
    *,
    subject: str = "",
    reason: str = "",
    safe_contact: SafeContact | None = None,
) -> Screening:
    """One change of a visit: permitted, logged, ruled on by the domain, saved, all or nothing."""
    session.require(Permission.SCREEN)
    case_number = _case_of(session, screening_id)
    event = AuditEvent(action, case_number, subject=subject or screening_id, reason=reason)
    sitting = session.store.session_id
    with session.store.changing(event) as connection:
        before = _known(screenings.load_screening(connection, screening_id, sitting=sitting))
        after = next_state(before)
        screenings.save_screening(connection, before, after, at=session.now, sitting=sitting)
        if safe_contact is not None:
            patient = patients.patient_of_case(connection, case_number)
            if patient is None:
                raise Refusal(RefusalCode.PATIENT_UNKNOWN)
            patients.save_patient(connection, replace(patient, safe_contact=safe_contact))
    return after


def _case_of(session: Session, screening_id: ScreeningId) -> CaseNumber:
    """The random case number alone, so that the entry in the log can be made first."""
    with session.store.reading_config() as connection:
        found = screenings.case_of_screening(connection, screening_id)
    if found is None:
        raise Refusal(RefusalCode.SCREENING_UNKNOWN)
    return found


def _known(screening: Screening | None) -> Screening:
    if screening is None:
        raise Refusal(RefusalCode.SCREENING_UNKNOWN)
    return screening


def _age_says_child(session: Session, screening_id: ScreeningId) -> bool:
    """Whether the patient's age as it now stands asks for the child path."""
    session.require(Permission.SCREEN)
    case_number = _case_of(session, screening_id)
    with session.store.reading_config() as connection:
        patient = patients.patient_of_case(connection, case_number)
    return patient is None or patient.is_child_or_doubtful(session.today)
