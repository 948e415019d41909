# SPDX-License-Identifier: GPL-3.0-or-later
"""Danger is its own question: what is not known never counts as safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion, suggest_danger

YES, NO, NOT_KNOWN = DangerAnswer.YES, DangerAnswer.NO, DangerAnswer.NOT_KNOWN
ORDER = [None, DangerLevel.NONE, DangerLevel.POSSIBLE, DangerLevel.IMMEDIATE]
answers = st.dictionaries(st.sampled_from(DangerQuestion), st.sampled_from(DangerAnswer))


def test_nothing_known_is_no_statement() -> None:
    """Before anybody asked, there is no level, not even none."""
    assert suggest_danger({}, is_child=False, urgent_finding=False) is None


def test_four_times_no_is_no_danger() -> None:
    """Only when every question was answered with no."""
    said = dict.fromkeys(DangerQuestion, NO)
    assert suggest_danger(said, is_child=False, urgent_finding=False) is DangerLevel.NONE
    del said[DangerQuestion.OTHERS_AT_RISK]
    assert suggest_danger(said, is_child=False, urgent_finding=False) is None


@pytest.mark.parametrize(
    "question", [DangerQuestion.HARM_IF_NOT_BACK, DangerQuestion.OTHERS_AT_RISK]
)
def test_one_yes_is_possible_danger(question: DangerQuestion) -> None:
    """A threat without the person nearby gives time to plan."""
    said = dict.fromkeys(DangerQuestion, NO) | {question: YES}
    assert suggest_danger(said, is_child=False, urgent_finding=False) is DangerLevel.POSSIBLE


def test_a_feared_person_nearby_with_a_threat_is_immediate() -> None:
    """And for a child the feared person alone is enough."""
    near = {DangerQuestion.FEARED_PERSON_NEAR: YES}
    threat = near | {DangerQuestion.HARM_IF_NOT_BACK: YES}
    assert suggest_danger(threat, is_child=False, urgent_finding=False) is DangerLevel.IMMEDIATE
    assert suggest_danger(near, is_child=False, urgent_finding=False) is DangerLevel.POSSIBLE
    assert suggest_danger(near, is_child=True, urgent_finding=False) is DangerLevel.IMMEDIATE


def test_a_clinical_emergency_is_immediate_whatever_was_said() -> None:
    """A sign that is an emergency in itself needs no answer."""
    said = dict.fromkeys(DangerQuestion, NO)
    assert suggest_danger(said, is_child=False, urgent_finding=True) is DangerLevel.IMMEDIATE


@given(answers, st.sampled_from(DangerQuestion), st.booleans(), st.booleans())
def test_yes_or_not_known_never_lowers_the_level(
    said: dict[DangerQuestion, DangerAnswer],
    question: DangerQuestion,
    is_child: bool,  # noqa: FBT001 a generated case
    urgent: bool,  # noqa: FBT001 a generated case
) -> None:
    """Learning of a danger, or of not knowing, never makes anybody safer on paper."""
    before = suggest_danger(said | {question: NO}, is_child=is_child, urgent_finding=urgent)
    for value in (NOT_KNOWN, YES):
        after = suggest_danger(said | {question: value}, is_child=is_child, urgent_finding=urgent)
        assert ORDER.index(after) >= ORDER.index(before)
