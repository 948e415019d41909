# SPDX-License-Identifier: GPL-3.0-or-later
"""Observations: one hand on the number keys, and nothing shown that a companion may not read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pact_desktop.desktop.screens.observations import build
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId, VisitPart
from pact_desktop.domain.screening import Companion
from pact_desktop.services import screenings
from tests.desktop.visit_support import (
    Bench,
    OpenVisit,
    accessible_problems,
    type_text,
)
from tests.factories import SteppableClock

KEY = Qt.Key


@pytest.fixture
def bench(open_visit: OpenVisit) -> Bench:
    return open_visit()


def _rows(bench: Bench) -> list[IndicatorId]:
    return [
        i.link_id for i in bench.visit.indicator_set.part(VisitPart.OBSERVATIONS, is_child=False)
    ]


def test_digits_answer_and_arrows_go_on(bench: Bench) -> None:
    """1, 2 and 3 answer the current row and each answer is in the store at once."""
    bench.enter("observations", build)
    for digit in (KEY.Key_1, KEY.Key_2, KEY.Key_3):
        bench.key(digit)
        bench.key(KEY.Key_Down)
    values = [bench.stored.answers[link_id].value for link_id in _rows(bench)[:3]]
    assert values == [AnswerValue.YES, AnswerValue.NO, AnswerValue.NOT_SEEN]


def test_backspace_clears_the_answer(bench: Bench) -> None:
    """A slip of the hand is taken back with one key."""
    bench.enter("observations", build)
    bench.key(KEY.Key_1)
    bench.key(KEY.Key_Backspace)
    assert bench.stored.answers == {}


def test_the_first_unanswered_row_has_the_focus(bench: Bench) -> None:
    """Coming back to the list, the hand goes on where it stopped."""
    view = bench.enter("observations", build)
    bench.key(KEY.Key_1)
    bench.enter("today", build)
    view = bench.enter("observations", build)
    assert view.list.current == _rows(bench)[1]
    assert view.list.rows[1].segments.has_focus()


def test_an_ordinary_explanation_is_kept_with_the_answer(bench: Bench) -> None:
    """After a yes the tick boxes open in the same row."""
    view = bench.enter("observations", build)
    bench.key(KEY.Key_1)
    row = view.list.rows[0]
    assert row.extra is not None
    assert row.extra.isVisible()
    code, tick = next(iter(row.ticks.items()))
    tick.click()
    assert bench.stored.answers[row.link_id].explanations == (code,)


def test_another_reason_is_kept_on_leaving_its_field(bench: Bench) -> None:
    """Typed text is not lost when the nurse moves on quickly."""
    view = bench.enter("observations", build)
    bench.key(KEY.Key_1)
    row = view.list.rows[0]
    row.other_tick.click()
    type_text(row.other_edit, "Слаб слух")
    bench.key(KEY.Key_Tab)
    assert bench.stored.answers[row.link_id].other_explanation == "Слаб слух"


def test_a_companion_sees_short_neutral_wording(bench: Bench) -> None:
    """With somebody in the room the list opens short, without help beside it."""
    view = bench.enter("observations", build)
    assert view.list.rows[0].text.text() == "Who answers"
    assert not view.private
    assert not view.side.isVisible()
    assert not view.concern.isVisible()


def test_full_wording_is_private_and_kept_for_the_visit(bench: Bench) -> None:
    """F8 shows everything, and the choice lasts."""
    view = bench.enter("observations", build)
    bench.key(KEY.Key_1)
    view.wording.click()
    bench.settle()
    assert view.private
    assert view.side.isVisible()
    assert view.list.rows[0].text.text() == "Another person answers for the patient"
    assert view.list.rows[0].answer().value is AnswerValue.YES
    bench.enter("today", build)
    assert bench.enter("observations", build).private
    assert bench.stored.full_wording


def test_a_patient_who_came_alone_is_seen_in_full_wording(open_visit: OpenVisit) -> None:
    """Nobody reads along, so nothing has to be hidden."""
    bench = open_visit(companion=Companion.NONE)
    assert bench.enter("observations", build).private


def test_who_came_along_is_not_known_counts_as_somebody(open_visit: OpenVisit) -> None:
    """In doubt the wording is the short one."""
    bench = open_visit(companion=Companion.UNKNOWN)
    assert not bench.enter("observations", build).private


def test_concern_without_a_sign_is_kept(open_visit: OpenVisit) -> None:
    """Staff may be concerned without a single row to mark."""
    bench = open_visit(companion=Companion.NONE)
    view = bench.enter("observations", build)
    view.concern.click()
    assert bench.stored.staff_concern


def test_progress_and_what_is_left_are_said(bench: Bench) -> None:
    """Words first; going on is allowed all the same."""
    view = bench.enter("observations", build)
    bench.key(KEY.Key_1)
    assert view.progress.accessibleName() == "1 of 14 answered"
    assert view.footer.note == "13 left"
    assert view.footer.primary_enabled


def test_saved_is_said_only_after_the_store_answered(bench: Bench, clock: SteppableClock) -> None:
    """The footer never promises more than the disk holds."""
    view = bench.enter("observations", build)
    clock.step(minutes=3)
    before = view.footer.saved
    view.list.rows[0].segments.buttons()[0].click()
    assert view.footer.saved == before
    bench.settle()
    assert view.footer.saved == "Saved 08:33"


def test_a_storage_problem_stops_answering_and_loses_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer stays on the screen, and is kept when the store works again."""
    view = bench.enter("observations", build)
    really = screenings.record_answer

    def disk_full(*_arguments: object) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    monkeypatch.setattr(screenings, "record_answer", disk_full)
    bench.key(KEY.Key_1)
    assert not view.list.isEnabled()
    assert bench.work.notices.banner.title == "The last answer could not be kept"
    assert view.list.rows[0].answer().value is AnswerValue.YES
    monkeypatch.setattr(screenings, "record_answer", really)
    bench.work.notices.banner.action()
    bench.settle()
    assert view.list.isEnabled()
    assert bench.work.notices.banner is None
    assert bench.stored.answers[_rows(bench)[0]].value is AnswerValue.YES


def test_in_a_narrow_window_answers_stand_below_their_text(bench: Bench) -> None:
    """At 200 percent nothing is cut and nothing scrolls sideways."""
    view = bench.enter("observations", build)
    view.width_changed.emit(683)
    bench.settle()
    row = view.list.rows[0]
    assert row.segments.geometry().top() > row.text.geometry().top()


def test_help_folds_away_and_opens_over_the_list(open_visit: OpenVisit) -> None:
    """Below 1180 the pane waits behind its button and F1."""
    bench = open_visit(companion=Companion.NONE)
    view = bench.enter("observations", build)
    view.width_changed.emit(1100)
    bench.settle()
    assert view.about_button.isVisible()
    assert not view.side.isVisible()
    view.help_pressed.emit()
    assert view.side.isVisible()
    view.fold.close()
    view.width_changed.emit(1366)
    bench.settle()
    assert view.side.isVisible()
    assert not view.about_button.isVisible()


def test_f8_works_from_anywhere_in_the_window(bench: Bench) -> None:
    """Also while the focus is in the footer."""
    view = bench.enter("observations", build)
    bench.window.setFocus()
    QTest.keyClick(bench.window, KEY.Key_F8)
    bench.settle()
    assert view.private


def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    """A screen reader says the row with each answer."""
    view = bench.enter("observations", build)
    bench.key(KEY.Key_1)
    assert accessible_problems(view) == []
    assert view.list.rows[0].segments.buttons()[0].accessibleName() == "Noted, row 1: Who answers"
