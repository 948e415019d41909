# SPDX-License-Identifier: GPL-3.0-or-later
"""The concern rule over generated sets: more signs never mean less concern."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.concern import Concern, ConcernLevel, NotCounted, RuleLine, suggest_concern
from pact_desktop.domain.indicators import (
    AgeGroup,
    AnswerValue,
    Element,
    EnableWhen,
    Indicator,
    IndicatorId,
    IndicatorSet,
    ItemRole,
    LearnedBy,
    Strength,
    VisitPart,
)
from pact_desktop.domain.screening import Answer, effective_answers
from tests.factories import a_question, a_set, an_answer, an_item

YES, NO = AnswerValue.YES, AnswerValue.NO
LEARNED = (LearnedBy.OBSERVED, LearnedBy.CLINICAL, LearnedBy.HISTORY, LearnedBy.ASKED)


@st.composite
def items(draw: st.DrawFn, number: int, ages: tuple[AgeGroup, ...]) -> Indicator:
    """A sign or a question of any strength, domain and element."""
    question = draw(st.integers(0, 9)) < 2
    make = a_question if question else an_item
    changes: dict[str, Any] = {
        "domain": draw(st.sampled_from(("D1", "D2", "D6", "D8"))),
        "age": draw(st.sampled_from(ages)),
        "strength": draw(st.sampled_from(Strength)),
        "elements": tuple(draw(st.sets(st.sampled_from(Element), max_size=2))),
    }
    if not question:
        changes["learned_by"] = draw(st.sampled_from(LEARNED))
        changes["role"] = draw(st.sampled_from((ItemRole.INDICATOR,) * 5 + (ItemRole.DISCLOSURE,)))
    return make(f"I{number:02}", **changes)


@st.composite
def small_sets(draw: st.DrawFn, ages: tuple[AgeGroup, ...] = (AgeGroup.BOTH,)) -> IndicatorSet:
    count = draw(st.integers(1, 8))
    return a_set(*(draw(items(number, ages)) for number in range(count)))


@st.composite
def answered(draw: st.DrawFn, of: IndicatorSet) -> dict[IndicatorId, Answer]:
    """Some items answered, some of the signs explained."""
    said = {}
    for item in of.items:
        value = draw(st.sampled_from((None, *item.answers)))
        if value is not None:
            reasons = ("shyness",) if draw(st.booleans()) and item.explanations else ()
            said[item.link_id] = Answer(item.link_id, value, explanations=reasons)
    return said


def level(of: IndicatorSet, said: dict[IndicatorId, Answer], **how: Any) -> ConcernLevel:
    return concern(of, said, **how).level


def concern(
    of: IndicatorSet,
    said: dict[IndicatorId, Answer],
    *,
    is_child: bool = False,
    staff_concern: bool = False,
) -> Concern:
    in_force = effective_answers(of, said, is_child=is_child)
    return suggest_concern(of, in_force, is_child=is_child, staff_concern=staff_concern)


def yes(*link_ids: str, **changes: Any) -> dict[IndicatorId, Answer]:
    return {IndicatorId(one): an_answer(one, **changes) for one in link_ids}


@given(st.data(), st.booleans(), st.booleans())
def test_one_more_sign_never_lowers_the_level(
    data: st.DataObject,
    is_child: bool,  # noqa: FBT001 a generated case
    worried: bool,  # noqa: FBT001 a generated case
) -> None:
    """Whatever stands already, marking a further sign keeps or raises the level."""
    of = data.draw(small_sets())
    said = data.draw(answered(of))
    before = level(of, said, is_child=is_child, staff_concern=worried)
    further = data.draw(st.sampled_from(of.items))
    now = said | {further.link_id: Answer(further.link_id, further.concern_when)}
    assert level(of, now, is_child=is_child, staff_concern=worried) >= before


@given(st.data())
def test_a_child_is_never_below_an_adult_with_the_same_answers(data: st.DataObject) -> None:
    """On a set for everybody the child path only raises."""
    of = data.draw(small_sets())
    said = data.draw(answered(of))
    assert level(of, said, is_child=True) >= level(of, said)


@given(st.data(), st.booleans())
def test_what_is_not_answered_never_lowers_the_level(
    data: st.DataObject,
    is_child: bool,  # noqa: FBT001 a generated case
) -> None:
    """`No`, `not seen`, `prefers not to say` and silence are the same for the level."""
    of = data.draw(small_sets())
    said = data.draw(answered(of))
    worrying = {
        link_id: answer
        for link_id, answer in said.items()
        if answer.value is of.item(link_id).concern_when
    }
    assert level(of, said, is_child=is_child) == level(of, worrying, is_child=is_child)


@given(st.data(), st.booleans())
def test_hidden_answers_never_count(
    data: st.DataObject,
    is_child: bool,  # noqa: FBT001 a generated case
) -> None:
    """A sign behind a closed question changes neither the level nor the reasons."""
    of = data.draw(small_sets())
    said = data.draw(answered(of))
    gate = a_question("GATE")
    hidden = an_item(
        "HIDDEN",
        strength=Strength.STRONG,
        role=data.draw(st.sampled_from((ItemRole.INDICATOR, ItemRole.DISCLOSURE))),
        enable_when=(EnableWhen(gate.link_id, YES),),
    )
    wider = a_set(*of.items, gate, hidden)
    closed = said | yes("HIDDEN") | {gate.link_id: an_answer("GATE", NO)}
    open_but_unmarked = said | {gate.link_id: an_answer("GATE", NO)}
    assert concern(wider, closed, is_child=is_child) == concern(
        wider, open_but_unmarked, is_child=is_child
    )


@given(st.data(), st.booleans())
def test_an_explanation_cancels_only_weak_and_medium_that_were_not_said(
    data: st.DataObject,
    is_child: bool,  # noqa: FBT001 a generated case
) -> None:
    """What is strong, and what the patient said, stands whatever explains it."""
    of = data.draw(small_sets())
    said = data.draw(answered(of))
    for reason in concern(of, said, is_child=is_child).reasons:
        item = of.item(reason.link_id)
        firm = (
            item.role is not ItemRole.INDICATOR
            or item.strength_for(is_child=is_child) is Strength.STRONG
            or item.learned_by is LearnedBy.ASKED
        )
        assert reason.counted == (firm or not said[reason.link_id].explained)


@given(st.data())
def test_items_for_the_other_age_never_count(data: st.DataObject) -> None:
    """A child's level rests on a child's items alone."""
    of = data.draw(small_sets((AgeGroup.ADULT, AgeGroup.CHILD)))
    said = data.draw(answered(of))
    for is_child, own in ((True, AgeGroup.CHILD), (False, AgeGroup.ADULT)):
        reasons = concern(of, said, is_child=is_child).reasons
        assert all(of.item(reason.link_id).age is own for reason in reasons)


STRONG, WEAK = Strength.STRONG, Strength.WEAK
ACT, MEANS, EXPLOITATION = Element.ACT, Element.MEANS, Element.EXPLOITATION
TABLE = a_set(
    an_item("S1", strength=STRONG, domain="D6", elements=(MEANS,)),
    an_item("S2", strength=STRONG, domain="D8", elements=(EXPLOITATION,)),
    an_item("S3", strength=STRONG, domain="D6"),
    an_item("M1", domain="D1"),
    an_item("M2", domain="D9", elements=(ACT,)),
    an_item("M3", domain="D1"),
    an_item("M4", domain="D1"),
    an_item("W1", strength=WEAK, domain="D1"),
    an_item("W2", strength=WEAK, domain="D2"),
    a_question("Q1"),
    a_question("Q2", concern_when=NO),
    a_question("G1", role=ItemRole.INDICATOR, strength=Strength.MEDIUM, domain="D6"),
    a_question("G2", role=ItemRole.INDICATOR, strength=WEAK, domain="D6"),
    a_question("D0", role=ItemRole.DISCLOSURE),
    an_item("N1", role=ItemRole.PROTECTIVE, lowers_domains=("D1",), domain="D12"),
)


@pytest.mark.parametrize(
    ("marked", "expected", "line"),
    [
        ((), ConcernLevel.NONE, RuleLine.NOTHING),
        (("W1",), ConcernLevel.NONE, RuleLine.ONE_WEAK_SIGN),
        (("W1", "W2"), ConcernLevel.SOME, RuleLine.SOME_SIGNS),
        (("M1",), ConcernLevel.SOME, RuleLine.SOME_SIGNS),
        (("S1",), ConcernLevel.SOME, RuleLine.SOME_SIGNS),
        (("Q1",), ConcernLevel.SOME, RuleLine.WORRYING_ANSWER),
        (("S1", "W1"), ConcernLevel.REASONABLE, RuleLine.COUNT),
        (("S1", "S3"), ConcernLevel.SOME, RuleLine.SOME_SIGNS),
        (("M1", "M3", "M4"), ConcernLevel.SOME, RuleLine.SOME_SIGNS),
        (("M1", "M3", "M2"), ConcernLevel.REASONABLE, RuleLine.COUNT),
        (("M1", "M3", "W2"), ConcernLevel.REASONABLE, RuleLine.COUNT),
        (("M1", "M2"), ConcernLevel.SOME, RuleLine.SOME_SIGNS),
        (("S1", "G2"), ConcernLevel.REASONABLE, RuleLine.COUNT),
        (("S1", "S2"), ConcernLevel.REASONABLE, RuleLine.COUNT),
        (("S1", "S2", "M2"), ConcernLevel.STRONG, RuleLine.COUNT_AND_ELEMENTS),
        (("D0",), ConcernLevel.STRONG, RuleLine.DISCLOSED),
        (("D0", "N1"), ConcernLevel.STRONG, RuleLine.DISCLOSED),
        (("M1", "N1"), ConcernLevel.NONE, RuleLine.NOTHING),
        (("S1", "M1", "N1"), ConcernLevel.SOME, RuleLine.SOME_SIGNS),
    ],
)
def test_each_line_of_the_rule_for_an_adult(
    marked: tuple[str, ...], expected: ConcernLevel, line: RuleLine
) -> None:
    """The table of levels, from the top; every level can be reached."""
    found = concern(TABLE, yes(*marked))
    assert (found.level, found.line) == (expected, line)


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ((), ConcernLevel.NONE),
        (("W1",), ConcernLevel.NONE),
        (("M1",), ConcernLevel.REASONABLE),
        (("S1", "W1"), ConcernLevel.STRONG),
        (("S2", "M2"), ConcernLevel.STRONG),
        (("D0",), ConcernLevel.STRONG),
    ],
)
def test_a_child_is_one_level_up_and_needs_no_means(
    marked: tuple[str, ...], expected: ConcernLevel
) -> None:
    """Nothing stays nothing; some and reasonable move up by one."""
    assert level(TABLE, yes(*marked), is_child=True) == expected


def test_a_question_can_worry_with_no() -> None:
    """`Do you feel safe?` - no."""
    said = {IndicatorId("Q2"): an_answer("Q2", NO)}
    assert concern(TABLE, said).line is RuleLine.WORRYING_ANSWER


def test_the_concern_of_staff_alone_is_some_concern() -> None:
    """A feeling without an item is heard."""
    found = concern(TABLE, {}, staff_concern=True)
    assert (found.level, found.line) == (ConcernLevel.SOME, RuleLine.STAFF_CONCERN)


def test_what_is_not_counted_stays_visible_with_its_reason() -> None:
    """An explained sign and one set against protective information are shown, not dropped."""
    said = yes("M1", "N1") | yes("M2", explanations=("shyness",))
    reasons = {reason.link_id: reason for reason in concern(TABLE, said).reasons}
    assert reasons[IndicatorId("M1")].not_counted is NotCounted.PROTECTIVE
    assert reasons[IndicatorId("M1")].protective == "N1"
    assert reasons[IndicatorId("M2")].not_counted is NotCounted.EXPLAINED


def test_what_was_not_answered_is_listed() -> None:
    """`Prefers not to say` is no answer to the question, and no `no` either."""
    said = {IndicatorId("Q1"): an_answer("Q1", AnswerValue.PREFERS_NOT_TO_SAY)}
    assert concern(TABLE, said).unanswered == ("Q1", "Q2")


def test_findings_count_like_observations() -> None:
    """A sign found on examination is a sign."""
    of = a_set(
        an_item("B1", part=VisitPart.FINDINGS, learned_by=LearnedBy.CLINICAL, domain="D3"),
        an_item("A1", strength=STRONG, domain="D6"),
    )
    assert level(of, yes("B1", "A1")) is ConcernLevel.REASONABLE
