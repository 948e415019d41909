# SPDX-License-Identifier: GPL-3.0-or-later
"""Letting go of records at the screen: what is said before, who confirms, what is told after."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from pact_desktop.desktop.screens import due, erase, keeping, person_copy
from pact_desktop.desktop.screens import patients as patients_screen
from pact_desktop.desktop.screens.due.view import DueView
from pact_desktop.desktop.screens.erase.view import EraseView
from pact_desktop.desktop.screens.keeping.view import KeepingView
from pact_desktop.desktop.screens.patients.view import PatientsView
from pact_desktop.desktop.screens.person_copy.view import PersonCopyView
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.periods import Kept, Period, Retention, Unit
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.services import patients, retention, screenings
from pact_desktop.terms.log import case_words
from tests.desktop.refer_support import Desk, Elsewhere, OpenDesk, registered
from tests.desktop.visit_support import accessible_problems, type_text
from tests.factories import SteppableClock, passphrase_of
from tests.services.activity import actions

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
RULE = "Rule book 7, article 3"


def seen(session: "Session", patient: Patient) -> None:
    visit = screenings.start_screening(session, patient).screening_id
    screenings.conclude_screening(session, visit)


def decided(open_as: OpenAs, days: int) -> None:
    period = Period(days, Unit.DAYS, RULE)
    retention.change_periods(open_as("mira"), Retention({Kept.NO_CONCERN: period}))


def confirmed(view: EraseView | DueView, desk: Desk, name: str) -> None:
    """A colleague comes and types."""
    view.colleague.reader.setText(name)
    view.colleague.passphrase.line.setText(passphrase_of(name))
    view.colleague.main.click()
    desk.settle()


def opened(desk: Desk, patient: Patient) -> EraseView:
    view = desk.enter("erase", erase.build, patient_id=patient.patient_id)
    assert isinstance(view, EraseView)
    return view


def test_somebody_is_erased_when_a_colleague_has_confirmed(
    open_as: OpenAs, desk_of: OpenDesk
) -> None:
    desk = desk_of(open_as("nadia"))
    view = opened(desk, registered(desk.session))
    assert (view.private, view.lead.text()) == (True, "Ana Marković")
    view.primary_pressed.emit()
    assert not view.colleague.isVisible()
    assert view.reason_field.problem() == "Choose why it is erased"
    assert "not the name of this patient" in view.typed_field.problem()
    view.reason.set_value(ErasureReason.PATIENT_ASKED)
    type_text(view.typed, "ana markovic")
    view.primary_pressed.emit()
    assert view.colleague.isVisible()
    confirmed(view, desk, "nadia")
    assert "Nobody erases a record alone" in view.colleague.passphrase_field.problem()
    confirmed(view, desk, "dren")
    assert not view.colleague.isVisible()
    assert "1 record was erased." in view.goes.words()
    assert view.lead.text() == view.typed.value() == ""
    assert patients.find_patients(desk.session, "Marković") == []
    assert desk.problems == []


def test_what_is_open_says_what_to_do_and_has_no_button(open_as: OpenAs, desk_of: OpenDesk) -> None:
    desk = desk_of(open_as("nadia"))
    patient = registered(desk.session)
    screenings.start_screening(desk.session, patient)
    view = opened(desk, patient)
    assert "End it first" in view.hinders.words()[0]
    assert view.footer.primary == ""
    assert not view.reason.isVisible()


def test_a_period_that_runs_wants_the_tick_and_the_manager(
    open_as: OpenAs, desk_of: OpenDesk
) -> None:
    nurse = open_as("nadia")
    patient = registered(nurse)
    seen(nurse, patient)
    decided(open_as, 30)
    desk = desk_of(open_as("nadia"))
    view = opened(desk, patient)
    assert "23 Dec 2026" in view.hinders.words()[0]
    view.reason.set_value(ErasureReason.SAFETY)
    type_text(view.typed, "Ana Marković")
    view.primary_pressed.emit()
    assert not view.colleague.isVisible()
    view.overrule.click()
    view.primary_pressed.emit()
    confirmed(view, desk, "dren")
    assert view.colleague.passphrase_field.problem() != ""
    confirmed(view, desk, "mira")
    assert patients.find_patients(desk.session, "Marković") == []


def test_nothing_of_the_patient_stays_on_a_screen_that_was_left(
    open_as: OpenAs, desk_of: OpenDesk
) -> None:
    desk = desk_of(open_as("nadia"))
    view = opened(desk, registered(desk.session))
    type_text(view.typed, "Ana")
    view.leave()
    assert view.lead.text() == view.typed.value() == ""
    assert view.goes.words() == []


def test_somebody_erased_is_in_no_list_of_patients(open_as: OpenAs, desk_of: OpenDesk) -> None:
    """Neither while nobody looks at the list, nor when it is entered again."""
    desk = desk_of(open_as("nadia"))
    patient = registered(desk.session)
    view = desk.enter("patients", patients_screen.build)
    assert isinstance(view, PatientsView)
    type_text(view.search, "Marković")
    view.searched.emit("Marković")
    desk.settle()
    assert (view.chosen_name.text(), view.table.row_count()) == ("Marković, Ana", 1)
    erasing = opened(desk, patient)
    assert (view.chosen_name.text(), view.table.row_count()) == ("", 0)
    erasing.reason.set_value(ErasureReason.PATIENT_ASKED)
    type_text(erasing.typed, "ana markovic")
    erasing.primary_pressed.emit()
    confirmed(erasing, desk, "dren")
    desk.enter("patients", patients_screen.build)
    assert (view.chosen_name.text(), view.table.row_count()) == ("", 0)
    assert view.search.text() == "Marković"


def test_the_list_has_names_for_the_nurse_and_numbers_for_the_manager(
    open_as: OpenAs, desk_of: OpenDesk, clock: SteppableClock
) -> None:
    nurse = open_as("nadia")
    patient = registered(nurse)
    seen(nurse, patient)
    decided(open_as, 1)
    clock.step(days=3)
    manager = desk_of(open_as("mira"))
    view = manager.enter("due", due.build)
    assert isinstance(view, DueView)
    assert view.table.model().index(0, 0).data() == case_words(patient.case_number)
    assert (view.footer.primary, view.footer.secondary) == ("", "")
    manager.close()
    desk = desk_of(open_as("nadia"))
    view = desk.enter("due", due.build)
    assert isinstance(view, DueView)
    row = [view.table.model().index(0, column).data() for column in range(3)]
    assert row == ["Ana Marković", "The whole record", "24 Nov 2026"]
    view.primary_pressed.emit()
    confirmed(view, desk, "mira")
    assert view.table.row_count() == 0
    assert view.empty.isVisible()
    assert "1 record was erased." in view.outcome.words()
    assert desk.problems == []


def test_periods_are_typed_with_their_rule(open_as: OpenAs, desk_of: OpenDesk) -> None:
    desk = desk_of(open_as("mira"))
    view = desk.enter("keeping", keeping.build)
    assert isinstance(view, KeepingView)
    first = view.rows.rows[0]
    assert not first.count.isVisible()
    first.unit.setFocus()
    first.unit.set_value(Unit.YEARS)
    first.unit.chosen.emit(Unit.YEARS)
    type_text(first.count, "three")
    view.primary_pressed.emit()
    assert "Enter a number" in first.count_field.problem()
    first.count.clear()
    type_text(first.count, "3")
    view.primary_pressed.emit()
    assert "Write which law" in first.basis_field.problem()
    type_text(first.basis, RULE)
    QTest.keyClick(view, Qt.Key.Key_Tab)
    view.primary_pressed.emit()
    desk.settle()
    kept = retention.periods(desk.session).periods
    assert kept == {Kept.REFERRED: Period(3, Unit.YEARS, RULE)}
    assert view.footer.saved.startswith("Saved")
    assert view.footer.secondary == ""


def test_everything_has_a_name_for_a_screen_reader(open_as: OpenAs, desk_of: OpenDesk) -> None:
    desk = desk_of(open_as("nadia"))
    assert accessible_problems(opened(desk, registered(desk.session))) == []
    assert accessible_problems(desk.enter("due", due.build)) == []


def test_a_copy_needs_the_tick_and_goes_to_print_or_a_file(
    open_as: OpenAs, desk_of: OpenDesk, tmp_path: Path
) -> None:
    desk = desk_of(open_as("nadia"))
    patient = registered(desk.session)
    view = desk.enter("person_copy", person_copy.build, patient_id=patient.patient_id)
    assert isinstance(view, PersonCopyView)
    assert (view.private, view.lead.text()) == (True, "Marković, Ana")
    view.print_wanted.emit()
    desk.settle()
    assert view.problems.isVisible()
    assert "document-issued" not in actions(desk.session)
    view.safe.click()
    view.file_wanted.emit()
    (dialog,) = view.window().findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "copy.json"))
    dialog.close()
    desk.settle()
    assert "Marković" in (tmp_path / "copy.json").read_text(encoding="utf-8")
    view.primary_pressed.emit()
    desk.settle()
    current = desk.work.navigator.current
    assert isinstance(current, Elsewhere)
    assert current.arguments["file_name"] == "copy.pdf"
    assert view.lead.text() == ""
    assert accessible_problems(view) == []
    assert desk.problems == []
