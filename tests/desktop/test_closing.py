# SPDX-License-Identifier: GPL-3.0-or-later
"""Closing a record at the screen: who is chosen, what is said, and who finds it afterwards."""

import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pact_desktop.desktop.closed_notice import tell_of_unreadable
from pact_desktop.desktop.notices import Question, Toast
from pact_desktop.desktop.screens import closing, patients, today
from pact_desktop.desktop.screens.closing.view import ClosingView
from pact_desktop.desktop.screens.patients.view import PatientsView
from pact_desktop.desktop.screens.today.view import TodayView
from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.services import patients as register
from pact_desktop.services import screenings, sealing
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.sealed_tables import sealed_record
from tests.desktop.desk_support import rows_shown
from tests.desktop.refer_support import Desk, OpenDesk, registered
from tests.desktop.visit_support import accessible_problems, type_text

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]


@pytest.fixture
def ids(keyring_of: Callable[[str], KeyRing]) -> dict[str, AccountId]:
    return {name: keyring_of(name).account.account_id for name in ("nadia", "dren", "mira")}


def searched(desk: Desk, words: str) -> PatientsView:
    desk.work.navigator.register("closing", lambda: closing.build(desk.work))
    view = desk.enter("patients", patients.build)
    assert isinstance(view, PatientsView)
    type_text(view.search, words)
    desk.rest()
    return view


def led_to(desk: Desk, view: PatientsView) -> ClosingView:
    view.closing.click()
    desk.settle()
    current = desk.work.navigator.current
    assert isinstance(current, ClosingView)
    return current


def answers(desk: Desk, number: int) -> list[Question]:
    """Every question from now on gets this answer."""
    asked: list[Question] = []

    def answer(question: Question, done: Callable[[int], object]) -> None:
        asked.append(question)
        done(number)

    desk.work.notices.asked.disconnect()
    desk.work.notices.asked.connect(answer)
    return asked


def test_a_record_is_closed_to_who_is_not_ticked(
    open_as: OpenAs, desk_of: OpenDesk, ids: dict[str, AccountId]
) -> None:
    """From the patient to the list of colleagues and back, where it has its mark."""
    desk = desk_of(open_as("nadia"))
    patient = registered(desk.session)
    page = searched(desk, "mark")
    assert page.closing.text() == "Close this record …"
    view = led_to(desk, page)
    assert (view.private, view.lead.text()) == (True, "Marković, Ana")
    assert set(view.boxes) == {ids["nadia"], ids["dren"]}
    assert view.ticked() == [ids["nadia"]]
    assert view.first_focus() is not None
    view.primary_pressed.emit()
    desk.settle()
    assert desk.work.navigator.current is page
    assert rows_shown(page.table)[0][1] == "Closed record"
    assert page.closing.text() == "Change who may open it …"
    record = sealing.closed_record(desk.session, patient.patient_id)
    assert record is not None
    assert (record.named, record.about) == ({ids["nadia"]}, None)
    assert view.lead.text() == ""
    assert view.boxes == {}
    assert desk.problems == []
    desk.close()
    assert register.find_patients(open_as("dren"), "mark") == []


def test_a_record_closed_on_a_full_disk_says_what_waits(
    open_as: OpenAs, desk_of: OpenDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is closed all the same; only the files could not get new keys."""
    desk = desk_of(open_as("nadia"))
    registered(desk.session)
    view = led_to(desk, searched(desk, "mark"))
    usage = shutil.disk_usage(desk.session.store.place)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    said: list[Toast] = []
    desk.work.notices.said.connect(said.append)
    view.primary_pressed.emit()
    desk.settle()
    assert [toast.text for toast in said] == [
        (
            "Closed. Only the people you chose can open it. "
            "The files are written anew at the next sign-in, when there is room for it."
        )
    ]
    assert desk.problems == []


def test_without_oneself_it_says_so_where_the_boxes_are(
    open_as: OpenAs, desk_of: OpenDesk, ids: dict[str, AccountId]
) -> None:
    desk = desk_of(open_as("nadia"))
    patient = registered(desk.session)
    view = led_to(desk, searched(desk, "mark"))
    view.boxes[ids["nadia"]].click()
    view.primary_pressed.emit()
    desk.settle()
    assert view.problems.isVisible()
    assert desk.work.navigator.current is view
    assert sealing.closed_record(desk.session, patient.patient_id) is None
    view.boxes[ids["nadia"]].click()
    assert not view.problems.isVisible()


def test_a_record_about_a_colleague_is_never_theirs(
    open_as: OpenAs, desk_of: OpenDesk, ids: dict[str, AccountId]
) -> None:
    """Neither ticked nor opened to all while they work here, and nobody has to know the rule."""
    desk = desk_of(open_as("nadia"))
    registered(desk.session)
    page = searched(desk, "mark")
    view = led_to(desk, page)
    view.about.set_value(ids["dren"])
    view.boxes[ids["dren"]].click()
    view.primary_pressed.emit()
    desk.settle()
    assert view.problems.isVisible()
    view.boxes[ids["dren"]].click()
    view.primary_pressed.emit()
    desk.settle()
    assert desk.work.navigator.current is page
    view = led_to(desk, page)
    assert set(view.boxes) == {ids["nadia"]}
    assert view.footer.secondary == ""
    assert not view.about.isVisible()
    assert any("stays closed while" in words for words in view.effects.words())


def test_named_people_are_changed_and_it_opens_to_all(
    open_as: OpenAs, desk_of: OpenDesk, ids: dict[str, AccountId]
) -> None:
    """Opening to all is asked once more, and the safe answer leaves it closed."""
    nurse = open_as("nadia")
    patient = registered(nurse)
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    desk = desk_of(nurse)
    page = searched(desk, "mark")
    view = led_to(desk, page)
    view.boxes[ids["dren"]].click()
    view.primary_pressed.emit()
    desk.settle()
    record = sealing.closed_record(nurse, patient.patient_id)
    assert record is not None
    assert record.named == {ids["nadia"], ids["dren"]}
    view = led_to(desk, page)
    assert view.footer.secondary == "Open to all again …"
    answers(desk, 0)
    view.secondary_pressed.emit()
    desk.settle()
    assert sealing.closed_record(nurse, patient.patient_id) is not None
    asked = answers(desk, 1)
    view.secondary_pressed.emit()
    desk.settle()
    assert len(asked) == 1
    assert sealing.closed_record(nurse, patient.patient_id) is None
    assert desk.work.navigator.current is page
    assert len(rows_shown(page.table)[0]) == 4
    assert desk.problems == []


def test_today_marks_it_for_who_is_named(
    open_as: OpenAs, desk_of: OpenDesk, ids: dict[str, AccountId]
) -> None:
    """Beside others, whose cell is empty; without any there is no such column."""
    nurse = open_as("nadia")
    patient, other = registered(nurse), registered(nurse, "Petrović")
    for one in (patient, other):
        screenings.start_screening(nurse, one)
    desk = desk_of(nurse)
    desk.work.navigator.register("today", lambda: today.build(desk.work))
    view = desk.enter("today", today.build)
    assert isinstance(view, TodayView)
    assert {len(row) for row in rows_shown(view.table)} == {5}
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    desk.enter("today", today.build)
    marks = {row[1]: row[2] for row in rows_shown(view.table)}
    assert marks == {"Marković, Ana": "Closed record", "Petrović, Ana": ""}


def test_a_record_that_cannot_be_read_is_told(
    open_as: OpenAs, desk_of: OpenDesk, ids: dict[str, AccountId]
) -> None:
    """It is missing in every list, so it has to be said; nothing is said without one."""
    nurse = open_as("nadia")
    patient = registered(nurse)
    sealing.close_record(nurse, patient.patient_id, [ids["nadia"]])
    desk = desk_of(open_as("nadia"))
    tell_of_unreadable(desk.work)
    desk.settle()
    assert desk.work.notices.banner is None
    with desk.session.store.rearranging(AuditEvent(AuditAction.RECORD_SEALED)) as connection:
        connection.execute(sealed_record.update().values(body=bytes(64)))
    desk.close()
    desk = desk_of(open_as("nadia"))
    tell_of_unreadable(desk.work)
    desk.settle()
    banner = desk.work.notices.banner
    assert banner is not None
    assert (banner.title, banner.tone) == ("1 closed record cannot be read", "alert")
    assert register.find_patients(desk.session, "mark") == []


def test_everything_has_a_name_for_a_screen_reader(open_as: OpenAs, desk_of: OpenDesk) -> None:
    desk = desk_of(open_as("nadia"))
    registered(desk.session)
    assert accessible_problems(led_to(desk, searched(desk, "mark"))) == []
