# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads visits: one of them whole, or many without what a list has no use for."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Table, func, or_, select

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.screening import (
    Alone,
    Answer,
    BodyMark,
    BodyView,
    ChildSteps,
    Companion,
    InterpreterMode,
    Judgement,
    MarkKind,
    NotPossibleReason,
    Offer,
    OfferAnswer,
    Outcome,
    PrivateMoment,
    Screening,
    ScreeningId,
    ScreeningStatus,
    VisitStep,
)
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.storage.record_tables import (
    answer,
    body_mark,
    danger_answer,
    draft,
    judgement,
    offer,
    private_moment,
    screening,
)

_OPEN: Final = (ScreeningStatus.IN_PROGRESS.value, ScreeningStatus.PAUSED.value)


def case_of_screening(connection: Connection, screening_id: ScreeningId) -> CaseNumber | None:
    found = connection.execute(
        select(screening.c.case_number).where(screening.c.screening_id == screening_id)
    ).scalar_one_or_none()
    return None if found is None else CaseNumber(found)


def load_screening(
    connection: Connection, screening_id: ScreeningId, *, sitting: str
) -> Screening | None:
    """The whole visit. A private moment of another sitting has ended, whatever its row says."""
    row = connection.execute(
        select(screening).where(screening.c.screening_id == screening_id)
    ).first()
    if row is None:
        return None
    return replace(
        _screening(row),
        answers={
            IndicatorId(found.link_id): _answer(found)
            for found in _current(connection, answer, screening_id)
        },
        private_moment=_latest_moment(connection, screening_id, sitting),
        marks=tuple(
            _body_mark(found)
            for found in sorted(
                _current(connection, body_mark, screening_id), key=lambda found: found.position
            )
        ),
        danger_answers={
            DangerQuestion(found.question): DangerAnswer(found.answer)
            for found in _current(connection, danger_answer, screening_id)
        },
        judgement=next(map(_judgement, _current(connection, judgement, screening_id)), None),
        earlier_judgements=_earlier_judgements(connection, screening_id),
        offers={
            Offer(found.offer): OfferAnswer(found.answer)
            for found in _current(connection, offer, screening_id)
        },
        drafts=_drafts(connection, screening_id),
    )


def visits_on(connection: Connection, day: date, *, with_waiting: bool) -> list[Screening]:
    """Visits begun on a day, and with `with_waiting` those still open from before.

    Only the visit's own row is read: a list has no use for answers.
    """
    rows = connection.execute(select(screening).where(_on(day, with_waiting=with_waiting)))
    return sorted(map(_screening, rows), key=lambda found: found.started_at)


def count_visits_on(connection: Connection, day: date, *, with_waiting: bool) -> int:
    wanted = select(func.count()).where(_on(day, with_waiting=with_waiting))
    return connection.execute(wanted.select_from(screening)).scalar_one()


def _on(day: date, *, with_waiting: bool) -> ColumnElement[bool]:
    begun = screening.c.started_on == day
    return or_(begun, screening.c.status.in_(_OPEN)) if with_waiting else begun


def screenings_of(
    connection: Connection, case_number: CaseNumber, *, sitting: str
) -> list[Screening]:
    """Every visit of one person, whole, the first one first."""
    rows = connection.execute(
        select(screening.c.screening_id, screening.c.started_at).where(
            screening.c.case_number == case_number
        )
    ).all()
    ids = [ScreeningId(row.screening_id) for row in sorted(rows, key=lambda row: row.started_at)]
    loaded = (load_screening(connection, found, sitting=sitting) for found in ids)
    return [found for found in loaded if found is not None]


def open_screenings_of(
    connection: Connection, case_number: CaseNumber, *, sitting: str
) -> list[Screening]:
    ids = connection.execute(
        select(screening.c.screening_id).where(
            screening.c.case_number == case_number, screening.c.status.in_(_OPEN)
        )
    ).scalars()
    loaded = (load_screening(connection, found, sitting=sitting) for found in ids.all())
    return [found for found in loaded if found is not None]


def return_visits_on(connection: Connection, day: date) -> list[datetime]:
    return sorted(
        connection.execute(
            select(screening.c.return_visit_at).where(screening.c.return_visit_on == day)
        ).scalars()
    )


def paused_since(connection: Connection) -> list[datetime]:
    """When each paused visit was paused, the longest waiting first."""
    rows = connection.execute(
        select(screening.c.paused_at, screening.c.started_at).where(
            screening.c.status == ScreeningStatus.PAUSED.value
        )
    )
    return sorted(paused_at or started_at for paused_at, started_at in rows)


def _current(connection: Connection, table: Table, screening_id: ScreeningId) -> list[Row[Any]]:
    """Rows of a piece that were not replaced, in the order they were written."""
    return list(
        connection.execute(
            select(table)
            .where(table.c.screening_id == screening_id, table.c.superseded_at.is_(None))
            .order_by(table.c.row_number)
        )
    )


def _earlier_judgements(connection: Connection, screening_id: ScreeningId) -> tuple[Judgement, ...]:
    """What was judged and judged anew, the first at the start."""
    rows = connection.execute(
        select(judgement)
        .where(judgement.c.screening_id == screening_id, judgement.c.superseded_at.is_not(None))
        .order_by(judgement.c.row_number)
    )
    return tuple(map(_judgement, rows))


def _latest_moment(
    connection: Connection, screening_id: ScreeningId, sitting: str
) -> PrivateMoment | None:
    row = connection.execute(
        select(private_moment)
        .where(private_moment.c.screening_id == screening_id)
        .order_by(private_moment.c.row_number.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    left_open = row.ended_at is None and row.sitting != sitting
    return PrivateMoment(
        alone=Alone(row.alone),
        interpreter=InterpreterMode(row.interpreter),
        interpreter_code=row.interpreter_code,
        limits_said=row.limits_said,
        language=row.language,
        confirmed_at=row.confirmed_at,
        confirmed_by=AccountId(row.confirmed_by),
        ended_at=row.confirmed_at if left_open else row.ended_at,
    )


def _drafts(connection: Connection, screening_id: ScreeningId) -> dict[TypedAt, str]:
    rows = connection.execute(select(draft).where(draft.c.screening_id == screening_id))
    return {TypedAt(TypedField(row.field), row.item): row.words for row in rows}


def _answer(row: Row[Any]) -> Answer:
    return Answer(
        link_id=IndicatorId(row.link_id),
        value=AnswerValue(row.value),
        explanations=tuple(row.explanations),
        other_explanation=row.other_explanation,
        own_words=row.own_words,
        not_asked_reason=row.not_asked_reason,
        answered_at=row.answered_at,
        answered_by=None if row.answered_by is None else AccountId(row.answered_by),
        set_id=row.set_id,
        set_version=row.set_version,
    )


def _body_mark(row: Row[Any]) -> BodyMark:
    return BodyMark(
        mark_id=row.mark_id,
        view=BodyView(row.view),
        region=row.region,
        x=row.x,
        y=row.y,
        kind=MarkKind(row.kind),
        length_mm=row.length_mm,
        width_mm=row.width_mm,
        appearance=row.appearance,
        tender=row.tender,
        photo_consented=row.photo_consented,
        own_words=row.own_words,
    )


def _judgement(row: Row[Any]) -> Judgement:
    return Judgement(
        level=ConcernLevel(row.level),
        suggested=ConcernLevel(row.suggested),
        sentence=row.sentence,
        judged_by=AccountId(row.judged_by),
        judged_at=row.judged_at,
        second_reader=None if row.second_reader is None else AccountId(row.second_reader),
    )


def _screening(row: Row[Any]) -> Screening:
    reason = row.not_possible_reason
    return Screening(
        screening_id=ScreeningId(row.screening_id),
        case_number=CaseNumber(row.case_number),
        set_id=row.set_id,
        set_version=row.set_version,
        set_digest=row.set_digest,
        status=ScreeningStatus(row.status),
        is_child=row.is_child,
        started_at=row.started_at,
        started_by=AccountId(row.started_by),
        step=VisitStep(row.step),
        visit_reason=row.visit_reason,
        companion=Companion(row.companion),
        companion_relation=row.companion_relation,
        interpreter=InterpreterMode(row.interpreter),
        interpreter_code=row.interpreter_code,
        full_wording=row.full_wording,
        staff_concern=row.staff_concern,
        no_mark_seen=row.no_mark_seen,
        danger=None if row.danger is None else DangerLevel(row.danger),
        outcomes=frozenset(Outcome(code) for code in row.outcomes),
        not_possible_reason=None if reason is None else NotPossibleReason(reason),
        return_visit_at=row.return_visit_at,
        return_reason=row.return_reason,
        child_steps=msgspec.convert(row.child_steps, ChildSteps),
        finished_at=row.finished_at,
    )
