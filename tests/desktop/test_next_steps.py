# SPDX-License-Identifier: GPL-3.0-or-later
"""Step 7: offers are answered one by one, nothing blocks, and a child has an order of its own."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screens import next_steps, summary
from pact_desktop.desktop.screens.next_steps.view import NextStepsView
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.visit_words import step_name
from pact_desktop.desktop.widgets import QuestionDialog
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.indicators import AnswerValue, ItemRole
from pact_desktop.domain.patient import SafeContactMode
from pact_desktop.domain.screening import (
    Answer,
    Involved,
    Offer,
    OfferAnswer,
    Outcome,
    Screening,
    ScreeningStatus,
    VisitStep,
)
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import patients, screenings
from tests.desktop.refer_support import (
    Desk,
    Elsewhere,
    add_services,
    open_desk,
    press,
    visit_of,
)
from tests.desktop.visit_support import dress, picture, type_text

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

Opened = tuple[Desk, NextStepsView, Screening]
Open = Callable[..., Opened]


@pytest.fixture
def open_steps(qtbot: QtBot, open_as: "Callable[[str], Session]") -> Iterator[Open]:
    desks: list[Desk] = []

    def opened(*, years: int = 24, doubtful: bool = False) -> Opened:
        add_services(open_as("mira"))
        session = open_as("nadia")
        screening, _ = visit_of(session, years=years, doubtful=doubtful)
        desk = open_desk(session, without=("next_steps",))
        desks.append(desk)
        qtbot.addWidget(desk.window)
        view = desk.enter("next_steps", next_steps.build, screening_id=screening.screening_id)
        desk.settle()
        assert isinstance(view, NextStepsView)
        return desk, view, screening

    dress()
    yield opened
    for desk in desks:
        desk.close()


def stored(desk: Desk, screening: Screening) -> Screening:
    desk.rest()
    return screenings.load_screening(desk.session, screening.screening_id)


def test_offers_are_answered_with_digits(open_steps: Open) -> None:
    """A digit answers, Enter goes to the next offer; nothing is answered before."""
    desk, view, screening = open_steps()
    assert view.offers.chosen() == {}
    first = view.offers.answers[Offer.TREATMENT_AND_RETURN]
    first.focus_here()
    press(first.buttons()[0], Qt.Key.Key_1)
    press(first.buttons()[0], Qt.Key.Key_Return)
    press(view.offers.answers[Offer.INFORMATION_CARD].buttons()[0], Qt.Key.Key_2)
    assert stored(desk, screening).offers == {
        Offer.TREATMENT_AND_RETURN: OfferAnswer.ACCEPTED,
        Offer.INFORMATION_CARD: OfferAnswer.DECLINED,
    }


def test_the_note_is_not_printed_for_the_whole_while_something_waits(open_steps: Open) -> None:
    """A mark without a kind stands on no paper; the step is named before the page is made."""
    desk, view, screening = open_steps()
    at = TypedAt(TypedField.MARK, "a1b2")
    screenings.keep_draft(desk.session, screening.screening_id, at, "{}")
    VisitContext.of(desk.work).change(
        lambda: screenings.load_screening(desk.session, screening.screening_id)
    )
    desk.enter("next_steps", next_steps.build, screening_id=screening.screening_id)
    asked = []
    desk.work.notices.asked.connect(lambda question, done: asked.append((question, done)))
    view.papers.note_wanted.emit()
    desk.settle()
    ((question, answered),) = asked
    assert step_name(VisitStep.BODY_MAP) in question.text
    assert desk.work.navigator.current is view
    answered(1)
    desk.settle()
    assert desk.work.navigator.current is not view


def test_a_stop_stands_in_the_record_with_its_reason_or_without(open_steps: Open) -> None:
    """What was done is read here again, in words."""
    desk, view, screening = open_steps()
    assert not view.outcome.stopped.isVisible()
    stop = frozenset({Outcome.NOT_POSSIBLE})
    VisitContext.of(desk.work).change(
        lambda: screenings.record_outcome(desk.session, screening.screening_id, stop)
    )
    desk.settle()
    assert view.outcome.stopped.isVisible()
    assert view.outcome.stopped.property("text") == "Not possible today · Reason not stated"


def test_nothing_blocks_the_end_of_a_visit(open_steps: Open) -> None:
    """With one outcome and no other answer the visit ends, and the list of today opens."""
    desk, view, screening = open_steps()
    view.outcome.boxes[Outcome.INFORMATION_ONLY].click()
    desk.rest()
    view.primary_pressed.emit()
    assert stored(desk, screening).status is ScreeningStatus.COMPLETED
    assert desk.work.navigator.current is desk.work.navigator.screen("today")


def test_a_return_visit_is_kept_with_its_neutral_reason(open_steps: Open) -> None:
    """Day, time and the health reason to give."""
    desk, view, screening = open_steps()
    type_text(view.contact.day.line, "01.12.2026")
    type_text(view.contact.hour, "10:30")
    type_text(view.contact.reason, "Dressing change")
    view.hand_over()
    kept = stored(desk, screening)
    assert kept.return_visit_at is not None
    assert (kept.return_visit_at.day, kept.return_visit_at.hour) == (1, 10)
    assert kept.return_reason == "Dressing change"


def test_a_day_that_has_passed_is_said_and_not_kept(open_steps: Open) -> None:
    """The problem stands at the field, and what was kept stays."""
    desk, view, screening = open_steps()
    type_text(view.contact.day.line, "01.12.2020")
    view.hand_over()
    assert stored(desk, screening).return_visit_at is None
    assert view.contact._fields["day"].problem()


def test_a_number_is_asked_for_only_when_it_may_be_used(open_steps: Open) -> None:
    """The starting point is that nobody calls."""
    desk, view, screening = open_steps()
    assert not view.contact.phone.isVisible()
    view.contact.mode.set_value(SafeContactMode.CALL)
    view.contact.mode.chosen.emit(SafeContactMode.CALL)
    assert view.contact.phone.isVisible()
    type_text(view.contact.phone, "070 000 000")
    view.hand_over()
    desk.rest()
    patient = patients.patient_of(desk.session, screening.case_number)
    assert patient.safe_contact.phone == "070 000 000"


def test_an_outcome_is_ticked_beside_the_others(open_steps: Open) -> None:
    """Each is a full result, and more than one may hold."""
    desk, view, screening = open_steps()
    view.outcome.boxes[Outcome.COME_BACK].click()
    view.outcome.boxes[Outcome.OTHER_VIOLENCE].click()
    assert stored(desk, screening).outcomes == {Outcome.COME_BACK, Outcome.OTHER_VIOLENCE}


def test_an_accepted_referral_is_prepared_next(open_steps: Open) -> None:
    """What the patient accepted is the primary and has its keys; no button takes a place."""
    desk, view, _ = open_steps()
    footer = desk.window.shell.footer

    def looks() -> list[tuple[str, str, str]]:
        return [
            (button.text(), button.property("kind"), button.property("keyCap"))
            for button in (footer.secondary, footer.primary)
        ]

    desk.settle()
    finishes = footer.primary.geometry()
    assert looks() == [
        ("Prepare referral", "secondary", ""),
        ("Finish visit", "primary", "Ctrl Enter"),
    ]
    view.offers.answers[Offer.REFERRAL].buttons()[0].click()
    desk.rest()
    desk.settle()
    assert looks() == [
        ("Prepare referral", "primary", "Ctrl Enter"),
        ("Finish visit", "secondary", ""),
    ]
    held = footer.primary.geometry()
    assert (held.left(), held.right()) == (finishes.left(), finishes.right())
    assert footer.secondary.geometry().right() < finishes.left()
    press(desk.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.rest()
    assert desk.work.navigator.current is desk.work.navigator.screen("referral")


def test_the_step_opens_at_its_top(qtbot: QtBot, open_as: "Callable[[str], Session]") -> None:
    """Coming from the summary, also where it was left at its end before."""
    dress()
    add_services(open_as("mira"))
    session = open_as("nadia")
    screening, _ = visit_of(session, years=16)
    desk = open_desk(session, without=("next_steps", "summary"))
    qtbot.addWidget(desk.window)
    desk.enter("summary", summary.build, screening_id=screening.screening_id)
    desk.work.navigator.register("next_steps", lambda: next_steps.build(desk.work))
    for _ in range(2):
        VisitContext.of(desk.work).go(VisitStep.NEXT_STEPS)
        desk.rest()
        view = desk.work.navigator.current
        assert isinstance(view, NextStepsView)
        bar = view.work_area.verticalScrollBar()
        assert bar.maximum()
        assert bar.value() == 0
        assert view.first_focus().hasFocus()
        bar.setValue(bar.maximum())
        VisitContext.of(desk.work).go(VisitStep.SUMMARY)
        desk.rest()
    desk.work.navigator.go("today")
    desk.rest()
    desk.close()
    dress()


def test_the_visit_slip_goes_to_the_print_page(open_steps: Open) -> None:
    """A slip that says nothing but time and place, under a neutral name."""
    desk, view, _ = open_steps()
    view.papers.slip.click()
    desk.rest()
    page = desk.work.navigator.screen("print_page")
    assert isinstance(page, Elsewhere)
    assert page.arguments["job"] == "slip"


@pytest.mark.parametrize("involved", [Involved.YES, Involved.UNKNOWN, Involved.NO])
def test_copies_for_companions_disappear_unless_they_are_surely_safe(
    open_steps: Open, involved: Involved
) -> None:
    """With yes or not known there is no slip and no card for anybody to carry."""
    desk, view, _ = open_steps(years=16, doubtful=True)
    view.child.involved.buttons()[list(Involved).index(involved)].click()
    desk.rest()
    safe = involved is Involved.NO
    assert view.papers.slip.isVisible() is safe
    assert view.papers.card.isVisible() is safe


def test_the_call_is_entered_with_a_code(open_steps: Open) -> None:
    """Who was called and when; the person is a code."""
    desk, view, screening = open_steps(years=16, doubtful=True)
    view.child.call.click()
    view.call.time.setText("08:20")
    view.call.person.setText("31")
    view.call.main.click()
    steps = stored(desk, screening).child_steps
    assert steps.notified_at is not None
    assert (steps.notified_at.hour * 60 + steps.notified_at.minute) % 60 == 20
    assert steps.notified_person_code == "31"


def test_who_stays_is_shown_also_when_she_has_left(open_steps: Open) -> None:
    """A step that counts as done shows with whom."""
    desk, view, screening = open_steps(years=16, doubtful=True)
    visit = VisitContext.of(desk.work)
    steps = replace(visit.screening.child_steps, stays_with="N77")
    visit.change(lambda: screenings.record_child_steps(desk.session, screening.screening_id, steps))
    desk.rest()
    assert view.child.stays.value() == "N77"
    assert view.child.stays.currentText() == "N77"


def test_open_steps_of_a_child_get_somebody_who_takes_over(open_steps: Open) -> None:
    """Finishing asks who; without an answer the visit stays, with one it ends."""
    desk, view, screening = open_steps(years=16, doubtful=True)
    view.primary_pressed.emit()
    desk.rest()
    assert view.take_over.isVisible()
    view.take_over.main.click()
    assert not stored(desk, screening).closed
    view.take_over.who.setCurrentIndex(1)
    view.take_over.main.click()
    kept = stored(desk, screening)
    assert kept.closed
    assert kept.child_steps.handed_to


@pytest.mark.parametrize("finish", [False, True])
def test_a_visit_that_has_hardly_begun_is_not_finished_by_one_key(
    open_steps: Open, *, finish: bool
) -> None:
    """Without a level and an outcome it is asked; going on stays possible."""
    desk, view, screening = open_steps()
    view.primary_pressed.emit()
    desk.rest()
    asked = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog))
    asked.buttons[int(finish)].click()
    assert stored(desk, screening).closed is finish
    if not finish:
        assert desk.window.focusWidget() is view.outcome.boxes[Outcome.INFORMATION_ONLY]


def test_a_level_that_answers_overtook_is_asked_about(open_steps: Open) -> None:
    """Finishing leads back to the summary, or goes on knowingly."""
    desk, view, screening = open_steps()
    screenings.judge(desk.session, screening.screening_id, ConcernLevel.NONE, "")
    told = next(
        item.link_id
        for item in desk.session.content.set_of(screening).items
        if item.role is ItemRole.DISCLOSURE and item.fits_age(is_child=False)
    )
    VisitContext.of(desk.work).change(
        lambda: screenings.record_answer(
            desk.session, screening.screening_id, Answer(told, AnswerValue.YES)
        )
    )
    desk.rest()
    assert "step 6" in view.footer.note
    view.primary_pressed.emit()
    desk.rest()
    asked = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog))
    assert not stored(desk, screening).closed
    asked.buttons[1].click()
    assert stored(desk, screening).closed


@pytest.mark.parametrize("name", ["light", "dark"])
def test_picture(open_steps: Open, name: str) -> None:
    """The screen as it is drawn, beside the mock-up."""
    desk, view, _ = open_steps()
    dress(name)
    for offer in Offer:
        view.offers.answers[offer].buttons()[1 if offer is Offer.CALL_NOW else 0].click()
    desk.rest()
    assert picture(desk.window, f"next_steps-en-{name}").exists()
    assert not desk.problems
    dress()


def test_picture_of_a_child(open_steps: Open) -> None:
    """The fixed order, and the same at 150 percent."""
    desk, view, _ = open_steps(years=17, doubtful=True)
    assert picture(desk.window, "next_steps-child-en-light").exists()
    dress("light", 150)
    desk.window.refit()
    desk.rest()
    assert picture(desk.window, "next_steps-child-150-en-light").exists()
    assert not desk.problems
    assert not view.offers.isVisible()
    dress()
