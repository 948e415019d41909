# SPDX-License-Identifier: GPL-3.0-or-later
"""Details: what is known at arrival, and the age that decides which rules apply."""

import pytest

from pact_desktop.desktop.screens.details import build
from pact_desktop.domain.patient import BirthDateKind, MayBeChild
from pact_desktop.domain.screening import Companion, InterpreterMode
from pact_desktop.services import screenings
from pact_desktop.services.patients import patient_of
from tests.desktop.visit_support import (
    Bench,
    OpenVisit,
    accessible_problems,
    type_text,
)


@pytest.fixture
def bench(open_visit: OpenVisit) -> Bench:
    return open_visit()


def test_details_are_kept_as_they_are_given(bench: Bench) -> None:
    """Typed text is kept on leaving, choices at once."""
    view = bench.enter("details", build)
    type_text(view.reason, "Болки во зглобот")
    view.interpreter.buttons()[1].click()
    type_text(view.code, "14")
    bench.enter("today", build)
    stored = bench.stored
    assert stored.visit_reason == "Болки во зглобот"
    assert stored.interpreter is InterpreterMode.BY_PHONE
    assert stored.interpreter_code == "14"


def test_what_is_stored_stands_in_the_fields(bench: Bench) -> None:
    """Also in the field that has the focus when the visit arrives."""
    screening_id = bench.screening.screening_id
    screenings.change_details(bench.session, screening_id, visit_reason="Pain in both wrists")
    view = bench.enter("details", build)
    assert view.reason.value() == "Pain in both wrists"


def test_the_relation_is_asked_only_when_someone_came_along(bench: Bench) -> None:
    """Nothing is asked that has no answer."""
    view = bench.enter("details", build)
    assert view.relation_field.isVisible()
    view.companion.buttons()[0].click()
    bench.settle()
    assert not view.relation_field.isVisible()
    assert bench.stored.companion is Companion.NONE


def test_a_companion_who_arrives_later_closes_the_full_wording(bench: Bench) -> None:
    """A choice made alone does not hold once somebody came in."""
    view = bench.enter("details", build)
    view.companion.buttons()[0].click()
    bench.settle()
    bench.visit.choose_wording(full=True)
    bench.settle()
    view.companion.buttons()[1].click()
    bench.settle()
    assert not bench.visit.full_wording


def test_an_age_in_doubt_takes_the_path_for_patients_under_18(bench: Bench) -> None:
    """Estimated seventeen: the visit follows the rules and the set for children."""
    view = bench.enter("details", build)
    view.kind.buttons()[1].click()
    type_text(view.years, "17")
    view.hand_over()
    bench.settle()
    stored = bench.stored
    patient = patient_of(bench.session, stored.case_number)
    assert patient.birth_date.kind is BirthDateKind.ESTIMATED
    assert stored.is_child
    assert stored.set_id == bench.session.content.child.set_id
    assert [chip.text for chip in view.visit.chips] == ["Age not certain", "Came with someone"]


def test_an_impossible_age_is_said_at_its_field(bench: Bench) -> None:
    """Nothing is stored, nothing typed is cleared."""
    view = bench.enter("details", build)
    view.kind.buttons()[1].click()
    type_text(view.years, "170")
    view.hand_over()
    bench.settle()
    assert view.years_field.problem()
    assert view.years.text() == "170"
    assert not bench.stored.is_child


def test_not_knowing_the_age_asks_for_the_impression(bench: Bench) -> None:
    """Surely grown-up is an answer too."""
    view = bench.enter("details", build)
    view.kind.buttons()[2].click()
    bench.settle()
    assert view.doubt.isVisible()
    view.doubt.buttons()[1].click()
    bench.settle()
    assert bench.stored.is_child == (view.doubt.value() is not MayBeChild.NO)


def test_the_frame_says_who_is_here_and_where_the_visit_stands(bench: Bench) -> None:
    """Name, facts, chips and the seven steps, none of which names a level."""
    view = bench.enter("details", build)
    visit = view.visit
    assert visit.patient == "Al-Hassan, Layla"
    assert "24 years" in visit.facts
    assert "speaks Arabic" in visit.facts
    assert [step.detail for step in visit.steps][1:4] == ["0 of 14", "", "after step 3"]


def test_a_visit_can_wait_and_go_on(bench: Bench) -> None:
    """Pausing keeps what was typed and ends the private part."""
    view = bench.enter("details", build)
    type_text(view.reason, "cough")
    view.pause_pressed.emit()
    bench.settle()
    assert bench.work.navigator.current.objectName() == "today"
    stored = bench.stored
    assert stored.status.value == "paused"
    assert stored.visit_reason == "cough"
    bench.enter("details", build)
    assert bench.stored.status.value == "in-progress"


def test_every_control_has_a_name_of_its_own(bench: Bench) -> None:
    """Fields get it from their label."""
    view = bench.enter("details", build)
    assert accessible_problems(view) == []
