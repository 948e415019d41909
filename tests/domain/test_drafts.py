# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that wait: they stay until their own field holds something new, and count for nothing."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.drafts import (
    STEP_OF_FIELD,
    settled,
    shown_words,
    stored_words,
    with_draft,
    without_answer,
)
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.screening import Answer, Screening, ScreeningStatus
from pact_desktop.domain.text import DRAFT_LIMIT, TypedAt, TypedField
from tests.factories import a_screening

QUESTION = IndicatorId("Q1")
OWN_WORDS = TypedAt(TypedField.OWN_WORDS, QUESTION)
REASON = TypedAt(TypedField.VISIT_REASON)


def answered(visit: Screening, own_words: str, value: AnswerValue = AnswerValue.YES) -> Screening:
    answer = Answer(QUESTION, value, own_words=own_words)
    return replace(visit, answers={**visit.answers, QUESTION: answer})


@pytest.mark.parametrize("field", TypedField)
def test_every_field_can_hold_words_that_wait(field: TypedField) -> None:
    """What was typed is shown where it was typed, and the question at the end knows the step."""
    at = TypedAt(field, "Q1")
    visit = with_draft(a_screening(), at, "  He keeps my passport.  ")
    assert shown_words(visit, at) == "He keeps my passport."
    assert (stored_words(visit, at) or "") == ""
    assert field in STEP_OF_FIELD
    assert with_draft(visit, at, "").drafts == {}


def test_the_answer_takes_up_the_words_that_waited() -> None:
    """Afterwards they stand once, as the answer's own words."""
    visit = with_draft(a_screening(), OWN_WORDS, "He keeps my passport.")
    after = settled(visit, answered(visit, "He keeps my passport."))
    assert after.drafts == {}
    assert shown_words(after, OWN_WORDS) == "He keeps my passport."


def test_an_answer_without_the_words_leaves_them_waiting() -> None:
    """As when they are too long to be carried."""
    visit = with_draft(a_screening(), OWN_WORDS, "word " * 2000)
    after = settled(visit, answered(visit, ""))
    assert shown_words(after, OWN_WORDS).startswith("word word")


def test_clearing_an_answer_keeps_what_the_patient_said() -> None:
    """The wrong digit was pressed; the sentence was right."""
    visit = answered(a_screening(), "He keeps my passport.")
    after = settled(visit, without_answer(visit, QUESTION))
    assert QUESTION not in after.answers
    assert shown_words(after, OWN_WORDS) == "He keeps my passport."


def test_nothing_waits_with_a_visit_that_is_finished() -> None:
    """It stays as it is."""
    visit = replace(a_screening(), status=ScreeningStatus.COMPLETED)
    with pytest.raises(Refusal) as refused:
        with_draft(visit, REASON, "cough")
    assert refused.value.code is RefusalCode.SCREENING_CLOSED


def test_even_what_waits_has_an_end() -> None:
    """A whole book is refused in words, and nothing of it is cut off."""
    with pytest.raises(Refusal) as refused:
        with_draft(a_screening(), REASON, "a" * (DRAFT_LIMIT + 1))
    assert refused.value.code is RefusalCode.TEXT_TOO_LONG


@given(st.dictionaries(st.sampled_from(TypedField), st.text(min_size=1, max_size=40)))
def test_a_change_elsewhere_leaves_all_words_waiting(words: dict[TypedField, str]) -> None:
    """For every set of fields: another answer takes nothing away."""
    visit = a_screening()
    for field, text in words.items():
        visit = with_draft(visit, TypedAt(field, "Q1"), text)
    other = Answer(IndicatorId("Q2"), AnswerValue.NO, own_words="no")
    after = settled(visit, replace(visit, answers={IndicatorId("Q2"): other}))
    assert after.drafts == visit.drafts
