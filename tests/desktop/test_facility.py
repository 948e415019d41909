# SPDX-License-Identifier: GPL-3.0-or-later
"""The facility: one save keeps everything, bad input stands at its field, nothing typed is lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.screens import facility as screen
from pact_desktop.desktop.screens import today
from pact_desktop.desktop.screens.facility.view import FacilityView
from pact_desktop.desktop.screens.today.view import TodayView
from pact_desktop.desktop.translator import speak
from pact_desktop.desktop.widgets import PlainLabel
from pact_desktop.domain.facility import FocalPerson
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services.accounts import session_anchor
from pact_desktop.services.facility import change_facility, facility, public_notice
from pact_desktop.services.patients import NewPatient, register_patient
from pact_desktop.services.screenings import start_screening
from pact_desktop.services.session import Session
from tests.desktop.desk_support import Desk, open_desk
from tests.desktop.visit_support import accessible_problems, type_text
from tests.indicator_sets.neutral_words import NEVER, found_in
from tests.services.activity import activity

OpenPage = Callable[[], FacilityView]


@pytest.fixture
def desk(manager_session: Session) -> Iterator[Desk]:
    desk = open_desk(manager_session, "today")
    desk.work = replace(desk.work, wishes=desk.window.wishes)
    yield desk
    desk.close()


@pytest.fixture
def open_page(desk: Desk) -> OpenPage:
    def enter() -> FacilityView:
        view = desk.enter("facility", screen.build)
        assert isinstance(view, FacilityView)
        return view

    return enter


def save(desk: Desk, view: FacilityView) -> None:
    view.primary_pressed.emit()
    desk.settle()


def words_of(view: FacilityView) -> str:
    return "\n".join(label.text() for label in view.findChildren(PlainLabel) if label.isVisible())


def test_one_save_keeps_every_field(
    desk: Desk, open_page: OpenPage, manager_session: Session, data_folder: Path
) -> None:
    """In the records, on the cover and before sign-in, and the header has the new name."""
    view = open_page()
    fields = view.fields
    for line, text in (
        (fields.name, "Дом здравља Пример"),
        (fields.address, "Липа 4"),
        (fields.phone, "000 1"),
        (fields.phone_hours, "8-16"),
        (fields.focal_name, "Сара Пример"),
        (fields.focal_phone, "214"),
        (fields.focal_hours, "7-15"),
        (fields.deputy_name, "Дана Пример"),
        (fields.deputy_phone, "231"),
        (fields.deputy_hours, "15-20"),
        (fields.security_phone, "200"),
        (fields.security_words, "Сива фасцикла"),
    ):
        line.clear()
        type_text(line, text)
    fields.opening_hours.set_value("Mon-Fri: 7-20\nSun: on call")
    fields.cover_notice.set_value("Wash your hands.")
    fields.paper_locale.set_value("mk")
    fields.staff_locale.set_value("sq")
    assert "Not saved yet" in view.footer.note
    save(desk, view)
    kept = facility(manager_session)
    assert (kept.name, kept.address, kept.phone, kept.phone_hours) == (
        "Дом здравља Пример",
        "Липа 4",
        "000 1",
        "8-16",
    )
    assert kept.focal_person == FocalPerson("Сара Пример", "214", "7-15")
    assert kept.deputy == FocalPerson("Дана Пример", "231", "15-20")
    assert (kept.security_phone, kept.security_words) == ("200", "Сива фасцикла")
    assert (kept.paper_locale, kept.staff_locale) == ("mk", "sq")
    assert (kept.opening_hours, kept.cover_notice) == (
        "Mon-Fri: 7-20\nSun: on call",
        "Wash your hands.",
    )
    notice = public_notice(data_folder)
    assert notice is not None
    assert notice.facility_name == kept.name
    assert view.footer.note == ""
    assert view.footer.saved == "Saved 08:30"
    shown = {label.text() for label in desk.window.findChildren(PlainLabel)}
    assert {kept.name, "Wash your hands."} <= shown


def test_nothing_changed_writes_nothing(
    desk: Desk, open_page: OpenPage, manager_session: Session
) -> None:
    """The log says what was changed, not who pressed a button."""
    view = open_page()
    before = len(activity(manager_session))
    save(desk, view)
    assert len(activity(manager_session)) == before
    assert view.footer.saved


def test_bad_input_stands_at_its_field_and_nothing_is_lost(
    desk: Desk, open_page: OpenPage, manager_session: Session
) -> None:
    """No name, a number without digits, half a person: all told at once, nothing saved."""
    view = open_page()
    stored = facility(manager_session)
    view.fields.name.setText("   ")
    view.fields.security_phone.setText("ring the bell")
    view.fields.deputy_phone.setText("")
    view.fields.focal_name.setText("")
    view.fields.address.setText("Липа 4")
    save(desk, view)
    for field in (
        view.fields.name_field,
        view.fields.security_phone_field,
        view.fields.deputy_phone_field,
        view.fields.focal_name_field,
    ):
        assert field.problem()
    assert view.problems.isVisible()
    assert view.fields.address.text() == "Липа 4"
    assert facility(manager_session) == stored


@pytest.mark.parametrize(
    ("editor", "field", "length"),
    [
        ("name", "name_field", 121),
        ("address", "address_field", 601),
        ("focal_name", "focal_name_field", 121),
        ("deputy_phone", "deputy_phone_field", 41),
        ("security_words", "security_words_field", 601),
    ],
)
def test_a_text_that_is_too_long_is_told_at_its_own_field(
    desk: Desk, open_page: OpenPage, editor: str, field: str, length: int
) -> None:
    """The service says which one; it is not cut off."""
    view = open_page()
    line = getattr(view.fields, editor)
    line.setText("1" * length)
    save(desk, view)
    assert getattr(view.fields, field).problem()
    assert len(line.text()) == length
    assert desk.problems == []


def test_the_cover_text_is_too_long(desk: Desk, open_page: OpenPage) -> None:
    """An area tells it as a line does."""
    view = open_page()
    view.fields.cover_notice.set_value("a" * 601)
    save(desk, view)
    assert view.fields.cover_notice_field.problem()


def test_a_missing_deputy_has_a_banner_that_leads_to_the_field(
    desk: Desk, open_page: OpenPage, manager_session: Session
) -> None:
    """It goes when a deputy is saved; a missing contact person is the more serious one."""
    change_facility(manager_session, replace(facility(manager_session), deputy=FocalPerson()))
    view = open_page()
    assert view.banner.isVisible()
    assert "Deputy" in words_of(view)
    view.banner.action.emit()
    assert QApplication.focusWidget() is view.fields.deputy_name
    type_text(view.fields.deputy_name, "Dana")
    view.fields.deputy_phone.setText("231")
    save(desk, view)
    assert not view.banner.isVisible()
    view.fields.focal_name.clear()
    view.fields.focal_phone.clear()
    save(desk, view)
    assert view.banner.isVisible()
    view.banner.action.emit()
    assert QApplication.focusWidget() is view.fields.focal_name


def test_settings_of_this_computer_take_effect_with_the_save(
    desk: Desk, open_page: OpenPage, manager_session: Session
) -> None:
    """They are told to whoever keeps them, and what the user menu chose meanwhile stays."""
    kept: list[object] = []
    desk.window.settings_changed.connect(kept.append)
    view = open_page()
    desk.window.wishes.change(text_scale=115)
    view.fields.cover_seconds.set_value(30)
    view.fields.lock_minutes.set_value(5)
    view.fields.sign_in_list.click()
    view.fields.initials_only.click()
    before = len(activity(manager_session))
    save(desk, view)
    now = desk.window.wishes.current
    assert (now.idle_cover_seconds, now.lock_minutes, now.sign_in_list, now.initials_only) == (
        30,
        5,
        True,
        True,
    )
    assert now.text_scale == 115
    assert kept[-1] == now
    assert len(activity(manager_session)) == before
    desk.window.wishes.change(text_scale=100)


def test_the_window_covers_itself_after_the_new_time(desk: Desk, open_page: OpenPage) -> None:
    """Without a new start: the time is kept by the window that is open."""
    moment = [0.0]
    desk.window.idle._seconds = lambda: moment[0]  # noqa: SLF001 a clock the test can move
    desk.window.idle._touched_at = 0.0  # noqa: SLF001
    view = open_page()
    due: list[bool] = []
    desk.window.idle.cover_due.connect(lambda: due.append(True))
    moment[0] = 20.0
    desk.window.idle.look()
    assert due == []
    view.fields.cover_seconds.set_value(15)
    save(desk, view)
    desk.window.idle.look()
    assert due == [True]


def test_initials_show_in_the_list_of_today(
    open_as: Callable[[str], Session],
) -> None:
    """The setting of the computer reaches the list; names come back with it."""
    nurse = open_as("nadia")
    start_screening(nurse, register_patient(nurse, NewPatient(family_name="Петров")))
    desk = open_desk(nurse)
    view = desk.enter("today", today.build)
    assert isinstance(view, TodayView)
    desk.work.wishes.change(initials_only=True)
    desk.enter("today", today.build)
    assert view.table.model().index(0, 1).data() != "Петров"
    desk.work.wishes.change(initials_only=False)
    desk.enter("today", today.build)
    assert view.table.model().index(0, 1).data() == "Петров"
    desk.close()


def test_what_was_typed_waits_until_it_is_saved_or_taken_back(
    desk: Desk, open_page: OpenPage, manager_session: Session
) -> None:
    """Leaving keeps it; undoing brings back what is stored."""
    view = open_page()
    view.fields.name.clear()
    type_text(view.fields.name, "Half a name")
    desk.work.navigator.go("today")
    open_page()
    assert view.fields.name.text() == "Half a name"
    assert view.footer.note
    view.secondary_pressed.emit()
    assert view.fields.name.text() == facility(manager_session).name
    assert (view.footer.note, view.footer.secondary) == ("", "")


def test_the_participant_decides_languages_of_paper_and_the_note(
    desk: Desk, open_page: OpenPage, manager_session: Session
) -> None:
    """Kosovo* stands with its asterisk and its note, also in the choice."""
    view = open_page()
    assert not view.fields.status_note.isVisible()
    view.fields.participant.set_value("XK")
    view.fields.participant.chosen.emit("XK")
    assert view.fields.participant.currentText() == "Kosovo*"
    assert "1244" in view.fields.status_note.text()
    assert view.fields.status_note.isVisible()
    papers = manager_session.content.packs["XK"].paper_locales
    assert view.fields.paper_locale.count() == len(papers)
    save(desk, view)
    assert facility(manager_session).participant == "XK"


def test_drafts_say_that_they_are_drafts(open_page: OpenPage, manager_session: Session) -> None:
    """Sets, guidance and words of the program; and where the log ends."""
    view = open_page()
    shown = words_of(view)
    content = manager_session.content
    for version in (content.adult.version, content.child.version, content.guidance.version):
        assert f"{version}: draft, not ratified" in shown
    assert "Македонски" in shown
    assert session_anchor(manager_session) in shown


def test_the_page_is_neutral(open_page: OpenPage) -> None:
    """It is an open view."""
    assert found_in({"shown": words_of(open_page())}, "en", NEVER) == {}


def test_every_control_has_a_name_of_its_own(open_page: OpenPage, manager_session: Session) -> None:
    """Three telephones, three names; on Linux a list is called by what is chosen in it."""
    change_facility(manager_session, replace(facility(manager_session), staff_locale="sq"))
    assert accessible_problems(open_page()) == []


def test_another_language_keeps_what_was_typed(
    desk: Desk, open_page: OpenPage, qapp: QApplication
) -> None:
    """Only the words around the fields change."""
    view = open_page()
    view.fields.address.setText("Липа 4")
    view.fields.participant.set_value("AL")
    lead = view.lead.text()
    speak(qapp, Catalog.load("mk"))
    desk.settle()
    assert view.fields.address.text() == "Липа 4"
    assert view.fields.participant.value() == "AL"
    assert view.lead.text() != lead
