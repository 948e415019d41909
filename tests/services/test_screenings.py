# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit is saved with every answer, in private where it must be, and logged throughout."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import (
    AnswerValue,
    Indicator,
    ItemRole,
    VisitPart,
)
from pact_desktop.domain.patient import MayBeChild, Patient, SafeContact, SafeContactMode
from pact_desktop.domain.screening import (
    BodyMark,
    BodyView,
    ChildSteps,
    Companion,
    Involved,
    MarkKind,
    NotPossibleReason,
    Offer,
    OfferAnswer,
    Outcome,
    Screening,
    ScreeningId,
    ScreeningStatus,
    VisitStep,
)
from pact_desktop.services import patients, screenings
from pact_desktop.services.patients import NewPatient
from pact_desktop.services.session import Session
from pact_desktop.storage import record_tables
from tests.factories import SteppableClock, a_birth_date, an_answer, passphrase_of
from tests.private_part import open_private_part
from tests.services.activity import actions, activity

YES, NO = AnswerValue.YES, AnswerValue.NO


def an_adult(session: Session, **changes: Any) -> Patient:
    known: dict[str, Any] = {
        "family_name": "Marković",
        "given_name": "Ana",
        "birth_date": a_birth_date(30),
        "may_be_child": MayBeChild.NO,
    }
    return patients.register_patient(session, NewPatient(**(known | changes)))


def a_visit(session: Session, **changes: Any) -> Screening:
    return screenings.start_screening(session, an_adult(session, **changes), visit_reason="Burn")


def in_private(session: Session, visit: Screening) -> Screening:
    return open_private_part(session, visit.screening_id, language="sr")


def first(session: Session, visit: Screening, part: VisitPart, **wanted: Any) -> Indicator:
    items = session.content.set_of(visit).part(part, is_child=visit.is_child)
    return next(
        item for item in items if all(getattr(item, key) == value for key, value in wanted.items())
    )


def refusal_of(change: Callable[[], object]) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        change()
    assert isinstance(refused.value.code, RefusalCode)
    return refused.value.code


def test_a_visit_comes_back_as_it_was_left(session: Session) -> None:
    """Every piece of a visit survives, in the same words and order."""
    visit = a_visit(session)
    at = visit.screening_id
    sign = first(session, visit, VisitPart.OBSERVATIONS)
    screenings.change_details(
        session, at, companion=Companion.PRESENT, companion_relation="uncle", full_wording=True
    )
    screenings.go_to_step(session, at, VisitStep.OBSERVATIONS)
    screenings.record_answer(
        session, at, an_answer(sign.link_id, YES, explanations=sign.explanations[:1])
    )
    in_private(session, visit)
    question = first(session, visit, VisitPart.QUESTIONS, role=ItemRole.QUESTION)
    screenings.record_answer(
        session, at, an_answer(question.link_id, NO, own_words="“Кажи” \n<b>=1+1")
    )
    mark = BodyMark("m1", BodyView.FRONT, "left-wrist", 0.2, 0.4, MarkKind.SCAR, 30, None)
    screenings.save_mark(session, at, mark)
    screenings.save_mark(session, at, replace(mark, mark_id="m2", view=BodyView.BACK))
    screenings.save_mark(session, at, replace(mark, length_mm=35, own_words="rope"))
    screenings.record_danger(
        session, at, {DangerQuestion.ACUTE: DangerAnswer.NO}, DangerLevel.POSSIBLE
    )
    screenings.record_staff_concern(session, at, concern=True)
    screenings.judge(session, at, ConcernLevel.STRONG, "Many small things.")
    screenings.record_offers(
        session,
        at,
        {Offer.INFORMATION_CARD: OfferAnswer.DECLINED},
        return_visit_at=session.now + timedelta(days=2),
        return_reason="Dressing",
    )
    screenings.record_child_steps(session, at, ChildSteps(companion_involved=Involved.YES))
    last = screenings.record_outcome(
        session,
        at,
        frozenset({Outcome.COME_BACK, Outcome.NOT_POSSIBLE}),
        NotPossibleReason.NO_TIME,
    )
    assert [found.mark_id for found in last.marks] == ["m1", "m2"]
    assert last.marks[0].length_mm == 35
    assert screenings.load_screening(session, at) == last


def test_an_answer_is_replaced_and_the_earlier_one_kept(session: Session) -> None:
    """Nothing that was answered is erased; the record says when it was replaced."""
    visit = a_visit(session)
    sign = first(session, visit, VisitPart.OBSERVATIONS)
    for value in (YES, NO):
        screenings.record_answer(session, visit.screening_id, an_answer(sign.link_id, value))
    now = screenings.withdraw_answer(session, visit.screening_id, sign.link_id)
    assert now.answers == {}
    with session.store.reading_config() as connection:
        rows = connection.execute(select(record_tables.answer)).all()
    assert [(row.value, row.superseded_at is not None) for row in rows] == [
        ("yes", True),
        ("no", True),
    ]
    assert actions(session)[-3:] == ["answer-recorded", "answer-recorded", "answer-withdrawn"]


def test_nothing_is_asked_before_the_private_moment(session: Session) -> None:
    """And the refused answer is neither stored nor logged."""
    visit = a_visit(session)
    question = first(session, visit, VisitPart.QUESTIONS, role=ItemRole.QUESTION)
    at, answer = visit.screening_id, an_answer(question.link_id)
    before = activity(session)
    for attempt in (
        lambda: screenings.record_answer(session, at, answer),
        lambda: screenings.go_to_step(session, at, VisitStep.QUESTIONS),
    ):
        assert refusal_of(attempt) is RefusalCode.NOT_PRIVATE
    assert activity(session) == before
    in_private(session, visit)
    assert screenings.record_answer(session, at, answer).answers


def test_going_back_to_the_observations_does_not_end_the_private_moment(session: Session) -> None:
    """The patient is still alone with staff."""
    visit = in_private(session, a_visit(session))
    back = screenings.go_to_step(session, visit.screening_id, VisitStep.OBSERVATIONS)
    assert back.private_now


@pytest.mark.parametrize(
    "end",
    [screenings.close_private_part, screenings.pause_screening, screenings.conclude_screening],
)
def test_cover_pause_and_end_close_the_private_moment(
    session: Session, end: Callable[[Session, ScreeningId], Screening]
) -> None:
    """Nobody finds it open again."""
    visit = in_private(session, a_visit(session))
    assert not end(session, visit.screening_id).private_now
    assert not screenings.load_screening(session, visit.screening_id).private_now


def test_a_private_moment_does_not_outlive_its_sign_in(
    open_as: Callable[[str], Session],
) -> None:
    """After a crash or a lock the patient may no longer be alone, whatever the record says."""
    before = open_as("nadia")
    visit = in_private(before, a_visit(before))
    assert visit.private_now
    again = open_as("nadia")
    assert not screenings.load_screening(again, visit.screening_id).private_now
    question = first(again, visit, VisitPart.QUESTIONS, role=ItemRole.QUESTION)
    assert (
        refusal_of(
            lambda: screenings.record_answer(again, visit.screening_id, an_answer(question.link_id))
        )
        is RefusalCode.NOT_PRIVATE
    )


def test_a_paused_visit_goes_on_before_the_questions(session: Session) -> None:
    """Privacy is confirmed anew before anything private is shown."""
    visit = in_private(session, a_visit(session))
    screenings.go_to_step(session, visit.screening_id, VisitStep.QUESTIONS)
    screenings.pause_screening(session, visit.screening_id)
    resumed = screenings.resume_screening(session, visit.screening_id)
    assert (resumed.status, resumed.step) == (ScreeningStatus.IN_PROGRESS, VisitStep.IN_PRIVATE)


def test_a_hidden_follow_up_does_not_count_and_comes_back(session: Session) -> None:
    """The suggestion rests on what is open; undo brings the answer back."""
    visit = in_private(session, a_visit(session))
    at, used = visit.screening_id, session.content.set_of(visit)
    follow_up = next(
        item
        for item in used.items
        if item.role is ItemRole.INDICATOR
        and item.enable_when
        and item.fits_age(is_child=False)
        and used.item(item.enable_when[0].question).role is ItemRole.QUESTION
    )
    gate = follow_up.enable_when[0]
    other = next(v for v in used.item(gate.question).answers if v is not gate.answer)
    screenings.record_answer(session, at, an_answer(gate.question, gate.answer))
    both = screenings.record_answer(
        session, at, an_answer(follow_up.link_id, follow_up.concern_when)
    )
    assert follow_up.link_id in {r.link_id for r in screenings.suggestion(session, both).reasons}
    hidden = screenings.record_answer(session, at, an_answer(gate.question, other))
    assert follow_up.link_id in hidden.answers
    reasons = {reason.link_id for reason in screenings.suggestion(session, hidden).reasons}
    assert follow_up.link_id not in reasons
    again = screenings.record_answer(session, at, an_answer(gate.question, gate.answer))
    assert screenings.suggestion(session, again) == screenings.suggestion(session, both)


def test_an_explanation_that_the_set_does_not_offer_is_refused(session: Session) -> None:
    """A code cannot be made up to take a sign out of the count."""
    visit = a_visit(session)
    sign = first(session, visit, VisitPart.OBSERVATIONS)
    made_up = an_answer(sign.link_id, YES, explanations=("made-up",))
    assert (
        refusal_of(lambda: screenings.record_answer(session, visit.screening_id, made_up))
        is RefusalCode.ANSWER_NOT_OFFERED
    )


def test_a_note_of_ten_thousand_characters_is_refused_whole(session: Session) -> None:
    """Nothing is cut off in silence."""
    visit = a_visit(session)
    sign = first(session, visit, VisitPart.OBSERVATIONS)
    long = an_answer(sign.link_id, YES, own_words="a" * 10_000)
    assert (
        refusal_of(lambda: screenings.record_answer(session, visit.screening_id, long))
        is RefusalCode.TEXT_TOO_LONG
    )
    assert screenings.load_screening(session, visit.screening_id).answers == {}


def test_the_suggestion_is_kept_beside_the_judgement(session: Session) -> None:
    """Raising needs no sentence; the record shows both levels."""
    visit = a_visit(session)
    judged = screenings.judge(session, visit.screening_id, ConcernLevel.SOME, "")
    assert judged.judgement is not None
    assert judged.judgement.suggested is ConcernLevel.NONE
    assert judged.judgement.judged_by == session.account.account_id


def disclosed(session: Session, visit: Screening | None = None) -> Screening:
    visit = in_private(session, visit or a_visit(session))
    item = next(
        item
        for item in session.content.set_of(visit).items
        if item.role is ItemRole.DISCLOSURE and item.fits_age(is_child=False)
    )
    return screenings.record_answer(session, visit.screening_id, an_answer(item.link_id))


def test_strong_is_lowered_with_a_colleague_at_the_screen(session: Session) -> None:
    """The colleague gives the own passphrase; a wrong one, or one's own, does not do."""
    at = disclosed(session).screening_id
    why = "Meant another country and another time."

    def lower(*reader: tuple[str, str]) -> Screening:
        return screenings.judge(session, at, ConcernLevel.REASONABLE, why, *reader)

    assert refusal_of(lower) is RefusalCode.SECOND_READER_MISSING
    assert refusal_of(lambda: lower(("dren", "wrong"))) is RefusalCode.SIGN_IN_FAILED
    assert (
        refusal_of(lambda: lower(("nadia", passphrase_of("nadia"))))
        is RefusalCode.SECOND_READER_MISSING
    )
    assert refusal_of(lambda: lower(("mira", passphrase_of("mira")))) is RefusalCode.NOT_ALLOWED
    judged = lower(("dren", passphrase_of("dren")))
    assert judged.judgement is not None
    assert judged.judgement.second_reader is not None
    assert judged.judgement.second_reader != session.account.account_id


def test_an_answer_after_the_judgement_is_not_overlooked(session: Session) -> None:
    """A disclosure that came later leaves the old level behind; judging again settles it."""
    visit = a_visit(session)
    judged = screenings.judge(session, visit.screening_id, ConcernLevel.NONE, "")
    assert not screenings.judgement_outdated(session, judged)
    told = disclosed(session, judged)
    assert screenings.judgement_outdated(session, told)
    judged = screenings.judge(session, visit.screening_id, ConcernLevel.STRONG, "")
    assert not screenings.judgement_outdated(session, judged)


def test_a_colleague_lowers_with_a_reason(
    session: Session, open_as: Callable[[str], Session]
) -> None:
    """What the nurse raised, the doctor does not set down without a word."""
    at = a_visit(session).screening_id
    screenings.judge(session, at, ConcernLevel.REASONABLE, "A feeling, after twenty years.")
    doctor = open_as("dren")
    assert (
        refusal_of(lambda: screenings.judge(doctor, at, ConcernLevel.NONE, ""))
        is RefusalCode.REASON_MISSING
    )
    assert screenings.judge(doctor, at, ConcernLevel.NONE, "Known family, spoke alone.")


def test_an_urgent_finding_is_immediate_danger(session: Session) -> None:
    """Without one answer to the danger questions."""
    visit = a_visit(session)
    urgent = next(
        item
        for item in session.content.set_of(visit).items
        if item.urgent
        and item.part is not VisitPart.QUESTIONS
        and item.fits_age(is_child=False)
        and not item.enable_when
    )
    assert screenings.danger_suggestion(session, visit) is None
    found = in_private(session, visit)
    found = screenings.record_answer(
        session, found.screening_id, an_answer(urgent.link_id, urgent.concern_when)
    )
    assert screenings.danger_suggestion(session, found) is DangerLevel.IMMEDIATE


@pytest.mark.parametrize("stopped", [Outcome.NOT_POSSIBLE, Outcome.NO_PRIVATE_MOMENT])
def test_a_stop_without_a_why_is_kept_and_says_so(session: Session, stopped: Outcome) -> None:
    """Nobody has to justify a stop, and nothing is guessed; when it is taken back the why goes."""
    at = a_visit(session).screening_id
    screenings.record_outcome(session, at, frozenset({stopped}))
    stored = screenings.load_screening(session, at)
    assert stored.not_possible_reason is NotPossibleReason.NOT_STATED
    told = screenings.record_outcome(
        session, at, frozenset({stopped}), NotPossibleReason.NO_INTERPRETER
    )
    assert told.not_possible_reason is NotPossibleReason.NO_INTERPRETER
    taken_back = screenings.record_outcome(
        session, at, frozenset({Outcome.COME_BACK}), NotPossibleReason.NO_INTERPRETER
    )
    assert taken_back.not_possible_reason is None


@pytest.mark.parametrize("done", [False, True])
def test_a_visit_can_end_in_any_state(session: Session, done: bool) -> None:  # noqa: FBT001 a case
    """Without one answer, without a level; what was not judged stays open."""
    visit = a_visit(session)
    if done:
        screenings.record_outcome(
            session,
            visit.screening_id,
            frozenset({Outcome.NOT_POSSIBLE}),
            NotPossibleReason.COMPANION_STAYED,
        )
    ended = screenings.conclude_screening(session, visit.screening_id)
    assert ended.closed
    assert ended.judgement is None
    assert ended.finished_at == session.now
    assert (
        refusal_of(
            lambda: screenings.record_staff_concern(session, visit.screening_id, concern=True)
        )
        is RefusalCode.SCREENING_CLOSED
    )


def test_the_child_path_can_be_taken_at_any_time(session: Session) -> None:
    """A passport may be false; staff who doubt it need no proof, and answers stay."""
    visit = a_visit(session)
    sign = first(session, visit, VisitPart.OBSERVATIONS)
    screenings.record_answer(session, visit.screening_id, an_answer(sign.link_id))
    child = screenings.change_details(session, visit.screening_id, is_child=True)
    assert child.is_child
    assert child.set_id == session.content.child.set_id
    assert sign.link_id in child.answers
    assert activity(session)[-1]["reason"] == "child-path"
    kept = screenings.change_details(session, visit.screening_id, companion=Companion.NONE)
    assert kept.is_child
    adult = screenings.change_details(session, visit.screening_id, is_child=False)
    assert not adult.is_child


def test_the_child_path_is_not_left_while_the_age_asks_for_it(session: Session) -> None:
    """A doubtful age is presumed under 18."""
    visit = a_visit(session, birth_date=a_birth_date(16))
    assert visit.is_child
    assert (
        refusal_of(lambda: screenings.change_details(session, visit.screening_id, is_child=False))
        is RefusalCode.NOT_ALLOWED
    )


def test_offers_that_say_nothing_of_an_appointment_leave_it(session: Session) -> None:
    """Ticking a box never loses a return visit; taking it back is its own act."""
    visit = a_visit(session)
    at, when = visit.screening_id, session.now + timedelta(days=3)
    screenings.record_offers(session, at, {}, return_visit_at=when, return_reason="Dressing")
    kept = screenings.record_offers(session, at, {Offer.CALL_NOW: OfferAnswer.DECLINED})
    assert (kept.return_visit_at, kept.return_reason) == (when, "Dressing")
    gone = screenings.record_offers(session, at, kept.offers, no_return_visit=True)
    assert gone.return_visit_at is None


def test_a_safe_contact_goes_to_the_patient(session: Session) -> None:
    """Phones stand with the name, not with the visit."""
    visit = a_visit(session)
    contact = SafeContact(SafeContactMode.TEXT_MESSAGE, "070 1", may_say="Lab result")
    screenings.record_offers(session, visit.screening_id, {}, safe_contact=contact)
    assert patients.patient_of(session, visit.case_number).safe_contact == contact


def test_an_unknown_visit_is_refused(session: Session) -> None:
    """As a refusal, not as a fault."""
    nobody = ScreeningId("nobody")
    for attempt in (
        lambda: screenings.load_screening(session, nobody),
        lambda: screenings.pause_screening(session, nobody),
        lambda: screenings.change_details(session, nobody, visit_reason="x"),
    ):
        assert refusal_of(attempt) is RefusalCode.SCREENING_UNKNOWN


def test_the_day_list_has_names_for_clinicians_only(
    open_as: Callable[[str], Session], clock: SteppableClock
) -> None:
    """The manager sees that there were visits, not whose and not why."""
    nurse = open_as("nadia")
    early = a_visit(nurse)
    screenings.pause_screening(nurse, early.screening_id)
    clock.step(days=1)
    late = a_visit(nurse, given_name="Besa")
    seen = screenings.visits_of_day(nurse, nurse.today)
    assert [(v.screening.screening_id, v.given_name) for v in seen] == [
        (early.screening_id, "Ana"),
        (late.screening_id, "Besa"),
    ]
    yesterday = screenings.visits_of_day(nurse, nurse.today - timedelta(days=1))
    assert [visit.screening.screening_id for visit in yesterday] == [early.screening_id]
    manager = open_as("mira")
    blind = screenings.visits_of_day(manager, manager.today)
    assert [(v.family_name, v.given_name, v.alias) for v in blind] == [("", "", "")] * 2
    assert {v.screening.visit_reason for v in blind} == {""}


def test_the_counts_of_the_day_carry_no_name(
    open_as: Callable[[str], Session], clock: SteppableClock
) -> None:
    """What waits, for everybody who follows up."""
    nurse = open_as("nadia")
    visit = a_visit(nurse)
    screenings.record_offers(
        nurse, visit.screening_id, {}, return_visit_at=nurse.now + timedelta(hours=30)
    )
    screenings.pause_screening(nurse, visit.screening_id)
    paused_at = nurse.now
    clock.step(days=1)
    counts = screenings.day_counts(open_as("mira"))
    assert (counts.paused, counts.paused_since) == (1, paused_at)
    assert counts.return_visits_today == 1
    assert counts.next_return_at == paused_at + timedelta(hours=30)
    assert (counts.unanswered_referrals, counts.longest_wait_days) == (0, 0)


@pytest.mark.parametrize("name", ["mira", "ivo"])
def test_only_clinicians_open_a_visit(open_as: Callable[[str], Session], name: str) -> None:
    """A manager's key opens the file of cases, but the program does not show them a visit."""
    visit = a_visit(open_as("nadia"))
    other = open_as(name)
    for attempt in (
        lambda: screenings.load_screening(other, visit.screening_id),
        lambda: screenings.close_private_part(other, visit.screening_id),
        lambda: screenings.judge(other, visit.screening_id, ConcernLevel.NONE, ""),
    ):
        assert refusal_of(attempt) is RefusalCode.NOT_ALLOWED


def test_an_administrator_sees_no_day(open_as: Callable[[str], Session]) -> None:
    """Not even the counts."""
    administrator = open_as("ivo")
    for attempt in (
        lambda: screenings.day_counts(administrator),
        lambda: screenings.visits_of_day(administrator, administrator.today),
    ):
        assert refusal_of(attempt) is RefusalCode.NOT_ALLOWED


@pytest.mark.parametrize(
    "unknown", [{"region": "left-wing"}, {"region": "scalp"}, {"appearance": "striped"}]
)
def test_a_mark_without_words_is_refused(session: Session, unknown: dict[str, Any]) -> None:
    """A place the figure of that view does not have, or a look that no paper could print."""
    visit = a_visit(session)
    mark = BodyMark("", BodyView.HANDS, "left-palm", 0.2, 0.4, MarkKind.SCAR)
    code = refusal_of(
        lambda: screenings.save_mark(session, visit.screening_id, replace(mark, **unknown))
    )
    assert code is RefusalCode.MARK_INVALID
    assert screenings.load_screening(session, visit.screening_id).marks == ()
