# SPDX-License-Identifier: GPL-3.0-or-later
"""How a visit is changed: permitted, logged, ruled on by the domain and saved, or not at all."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.drafts import settled, with_draft
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber, SafeContact
from pact_desktop.domain.screening import Screening, ScreeningId
from pact_desktop.domain.text import TypedAt
from pact_desktop.services.session import Session
from pact_desktop.storage import patients, screening_changes, screenings
from pact_desktop.storage.store import Transaction


def change(
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

    def step(before: Screening, transaction: Transaction) -> Screening:
        if safe_contact is not None:
            _save_contact(transaction, before.case_number, safe_contact)
        return next_state(before)

    return change_beside(session, screening_id, action, step, subject=subject, reason=reason)


def change_beside(
    session: Session,
    screening_id: ScreeningId,
    action: AuditAction,
    step: Callable[[Screening, Transaction], Screening],
    *,
    subject: str = "",
    reason: str = "",
) -> Screening:
    """As `change`, for what reads or writes more of the record in the same transaction."""
    session.require(Permission.SCREEN)
    case_number = case_of_visit(session, screening_id)
    event = AuditEvent(action, case_number, subject=subject or screening_id, reason=reason)
    sitting = session.store.session_id
    with session.store.changing(event) as connection:
        before = known(screenings.load_screening(connection, screening_id, sitting=sitting))
        after = settled(before, step(before, connection))
        screening_changes.save_screening(connection, before, after, at=session.now, sitting=sitting)
    return after


def keep_draft(session: Session, screening_id: ScreeningId, at: TypedAt, words: str) -> Screening:
    """Words that nothing can carry yet wait with the visit; empty words wait no longer.

    Raises Refusal: SCREENING_CLOSED, TEXT_TOO_LONG.
    """
    return change(
        session,
        screening_id,
        AuditAction.DRAFT_KEPT,
        lambda before: with_draft(before, at, words),
        subject=at.code,
    )


def case_of_visit(session: Session, screening_id: ScreeningId) -> CaseNumber:
    """The random case number alone, so that the entry in the log can be made first."""
    with session.store.reading_config() as connection:
        found = screenings.case_of_screening(connection, screening_id)
    if found is None:
        raise Refusal(RefusalCode.SCREENING_UNKNOWN)
    return found


def _save_contact(transaction: Transaction, case_number: CaseNumber, contact: SafeContact) -> None:
    patient = patients.patient_of_case(transaction, case_number)
    if patient is None:
        raise Refusal(RefusalCode.PATIENT_UNKNOWN)
    patients.save_patient(transaction, replace(patient, safe_contact=contact))


def known(screening: Screening | None) -> Screening:
    if screening is None:
        raise Refusal(RefusalCode.SCREENING_UNKNOWN)
    return screening


def still_open(before: Screening, **changes: Any) -> Screening:  # noqa: ANN401 fields of several types
    """The next state of a visit that was not concluded; raises Refusal(SCREENING_CLOSED)."""
    before.require_open()
    return replace(before, **changes)
