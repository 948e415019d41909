# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes a visit piece by piece: what differs between two states, and nothing else.

A piece that is replaced stays as a row with `superseded_at`; nothing that was said is erased.
"""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update

from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.screening import Judgement, Screening, ScreeningId, ScreeningStatus
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
    if before.drafts != after.drafts:
        _save_drafts(connection, before, after)
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


def _save_answer(connection: Connection, of: Screening, link_id: IndicatorId, at: datetime) -> None:
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


def _save_marks(connection: Connection, before: Screening, after: Screening, at: datetime) -> None:
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


def _save_drafts(connection: Connection, before: Screening, after: Screening) -> None:
    """Words that wait are no record of what was said: the earlier ones are not kept."""
    for at in before.drafts.keys() | after.drafts.keys():
        words = after.drafts.get(at)
        if before.drafts.get(at) == words:
            continue
        place = {"screening_id": after.screening_id, "field": at.field.value, "item": at.item}
        connection.execute(
            delete(draft).where(*(draft.c[name] == value for name, value in place.items()))
        )
        if words is not None:
            connection.execute(insert(draft).values(**place, words=words))


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
