# SPDX-License-Identifier: GPL-3.0-or-later
"""A store that does not answer: nothing is called saved, nothing is dropped without a word."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pact_desktop.desktop.outbox import NotKeptError, Outbox
from pact_desktop.desktop.screens.details import build as build_details
from pact_desktop.desktop.screens.observations import build
from pact_desktop.desktop.widgets.observation_row import RowAnswer
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.screening import Answer, ScreeningStatus
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import screenings
from tests.desktop.visit_support import Bench, OpenVisit

YES = RowAnswer(AnswerValue.YES)
FIRST, SECOND, THIRD = (IndicatorId(f"A0{number}") for number in (1, 2, 3))


@contextmanager
def full_disk(bench: Bench) -> Iterator[None]:
    """No file of the store may grow: SQLite says what it says when the disk is full."""

    def let_grow(pages: int | None) -> None:
        bench.settle()
        with bench.session.store.reading_config() as connection:
            for schema in ("cases", "audit", "main"):
                used = connection.exec_driver_sql(f"PRAGMA {schema}.page_count").scalar_one()
                connection.exec_driver_sql(f"PRAGMA {schema}.max_page_count={pages or used}")

    let_grow(None)
    yield
    let_grow(1_000_000)


def fill(bench: Bench) -> None:
    """Until the pages that are there are used up and the store refuses."""
    item = IndicatorId("A05")
    outbox, session, visit = Outbox.of(bench.work), bench.session, bench.screening.screening_id
    for number in range(60):
        answer = Answer(item, AnswerValue.YES, other_explanation=f"{number} " + "x" * 500)
        bench.visit.change(lambda answer=answer: screenings.record_answer(session, visit, answer))
        bench.settle()
        if outbox.blocked:
            return
    pytest.fail("the store never refused")


@pytest.fixture
def bench(open_visit: OpenVisit) -> Bench:
    bench = open_visit()
    bench.enter("observations", build)
    return bench


def test_a_full_disk_is_called_so(bench: Bench) -> None:
    """In the banner, from what SQLite really says; and no "Saved" stands beside it."""
    view = bench.window.navigator.current
    view.answered.emit(FIRST, YES)
    bench.settle()
    assert view.footer.saved.startswith("Saved")
    with full_disk(bench):
        fill(bench)
        banner = bench.work.notices.banner
        assert banner is not None
        assert "The disk is full" in banner.text
        assert banner.action_text == "Try again"
        assert view.footer.saved == ""
    banner.action()
    bench.settle()
    assert bench.work.notices.banner is None
    assert view.footer.saved.startswith("Saved")
    assert not Outbox.of(bench.work).blocked
    assert bench.stored.answers[IndicatorId("A05")].other_explanation


def test_a_later_change_does_not_overtake_one_that_failed(bench: Bench) -> None:
    """Yes failed, no followed at once: what stands in the end is no."""
    session, visit = bench.session, bench.screening.screening_id
    failing = [True]

    def yes() -> object:
        if failing:
            failing.clear()
            raise OSError
        return screenings.record_answer(session, visit, Answer(FIRST, AnswerValue.YES))

    bench.visit.change(yes)
    bench.visit.change(
        lambda: screenings.record_answer(session, visit, Answer(FIRST, AnswerValue.NO))
    )
    bench.settle()
    assert FIRST not in screenings.load_screening(session, visit).answers
    Outbox.of(bench.work).try_again()
    assert bench.stored.answers[FIRST].value is AnswerValue.NO


def test_a_mistake_of_the_program_does_not_hold_up_every_visit(bench: Bench) -> None:
    """It is said, "Try again" tries it again, and then everything else goes on."""

    def mistake() -> None:
        raise ValueError

    outbox, view = Outbox.of(bench.work), bench.window.navigator.current
    bench.visit.change(mistake)
    view.answered.emit(FIRST, YES)
    bench.settle()
    banner = bench.work.notices.banner
    assert outbox.blocked
    assert banner is not None
    assert banner.action_text == "Try again"
    banner.action()
    bench.settle()
    assert not outbox.blocked
    assert outbox.empty
    assert bench.work.notices.banner is not None
    assert bench.work.notices.banner.title == "One entry could not be kept"
    view.answered.emit(SECOND, YES)
    assert set(bench.stored.answers) == {FIRST, SECOND}
    bench.visit.pause()
    assert bench.stored.status is ScreeningStatus.PAUSED


def test_words_of_a_change_that_was_given_up_wait_with_the_visit(bench: Bench) -> None:
    """The mistake was the program's; the sentence is the patient's."""
    bench.enter("details", build_details)

    def mistake() -> None:
        raise ValueError

    at = TypedAt(TypedField.OWN_WORDS, "Q1")
    bench.visit.change(mistake, typed={at: "He keeps my passport"})
    bench.settle()
    Outbox.of(bench.work).try_again()
    assert bench.stored.drafts == {at: "He keeps my passport"}


def test_a_pause_that_is_not_stored_is_not_announced(bench: Bench) -> None:
    """The visit stays in front, with the reason and the way to try again."""
    said = []
    bench.work.notices.said.connect(said.append)
    with full_disk(bench):
        fill(bench)
        bench.visit.pause()
        bench.settle()
        assert said == []
        assert bench.window.navigator.current.name == "observations"
        assert bench.work.notices.banner is not None


def test_the_last_try_stores_what_it_can(bench: Bench) -> None:
    """At the lock: the disk has room again, so nothing is lost."""
    with full_disk(bench):
        fill(bench)
        bench.visit.change(
            lambda: screenings.record_answer(
                bench.session, bench.screening.screening_id, Answer(SECOND, AnswerValue.YES)
            )
        )
    Outbox.of(bench.work).try_last()
    assert SECOND in bench.stored.answers


def test_the_last_try_says_when_something_is_lost(bench: Bench) -> None:
    """A change that cannot be stored holds up none of the others."""

    def mistake() -> None:
        raise ValueError

    bench.visit.change(mistake)
    bench.visit.change(
        lambda: screenings.record_answer(
            bench.session, bench.screening.screening_id, Answer(THIRD, AnswerValue.YES)
        )
    )
    bench.settle()
    with pytest.raises(NotKeptError):
        Outbox.of(bench.work).try_last()
    assert THIRD in bench.stored.answers


def test_what_waits_behind_a_mistake_goes_on_in_its_order(bench: Bench) -> None:
    """Also what is entered while the store still answers to the try before."""
    session, visit = bench.session, bench.screening.screening_id

    def mistake() -> None:
        raise ValueError

    def answer(value: AnswerValue) -> None:
        bench.visit.change(
            lambda: screenings.record_answer(session, visit, Answer(FIRST, value)),
        )

    outbox = Outbox.of(bench.work)
    bench.visit.change(mistake)
    answer(AnswerValue.YES)
    bench.settle()
    outbox.try_again()
    answer(AnswerValue.NO)
    outbox.try_again()
    answer(AnswerValue.NOT_SEEN)
    bench.settle()
    bench.settle()
    assert outbox.empty
    assert not outbox.blocked
    assert bench.stored.answers[FIRST].value is AnswerValue.NOT_SEEN
