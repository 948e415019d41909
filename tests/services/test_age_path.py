# SPDX-License-Identifier: GPL-3.0-or-later
"""A change of the path for the age loses nothing that was answered and overrules nobody."""

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerLevel
from pact_desktop.domain.errors import RefusalCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId, ItemRole
from pact_desktop.domain.judging import suggested_concern
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.referral_content import signs_of
from pact_desktop.domain.screening import (
    Alone,
    InterpreterMode,
    PrivateMoment,
    Screening,
    is_enabled,
)
from pact_desktop.services import patients, screenings
from pact_desktop.services.content import Content, load_content
from pact_desktop.services.session import Session
from tests.factories import MONDAY_MORNING, a_screening, an_answer, passphrase_of
from tests.services.test_screenings import a_visit, in_private, refusal_of

ADULT_SIGNS = ("Q2", "Q6", "Q8", "G06", "L08", "M04")
"""Strong together on the path for adults; the path for children asks for none of them."""


def marked(session: Session, visit: Screening, *link_ids: str) -> Screening:
    for link_id in link_ids:
        item = session.content.set_of(visit).item(IndicatorId(link_id))
        visit = screenings.record_answer(
            session, visit.screening_id, an_answer(link_id, item.concern_when)
        )
    return visit


def test_the_child_path_does_not_turn_strong_into_nothing(session: Session) -> None:
    """What was answered before the age was known goes on to count, and two people lower it."""
    visit = marked(session, in_private(session, a_visit(session)), *ADULT_SIGNS)
    before = screenings.suggestion(session, visit)
    assert before.level is ConcernLevel.STRONG
    at = visit.screening_id
    screenings.judge(session, at, ConcernLevel.STRONG, "")
    child = screenings.change_details(session, at, is_child=True)
    after = screenings.suggestion(session, screenings.load_screening(session, at))
    assert after.level is ConcernLevel.STRONG
    assert {reason.link_id for reason in before.reasons} <= {r.link_id for r in after.reasons}
    assert set(after.unanswered) & {i.link_id for i in session.content.child.items}
    assert not screenings.judgement_outdated(session, child)
    for why, lacking in [
        ("", RefusalCode.REASON_MISSING),
        ("Known.", RefusalCode.SECOND_READER_MISSING),
    ]:
        assert lacking is refusal_of(
            lambda why=why: screenings.judge(session, at, ConcernLevel.NONE, why)  # type: ignore[misc]
        )
    reader = ("dren", passphrase_of("dren"))
    assert screenings.judge(session, at, ConcernLevel.NONE, "Known.", reader)


def test_a_level_that_came_with_the_path_asks_for_a_look(session: Session) -> None:
    """Set at nothing before the signs; the other path still says that it may be too low."""
    visit = in_private(session, a_visit(session))
    screenings.judge(session, visit.screening_id, ConcernLevel.NONE, "")
    marked(session, visit, *ADULT_SIGNS)
    child = screenings.change_details(session, visit.screening_id, is_child=True)
    assert screenings.judgement_outdated(session, child)


def test_an_answer_that_was_taken_back_counts_on_no_path(session: Session) -> None:
    """Taken back, or answered otherwise since: only what stands is looked at."""
    visit = in_private(session, a_visit(session))
    marked(session, visit, "Q6", "Q8")
    screenings.withdraw_answer(session, visit.screening_id, IndicatorId("Q6"))
    worrying = session.content.adult.item(IndicatorId("Q8")).concern_when
    calm = AnswerValue.NO if worrying is AnswerValue.YES else AnswerValue.YES
    screenings.record_answer(session, visit.screening_id, an_answer("Q8", calm))
    child = screenings.change_details(session, visit.screening_id, is_child=True)
    assert screenings.suggestion(session, child).level is ConcernLevel.NONE


def test_an_urgent_finding_stays_urgent_on_the_other_path(session: Session) -> None:
    """Danger does not end with a birthday."""
    visit = in_private(session, a_visit(session))
    urgent = [
        item.link_id
        for item in session.content.adult.items
        if item.urgent and not item.enable_when and item.fits_age(is_child=False)
    ]
    for link_id in urgent:
        at = visit.screening_id
        found = marked(session, visit, link_id)
        assert screenings.danger_suggestion(session, found) is DangerLevel.IMMEDIATE
        child = screenings.change_details(session, at, is_child=True)
        assert screenings.danger_suggestion(session, child) is DangerLevel.IMMEDIATE
        screenings.change_details(session, at, is_child=False)
        screenings.withdraw_answer(session, at, link_id)


def test_a_repeated_level_is_no_way_round_a_colleague(
    session: Session, open_as: Callable[[str], Session]
) -> None:
    """The nurse set strong; the doctor repeats it and still needs a reason and a colleague."""
    at = a_visit(session).screening_id
    screenings.judge(session, at, ConcernLevel.STRONG, "Seen.")
    doctor = open_as("dren")
    repeated = screenings.judge(doctor, at, ConcernLevel.STRONG, "")
    assert screenings.load_screening(doctor, at).judgements == repeated.judgements
    assert screenings.judging_floor(doctor, repeated) is ConcernLevel.STRONG
    assert (
        refusal_of(lambda: screenings.judge(doctor, at, ConcernLevel.NONE, ""))
        is RefusalCode.REASON_MISSING
    )


def test_a_corrected_date_does_not_take_the_child_path_from_the_staff(session: Session) -> None:
    """Taken by hand against the date: a slip in the month says nothing about it."""
    visit = a_visit(session)
    screenings.change_details(session, visit.screening_id, is_child=True)
    patient = patients.patient_of(session, visit.case_number)
    value = patient.birth_date.value
    assert value is not None
    other_month = value.replace(month=value.month % 12 + 1, day=1)
    corrected = BirthDate.exact(other_month, today=session.today)
    patients.change_patient(session, replace(patient, birth_date=corrected))
    assert screenings.load_screening(session, visit.screening_id).is_child


def test_the_child_path_ends_with_the_age_that_asked_for_it(session: Session) -> None:
    """An estimate of 16 that turns out to be 30."""
    visit = a_visit(session, birth_date=BirthDate.estimated(16, today=session.today))
    assert visit.is_child
    patient = patients.patient_of(session, visit.case_number)
    thirty = BirthDate.estimated(30, today=session.today)
    patients.change_patient(
        session, replace(patient, birth_date=thirty, may_be_child=MayBeChild.NO)
    )
    assert not screenings.load_screening(session, visit.screening_id).is_child


CONTENT = load_content()
NUMBER = st.integers(min_value=0, max_value=200)
VALUE = st.sampled_from(["worrying", "not worrying", "taken back"])


def begun(content: Content, *, is_child: bool) -> Screening:
    moment = PrivateMoment(
        alone=Alone.YES,
        interpreter=InterpreterMode.NOT_NEEDED,
        interpreter_code="",
        limits_said=True,
        language="en",
        confirmed_at=MONDAY_MORNING,
        confirmed_by=a_screening().started_by,
    )
    visit = replace(a_screening(), private_moment=moment)
    return screenings.on_path(content, visit, is_child=is_child)


def answered(content: Content, visit: Screening, number: int, value: str) -> Screening:
    """One of the items that are open now; protective ones too."""
    used = content.set_of(visit)
    enabled = [
        item
        for item in used.items
        if is_enabled(used, item.link_id, visit.answers, is_child=visit.is_child)
    ]
    item = enabled[number % len(enabled)]
    if value == "taken back":
        return visit.without_answer(item.link_id)
    other = next(v for v in item.answers if v is not item.concern_when)
    return visit.with_answer(
        used, an_answer(item.link_id, item.concern_when if value == "worrying" else other)
    )


STEPS = st.lists(st.one_of(st.just(None), st.tuples(NUMBER, VALUE)), max_size=30)


@given(st.booleans(), st.booleans(), STEPS)
def test_no_change_of_path_lowers_what_is_suggested(
    is_child: bool,  # noqa: FBT001 a case
    staff_concern: bool,  # noqa: FBT001 a case
    steps: list[tuple[int, str] | None],
) -> None:
    """Entered or left, as often as one likes, after any answers.

    Only the raise for the age alone ends with the age: when the child path is left again and
    nothing that was answered on it stands.
    """
    visit = replace(begun(CONTENT, is_child=is_child), staff_concern=staff_concern)
    for step in steps:
        if step is not None:
            visit = answered(CONTENT, visit, *step)
            continue
        left = visit
        before = suggested_concern(CONTENT.sets_of(left), left)
        visit = screenings.on_path(CONTENT, left, is_child=not left.is_child)
        after = suggested_concern(CONTENT.sets_of(visit), visit)
        asked_there = any(given.set_id == left.set_id for given in left.answers.values())
        raised = left.is_child and before.raised_for_child and not asked_there
        assert after.level >= before.level - raised
        assert {r.link_id for r in before.reasons} <= {r.link_id for r in after.reasons}


def test_signs_of_the_path_before_stand_on_the_form(session: Session) -> None:
    """Whoever helps a child learns what was seen while staff took the child for an adult."""
    visit = marked(session, in_private(session, a_visit(session)), *ADULT_SIGNS)
    child = screenings.change_details(session, visit.screening_id, is_child=True)
    own = next(
        item.link_id
        for item in session.content.child.items
        if item.role is ItemRole.INDICATOR and not item.enable_when
        and item.link_id not in {one.link_id for one in session.content.adult.items}
    )  # fmt: skip
    child = marked(session, child, own)

    signs = signs_of(child, session.content.sets_of(child))

    assert [found.set_id for found in signs.sets] == ["pact-child", "pact-adult"]
    codes = [code for found in signs.sets for group in found.groups for code in group.link_ids]
    assert {*ADULT_SIGNS, own} <= set(codes)
    assert len(codes) == len(set(codes))
