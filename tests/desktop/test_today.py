# SPDX-License-Identifier: GPL-3.0-or-later
"""Today: what is on, what waits, and nobody's name where it may not be seen."""

from collections.abc import Callable

from pact_desktop.desktop.screens import today
from pact_desktop.desktop.screens.today.view import Shown, TodayView
from pact_desktop.desktop.widgets import PlainLabel
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.screening import VisitStep
from pact_desktop.services.patients import NewPatient, register_patient
from pact_desktop.services.screenings import (
    conclude_screening,
    go_to_step,
    start_screening,
)
from pact_desktop.services.session import Session
from tests.desktop.desk_support import Desk, open_desk
from tests.private_part import open_private_part


def a_visit(session: Session, family_name: str, step: VisitStep = VisitStep.DETAILS) -> str:
    patient = register_patient(
        session,
        NewPatient(
            family_name=family_name,
            birth_date=BirthDate.estimated(40, today=session.today),
            may_be_child=MayBeChild.NO,
        ),
    )
    visit = start_screening(session, patient, visit_reason="Cough")
    if step is VisitStep.QUESTIONS:
        open_private_part(session, visit.screening_id)
    go_to_step(session, visit.screening_id, step)
    return visit.screening_id


def shown(view: TodayView) -> list[str]:
    model = view.table.model()
    return [str(model.index(row, 1).data()) for row in range(model.rowCount())]


def opened(session: Session) -> tuple[Desk, TodayView]:
    desk = open_desk(session, "details", "observations", "in_private", "patients", "register")
    view = desk.enter("today", today.build)
    assert isinstance(view, TodayView)
    return desk, view


def test_an_empty_day_says_what_to_do(session: Session) -> None:
    """No bare grey area: the first step is named."""
    desk, view = opened(session)
    assert view.empty.isVisible()
    assert not view.table.isVisible()
    desk.close()


def test_visits_are_listed_and_filtered(session: Session) -> None:
    """Finished and waiting visits can be told apart and shown alone."""
    a_visit(session, "Петров")
    conclude_screening(session, a_visit(session, "Krasniqi"))
    desk, view = opened(session)
    assert sorted(shown(view)) == ["Krasniqi", "Петров"]
    view.filter.chosen.emit(Shown.FINISHED)
    assert shown(view) == ["Krasniqi"]
    view.filter.chosen.emit(Shown.WAITING)
    assert shown(view) == ["Петров"]
    desk.close()


def test_a_visit_opens_where_it_was_left(session: Session) -> None:
    """Enter on a row leads to its step."""
    visit = a_visit(session, "Ahmeti", VisitStep.OBSERVATIONS)
    desk, view = opened(session)
    view.visit_opened.emit(visit)
    assert desk.place == "observations"
    desk.close()


def test_questions_wait_for_privacy_confirmed_anew(session: Session) -> None:
    """A visit left in its questions opens at the private step, not at the questions."""
    visit = a_visit(session, "Ahmeti", VisitStep.QUESTIONS)
    desk, view = opened(session)
    view.visit_opened.emit(visit)
    assert desk.place == "in_private"
    desk.close()


def test_a_manager_sees_counts_and_no_names(open_as: Callable[[str], Session]) -> None:
    """The manager's keys do not open names; the list shows none."""
    a_visit(open_as("nadia"), "Петров")
    desk, view = opened(open_as("mira"))
    assert shown(view) == ["Not shown"]
    assert not view.new_patient.isVisible()
    assert desk.problems == []
    desk.close()


def test_a_day_that_cannot_be_read_is_not_called_empty(session: Session) -> None:
    """Nothing is said about records that nobody has seen; the way to try again is there."""
    a_visit(session, "Marković")
    desk = open_desk(session, "details")
    with session.store.reading_config() as connection:
        connection.exec_driver_sql("ALTER TABLE cases.screening RENAME TO elsewhere")
        connection.commit()
    view = desk.enter("today", today.build)
    assert isinstance(view, TodayView)
    assert not view.empty.isVisible()
    assert not view.table.isVisible()
    assert view.count.text() == "The visits of today could not be read"
    banner = desk.work.notices.banner
    assert banner is not None
    assert banner.action_text == "Try again"
    with session.store.reading_config() as connection:
        connection.exec_driver_sql("ALTER TABLE cases.elsewhere RENAME TO screening")
        connection.commit()
    assert banner.action is not None
    banner.action()
    desk.settle()
    assert shown(view) == ["Marković"]
    desk.close()


def test_a_list_without_such_a_visit_is_not_called_an_empty_day(session: Session) -> None:
    """There was a visit today; only none that is finished."""
    a_visit(session, "Marković")
    desk, view = opened(session)
    view.shown_changed.emit(Shown.FINISHED)
    assert view.empty.isVisible()
    assert "No visits yet today" not in {label.text() for label in view.findChildren(PlainLabel)}
    desk.close()
