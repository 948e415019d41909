# SPDX-License-Identifier: GPL-3.0-or-later
"""How long records are kept here: the periods of the facility, and what is due by them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.periods import Kept, Period, Retention
from pact_desktop.domain.retention import (
    SMALLEST_SHOWN,
    Due,
    DueRecord,
    due_records,
)
from pact_desktop.domain.text import SENTENCE_LIMIT, clean
from pact_desktop.services.one_record import only_in_emergency
from pact_desktop.services.session import Session
from pact_desktop.services.visits import may_see_names
from pact_desktop.storage import facility as rows
from pact_desktop.storage import patients
from pact_desktop.storage import retention as kept
from pact_desktop.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class DueLine:
    """One record of which something is due; the name is empty for who may not know it."""

    record: DueRecord
    name: str = ""


@dataclass(frozen=True, slots=True)
class DueList:
    """What is due today, the longest waiting first."""

    lines: tuple[DueLine, ...]
    held: int
    """Visits that are due and still open, or a referral of theirs is."""


def periods(session: Session) -> Retention:
    """Raises Refusal(NOT_SET_UP)."""
    with session.store.reading_config() as connection:
        return _retention(connection)


def change_periods(session: Session, changed: Retention) -> Retention:
    """Raises Refusal: NOT_ALLOWED, PERIOD_INVALID, PERIOD_BASIS_MISSING, TEXT_TOO_LONG."""
    session.require(Permission.MANAGE_FACILITY)
    kept_periods = cleaned_retention(changed)
    event = AuditEvent(AuditAction.PERIODS_CHANGED, count=len(kept_periods.periods))
    with session.store.changing(event) as connection:
        known = rows.load_facility(connection)
        if known is None:
            raise Refusal(RefusalCode.NOT_SET_UP)
        rows.save_facility(connection, replace(known, retention=kept_periods))
    return kept_periods


def cleaned_retention(typed: Retention) -> Retention:
    """Raises Refusal: PERIOD_INVALID, PERIOD_BASIS_MISSING, TEXT_TOO_LONG."""
    return Retention(
        {
            kind: Period(
                period.count,
                period.unit,
                clean(period.basis, field="basis", limit=SENTENCE_LIMIT),
            )
            for kind, period in typed.periods.items()
        }
    )


def due_list(session: Session) -> DueList:
    """For nurses and doctors with names, for the manager without; the look is logged.

    Nobody who was registered and never had a visit is in the list of a manager: that needs the
    key to names. Raises Refusal: NOT_ALLOWED, NOT_SET_UP.
    """
    session.require(Permission.FOLLOW_UP)
    named = may_see_names(session)

    def look(connection: Transaction) -> tuple[DueList, AuditEvent]:
        due = due_now(session, connection)
        names = _names(connection, due) if named else {}
        lines = tuple(
            DueLine(one, names.get(one.case_number, ""))
            for one in due.records
            if not only_in_emergency(session, one.case_number)
        )
        return DueList(lines, due.held), AuditEvent(AuditAction.DUE_LISTED, count=len(lines))

    return session.store.search(look)


def due_now(session: Session, connection: Transaction) -> Due:
    """What is due today, as far as the keys of this person show it."""
    visits, copies = kept.kept_visits(connection)
    people = kept.kept_people(connection) if may_see_names(session) else []
    return due_records(_retention(connection), visits, copies, people, session.today)


def visit_counts(session: Session) -> Mapping[tuple[int, Kept], int | None]:
    """How many visits were erased, by year and kind; None for a number that is too small to show.

    Raises Refusal(NOT_ALLOWED).
    """
    session.require(Permission.FOLLOW_UP)
    event = AuditEvent(AuditAction.DUE_LISTED, subject="counts")
    with session.store.reading(event) as connection:
        counts = kept.load_counts(connection)
    return {key: count if count >= SMALLEST_SHOWN else None for key, count in counts.items()}


def _retention(connection: Transaction) -> Retention:
    known = rows.load_facility(connection)
    if known is None:
        raise Refusal(RefusalCode.NOT_SET_UP)
    return known.retention


def _names(connection: Transaction, due: Due) -> dict[CaseNumber, str]:
    found = patients.patients_of_cases(connection, [one.case_number for one in due.records])
    return {
        case_number: f"{one.given_name} {one.family_name}".strip() or one.alias
        for case_number, one in found.items()
    }
