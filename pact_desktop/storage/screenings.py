# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of visits: a visit is read whole and written piece by piece, each piece at once.

A piece that is replaced stays as a row with `superseded_at`; nothing that was said is erased.
"""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Table, func, insert, or_, select, update

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
from pact_desktop.storage.record_tables import (
    answer,
    body_mark,
    danger_answer,
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
        offers={
            Offer(found.offer): OfferAnswer(found.answer)
            for found in _current(connection, offer, screening_id)
        },
    )


def insert_screening(connection: Connection, new: Screening) -> None:
    connection.execute(insert(screening).values(**_columns(new)))


def save_screening(
    connection: Connection, before: Screening, after: Screening, *, at: datetime, sitting: str
) -> None:
    """Writes what differs between two states of a visit, and nothing else."""
    for link_id in before.answers.keys() | after.answers.keys():
        if before.answers.get(link_id) != after.answers.get(link_id):
            _save_answer(connection, after, link_id, at)
    if before.private_moment != after.private_moment:
        _save_moment(connection, after, at, sitting)
    _save_marks(connection, before, after, at)
    if before.danger_answers != after.danger_answers:
        _save_danger_answers(connection, after, at)
    if before.offers != after.offers:
        _save_offers(connection, after, at)
    if after.judgement is not None and before.judgement != after.judgement:
        _save_judgement(connection, after.screening_id, after.judgement)
    if _columns(before) != _columns(after):
        connection.execute(
            update(screening)
            .where(screening.c.screening_id == after.screening_id)
            .values(**_columns(after))
        )
    if before.status != after.status:
        _save_paused_at(connection, after, at)


def _save_paused_at(connection: Connection, of: Screening, at: datetime) -> None:
    connection.execute(
        update(screening)
        .where(screening.c.screening_id == of.screening_id)
        .values(paused_at=at if of.status is ScreeningStatus.PAUSED else None)
    )


def _save_answer(
    connection: Connection, of: Screening, link_id: IndicatorId, at: datetime
) -> None:
    """The answer with the set it was asked from; an earlier answer stays as superseded."""
    _supersede(connection, answer, of.screening_id, at, answer.c.link_id == link_id)
    given = of.answers.get(link_id)
    if given is None:
        return
    connection.execute(
        insert(answer).values(
            screening_id=of.screening_id,
            link_id=link_id,
            set_id=of.set_id,
            set_version=of.set_version,
            value=given.value.value,
            explanations=list(given.explanations),
            other_explanation=given.other_explanation,
            own_words=given.own_words,
            not_asked_reason=given.not_asked_reason,
            answered_at=given.answered_at,
            answered_by=given.answered_by,
        )
    )


def _save_moment(connection: Connection, of: Screening, at: datetime, sitting: str) -> None:
    """A moment that was open ends; a new one becomes a row of its own."""
    connection.execute(
        update(private_moment)
        .where(
            private_moment.c.screening_id == of.screening_id, private_moment.c.ended_at.is_(None)
        )
        .values(ended_at=at)
    )
    moment = of.private_moment
    if moment is None or not moment.open:
        return
    connection.execute(
        insert(private_moment).values(
            screening_id=of.screening_id,
            alone=moment.alone.value,
            interpreter=moment.interpreter.value,
            interpreter_code=moment.interpreter_code,
            limits_said=moment.limits_said,
            language=moment.language,
            confirmed_at=moment.confirmed_at,
            confirmed_by=moment.confirmed_by,
            sitting=sitting,
        )
    )


def _save_marks(
    connection: Connection, before: Screening, after: Screening, at: datetime
) -> None:
    old = {mark.mark_id: mark for mark in before.marks}
    new = {mark.mark_id: mark for mark in after.marks}
    for mark_id in old.keys() | new.keys():
        if old.get(mark_id) == new.get(mark_id):
            continue
        position = _position_of(connection, after.screening_id, mark_id)
        _supersede(connection, body_mark, after.screening_id, at, body_mark.c.mark_id == mark_id)
        if mark_id in new:
            connection.execute(
                insert(body_mark).values(
                    screening_id=after.screening_id,
                    position=position,
                    **msgspec.to_builtins(new[mark_id]),
                )
            )


def _position_of(connection: Connection, screening_id: ScreeningId, mark_id: str) -> int:
    """The place in the order that a mark has, or the next one."""
    of_screening = body_mark.c.screening_id == screening_id
    known = connection.execute(
        select(func.min(body_mark.c.position)).where(of_screening, body_mark.c.mark_id == mark_id)
    ).scalar_one()
    last = connection.execute(
        select(func.coalesce(func.max(body_mark.c.position), 0)).where(of_screening)
    ).scalar_one()
    return int(last) + 1 if known is None else int(known)


def _save_danger_answers(connection: Connection, of: Screening, at: datetime) -> None:
    _supersede(connection, danger_answer, of.screening_id, at)
    for question, given in of.danger_answers.items():
        connection.execute(
            insert(danger_answer).values(
                screening_id=of.screening_id, question=question.value, answer=given.value
            )
        )


def _save_offers(connection: Connection, of: Screening, at: datetime) -> None:
    _supersede(connection, offer, of.screening_id, at)
    for offered, given in of.offers.items():
        connection.execute(
            insert(offer).values(
                screening_id=of.screening_id, offer=offered.value, answer=given.value
            )
        )


def _save_judgement(connection: Connection, screening_id: ScreeningId, made: Judgement) -> None:
    _supersede(connection, judgement, screening_id, made.judged_at)
    connection.execute(
        insert(judgement).values(
            screening_id=screening_id,
            level=int(made.level),
            suggested=int(made.suggested),
            sentence=made.sentence,
            judged_by=made.judged_by,
            judged_at=made.judged_at,
            second_reader=made.second_reader,
        )
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


def _supersede(
    connection: Connection,
    table: Table,
    screening_id: ScreeningId,
    at: datetime,
    *which: ColumnElement[bool],
) -> None:
    connection.execute(
        update(table)
        .where(table.c.screening_id == screening_id, table.c.superseded_at.is_(None), *which)
        .values(superseded_at=at)
    )


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


def _columns(of: Screening) -> dict[str, object]:
    return {
        "screening_id": of.screening_id,
        "case_number": of.case_number,
        "set_id": of.set_id,
        "set_version": of.set_version,
        "set_digest": of.set_digest,
        "status": of.status.value,
        "is_child": of.is_child,
        "started_at": of.started_at,
        "started_on": of.started_at.date(),
        "started_by": of.started_by,
        "step": of.step.value,
        "visit_reason": of.visit_reason,
        "companion": of.companion.value,
        "companion_relation": of.companion_relation,
        "interpreter": of.interpreter.value,
        "interpreter_code": of.interpreter_code,
        "full_wording": of.full_wording,
        "staff_concern": of.staff_concern,
        "no_mark_seen": of.no_mark_seen,
        "danger": None if of.danger is None else of.danger.value,
        "outcomes": sorted(outcome.value for outcome in of.outcomes),
        "not_possible_reason": of.not_possible_reason and of.not_possible_reason.value,
        "return_visit_at": of.return_visit_at,
        "return_visit_on": of.return_visit_at and of.return_visit_at.date(),
        "return_reason": of.return_reason,
        "child_steps": msgspec.to_builtins(of.child_steps),
        "finished_at": of.finished_at,
    }


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
