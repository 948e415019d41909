# SPDX-License-Identifier: GPL-3.0-or-later
"""The day at a glance: who was here, what waits, as names for clinicians and counts for all."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from pact_desktop.domain.accounts import Compartment, Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.patient import Age
from pact_desktop.domain.screening import Screening
from pact_desktop.services.session import Session
from pact_desktop.storage import patients, referrals, screenings


@dataclass(frozen=True, slots=True)
class Visit:
    """A line of the day list; the names are empty for who may not know them.

    `screening` carries the visit's own facts only: no answers, marks or judgement.
    """

    screening: Screening
    family_name: str = ""
    given_name: str = ""
    alias: str = ""
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """What waits today, without a name."""

    unanswered_referrals: int
    overdue_referrals: int
    longest_wait_days: int
    return_visits_today: int
    next_return_at: datetime | None
    paused: int
    paused_since: datetime | None


def visits_of_day(session: Session, day: date) -> list[Visit]:
    """Visits begun on a day; for today also those that still wait from before."""
    session.require(Permission.FOLLOW_UP)
    with session.store.reading_config() as connection:
        count = screenings.count_visits_on(connection, day, with_waiting=day == session.today)
    event = AuditEvent(AuditAction.DAY_LIST_SEEN, count=count)
    with session.store.reading(event) as connection:
        found = screenings.visits_on(connection, day, with_waiting=day == session.today)
        if not may_see_names(session):
            return [
                Visit(replace(visit, visit_reason="", companion_relation="")) for visit in found
            ]
        named = patients.patients_of_cases(connection, [visit.case_number for visit in found])
    return [
        Visit(
            visit,
            patient.family_name,
            patient.given_name,
            patient.alias,
            patient.birth_date.age_on(day),
        )
        if (patient := named.get(visit.case_number))
        else Visit(visit)
        for visit in found
    ]


def day_counts(session: Session) -> DayCounts:
    session.require(Permission.FOLLOW_UP)
    with session.store.reading(
        AuditEvent(AuditAction.DAY_LIST_SEEN, subject="counts")
    ) as connection:
        waiting = referrals.waiting_referrals(connection)
        returns = screenings.return_visits_on(connection, session.today)
        paused = screenings.paused_since(connection)
    sent = [referral.sent_at for referral in waiting if referral.sent_at is not None]
    return DayCounts(
        unanswered_referrals=len(waiting),
        overdue_referrals=sum(referral.overdue(session.now) for referral in waiting),
        longest_wait_days=max(((session.now - at).days for at in sent), default=0),
        return_visits_today=len(returns),
        next_return_at=next((at for at in returns if at >= session.now), None),
        paused=len(paused),
        paused_since=paused[0] if paused else None,
    )


def may_see_names(session: Session) -> bool:
    """Whether this person learns who the patients are: by role and by key."""
    return session.account.allows(Permission.SCREEN) and session.store.holds(Compartment.IDENTITY)
