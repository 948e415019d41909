# SPDX-License-Identifier: GPL-3.0-or-later
"""Words that wait with a visit are in its encrypted file, under the same rule as an answer."""

from collections.abc import Callable

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.screening import Answer, ScreeningId
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import patients, screenings
from pact_desktop.services.session import Session
from tests.private_part import open_private_part
from tests.services.activity import activity

WORDS = "He keeps my passport\nand I cannot leave."
OWN_WORDS = TypedAt(TypedField.OWN_WORDS, "Q1")


def a_visit(session: Session) -> ScreeningId:
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="Ajdini",
            birth_date=BirthDate.estimated(30, today=session.today),
            may_be_child=MayBeChild.NO,
        ),
    )
    visit = screenings.start_screening(session, patient).screening_id
    open_private_part(session, visit, language="sq")
    return visit


def test_words_outlive_the_session(open_as: Callable[[str], Session]) -> None:
    """A colleague who goes on with the visit reads them too, and where they belong."""
    session = open_as("nadia")
    visit = a_visit(session)
    screenings.keep_draft(session, visit, OWN_WORDS, WORDS)
    found = screenings.load_screening(open_as("dren"), visit)
    assert found.drafts == {OWN_WORDS: WORDS}
    assert found.answers == {}


def test_the_log_says_where_and_never_what(session: Session) -> None:
    """One entry for each keeping; keeping words takes nothing from the visit."""
    visit = a_visit(session)
    before = len(activity(session))
    screenings.keep_draft(session, visit, OWN_WORDS, WORDS)
    entries = activity(session)[before:]
    assert [(e["action"], e["subject"]) for e in entries] == [("draft-kept", "own-words:Q1")]
    assert "passport" not in str(entries)


def test_later_words_take_the_place_of_earlier_ones(session: Session) -> None:
    """What was typed on the way to a sentence is no record; what was answered is."""
    visit = a_visit(session)
    for words in ("He", "He keeps", WORDS):
        screenings.keep_draft(session, visit, OWN_WORDS, words)
    assert screenings.load_screening(session, visit).drafts == {OWN_WORDS: WORDS}
    screenings.keep_draft(session, visit, OWN_WORDS, "")
    assert screenings.load_screening(session, visit).drafts == {}


def test_the_answer_and_the_end_of_waiting_are_one_step(session: Session) -> None:
    """No crash between the two can leave the words twice or not at all."""
    visit = a_visit(session)
    screenings.keep_draft(session, visit, OWN_WORDS, WORDS)
    answer = Answer(IndicatorId("Q1"), AnswerValue.YES, own_words=WORDS)
    screenings.record_answer(session, visit, answer)
    found = screenings.load_screening(session, visit)
    assert found.drafts == {}
    assert found.answers[IndicatorId("Q1")].own_words == WORDS
    screenings.withdraw_answer(session, visit, IndicatorId("Q1"))
    found = screenings.load_screening(session, visit)
    assert found.drafts == {OWN_WORDS: WORDS}
    assert found.answers == {}


def test_words_may_wait_after_the_private_moment(session: Session) -> None:
    """The door opened while she typed: nothing is asked any more, and nothing is lost."""
    visit = a_visit(session)
    screenings.close_private_part(session, visit)
    screenings.keep_draft(session, visit, OWN_WORDS, WORDS)
    assert screenings.load_screening(session, visit).drafts == {OWN_WORDS: WORDS}


def test_who_may_not_screen_keeps_no_words(open_as: Callable[[str], Session]) -> None:
    """The permission is that of an answer."""
    visit = a_visit(open_as("nadia"))
    with pytest.raises(Refusal) as refused:
        screenings.keep_draft(open_as("mira"), visit, OWN_WORDS, WORDS)
    assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_an_invisible_explanation_explains_nothing(session: Session) -> None:
    """A sign of a person is not cancelled by a character that nobody can see."""
    visit = a_visit(session)
    answer = Answer(IndicatorId("A05"), AnswerValue.YES, other_explanation="\u200b\u2060")
    screenings.record_answer(session, visit, answer)
    kept = screenings.load_screening(session, visit).answers[IndicatorId("A05")]
    assert not kept.explained


def test_an_invisible_name_is_no_name(session: Session) -> None:
    """It is kept as a name that is not known, and shown in words everywhere."""
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="\u200b",
            given_name="\u3164",
            birth_date=BirthDate.estimated(30, today=session.today),
            may_be_child=MayBeChild.NO,
        ),
    )
    assert (patient.family_name, patient.given_name) == ("", "")
