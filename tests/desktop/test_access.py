# SPDX-License-Identifier: GPL-3.0-or-later
"""Who has opened a record: shown to the clinician, printed for the person it is about."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screens import access, patients
from pact_desktop.desktop.screens.access.view import AccessView
from pact_desktop.desktop.screens.patients.view import PatientsView
from pact_desktop.domain.patient import Patient
from pact_desktop.services import patients as register
from pact_desktop.services import screenings
from tests.desktop.desk_support import rows_shown
from tests.desktop.refer_support import Desk, Elsewhere, open_desk
from tests.desktop.visit_support import accessible_problems, dress, type_text
from tests.factories import SteppableClock, a_birth_date
from tests.services.activity import actions

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
Opened = tuple[Desk, AccessView]


def registered(session: "Session", years: int = 30) -> Patient:
    new = register.NewPatient(
        family_name="Marković", given_name="Ana", birth_date=a_birth_date(years), language="sq"
    )
    return register.register_patient(session, new)


@pytest.fixture
def open_access(
    qtbot: QtBot, open_as: OpenAs, clock: SteppableClock
) -> Iterator[Callable[..., Opened]]:
    desks: list[Desk] = []

    def opened(*, years: int = 30, width: int = 1366) -> Opened:
        doctor = open_as("dren")
        patient = registered(doctor, years)
        if years < 18:
            screenings.start_screening(doctor, patient)
        clock.step(days=1)
        desk = open_desk(open_as("nadia"), width=width)
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.activateWindow()
        qtbot.waitActive(desk.window)
        view = desk.enter("access", access.build, patient_id=patient.patient_id)
        assert isinstance(view, AccessView)
        return desk, view

    dress()
    yield opened
    for desk in desks:
        desk.close()


def test_list_says_when_who_and_what(open_access: Callable[..., Opened]) -> None:
    """Staff by role and code, and this look on top."""
    desk, view = open_access()
    assert rows_shown(view.table) == [
        ("24 Nov 2026, 08:30", "Nurse N01", "Opened"),
        ("23 Nov 2026, 08:30", "Doctor D01", "Written"),
    ]
    assert view.lead.text() == "Marković, Ana"
    assert view.private
    assert desk.problems == []


def test_page_needs_the_tick_first(open_access: Callable[..., Opened]) -> None:
    """Nothing is issued before the patient was asked."""
    desk, view = open_access()
    view.print_wanted.emit()
    desk.settle()
    assert view.problem.property("text") == "Ask the patient, then tick the line"
    assert view.safe.hasFocus()
    assert "document-issued" not in actions(desk.session)
    view.safe.click()
    assert not view.problem.isVisible()


def test_page_is_made_in_the_language_of_the_patient(open_access: Callable[..., Opened]) -> None:
    """And goes to the print page under a neutral name, with a way back."""
    desk, view = open_access()
    assert view.language.value() == "sq"
    view.safe.click()
    QTest.keyClick(view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    current = desk.work.navigator.current
    assert isinstance(current, Elsewhere)
    pdf = current.arguments["pdf"]
    assert isinstance(pdf, bytes)
    assert pdf.startswith(b"%PDF")
    assert (current.arguments["job"], current.arguments["file_name"]) == ("page", "page.pdf")
    back = current.arguments["back"]
    assert isinstance(back, tuple)
    assert back[0] == "access"
    assert rows_shown(view.table) == []
    assert view.lead.text() == ""


def test_childs_page_is_refused_while_somebody_may_be_involved(
    open_access: Callable[..., Opened],
) -> None:
    """The reason stands where the tick is."""
    desk, view = open_access(years=12)
    view.safe.click()
    view.print_wanted.emit()
    desk.settle()
    assert "A copy is not safe here" in str(view.problem.property("text"))
    assert desk.problems == []


def test_tick_is_gone_for_the_next_patient(open_access: Callable[..., Opened]) -> None:
    """What one patient wanted says nothing about another."""
    desk, view = open_access()
    view.safe.click()
    other = registered(desk.session)
    desk.enter("access", access.build, patient_id=other.patient_id)
    assert not view.safe.isChecked()


def test_way_leads_from_the_patient_and_back(qtbot: QtBot, open_as: OpenAs) -> None:
    """From the chosen patient in the list."""
    dress()
    session = open_as("nadia")
    patient = registered(session)
    desk = open_desk(session)
    qtbot.addWidget(desk.window)
    desk.work.navigator.register("access", lambda: access.build(desk.work))
    view = desk.enter("patients", patients.build)
    assert isinstance(view, PatientsView)
    type_text(view.search, "mark")
    desk.rest()
    view.access.click()
    desk.settle()
    assert desk.work.navigator.arguments == {"patient_id": patient.patient_id}
    current = desk.work.navigator.current
    assert isinstance(current, AccessView)
    current.back_pressed.emit()
    desk.settle()
    assert desk.work.navigator.current is view
    desk.close()


@pytest.mark.parametrize("width", [1366, 1024, 700])
def test_everything_has_a_name_for_a_screen_reader(
    width: int, open_access: Callable[..., Opened]
) -> None:
    """The question that has to be answered is in sight in every window."""
    _, view = open_access(width=width)
    assert accessible_problems(view) == []
    assert view.safe.isVisible()
