# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed words outlive the step they were typed in, whatever carries them, and are never cut."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens import (
    body_map,
    details,
    in_private,
    next_steps,
    observations,
    questions,
    summary,
)
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.widgets import Field, LineEdit, TextArea
from pact_desktop.desktop.widgets.length_note import LengthNote
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.screening import Alone, InterpreterMode
from pact_desktop.domain.text import LIMIT_OF, TypedAt, TypedField
from pact_desktop.services import screenings
from tests.desktop.visit_support import Bench, OpenVisit, picture, type_text
from tests.private_part import open_private_part
from tests.services.activity import actions

WORDS = "Ако заминам, тој ми го зема пасошот"
Editor = LineEdit | TextArea


@dataclass(frozen=True)
class Place:
    """A field of a step: how to get there, which editor it is, what is stored of it."""

    name: str
    build: Callable[[Work], Screen]
    editor: Callable[[QWidget], Editor]
    ready: Callable[[Bench, QWidget], object] = lambda _bench, _view: None


def _private(bench: Bench) -> None:
    open_private_part(bench.session, bench.screening.screening_id, language="mk")


def _say_other(bench: Bench, view: QWidget) -> None:
    """A yes opens the ordinary explanations; the other reason is one of them."""
    row = view.list.rows[0]
    row.segments.buttons()[0].click()
    bench.settle()
    row.other_tick.setChecked(True)


def _add_mark(_bench: Bench, view: QWidget) -> None:
    view.add.click()


def _write_wish(bench: Bench, view: QWidget) -> None:
    view.child.write.click()
    bench.settle()


def _say_call(bench: Bench, view: QWidget) -> None:
    view.child.call.click()
    bench.settle()


def _with_interpreter(bench: Bench, view: QWidget) -> None:
    view.alone.set_value(Alone.WITH_INTERPRETER)
    view.interpreter.set_value(InterpreterMode.IN_ROOM)
    view.changed.emit()
    bench.settle()


PLACES = (
    Place("details", details.build, lambda view: view.reason),
    Place("observations", observations.build, lambda v: v.list.rows[0].other_edit, _say_other),
    Place("in_private", in_private.build, lambda view: view.code, _with_interpreter),
    Place("questions", questions.build, lambda view: view.own_words),
    Place("body_map", body_map.build, lambda view: view.editor.own_words, _add_mark),
    Place("summary", summary.build, lambda view: view.sentence),
    Place("next_steps", next_steps.build, lambda view: view.contact.reason),
    Place("next_steps", next_steps.build, lambda view: view.wish.words, _write_wish),
    Place("next_steps", next_steps.build, lambda view: view.call.receiver, _say_call),
)
IDS = [
    "visit reason", "other reason", "interpreter code", "own words", "mark", "judgement",
    "return reason", "child's view", "call",
]  # fmt: skip


@pytest.fixture(params=PLACES, ids=IDS)
def place(request: pytest.FixtureRequest) -> Place:
    found: Place = request.param
    return found


def arrive(bench: Bench, place: Place) -> Editor:
    view = bench.enter(place.name, place.build)
    place.ready(bench, view)
    return place.editor(view)


def type_over(editor: Editor, text: str) -> None:
    editor.selectAll()
    type_text(editor, text)


def opened(open_visit: OpenVisit) -> Bench:
    """A child's visit, because only there everything can be typed."""
    bench = open_visit(years=15)
    _private(bench)
    return bench


def test_words_are_there_again_after_the_step_was_left(open_visit: OpenVisit, place: Place) -> None:
    """Forward and back, with nothing chosen beside them."""
    bench = opened(open_visit)
    type_over(arrive(bench, place), WORDS)
    bench.enter("today", details.build)
    assert arrive(bench, place).value() == WORDS
    assert bench.problems == []


def test_words_are_in_the_store_although_nothing_carries_them(
    open_visit: OpenVisit, place: Place
) -> None:
    """What a lock, a pause or a crash leaves is what the store has."""
    bench = opened(open_visit)
    editor = arrive(bench, place)
    type_over(editor, WORDS)
    bench.window.navigator.current.leave()
    bench.settle()
    stored = screenings.load_screening(bench.session, bench.screening.screening_id)
    other = VisitContext(bench.work)
    other._screening = stored  # noqa: SLF001 a context that has only what the store has
    known = [*stored.drafts, TypedAt(TypedField.VISIT_REASON), TypedAt(TypedField.RETURN_REASON)]
    known += [TypedAt(TypedField.OTHER_EXPLANATION, link_id) for link_id in stored.answers]
    assert any(WORDS in other.shown(at) for at in known)


def test_too_long_a_text_stays_whole_and_says_so(open_visit: OpenVisit, place: Place) -> None:
    """Ten thousand characters: told at the field, kept, and blocking nothing."""
    bench = opened(open_visit)
    editor = arrive(bench, place)
    long = ("Збор. " * 1700).strip()
    editor.setFocus()
    editor.selectAll()
    paste(editor, long)
    bench.settle()
    note = length_note(bench, editor)
    assert "characters too many" in note.words
    assert note.isVisible()
    bench.enter("today", details.build)
    again = arrive(bench, place)
    assert again.value() == long
    assert "characters too many" in length_note(bench, again).words
    assert bench.problems == []
    assert bench.work.notices.banner is None


def paste(editor: Editor, text: str) -> None:
    if isinstance(editor, TextArea):
        editor.insertPlainText(text)
    else:
        editor.insert(text)
        editor.textEdited.emit(editor.text())


def length_note(bench: Bench, editor: Editor) -> LengthNote:
    notes = bench.window.findChildren(LengthNote)
    return next(note for note in notes if note._editor is editor)  # noqa: SLF001 whose note it is


def test_the_answer_is_kept_beside_words_that_are_too_long(open_visit: OpenVisit) -> None:
    """The answer of the patient does not hang on the length of her sentence."""
    bench = opened(open_visit)
    view = bench.enter("questions", questions.build)
    paste(view.own_words, "Збор. " * 1700)
    view.choices.chosen.emit(AnswerValue.YES)
    bench.settle()
    question = IndicatorId(str(view.shown))
    kept = bench.stored
    assert kept.answers[question].value is AnswerValue.YES
    assert kept.answers[question].own_words == ""
    view.own_words.setPlainText("He takes my passport")
    view.hand_over()
    kept = bench.stored
    assert kept.answers[question].own_words == "He takes my passport"
    assert kept.drafts == {}


def test_the_level_takes_the_sentence_that_waited(open_visit: OpenVisit) -> None:
    """Typed first, chosen later: they are one judgement."""
    bench = opened(open_visit)
    type_text(arrive(bench, PLACES[5]), "Calm, answers freely.")
    bench.enter("today", details.build)
    view = bench.enter("summary", summary.build)
    view.levels[ConcernLevel.SOME].click()
    kept = bench.stored
    assert kept.judgement is not None
    assert kept.judgement.sentence == "Calm, answers freely."
    assert kept.drafts == {}


def test_the_words_of_a_cleared_answer_stay_in_the_field(open_visit: OpenVisit) -> None:
    """Backspace takes the answer back, not what was said."""
    bench = opened(open_visit)
    view = bench.enter("questions", questions.build)
    type_text(view.own_words, WORDS)
    view.choices.chosen.emit(AnswerValue.YES)
    bench.settle()
    view.choices.chosen.emit(None)
    bench.settle()
    assert view.own_words.value() == WORDS
    assert bench.stored.answers == {}


def test_a_wrong_size_does_not_hold_up_the_words_of_a_mark(open_visit: OpenVisit) -> None:
    """The problem is at its own field; everything else about the mark is stored."""
    bench = opened(open_visit)
    view = bench.enter("body_map", body_map.build)
    view.add.click()
    view.editor.kind.setCurrentIndex(1)
    view.editor.place.setCurrentIndex(1)
    view.editor.place.activated.emit(1)
    view.editor.kind.activated.emit(1)
    bench.settle()
    type_text(view.editor.length, "about 5")
    type_text(view.editor.own_words, "a belt")
    view.hand_over()
    assert [mark.own_words for mark in bench.stored.marks] == ["a belt"]
    assert view.editor.length.value() == "about 5"
    assert view.editor.fields["length"].problem()


def test_the_log_does_not_fill_with_pauses_for_thought(open_visit: OpenVisit) -> None:
    """Twenty words with a pause after each are few entries: two have five seconds between."""
    bench = opened(open_visit)
    view = bench.enter("questions", questions.build)
    now = 1000.0
    view._typing._seconds = lambda: now  # noqa: SLF001 a clock that the test moves
    view._typing._last = 0.0  # noqa: SLF001
    due = []
    for _ in range(20):
        type_text(view.own_words, "word ")
        due.append(now + view._typing.remainingTime() / 1000)  # noqa: SLF001
        now += 1.0
        if due[-1] <= now:
            view.hand_over()
            view._typing._handed_over()  # noqa: SLF001
    bench.settle()
    assert 3 <= actions(bench.session).count("draft-kept") <= 5
    assert all(moment - 1000.0 - position <= 6.0 for position, moment in enumerate(due))


def test_a_field_counts_down_near_its_end(open_visit: OpenVisit) -> None:
    """Nobody learns of a limit only when it is passed."""
    bench = opened(open_visit)
    view = bench.enter("summary", summary.build)
    limit = LIMIT_OF[TypedField.JUDGEMENT]
    paste(view.sentence, "a" * (limit - 61))
    note = length_note(bench, view.sentence)
    assert note.words == ""
    paste(view.sentence, "a")
    assert note.words == "60 characters left"
    paste(view.sentence, "a" * 60)
    assert note.words == "0 characters left"
    paste(view.sentence, "a")
    assert note.words.startswith("1 character too many")
    assert "too many" in view.sentence.accessibleDescription()
    bench.settle()
    picture(bench.window, "typed-too-long-light")


def test_finishing_asks_about_words_that_are_not_part_of_the_visit(
    open_visit: OpenVisit,
) -> None:
    """Nothing blocks the end; but nobody finds the sentence missing on paper tomorrow."""
    bench = open_visit()
    type_text(arrive(bench, PLACES[5]), WORDS)
    asked = []
    bench.work.notices.asked.connect(lambda question, done: asked.append((question, done)))
    view = bench.enter("next_steps", next_steps.build)
    view.primary_pressed.emit()
    bench.settle()
    ((question, done),) = asked
    assert "Summary" in question.text
    assert not bench.stored.closed
    done(1)
    # No level and no outcome either: that is a question of its own.
    asked[1][1](1)
    assert bench.stored.closed
    assert isinstance(view.contact.reason.parentWidget(), Field)


def test_a_mark_is_never_put_where_nobody_put_it(open_visit: OpenVisit) -> None:
    """Words alone are no mark: no place and no kind is chosen by standing first."""
    bench = opened(open_visit)
    view = bench.enter("body_map", body_map.build)
    view.add.click()
    assert (view.editor.place.value(), view.editor.kind.value()) == (None, None)
    type_text(view.editor.own_words, WORDS)
    view.hand_over()
    assert bench.stored.marks == ()
