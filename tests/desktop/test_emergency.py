# SPDX-License-Identifier: GPL-3.0-or-later
"""An emergency at the screen: two people open a closed record, see its time, and it ends."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.emergency_watch import SOONER, EmergencyWatch
from pact_desktop.desktop.screens import emergency as page
from pact_desktop.desktop.screens import patients
from pact_desktop.desktop.screens.emergency.view import EmergencyView
from pact_desktop.desktop.screens.patients.view import PatientsView
from pact_desktop.desktop.user_menu import UserMenu
from pact_desktop.desktop.wishes import Wishes
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.sealing import EMERGENCY_SECONDS, EmergencyReason
from pact_desktop.services import patients as register
from pact_desktop.services import sealing
from tests.desktop.desk_support import rows_shown
from tests.desktop.refer_support import Desk, OpenDesk, registered
from tests.desktop.visit_support import accessible_problems, type_text
from tests.factories import passphrase_of
from tests.services.activity import actions

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
WHY = "She cannot speak, and her medicines are not known"


@pytest.fixture
def closed(open_as: OpenAs) -> Patient:
    nurse = open_as("nadia")
    patient = registered(nurse)
    sealing.close_record(nurse, patient.patient_id, [nurse.account.account_id])
    return patient


def found_nobody(desk: Desk, words: str) -> PatientsView:
    desk.work.navigator.register("emergency", lambda: page.build(desk.work))
    view = desk.enter("patients", patients.build)
    assert isinstance(view, PatientsView)
    type_text(view.search, words)
    desk.rest()
    assert view.empty.isVisible()
    return view


def filled(desk: Desk) -> EmergencyView:
    """From the search that found nobody, with everything but the second person."""
    found_nobody(desk, "Ana Marković").empty.action.emit()
    view = desk.work.navigator.current
    assert isinstance(view, EmergencyView)
    view.reason.set_value(EmergencyReason.UNCONSCIOUS)
    type_text(view.words, WHY)
    view.primary_pressed.emit()
    assert view.colleague.isVisible()
    return view


def confirmed(view: EmergencyView, desk: Desk, name: str, passphrase: str = "") -> None:
    """The second person comes and types."""
    view.colleague.reader.setText(name)
    view.colleague.passphrase.line.setText(passphrase or passphrase_of(name))
    view.colleague.main.click()
    desk.rest()


@pytest.fixture
def now() -> list[float]:
    return [1000.0]


@pytest.fixture
def doctor(
    closed: Patient, open_as: OpenAs, desk_of: OpenDesk, now: list[float]
) -> tuple[Desk, EmergencyWatch]:
    """A doctor for whom the record is closed, and one clock for store and window."""
    session = open_as("dren")
    assert register.find_patients(session, closed.family_name) == []
    session.store.closed.boot_clock = lambda: now[0]
    desk = desk_of(session)
    watch = EmergencyWatch(
        desk.work, desk.window.shell.emergency, desk.window, seconds=lambda: now[0]
    )
    watch.leaving.connect(desk.window.dismiss_dialogs)
    return desk, watch


def test_it_opens_for_two_and_the_time_is_shown(doctor: tuple[Desk, EmergencyWatch]) -> None:
    desk, watch = doctor
    bar = desk.window.shell.emergency
    view = filled(desk)
    assert not bar.isVisible()
    confirmed(view, desk, "mira")
    current = desk.work.navigator.current
    assert isinstance(current, PatientsView)
    assert rows_shown(current.table)[0][0] == "Marković, Ana"
    assert rows_shown(current.table)[0][1] == "Closed record"
    assert not current.closing.isVisible()
    assert bar.isVisible()
    assert bar.words.text() == "A closed record is open. Time left: 14:55"
    assert watch.running
    assert view.wanted.value() == view.words.value() == ""
    assert accessible_problems(desk.window.shell) == []
    assert desk.problems == []


def test_its_screen_is_left_just_before_the_time_is_over(
    doctor: tuple[Desk, EmergencyWatch], now: list[float]
) -> None:
    """Nothing leads back, and the list that is asked again has nobody."""
    desk, watch = doctor
    confirmed(filled(desk), desk, "mira")
    now[0] += EMERGENCY_SECONDS - SOONER - 1
    watch.look()
    assert desk.window.shell.emergency.words.text().endswith("0:01")
    now[0] += 1
    watch.look()
    desk.settle()
    assert not watch.running
    assert not desk.window.shell.emergency.isVisible()
    current = desk.work.navigator.current
    assert current is not None
    assert current.objectName() == "today"
    desk.work.navigator.back()
    assert desk.work.navigator.current is current
    view = desk.enter("patients", patients.build)
    assert isinstance(view, PatientsView)
    desk.settle()
    assert rows_shown(view.table) == []
    assert "emergency-closed" in actions(desk.session)
    assert desk.problems == []


def test_a_question_under_the_cover_does_not_come_back_after_it(
    doctor: tuple[Desk, EmergencyWatch], now: list[float]
) -> None:
    """A dialog may hold words about the patient."""
    desk, watch = doctor
    confirmed(filled(desk), desk, "mira")
    view = desk.enter("emergency", page.build)
    assert isinstance(view, EmergencyView)
    view.colleague.ask()
    desk.window.cover()
    now[0] += EMERGENCY_SECONDS
    watch.look()
    desk.settle()
    desk.window.uncover()
    assert not desk.window.covered
    assert not view.colleague.isVisible()


def test_it_is_ended_by_hand(doctor: tuple[Desk, EmergencyWatch]) -> None:
    desk, watch = doctor
    confirmed(filled(desk), desk, "mira")
    desk.window.shell.emergency.end.click()
    desk.settle()
    assert not watch.running
    assert register.find_patients(desk.session, "Marković") == []
    assert desk.problems == []


def test_nobody_opens_it_alone_and_a_wrong_passphrase_opens_nothing(
    doctor: tuple[Desk, EmergencyWatch],
) -> None:
    """Said where the second person types."""
    desk, watch = doctor
    view = filled(desk)
    confirmed(view, desk, "dren")
    assert "Nobody opens it alone" in view.colleague.passphrase_field.problem()
    confirmed(view, desk, "mira", "not the words of mira")
    assert view.colleague.passphrase_field.problem() != ""
    assert view.colleague.isVisible()
    assert not watch.running
    assert desk.problems == []


def test_what_fits_no_closed_record_is_said_at_the_field(
    doctor: tuple[Desk, EmergencyWatch],
) -> None:
    desk, watch = doctor
    view = filled(desk)
    view.wanted.setText("Nobody Here")
    confirmed(view, desk, "mira")
    assert not view.colleague.isVisible()
    assert "can open no closed record" in view.wanted_field.problem()
    assert not watch.running


def test_what_is_missing_is_named_before_anybody_is_called(
    doctor: tuple[Desk, EmergencyWatch],
) -> None:
    desk, _ = doctor
    view = desk.enter("emergency", page.build)
    assert isinstance(view, EmergencyView)
    view.primary_pressed.emit()
    assert all(
        field.problem() for field in (view.wanted_field, view.reason_field, view.words_field)
    )
    assert not view.colleague.isVisible()
    assert accessible_problems(view) == []


def test_a_nurse_is_not_offered_it(open_as: OpenAs, desk_of: OpenDesk) -> None:
    view = found_nobody(desk_of(open_as("nadia")), "Nobody")
    assert view.empty.property("actionText") == ""


def test_the_menu_offers_it_once_a_doctor_is_there(qtbot: QtBot) -> None:
    menu = UserMenu(Wishes())
    qtbot.addWidget(menu)
    words = "Open a closed record in an emergency …"
    assert words not in [action.text() for action in menu.actions()]
    menu.offer_emergency()
    assert words in [action.text() for action in menu.actions()]
