# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the rule of keeping needs to know of every visit, and the counts that remain."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, or_, select, update

from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerLevel
from pact_desktop.domain.indicators import AnswerValue
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.periods import Kept
from pact_desktop.domain.referral import UNSENT, ReferralId, ReferralStatus
from pact_desktop.domain.retention import OPEN_REFERRAL, KeptCopy, KeptPerson, KeptVisit
from pact_desktop.domain.screening import Outcome, ScreeningId, ScreeningStatus
from pact_desktop.storage.database import IN_FILES
from pact_desktop.storage.record_tables import (
    answer,
    body_mark,
    judgement,
    patient,
    referral,
    referral_status,
    screening,
    visit_count,
)

_ENDED: Final = (ScreeningStatus.COMPLETED.value, ScreeningStatus.STOPPED.value)
_TELLING: Final = frozenset({Outcome.OTHER_VIOLENCE.value, Outcome.URGENT_DANGER.value})
_SAFE: Final = (None, DangerLevel.NONE.value)


def kept_visits(
    connection: Connection, case_number: CaseNumber | None = None
) -> tuple[list[KeptVisit], list[KeptCopy]]:
    """Every visit with its kind and dates, and every copy of a referral that was sent.

    Only of one record when its number is given.
    """
    copies = _copies(connection, case_number)
    referred: dict[ScreeningId, list[KeptCopy]] = {}
    for copy in copies:
        if copy.screening_id is not None:
            referred.setdefault(copy.screening_id, []).append(copy)
    concerned = _concerned(connection)
    wanted = select(screening)
    if case_number is not None:
        wanted = wanted.where(screening.c.case_number == case_number)
    visits = [
        _visit(row, referred.get(ScreeningId(row.screening_id), []), concerned)
        for row in connection.execute(wanted)
    ]
    return visits, copies


def kept_people(connection: Connection) -> list[KeptPerson]:
    """Everybody registered; needs the key to names, and gives none of them."""
    rows = connection.execute(select(patient.c.case_number, patient.c.registered_at))
    return [KeptPerson(CaseNumber(row.case_number), row.registered_at) for row in rows]


def add_to_counts(connection: Connection, visits: Iterable[KeptVisit]) -> None:
    """One more of its kind in its year, before the visit goes."""
    for visit in visits:
        key = (visit_count.c.year == visit.started_on.year, visit_count.c.kind == visit.kind.value)
        raised = connection.execute(
            update(visit_count).where(*key).values(visits=visit_count.c.visits + 1),
            execution_options=IN_FILES,
        )
        if not raised.rowcount:
            connection.execute(
                insert(visit_count).values(
                    year=visit.started_on.year, kind=visit.kind.value, visits=1
                ),
                execution_options=IN_FILES,
            )


def load_counts(connection: Connection) -> dict[tuple[int, Kept], int]:
    """How many visits of a kind were erased, by the year they were in."""
    rows = connection.execute(select(visit_count).order_by(visit_count.c.year))
    return {(row.year, Kept(row.kind)): row.visits for row in rows}


def _concerned(connection: Connection) -> set[str]:
    """Visits that somebody judged to raise a concern, or that nobody judged and say something.

    Judgements that were replaced count too: nothing that once worried somebody goes early.
    """
    judged = set(connection.execute(select(judgement.c.screening_id)).scalars())
    worried = select(judgement.c.screening_id).where(
        or_(
            judgement.c.level > ConcernLevel.NONE.value,
            judgement.c.suggested > ConcernLevel.NONE.value,
        )
    )
    said = select(answer.c.screening_id).where(
        or_(
            answer.c.value.in_((AnswerValue.YES.value, AnswerValue.PREFERS_NOT_TO_SAY.value)),
            answer.c.own_words != "",
        )
    )
    marked = select(body_mark.c.screening_id)
    telling = {*connection.execute(said).scalars(), *connection.execute(marked).scalars()}
    return {*connection.execute(worried).scalars(), *(telling - judged)}


def _visit(row: Row[Any], copies: list[KeptCopy], concerned: set[str]) -> KeptVisit:
    ended = row.finished_at or row.started_at
    return KeptVisit(
        screening_id=ScreeningId(row.screening_id),
        case_number=CaseNumber(row.case_number),
        kind=_kind(row, copies, concerned),
        started_on=row.started_on,
        ended_on=max([ended.date(), *(copy.last_step for copy in copies)]),
        open=row.status not in _ENDED,
        waits=any(copy.open for copy in copies),
    )


def _kind(row: Row[Any], copies: list[KeptCopy], concerned: set[str]) -> Kept:
    if copies:
        return Kept.REFERRED
    tells = (
        row.screening_id in concerned
        or row.staff_concern
        or row.danger not in _SAFE
        or _TELLING & set(row.outcomes)
        or row.child_steps.get("notified_at")
    )
    return Kept.CONCERN if tells else Kept.NO_CONCERN


def _copies(connection: Connection, case_number: CaseNumber | None) -> list[KeptCopy]:
    wanted = select(
        referral.c.referral_id,
        referral.c.case_number,
        referral.c.screening_id,
        referral.c.status,
        referral.c.stripped_on,
        referral.c.created_at,
    ).where(referral.c.status.not_in([status.value for status in UNSENT]))
    if case_number is not None:
        wanted = wanted.where(referral.c.case_number == case_number)
    last: dict[str, datetime] = {}
    sent: set[str] = set()
    for step in connection.execute(
        select(referral_status.c.referral_id, referral_status.c.status, referral_status.c.at)
    ):
        last[step.referral_id] = max(step.at, last.get(step.referral_id, step.at))
        if step.status == ReferralStatus.SENT.value:
            sent.add(step.referral_id)
    return [
        KeptCopy(
            referral_id=ReferralId(row.referral_id),
            case_number=CaseNumber(row.case_number),
            screening_id=None if row.screening_id is None else ScreeningId(row.screening_id),
            last_step=_day(last.get(row.referral_id, row.created_at)),
            open=ReferralStatus(row.status) in OPEN_REFERRAL,
            stripped=row.stripped_on is not None,
        )
        for row in connection.execute(wanted)
        if row.referral_id in sent
    ]


def _day(moment: datetime) -> date:
    return moment.date()
