# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit may hold only what may be asked now, and loses nothing on the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import (
    AgeGroup,
    AnswerValue,
    EnableWhen,
    IndicatorId,
    ItemRole,
    LearnedBy,
)
from pact_desktop.domain.screening import (
    Alone,
    BodyMark,
    BodyView,
    ChildSteps,
    InterpreterMode,
    Involved,
    Judgement,
    MarkKind,
    PrivateMoment,
    Screening,
    ScreeningStatus,
    effective_answers,
    is_enabled,
    next_question,
)
from tests.factories import (
    MONDAY_MORNING,
    a_question,
    a_screening,
    a_set,
    an_answer,
    an_item,
)

YES, NO = AnswerValue.YES, AnswerValue.NO


def a_moment(**changes: object) -> PrivateMoment:
    known: dict[str, object] = {
        "alone": Alone.YES,
        "interpreter": InterpreterMode.NOT_NEEDED,
        "interpreter_code": "",
        "limits_said": True,
        "language": "sr",
        "confirmed_at": MONDAY_MORNING,
        "confirmed_by": AccountId("nadia"),
    }
    return PrivateMoment(**(known | changes))  # type: ignore[arg-type]  # values of several types


def in_private(**changes: object) -> Screening:
    return a_screening(**changes).with_private_moment(a_moment())


def refusal_of(change: object, *args: object) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        change(*args)  # type: ignore[operator]  # any method of a visit
    assert isinstance(refused.value.code, RefusalCode)
    return refused.value.code


def test_a_question_waits_for_the_private_moment() -> None:
    """Nothing is asked in front of a companion, and nothing after the moment is over."""
    small = a_set()
    assert refusal_of(a_screening().with_answer, small, an_answer("Q1")) is RefusalCode.NOT_PRIVATE
    private = in_private()
    assert private.with_answer(small, an_answer("Q1")).answers
    over = private.without_privacy(MONDAY_MORNING + timedelta(minutes=5))
    assert refusal_of(over.with_answer, small, an_answer("Q1")) is RefusalCode.NOT_PRIVATE


def test_an_asked_sign_among_the_observations_waits_as_well() -> None:
    """How it is learned decides, not where it stands."""
    small = a_set(an_item("A09", learned_by=LearnedBy.ASKED))
    assert refusal_of(a_screening().with_answer, small, an_answer("A09")) is RefusalCode.NOT_PRIVATE


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (a_moment(alone=Alone.NO), RefusalCode.NOT_PRIVATE),
        (a_moment(limits_said=False), RefusalCode.LIMITS_NOT_SAID),
        (a_moment(alone=Alone.WITH_INTERPRETER), RefusalCode.INTERPRETER_NOT_NEUTRAL),
        (a_moment(interpreter=InterpreterMode.BY_PHONE), RefusalCode.INTERPRETER_NOT_NEUTRAL),
    ],
)
def test_the_private_moment_needs_all_its_parts(moment: PrivateMoment, code: RefusalCode) -> None:
    """Alone, a neutral interpreter where one is needed, and the limits said first."""
    assert refusal_of(a_screening().with_private_moment, moment) is code


def test_only_offered_answers_to_known_open_items_are_taken() -> None:
    """A wrong item, a wrong answer and a hidden follow-up are refused, and nothing changes."""
    small, private = a_set(), in_private()
    assert refusal_of(private.with_answer, small, an_answer("X9")) is RefusalCode.INDICATOR_UNKNOWN
    assert (
        refusal_of(private.with_answer, small, an_answer("A01", AnswerValue.NOT_ASKED))
        is RefusalCode.ANSWER_NOT_OFFERED
    )
    assert refusal_of(private.with_answer, small, an_answer("G01")) is RefusalCode.ITEM_DISABLED
    assert private.answers == {}


def test_a_follow_up_that_closes_keeps_its_answer_but_has_no_value() -> None:
    """Changing an answer and changing it back brings the follow-up's answer back as it was."""
    small = a_set()
    answered = in_private().with_answer(small, an_answer("Q1")).with_answer(small, an_answer("G01"))
    hidden = answered.with_answer(small, an_answer("Q1", NO))
    assert IndicatorId("G01") in hidden.answers
    assert IndicatorId("G01") not in effective_answers(small, hidden.answers, is_child=False)
    again = hidden.with_answer(small, an_answer("Q1"))
    assert effective_answers(small, again.answers, is_child=False) == answered.answers


def test_a_chain_of_follow_ups_closes_as_a_whole() -> None:
    """What hangs on a hidden answer is hidden too; a circle opens nothing."""
    chain = a_set(
        a_question("Q1"),
        a_question("Q2", enable_when=(EnableWhen(IndicatorId("Q1"), YES),)),
        a_question("Q3", enable_when=(EnableWhen(IndicatorId("Q2"), YES),)),
        a_question("C1", enable_when=(EnableWhen(IndicatorId("C2"), YES),)),
        a_question("C2", enable_when=(EnableWhen(IndicatorId("C1"), YES),)),
    )
    said = {answer.link_id: answer for answer in map(an_answer, ("Q2", "C1", "C2"))}
    for link_id in ("Q2", "Q3", "C1", "C2"):
        assert not is_enabled(chain, IndicatorId(link_id), said, is_child=False)


def test_items_for_another_age_are_closed() -> None:
    """A child is never asked an adult's question."""
    mixed = a_set(an_item("A01", age=AgeGroup.ADULT), an_item("K01", age=AgeGroup.CHILD))
    child = a_screening(is_child=True)
    assert refusal_of(child.with_answer, mixed, an_answer("A01")) is RefusalCode.ITEM_DISABLED
    assert child.with_answer(mixed, an_answer("K01")).answers


@pytest.mark.parametrize("status", [ScreeningStatus.COMPLETED, ScreeningStatus.STOPPED])
def test_a_concluded_visit_takes_nothing_more(status: ScreeningStatus) -> None:
    """What was concluded stays as it was."""
    closed = a_screening(status=status)
    assert refusal_of(closed.with_answer, a_set(), an_answer("A01")) is RefusalCode.SCREENING_CLOSED
    assert refusal_of(closed.with_private_moment, a_moment()) is RefusalCode.SCREENING_CLOSED
    assert refusal_of(closed.without_mark, "m") is RefusalCode.SCREENING_CLOSED


def test_three_quiet_answers_are_enough_to_stop_asking() -> None:
    """When nothing worries in the first three questions, no further one is put forward."""
    long = a_set(*(a_question(f"Q{n}") for n in range(1, 6)))
    quiet = {a.link_id: a for a in (an_answer(f"Q{n}", NO) for n in (1, 2, 3))}
    assert next_question(long, {}, is_child=False) == "Q1"
    assert next_question(long, quiet, is_child=False) is None
    unsaid = quiet | {IndicatorId("Q2"): an_answer("Q2", AnswerValue.PREFERS_NOT_TO_SAY)}
    assert next_question(long, unsaid, is_child=False) == "Q4"


def test_a_question_that_worries_with_no_is_asked_on_after_no() -> None:
    """`Are you safe?` - no."""
    asked = a_set(*(a_question(f"Q{n}", concern_when=NO) for n in range(1, 5)))
    said = {a.link_id: a for a in (an_answer(f"Q{n}", NO) for n in (1, 2, 3))}
    assert next_question(asked, said, is_child=False) == "Q4"


@pytest.mark.parametrize(
    "wrong",
    [{"x": -0.1}, {"x": 1.01}, {"y": 2.0}, {"length_mm": 0}, {"width_mm": 2001}],
)
def test_a_mark_outside_the_figure_or_of_impossible_size_is_refused(
    wrong: dict[str, float],
) -> None:
    """A mark must be somewhere on the body."""
    known: dict[str, object] = {"x": 0.5, "y": 0.5}
    with pytest.raises(Refusal) as refused:
        BodyMark("m", BodyView.FRONT, "left-wrist", kind=MarkKind.BRUISE, **(known | wrong))  # type: ignore[arg-type]  # values of several types
    assert refused.value.code is RefusalCode.MARK_INVALID


def test_a_corrected_mark_keeps_its_number() -> None:
    """The legend on paper counts in this order."""
    one = BodyMark("one", BodyView.FRONT, "left-wrist", 0.1, 0.1, MarkKind.BRUISE)
    two = BodyMark("two", BodyView.BACK, "neck", 0.2, 0.2, MarkKind.SCAR)
    changed = BodyMark("one", BodyView.FRONT, "left-wrist", 0.3, 0.1, MarkKind.BURN)
    marked = a_screening(no_mark_seen=True).with_mark(one).with_mark(two).with_mark(changed)
    assert marked.marks == (changed, two)
    assert not marked.no_mark_seen
    assert marked.without_mark("one").marks == (two,)


def a_judgement(**changes: object) -> Judgement:
    known: dict[str, object] = {
        "level": ConcernLevel.SOME,
        "suggested": ConcernLevel.REASONABLE,
        "sentence": "Explained by her sister, who is her guardian.",
        "judged_by": AccountId("nadia"),
        "judged_at": MONDAY_MORNING,
    }
    return Judgement(**(known | changes))  # type: ignore[arg-type]  # values of several types


def test_a_level_is_lowered_with_a_reason_only() -> None:
    """Raising it, or keeping it, needs none."""
    assert a_judgement().level is ConcernLevel.SOME
    assert a_judgement(level=ConcernLevel.STRONG, sentence="").sentence == ""
    with pytest.raises(Refusal) as refused:
        a_judgement(sentence="  ")
    assert refused.value.code is RefusalCode.REASON_MISSING


@pytest.mark.parametrize("reader", [None, AccountId("nadia")])
def test_strong_is_lowered_by_two_people_only(reader: AccountId | None) -> None:
    """Nobody is her own second reader."""
    with pytest.raises(Refusal) as refused:
        a_judgement(suggested=ConcernLevel.STRONG, second_reader=reader)
    assert refused.value.code is RefusalCode.SECOND_READER_MISSING
    assert a_judgement(suggested=ConcernLevel.STRONG, second_reader=AccountId("dren"))


def test_a_colleagues_level_is_lowered_like_a_suggestion() -> None:
    """One's own is a slip of the hand that may be corrected."""
    earlier = a_judgement(level=ConcernLevel.STRONG, judged_by=AccountId("dren"))
    lower = a_judgement(level=ConcernLevel.SOME, suggested=ConcernLevel.NONE, sentence="")
    with pytest.raises(Refusal) as refused:
        lower.require_beside([earlier])
    assert refused.value.code is RefusalCode.REASON_MISSING
    with pytest.raises(Refusal) as refused:
        replace(lower, sentence="Spoke to her again.").require_beside([earlier])
    assert refused.value.code is RefusalCode.SECOND_READER_MISSING
    lower.require_beside([replace(earlier, judged_by=lower.judged_by)])
    lower.require_beside([])


def test_a_repeated_level_does_not_become_ones_own() -> None:
    """A second press is no way round the colleague."""
    raised = a_judgement(level=ConcernLevel.STRONG, suggested=ConcernLevel.NONE)
    repeated = replace(raised, judged_by=AccountId("dren"), sentence="")
    lower = replace(repeated, level=ConcernLevel.NONE)
    visit = a_screening().with_judgement(raised).with_judgement(repeated)
    with pytest.raises(Refusal) as refused:
        visit.with_judgement(lower)
    assert refused.value.code is RefusalCode.REASON_MISSING
    agreed = replace(lower, sentence="Spoke to her again.", second_reader=AccountId("nadia"))
    lowered = visit.with_judgement(agreed)
    assert lowered.judgements == (raised, repeated, agreed)
    assert lowered.with_judgement(replace(lower, level=ConcernLevel.NONE)).judgement == lower


_TWO = st.sampled_from([AccountId("nadia"), AccountId("dren")])
_READER = st.sampled_from([None, AccountId("nadia"), AccountId("dren"), AccountId("vesa")])
_LEVEL = st.sampled_from(ConcernLevel)


@settings(max_examples=300)
@given(st.lists(st.tuples(_TWO, _LEVEL, _LEVEL, st.sampled_from(["", "Why."]), _READER)))
def test_nobody_goes_below_a_colleagues_level_without_the_rule(
    tries: list[tuple[AccountId, ConcernLevel, ConcernLevel, str, AccountId | None]],
) -> None:
    """Whatever two people press, in whatever order."""
    visit = a_screening()
    wanted = dict.fromkeys(("nadia", "dren"), ConcernLevel.NONE)
    for who, level, suggested, why, reader in tries:
        floor = max(suggested, wanted["dren" if who == "nadia" else "nadia"])
        by_two = floor < ConcernLevel.STRONG or reader not in {None, who}
        allowed = level >= floor or (bool(why) and by_two)
        try:
            made = a_judgement(
                level=level, suggested=suggested, sentence=why, judged_by=who, second_reader=reader
            )
            visit = visit.with_judgement(made)
        except Refusal:
            assert not allowed
            continue
        assert allowed
        if why:
            wanted = {
                name: level
                if held > level and (held < ConcernLevel.STRONG or reader not in {None, who})
                else held
                for name, held in wanted.items()
            }
        wanted[who] = level


@pytest.mark.parametrize("level", ConcernLevel)
@pytest.mark.parametrize("seen", ConcernLevel)
@pytest.mark.parametrize("now", ConcernLevel)
def test_a_judgement_answers_to_what_was_seen(
    level: ConcernLevel, seen: ConcernLevel, now: ConcernLevel
) -> None:
    """A suggestion that rose above both has not been looked at by anybody."""
    made = a_judgement(level=level, suggested=seen, second_reader=AccountId("dren"))
    assert made.answers_to(now) is (now <= level or now <= seen)


@pytest.mark.parametrize(
    ("involved", "safe"),
    [(Involved.YES, False), (Involved.UNKNOWN, False), (None, False), (Involved.NO, True)],
)
def test_a_copy_for_who_came_along_needs_a_clear_no(involved: Involved | None, safe: bool) -> None:  # noqa: FBT001 a case of the table
    """Unknown counts as involved, and so does what nobody has asked."""
    assert ChildSteps(companion_involved=involved).copy_is_safe is safe


def test_a_child_visit_starts_with_open_steps() -> None:
    """None is done by itself."""
    assert ChildSteps().open_steps == (1, 2, 3, 4, 5)


@pytest.mark.parametrize("involved", Involved)
def test_that_nobody_knows_who_is_involved_is_an_answer(involved: Involved) -> None:
    """The second step is done by asking, whatever is said."""
    assert ChildSteps(companion_involved=involved).open_steps == (1, 3, 4, 5)


def test_a_visit_in_a_message_shows_no_text() -> None:
    """What ends in a log or a traceback are codes."""
    shown = repr(a_screening(visit_reason="burned hand", companion_relation="uncle Petar"))
    assert "burned" not in shown
    assert "Petar" not in shown
    assert "secret" not in repr(an_answer("Q1", own_words="secret"))


def test_role_of_an_item_decides_its_answers() -> None:
    """A disclosure is yes or no; nobody `prefers not to say` on somebody's behalf."""
    item = a_question("D1", role=ItemRole.DISCLOSURE)
    assert item.answers == (YES, NO)
