# SPDX-License-Identifier: GPL-3.0-or-later
"""One folder that is killed, opened and killed again while a nurse answers without end."""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import func, select

from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.errors import PactError
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.screening import Answer
from pact_desktop.services import accounts, screenings
from pact_desktop.storage.record_tables import answer
from pact_desktop.storage.tables import audit_entry
from tests.rig import checks
from tests.rig.journeys import Desk, waiting_visit
from tests.rig.trials import Running, begun, fresh_copy

_MOST_ANSWERS: Final = 100
_WITHIN: Final = 0.008
"""Seconds that an answer takes: the shot falls anywhere in the one that follows."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Which chain, and how often its folder is killed."""

    number: int
    kills: int


@dataclass(slots=True)
class Survived:
    kills: int = 0
    saved: int = 0
    lost: int = 0
    in_doubt: int = 0
    problems: tuple[str, ...] = ()


def chain_of_kills(prepared: Path, chain: Chain) -> Survived:
    home = prepared.parent / f"chain-{os.getpid()}"
    desk = fresh_copy(prepared, home, "answers")
    draw = random.Random(chain.number)  # noqa: S311 the same shots each time
    found = Survived()
    stored = _stored(desk)[0]
    try:
        for kill in range(chain.kills):
            saved = _shot(desk, draw, seed=chain.number * chain.kills + kill)
            found.kills += 1
            found.saved += saved
            now, logged = _stored(desk)
            found.lost += max(0, stored + saved - now)
            found.in_doubt += max(0, now - stored - saved)
            if not 0 <= now - stored - saved <= 1:
                found.problems += (f"{chain}, kill {kill}: {saved} said, {now - stored} stored",)
            if now != logged:
                found.problems += (f"{chain}, kill {kill}: {now} answers, {logged} in the log",)
            stored = now
    except PactError as error:
        found.problems += (f"{chain}, kill {found.kills}: {error.code} {dict(error.facts)}",)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return found


def _answers(desk: Desk, seed: int) -> Iterator[str]:
    """No two answers are the same: one that changes nothing would leave no row."""
    session = desk.at_work("nadia")
    visit = waiting_visit(session)
    for number in count():
        code = IndicatorId("A01" if number % 2 else "A04")
        value = AnswerValue.YES if number % 4 < 2 else AnswerValue.NO
        words = f"{seed}-{number} " * (1 + number % 50)
        screenings.record_answer(session, visit, Answer(code, value, own_words=words))
        yield str(number)


def _shot(desk: Desk, draw: random.Random, *, seed: int) -> int:
    """How many answers were acknowledged before the shot."""
    wanted, more = draw.randrange(_MOST_ANSWERS + 1), draw.uniform(0, _WITHIN)
    words = b""
    with begun(desk, partial(_answers, seed=seed), seed) as running:
        running.go()
        while words.count(b"+") < wanted:
            words += _heard(running)
        time.sleep(more)
        os.kill(running.process, signal.SIGKILL)
        while rest := running.said():
            words += rest
    return words.count(b"+")


def _heard(running: Running) -> bytes:
    words = running.said()
    if not words or b"!" in words or b"-" in words:
        pytest.fail(f"the journey ended by itself: {words!r}")
    return words


def _stored(desk: Desk) -> tuple[int, int]:
    """Answers in one file and entries about them in another, after a start as staff make it."""
    keyring = desk.keyring("nadia")
    session = accounts.open_session(desk.data, keyring, desk.clock, desk.content)
    try:
        with session.store.reading_config() as connection:
            rows = connection.execute(
                select(func.count())
                .select_from(answer)
                .where(answer.c.screening_id == waiting_visit(session))
            ).scalar_one()
            logged = connection.execute(
                select(func.count())
                .select_from(audit_entry)
                .where(audit_entry.c.body.contains(AuditAction.ANSWER_RECORDED.value))
            ).scalar_one()
    finally:
        session.store.close()
    if not checks.log_follows_from_its_first_key(desk, keyring):
        return rows, -1
    return rows, logged
