# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed and not yet answered: a pause, a lock, a crash and a full disk at the lock."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.outbox import NotKeptError, Outbox
from pact_desktop.desktop.screens.questions.view import QuestionsView
from pact_desktop.desktop.screens.summary.view import SummaryView
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import patients, screenings
from tests.desktop.visit_support import put_away, type_text
from tests.factories import SteppableClock
from tests.journeys.typing_process import SENTENCE, WORDS
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

    def start() -> SessionProcess:
        places = Places(data=data_folder, device=device_folder, language="en")
        process = SessionProcess(Application(places), SteppableClock())
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
    return screenings.start_screening(session, patient).screening_id


def be_private(process: SessionProcess, visit: ScreeningId) -> None:
    """Confirmed as by step 3; the window knows of it."""
    session, work = session_of(process), process.work
    moment = open_private_part(session, visit)
    assert work is not None
    VisitContext.of(work).change(lambda: moment)
    settle(process)


def at_step(process: SessionProcess, name: str, visit: ScreeningId) -> object:
    process.window.navigator.go(name, screening_id=visit)
    settle(process)
    return process.window.navigator.current


def test_words_and_sentence_survive_a_lock(begin: Begin) -> None:
    """Locked in the middle of a word, with no answer and no level chosen."""
    first = begin()
    visit = a_visit(session_of(first))
    be_private(first, visit)
    view = at_step(first, "questions", visit)
    assert isinstance(view, QuestionsView)
    type_text(view.own_words, WORDS)
    first.window.lock_requested.emit("idle")
    assert first.end() == []

    second = begin()
    be_private(second, visit)
    view = at_step(second, "questions", visit)
    assert isinstance(view, QuestionsView)
    assert view.own_words.value() == WORDS
    view = at_step(second, "summary", visit)
    assert isinstance(view, SummaryView)
    type_text(view.sentence, SENTENCE)
    second.window.lock_requested.emit("asked")
    assert second.end() == []

    third = begin()
    view = third.window.navigator.current
    assert isinstance(view, SummaryView)
    assert view.sentence.value() == SENTENCE


def test_words_survive_a_pause(begin: Begin) -> None:
    """The visit goes on another time, with the sentence where it was."""
    process = begin()
    visit = a_visit(session_of(process))
    be_private(process, visit)
    view = at_step(process, "questions", visit)
    assert isinstance(view, QuestionsView)
    type_text(view.own_words, WORDS)
    assert process.work is not None
    VisitContext.of(process.work).pause()
    settle(process)
    screenings.resume_screening(session_of(process), visit)
    be_private(process, visit)
    view = at_step(process, "questions", visit)
    assert isinstance(view, QuestionsView)
    assert view.own_words.value() == WORDS


def test_words_survive_the_cover(begin: Begin) -> None:
    """Somebody comes in: the questions lock at once, what was typed stays."""
    process = begin()
    visit = a_visit(session_of(process))
    be_private(process, visit)
    view = at_step(process, "questions", visit)
    assert isinstance(view, QuestionsView)
    type_text(view.own_words, WORDS)
    process.window.cover()
    settle(process)
    stored = screenings.load_screening(session_of(process), visit)
    assert WORDS in stored.drafts.values()
    assert not stored.private_now


@pytest.mark.skipif(sys.platform == "win32", reason="ends a process as only POSIX can")
def test_words_survive_a_process_that_is_killed(
    begin: Begin, data_folder: Path, device_folder: Path, staff_keyring: "KeyRing"
) -> None:
    """A real process, typed into as a person types, and ended without any warning."""
    command = [
        sys.executable, "-m", "tests.journeys.typing_process",
        str(data_folder), str(device_folder),
    ]  # fmt: skip
    with subprocess.Popen(
        command,
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(staff_keyring.to_bytes())
        child.stdin.close()
        said = child.stdout.readline().decode().split()
        child.send_signal(signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    visit = ScreeningId(said[0])

    process = begin()
    stored = screenings.load_screening(session_of(process), visit)
    assert stored.drafts[TypedAt(TypedField.JUDGEMENT)] == SENTENCE
    be_private(process, visit)
    view = at_step(process, "questions", visit)
    assert isinstance(view, QuestionsView)
    assert view.own_words.value() == WORDS


def test_what_could_not_be_kept_at_the_lock_is_told(begin: Begin) -> None:
    """Once more is tried; what is lost then is said at the door, without details."""
    process = begin()
    visit = a_visit(session_of(process))
    at_step(process, "details", visit)
    assert process.work is not None

    def never() -> None:
        raise OSError

    VisitContext.of(process.work).change(never)
    settle(process)
    assert Outbox.of(process.work).blocked
    process.window.lock_requested.emit("idle")
    assert [type(error) for error in process.end()] == [NotKeptError]
