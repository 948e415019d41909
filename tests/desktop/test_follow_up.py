# SPDX-License-Identifier: GPL-3.0-or-later
"""Follow-up: late first, the answer in seconds, and nobody's name."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screens import follow_up, referral, today
from pact_desktop.desktop.screens.follow_up.view import FollowUpView, Order, Shown
from pact_desktop.desktop.screens.referral.view import ReferralView
from pact_desktop.desktop.screens.today.view import TodayView
from pact_desktop.desktop.widgets import CountRow
from pact_desktop.domain.facility import ServiceId
from pact_desktop.domain.referral import (
    DeclineReason,
    OutcomeCode,
    Priority,
    Referral,
    ReferralStatus,
    show_reference,
)
from pact_desktop.services import referrals
from pact_desktop.services.facility import confirm_service, directory
from tests.desktop.follow_up_support import Sent, send, send_some
from tests.desktop.refer_support import HOUSE, Desk, Elsewhere, add_services, open_desk, press
from tests.desktop.visit_support import accessible_problems, dress, type_text
from tests.factories import SteppableClock

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

Opened = tuple[Desk, FollowUpView, Sent]
Open = Callable[..., Opened]
WRONG = "This code does not fit any referral. Check the last character."


@pytest.fixture
def open_follow_up(
    qtbot: QtBot, open_as: "Callable[[str], Session]", clock: SteppableClock
) -> Iterator[Open]:
    desks: list[Desk] = []

    def opened(*, who: str = "nadia", **size: Any) -> Opened:
        add_services(open_as("mira"))
        nurse = open_as("nadia")
        sent = send_some(nurse, clock)
        desk = open_desk(nurse if who == "nadia" else open_as(who), **size)
        desks.append(desk)
        qtbot.addWidget(desk.window)
        view = desk.enter("follow_up", follow_up.build)
        assert isinstance(view, FollowUpView)
        return desk, view, sent

    dress()
    yield opened
    for desk in desks:
        desk.close()


def column(view: FollowUpView, number: int) -> list[str]:
    model = view.table.model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def stored(desk: Desk, referral: Referral) -> Referral:
    desk.settle()
    return referrals.load_referral(desk.session, referral.referral_id)


def key(desk: Desk, wanted: Qt.Key) -> None:
    """Pressed where the focus is, when the window has come to rest."""
    desk.settle()
    press(QApplication.focusWidget() or desk.window, wanted)
    desk.settle()


def type_reference(desk: Desk, view: FollowUpView, text: str) -> None:
    """The dialog opens with the cursor in its one field."""
    desk.settle()
    assert view.answer.reference.hasFocus()
    type_text(view.answer.reference, text)


def waiting_in_rail(desk: Desk) -> int:
    button = desk.window.shell.rail.places._buttons["follow_up"]  # noqa: SLF001 what is painted
    return button.place.count


def words_of(screen: QWidget) -> str:
    labels = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert isinstance(screen, FollowUpView)
    cells = [text for number in range(4) for text in column(screen, number)]
    return " ".join(labels + cells)


def test_what_is_late_comes_first_and_is_chosen(open_follow_up: Open) -> None:
    """The first row is the one to call about; its track is open beside the list."""
    desk, view, sent = open_follow_up()
    assert column(view, 0) == sent.references
    assert column(view, 3) == [
        "Overdue by 1 day", "3 hours left", "13 days left", "New place needed",
        "Outcome due 8 Dec 2026", "Service started",
    ]  # fmt: skip
    assert view.table.hasFocus()
    assert view.details.reference.text() == show_reference(sent.late.reference)
    assert view.details.note.isVisible()
    assert desk.problems == []


def test_after_another_name_the_list_says_who_has_the_page(open_follow_up: Open) -> None:
    """The number beside it is that of the name of now: who calls it is told."""
    desk, view, sent = open_follow_up(who="mira")
    known = next(one for one in directory(desk.session) if one.service_id == HOUSE)
    confirm_service(desk.session, replace(known, name="Another house"))
    view.leave()
    desk.enter("follow_up", follow_up.build)
    row = sent.references.index(show_reference(sent.late.reference))
    assert column(view, 1)[row] == "House “Jasen”"
    view.table.select(sent.late.referral_id)
    said = view.details.sent_to.text()
    assert said == "Sent to: House “Jasen”. The service has another name now."
    view.table.select(sent.waiting.referral_id)
    assert view.details.sent_to.text() == "Legal aid office"


def test_the_track_says_when_each_step_was_or_is_due(open_follow_up: Open) -> None:
    """Sent, received, accepted or not, outcome; the reason beside the cross."""
    _, view, sent = open_follow_up()
    steps = view.details.track.words()
    assert [title for title, _ in steps] == [
        "Sent", "Received", "Accepted or not accepted", "Outcome",
    ]  # fmt: skip
    assert steps[1][1] == "No answer yet"
    assert steps[2][1].startswith("Was due ")
    view.table.select(sent.declined.referral_id)
    title, detail = view.details.track.words()[2]
    assert (title, detail.split(" · ")[1]) == ("Not accepted", "No places left")
    view.table.select(sent.closed.referral_id)
    assert view.details.track.words()[3][1].endswith("Service started")
    assert view.details.closed.isVisible()


@pytest.mark.parametrize(
    ("shown", "rows"),
    [(Shown.WAITING, [0, 1, 2]), (Shown.OVERDUE, [0]), (Shown.PLACE_AGAIN, [3])],
)
def test_the_list_is_filtered(open_follow_up: Open, shown: Shown, rows: list[int]) -> None:
    """Each filter shows what it says, with its count."""
    _, view, sent = open_follow_up()
    position = list(Shown).index(shown)
    view.filter.buttons()[position].click()
    assert column(view, 0) == [sent.references[row] for row in rows]
    assert view.filter.buttons()[position].text().endswith(str(len(rows)))
    assert view.details.reference.text() == sent.references[rows[0]]


def test_the_newest_can_come_first(open_follow_up: Open) -> None:
    """For somebody who looks for what was sent just now."""
    _, view, sent = open_follow_up()
    view.order.chosen.emit(Order.NEWEST_FIRST)
    assert column(view, 0)[0] == show_reference(sent.received.reference)


def test_a_slip_is_entered_by_keyboard_alone(open_follow_up: Open) -> None:
    """Ctrl+R, the reference without its lines, a digit, Enter: four moves."""
    desk, view, sent = open_follow_up()
    QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    type_reference(desk, view, sent.waiting.reference.lower())
    assert view.answer.reference.text() == show_reference(sent.waiting.reference)
    key(desk, Qt.Key.Key_2)
    assert stored(desk, sent.waiting).status is ReferralStatus.SENT
    key(desk, Qt.Key.Key_Return)
    assert stored(desk, sent.waiting).status is ReferralStatus.ACCEPTED
    assert not view.answer.isVisible()
    assert desk.window.focusWidget() is view.table
    assert view.table.current_key() == sent.waiting.referral_id


def test_a_reason_is_chosen_from_the_slip(open_follow_up: Open) -> None:
    """Not accepted opens the reasons; without one nothing is stored."""
    desk, view, sent = open_follow_up()
    QTest.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    type_reference(desk, view, show_reference(sent.late.reference).replace("-", " "))
    key(desk, Qt.Key.Key_3)
    assert view.answer.codes.isVisible()
    key(desk, Qt.Key.Key_Return)
    assert view.answer.problem.isVisible()
    assert stored(desk, sent.late).status is ReferralStatus.SENT
    key(desk, Qt.Key.Key_3)
    key(desk, Qt.Key.Key_Return)
    last = stored(desk, sent.late).history[-1]
    assert (last.status, last.code) == (ReferralStatus.DECLINED, DeclineReason.WRONG_AREA)
    assert view.details.another.isVisible()


def test_an_outcome_beyond_the_digits_is_reached_by_arrow(open_follow_up: Open) -> None:
    """Thirteen answers stand on the slip; the keyboard reaches all of them."""
    desk, view, sent = open_follow_up()
    view.table.select(sent.accepted.referral_id)
    press(view.table, Qt.Key.Key_Return)
    key(desk, Qt.Key.Key_2)
    key(desk, Qt.Key.Key_9)
    for _ in range(4):
        key(desk, Qt.Key.Key_Down)
    key(desk, Qt.Key.Key_Return)
    last = stored(desk, sent.accepted).history[-1]
    assert (last.status, last.code) == (ReferralStatus.OUTCOME, OutcomeCode.CLOSED_OTHER)


def test_an_outcome_that_may_not_be_told_is_an_answer(open_follow_up: Open) -> None:
    """The person did not agree: the slip comes back with nothing on it."""
    desk, view, sent = open_follow_up()
    view.table.select(sent.accepted.referral_id)
    press(view.table, Qt.Key.Key_Return)
    key(desk, Qt.Key.Key_2)
    key(desk, Qt.Key.Key_1)
    key(desk, Qt.Key.Key_Return)
    last = stored(desk, sent.accepted).history[-1]
    assert (last.status, last.code) == (ReferralStatus.OUTCOME, "")


def test_a_wrong_reference_is_told_in_one_sentence(open_follow_up: Open) -> None:
    """One character off, at its field, with what was typed still there."""
    desk, view, sent = open_follow_up()
    view.enter_slip.click()
    typed = sent.late.reference[:-1] + ("3" if sent.late.reference[-1] == "2" else "2")
    type_reference(desk, view, typed)
    assert view.answer.reference_field.problem() == WRONG
    assert view.answer.reference.text() == typed
    assert not view.answer.statuses.isVisible()
    view.answer.reference.backspace()
    view.answer.reference.textEdited.emit(view.answer.reference.text())
    assert view.answer.reference_field.problem() == ""


def test_a_reference_that_is_too_short_is_told_on_enter(open_follow_up: Open) -> None:
    """Not while it is being typed."""
    desk, view, _ = open_follow_up()
    view.enter_slip.click()
    type_reference(desk, view, "7KQ")
    assert view.answer.reference_field.problem() == ""
    key(desk, Qt.Key.Key_Return)
    assert view.answer.reference_field.problem() == WRONG


def test_letters_of_a_cyrillic_keyboard_are_read_as_they_look(open_follow_up: Open) -> None:
    """Nobody changes the keyboard to copy seven characters from a slip."""
    desk, view, sent = open_follow_up()
    pairs = str.maketrans("ABEKMHPCTXYSJ", "АВЕКМНРСТХУЅЈ")
    view.enter_slip.click()
    type_reference(desk, view, sent.late.reference.translate(pairs))
    assert view.answer.found.isVisible()
    assert desk.problems == []


def test_only_what_may_come_next_is_offered(open_follow_up: Open) -> None:
    """Nothing goes back to received; a closed referral takes no answer at all."""
    desk, view, sent = open_follow_up()
    view.table.select(sent.received.referral_id)
    assert [button.text() for button in view.details.answers] == [
        "Accepted", "Not accepted …", "Other …",
    ]  # fmt: skip
    view.table.select(sent.closed.referral_id)
    assert view.details.answers == []
    view.enter_slip.click()
    type_reference(desk, view, sent.closed.reference)
    assert "closed" in view.answer.reference_field.problem()
    assert not view.answer.statuses.isVisible()


def test_an_answer_by_telephone_needs_no_typing(open_follow_up: Open) -> None:
    """The buttons beside the track open the answer already chosen; Enter keeps it."""
    desk, view, sent = open_follow_up()
    view.details.answers[0].click()
    assert view.answer.reference.text() == show_reference(sent.late.reference)
    assert view.answer.status is ReferralStatus.RECEIVED
    assert stored(desk, sent.late).status is ReferralStatus.SENT
    key(desk, Qt.Key.Key_Return)
    assert stored(desk, sent.late).status is ReferralStatus.RECEIVED


def test_escape_keeps_nothing(open_follow_up: Open) -> None:
    """The safe answer, and the next slip starts empty."""
    desk, view, sent = open_follow_up()
    view.details.answers[1].click()
    key(desk, Qt.Key.Key_Escape)
    assert stored(desk, sent.late).status is ReferralStatus.SENT
    view.enter_slip.click()
    assert view.answer.reference.text() == ""
    assert not view.answer.found.isVisible()


def test_the_rail_counts_what_still_waits(open_follow_up: Open) -> None:
    """Right on arriving and right after an answer."""
    desk, view, sent = open_follow_up()
    assert waiting_in_rail(desk) == 3
    view.details.answers[1].click()
    key(desk, Qt.Key.Key_Return)
    assert stored(desk, sent.late).status is ReferralStatus.ACCEPTED
    assert waiting_in_rail(desk) == 2


def test_an_answered_row_gives_its_place_to_the_next(open_follow_up: Open) -> None:
    """Under a filter the row goes away, and the list never loses its place."""
    desk, view, sent = open_follow_up()
    view.filter.buttons()[list(Shown).index(Shown.WAITING)].click()
    view.details.answers[1].click()
    key(desk, Qt.Key.Key_Return)
    desk.settle()
    assert column(view, 0) == sent.references[1:3]
    assert view.details.reference.text() == sent.references[1]


def test_a_clinician_opens_the_visit_and_comes_back_to_the_row(open_follow_up: Open) -> None:
    """The referral as it was sent; another service starts a new one."""
    desk, view, sent = open_follow_up()
    view.table.select(sent.declined.referral_id)
    view.details.open.click()
    page = desk.work.navigator.screen("referral")
    assert isinstance(page, Elsewhere)
    assert page.arguments == {
        "screening_id": sent.declined.screening_id,
        "referral_id": sent.declined.referral_id,
    }
    desk.work.navigator.back()
    desk.settle()
    assert view.table.current_key() == sent.declined.referral_id
    view.details.another.click()
    assert page.arguments == {"screening_id": sent.declined.screening_id}


def test_the_referral_that_was_sent_stands_behind_it(open_follow_up: Open) -> None:
    """The real screen shows the paper that left, and a fresh one for another service."""
    desk, view, sent = open_follow_up(without=("referral",))
    desk.work.navigator.register("referral", lambda: referral.build(desk.work))
    view.table.select(sent.declined.referral_id)
    view.details.open.click()
    desk.rest()
    page = desk.work.navigator.screen("referral")
    assert isinstance(page, ReferralView)
    assert show_reference(sent.declined.reference) in page.state.accessibleName()
    desk.work.navigator.back()
    desk.rest()
    view.details.another.click()
    desk.rest()
    assert page.state.accessibleName() == ""
    assert desk.problems == []


def test_every_control_has_a_name_of_its_own(open_follow_up: Open) -> None:
    """For a screen reader, beside the list and in the dialog."""
    desk, view, _ = open_follow_up()
    assert accessible_problems(view) == []
    view.details.answers[2].click()
    desk.settle()
    assert accessible_problems(view.answer) == []


def test_a_manager_sees_references_only(open_follow_up: Open) -> None:
    """No name and no way to one, but an answer can be written down."""
    desk, view, sent = open_follow_up(who="mira")
    assert column(view, 0) == sent.references
    assert not view.details.open.isVisible()
    assert not view.details.another.isVisible()
    assert "Al-Hassan" not in words_of(view)
    assert "Layla" not in words_of(view)
    view.details.answers[1].click()
    key(desk, Qt.Key.Key_Return)
    desk.settle()
    assert column(view, 2)[-2:] == ["Accepted", "Outcome"]
    assert waiting_in_rail(desk) == 2


def test_a_clinician_reads_no_name_here_either(open_follow_up: Open) -> None:
    """A companion may stand behind the screen."""
    _, view, _ = open_follow_up()
    assert not view.private
    assert "Al-Hassan" not in words_of(view)


def test_an_empty_list_says_so(qtbot: QtBot, session: "Session") -> None:
    """No bare grey area and no empty card beside it."""
    desk = open_desk(session)
    qtbot.addWidget(desk.window)
    view = desk.enter("follow_up", follow_up.build)
    assert isinstance(view, FollowUpView)
    assert view.empty.isVisible()
    assert not view.table.isVisible()
    assert not view.side.isVisible()
    assert view.enter_slip.hasFocus()
    desk.close()


def test_nothing_overdue_says_so(open_follow_up: Open) -> None:
    """An empty filter is good news, in words."""
    desk, view, sent = open_follow_up()
    view.details.answers[1].click()
    key(desk, Qt.Key.Key_Return)
    assert stored(desk, sent.late).status is ReferralStatus.ACCEPTED
    view.filter.buttons()[list(Shown).index(Shown.OVERDUE)].click()
    assert view.empty.isVisible()
    assert view.empty.property("heading") == "Nothing is overdue"


def test_what_the_store_refuses_is_told_and_nothing_is_lost(open_follow_up: Open) -> None:
    """Answered meanwhile on another way: the dialog says so and stays."""
    desk, view, sent = open_follow_up()
    view.details.answers[0].click()
    referrals.answer_referral(desk.session, sent.late.referral_id, ReferralStatus.ACCEPTED)
    key(desk, Qt.Key.Key_Return)
    desk.settle()
    assert view.answer.isVisible()
    assert view.answer.problem.isVisible()
    assert view.answer.reference.text() == show_reference(sent.late.reference)
    assert view.answer.main.isEnabled()


def test_the_track_folds_in_a_narrow_window(open_follow_up: Open) -> None:
    """F1 or its button opens it over the list; nothing is lost by the fold."""
    desk, view, _ = open_follow_up(width=1024, height=600)
    assert not view.details.isVisible()
    view.about_button.click()
    desk.settle()
    assert view.details.isVisible()


def test_today_counts_what_waits_and_leads_here(
    open_follow_up: Open,
) -> None:
    """Three unanswered, one of them overdue; the rail says the same."""
    desk, _, _ = open_follow_up()
    desk.work.navigator.register("real_today", lambda: today.build(desk.work))
    view = desk.work.navigator.go("real_today")
    desk.settle()
    assert isinstance(view, TodayView)
    row = view.todo.findChildren(CountRow)[0]
    assert row.text() == "3 referrals unanswered"
    assert row.accessibleDescription() == "1 overdue · Longest wait: 4 days"
    row.click()
    assert desk.work.navigator.current is not None
    assert desk.work.navigator.current.name == "follow_up"


def test_a_referral_sent_just_now_waits_in_the_rail(
    open_follow_up: Open, clock: SteppableClock
) -> None:
    """Today counts again whenever it is opened."""
    desk, _, _ = open_follow_up()
    clock.step(minutes=5)
    send(desk.session, ServiceId(HOUSE), Priority.URGENT)
    desk.work.navigator.register("real_today", lambda: today.build(desk.work))
    desk.work.navigator.go("real_today")
    desk.settle()
    assert waiting_in_rail(desk) == 4


@pytest.mark.parametrize(("scale", "height"), [(100, 736), (100, 600), (150, 736)])
def test_the_dialog_stays_inside_the_window(open_follow_up: Open, scale: int, height: int) -> None:
    """It grows with the answers; the chosen one is in sight and so are the buttons."""
    dress(scale=scale)
    desk, view, sent = open_follow_up(height=height)
    view.table.select(sent.accepted.referral_id)
    press(view.table, Qt.Key.Key_Return)
    key(desk, Qt.Key.Key_2)
    key(desk, Qt.Key.Key_7)
    QTest.qWait(50)
    dialog = view.answer
    assert desk.window.frameGeometry().contains(dialog.frameGeometry())
    assert dialog.rect().contains(dialog.main.geometry())
    chosen = QApplication.focusWidget()
    assert chosen is not None
    assert chosen.visibleRegion().boundingRect().height() == chosen.height()


def test_a_list_that_cannot_be_read_is_not_called_empty(open_follow_up: Open) -> None:
    """Nobody reads "Nothing is waiting" over referrals that wait; trying again brings them."""
    desk, view, sent = open_follow_up()
    with desk.session.store.reading_config() as connection:
        connection.exec_driver_sql("ALTER TABLE cases.referral RENAME TO elsewhere")
        connection.commit()
    fresh = follow_up.build(desk.work)
    desk.work.navigator.register("fresh", lambda: fresh)
    desk.work.navigator.go("fresh")
    desk.settle()
    assert not fresh.empty.isVisible()
    banner = desk.work.notices.banner
    assert banner is not None
    assert banner.action is not None
    with desk.session.store.reading_config() as connection:
        connection.exec_driver_sql("ALTER TABLE cases.elsewhere RENAME TO referral")
        connection.commit()
    banner.action()
    desk.settle()
    assert column(fresh, 0) == sent.references
    assert column(view, 0) == sent.references
