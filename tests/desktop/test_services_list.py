# SPDX-License-Identifier: GPL-3.0-or-later
"""The directory: what is a lead, what was called, and how the manager makes one the other."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from pact_desktop.desktop.screens import services_list
from pact_desktop.desktop.screens.services_list.view import ServicesListView, Shown
from pact_desktop.desktop.screens.services_list.wording import state_chip
from pact_desktop.desktop.translator import speak
from pact_desktop.desktop.widgets import ChipText, PlainLabel
from pact_desktop.domain.facility import EntryAge, ReferralService, ServiceId, ServiceKind
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services.facility import (
    add_service,
    change_facility,
    close_service,
    confirm_service,
    directory,
    facility,
)
from pact_desktop.services.session import Session
from tests.desktop.desk_support import Desk, open_desk
from tests.desktop.typing_keys import press
from tests.desktop.visit_support import accessible_problems, type_text
from tests.indicator_sets.neutral_words import NEVER, found_in

OpenList = Callable[[], ServicesListView]
LEGAL_AID = ServiceId("legal-aid")


@pytest.fixture
def desk(manager_session: Session) -> Iterator[Desk]:
    desk = open_desk(manager_session, "today")
    yield desk
    desk.close()


@pytest.fixture
def open_list(desk: Desk) -> OpenList:
    def enter() -> ServicesListView:
        view = desk.enter("services_list", services_list.build)
        assert isinstance(view, ServicesListView)
        return view

    return enter


def called(session: Session, service: ReferralService, days: int) -> ReferralService:
    """Confirmed some days ago."""
    today = confirm_service(session, replace(service, phones=service.phones or ("070 000",)))
    return confirm_service(
        session, replace(today, confirmed_on=session.today - timedelta(days=days))
    )


def entry(session: Session, service_id: object) -> ReferralService:
    return next(known for known in directory(session) if known.service_id == service_id)


def legal_aid(session: Session) -> ReferralService:
    return add_service(
        session,
        service_id=LEGAL_AID,
        kind=ServiceKind.LEGAL_AID,
        name="Правна помош Пример",
        phones=("070 123",),
        languages=("ar",),
        offers=("legal",),
        serves="everyone",
    )


def shown(view: ServicesListView) -> list[str]:
    model = view.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def state_of(view: ServicesListView, name: str) -> str:
    model = view.table.model()
    return str(model.index(shown(view).index(name), model.columnCount() - 1).data())


def words_of(view: ServicesListView) -> str:
    labels = [label.text() for label in view.findChildren(PlainLabel) if label.isVisible()]
    return "\n".join([*labels, *shown(view)])


def with_number(session: Session) -> ReferralService:
    return next(known for known in directory(session) if known.phones)


def test_every_entry_is_listed_with_its_state(
    open_list: OpenList, manager_session: Session
) -> None:
    """Called lately, called long ago, a lead, nothing to call: four states, each in words."""
    fresh, ageing, stale, lead = (
        add_service(manager_session, kind=ServiceKind.HEALTH, name=f"Service {n}", phones=("070",))
        for n in range(4)
    )
    nothing = add_service(manager_session, kind=ServiceKind.HEALTH, name="Service 4")
    for service, days in ((fresh, 12), (ageing, 91), (stale, 366)):
        called(manager_session, service, days)
    view = open_list()
    assert len(shown(view)) == len(directory(manager_session))
    assert [state_of(view, one.name) for one in (fresh, ageing, stale, lead, nothing)] == [
        "Checked 12 days ago",
        "Checked 91 days ago",
        "Checked 366 days ago",
        "Not confirmed",
        "Ask the coordinator",
    ]


def test_age_has_a_tone_of_its_own(manager_session: Session) -> None:
    """Amber after 90 days, the tone of a run-out clock after 365."""
    service = legal_aid(manager_session)
    tones = {}
    for days in (90, 91, 365, 366):
        old = replace(service, confirmed_on=manager_session.today - timedelta(days=days))
        tones[days] = state_chip(old, manager_session.today).tone
    assert tones == {90: "ok", 91: "caution", 365: "caution", 366: "alert"}


def test_the_lists_of_what_is_to_be_done(open_list: OpenList, manager_session: Session) -> None:
    """To call: leads and what has aged; confirmed; and what no longer works."""
    fresh, old, closed = (
        add_service(manager_session, kind=ServiceKind.HEALTH, name=name, phones=("070",))
        for name in ("Fresh", "Old", "Closed")
    )
    called(manager_session, fresh, 3)
    called(manager_session, old, 100)
    close_service(manager_session, closed.service_id)
    view = open_list()
    found = {}
    for chosen in (Shown.TO_CALL, Shown.CONFIRMED, Shown.CLOSED):
        view.filter.chosen.emit(chosen)
        found[chosen] = {name for name in shown(view) if name in {"Fresh", "Old", "Closed"}}
    assert found == {
        Shown.TO_CALL: {"Old"},
        Shown.CONFIRMED: {"Fresh", "Old"},
        Shown.CLOSED: {"Closed"},
    }


@pytest.mark.parametrize("typed", ["Arabic", "pravna primer", "Legal help", "070 123", "everyone"])
def test_a_service_is_found_by_what_is_known_of_it(
    open_list: OpenList, manager_session: Session, typed: str
) -> None:
    """Language, name in the other script, what it offers, its number, whom it serves."""
    legal_aid(manager_session)
    view = open_list()
    view.searched.emit(typed)
    assert "Правна помош Пример" in shown(view)


def test_nothing_found_says_what_to_do(desk: Desk, open_list: OpenList) -> None:
    """And one button brings everything back."""
    view = open_list()
    everything = shown(view)
    view.searched.emit("no such service")
    assert view.empty.isVisible()
    assert not view.details.isVisible()
    view.empty.action.emit()
    assert shown(view) == everything
    assert desk.problems == []


def test_a_call_turns_a_lead_into_an_entry_that_can_be_printed(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """Enter on the row, who was spoken to, Ctrl and Enter."""
    lead = with_number(manager_session)
    view = open_list()
    view.table.select(lead.service_id)
    view.table.opened.emit(lead.service_id)
    assert QApplication.focusWidget() is view.fields.spoken_to
    type_text(view.fields.spoken_to, "Ms Sample, desk")
    view.fields.hours.set_value("08:00-15:00")
    view.primary_pressed.emit()
    desk.settle()
    kept = entry(manager_session, lead.service_id)
    assert (kept.confirmed_on, kept.confirmed_by, kept.spoken_to, kept.hours) == (
        manager_session.today,
        "Mira Marić",
        "Ms Sample, desk",
        "08:00-15:00",
    )
    kept.require_printable(manager_session.today)
    assert not view.editing
    assert view.table.current_key() == lead.service_id
    assert "Ms Sample, desk" in words_of(view)


def test_a_confirmation_asks_for_the_person_the_number_and_the_day(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """Each at its field; nothing is confirmed and nothing typed is lost."""
    service = legal_aid(manager_session)
    view = open_list()
    view.confirm_wanted.emit(service.service_id)
    view.fields.phones.set_value("")
    view.fields.address.setText("Пример 1")
    tomorrow = manager_session.today + timedelta(days=1)
    view.fields.called_on.line.setText(f"{tomorrow:%d.%m.%Y}")
    view.primary_pressed.emit()
    desk.settle()
    for field in (
        view.fields.spoken_to_field,
        view.fields.phones_field,
        view.fields.called_on_field,
    ):
        assert field.problem()
    assert view.problems.isVisible()
    assert view.fields.address.text() == "Пример 1"
    assert entry(manager_session, LEGAL_AID).confirmed_on is None


def test_the_day_of_an_earlier_call_can_be_entered(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """The age of an entry counts from the call, not from the typing."""
    view_day = manager_session.today - timedelta(days=4)
    service = legal_aid(manager_session)
    view = open_list()
    view.confirm_wanted.emit(service.service_id)
    view.fields.spoken_to.setText("Desk")
    view.fields.called_on.line.setText(f"{view_day:%d.%m.%Y}")
    view.primary_pressed.emit()
    desk.settle()
    assert entry(manager_session, LEGAL_AID).confirmed_on == view_day


@pytest.mark.parametrize("numbers", ["ask inside", "070 1\n" * 7, "1" * 41])
def test_a_number_that_cannot_be_one_is_told_at_its_field(
    desk: Desk, open_list: OpenList, manager_session: Session, numbers: str
) -> None:
    """No digits, too many numbers, too long: told, kept as typed, never cut."""
    service = legal_aid(manager_session)
    view = open_list()
    view.correct_wanted.emit(service.service_id)
    view.fields.phones.set_value(numbers)
    view.primary_pressed.emit()
    desk.settle()
    assert view.fields.phones_field.problem()
    assert view.fields.phones.toPlainText() == numbers
    assert entry(manager_session, LEGAL_AID).phones == ("070 123",)
    assert desk.problems == []


def test_a_corrected_number_has_to_be_called_again(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """Other hours do not cost the confirmation; another number does."""
    confirm_service(manager_session, legal_aid(manager_session))
    view = open_list()
    view.correct_wanted.emit(LEGAL_AID)
    view.fields.hours.set_value("08-15")
    view.primary_pressed.emit()
    desk.settle()
    assert entry(manager_session, LEGAL_AID).age(manager_session.today) is EntryAge.FRESH
    view.correct_wanted.emit(LEGAL_AID)
    view.fields.phones.set_value("070 999")
    view.primary_pressed.emit()
    desk.settle()
    kept = entry(manager_session, LEGAL_AID)
    assert (kept.hours, kept.phones) == ("08-15", ("070 999",))
    assert kept.age(manager_session.today) is EntryAge.NOT_CONFIRMED


def test_an_entry_shown_in_another_language_keeps_its_name_and_remark(
    desk: Desk, open_list: OpenList, manager_session: Session, qapp: QApplication
) -> None:
    """A translated name is not a correction, or it would stay Macedonian on Albanian paper."""
    speak(qapp, Catalog.load("mk"))
    before = next(
        known for known in directory(manager_session) if known.kind is ServiceKind.SOCIAL_WORK
    )
    view = open_list()
    view.correct_wanted.emit(before.service_id)
    assert view.fields.name.text() != before.name
    view.fields.phones.set_value("070 555")
    view.primary_pressed.emit()
    desk.settle()
    after = entry(manager_session, before.service_id)
    assert (after.name, after.remark) == (before.name, before.remark)
    assert after.phones == ("070 555",)


def test_an_own_service_is_added_and_waits_for_a_call(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """With kind, languages and offers chosen by keyboard; without a kind it is not added."""
    view = open_list()
    view.add.click()
    view.fields.name.setText("Klinika Primer")
    view.primary_pressed.emit()
    assert view.fields.kind_field.problem()
    view.fields.kind.set_value(ServiceKind.HEALTH)
    for picks, value in ((view.fields.languages, "sq"), (view.fields.languages, "ar")):
        picks.list.chosen.emit(value)
    view.fields.languages.boxes()["sq"].click()
    view.fields.offers.list.chosen.emit("health")
    view.primary_pressed.emit()
    desk.settle()
    added = next(known for known in directory(manager_session) if known.added_here)
    assert (added.name, added.kind, added.languages, added.offers, added.phones) == (
        "Klinika Primer",
        ServiceKind.HEALTH,
        ("ar",),
        ("health",),
        (),
    )
    assert view.table.current_key() == added.service_id
    assert state_of(view, "Klinika Primer") == "Ask the coordinator"


def test_the_kind_of_a_service_is_chosen_once(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """What patients agreed to for one kind of service never reaches another kind."""
    own = add_service(manager_session, kind=ServiceKind.SHELTER, name="House", phones=("070",))
    view = open_list()
    view.add_wanted.emit()
    assert view.fields.kind.isEnabled()
    view.back_pressed.emit()
    view.correct_wanted.emit(own.service_id)
    assert not view.fields.kind.isEnabled()
    assert view.fields.first_field() is view.fields.name
    view.fields.kind.set_value(ServiceKind.POLICE)
    view.fields.hours.set_value("8-16")
    view.primary_pressed.emit()
    desk.settle()
    kept = entry(manager_session, own.service_id)
    assert (kept.kind, kept.hours) == (ServiceKind.SHELTER, "8-16")
    assert desk.problems == []


def test_insert_opens_an_empty_entry(open_list: OpenList) -> None:
    """The key that is printed on the button."""
    view = open_list()
    view.table.setFocus()
    press(view.table, Qt.Key.Key_Insert)
    assert view.editing
    assert view.fields.name.text() == ""


def answer(position: int) -> None:
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog))
    dialog.findChildren(QPushButton)[position].click()


def test_a_service_that_no_longer_works_is_asked_about_first(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """Going back changes nothing; marking says who and when, and a call brings it back."""
    confirm_service(manager_session, legal_aid(manager_session))
    view = open_list()
    view.table.select(LEGAL_AID)
    view.details.close_entry.click()
    answer(0)
    desk.settle()
    assert entry(manager_session, LEGAL_AID).working
    view.details.close_entry.click()
    answer(1)
    desk.settle()
    assert not entry(manager_session, LEGAL_AID).working
    assert state_of(view, "Правна помош Пример") == "No longer works"
    assert "Mira Marić" in words_of(view)
    assert not view.details.close_entry.isVisible()
    view.confirm_wanted.emit(LEGAL_AID)
    view.fields.spoken_to.setText("Desk")
    view.primary_pressed.emit()
    desk.settle()
    assert entry(manager_session, LEGAL_AID).working


def test_sources_are_read_in_private_view_only(
    desk: Desk, open_list: OpenList, manager_session: Session
) -> None:
    """Titles of publications hold words that a companion must not read; the cover hides them."""
    change_facility(manager_session, replace(facility(manager_session), participant="XK"))
    view = open_list()
    for service in directory(manager_session):
        view.table.select(service.service_id)
        assert found_in({"shown": words_of(view)}, "en", NEVER) == {}
    coordinator = directory(manager_session)[0]
    view.table.select(coordinator.service_id)
    assert not view.private
    view.origin.switch.click()
    assert view.private
    assert coordinator.source.split(", ")[0] in words_of(view)
    desk.window.cover()
    assert not view.private
    assert "Trafficked" not in words_of(view)


def test_the_asterisk_comes_with_its_note(open_list: OpenList, manager_session: Session) -> None:
    """The name of the participant never stands without either."""
    change_facility(manager_session, replace(facility(manager_session), participant="XK"))
    view = open_list()
    assert "Kosovo*" in view.lead.text()
    assert "1244" in view.status_note.text()
    assert view.status_note.isVisible()


def test_leaving_in_the_middle_keeps_what_was_typed(desk: Desk, open_list: OpenList) -> None:
    """A telephone rings, the manager looks something up: the entry is still there."""
    view = open_list()
    view.add_wanted.emit()
    view.fields.name.setText("Half a name")
    desk.work.navigator.go("today")
    open_list()
    assert view.editing
    assert view.fields.name.text() == "Half a name"
    view.back_pressed.emit()
    assert not view.editing


def test_every_control_has_a_name_of_its_own(open_list: OpenList, manager_session: Session) -> None:
    """In the list and in the fields, for whoever hears the screen."""
    service = legal_aid(manager_session)
    view = open_list()
    assert accessible_problems(view) == []
    view.confirm_wanted.emit(service.service_id)
    assert accessible_problems(view) == []


def test_the_screen_speaks_another_language_without_losing_what_was_typed(
    desk: Desk, open_list: OpenList, manager_session: Session, qapp: QApplication
) -> None:
    """Names of the pack change with the language, the words of the manager do not."""
    service = legal_aid(manager_session)
    view = open_list()
    names = shown(view)
    view.confirm_wanted.emit(service.service_id)
    view.fields.spoken_to.setText("Desk")
    speak(qapp, Catalog.load("mk"))
    desk.settle()
    assert view.fields.spoken_to.text() == "Desk"
    view.back_pressed.emit()
    assert shown(view) != names
    assert "Правна помош Пример" in shown(view)


def test_an_emergency_number_is_not_dialled_to_check_it(
    open_list: OpenList, manager_session: Session
) -> None:
    """The screen says so where the call is entered."""
    emergency = next(s for s in directory(manager_session) if s.kind is ServiceKind.EMERGENCY)
    view = open_list()
    view.confirm_wanted.emit(emergency.service_id)
    assert view.fields.call_note.isVisible()
    view.back_pressed.emit()
    view.confirm_wanted.emit(legal_aid(manager_session).service_id)
    assert not view.fields.call_note.isVisible()


def test_a_narrow_window_folds_the_details_away(desk: Desk, open_list: OpenList) -> None:
    """The list keeps its width; a button brings the details back."""
    view = open_list()
    assert not view.about_button.isVisible()
    desk.window.resize(1024, 600)
    desk.settle()
    assert view.about_button.isVisible()
    assert not view.details.isVisible()
    view.about_button.click()
    assert view.details.isVisible()


def test_states_are_words_and_not_colour_alone(manager_session: Session) -> None:
    """Every chip has its words and an icon."""
    chips: set[ChipText] = {
        state_chip(service, manager_session.today) for service in directory(manager_session)
    }
    assert all(chip.text and chip.icon for chip in chips)
