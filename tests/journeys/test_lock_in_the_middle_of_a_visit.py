# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock in the middle: the process ends, the visit is there as it was left, privacy is over."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.screens.observations.view import ObservationsView
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.screening import (
    Answer,
    ScreeningId,
    VisitStep,
)
from pact_desktop.services import patients, screenings
from tests.desktop.visit_support import put_away
from tests.factories import SteppableClock
from tests.private_part import open_private_part

if TYPE_CHECKING:
    from pact_desktop.services.session import Session
    from pact_desktop.storage.keys import KeyRing

Begin = Callable[[], SessionProcess]

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def begin(data_folder: Path, device_folder: Path, staff_keyring: "KeyRing") -> Iterator[Begin]:
    """Opens the nurse's session in a window, as after a sign-in."""
    running: list[SessionProcess] = []
    clock = SteppableClock()

    def start() -> SessionProcess:
        places = Places(data=data_folder, device=device_folder, language="en")
        process = SessionProcess(Application(places), clock)
        running.append(process)
        process.begin(staff_keyring.to_bytes())
        settle(process)
        return process

    yield start
    for process in running:
        process.end()
        put_away(process.window)


def settle(process: SessionProcess) -> None:
    QApplication.processEvents()
    while process.background.busy:
        QTest.qWait(5)
    QApplication.processEvents()


def session_of(process: SessionProcess) -> "Session":
    assert process.session is not None
    return process.session


def a_visit(session: "Session") -> ScreeningId:
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="Ajdini",
            birth_date=BirthDate.estimated(30, today=session.today),
            may_be_child=MayBeChild.NO,
        ),
    )
    visit = screenings.start_screening(session, patient).screening_id
    screenings.go_to_step(session, visit, VisitStep.OBSERVATIONS)
    return visit


def test_the_visit_is_there_as_it_was_left(begin: Begin) -> None:
    """After a lock and a sign-in the same step is open, with the answers given before."""
    first = begin()
    visit = a_visit(session_of(first))
    first.window.navigator.go("observations", screening_id=visit)
    settle(first)
    answer = Answer(IndicatorId("A01"), AnswerValue.YES)
    screenings.record_answer(session_of(first), visit, answer)
    first.window.lock_requested.emit("asked")
    first.end()

    second = begin()
    assert isinstance(second.window.navigator.current, ObservationsView)
    kept = screenings.load_screening(session_of(second), visit)
    assert kept.answers[IndicatorId("A01")].value is AnswerValue.YES


def test_the_private_part_is_closed_by_a_lock(begin: Begin) -> None:
    """Whoever unlocks confirms anew that the patient is alone."""
    first = begin()
    visit = a_visit(session_of(first))
    open_private_part(session_of(first), visit)
    first.window.navigator.go("questions", screening_id=visit)
    settle(first)
    first.window.lock_requested.emit("idle")
    first.end()

    second = begin()
    current = second.window.navigator.current
    assert current is not None
    assert current.name == "in_private"
    assert not screenings.load_screening(session_of(second), visit).private_now


def test_covering_ends_the_private_part(begin: Begin) -> None:
    """The cover is for the moment somebody comes in: the questions lock at once."""
    process = begin()
    visit = a_visit(session_of(process))
    open_private_part(session_of(process), visit)
    process.window.navigator.go("questions", screening_id=visit)
    settle(process)
    process.window.cover()
    settle(process)
    assert process.window.covered
    assert not screenings.load_screening(session_of(process), visit).private_now
