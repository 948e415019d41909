# SPDX-License-Identifier: GPL-3.0-or-later
"""Summary: reasons before levels, a person decides, and danger stands apart."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from pact_desktop.desktop.screens.summary import build
from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.indicators import (
    AnswerValue,
    Indicator,
    IndicatorId,
    ItemRole,
    VisitPart,
)
from pact_desktop.domain.screening import Answer, Judgement
from pact_desktop.services import screenings
from pact_desktop.storage import screening_changes
from tests.desktop.visit_support import (
    Bench,
    OpenVisit,
    accessible_problems,
    type_text,
)
from tests.factories import passphrase_of
from tests.private_part import open_private_part


@pytest.fixture
def bench(open_visit: OpenVisit) -> Bench:
    made = open_visit()
    open_private_part(made.session, made.screening.screening_id, language="und")
    return made


def _answer(bench: Bench, link_id: str, value: AnswerValue = AnswerValue.YES, **more: Any) -> None:
    screenings.record_answer(
        bench.session, bench.screening.screening_id, Answer(IndicatorId(link_id), value, **more)
    )


def _observed(bench: Bench, number: int) -> Indicator:
    used = bench.session.content.set_of(bench.screening)
    return used.part(VisitPart.OBSERVATIONS, is_child=False)[number]


def _disclose(bench: Bench) -> None:
    used = bench.session.content.set_of(bench.screening)
    told = next(item for item in used.items if item.role is ItemRole.DISCLOSURE)
    _answer(bench, told.link_id)


def _words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.text()]


def test_nothing_is_chosen_for_the_clinician(bench: Bench) -> None:
    """The suggestion is marked, and that is all it is."""
    _answer(bench, _observed(bench, 0).link_id)
    view = bench.enter("summary", build)
    assert view.chosen_level() is None
    assert view.levels[ConcernLevel.SOME].property("chipText") == "Suggested"
    assert view.levels[ConcernLevel.SOME].hasFocus()


def test_reasons_say_where_they_come_from(bench: Bench) -> None:
    """What was said, noticed and found stand apart, with row and question."""
    item = _observed(bench, 1)
    _answer(bench, _observed(bench, 0).link_id)
    _answer(bench, item.link_id, explanations=item.explanations[:1])
    _answer(bench, "Q1", AnswerValue.NO, own_words="he waits outside")
    words = _words(bench.enter("summary", build).reasons)
    assert "What the patient said" in words
    assert any("“he waits outside”" in line for line in words)
    assert "question 1" in words
    assert "row 1" in words
    assert any("not counted, because of: shyness" in line for line in words)
    assert any(line.startswith("Not asked or not answered: questions 2–8") for line in words)


def test_a_question_that_was_not_asked_says_why_or_that_nobody_said_it(bench: Bench) -> None:
    """Nothing has to be justified, and what is missing is not hidden."""
    _answer(bench, "Q1", AnswerValue.NOT_ASKED, not_asked_reason="He came in")
    _answer(bench, "Q2", AnswerValue.NOT_ASKED)
    words = _words(bench.enter("summary", build).reasons)
    assert "Question 1 was not asked: “He came in”" in words
    assert "Question 2 was not asked: Reason not stated" in words


def test_nothing_noted_is_said(bench: Bench) -> None:
    """An empty summary is a full result too."""
    view = bench.enter("summary", build)
    assert "Nothing was noted." in _words(view.reasons)
    assert view.levels[ConcernLevel.NONE].property("chipText") == "Suggested"


def test_no_number_is_shown_with_a_level(bench: Bench) -> None:
    """Level rows carry no digit that could be read as a score."""
    view = bench.enter("summary", build)
    for row in view.levels.values():
        assert not any(letter.isdigit() for letter in row.text() + row.property("hint"))


def test_raising_needs_no_reason_and_is_kept_at_once(bench: Bench) -> None:
    """Choosing is keeping."""
    view = bench.enter("summary", build)
    view.levels[ConcernLevel.STRONG].click()
    assert bench.stored.judgement.level is ConcernLevel.STRONG
    assert bench.stored.judgement.suggested is ConcernLevel.NONE


def test_without_a_level_the_problem_is_said(bench: Bench) -> None:
    """The primary stays enabled and says what is missing."""
    view = bench.enter("summary", build)
    assert view.footer.primary_enabled
    view.primary_pressed.emit()
    bench.settle()
    assert view.problems.isVisible()
    assert bench.stored.judgement is None


def test_lowering_asks_for_a_reason_in_place(bench: Bench) -> None:
    """Nothing is kept before the sentence is there."""
    _answer(bench, _observed(bench, 0).link_id)
    view = bench.enter("summary", build)
    view.levels[ConcernLevel.NONE].click()
    assert bench.stored.judgement is None
    view.primary_pressed.emit()
    bench.settle()
    assert view.sentence_field.problem()
    type_text(view.sentence, "Grandmother helps with the language.")
    view.primary_pressed.emit()
    bench.settle()
    assert bench.stored.judgement.level is ConcernLevel.NONE
    assert bench.stored.judgement.sentence == "Grandmother helps with the language."
    assert bench.work.navigator.current.objectName() == "next_steps"


def test_lowering_from_strong_needs_a_second_reader(bench: Bench) -> None:
    """A colleague confirms with name and passphrase; a wrong one changes nothing."""
    _disclose(bench)
    view = bench.enter("summary", build)
    assert view.levels[ConcernLevel.STRONG].property("chipText") == "Suggested"
    view.levels[ConcernLevel.SOME].click()
    type_text(view.sentence, "Said in another context.")
    view.primary_pressed.emit()
    bench.settle()
    dialog = view.second_reader
    assert dialog.isVisible()
    type_text(dialog.reader, "dren")
    dialog.passphrase.setFocus()
    dialog.passphrase.line.setText("not the right one")
    dialog.main.click()
    bench.settle()
    assert dialog.isVisible()
    assert dialog.passphrase_field.problem()
    assert dialog.passphrase.passphrase() == ""
    assert bench.stored.judgement is None
    type_text(dialog.passphrase.line, passphrase_of("dren"))
    dialog.main.click()
    bench.settle()
    judgement = bench.stored.judgement
    assert judgement.level is ConcernLevel.SOME
    assert judgement.second_reader not in {None, judgement.judged_by}
    assert bench.work.navigator.current.objectName() == "next_steps"


def test_danger_is_answered_apart_from_the_level(bench: Bench) -> None:
    """Four questions, a suggestion in words, and a level that a person sets."""
    view = bench.enter("summary", build)
    for question, segments in view.danger.question_segments().items():
        position = 0 if question is DangerQuestion.FEARED_PERSON_NEAR else 1
        segments.buttons()[position].click()
        bench.settle()
    view.danger.level.buttons()[1].click()
    stored = bench.stored
    assert stored.danger is DangerLevel.POSSIBLE
    assert stored.danger_answers[DangerQuestion.FEARED_PERSON_NEAR] is DangerAnswer.YES
    assert stored.judgement is None


def test_answered_danger_questions_become_a_short_list(bench: Bench) -> None:
    """Coming back, the answers are read and changed on request."""
    screenings.record_danger(
        bench.session, bench.screening.screening_id,
        dict.fromkeys(DangerQuestion, DangerAnswer.NO), None,
    )  # fmt: skip
    view = bench.enter("summary", build)
    assert view.danger.change.isVisible()
    view.danger.change.click()
    assert all(segments.isVisible() for segments in view.danger.question_segments().values())


def test_urgent_help_is_one_press_away(bench: Bench) -> None:
    """If danger is immediate, act first and write later."""
    asked: list[bool] = []
    bench.work.navigator.urgent_help_requested.connect(lambda: asked.append(True))
    view = bench.enter("summary", build)
    view.danger.urgent.click()
    assert asked == [True]


def test_the_rule_is_told_in_plain_words(bench: Bench) -> None:
    """Nobody has to trust it blindly."""
    view = bench.enter("summary", build)
    view.explained.emit()
    bench.settle()
    assert view.rule.isVisible()
    assert "Signs prove nothing." in view.rule.text.text()
    view.rule.reject()


def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    """Also the segments of the danger questions."""
    view = bench.enter("summary", build)
    assert accessible_problems(view) == []


def test_what_was_answered_on_the_other_path_is_shown_and_says_so(bench: Bench) -> None:
    """The path for children has no such question; the reason stands, and so does the level."""
    _answer(bench, "Q2", bench.session.content.adult.item(IndicatorId("Q2")).concern_when)
    screenings.change_details(bench.session, bench.screening.screening_id, is_child=True)
    view = bench.enter("summary", build)
    words = _words(view.reasons)
    assert bench.session.content.adult.text("Q2.full", "en") in words
    assert "Question set for adults" in words
    assert view.levels[ConcernLevel.SOME].property("chipText") == "Suggested"


def _colleague_sets(bench: Bench, level: ConcernLevel, words: str = "") -> None:
    """As it stands in the record after a colleague has judged the same visit."""
    with bench.session.store.changing(
        AuditEvent(AuditAction.JUDGEMENT_RECORDED, bench.screening.case_number)
    ) as connection:
        raised = Judgement(
            level=level, suggested=ConcernLevel.NONE, sentence=words,
            judged_by=AccountId("somebody-else"), judged_at=bench.session.now,
        )  # fmt: skip
        before = bench.screening
        screening_changes.save_screening(
            connection, before, before.with_judgement(raised), at=bench.session.now, sitting=""
        )


def test_a_colleagues_sentence_stands_beside_the_field_and_not_in_it(bench: Bench) -> None:
    """In the field it would pass as one's own reason; going on leaves it hers."""
    _colleague_sets(bench, ConcernLevel.SOME, "She waits for her papers.")
    view = bench.enter("summary", build)
    assert view.typed_sentence() == ""
    assert view.chosen_level() is ConcernLevel.SOME
    words = [w for w in _words(view) if "“She waits for her papers.”" in w]
    assert words
    assert words[0].startswith("A colleague set this level")
    view.primary_pressed.emit()
    bench.settle()
    assert bench.work.navigator.current.objectName() == "next_steps"
    assert bench.stored.judgement.judged_by == AccountId("somebody-else")
    assert bench.stored.judgement.sentence == "She waits for her papers."


def test_ones_own_sentence_makes_the_level_ones_own(bench: Bench) -> None:
    """The colleague's stays in the record before it, and is not asked about again."""
    _colleague_sets(bench, ConcernLevel.SOME, "She waits for her papers.")
    view = bench.enter("summary", build)
    type_text(view.sentence, "He keeps her papers.")
    view.primary_pressed.emit()
    bench.settle()
    made = bench.stored.judgement
    assert (made.judged_by, made.sentence) == (
        bench.session.account.account_id, "He keeps her papers.",
    )  # fmt: skip
    assert [one.sentence for one in bench.stored.earlier_judgements] == [
        "She waits for her papers."
    ]
    view = bench.enter("summary", build)
    assert view.typed_sentence() == "He keeps her papers."
    assert not any("She waits" in words for words in _words(view.work_area) if words)


def test_a_colleagues_level_is_not_passed_by_pressing_it_first(bench: Bench) -> None:
    """Repeated and then lowered: the screen asks for the reason as it did before."""
    nurse, at = bench.session.account, bench.screening.screening_id
    _colleague_sets(bench, ConcernLevel.REASONABLE)
    screenings.judge(bench.session, at, ConcernLevel.REASONABLE, "")
    view = bench.enter("summary", build)
    view.levels[ConcernLevel.NONE].click()
    assert bench.stored.judgement.level is ConcernLevel.REASONABLE
    assert bench.stored.judgement.judged_by == nurse.account_id
