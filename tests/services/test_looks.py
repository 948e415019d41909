# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever a person may learn of a patient stands in the log before it is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import Connection

from pact_desktop.command_line.demo import run_demo
from pact_desktop.command_line.demo_facility import demo_facility
from pact_desktop.domain.errors import Fault, Refusal
from pact_desktop.domain.facility import ServiceKind
from pact_desktop.domain.referral import Channel, Priority, ReferralStatus
from pact_desktop.domain.screening import Companion
from pact_desktop.services import facility, patients, referrals, screenings
from pact_desktop.services.content import Content
from pact_desktop.services.patients import NewPatient
from pact_desktop.services.session import Session
from pact_desktop.storage.store import Store
from tests.factories import a_birth_date
from tests.services.activity import activity

ANA: Final = NewPatient(
    family_name="Đorđević", given_name="Ana", birth_date=a_birth_date(30), citizenship="RS"
)
SAYS_NOTHING: Final = {
    ("patient", "patient_id"),
    ("patient", "case_number"),
    ("screening", "screening_id"),
    ("screening", "case_number"),
    ("referral", "referral_id"),
    ("referral", "case_number"),
    ("referral", "reference"),
    # Counted for the entry of the day list; neither leaves the statement.
    ("screening", "started_on"),
    ("screening", "status"),
}
"""Random numbers, which the entry in the log needs before anything else is read."""
_READ: Final = 20
_OK: Final = 0


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read without an entry may be a random number; anything else is listed."""
    found: list[str] = []
    usual = Store.reading_config

    def allow(action: int, table: str | None, column: str | None, place: str | None, _: str) -> int:
        about_patients = action == _READ and place in {"identity", "cases"} and column
        if about_patients and (table, column) not in SAYS_NOTHING:
            found.append(f"{table}.{column}")
        return _OK

    @contextmanager
    def watched(store: Store) -> Iterator[Connection]:
        with usual(store) as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.set_authorizer(allow)
            try:
                yield connection
            finally:
                raw.set_authorizer(None)

    monkeypatch.setattr(Store, "reading_config", watched)
    return found


def test_the_demonstration_reads_nobody_without_an_entry(
    strict: list[str], content: Content, tmp_path: Path
) -> None:
    """Three visits with all their papers, through the same services as the window."""
    with demo_facility(content, screen_locale="en", paper_locale="en") as made:
        run_demo(made, tmp_path, ["en"], lambda _kind, _path: None)
    assert strict == []


@pytest.fixture
def desk(open_as: Callable[[str], Session]) -> Session:
    """The nurse, in a facility that has called one service."""
    manager = open_as("mira")
    added = facility.add_service(manager, kind=ServiceKind.SHELTER, name="Sample shelter")
    facility.confirm_service(manager, replace(added, confirmed_on=None))
    return open_as("nadia")


def test_no_service_reads_a_patient_without_an_entry(strict: list[str], desk: Session) -> None:
    """Also those that the demonstration has no use for."""
    known = patients.register_patient(desk, ANA)
    patients.similar_patients(desk, ANA)
    patients.find_patients(desk, "ana")
    patients.find_patients(desk, "15.01.1996")
    patients.open_patient(desk, known.patient_id)
    visit = screenings.start_screening(desk, known).screening_id
    screenings.change_details(desk, visit, companion=Companion.PRESENT)
    screenings.visits_of_day(desk, desk.today)
    screenings.day_counts(desk)
    service = next(s for s in facility.directory(desk) if s.added_here)
    draft = referrals.draft_referral(desk, visit, service.service_id, Priority.ROUTINE)
    referrals.missing_before_issue(desk, draft)
    referrals.check_form(desk, draft, "en")
    with pytest.raises(Refusal, match="consent-missing"):
        referrals.issue_form(desk, draft.referral_id, channel=Channel.BY_HAND, paper_locale="en")
    with pytest.raises(Refusal, match="referral-state"):
        referrals.answer_referral(desk, draft.reference, ReferralStatus.RECEIVED)
    referrals.follow_up_list(desk)
    assert strict == []


def test_one_search_for_similar_people_is_one_entry(session: Session) -> None:
    """It says how many people were shown, none included; and who has no like leaves no entry."""
    patients.register_patient(session, ANA)

    def written(new: NewPatient) -> list[tuple[str, int]]:
        before = len(activity(session))
        patients.similar_patients(session, new)
        return [(entry["subject"], entry["count"]) for entry in activity(session)[before:]]

    assert written(ANA) == [("similar", 1)]
    assert written(NewPatient(family_name="Đorić", given_name="Anastasija")) == [("similar", 0)]
    assert written(NewPatient(family_name="Hoxha", given_name="Besa")) == []


def test_similar_people_are_not_shown_when_the_log_cannot_be_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the entry, then the names."""
    patients.register_patient(session, ANA)

    def full(*_entry: object) -> None:
        raise OSError

    monkeypatch.setattr(Store, "_log", full)
    with pytest.raises(Fault):
        patients.similar_patients(session, ANA)


def test_one_check_of_a_form_is_one_entry(desk: Session) -> None:
    """What is missing and the page are one look."""
    known = patients.register_patient(desk, ANA)
    visit = screenings.start_screening(desk, known).screening_id
    service = next(s for s in facility.directory(desk) if s.added_here)
    draft = referrals.draft_referral(desk, visit, service.service_id, Priority.ROUTINE)
    before = len(activity(desk))
    checked = referrals.check_form(desk, draft, "en")
    assert [entry["action"] for entry in activity(desk)[before:]] == ["referral-seen"]
    assert checked.lacks == referrals.missing_before_issue(desk, draft)
    assert checked.pdf.startswith(b"%PDF")
