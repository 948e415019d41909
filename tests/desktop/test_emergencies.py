# SPDX-License-Identifier: GPL-3.0-or-later
"""What was opened in an emergency waits for the manager and for who is named for the record."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from pact_desktop.desktop.screens import emergencies, today
from pact_desktop.desktop.screens.emergencies.view import EmergenciesView
from pact_desktop.desktop.screens.today.view import TodayView
from pact_desktop.desktop.widgets import CountRow
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.sealing import EmergencyReason
from pact_desktop.services import emergency, sealing
from pact_desktop.storage.emergencies import load_uses
from pact_desktop.terms.log import case_words
from tests.desktop.desk_support import rows_shown
from tests.desktop.refer_support import Desk, OpenDesk, registered
from tests.desktop.visit_support import accessible_problems, type_text
from tests.factories import passphrase_of

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
WHY = "She cannot speak, and her medicines are not known"


@pytest.fixture
def used(open_as: OpenAs) -> Patient:
    """A closed record that a doctor has opened with the manager, and then with the named nurse."""
    nurse = open_as("nadia")
    patient = registered(nurse)
    sealing.close_record(nurse, patient.patient_id, [nurse.account.account_id])
    doctor = open_as("dren")
    for name in ("mira", "nadia"):
        second = (name, passphrase_of(name))
        emergency.open_in_emergency(
            doctor, "Ana Marković", EmergencyReason.UNCONSCIOUS, WHY, second
        )
        emergency.end_emergency(doctor)
    return patient


@pytest.fixture
def desk_of(desk_of: OpenDesk) -> OpenDesk:
    def opened(session: "Session") -> Desk:
        desk = desk_of(session)
        desk.work.navigator.register("today", lambda: today.build(desk.work))
        desk.work.navigator.register("emergencies", lambda: emergencies.build(desk.work))
        return desk

    return opened


def to_do(desk: Desk) -> list[CountRow]:
    view = desk.enter("today", today.build)
    assert isinstance(view, TodayView)
    return [row for row in view.todo.findChildren(CountRow) if "emergenc" in row.text()]


def led_to(desk: Desk) -> EmergenciesView:
    (row,) = to_do(desk)
    row.click()
    desk.settle()
    view = desk.work.navigator.current
    assert isinstance(view, EmergenciesView)
    return view


def test_it_waits_for_both_sides_until_each_has_written(
    used: Patient, open_as: OpenAs, desk_of: OpenDesk
) -> None:
    """The manager reads no name and no typed reason; the named nurse reads both.

    Neither reads the one that they confirmed themselves.
    """
    desk = desk_of(open_as("mira"))
    view = led_to(desk)
    assert [row[-1] for row in rows_shown(view.table)] == ["Waits for you", "Waits for others"]
    shown = " ".join(view.chosen.words())
    assert WHY not in shown
    assert case_words(used.case_number) not in shown
    view.primary_pressed.emit()
    desk.settle()
    assert view.words_field.problem() != ""
    type_text(view.words, "I was there and have seen it")
    view.primary_pressed.emit()
    desk.settle()
    assert {row[-1] for row in rows_shown(view.table)} == {"Waits for others"}
    assert view.footer.primary == ""
    assert to_do(desk) == []
    assert desk.problems == []
    desk.close()
    desk = desk_of(open_as("nadia"))
    view = led_to(desk)
    assert WHY in view.chosen.words()
    assert any(case_words(used.case_number) in words for words in view.chosen.words())
    type_text(view.words, "I have spoken with the doctor")
    view.primary_pressed.emit()
    desk.settle()
    assert {row[-1] for row in rows_shown(view.table)} == {"Waits for others"}
    with desk.session.store.reading_config() as connection:
        uses = load_uses(connection)
    (own,) = [one for one in uses if one.named_at is not None]
    view.table.select(own.use_id)
    view.picked.emit(own.use_id)
    assert any("I have spoken with the doctor" in words for words in view.chosen.words())
    assert to_do(desk) == []
    assert desk.problems == []


def test_who_opened_it_and_is_not_named_has_nothing_to_read(
    used: Patient, open_as: OpenAs, desk_of: OpenDesk
) -> None:
    """Nobody marks their own, and who is not named does not learn of others'."""
    assert used.family_name
    desk = desk_of(open_as("dren"))
    assert to_do(desk) == []
    view = desk.enter("emergencies", emergencies.build)
    assert isinstance(view, EmergenciesView)
    assert view.empty.isVisible()
    assert rows_shown(view.table) == []


def test_nothing_stays_on_a_screen_that_was_left(
    used: Patient, open_as: OpenAs, desk_of: OpenDesk
) -> None:
    assert used.family_name
    desk = desk_of(open_as("nadia"))
    view = led_to(desk)
    assert accessible_problems(view) == []
    view.leave()
    assert rows_shown(view.table) == []
    assert view.chosen.words() == []
