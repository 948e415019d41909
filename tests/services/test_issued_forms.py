# SPDX-License-Identifier: GPL-3.0-or-later
"""A form that left stays as it left, whatever becomes of the record."""

import re
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.consent import ConsentDecision, ConsentItem
from pact_desktop.domain.errors import Fault, FaultCode, RefusalCode
from pact_desktop.domain.referral import Channel, FormKind, Referral, ReferralStatus
from pact_desktop.services import (
    audit,
    documents,
    facility,
    follow_up,
    patients,
    referral_issue,
    referrals,
)
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.session import Session
from pact_desktop.storage.record_tables import issued_form, issued_paper
from tests.factories import SteppableClock
from tests.services.activity import actions, activity
from tests.services.test_referrals import (
    SHELTER,
    a_desk,
    a_draft,
    agreed,
    alone_again,
    corrected,
    issued,
    missing,
    refusal_of,
    text_of,
)


@pytest.fixture
def desk(open_as: Callable[[str], Session]) -> Session:
    return a_desk(open_as)


def reloaded(session: Session, referral: Referral) -> Referral:
    return referrals.load_referral(session, referral.referral_id)


def a_new_version(session: Session, referral: Referral, locale: str = "en") -> IssuedDocument:
    return referrals.issue_new_version(
        session, referral.referral_id, channel=Channel.SEALED_MAIL, paper_locale=locale
    )


def facility_moves(open_as: Callable[[str], Session]) -> Session:
    """Something that stands on every form is another one from now on."""
    manager = open_as("mira")
    facility.change_facility(manager, replace(facility.facility(manager), name="Elsewhere Clinic"))
    return open_as("nadia")


def test_printed_again_is_what_was_sent(
    open_as: Callable[[str], Session], desk: Session, clock: SteppableClock
) -> None:
    """Not what the record says by then; in the language it was sent in, and marked on each page."""
    ready = agreed(desk, a_draft(desk))
    first = referrals.issue_form(
        desk, ready.referral_id, channel=Channel.BY_HAND, paper_locale="mk"
    )
    nurse = facility_moves(open_as)
    clock.step(hours=30)
    copy = referrals.print_again(nurse, ready.referral_id)
    words = text_of(copy.pdf)
    assert "Elsewhere" not in words
    marks = set(words.splitlines()) - set(text_of(first.pdf).splitlines())
    assert len(marks) == 1
    assert f"{nurse.today:%d.%m.%Y}" in marks.pop()
    assert (copy.file_name, copy.reference) == (first.file_name, first.reference)


def test_a_copy_is_marked_on_every_page_and_logged(desk: Session) -> None:
    """Nobody takes it for a second referral; the manager sees that there is one more paper."""
    ready = agreed(desk, a_draft(desk))
    first = issued(desk, ready)
    copy = referrals.print_again(desk, ready.referral_id)
    pages = text_of(first.pdf).count("Page ")
    assert pages > 1
    assert text_of(copy.pdf).count("Copy, printed again on") == pages
    assert "Copy, printed" not in text_of(first.pdf)
    entry = activity(desk)[-1]
    assert (entry["action"], entry["subject"]) == ("form-printed-again", ready.reference)
    assert actions(desk).count("form-issued") == 1


def test_printing_again_changes_nothing(desk: Session, clock: SteppableClock) -> None:
    """A jam in the printer is no second referral; a withdrawn one is not printed."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    sent = reloaded(desk, ready)
    clock.step(hours=1)
    referrals.print_again(desk, ready.referral_id)
    assert reloaded(desk, ready) == sent
    assert refusal_of(lambda: issued(desk, ready)) is RefusalCode.REFERRAL_STATE
    agreed(desk, ready, decision=ConsentDecision.WITHDRAWN)
    for again in (lambda: referrals.print_again(desk, ready.referral_id),
                  lambda: a_new_version(desk, ready)):  # fmt: skip
        assert refusal_of(again) is RefusalCode.REFERRAL_STATE


def test_a_page_that_says_more_than_was_agreed_since_is_not_printed_again(desk: Session) -> None:
    """The bytes are those of then, the consent is that of now; the new version keeps to it."""
    draft = a_draft(desk)
    referrals.save_referral(desk, replace(draft, form=FormKind.FULL, full_form_reason="Asked for"))
    ready = agreed(desk, draft, items=frozenset(ConsentItem))
    assert "Canaryova" in text_of(issued(desk, ready).pdf)
    agreed(desk, ready, items=frozenset(ConsentItem) - {ConsentItem.NAME})
    assert missing(desk, ready) == []
    checked = referrals.check_form(desk, reloaded(desk, ready), "en")
    assert checked.lacks == [RefusalCode.COPY_SAYS_MORE]
    before = actions(desk).count("form-printed-again")
    again = lambda: referrals.print_again(desk, ready.referral_id)  # noqa: E731
    assert refusal_of(again) is RefusalCode.COPY_SAYS_MORE
    assert actions(desk).count("form-printed-again") == before
    assert "Canaryova" not in text_of(a_new_version(desk, ready).pdf)
    assert "Canaryova" not in text_of(again().pdf)


def test_what_a_patient_agrees_to_beyond_the_page_is_no_reason_against_a_copy(
    desk: Session,
) -> None:
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    agreed(desk, ready, items=frozenset(ConsentItem))
    assert referrals.print_again(desk, ready.referral_id).pdf


def test_nothing_is_printed_again_before_it_was_sent(desk: Session) -> None:
    """A copy of a form that never left would be a first form without its checks."""
    ready = agreed(desk, a_draft(desk))
    for again in (lambda: referrals.print_again(desk, ready.referral_id),
                  lambda: a_new_version(desk, ready)):  # fmt: skip
        assert refusal_of(again) is RefusalCode.REFERRAL_STATE


def test_what_left_is_kept_with_its_digest_beside_the_names(desk: Session) -> None:
    """The bytes may name the person, so no key but that of names opens them."""
    ready = agreed(desk, a_draft(desk))
    document = issued(desk, ready)
    with desk.store.reading_config() as connection:
        kept = connection.execute(select(issued_paper)).one()
        about = connection.execute(select(issued_form)).one()
    assert kept.pdf == document.pdf
    assert about.digest == sha256(document.pdf).hexdigest()
    assert issued_paper.schema == Compartment.IDENTITY.value
    (issue,) = reloaded(desk, ready).issues
    assert issue.consent.decision is ConsentDecision.GIVEN
    assert (issue.number, issue.issued_by) == (1, desk.account.account_id)


@pytest.mark.parametrize("place", ["insert_issue", "render_referral_form"])
def test_what_is_not_kept_was_not_sent(
    desk: Session, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Sent, kept and logged are one: a fault in the middle leaves none of them."""
    ready = agreed(desk, a_draft(desk))
    before = activity(desk)

    def broken(*_: object, **__: object) -> bytes:
        raise Fault(FaultCode.STORAGE_FULL)

    at = referral_issue.issued_forms if place == "insert_issue" else referral_issue
    monkeypatch.setattr(at, place, broken)
    with pytest.raises(Fault):
        issued(desk, ready)
    monkeypatch.undo()
    assert activity(desk) == before
    after = reloaded(desk, ready)
    assert (after.status, after.issues) == (ReferralStatus.READY, ())
    assert issued(desk, ready).pdf


def test_a_paper_that_is_not_what_left_is_not_printed(desk: Session) -> None:
    """A page that the program cannot vouch for is no copy."""
    ready = agreed(desk, a_draft(desk))
    other = issued(desk, agreed(desk, a_draft(desk))).pdf
    issued(desk, ready)
    with desk.store._transaction("BEGIN IMMEDIATE") as connection:  # noqa: SLF001 a tampered file
        connection.execute(update(issued_paper).values(pdf=other))
        connection.commit()
    with pytest.raises(Fault) as fault:
        referrals.print_again(desk, ready.referral_id)
    assert fault.value.code is FaultCode.STORAGE_DAMAGED
    assert "form-printed-again" not in actions(desk)


def test_a_new_version_is_another_issue(
    open_as: Callable[[str], Session], desk: Session, clock: SteppableClock
) -> None:
    """It says what the record says now, that it is the second, and what it stands for."""
    ready = agreed(desk, a_draft(desk))
    first = issued(desk, ready)
    sent = reloaded(desk, ready)
    sent_on = f"{desk.today:%d}"
    clock.step(hours=30)
    nurse = facility_moves(open_as)
    second = a_new_version(nurse, ready)
    words = " ".join(text_of(second.pdf).split())
    assert "Elsewhere Clinic" in words
    assert re.search(rf"Version 2 of \d\d .*?, in place of the form of {sent_on}", words)
    assert "Version" not in text_of(first.pdf)
    assert actions(nurse)[-1] == "form-version-issued"
    after = reloaded(nurse, ready)
    assert after.history == sent.history
    assert [issue.number for issue in after.issues] == [1, 2]
    assert after.issues[0] == sent.issues[0]
    copy = " ".join(text_of(referrals.print_again(nurse, ready.referral_id).pdf).split())
    assert "Version 2 of" in copy
    assert "Copy, printed again on" in copy


def test_the_screen_shows_what_was_sent(open_as: Callable[[str], Session], desk: Session) -> None:
    """The page of a sent referral is the one the receiver has."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    nurse = facility_moves(open_as)
    sent = reloaded(nurse, ready)
    words = text_of(referrals.check_form(nurse, sent, "mk").pdf)
    assert "Elsewhere" not in words
    assert "Copy, printed again on" in words


def test_every_form_carries_the_number_of_the_log(
    open_as: Callable[[str], Session], desk: Session
) -> None:
    """With its own entry in the log already; the manager compares it later."""
    ready = agreed(desk, a_draft(desk))
    first, draft = text_of(issued(desk, ready).pdf), a_draft(desk)
    assert "Number of the log" not in text_of(referrals.preview_form(desk, draft, "en"))
    second = text_of(a_new_version(desk, ready).pdf)
    copy = text_of(referrals.print_again(desk, ready.referral_id).pdf)
    manager = open_as("mira")
    for words, action in ((first, "form-issued"), (second, "form-version-issued")):
        codes = set(re.findall(r"Number of the log: (\d{5}(?:-[0-9A-Z]{3}){3})", words))
        (code,) = codes
        assert audit.log_code_fits(manager, code)
        entry = activity(manager)[int(code.split("-")[0]) - 1]
        assert (entry["action"], entry["subject"]) == (action, ready.reference)
        assert (code in copy) is (words is second)


def test_a_sent_form_shows_what_held(open_as: Callable[[str], Session], desk: Session) -> None:
    """Another name in the directory takes nothing back that the person has agreed to."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    corrected(open_as("mira"), SHELTER, name="Another house")
    sent = reloaded(open_as("nadia"), ready)
    assert sent.status is ReferralStatus.SENT
    assert sent.consent_told.decision is ConsentDecision.GIVEN
    assert sent.last_issue is not None
    assert sent.last_issue.service_name == "Sample shelter"


def test_the_consent_page_of_a_sent_form_says_what_was_agreed_and_for_whom(
    open_as: Callable[[str], Session], desk: Session
) -> None:
    """The patient was asked about the earlier name; asked again, about the name of now."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    corrected(open_as("mira"), SHELTER, name="Another house")
    nurse = open_as("nadia")
    before = text_of(documents.consent_page(nurse, ready.referral_id, "en").pdf)
    assert "May Sample shelter receive this?" in before
    assert "Another house" not in before
    assert "Form: " in before
    alone_again(nurse, ready)
    agreed(nurse, ready)
    after = text_of(documents.consent_page(nurse, ready.referral_id, "en").pdf)
    assert "May Another house receive this?" in after
    assert "Sample shelter" not in after


def test_a_list_names_who_it_was_sent_to(open_as: Callable[[str], Session], desk: Session) -> None:
    """The answer comes from whoever got the page, whatever the directory calls them by now."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    corrected(open_as("mira"), SHELTER, name="Another house")
    nurse = open_as("nadia")
    (row,) = follow_up.follow_up_list(nurse)
    assert row.name_when_sent == "Sample shelter"
    alone_again(nurse, ready)
    agreed(nurse, ready)
    a_new_version(nurse, ready)
    (row,) = follow_up.follow_up_list(nurse)
    assert row.name_when_sent == "Another house"


def test_what_was_ready_is_a_draft_under_another_name(
    open_as: Callable[[str], Session], desk: Session
) -> None:
    """It does not stand as ready in a list; a draft nobody agreed to says nothing of a name."""
    ready, draft = agreed(desk, a_draft(desk)), a_draft(desk)
    assert ready.status is ReferralStatus.READY
    corrected(open_as("mira"), SHELTER, name="Another house")
    nurse = open_as("nadia")
    now = reloaded(nurse, ready)
    assert now.status is ReferralStatus.DRAFT
    assert now.lapsed == {SHELTER}
    assert reloaded(nurse, draft).lapsed == frozenset()
    assert missing(nurse, draft) == [RefusalCode.CONSENT_MISSING]
    alone_again(nurse, now)
    again = agreed(nurse, now)
    assert (again.status, reloaded(nurse, ready).lapsed) == (ReferralStatus.READY, frozenset())


def test_a_change_of_the_patient_does_not_reach_the_copy(desk: Session) -> None:
    """A correction of the age is a matter of the next version."""
    ready = agreed(desk, a_draft(desk))
    first = text_of(issued(desk, ready).pdf)
    patient = patients.patient_of(desk, ready.case_number)
    patients.change_patient(desk, replace(patient, language="fa"))
    copy = text_of(referrals.print_again(desk, ready.referral_id).pdf)
    assert "Persian" not in copy
    assert set(first.splitlines()) <= set(copy.splitlines())
