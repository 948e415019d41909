# SPDX-License-Identifier: GPL-3.0-or-later
"""A session process for `test_typed_text_survives`: types, says when it is stored, and waits.

Started as `python -m tests.journeys.typing_process DATA DEVICE`, with the keyring on standard
input. Whoever started it ends it by force.
"""

import signal
import sys
from pathlib import Path
from time import monotonic

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.screens.questions.view import QuestionsView
from pact_desktop.desktop.screens.summary.view import SummaryView
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import patients, screenings
from tests.desktop.visit_support import type_text
from tests.factories import SteppableClock
from tests.private_part import open_private_part

WORDS = "He keeps my passport and I cannot leave"
SENTENCE = "Calm; looks at the companion before answering."
LONGEST_S = 60.0


def main() -> None:
    data, device = (Path(argument) for argument in sys.argv[1:3])
    process = SessionProcess(
        Application(Places(data=data, device=device, language="en")), SteppableClock()
    )
    process.begin(sys.stdin.buffer.read())
    settle(process)
    session, work = process.session, process.work
    if session is None or work is None:
        raise SystemExit("the session did not open")
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="Ajdini",
            birth_date=BirthDate.estimated(30, today=session.today),
            may_be_child=MayBeChild.NO,
        ),
    )
    visit = screenings.start_screening(session, patient).screening_id
    open_private_part(session, visit, language="sq")
    work.navigator.go("questions", screening_id=visit)
    settle(process)
    questions = work.navigator.current
    assert isinstance(questions, QuestionsView)
    type_text(questions.own_words, WORDS)
    wait_for(process, TypedAt(TypedField.OWN_WORDS, str(questions.shown)), WORDS)
    work.navigator.go("summary", screening_id=visit)
    settle(process)
    summary = work.navigator.current
    assert isinstance(summary, SummaryView)
    type_text(summary.sentence, SENTENCE)
    seconds = wait_for(process, TypedAt(TypedField.JUDGEMENT), SENTENCE)
    print(visit, f"{seconds:.1f}", flush=True)  # noqa: T201 read by the test
    signal.pause()


def wait_for(process: SessionProcess, at: TypedAt, words: str) -> float:
    """Seconds until the store has confirmed the words, with nothing but the program's timer."""
    assert process.work is not None
    begun, context = monotonic(), VisitContext.of(process.work)
    while context.screening.drafts.get(at) != words:
        QTest.qWait(20)
        if monotonic() - begun > LONGEST_S:
            raise SystemExit("the words were not stored")
    return monotonic() - begun


def settle(process: SessionProcess) -> None:
    QApplication.processEvents()
    while process.background.busy:
        QTest.qWait(5)
    QApplication.processEvents()


if __name__ == "__main__":
    main()
