# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing leaves without consent or a legal basis for that very recipient, and nothing unlogged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from sqlalchemy import select

from pact_desktop.domain.accounts import Account
from pact_desktop.domain.consent import (
    Capacity,
    Consent,
    ConsentDecision,
    ConsentForm,
    ConsentItem,
    LegalBasis,
)
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.facility import ServiceId, ServiceKind
from pact_desktop.domain.patient import MayBeChild
from pact_desktop.domain.referral import (
    Channel,
    DeclineReason,
    FormKind,
    OutcomeCode,
    Priority,
    Referral,
    ReferralDetails,
    ReferralId,
    ReferralStatus,
    SupportKind,
    make_reference,
    parse_reference,
    show_reference,
)
from pact_desktop.domain.screening import ChildSteps, Involved, Outcome, Screening
from pact_desktop.domain.text import TypedAt, TypedField
from pact_desktop.services import (
    accounts,
    facility,
    patients,
    referral_issue,
    referrals,
    screenings,
    sealing,
)
from pact_desktop.services.patients import NewPatient
from pact_desktop.services.session import Session
from pact_desktop.storage import record_tables
from tests.factories import SteppableClock, a_birth_date, passphrase_of
from tests.private_part import open_private_part
from tests.services.activity import actions, activity

SHELTER, POLICE, SOCIAL_WORK, OLD = (
    ServiceId(one) for one in ("shelter", "police", "social-work", "old")
)
PLAIN = frozenset({ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED})
GIVEN, REFUSED = ConsentDecision.GIVEN, ConsentDecision.REFUSED
BY_TWO: dict[str, Any] = {
    "decision": REFUSED,
    "legal_basis": LegalBasis.DANGER_TO_LIFE,
    "reason": "He waits outside with a gun.",
}


@pytest.fixture
def desk(open_as: Callable[[str], Session]) -> Session:
    return a_desk(open_as)


def a_desk(open_as: Callable[[str], Session]) -> Session:
    """The nurse, in a facility whose manager has called three services."""
    manager = open_as("mira")
    for service_id, kind in (
        (SHELTER, ServiceKind.SHELTER),
        (POLICE, ServiceKind.POLICE),
        (SOCIAL_WORK, ServiceKind.SOCIAL_WORK),
        (OLD, ServiceKind.LEGAL_AID),
    ):
        added = facility.add_service(
            manager, kind=kind, name=f"Sample {kind}", service_id=service_id
        )
        day = manager.today - timedelta(days=400) if service_id == OLD else None
        facility.confirm_service(manager, replace(added, confirmed_on=day))
    return open_as("nadia")


def a_visit(session: Session, years: int = 30) -> Screening:
    patient = patients.register_patient(
        session,
        NewPatient(
            family_name="Canaryova",
            given_name="Zorica",
            birth_date=a_birth_date(years),
            may_be_child=MayBeChild.NO,
        ),
    )
    visit = screenings.start_screening(session, patient)
    return open_private_part(session, visit.screening_id)


def a_draft(session: Session, service: ServiceId = SHELTER, years: int = 30) -> Referral:
    visit = a_visit(session, years)
    return referrals.draft_referral(session, visit.screening_id, service, Priority.URGENT)


def agreed(session: Session, referral: Referral, **changes: Any) -> Referral:
    known: dict[str, Any] = {"decision": GIVEN, "items": PLAIN}
    return referrals.record_consent(
        session, referral.referral_id, Consent(referral.service_id, **(known | changes))
    )


def alone_again(session: Session, referral: Referral) -> None:
    """Another sign-in ended the private moment; agreeing is asked after it is confirmed anew."""
    assert referral.screening_id is not None
    open_private_part(session, referral.screening_id)


def issued(session: Session, referral: Referral) -> referrals.IssuedDocument:
    return referrals.issue_form(
        session, referral.referral_id, channel=Channel.BY_HAND, paper_locale="en"
    )


def missing(session: Session, referral: Referral) -> list[RefusalCode]:
    loaded = referrals.load_referral(session, referral.referral_id)
    return referrals.missing_before_issue(session, loaded)


def colleague(session: Session, name: str = "dren") -> Account:
    return next(a for a in accounts.list_accounts(session) if a.sign_in_name == name)


def confirm(session: Session, referral: Referral, name: str = "dren") -> Referral:
    """The colleague at the same screen."""
    return referrals.confirm_basis(session, referral.referral_id, name, passphrase_of(name))


def refusal_of(change: Callable[[], object]) -> RefusalCode:
    with pytest.raises(Refusal) as refused:
        change()
    assert isinstance(refused.value.code, RefusalCode)
    return refused.value.code


def text_of(pdf: bytes) -> str:
    import io  # noqa: PLC0415 only here

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_a_draft_has_a_reference_that_says_nothing(desk: Session) -> None:
    """Random, with a check character; no date, place or name in it."""
    drafts = [a_draft(desk) for _ in range(5)]
    assert len({draft.reference for draft in drafts}) == 5
    for draft in drafts:
        assert parse_reference(show_reference(draft.reference)) == draft.reference
        assert draft.status is ReferralStatus.DRAFT
        assert referrals.load_referral(desk, draft.referral_id) == draft


@pytest.mark.usefixtures("desk")
def test_a_draft_is_in_the_language_of_the_facilitys_paper(
    open_as: Callable[[str], Session],
) -> None:
    """Receivers here read that one; nobody has to think of it."""
    manager = open_as("mira")
    facility.change_facility(manager, replace(facility.facility(manager), paper_locale="sq"))
    draft = a_draft(open_as("nadia"))
    assert draft.paper_locale == "sq"


def test_without_consent_nothing_leaves(desk: Session) -> None:
    """Not asked, refused and withdrawn are the same here."""
    draft = a_draft(desk)
    assert missing(desk, draft) == [RefusalCode.CONSENT_MISSING]
    for decision in (REFUSED, ConsentDecision.WITHDRAWN, ConsentDecision.NOT_ASKED):
        agreed(desk, draft, decision=decision)
        assert missing(desk, draft) == [RefusalCode.CONSENT_MISSING]
        assert refusal_of(lambda: issued(desk, draft)) is RefusalCode.CONSENT_MISSING
    assert referrals.load_referral(desk, draft.referral_id).sent_at is None
    assert "form-issued" not in actions(desk)


def test_nothing_more_is_agreed_to_once_the_private_moment_is_over(desk: Session) -> None:
    """After a pause somebody may listen: what was agreed holds and can be taken back."""
    draft = a_draft(desk)
    visit = draft.screening_id
    assert visit is not None
    agreed(desk, draft)
    screenings.pause_screening(desk, visit)
    screenings.resume_screening(desk, visit)
    for change in (
        {"items": PLAIN | {ConsentItem.NAME}},
        {"statistics": True},
        {"valid_until": desk.today + timedelta(days=300)},
        {"form": ConsentForm.SIGNATURE},
    ):
        assert refusal_of(lambda: agreed(desk, draft, **change)) is RefusalCode.NOT_PRIVATE  # noqa: B023
    police = Consent(POLICE, GIVEN)
    assert (
        refusal_of(lambda: referrals.record_consent(desk, draft.referral_id, police))
        is RefusalCode.NOT_PRIVATE
    )
    assert missing(desk, draft) == []
    assert agreed(desk, draft, items=PLAIN - {ConsentItem.LANGUAGE}).consent.items < PLAIN
    agreed(desk, draft, decision=ConsentDecision.NOT_ASKED)
    assert refusal_of(lambda: agreed(desk, draft)) is RefusalCode.NOT_PRIVATE
    open_private_part(desk, visit)
    assert agreed(desk, draft).consent.items == PLAIN


def test_what_the_law_asks_for_does_not_wait_for_a_private_moment(desk: Session) -> None:
    """The call about a child, the decision of two, and printing what was agreed."""
    adult, child = agreed(desk, a_draft(desk)), a_draft(desk, SOCIAL_WORK, years=15)
    for draft in (adult, child):
        assert draft.screening_id is not None
        screenings.close_private_part(desk, draft.screening_id)
    issued(desk, adult)
    referrals.record_child_notification(
        desk, child.referral_id, notified_at=desk.now, notified_body="Sample centre"
    )
    confirm(desk, child)
    assert missing(desk, child) == []
    other = a_draft(desk)
    assert other.screening_id is not None
    screenings.close_private_part(desk, other.screening_id)
    agreed(desk, other, **BY_TWO)
    confirm(desk, other)
    assert missing(desk, other) == []


def test_consent_for_one_recipient_is_none_for_another(desk: Session) -> None:
    """Police need a line of their own, and so does everybody."""
    draft = a_draft(desk, POLICE)
    referrals.record_consent(desk, draft.referral_id, Consent(SHELTER, GIVEN, PLAIN))
    assert missing(desk, draft) == [RefusalCode.CONSENT_MISSING]
    agreed(desk, draft)
    assert missing(desk, draft) == []
    moved = replace(referrals.load_referral(desk, draft.referral_id), service_id=SOCIAL_WORK)
    saved = referrals.save_referral(desk, moved)
    assert saved.status is ReferralStatus.DRAFT
    assert missing(desk, draft) == [RefusalCode.CONSENT_MISSING]


def corrected(manager: Session, service_id: ServiceId, **changes: Any) -> None:
    known = next(one for one in facility.directory(manager) if one.service_id == service_id)
    facility.confirm_service(manager, replace(known, **changes))


def test_consent_does_not_follow_an_entry_to_another_name(
    open_as: Callable[[str], Session], desk: Session
) -> None:
    """Under another name it may be somebody else; for a sent form, which could be printed again."""
    ready = agreed(desk, a_draft(desk))
    sent = agreed(desk, a_draft(desk))
    beside = agreed(desk, a_draft(desk, SOCIAL_WORK))
    issued(desk, sent)
    corrected(open_as("mira"), SHELTER, hours="8-16", phones=("070 9",))
    nurse = open_as("nadia")
    assert missing(nurse, ready) == []
    corrected(open_as("mira"), SHELTER, name="Another house")
    nurse = open_as("nadia")
    for one in (ready, sent):
        assert missing(nurse, one) == [RefusalCode.CONSENT_OTHER_NAME]
    assert refusal_of(lambda: issued(nurse, ready)) is RefusalCode.CONSENT_OTHER_NAME
    assert (
        refusal_of(lambda: referrals.print_again(nurse, sent.referral_id))
        is RefusalCode.CONSENT_OTHER_NAME
    )
    assert missing(nurse, beside) == []
    alone_again(nurse, ready)
    again = agreed(nurse, ready)
    assert issued(nurse, again).pdf


def test_no_correction_makes_police_of_a_shelter(
    open_as: Callable[[str], Session], desk: Session
) -> None:
    """What was agreed to for the house is never printed for the police."""
    ready = agreed(desk, a_draft(desk), items=frozenset(ConsentItem))
    manager = open_as("mira")
    assert (
        refusal_of(lambda: corrected(manager, SHELTER, kind=ServiceKind.POLICE))
        is RefusalCode.NOT_ALLOWED
    )
    assert missing(open_as("nadia"), ready) == []


def test_a_consent_ends(desk: Session, clock: SteppableClock) -> None:
    """After ninety days, unless another day was agreed; the day itself still counts."""
    draft = agreed(desk, a_draft(desk))
    assert draft.consent.valid_until == desk.today + timedelta(days=90)
    assert draft.status is ReferralStatus.READY
    clock.step(days=90)
    assert missing(desk, draft) == []
    clock.step(days=1)
    assert missing(desk, draft) == [RefusalCode.CONSENT_MISSING]
    assert refusal_of(lambda: issued(desk, draft)) is RefusalCode.CONSENT_MISSING
    past = desk.today - timedelta(days=1)
    assert refusal_of(lambda: agreed(desk, draft, valid_until=past)) is RefusalCode.DATE_INVALID


def test_a_service_nobody_called_is_not_written_to(desk: Session) -> None:
    """And one that was last called over a year ago only with a reason."""
    unconfirmed = next(s for s in facility.directory(desk) if s.confirmed_on is None)
    draft = agreed(desk, a_draft(desk, unconfirmed.service_id))
    assert missing(desk, draft) == [RefusalCode.SERVICE_NOT_CONFIRMED]
    stale = agreed(desk, a_draft(desk, OLD))
    assert missing(desk, stale) == [RefusalCode.SERVICE_STALE]
    assert refusal_of(lambda: issued(desk, stale)) is RefusalCode.SERVICE_STALE
    ready = referrals.save_referral(desk, replace(stale, stale_override_reason="Called today."))
    assert ready.status is ReferralStatus.READY
    assert issued(desk, ready).pdf


def test_the_full_form_is_a_step_up_with_a_reason(desk: Session) -> None:
    """And with something that was agreed to beyond the plain items."""
    draft = agreed(desk, a_draft(desk))
    full = referrals.save_referral(desk, replace(draft, form=FormKind.FULL))
    assert missing(desk, full) == [
        RefusalCode.FULL_FORM_REASON_MISSING,
        RefusalCode.CONSENT_ITEM_MISSING,
    ]
    full = referrals.save_referral(desk, replace(full, full_form_reason="Lawyer asks for it."))
    full = agreed(desk, full, items=PLAIN | {ConsentItem.NAME})
    assert missing(desk, full) == []
    assert "Canaryova" in text_of(issued(desk, full).pdf)


@pytest.mark.parametrize("form", FormKind)
def test_no_name_on_paper_without_consent_to_the_name(desk: Session, form: FormKind) -> None:
    """Not on the short form, and not on the full one when only the place was agreed to."""
    draft = agreed(desk, a_draft(desk), items=PLAIN | {ConsentItem.LOCATION})
    details = ReferralDetails(support=frozenset({SupportKind.LEGAL}), papers="CANARY-PASSPORT")
    ready = referrals.save_referral(
        desk, replace(draft, form=form, full_form_reason="Asked for.", details=details)
    )
    document = issued(desk, ready)
    words = text_of(document.pdf)
    for secret in ("Canaryova", "Zorica", "CANARY", ready.case_number):
        assert secret not in words
        assert secret.encode() not in document.pdf
    assert document.file_name == f"{show_reference(ready.reference)}.pdf"


def test_sent_is_in_the_log_before_the_bytes_exist_for_anybody(desk: Session) -> None:
    """Issuing writes the form, the state and the outcome of the visit in one."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    entry = activity(desk)[-1]
    assert (entry["action"], entry["subject"]) == ("form-issued", ready.reference)
    sent = referrals.load_referral(desk, ready.referral_id)
    assert sent.status is ReferralStatus.SENT
    assert sent.sent_at == desk.now
    assert sent.channel is Channel.BY_HAND
    assert ready.screening_id is not None
    visit = screenings.load_screening(desk, ready.screening_id)
    assert Outcome.REFERRED in visit.outcomes


def test_a_form_that_cannot_be_drawn_was_not_sent(
    desk: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault in the middle leaves the referral, the visit and the log as they were."""
    ready = agreed(desk, a_draft(desk))
    before = activity(desk)

    def broken(*_: object, **__: object) -> bytes:
        raise Fault(FaultCode.GLYPH_MISSING)

    monkeypatch.setattr(referral_issue, "render_referral_form", broken)
    with pytest.raises(Fault):
        issued(desk, ready)
    assert activity(desk) == before
    monkeypatch.undo()
    loaded = referrals.load_referral(desk, ready.referral_id)
    assert (loaded.status, loaded.sent_at) == (ReferralStatus.READY, None)


def test_a_preview_sends_nothing(desk: Session) -> None:
    """It is marked, needs no consent, and shows what the receiver would get."""
    draft = a_draft(desk)
    pdf = referrals.preview_form(desk, draft, "mk")
    assert "Canaryova" not in text_of(pdf)
    assert referrals.load_referral(desk, draft.referral_id) == draft
    assert "form-issued" not in actions(desk)
    for locale in ("ar", "xx", "sr"):
        assert (
            refusal_of(lambda wrong=locale: referrals.preview_form(desk, draft, wrong))  # type: ignore[misc]  # bound per round
            is RefusalCode.LANGUAGE_NOT_OFFERED
        )


def test_a_sent_form_is_not_edited(desk: Session) -> None:
    """What the receiver has on paper and what is stored stay the same."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    edited = replace(ready, priority=Priority.ROUTINE)
    assert refusal_of(lambda: referrals.save_referral(desk, edited)) is RefusalCode.REFERRAL_STATE


def test_editing_a_draft_cannot_smuggle_in_a_consent(desk: Session) -> None:
    """Consents, steps of the loop and the age path come from their own services."""
    draft = a_draft(desk)
    forged = replace(
        draft,
        consents=(Consent(SHELTER, GIVEN, frozenset(ConsentItem)),),
        is_child=True,
        case_number=draft.case_number.__class__("OTHER"),
    )
    saved = referrals.save_referral(desk, forged)
    assert (saved.consents, saved.is_child, saved.case_number) == ((), False, draft.case_number)


def test_danger_to_life_needs_two_people_and_a_reason(desk: Session) -> None:
    """Also when the patient has refused; one alone cannot decide it."""
    draft = a_draft(desk, POLICE)
    basis: dict[str, Any] = {"decision": REFUSED, "legal_basis": LegalBasis.DANGER_TO_LIFE}
    agreed(desk, draft, **basis)
    assert missing(desk, draft) == [
        RefusalCode.SECOND_STAFF_MISSING,
        RefusalCode.BASIS_REASON_MISSING,
    ]
    agreed(desk, draft, **basis, reason="He waits outside with a gun.")
    assert missing(desk, draft) == [RefusalCode.SECOND_STAFF_MISSING]
    confirmed = confirm(desk, draft)
    assert confirmed.consent.second_staff == colleague(desk).account_id
    assert confirmed.consent.recorded_by == desk.account.account_id
    assert missing(desk, draft) == []
    words = text_of(issued(desk, draft).pdf)
    assert "gun" not in words


def test_nobody_is_the_second_person_by_being_named(desk: Session) -> None:
    """Only name and passphrase of the colleague count, never what a screen hands over."""
    draft = a_draft(desk, POLICE)
    named = agreed(desk, draft, **BY_TWO, second_staff=colleague(desk).account_id)
    assert named.consent.second_staff is None
    assert missing(desk, draft) == [RefusalCode.SECOND_STAFF_MISSING]
    assert refusal_of(lambda: issued(desk, draft)) is RefusalCode.SECOND_STAFF_MISSING


@pytest.mark.parametrize(
    ("name", "passphrase", "refusal"),
    [
        ("dren", "not-his-passphrase", RefusalCode.SIGN_IN_FAILED),
        ("nobody", passphrase_of("nobody"), RefusalCode.SIGN_IN_FAILED),
        ("nadia", passphrase_of("nadia"), RefusalCode.SECOND_STAFF_MISSING),
        ("ivo", passphrase_of("ivo"), RefusalCode.NOT_ALLOWED),
    ],
)
def test_the_wrong_second_person_confirms_nothing(
    desk: Session, name: str, passphrase: str, refusal: RefusalCode
) -> None:
    """A wrong passphrase, oneself, and who has nothing to do with patients."""
    draft = a_draft(desk, POLICE)
    agreed(desk, draft, **BY_TWO)
    found = refusal_of(lambda: referrals.confirm_basis(desk, draft.referral_id, name, passphrase))
    assert found is refusal
    assert missing(desk, draft) == [RefusalCode.SECOND_STAFF_MISSING]


def test_the_manager_may_be_the_second_person(desk: Session) -> None:
    """A small house has one clinician; the decision needs two people, not two clinicians."""
    draft = a_draft(desk, POLICE)
    agreed(desk, draft, **BY_TWO)
    confirm(desk, draft, "mira")
    assert missing(desk, draft) == []


def test_nothing_is_confirmed_where_consent_stands(desk: Session) -> None:
    """There is no decision of two to confirm."""
    draft = agreed(desk, a_draft(desk))
    assert refusal_of(lambda: confirm(desk, draft)) is RefusalCode.CONSENT_MISSING


def test_what_was_confirmed_counts_as_long_as_the_decision_is_the_same(desk: Session) -> None:
    """A tick later changes nothing; another reason is another decision."""
    draft = a_draft(desk, POLICE)
    agreed(desk, draft, **BY_TWO)
    line = confirm(desk, draft).consent
    again = referrals.record_consent(desk, draft.referral_id, replace(line, statistics=True))
    assert again.consent.second_staff == colleague(desk).account_id
    assert missing(desk, draft) == []
    other = replace(again.consent, reason="Another.")
    assert referrals.record_consent(desk, draft.referral_id, other).consent.second_staff is None
    assert missing(desk, draft) == [RefusalCode.SECOND_STAFF_MISSING]


def test_child_protection_is_no_basis_for_an_adult(desk: Session) -> None:
    """Whatever is written on the line."""
    draft = a_draft(desk)
    agreed(
        desk,
        draft,
        decision=ConsentDecision.NOT_ASKED,
        legal_basis=LegalBasis.CHILD_PROTECTION,
        reason="Looks young.",
    )
    confirm(desk, draft)
    assert missing(desk, draft) == [RefusalCode.CONSENT_MISSING]
    assert (
        refusal_of(lambda: referrals.record_child_notification(desk, draft.referral_id))
        is RefusalCode.NOT_ALLOWED
    )


def test_who_cannot_decide_has_not_agreed(desk: Session) -> None:
    """A yes without capacity is no consent."""
    draft = agreed(desk, a_draft(desk), capacity=Capacity.LACKING)
    assert missing(desk, draft) == [RefusalCode.CONSENT_MISSING]


def test_a_child_is_referred_after_the_authority_was_told(desk: Session) -> None:
    """No consent is asked for; the call, its time and a second colleague are."""
    draft = a_draft(desk, SOCIAL_WORK, years=15)
    assert draft.is_child
    assert missing(desk, draft) == [RefusalCode.CHILD_NOTIFICATION_MISSING]
    at = draft.referral_id
    assert (
        refusal_of(lambda: referrals.record_child_notification(desk, at))
        is RefusalCode.CHILD_NOTIFICATION_MISSING
    )
    told = referrals.record_child_notification(
        desk,
        at,
        notified_at=desk.now,
        notified_body="Centre for social work",
        notified_person_code="31",
        companion_involved=Involved.YES,
    )
    assert missing(desk, told) == [RefusalCode.SECOND_STAFF_MISSING]
    told = confirm(desk, told)
    assert missing(desk, told) == []
    assert told.status is ReferralStatus.READY
    assert told.screening_id is not None
    steps = screenings.load_screening(desk, told.screening_id).child_steps
    assert (steps.notified_at, steps.companion_involved) == (desk.now, Involved.YES)
    assert steps.second_staff_present
    words = text_of(issued(desk, told).pdf)
    assert "Centre for social work" in words
    assert "Canaryova" not in words


def test_the_notification_is_taken_from_the_visit(desk: Session) -> None:
    """What was entered at the visit is not typed twice; without a colleague it is not enough."""
    draft = a_draft(desk, SOCIAL_WORK, years=15)
    assert draft.screening_id is not None
    steps = ChildSteps(notified_at=desk.now, notified_body="CSR")
    screenings.record_child_steps(desk, draft.screening_id, steps)
    referrals.record_child_notification(desk, draft.referral_id)
    assert missing(desk, draft) == [RefusalCode.SECOND_STAFF_MISSING]


def test_police_are_not_told_of_a_child_by_the_line_of_another(desk: Session) -> None:
    """The centre was told; police still need their own line."""
    draft = a_draft(desk, SOCIAL_WORK, years=15)
    told = referrals.record_child_notification(
        desk,
        draft.referral_id,
        notified_at=desk.now,
        notified_body="CSR",
    )
    told = confirm(desk, told)
    moved = referrals.save_referral(desk, replace(told, service_id=POLICE))
    assert missing(desk, moved) == [RefusalCode.CONSENT_MISSING]
    assert refusal_of(lambda: issued(desk, moved)) is RefusalCode.CONSENT_MISSING


def test_telling_the_centre_is_no_reason_to_tell_the_police(desk: Session) -> None:
    """Police need a reason of their own; it is asked for before a colleague confirms."""
    draft = a_draft(desk, POLICE, years=15)
    told = referrals.record_child_notification(
        desk, draft.referral_id, notified_at=desk.now, notified_body="CSR"
    )
    assert RefusalCode.BASIS_REASON_MISSING in missing(desk, told)
    named = referrals.record_child_notification(desk, draft.referral_id, reason="CSR")
    confirm(desk, named)
    assert missing(desk, named) == [RefusalCode.BASIS_REASON_MISSING]
    assert refusal_of(lambda: issued(desk, named)) is RefusalCode.BASIS_REASON_MISSING
    with_reason = referrals.record_child_notification(
        desk, draft.referral_id, reason="He is on his way here."
    )
    assert missing(desk, with_reason) == [RefusalCode.SECOND_STAFF_MISSING]
    confirm(desk, with_reason)
    assert missing(desk, with_reason) == []


def test_police_who_were_told_themselves_are_written_to(desk: Session) -> None:
    """By the name of the entry, however it is written; another name in its place is no reason."""
    draft = a_draft(desk, POLICE, years=15)
    told = referrals.record_child_notification(
        desk, draft.referral_id, notified_at=desk.now, notified_body=" SAMPLE police"
    )
    assert missing(desk, told) == [RefusalCode.SECOND_STAFF_MISSING]
    slip = referrals.record_child_notification(desk, draft.referral_id, notified_body="CSR")
    assert RefusalCode.BASIS_REASON_MISSING in missing(desk, slip)


def test_the_full_form_of_a_child_to_police_says_less_than_by_consent(desk: Session) -> None:
    """Needs and arrangements are for who looks after the child."""
    draft = a_draft(desk, POLICE, years=15)
    referrals.record_child_notification(
        desk,
        draft.referral_id,
        notified_at=desk.now,
        notified_body="Centre for social work",
        reason="He is on his way here.",
    )
    told = confirm(desk, draft)
    details = replace(
        told.details, access_needs="WHEELS", safety_arrangements="CODEWORD", own_words="OWN"
    )
    full = replace(told, form=FormKind.FULL, full_form_reason="Asked for.", details=details)
    words = text_of(issued(desk, referrals.save_referral(desk, full)).pdf)
    assert not [secret for secret in ("WHEELS", "CODEWORD", "OWN") if secret in words]
    assert "Canaryova" in words


def test_a_draft_follows_the_age_of_the_patient(desk: Session) -> None:
    """Under 18 after all: consent alone is no longer enough."""
    ready = agreed(desk, a_draft(desk))
    assert ready.screening_id is not None
    screenings.change_details(desk, ready.screening_id, is_child=True)
    assert missing(desk, ready) == [RefusalCode.CHILD_NOTIFICATION_MISSING]
    assert refusal_of(lambda: issued(desk, ready)) is RefusalCode.CHILD_NOTIFICATION_MISSING


def test_personal_details_stand_with_the_name(desk: Session) -> None:
    """Papers, caregiver and place are in the identity file, and come back from it."""
    draft = a_draft(desk)
    details = ReferralDetails(papers="P-123", caregiver="Aunt Mina", location="Lipa 4")
    saved = referrals.save_referral(desk, replace(draft, details=details))
    assert referrals.load_referral(desk, draft.referral_id).details == saved.details == details
    with desk.store.reading_config() as connection:
        rows = connection.execute(select(record_tables.referral)).mappings().all()
    assert not any(secret in str(dict(row)) for row in rows for secret in ("P-123", "Mina", "Lipa"))


def test_a_consent_that_is_replaced_stays_in_the_record(desk: Session) -> None:
    """Who asks later can see what was decided and when."""
    draft = agreed(desk, a_draft(desk))
    agreed(desk, draft, decision=REFUSED)
    with desk.store.reading_config() as connection:
        rows = connection.execute(
            select(record_tables.consent).order_by(record_tables.consent.c.row_number)
        ).all()
    assert [(row.decision, row.superseded_at is None) for row in rows] == [
        ("given", False),
        ("refused", True),
    ]


def test_a_no_leaves_only_the_outcome(desk: Session) -> None:
    """What was prepared is gone from every table; a form that was sent before stays."""
    draft = agreed(desk, a_draft(desk))
    details = replace(draft.details, papers="P-123")
    referrals.save_referral(desk, replace(draft, details=details))
    assert draft.screening_id is not None
    own_words, other = TypedAt(TypedField.FORM_TEXT, "own-words"), TypedAt(TypedField.JUDGEMENT)
    for at in (own_words, other):
        screenings.keep_draft(desk, draft.screening_id, at, "Too long for its place. " * 40)
    visit = referrals.decline_referral(desk, draft.screening_id)
    assert visit.outcomes == {Outcome.DECLINED}
    assert set(visit.drafts) == {other}
    assert screenings.load_screening(desk, visit.screening_id) == visit
    with desk.store.reading_config() as connection:
        for table in (
            record_tables.referral,
            record_tables.consent,
            record_tables.referral_status,
            record_tables.referral_person,
        ):
            assert connection.execute(select(table)).all() == []
    assert (
        refusal_of(lambda: referrals.load_referral(desk, draft.referral_id))
        is RefusalCode.REFERRAL_UNKNOWN
    )


def test_the_answer_is_entered_under_the_typed_reference(
    open_as: Callable[[str], Session], desk: Session
) -> None:
    """From the slip, by the manager as well, who learns nothing more."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    manager = open_as("mira")
    typed = f" {show_reference(ready.reference).lower()} "
    answered = referrals.answer_referral(manager, typed, ReferralStatus.ACCEPTED)
    assert answered.status is ReferralStatus.ACCEPTED
    assert answered.details == ReferralDetails()
    assert answered.consents == ()
    done = referrals.answer_referral(
        manager, ready.referral_id, ReferralStatus.OUTCOME, OutcomeCode.SERVICE_STARTED
    )
    assert done.history[-1].code == OutcomeCode.SERVICE_STARTED


@pytest.mark.parametrize(
    ("status", "code", "refusal"),
    [
        (ReferralStatus.SENT, "", RefusalCode.REFERRAL_STATE),
        (ReferralStatus.READY, "", RefusalCode.REFERRAL_STATE),
        (ReferralStatus.OUTCOME, "", RefusalCode.REFERRAL_STATE),
        (ReferralStatus.DECLINED, "because", RefusalCode.ANSWER_NOT_OFFERED),
        (ReferralStatus.RECEIVED, DeclineReason.FULL, RefusalCode.ANSWER_NOT_OFFERED),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(
    desk: Session, status: ReferralStatus, code: str, refusal: RefusalCode
) -> None:
    """Only the form sends; an outcome follows an acceptance; codes belong to their answer."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    attempt = lambda: referrals.answer_referral(desk, ready.reference, status, code)  # noqa: E731
    assert refusal_of(attempt) is refusal


def test_a_slip_of_the_hand_in_a_reference_is_caught(desk: Session) -> None:
    """A wrong character is named as such; a right one that is not ours is unknown."""
    ready = agreed(desk, a_draft(desk))
    issued(desk, ready)
    wrong = ("3" if ready.reference[0] == "2" else "2") + ready.reference[1:]
    received = ReferralStatus.RECEIVED
    assert (
        refusal_of(lambda: referrals.answer_referral(desk, wrong, received))
        is RefusalCode.REFERENCE_WRONG
    )
    other = next(r for r in map(make_reference, ("234567", "765432", "ABCDEF")) if r)
    assert (
        refusal_of(lambda: referrals.answer_referral(desk, other, received))
        is RefusalCode.REFERRAL_UNKNOWN
    )


def test_what_waits_stands_in_the_follow_up_without_a_name(
    open_as: Callable[[str], Session], desk: Session, clock: SteppableClock
) -> None:
    """Late ones first; a draft is nobody's business yet."""
    a_draft(desk)
    first = agreed(desk, a_draft(desk))
    issued(desk, first)
    clock.step(hours=73)
    second = agreed(desk, a_draft(desk))
    issued(desk, second)
    answered = agreed(desk, a_draft(desk))
    issued(desk, answered)
    referrals.answer_referral(desk, answered.reference, ReferralStatus.DECLINED, "full")
    manager = open_as("mira")
    rows = referrals.follow_up_list(manager)
    assert [row.reference for row in rows] == [
        first.reference,
        second.reference,
        answered.reference,
    ]
    assert [(row.overdue, row.waiting, row.waiting_days) for row in rows] == [
        (True, True, 3),
        (False, True, 0),
        (False, False, 0),
    ]
    assert rows[2].code == DeclineReason.FULL
    assert not any("Canary" in str(row) or "Zorica" in str(row) for row in rows)
    counts = screenings.day_counts(manager)
    assert (counts.unanswered_referrals, counts.longest_wait_days) == (2, 3)
    assert counts.overdue_referrals == 1
    assert {row.screening_id for row in rows} == {None}
    own = referrals.follow_up_list(open_as("nadia"))
    assert own[0].screening_id == first.screening_id


@pytest.mark.parametrize("name", ["mira", "ivo"])
def test_only_clinicians_draft_and_issue(
    open_as: Callable[[str], Session], desk: Session, name: str
) -> None:
    """Nobody else sees the form, its preview or what is missing."""
    ready = agreed(desk, a_draft(desk))
    other = open_as(name)
    for attempt in (
        lambda: issued(other, ready),
        lambda: referrals.preview_form(other, ready, "en"),
        lambda: referrals.load_referral(other, ready.referral_id),
        lambda: referrals.missing_before_issue(other, ready),
        lambda: agreed(other, ready),
        lambda: referrals.services_for(other),
    ):
        assert refusal_of(attempt) is RefusalCode.NOT_ALLOWED


def test_services_are_found_by_part_of_a_name_or_kind(desk: Session) -> None:
    """In the directory as this facility knows it."""
    assert [s.service_id for s in referrals.services_for(desk, query="sample poli")] == [POLICE]
    assert len(referrals.services_for(desk)) == len(facility.directory(desk))


def test_an_unknown_referral_or_service_is_refused(desk: Session) -> None:
    """As a refusal, not as a fault."""
    visit = a_visit(desk)
    nobody = ReferralId("nobody")
    nowhere = ServiceId("nowhere")
    assert refusal_of(lambda: referrals.load_referral(desk, nobody)) is RefusalCode.REFERRAL_UNKNOWN
    assert (
        refusal_of(
            lambda: referrals.draft_referral(desk, visit.screening_id, nowhere, Priority.URGENT)
        )
        is RefusalCode.SERVICE_UNKNOWN
    )


def test_consent_in_a_closed_record_does_not_follow_to_another_name(
    open_as: Callable[[str], Session], desk: Session
) -> None:
    """Nobody but its people can write to it, least of all who corrects the directory."""
    ready = agreed(desk, a_draft(desk))
    patient = patients.patient_of(desk, ready.case_number)
    sealing.close_record(desk, patient.patient_id, [desk.account.account_id])
    corrected(open_as("mira"), SHELTER, name="Another house")
    nurse = open_as("nadia")
    assert missing(nurse, ready) == [RefusalCode.CONSENT_OTHER_NAME]
    assert refusal_of(lambda: issued(nurse, ready)) is RefusalCode.CONSENT_OTHER_NAME
    alone_again(nurse, ready)
    agreed(nurse, ready)
    nurse = open_as("nadia")
    assert missing(nurse, ready) == []
    corrected(open_as("mira"), SHELTER, hours="8-16")
    assert missing(open_as("nadia"), ready) == []
