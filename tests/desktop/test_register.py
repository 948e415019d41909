# SPDX-License-Identifier: GPL-3.0-or-later
"""Registering a patient: with almost nothing, beside similar ones, and nothing typed is lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from pact_desktop.desktop.screens import register
from pact_desktop.desktop.screens.register.view import RegisterView
from pact_desktop.desktop.visit_words import patient_facts
from pact_desktop.desktop.widgets import ActionButton, PlainLabel
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.patient import (
    AdministrativeGender,
    BirthDate,
    BirthDateKind,
    MayBeChild,
    Patient,
)
from pact_desktop.services.patients import (
    NewPatient,
    change_patient,
    find_patients,
    open_patient,
    register_patient,
)
from pact_desktop.services.screenings import start_screening
from pact_desktop.services.session import Session
from pact_desktop.storage import screening_changes
from tests.desktop.desk_support import Desk, open_desk
from tests.desktop.visit_support import type_text
from tests.services.activity import actions

HOSTILE = (
    "<img src='/tmp/x.png'>",
    "\u202eEvil\u202c",
    "Nul\x00Name",
    "=cmd|' /C calc'!A0",
    "<b>Ana</b>",
)


@pytest.fixture
def desk(session: Session) -> Iterator[Desk]:
    desk = open_desk(session, "details", "today")
    yield desk
    desk.close()


@pytest.fixture
def view(desk: Desk) -> RegisterView:
    view = desk.enter("register", register.build)
    assert isinstance(view, RegisterView)
    return view


def estimated(view: RegisterView, years: str) -> None:
    view.fields.birth_kind.set_value(BirthDateKind.ESTIMATED)
    view.fields.birth_kind.chosen.emit(BirthDateKind.ESTIMATED)
    type_text(view.fields.years, years)


def similar_names(view: RegisterView) -> list[str]:
    return [
        label.text()
        for label in view.similar.findChildren(PlainLabel)
        if label.property("role") == "strong"
    ]


def test_a_patient_without_name_or_age_is_registered_and_takes_the_careful_path(
    desk: Desk, view: RegisterView
) -> None:
    """Nobody is turned away for want of papers, and doubt counts as under 18."""
    view.fields.name_not_known.setChecked(True)
    view.fields.birth_kind.set_value(BirthDateKind.UNKNOWN)
    view.primary_pressed.emit()
    desk.settle()
    assert desk.place == "details"
    assert desk.problems == []


def test_a_name_or_the_tick_is_asked_for_at_its_field(desk: Desk, view: RegisterView) -> None:
    """The problem stands at the field and on top; nothing is registered."""
    estimated(view, "30")
    view.primary_pressed.emit()
    desk.settle()
    assert view.fields.family_field.problem()
    assert view.errors.isVisible()
    assert desk.place == "register"


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (BirthDateKind.EXACT, "31.02.2001"),
        (BirthDateKind.EXACT, "01.01.2199"),
        (BirthDateKind.EXACT, ""),
        (BirthDateKind.ESTIMATED, "170"),
        (BirthDateKind.ESTIMATED, "about ten"),
        (BirthDateKind.ESTIMATED, "-3"),
    ],
)
def test_an_impossible_age_is_told_and_keeps_what_was_typed(
    desk: Desk, view: RegisterView, kind: BirthDateKind, typed: str
) -> None:
    """A slip of the hand costs one correction, never the form."""
    type_text(view.fields.family_name, "Јовановић")
    view.fields.birth_kind.set_value(kind)
    line = view.fields.birth_date.line if kind is BirthDateKind.EXACT else view.fields.years
    line.setText(typed)
    view.primary_pressed.emit()
    desk.settle()
    field = view.fields.date_field if kind is BirthDateKind.EXACT else view.fields.years_field
    assert field.problem()
    assert view.fields.family_name.text() == "Јовановић"
    assert line.text() == typed
    assert desk.place == "register"


def test_the_same_name_in_the_other_script_is_shown_and_never_blocks(
    desk: Desk, view: RegisterView, session: Session
) -> None:
    """Ђорђевић is offered while Đorđević is typed; registering goes on without choosing."""
    known = NewPatient(
        family_name="Ђорђевић",
        given_name="Милица",
        birth_date=BirthDate.estimated(17, today=session.today),
    )
    register_patient(session, known)
    type_text(view.fields.family_name, "Đorđević")
    type_text(view.fields.given_name, "Milica")
    estimated(view, "17")
    while not similar_names(view):
        desk.settle()
    assert similar_names(view) == ["Ђорђевић, Милица"]
    view.primary_pressed.emit()
    desk.settle()
    assert desk.place == "details"


def test_one_search_for_similar_people_is_one_entry_whatever_else_is_typed(
    desk: Desk, view: RegisterView, session: Session
) -> None:
    """The log is read by people: another field than the compared ones makes no entry."""
    register_patient(session, NewPatient(family_name="Đorđević", given_name="Milica"))

    def searches() -> int:
        while any(timer.isActive() for timer in view.findChildren(QTimer)):
            QTest.qWait(5)
        desk.settle()
        return actions(session).count("patients-searched")

    type_text(view.fields.family_name, "Đorđević")
    type_text(view.fields.given_name, "Milica")
    assert searches() == 1
    type_text(view.fields.fathers_name, "Petar")
    assert searches() == 1
    assert similar_names(view) == ["Đorđević, Milica"]
    type_text(view.fields.given_name, "h")
    assert searches() == 2


def test_leaving_keeps_the_draft_and_cancel_drops_it(desk: Desk, view: RegisterView) -> None:
    """An interruption costs nothing; a cancelled patient leaves nothing behind."""
    type_text(view.fields.family_name, "Krasniqi")
    desk.work.navigator.go("today")
    desk.work.navigator.go("register")
    desk.settle()
    assert view.fields.family_name.text() == "Krasniqi"
    view.back_pressed.emit()
    desk.work.navigator.go("register")
    desk.settle()
    assert view.fields.family_name.text() == ""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_plain_text(
    desk: Desk, view: RegisterView, session: Session, name: str
) -> None:
    """Markup, direction overrides and control characters never do anything."""
    view.fields.family_name.setText(name)
    estimated(view, "30")
    view.secondary_pressed.emit()
    desk.settle()
    found = find_patients(session, "30") or find_patients(session, name[:6])
    kept = [summary.patient.family_name for summary in found]
    assert all("\x00" not in word and "\u202e" not in word for word in kept)
    assert desk.problems == []


def test_a_name_of_ten_thousand_letters_is_told_at_its_field_and_kept(
    desk: Desk, view: RegisterView
) -> None:
    """What cannot be kept is said, not cut off."""
    view.fields.family_name.setText("a" * 10_000)
    estimated(view, "30")
    view.secondary_pressed.emit()
    desk.settle()
    assert view.fields.family_field.problem()
    assert len(view.fields.family_name.text()) == 10_000


def test_every_control_has_a_name_for_the_screen_reader(view: RegisterView) -> None:
    """A nurse who cannot see well hears what each button is."""
    nameless = [
        button
        for button in view.findChildren(ActionButton)
        if not (button.accessibleName() or button.text())
    ]
    assert nameless == []


def test_the_rule_for_under_18_is_told_while_the_age_is_doubtful(
    desk: Desk, view: RegisterView
) -> None:
    """The note comes with the doubt and goes with a clear no."""
    estimated(view, "19")
    assert view.fields.child_note.isVisible()
    view.fields.may_be_child.set_value(MayBeChild.NO)
    view.edited.emit()
    assert not view.fields.child_note.isVisible()
    assert desk.problems == []


def test_a_name_that_nobody_can_see_is_no_name(desk: Desk, view: RegisterView) -> None:
    """It is asked for as with an empty field."""
    type_text(view.fields.family_name, "\u200b\u3164")
    estimated(view, "30")
    view.primary_pressed.emit()
    desk.settle()
    assert view.fields.family_field.problem()
    assert desk.place == "register"


def registered(session: Session, name: str) -> int:
    return len(find_patients(session, name))


def buttons_on(desk: Desk) -> list[bool]:
    footer = desk.window.shell.footer
    return [button.isEnabled() for button in (footer.secondary, footer.primary)]


def open_known(desk: Desk, patient: Patient) -> None:
    desk.work.navigator.go("register", patient_id=patient.patient_id)
    desk.settle()


def test_pressing_twice_registers_once(desk: Desk, view: RegisterView, session: Session) -> None:
    """The buttons are off until the answer comes, and a second press does nothing."""
    type_text(view.fields.family_name, "Dupova")
    estimated(view, "30")
    view.primary_pressed.emit()
    assert buttons_on(desk) == [False, False]
    view.primary_pressed.emit()
    view.secondary_pressed.emit()
    view.back_pressed.emit()
    desk.settle()
    assert desk.place == "details"
    assert registered(session, "Dupova") == 1
    desk.work.navigator.go("register")
    assert buttons_on(desk) == [True, True]


def test_a_visit_reason_that_is_too_long_registers_nobody(
    desk: Desk, view: RegisterView, session: Session
) -> None:
    """It is told at its field; saved again with fewer words it is one patient."""
    type_text(view.fields.family_name, "Longova")
    estimated(view, "30")
    view.fields.visit_reason.setText("x" * 5_000)
    view.primary_pressed.emit()
    desk.settle()
    assert view.fields.reason_field.problem()
    assert buttons_on(desk) == [True, True]
    assert registered(session, "Longova") == 0
    view.fields.visit_reason.setText("cough")
    view.primary_pressed.emit()
    desk.settle()
    assert desk.place == "details"
    assert registered(session, "Longova") == 1


def test_a_fault_in_the_middle_registers_nobody(
    desk: Desk, view: RegisterView, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk between patient and visit: nothing is kept, and it can be tried again."""

    def full(*_arguments: object) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    type_text(view.fields.family_name, "Faultova")
    estimated(view, "30")
    with monkeypatch.context() as patch:
        patch.setattr(screening_changes, "insert_screening", full)
        view.primary_pressed.emit()
        desk.settle()
    assert registered(session, "Faultova") == 0
    assert view.fields.family_name.text() == "Faultova"
    assert buttons_on(desk) == [True, True]
    view.primary_pressed.emit()
    desk.settle()
    assert registered(session, "Faultova") == 1


def test_corrections_of_a_known_patient_wait_for_this_patient_alone(
    desk: Desk, view: RegisterView, session: Session
) -> None:
    """Leaving costs nothing, and nobody sees the words of one patient at another."""
    besa, mira = (
        register_patient(session, NewPatient(family_name=name)) for name in ("Hoxha", "Kolar")
    )
    type_text(view.fields.family_name, "Newova")
    open_known(desk, besa)
    assert view.footer.note == ""
    type_text(view.fields.given_name, "Besa")
    assert view.footer.note == "Not saved yet"
    open_known(desk, mira)
    assert (view.fields.family_name.text(), view.fields.given_name.text()) == ("Kolar", "")
    assert view.footer.note == ""
    desk.work.navigator.go("today")
    open_known(desk, besa)
    assert (view.fields.family_name.text(), view.fields.given_name.text()) == ("Hoxha", "Besa")
    assert view.footer.note == "Not saved yet"
    view.primary_pressed.emit()
    desk.settle()
    assert open_patient(session, besa.patient_id).given_name == "Besa"
    open_known(desk, besa)
    assert view.footer.note == ""
    desk.work.navigator.go("register")
    assert view.fields.family_name.text() == "Newova"
    assert view.footer.note == ""


def test_cancel_drops_the_corrections_of_this_patient_alone(
    desk: Desk, view: RegisterView, session: Session
) -> None:
    """What was typed for a new patient stays."""
    besa = register_patient(session, NewPatient(family_name="Hoxha"))
    type_text(view.fields.family_name, "Newova")
    open_known(desk, besa)
    type_text(view.fields.given_name, "Besa")
    view.back_pressed.emit()
    desk.settle()
    assert view.fields.family_name.text() == "Newova"
    open_known(desk, besa)
    assert view.fields.given_name.text() == ""
    assert view.footer.note == ""


def test_waiting_corrections_do_not_undo_what_was_saved_elsewhere(
    desk: Desk, view: RegisterView, session: Session
) -> None:
    """Only what was typed here is put over the record as it stands now."""
    besa = register_patient(session, NewPatient(family_name="Hoxha"))
    open_known(desk, besa)
    type_text(view.fields.given_name, "Besa")
    desk.work.navigator.go("today")
    change_patient(session, replace(besa, fathers_name="Agim"))
    open_known(desk, besa)
    assert (view.fields.given_name.text(), view.fields.fathers_name.text()) == ("Besa", "Agim")


def test_the_fields_of_one_patient_are_never_saved_for_another(
    desk: Desk, view: RegisterView, session: Session
) -> None:
    """Until the details have come nothing can be saved, and what comes too late is not shown."""
    besa, mira = (
        register_patient(session, NewPatient(family_name=name)) for name in ("Hoxha", "Kolar")
    )
    type_text(view.fields.family_name, "Newova")
    desk.work.navigator.go("register", patient_id=besa.patient_id)
    assert view.fields.family_name.text() == ""
    assert not desk.window.shell.footer.primary.isEnabled()
    view.primary_pressed.emit()
    desk.work.navigator.go("register", patient_id=mira.patient_id)
    desk.settle()
    assert view.fields.family_name.text() == "Kolar"
    assert desk.window.shell.footer.primary.isEnabled()
    type_text(view.fields.given_name, "Mira")
    view.primary_pressed.emit()
    desk.work.navigator.go("register", patient_id=besa.patient_id)
    desk.settle()
    assert desk.place == "register"
    assert view.fields.family_name.text() == "Hoxha"
    assert open_patient(session, mira.patient_id).given_name == "Mira"
    assert registered(session, "Newova") == 0


def test_that_nobody_alike_was_found_is_said(desk: Desk, view: RegisterView) -> None:
    """Beside a name that was typed nobody is asked for one."""

    def words() -> str:
        return view.similar.findChildren(PlainLabel)[-1].text()

    assert words() == "Enter a name to look for similar patients."
    type_text(view.fields.family_name, "Nobodova")
    while any(timer.isActive() for timer in view.findChildren(QTimer)):
        QTest.qWait(5)
    desk.settle()
    assert words() == "No similar patient found."


def test_a_sex_that_is_not_known_is_left_out_beside_the_name(session: Session) -> None:
    """`Not recorded · 26 years` says nothing of what was not recorded."""
    age = BirthDate.estimated(26, today=session.today)
    for gender, wanted in (
        (AdministrativeGender.UNKNOWN, "about 26 years"),
        (AdministrativeGender.FEMALE, "Female · about 26 years"),
    ):
        patient = register_patient(session, NewPatient(birth_date=age, gender=gender))
        visit = start_screening(session, patient)
        assert patient_facts(patient, visit, session.today).startswith(f"{wanted} · ")
