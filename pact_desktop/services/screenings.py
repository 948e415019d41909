# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit from its start to its end: every step is checked, logged and saved at once."""

import secrets
from dataclasses import replace
from typing import Final, TypedDict, Unpack

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.body_map import require_known
from pact_desktop.domain.drafts import without_answer
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.screening import (
    Alone,
    Answer,
    BodyMark,
    Companion,
    InterpreterMode,
    Outcome,
    PrivateMoment,
    Screening,
    ScreeningId,
    ScreeningStatus,
    VisitStep,
)
from pact_desktop.domain.text import CODE_LIMIT, TypedField, clean
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.services.visit_change import (
    case_of_visit,
    change,
    change_beside,
    keep_draft,
    known,
    still_open,
)
from pact_desktop.services.visit_results import (
    danger_suggestion,
    judge,
    judgement_outdated,
    judging_floor,
    record_child_steps,
    record_danger,
    record_offers,
    record_outcome,
    record_staff_concern,
    suggestion,
)
from pact_desktop.services.visits import DayCounts, Visit, day_counts, visits_of_day
from pact_desktop.storage import patients, screening_changes, screenings
from pact_desktop.storage.store import Transaction

__all__ = [
    "Arrival",
    "DayCounts",
    "Visit",
    "VisitDetails",
    "add_visit",
    "change_details",
    "close_private_part",
    "conclude_screening",
    "danger_suggestion",
    "day_counts",
    "go_to_step",
    "judge",
    "judgement_outdated",
    "judging_floor",
    "keep_draft",
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


class Arrival(TypedDict, total=False):
    """What is said of a visit when it starts."""

    visit_reason: str
    companion: Companion
    companion_relation: str
    interpreter: InterpreterMode
    interpreter_code: str


class VisitDetails(Arrival, total=False):
    """What may be corrected about a visit itself."""

    full_wording: bool
    is_child: bool


def start_screening(session: Session, patient: Patient, **arrival: Unpack[Arrival]) -> Screening:
    """Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN, TEXT_TOO_LONG."""
    session.require(Permission.SCREEN)
    event = AuditEvent(AuditAction.SCREENING_STARTED, patient.case_number)
    with session.store.changing(event) as connection:
        known = patients.patient_of_case(connection, patient.case_number)
        if known is None:
            raise Refusal(RefusalCode.PATIENT_UNKNOWN)
        return add_visit(session, connection, known, **arrival)


def add_visit(
    session: Session, transaction: Transaction, patient: Patient, **arrival: Unpack[Arrival]
) -> Screening:
    """A new visit inside a transaction that is open; raises Refusal(TEXT_TOO_LONG)."""
    is_child = patient.is_child_or_doubtful(session.today)
    active = session.content.active_set(is_child=is_child)
    screening = _cleaned(
        Screening(
            screening_id=ScreeningId(secrets.token_hex(16)),
            case_number=patient.case_number,
            set_id=active.set_id,
            set_version=active.version,
            set_digest=active.digest,
            status=ScreeningStatus.IN_PROGRESS,
            is_child=is_child,
            started_at=session.now,
            started_by=session.account.account_id,
            **arrival,
        )
    )
    screening_changes.insert_screening(transaction, screening)
    return screening


def load_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """Raises Refusal(SCREENING_UNKNOWN)."""
    session.require(Permission.SCREEN)
    event = AuditEvent(
        AuditAction.SCREENING_SEEN, case_of_visit(session, screening_id), subject=screening_id
    )
    with session.store.reading(event) as connection:
        loaded = screenings.load_screening(
            connection, screening_id, sitting=session.store.session_id
        )
    return known(loaded)


def change_details(
    session: Session, screening_id: ScreeningId, **details: Unpack[VisitDetails]
) -> Screening:
    """Corrects the visit's details, and takes up the child path when the age asks for it.

    `is_child=True` is always accepted; `False` only when the patient's age allows it,
    otherwise Refusal(NOT_ALLOWED).
    """
    wanted = details.pop("is_child", None)

    def corrected(before: Screening, transaction: Transaction) -> Screening:
        before.require_open()
        patient = patients.patient_of_case(transaction, before.case_number)
        age_says_child = patient is None or patient.is_child_or_doubtful(session.today)
        if wanted is False and age_says_child:
            raise Refusal(RefusalCode.NOT_ALLOWED)
        is_child = age_says_child or (before.is_child if wanted is None else wanted)
        after = _cleaned(replace(before, **details))
        return (
            after
            if is_child == before.is_child
            else on_path(session.content, after, is_child=is_child)
        )

    path = "" if wanted is None else ("child-path" if wanted else "adult-path")
    return change_beside(
        session, screening_id, AuditAction.VISIT_DETAILS_CHANGED, corrected, reason=path
    )


def go_to_step(session: Session, screening_id: ScreeningId, step: VisitStep) -> Screening:
    """Raises Refusal(NOT_PRIVATE) for the questions outside a private moment."""

    def moved(before: Screening) -> Screening:
        if step in _PRIVATE_STEPS and not before.private_now and not before.closed:
            raise Refusal(RefusalCode.NOT_PRIVATE)
        return replace(before, step=step)

    return change(session, screening_id, AuditAction.SCREENING_SEEN, moved, subject=step.value)


def record_answer(session: Session, screening_id: ScreeningId, answer: Answer) -> Screening:
    """Raises what `Screening.with_answer` raises, and TEXT_TOO_LONG."""
    kept = replace(
        answer,
        other_explanation=clean(answer.other_explanation, field=TypedField.OTHER_EXPLANATION),
        own_words=clean(answer.own_words, field=TypedField.OWN_WORDS, lines=True),
        not_asked_reason=clean(answer.not_asked_reason, field=TypedField.NOT_ASKED_REASON),
        answered_at=session.now,
        answered_by=session.account.account_id,
    )

    def answered(before: Screening) -> Screening:
        used = session.content.set_of(before)
        after = before.with_answer(used, kept)
        if not set(kept.explanations) <= set(used.item(kept.link_id).explanations):
            raise Refusal(RefusalCode.ANSWER_NOT_OFFERED)
        return after

    return change(
        session, screening_id, AuditAction.ANSWER_RECORDED, answered, subject=answer.link_id
    )


def withdraw_answer(session: Session, screening_id: ScreeningId, link_id: IndicatorId) -> Screening:
    """The item stands unanswered again; what was answered before stays in the record.

    Words that the patient said about it wait for the next answer.
    """
    return change(
        session,
        screening_id,
        AuditAction.ANSWER_WITHDRAWN,
        lambda before: without_answer(before, link_id),
        subject=link_id,
    )


def open_private_part(
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
        interpreter_code=clean(interpreter_code, field=TypedField.PRIVATE_INTERPRETER_CODE),
        limits_said=limits_said,
        language=clean(language, field="language", limit=CODE_LIMIT),
        confirmed_at=session.now,
        confirmed_by=session.account.account_id,
    )
    return change(
        session,
        screening_id,
        AuditAction.PRIVATE_PART_OPENED,
        lambda before: before.with_private_moment(moment),
    )


def close_private_part(session: Session, screening_id: ScreeningId) -> Screening:
    """For the cover, the lock and the button; says nothing when it was closed already."""
    return change(
        session,
        screening_id,
        AuditAction.PRIVATE_PART_CLOSED,
        lambda before: before.without_privacy(session.now),
    )


def save_mark(session: Session, screening_id: ScreeningId, mark: BodyMark) -> Screening:
    """Adds a mark, or corrects it under its number.

    Raises Refusal(MARK_INVALID) for a place or an appearance that has no words, and
    Refusal(TEXT_TOO_LONG).
    """
    require_known(mark)
    kept = replace(
        mark,
        mark_id=mark.mark_id or secrets.token_hex(8),
        own_words=clean(mark.own_words, field=TypedField.MARK, lines=True),
    )
    return change(
        session,
        screening_id,
        AuditAction.BODY_MARK_RECORDED,
        lambda before: before.with_mark(kept),
        subject=kept.mark_id,
    )


def remove_mark(session: Session, screening_id: ScreeningId, mark_id: str) -> Screening:
    return change(
        session,
        screening_id,
        AuditAction.BODY_MARK_RECORDED,
        lambda before: before.without_mark(mark_id),
        subject=mark_id,
        reason="removed",
    )


def record_no_mark(session: Session, screening_id: ScreeningId) -> Screening:
    """Nothing was seen on the body; says nothing while there are marks."""
    return change(
        session,
        screening_id,
        AuditAction.BODY_MARK_RECORDED,
        lambda before: still_open(before, no_mark_seen=not before.marks),
        reason="none-seen",
    )


def pause_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """The visit waits; the private moment is over."""
    return change(
        session,
        screening_id,
        AuditAction.SCREENING_PAUSED,
        lambda before: still_open(before, status=ScreeningStatus.PAUSED).without_privacy(
            session.now
        ),
    )


def resume_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """Goes on where it waited; privacy is confirmed anew before anything is asked."""

    def resumed(before: Screening) -> Screening:
        after = still_open(before, status=ScreeningStatus.IN_PROGRESS).without_privacy(session.now)
        return replace(after, step=VisitStep.IN_PRIVATE) if after.step in _PRIVATE_STEPS else after

    return change(session, screening_id, AuditAction.SCREENING_RESUMED, resumed)


def conclude_screening(session: Session, screening_id: ScreeningId) -> Screening:
    """Ends the visit in whatever state it is; nothing has to be filled in."""

    def concluded(before: Screening) -> Screening:
        stopped = Outcome.NOT_POSSIBLE in before.outcomes
        status = ScreeningStatus.STOPPED if stopped else ScreeningStatus.COMPLETED
        return still_open(before, status=status, finished_at=session.now).without_privacy(
            session.now
        )

    return change(session, screening_id, AuditAction.SCREENING_CONCLUDED, concluded)


def on_path(content: Content, screening: Screening, *, is_child: bool) -> Screening:
    """The visit on the path for this age, with the set of that path.

    Every answer stays and goes on to count by the set it was asked from (domain/judging.py).
    """
    active = content.active_set(is_child=is_child)
    return replace(
        screening,
        is_child=is_child,
        set_id=active.set_id,
        set_version=active.version,
        set_digest=active.digest,
    )


def _cleaned(screening: Screening) -> Screening:
    return replace(
        screening,
        visit_reason=clean(screening.visit_reason, field=TypedField.VISIT_REASON, lines=True),
        companion_relation=clean(screening.companion_relation, field=TypedField.COMPANION_RELATION),
        interpreter_code=clean(screening.interpreter_code, field=TypedField.INTERPRETER_CODE),
    )
