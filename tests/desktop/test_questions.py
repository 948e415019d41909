# SPDX-License-Identifier: GPL-3.0-or-later
"""Questions: locked until privacy is confirmed, one at a time, and every one may be left out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.screens.questions import build
from pact_desktop.domain.indicators import AnswerValue, IndicatorId, ItemRole, VisitPart
from tests.desktop.visit_support import (
    Bench,
    OpenVisit,
    accessible_problems,
    type_text,
)
from tests.private_part import open_private_part

KEY = Qt.Key
FIRST, SECOND, THIRD = (IndicatorId(f"Q{number}") for number in (1, 2, 3))


def _private(bench: Bench, language: str = "ar") -> None:
    open_private_part(
        bench.session, bench.screening.screening_id, interpreter_code="14", language=language
    )


@pytest.fixture
def bench(open_visit: OpenVisit) -> Bench:
    made = open_visit()
    _private(made)
    return made


def test_nothing_is_asked_before_privacy_is_confirmed(open_visit: OpenVisit) -> None:
    """Outside a private moment the step shows no question at all."""
    bench = open_visit()
    view = bench.enter("questions", build)
    assert view.again.isVisible()
    assert not view.question_card.isVisible()
    assert bench.problems == []


def test_a_digit_answers_and_is_kept(bench: Bench) -> None:
    """1 to 5 answer; the order never changes."""
    view = bench.enter("questions", build)
    bench.key(KEY.Key_4)
    assert view.choices.value() is AnswerValue.PREFERS_NOT_TO_SAY
    assert bench.stored.answers[FIRST].value is AnswerValue.PREFERS_NOT_TO_SAY


def test_enter_goes_to_the_next_question(bench: Bench) -> None:
    """One question at a time, forward by Enter and back by the footer."""
    view = bench.enter("questions", build)
    bench.key(KEY.Key_4)
    QTest.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    bench.settle()
    assert view.progress.accessibleName() == "Question 2 of 8"
    view.back_pressed.emit()
    bench.settle()
    assert view.progress.accessibleName() == "Question 1 of 8"
    assert view.choices.value() is AnswerValue.PREFERS_NOT_TO_SAY


def test_a_worrying_answer_opens_only_its_own_follow_ups(bench: Bench) -> None:
    """What would happen is ticked beside the answer, and kept tick by tick."""
    view = bench.enter("questions", build)
    assert not view.follow_ups.isVisible()
    bench.key(KEY.Key_2)
    assert view.follow_ups.isVisible()
    link_id, box = next(iter(view.follow_ups.boxes.items()))
    box.click()
    assert bench.stored.answers[link_id].value is AnswerValue.YES
    view.follow_ups.boxes[link_id].click()
    assert link_id not in bench.stored.answers


def test_an_answer_that_hides_ticks_says_so_and_offers_undo(bench: Bench) -> None:
    """Nothing disappears silently."""
    said = []
    bench.work.notices.said.connect(said.append)
    view = bench.enter("questions", build)
    item = next(
        item
        for item in bench.visit.indicator_set.part(VisitPart.QUESTIONS, is_child=False)
        if len(item.enable_when) == 1
    )
    condition = item.enable_when[0]
    while view.shown != condition.question:
        bench.key(KEY.Key_5)
        view.next_wanted.emit()
        bench.settle()
    worried, calm = (KEY.Key_1, KEY.Key_2)
    if condition.answer is AnswerValue.NO:
        worried, calm = calm, worried
    bench.key(worried)
    view.follow_ups.boxes[item.link_id].click()
    bench.settle()
    view.first_focus().setFocus()
    bench.key(calm)
    assert len(said) == 1
    said[0].action()
    bench.settle()
    assert view.choices.value() is condition.answer
    assert view.follow_ups.boxes[item.link_id].isChecked()


def test_own_words_are_kept_as_they_were_said(bench: Bench) -> None:
    """In any script, and before the step is left."""
    view = bench.enter("questions", build)
    bench.key(KEY.Key_2)
    type_text(view.own_words, "Ако заминам, тој ми го зема пасошот")
    bench.enter("today", build)
    assert bench.stored.answers[FIRST].own_words == "Ако заминам, тој ми го зема пасошот"


def test_words_typed_before_an_answer_wait_for_it(bench: Bench) -> None:
    """They are kept together with the answer, and nobody types them twice."""
    view = bench.enter("questions", build)
    type_text(view.own_words, "not at home")
    view.first_focus().setFocus()
    bench.key(KEY.Key_2)
    assert bench.stored.answers[FIRST].own_words == "not at home"


def test_why_it_was_not_asked_can_be_said(bench: Bench) -> None:
    """The reason appears only with "Not asked"."""
    view = bench.enter("questions", build)
    assert not view.reason_field.isVisible()
    bench.key(KEY.Key_5)
    assert view.reason_field.isVisible()
    type_text(view.reason, "does not work")
    bench.enter("today", build)
    assert bench.stored.answers[FIRST].not_asked_reason == "does not work"


def test_after_three_answers_without_worry_nothing_more_needs_to_be_asked(bench: Bench) -> None:
    """The rest stays open by choice."""
    view = bench.enter("questions", build)
    for digit in (KEY.Key_1, KEY.Key_2, KEY.Key_1):
        bench.key(digit)
        view.next_wanted.emit()
        bench.settle()
    assert view.enough.isVisible()
    view.asked_on.emit()
    bench.settle()
    assert view.progress.accessibleName() == "Question 4 of 8"
    view.next_wanted.emit()
    bench.settle()
    assert view.progress.accessibleName() == "Question 5 of 8"


def test_a_clear_statement_can_be_ticked_under_any_question(bench: Bench) -> None:
    """The patient may say it at any time."""
    view = bench.enter("questions", build)
    link_id, box = next(iter(view.disclosures.boxes.items()))
    assert bench.visit.indicator_set.item(link_id).role is ItemRole.DISCLOSURE
    box.click()
    assert bench.stored.answers[link_id].value is AnswerValue.YES


def test_stop_here_leaves_the_questions_at_once(bench: Bench) -> None:
    """No question, no reproach: the rest stays unanswered."""
    view = bench.enter("questions", build)
    view.stop.click()
    bench.settle()
    assert bench.work.navigator.current.objectName() == "summary"


def test_the_cover_ends_the_private_part_and_keeps_what_was_typed(bench: Bench) -> None:
    """Afterwards the question waits until privacy is confirmed again."""
    view = bench.enter("questions", build)
    bench.key(KEY.Key_2)
    type_text(view.own_words, "he waits outside")
    bench.window.cover()
    bench.settle()
    bench.window.uncover()
    bench.settle()
    assert not bench.stored.private_now
    assert bench.stored.answers[FIRST].own_words == "he waits outside"
    assert view.again.isVisible()
    assert view.own_words.value() == "he waits outside"


def test_the_patient_can_read_the_question_in_their_language(bench: Bench) -> None:
    """Right to left where the language is, and large on request."""
    view = bench.enter("questions", build)
    words = bench.visit.indicator_set.words.get("ar", {}).get("Q1.ask", "")
    assert view.sentence.sentence.isVisible() == bool(words)
    assert view.sentence.missing.isVisible() != bool(words)
    if words:
        assert view.sentence.sentence.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    """Also the follow-up boxes, which repeat from question to question."""
    view = bench.enter("questions", build)
    bench.key(KEY.Key_2)
    assert accessible_problems(view) == []
