# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of a visit: logged before they exist, refused where they may harm."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import AnswerValue, VisitPart
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.referral import Priority
from pact_desktop.domain.screening import (
    Answer,
    ChildSteps,
    Involved,
    ScreeningId,
)
from pact_desktop.services import documents, referrals, screenings
from pact_desktop.services import facility as places
from pact_desktop.services.documents import CardOptions
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.patients import NewPatient, register_patient
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log
from tests.documents.papers import words_of
from tests.private_part import open_private_part


def a_visit(session: Session, *, years: int = 30) -> ScreeningId:
    new = NewPatient(
        family_name="Al-Hassan",
        given_name="Layla",
        birth_date=BirthDate.estimated(years, today=session.today),
        may_be_child=MayBeChild.NO if years > 17 else MayBeChild.YES,
        language="ar",
    )
    patient = register_patient(session, new)
    return screenings.start_screening(session, patient, visit_reason="Burn").screening_id


def issued(session: Session) -> list[str]:
    with session.store.reading_config() as connection:
        rows = audit_log.entries(connection)
    return [row["subject"] for row in rows if row["action"] == AuditAction.DOCUMENT_ISSUED.value]


def _card(session: Session, visit: ScreeningId) -> IssuedDocument:
    return documents.patient_card(session, visit, "en", CardOptions())


def _slip(session: Session, visit: ScreeningId) -> IssuedDocument:
    return documents.visit_slip(session, visit, "en")


def _preview(session: Session, visit: ScreeningId) -> bytes:
    return documents.preview_patient_card(session, visit, "en", CardOptions())


def test_each_paper_is_in_the_log(session: Session) -> None:
    """Who printed what is known, without a name in the log."""
    visit = a_visit(session)
    screenings.record_offers(
        session,
        visit,
        {},
        return_visit_at=session.now + timedelta(days=8),
        return_reason="Dressing",
    )

    slip = documents.visit_slip(session, visit, "en")
    note = documents.clinical_note(session, visit, "en")
    documents.patient_card(session, visit, "en", CardOptions())
    documents.urgent_contacts(session, "en")

    assert issued(session) == ["visit-slip", "visit-note", "card", "contacts"]
    assert "Dressing" in words_of(slip.pdf)
    assert "Layla Al-Hassan" in words_of(note.pdf)


def test_file_names_say_nothing(session: Session) -> None:
    """A name in a folder of downloads would tell on the patient."""
    visit = a_visit(session)

    papers = [
        documents.visit_slip(session, visit, "en"),
        documents.clinical_note(session, visit, "en"),
        documents.patient_card(session, visit, "en", CardOptions()),
    ]

    assert [paper.file_name for paper in papers] == ["slip.pdf", "note.pdf", "card.pdf"]


def test_a_card_that_is_not_safe_to_carry_is_refused(session: Session) -> None:
    """Nothing is printed and nothing is in the log."""
    visit = a_visit(session)

    with pytest.raises(Refusal) as refused:
        documents.patient_card(session, visit, "en", CardOptions(safe_to_carry=False))

    assert refused.value.code is RefusalCode.COPY_UNSAFE
    assert issued(session) == []


@pytest.mark.parametrize("involved", [Involved.YES, Involved.UNKNOWN])
@pytest.mark.parametrize("paper", [_card, _slip, _preview])
def test_a_child_gets_no_copy_while_the_companion_may_be_involved(
    session: Session, involved: Involved, paper: Callable[[Session, ScreeningId], object]
) -> None:
    """What the child carries ends in the hands of whoever came along."""
    visit = a_visit(session, years=15)
    screenings.record_child_steps(session, visit, ChildSteps(companion_involved=involved))

    with pytest.raises(Refusal) as refused:
        paper(session, visit)

    assert refused.value.code is RefusalCode.COPY_UNSAFE
    assert issued(session) == []


def test_a_child_whose_companion_is_surely_not_involved_gets_the_card(session: Session) -> None:
    """The rule protects, it does not take the card from every child."""
    visit = a_visit(session, years=15)
    screenings.record_child_steps(session, visit, ChildSteps(companion_involved=Involved.NO))

    assert documents.patient_card(session, visit, "en", CardOptions()).pdf


def test_a_language_nobody_wrote_the_card_in_is_refused(session: Session) -> None:
    """No one is handed words in another language as if they were their own."""
    visit = a_visit(session)

    with pytest.raises(Refusal) as refused:
        documents.patient_card(session, visit, "fa", CardOptions())

    assert refused.value.code is RefusalCode.LANGUAGE_NOT_OFFERED
    assert "en" in documents.card_locales(session)


def test_a_preview_of_the_card_is_not_issued(session: Session) -> None:
    """Looking is logged as looking."""
    visit = a_visit(session)

    pdf = documents.preview_patient_card(session, visit, "en", CardOptions())

    assert "Preview" in words_of(pdf)
    assert issued(session) == []


@pytest.mark.parametrize("locale", ["en", "mk", "ar"])
def test_the_card_can_be_read_line_by_line(session: Session, locale: str) -> None:
    """The lines are those of the page, in its order, and reading issues nothing."""
    visit = a_visit(session)
    screening = screenings.load_screening(session, visit)
    catalog = documents.paper_catalog(locale, offered=(locale,))
    lines = documents.read_patient_card(session, screening, catalog, CardOptions())
    said = [part for line in lines for part in (line.label, line.text) if part]
    printed = words_of(documents.preview_patient_card(session, visit, locale, CardOptions()))
    if locale != "ar":  # the page holds Arabic in the order in which it is drawn
        assert all(part in " ".join(printed.split()) for part in said)
    assert [line.label for line in lines if line.label] == [
        session.content.guidance.text(f"patient.card.label.{name}", locale)
        for name in ("place", "phone")
    ]
    assert issued(session) == []


def test_a_number_keeps_its_order_between_arabic_words(session: Session) -> None:
    """On the screen too: typed text is isolated from the sentence around it."""
    screening = screenings.load_screening(session, a_visit(session))
    catalog = documents.paper_catalog("ar", offered=("ar",))
    lines = documents.read_patient_card(session, screening, catalog, CardOptions())
    assert "\u2068+389 2 000 0000\u2069" in lines[3].text


def test_a_card_that_may_not_be_carried_can_be_read_together(session: Session) -> None:
    """No paper for the child, and the same words from the screen."""
    visit = a_visit(session, years=15)
    screening = screenings.load_screening(session, visit)
    catalog = documents.paper_catalog("en")
    assert documents.read_patient_card(session, screening, catalog, CardOptions())
    with pytest.raises(Refusal):
        documents.preview_patient_card(session, visit, "en", CardOptions())


def test_an_unchecked_support_line_is_not_on_the_card(session: Session) -> None:
    """A dead number in an emergency is worse than none."""
    visit = a_visit(session)

    card = documents.patient_card(session, visit, "en", CardOptions(support_line=True))

    assert "Free phone line" not in words_of(card.pdf)


def test_the_note_says_the_estimated_age(session: Session) -> None:
    """As it was on the day of the visit."""
    note = documents.clinical_note(session, a_visit(session, years=17), "en")

    assert "About 17 years" in words_of(note.pdf)


def test_a_service_stands_once_on_the_sheet_of_numbers(session: Session) -> None:
    """Four numbers that nobody has called are one thing to tell the manager."""
    contacts = places.urgent_contacts(
        places.facility(session), places.directory(session), places.pack_of(session)
    )
    services = {contact.service_id for contact in contacts if contact.service_id}
    assert len(services) < sum(1 for contact in contacts if contact.service_id)

    text = words_of(documents.urgent_contacts(session, "en").pdf)

    assert text.count("number not checked") == len(services)
    assert text.count("No number yet: tell the manager") == sum(not one.phone for one in contacts)


def test_the_manager_prints_no_visit_note(manager_session: Session) -> None:
    """Names and findings stay with clinicians."""
    with pytest.raises(Refusal) as refused:
        documents.clinical_note(manager_session, "any", "en")

    assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_a_receiver_that_was_not_checked_is_not_put_before_the_patient(session: Session) -> None:
    """Nobody signs for a place that may not exist; what was refused is not in the log."""
    visit = a_visit(session)
    lead = next(s for s in places.directory(session) if s.confirmed_on is None)
    referral = referrals.draft_referral(session, visit, lead.service_id, Priority.ROUTINE)
    with pytest.raises(Refusal) as refused:
        documents.consent_page(session, referral.referral_id, "en")
    assert refused.value.code is RefusalCode.SERVICE_NOT_CONFIRMED
    assert issued(session) == []


@pytest.mark.parametrize("hidden", [False, True])
def test_words_under_an_answer_that_was_taken_back_are_not_in_the_note(
    session: Session, *, hidden: bool
) -> None:
    """A follow-up that is hidden has no value anywhere, also not on paper."""
    visit = a_visit(session)
    open_private_part(session, visit)
    items = session.content.active_set(is_child=False).items
    follow_up = next(i for i in items if i.enable_when and i.part is VisitPart.QUESTIONS)
    parent = follow_up.enable_when[0]
    for answer in (
        Answer(parent.question, parent.answer),
        Answer(follow_up.link_id, AnswerValue.YES, own_words="They keep my bag"),
    ):
        screenings.record_answer(session, visit, answer)
    if hidden:
        other = AnswerValue.PREFERS_NOT_TO_SAY
        screenings.record_answer(session, visit, Answer(parent.question, other))

    note = documents.clinical_note(session, visit, "en")

    assert ("They keep my bag" in words_of(note.pdf)) is not hidden
