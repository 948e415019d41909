# SPDX-License-Identifier: GPL-3.0-or-later
"""In private: the gate before the questions, and the way out without shame."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt

from pact_desktop.desktop.screens.in_private import build
from pact_desktop.desktop.widgets import Segments
from pact_desktop.domain.screening import Alone, InterpreterMode, NotPossibleReason, Outcome
from pact_desktop.i18n.locales import NOT_KNOWN
from tests.desktop.visit_support import (
    Bench,
    OpenVisit,
    accessible_problems,
    type_text,
)


@pytest.fixture
def bench(open_visit: OpenVisit) -> Bench:
    return open_visit()


def _choose(bench: Bench, segments: Segments, position: int) -> None:
    segments.buttons()[position].click()
    bench.settle()


def test_the_primary_waits_until_all_three_are_done(bench: Bench) -> None:
    """What is still to do stands beside it in words."""
    view = bench.enter("in_private", build)
    assert not view.footer.primary_enabled
    assert view.footer.note == "Still to do: 1, 2, 3"
    _choose(bench, view.alone, 0)
    assert view.footer.note == "Still to do: 3"
    view.said.click()
    assert view.footer.note == ""
    assert view.footer.primary_enabled


def test_going_on_opens_the_private_part_and_the_questions(bench: Bench) -> None:
    """Kept with the interpreter's code, never a name."""
    view = bench.enter("in_private", build)
    _choose(bench, view.alone, 1)
    _choose(bench, view.interpreter, 1)
    type_text(view.code, "14")
    view.said.click()
    view.primary_pressed.emit()
    bench.settle()
    moment = bench.stored.private_moment
    assert moment.open
    assert moment.alone is Alone.WITH_INTERPRETER
    assert moment.interpreter is InterpreterMode.BY_PHONE
    assert moment.interpreter_code == "14"
    assert bench.work.navigator.current.objectName() == "questions"


def test_the_two_first_answers_never_contradict_each_other(bench: Bench) -> None:
    """Alone means that no interpreter is there; an interpreter means not quite alone."""
    view = bench.enter("in_private", build)
    _choose(bench, view.alone, 0)
    assert view.interpreter.value() is InterpreterMode.NOT_NEEDED
    _choose(bench, view.interpreter, 1)
    assert view.alone.value() is Alone.WITH_INTERPRETER


def test_somebody_in_the_room_brings_the_way_out_forward(bench: Bench) -> None:
    """With "No" nothing can be asked, and stopping is drawn as calmly as going on."""
    view = bench.enter("in_private", build)
    _choose(bench, view.alone, 2)
    view.said.click()
    assert not view.footer.primary_enabled
    assert view.not_possible.property("kind") == "primary"


def test_not_possible_today_is_a_full_result(bench: Bench) -> None:
    """Reason and return visit are kept, and the visit goes to its next steps."""
    view = bench.enter("in_private", build)
    view.not_possible.click()
    dialog = view.dialog
    dialog.reason.set_value(NotPossibleReason.COMPANION_STAYED)
    dialog.day.line.setText("30.11.2026")
    dialog.time.setText("10.30")
    dialog.health_reason.setText("Dressing change")
    dialog.main.click()
    bench.settle()
    stored = bench.stored
    assert stored.outcomes == {Outcome.NO_PRIVATE_MOMENT}
    assert stored.not_possible_reason is NotPossibleReason.COMPANION_STAYED
    assert stored.return_visit_at == datetime(2026, 11, 30, 10, 30, tzinfo=bench.session.now.tzinfo)
    assert stored.return_reason == "Dressing change"
    assert bench.work.navigator.current.objectName() == "next_steps"


@pytest.mark.parametrize(
    ("alone", "outcome"), [(None, Outcome.NOT_POSSIBLE), (2, Outcome.NO_PRIVATE_MOMENT)]
)
def test_a_stop_without_a_choice_says_nothing_that_was_not_said(
    bench: Bench, alone: int | None, outcome: Outcome
) -> None:
    """The list starts with no reason; that somebody was in the room is known from the answer."""
    view = bench.enter("in_private", build)
    if alone is not None:
        _choose(bench, view.alone, alone)
    view.not_possible.click()
    view.dialog.main.click()
    bench.settle()
    assert bench.stored.outcomes == {outcome}
    assert bench.stored.not_possible_reason is NotPossibleReason.NOT_STATED


def test_a_wrong_return_date_is_said_at_its_field(bench: Bench) -> None:
    """Nothing is stored and the dialog stays open."""
    view = bench.enter("in_private", build)
    view.not_possible.click()
    view.dialog.day.line.setText("30.02.2026")
    view.dialog.main.click()
    bench.settle()
    assert view.dialog.isVisible()
    assert view.dialog.day_field.problem()
    assert bench.stored.outcomes == frozenset()


def test_alone_now_is_asked_again_after_the_private_part_ended(bench: Bench) -> None:
    """What was said once stays said; being alone has to be true now."""
    view = bench.enter("in_private", build)
    _choose(bench, view.alone, 0)
    view.said.click()
    view.primary_pressed.emit()
    bench.settle()
    bench.visit.end_privacy()
    bench.settle()
    view = bench.enter("in_private", build)
    assert view.alone.value() is None
    assert view.said.isChecked()
    assert view.footer.note == "Still to do: 1"


def test_limits_are_shown_in_both_languages(bench: Bench) -> None:
    """A language without a text is said to have none, and the staff's text remains."""
    view = bench.enter("in_private", build)
    assert "stays with us" in view.texts.staff.text()
    view.language.set_value("ti")
    view.changed.emit()
    bench.settle()
    assert view.texts.missing.isVisible()
    assert not view.larger.isEnabled()


def test_a_language_that_nobody_named_is_chosen_by_staff(open_visit: OpenVisit) -> None:
    """None stands there, and none is kept, until it is chosen."""
    bench = open_visit(language=NOT_KNOWN)
    view = bench.enter("in_private", build)
    assert view.language.currentText() == "Choose the language"
    _choose(bench, view.alone, 0)
    assert view.confirmed().language == ""
    assert view.texts.missing.isVisible()


def test_larger_shows_only_the_patients_sentence(bench: Bench) -> None:
    """Nothing else of the screen can be read over the patient's shoulder."""
    view = bench.enter("in_private", build)
    view.show_limits("staff", "نص", "ar")
    view.larger.click()
    bench.settle()
    assert view.large.isVisible()
    assert "نص" in view.large.words.text()
    assert view.large.words.layoutDirection() == Qt.LayoutDirection.RightToLeft
    view.large.reject()


def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    """Segments say what they belong to."""
    view = bench.enter("in_private", build)
    _choose(bench, view.alone, 1)
    assert accessible_problems(view) == []
