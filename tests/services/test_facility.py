# SPDX-License-Identifier: GPL-3.0-or-later
"""The facility and its directory: what the manager confirms counts, for everybody here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import (
    ContactRole,
    EntryAge,
    Facility,
    ReferralService,
    ServiceId,
    ServiceKind,
)
from pact_desktop.services import facility, referrals
from pact_desktop.services.facility import UrgentContact, public_notice, write_public_notice
from pact_desktop.services.session import Session
from tests.factories import a_facility
from tests.services.activity import activity


def refusal_of(change: Callable[[], object]) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        change()
    assert isinstance(refused.value.code, RefusalCode)
    return refused.value.code


def entry(session: Session, kind: ServiceKind = ServiceKind.SOCIAL_WORK) -> ReferralService:
    return next(known for known in facility.directory(session) if known.kind is kind)


def test_the_facility_is_read_by_everybody_and_changed_by_the_manager(
    open_as: Callable[[str], Session],
) -> None:
    """A nurse cannot move the telephone of the contact person."""
    manager = open_as("mira")
    changed = facility.change_facility(
        manager, replace(a_facility(), phone=" 070 999 ", security_words="Green\u202e box")
    )
    assert (changed.phone, changed.security_words) == ("070 999", "Green box")
    nurse = open_as("nadia")
    assert facility.facility(nurse) == changed
    assert (
        refusal_of(lambda: facility.change_facility(nurse, a_facility())) is RefusalCode.NOT_ALLOWED
    )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(a_facility(), name="  "), RefusalCode.NAME_MISSING),
        (replace(a_facility(), participant="ZZ"), RefusalCode.PACK_INVALID),
        (replace(a_facility(), cover_notice="a" * 601), RefusalCode.TEXT_TOO_LONG),
    ],
)
def test_a_facility_that_cannot_be_is_refused(
    manager_session: Session, wrong: Facility, code: RefusalCode
) -> None:
    """And the one before it stays."""
    before = facility.facility(manager_session)
    assert refusal_of(lambda: facility.change_facility(manager_session, wrong)) is code
    assert facility.facility(manager_session) == before


def test_nothing_in_the_directory_is_confirmed_from_the_start(session: Session) -> None:
    """What the pack says is a hint until somebody here has called."""
    directory = facility.directory(session)
    assert directory
    assert {known.age(session.today) for known in directory} == {EntryAge.NOT_CONFIRMED}


def test_a_confirmed_entry_keeps_its_corrections(open_as: Callable[[str], Session]) -> None:
    """In its place in the directory, with the day and the name of who called."""
    manager = open_as("mira")
    known = entry(manager)
    confirmed = facility.confirm_service(
        manager, replace(known, phones=("070 1", " ", "070\x002"), hours="8-16")
    )
    assert confirmed.phones == ("070 1", "0702")
    assert (confirmed.confirmed_on, confirmed.confirmed_by) == (manager.today, "Mira Marić")
    last = activity(manager)[-1]
    assert (last["action"], last["subject"]) == ("directory-entry-confirmed", known.service_id)
    nurse = open_as("nadia")
    assert entry(nurse) == confirmed
    assert len({one.service_id for one in facility.directory(nurse)}) == len(
        facility.directory(nurse)
    )


def test_confirming_again_counts_from_today(
    open_as: Callable[[str], Session], clock: "Callable[[], object]"
) -> None:
    """The day of an earlier call can be entered, a day to come cannot."""
    manager = open_as("mira")
    first = facility.confirm_service(manager, entry(manager))
    clock.step(days=100)  # type: ignore[attr-defined]  # the steppable clock of the tests
    again = facility.confirm_service(manager, first)
    assert again.confirmed_on == manager.today
    earlier = manager.today - timedelta(days=3)
    assert (
        facility.confirm_service(manager, replace(again, confirmed_on=earlier)).confirmed_on
        == earlier
    )
    tomorrow = manager.today + timedelta(days=1)
    assert (
        refusal_of(lambda: facility.confirm_service(manager, replace(again, confirmed_on=tomorrow)))
        is RefusalCode.DATE_INVALID
    )


def test_a_service_of_ones_own_is_added_unconfirmed(open_as: Callable[[str], Session]) -> None:
    """It waits for a call like any other, and cannot take the place of a known one."""
    manager = open_as("mira")
    known = entry(manager)
    added = facility.add_service(
        manager,
        kind=ServiceKind.LEGAL_AID,
        name="=1+1 <b>Aid</b>",
        phones=["070 5"],
        service_id=known.service_id,
    )
    assert added.name == "=1+1 <b>Aid</b>"
    assert added.service_id != known.service_id
    assert added.age(manager.today) is EntryAge.NOT_CONFIRMED
    assert facility.directory(manager)[-1] == added
    assert facility.confirm_service(manager, added).added_here


def test_directory_work_is_the_managers(session: Session) -> None:
    """A nurse calls services; what counts is confirmed by the manager."""
    known = entry(session)
    for attempt in (
        lambda: facility.confirm_service(session, known),
        lambda: facility.add_service(session, kind=ServiceKind.HEALTH, name="X"),
    ):
        assert refusal_of(attempt) is RefusalCode.NOT_ALLOWED


def test_an_entry_that_is_not_in_the_directory_is_refused(manager_session: Session) -> None:
    """And an entry without a name."""
    stranger = replace(entry(manager_session), service_id=ServiceId("stranger"))
    nameless = replace(entry(manager_session), name=" \u200e")
    assert (
        refusal_of(lambda: facility.confirm_service(manager_session, stranger))
        is RefusalCode.SERVICE_UNKNOWN
    )
    assert (
        refusal_of(lambda: facility.confirm_service(manager_session, nameless))
        is RefusalCode.NAME_MISSING
    )


def test_urgent_contacts_start_inside_the_house(session: Session) -> None:
    """Own people first; a number nobody has checked is shown and marked."""
    lines = facility.urgent_contacts(
        facility.facility(session), facility.directory(session), facility.pack_of(session)
    )
    assert lines[0].role is ContactRole.SECURITY
    assert all(line.phone for line in lines if line.service_id)
    assert [line.confirmed for line in lines if line.service_id] == [False] * sum(
        1 for line in lines if line.service_id
    )
    roles = [line.role for line in lines]
    assert roles == sorted(roles, key=list(ContactRole).index)


def test_national_numbers_stand_without_a_directory(session: Session) -> None:
    """A facility that has set nothing up still has somebody to call."""
    bare = Facility(name="X", participant="MK")
    lines = facility.urgent_contacts(bare, [], session.content.packs["MK"])
    assert any(line.role is ContactRole.EMERGENCY for line in lines)


@pytest.mark.parametrize("participant", ["AL", "BA", "ME", "MK", "RS", "XK"])
def test_every_kind_of_help_has_a_line(session: Session, participant: str) -> None:
    """A number that is missing is told as missing, and none is told twice."""
    bare = Facility(name="X", participant=participant)
    lines = facility.urgent_contacts(bare, [], session.content.packs[participant])
    roles = {line.role for line in lines}
    assert {ContactRole.POLICE, ContactRole.SOCIAL_WORK, ContactRole.EMERGENCY} <= roles
    numbers = [line.phone for line in lines if line.phone]
    assert len(numbers) == len(set(numbers))
    emergency = [line for line in lines if line.role is ContactRole.EMERGENCY]
    assert all(line.source_date for line in emergency if line.phone)
    empty = {line.role for line in lines if not line.phone}
    assert not empty & {line.role for line in lines if line.phone}


def test_all_numbers_of_a_service_stand_on_one_line() -> None:
    """The page and the sheet are read at a glance."""
    one, other = ServiceId("one"), ServiceId("other")
    lines = [
        UrgentContact(ContactRole.SECURITY, "", "1"),
        UrgentContact(ContactRole.DEPUTY, "", "2"),
        UrgentContact(ContactRole.POLICE, "A", "3", service_id=one),
        UrgentContact(ContactRole.POLICE, "A", "4", service_id=one),
        UrgentContact(ContactRole.POLICE, "A", "5", service_id=other),
    ]

    joined = facility.joined_contacts(lines)

    assert [phones for _, phones in joined] == [["1"], ["2"], ["3", "4"], ["5"]]
    assert [contact for contact, _ in joined] == [lines[0], lines[1], lines[2], lines[4]]


def test_an_urgent_call_is_written_down_without_a_patient(session: Session) -> None:
    """Who was called, by role or entry; no record is needed first."""
    line = facility.urgent_contacts(facility.facility(session), [], None)[0]
    facility.log_urgent_call(session, line)
    last = activity(session)[-1]
    assert (last["action"], last["subject"]) == ("urgent-call-logged", "security")


def test_the_notice_before_sign_in_names_nobody(
    manager_session: Session, data_folder: Path
) -> None:
    """Phones and the words of the cover, no name of staff, no agreed words."""
    facility.change_facility(manager_session, replace(a_facility(), cover_notice="Wash hands."))
    notice = public_notice(data_folder)
    assert notice is not None
    assert notice.cover_notice == "Wash hands."
    assert notice.contacts[0] == (ContactRole.SECURITY, "+389 2 000 0003")
    written = (data_folder / "notice.json").read_text("utf-8")
    for secret in ("Sara", "Dana", "Code blue", "Nadia", "Mira"):
        assert secret not in written


@pytest.mark.parametrize("content", [b"", b"{", b'{"participant": 1}', b"\xff" * 10, b"x" * 70_000])
def test_a_spoilt_notice_is_no_notice(tmp_path: Path, content: bytes) -> None:
    """The sign-in window opens all the same."""
    assert public_notice(tmp_path) is None
    (tmp_path / "notice.json").write_bytes(content)
    assert public_notice(tmp_path) is None
    write_public_notice(tmp_path, a_facility())
    assert public_notice(tmp_path) is not None
    assert [path.name for path in tmp_path.iterdir()] == ["notice.json"]


def test_a_confirmed_entry_says_who_took_the_call(manager_session: Session) -> None:
    """A confirmation is worth as much as the person who can be asked about it."""
    known = entry(manager_session)
    confirmed = facility.confirm_service(
        manager_session, replace(known, spoken_to=" Desk, Ms\u202e Sample ")
    )
    assert confirmed.spoken_to == "Desk, Ms Sample"
    assert entry(manager_session) == confirmed


def test_a_correction_keeps_the_call_unless_a_number_changed(manager_session: Session) -> None:
    """Other hours are a correction; another number was never called."""
    known = facility.confirm_service(
        manager_session, replace(entry(manager_session), phones=("070 1",), spoken_to="Desk")
    )
    hours = facility.correct_service(
        manager_session, replace(known, hours="8-16", phones=(" 070 1",))
    )
    assert (hours.hours, hours.confirmed_on, hours.spoken_to) == (
        "8-16",
        known.confirmed_on,
        "Desk",
    )
    number = facility.correct_service(manager_session, replace(hours, phones=("070 2",)))
    assert (number.confirmed_on, number.confirmed_by, number.spoken_to) == (None, "", "")
    assert activity(manager_session)[-1]["reason"] == "corrected"


def test_another_name_was_never_called(manager_session: Session) -> None:
    """The number may ring somewhere else: a call confirms it anew."""
    known = facility.confirm_service(manager_session, replace(entry(manager_session), name="A"))
    same = facility.correct_service(manager_session, replace(known, name=" A "))
    assert same.confirmed_on == known.confirmed_on
    other = facility.correct_service(manager_session, replace(known, name="B"))
    assert (other.confirmed_on, other.confirmed_by, other.spoken_to) == (None, "", "")


@pytest.mark.parametrize("change", [facility.correct_service, facility.confirm_service])
def test_the_kind_of_a_service_never_changes(
    manager_session: Session, change: Callable[[Session, ReferralService], ReferralService]
) -> None:
    """A wrong entry is closed and another one added."""
    added = facility.add_service(manager_session, kind=ServiceKind.SHELTER, name="House")
    wrong = replace(added, kind=ServiceKind.POLICE)
    assert refusal_of(lambda: change(manager_session, wrong)) is RefusalCode.NOT_ALLOWED
    assert facility.directory(manager_session)[-1] == added


def test_a_correction_cannot_bring_its_own_confirmation(manager_session: Session) -> None:
    """Only a call confirms, and only by the way that writes it down."""
    known = replace(
        entry(manager_session), confirmed_on=manager_session.today, confirmed_by="Nobody"
    )
    corrected = facility.correct_service(manager_session, known)
    assert corrected.age(manager_session.today) is EntryAge.NOT_CONFIRMED
    assert corrected.confirmed_by == ""


def test_a_service_that_no_longer_works_is_offered_to_nobody(
    open_as: Callable[[str], Session],
) -> None:
    """It leaves the list for referrals and the urgent numbers; a call brings it back."""
    manager = open_as("mira")
    line = facility.confirm_service(
        manager, replace(entry(manager, ServiceKind.SUPPORT_LINE), phones=("070 7",))
    )
    closed = facility.close_service(manager, line.service_id)
    assert (closed.closed_on, closed.closed_by, closed.confirmed_on) == (
        manager.today,
        "Mira Marić",
        None,
    )
    assert closed in facility.directory(manager)
    with pytest.raises(Refusal) as refused:
        closed.require_printable(manager.today)
    assert refused.value.code is RefusalCode.SERVICE_CLOSED
    nurse = open_as("nadia")
    assert line.service_id not in {one.service_id for one in referrals.services_for(nurse)}
    shown = facility.urgent_contacts(
        facility.facility(nurse), facility.directory(nurse), facility.pack_of(nurse)
    )
    assert line.service_id not in {one.service_id for one in shown}
    again = open_as("mira")
    facility.confirm_service(again, closed)
    assert entry(again, ServiceKind.SUPPORT_LINE).working


def test_correcting_and_closing_are_the_managers(session: Session) -> None:
    """As confirming is."""
    known = entry(session)
    for attempt in (
        lambda: facility.correct_service(session, known),
        lambda: facility.close_service(session, known.service_id),
    ):
        assert refusal_of(attempt) is RefusalCode.NOT_ALLOWED
