# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of a visit: each is in the log as issued before its bytes are handed out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from pact_desktop.documents.clinical_note import ClinicalNote, render_clinical_note
from pact_desktop.documents.consent_page import (
    ConsentPage,
    RecipientConsent,
    render_consent_page,
)
from pact_desktop.documents.contact_sheet import ContactLine, render_contact_sheet
from pact_desktop.documents.patient_card import (
    CardLine,
    CardWords,
    PatientCard,
    card_lines,
    render_patient_card,
)
from pact_desktop.documents.recovery_sheet import render_recovery_sheet
from pact_desktop.documents.visit_slip import VisitSlip, render_visit_slip
from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.consent import Consent
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.facility import EntryAge, Facility, ServiceKind
from pact_desktop.domain.guidance import Guidance
from pact_desktop.domain.judging import answers_in_force
from pact_desktop.domain.patient import CaseNumber, Patient
from pact_desktop.domain.referral import Referral, ReferralId, show_reference
from pact_desktop.domain.referral_values import Place
from pact_desktop.domain.screening import Screening, ScreeningId
from pact_desktop.i18n.catalog import Catalog, CatalogueMissingError
from pact_desktop.i18n.locales import CARD_LOCALES, PAPER_LOCALES
from pact_desktop.services import facility as places
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.referral_cases import case_and_reference
from pact_desktop.services.session import Session
from pact_desktop.services.visit_change import case_of_visit
from pact_desktop.storage import patients, referrals, screenings
from pact_desktop.terms.numbers import reach_words

__all__ = [
    "CardLine",
    "CardOptions",
    "IssuedDocument",
    "card_locales",
    "card_support_line",
    "clinical_note",
    "consent_page",
    "paper_catalog",
    "patient_card",
    "preview_patient_card",
    "read_patient_card",
    "recovery_sheet",
    "urgent_contacts",
    "visit_slip",
]

_CARD_SECTIONS: Final = ("card", "card.labels", "card.rights")


@dataclass(frozen=True, slots=True)
class CardOptions:
    """What the patient wants on the card, and whether carrying one is safe."""

    appointment: bool = True
    facility_phone: bool = True
    support_line: bool = False
    safe_to_carry: bool = True


def paper_catalog(locale: str, *, offered: Sequence[str] = PAPER_LOCALES) -> Catalog:
    """The words for a paper.

    Raises Refusal(LANGUAGE_NOT_OFFERED), or Fault(CATALOGUE_MISSING) when its file is lost.
    """
    if locale not in offered:
        raise Refusal(RefusalCode.LANGUAGE_NOT_OFFERED, locale=locale)
    try:
        return Catalog.load(locale)
    except CatalogueMissingError as error:
        raise Fault(FaultCode.CATALOGUE_MISSING, locale=locale) from error


def card_locales(session: Session) -> list[str]:
    """Languages in which the card has all its words: nobody gets a text in another one."""
    guidance = session.content.guidance
    return [tag for tag in CARD_LOCALES if _speaks(guidance, tag)]


def card_support_line(session: Session) -> str:
    """A number that somebody here has checked within the year, or none."""
    fresh = {EntryAge.FRESH, EntryAge.AGEING}
    for service in places.directory(session):
        line = service.kind is ServiceKind.SUPPORT_LINE and service.age(session.today) in fresh
        if line and service.working and service.phones:
            return service.phones[0]
    return ""


def read_patient_card(
    session: Session, screening: Screening, catalog: Catalog, options: CardOptions
) -> tuple[CardLine, ...]:
    """The card line by line in the language of the catalogue, for whoever reads along.

    Nothing is issued by it, so it may be read together also where no copy may be carried. Words
    that the guidance lacks in this language are English. Raises Refusal(NOT_ALLOWED).
    """
    session.require(Permission.SCREEN)
    return card_lines(_card(session, screening, catalog.locale, options), catalog)


def patient_card(
    session: Session, screening_id: ScreeningId, locale: str, options: CardOptions
) -> IssuedDocument:
    """The card for one visit.

    Raises Refusal: COPY_UNSAFE where carrying it may harm, LANGUAGE_NOT_OFFERED,
    SCREENING_UNKNOWN, NOT_ALLOWED.
    """
    catalog = _card_catalog(session, locale)
    if not options.safe_to_carry:
        raise Refusal(RefusalCode.COPY_UNSAFE)
    screening = _issued(session, screening_id, "card", copy=True)
    pdf = render_patient_card(_card(session, screening, locale, options), catalog)
    return IssuedDocument("card.pdf", pdf)


def preview_patient_card(
    session: Session, screening_id: ScreeningId, locale: str, options: CardOptions
) -> bytes:
    """The card for the screen, marked as a preview; raises the refusals of `patient_card`."""
    catalog = _card_catalog(session, locale)
    session.require(Permission.SCREEN)
    event = AuditEvent(
        AuditAction.SCREENING_SEEN, case_of_visit(session, screening_id), screening_id
    )
    with session.store.reading(event) as connection:
        screening = screenings.load_screening(
            connection, screening_id, sitting=session.store.session_id
        )
    if screening is None:
        raise Refusal(RefusalCode.SCREENING_UNKNOWN)
    _require_safe_copy(screening)
    card = _card(session, screening, locale, options)
    return render_patient_card(card, catalog, preview=True)


def visit_slip(session: Session, screening_id: ScreeningId, locale: str) -> IssuedDocument:
    """Raises Refusal: COPY_UNSAFE, LANGUAGE_NOT_OFFERED, SCREENING_UNKNOWN, NOT_ALLOWED."""
    catalog = paper_catalog(locale)
    screening = _issued(session, screening_id, "visit-slip", copy=True)
    facility = places.facility(session)
    slip = VisitSlip(
        facility=_place(facility),
        hours=facility.phone_hours,
        visited_at=screening.started_at,
        return_at=screening.return_visit_at,
        return_reason=screening.return_reason,
    )
    return IssuedDocument("slip.pdf", render_visit_slip(slip, catalog))


def clinical_note(session: Session, screening_id: ScreeningId, locale: str) -> IssuedDocument:
    """Raises Refusal: LANGUAGE_NOT_OFFERED, SCREENING_UNKNOWN, PATIENT_UNKNOWN, NOT_ALLOWED."""
    catalog = paper_catalog(locale)
    session.require(Permission.REGISTER_PATIENT)
    screening = _issued(session, screening_id, "visit-note")
    in_force = answers_in_force(session.content.sets_of(screening), screening)
    patient = _patient(session, screening.case_number)
    name = f"{patient.given_name} {patient.family_name}".strip() or patient.alias
    age = patient.birth_date.age_on(screening.started_at.date())
    note = ClinicalNote(
        facility=_place(places.facility(session)),
        patient_name=name,
        birth_date=patient.birth_date.value,
        language=patient.language,
        screening=replace(screening, answers=in_force),
        staff_code=session.account.staff_code,
        printed_at=session.now,
        age_about=None if age.certain else age.years,
    )
    return IssuedDocument("note.pdf", render_clinical_note(note, catalog))


def consent_page(session: Session, referral_id: ReferralId, locale: str) -> IssuedDocument:
    """Names only receivers that the facility has confirmed.

    Raises Refusal: LANGUAGE_NOT_OFFERED, REFERRAL_UNKNOWN, SERVICE_NOT_CONFIRMED, NOT_ALLOWED.
    """
    catalog = paper_catalog(locale)
    session.require(Permission.REFER)
    referral = _issued_referral(session, referral_id)
    page = ConsentPage(
        facility=_place(places.facility(session)),
        reference=referral.reference,
        limits=_limits(session.content.guidance, locale, is_child=referral.is_child),
        recipients=_recipients(session, referral, locale),
        staff_code=session.account.staff_code,
        asked_at=_asked(referral)[0].recorded_at,
    )
    pdf = render_consent_page(page, catalog)
    reference = show_reference(referral.reference)
    return IssuedDocument(f"{reference}-2.pdf", pdf, reference)


def recovery_sheet(
    code: str, locale: str, *, facility_name: str = "", made_on: date | None = None
) -> bytes:
    """The sheet for the safe; made while nothing is set up yet, so nothing can be logged."""
    catalog = paper_catalog(locale)
    return render_recovery_sheet(code, catalog, facility_name=facility_name, made_on=made_on)


def urgent_contacts(session: Session, locale: str) -> IssuedDocument:
    """The sheet of urgent numbers for the staff room."""
    catalog = paper_catalog(locale)
    facility, pack = places.facility(session), places.pack_of(session)
    contacts = places.urgent_contacts(facility, places.directory(session), pack)
    lines = [
        ContactLine(
            found.role,
            pack.name_in(locale, found.name, found.service_id) if pack else found.name,
            places.BETWEEN_PHONES.join(phones),
            found.hours,
            found.confirmed,
            reach_words(
                catalog,
                pack,
                remark=found.remark,
                source_date=found.source_date,
                count=len(phones),
                confirmed=found.confirmed,
            ),
        )
        for found, phones in places.joined_contacts(contacts)
    ]
    with session.store.changing(AuditEvent(AuditAction.DOCUMENT_ISSUED, subject="contacts")):
        pass
    pdf = render_contact_sheet(facility.name, lines, session.today, catalog)
    return IssuedDocument("numbers.pdf", pdf)


def _issued(
    session: Session, screening_id: ScreeningId, kind: str, *, copy: bool = False
) -> Screening:
    """The visit, read in the same transaction that says its paper was issued."""
    session.require(Permission.SCREEN)
    event = AuditEvent(
        AuditAction.DOCUMENT_ISSUED, case_of_visit(session, screening_id), subject=kind
    )
    with session.store.changing(event) as connection:
        screening = screenings.load_screening(
            connection, screening_id, sitting=session.store.session_id
        )
        if screening is None:
            raise Refusal(RefusalCode.SCREENING_UNKNOWN)
        if copy:
            _require_safe_copy(screening)
    return screening


def _issued_referral(session: Session, referral_id: ReferralId) -> Referral:
    case_number, _ = case_and_reference(session, referral_id)
    confirmed = {s.service_id for s in places.directory(session) if s.confirmed_on is not None}
    event = AuditEvent(AuditAction.DOCUMENT_ISSUED, case_number, subject="consent-page")
    with session.store.changing(event) as connection:
        referral = referrals.load_referral(connection, referral_id, with_person=False)
        if referral is None:
            raise Refusal(RefusalCode.REFERRAL_UNKNOWN)
        if any(consent.recipient not in confirmed for consent in _asked(referral)):
            raise Refusal(RefusalCode.SERVICE_NOT_CONFIRMED)
    return referral


def _asked(referral: Referral) -> tuple[Consent, ...]:
    """The decisions about receivers; a fresh one when nobody was asked yet.

    What held when the form left stands here too after the service got another name.
    """
    told = referral.consent_told
    if referral.last_issue is not None and told not in referral.consents:
        return (told, *referral.consents)
    return referral.consents or (told,)


def _require_safe_copy(screening: Screening) -> None:
    """A child's paper ends in the hands of whoever came along: none unless that is safe."""
    if screening.is_child and not screening.child_steps.copy_is_safe:
        raise Refusal(RefusalCode.COPY_UNSAFE)


def _patient(session: Session, case_number: CaseNumber) -> Patient:
    event = AuditEvent(AuditAction.PATIENT_SEEN, case_number)
    with session.store.reading(event) as connection:
        found = patients.patient_of_case(connection, case_number)
    if found is None:
        raise Refusal(RefusalCode.PATIENT_UNKNOWN)
    return found


def _place(facility: Facility) -> Place:
    return Place(facility.name, facility.address, facility.phone)


def _speaks(guidance: Guidance, locale: str) -> bool:
    return all(guidance.speaks(locale, section) for section in _CARD_SECTIONS)


def _card_catalog(session: Session, locale: str) -> Catalog:
    catalog = paper_catalog(locale, offered=CARD_LOCALES)
    if not _speaks(session.content.guidance, locale):
        raise Refusal(RefusalCode.LANGUAGE_NOT_OFFERED, locale=locale)
    return catalog


def _card(session: Session, screening: Screening, locale: str, options: CardOptions) -> PatientCard:
    facility = places.facility(session)
    place = ", ".join(part for part in (facility.name, facility.address) if part)
    return PatientCard(
        words=_card_words(session.content.guidance, locale),
        appointment_at=screening.return_visit_at if options.appointment else None,
        place=place if options.appointment else "",
        phone=facility.phone if options.facility_phone else "",
        phone_hours=facility.phone_hours if options.facility_phone else "",
        support_line=card_support_line(session) if options.support_line else "",
    )


def _card_words(guidance: Guidance, locale: str) -> CardWords:
    def said(key: str) -> str:
        return guidance.text(f"patient.card.{key}", locale)

    return CardWords(
        title=said("title"),
        everyone=said("everyone"),
        appointment=said("label.appointment"),
        place=said("label.place"),
        phone=said("label.phone"),
        support_line=said("label.support-line"),
        rights=tuple(step.text for step in guidance.steps("card.rights", locale)),
    )


def _limits(guidance: Guidance, locale: str, *, is_child: bool) -> str:
    return guidance.text("patient.limits.child" if is_child else "patient.limits.adult", locale)


def _recipients(session: Session, referral: Referral, locale: str) -> tuple[RecipientConsent, ...]:
    """Receivers by the name their own language of the paper has for them.

    A decision from before another name stands under the name the patient was asked about.
    """
    known = {service.service_id: service for service in places.directory(session)}
    pack = places.pack_of(session)
    found = []
    last = referral.last_issue
    for consent in _asked(referral):
        service = known.get(consent.recipient)
        if service is None:
            raise Refusal(RefusalCode.SERVICE_UNKNOWN)
        as_it_left = last is not None and consent not in referral.consents
        name = last.service_name if last and as_it_left else service.name
        shown = pack.name_in(locale, name, service.service_id) if pack else name
        found.append(RecipientConsent(shown, consent))
    return tuple(found)
