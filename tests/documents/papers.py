# SPDX-License-Identifier: GPL-3.0-or-later
"""Invented referrals, and ways to look at a finished document."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Final

import pypdfium2
from PIL.Image import Image
from pypdf import PdfReader

from pact_desktop.domain.accounts import Account, AccountId, Role
from pact_desktop.domain.body_map import anchor
from pact_desktop.domain.consent import (
    Consent,
    ConsentDecision,
    ConsentForm,
    ConsentItem,
    LegalBasis,
)
from pact_desktop.domain.facility import Facility, ReferralService, ServiceId, ServiceKind
from pact_desktop.domain.patient import (
    AdministrativeGender,
    BirthDate,
    CaseNumber,
    MayBeChild,
    Patient,
    PatientId,
    SafeContact,
    SafeContactMode,
)
from pact_desktop.domain.referral import (
    Caregiving,
    FormKind,
    ImmediateRisk,
    Priority,
    Reference,
    Referral,
    ReferralDetails,
    ReferralId,
    SupportKind,
    YesNoUnknown,
)
from pact_desktop.domain.referral_content import FormSources
from pact_desktop.domain.screening import (
    BodyView,
    ChildSteps,
    Involved,
    Screening,
    ScreeningId,
    ScreeningStatus,
)
from pact_desktop.i18n.catalog import Catalog

NOW: Final = datetime(2026, 11, 23, 11, 24, tzinfo=timezone(timedelta(hours=1)))
TODAY: Final = NOW.date()
NURSE: Final = AccountId("nadia")
OTHER: Final = AccountId("dren")


def middle_of(view: BodyView, region: str) -> tuple[float, float]:
    """Where a mark lies on this place of the figure."""
    found = anchor(view, region)
    assert found is not None
    return found


def a_facility(**changes: str) -> Facility:
    facility = Facility(
        name="Дом здравља Подбрдо",
        participant="RS",
        address="Ул. Липа 4, Подбрдо",
        phone="000 000 000",
        phone_hours="8–15",
        paper_locale="sr-Cyrl",
    )
    return replace(facility, **changes)


def a_service(
    kind: ServiceKind = ServiceKind.SHELTER, name: str = "Кућа „Јасен“"
) -> ReferralService:
    return ReferralService(service_id=ServiceId("jasen"), name=name, kind=kind, confirmed_on=TODAY)


def a_patient(**changes: object) -> Patient:
    patient = Patient(
        patient_id=PatientId("p1"),
        case_number=CaseNumber("ABCDEFGH2345"),
        family_name="Al-Hassan",
        given_name="Layla",
        birth_date=BirthDate.exact(date(2002, 3, 4), today=TODAY),
        may_be_child=MayBeChild.NO,
        gender=AdministrativeGender.FEMALE,
        language="ar",
        interpreter_needed=True,
        citizenship="other",
        safe_contact=SafeContact(SafeContactMode.CALL, "000 111 222", "9–11", "", "Dressing"),
    )
    return replace(patient, **changes)


def a_consent(items: frozenset[ConsentItem] | None = None, **changes: object) -> Consent:
    consent = Consent(
        recipient=ServiceId("jasen"),
        decision=ConsentDecision.GIVEN,
        items=items
        if items is not None
        else frozenset({ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED}),
        valid_until=TODAY + timedelta(days=90),
        form=ConsentForm.SPOKEN,
        language="ar",
        interpreter_code="14",
        recorded_at=NOW,
        recorded_by=NURSE,
    )
    return replace(consent, **changes)


def by_law(basis: LegalBasis = LegalBasis.CHILD_PROTECTION) -> Consent:
    return Consent(
        recipient=ServiceId("jasen"),
        legal_basis=basis,
        second_staff=OTHER,
        reason="Age not certain",
        recorded_at=NOW,
        recorded_by=NURSE,
    )


def a_referral(form: FormKind = FormKind.MINIMUM, **changes: object) -> Referral:
    referral = Referral(
        referral_id=ReferralId("r1"),
        reference=Reference("7KQ42MX"),
        case_number=CaseNumber("ABCDEFGH2345"),
        screening_id=None,
        service_id=ServiceId("jasen"),
        priority=Priority.URGENT,
        is_child=False,
        created_at=NOW,
        created_by=NURSE,
        form=form,
        consents=(a_consent(),),
        details=ReferralDetails(
            support=frozenset(
                {
                    SupportKind.SAFE_ACCOMMODATION,
                    SupportKind.MENTAL_HEALTH,
                    SupportKind.INTERPRETATION,
                }
            ),
            risks=frozenset({ImmediateRisk.RETALIATION, ImmediateRisk.PREGNANCY}),
            companions=YesNoUnknown.YES,
            dependants=YesNoUnknown.NO,
            caregiving=Caregiving.UNACCOMPANIED,
            own_words="He keeps my passport.",
            staff_observation="Another person answered every question.",
            health_summary="Penicillin allergy. Dressing changed.",
            location="Ward 2",
            at_facility_until="18:00",
        ),
    )
    return replace(referral, **changes)


def sources(referral: Referral | None = None, **changes: object) -> FormSources:
    made = FormSources(
        referral=referral or a_referral(),
        facility=a_facility(),
        service=a_service(),
        referrer=Account(NURSE, "nadia", "Nadia N.", Role.NURSE, "0117"),
        patient=a_patient(),
    )
    return replace(made, **changes)


def a_childs_visit(own_words: str = "I want to go to my aunt.") -> Screening:
    """Everybody was told: the centre, and the child what happens next."""
    steps = ChildSteps(
        notified_at=NOW,
        notified_body="Centre for social work Podbrdo",
        notified_person_code="CSW 14",
        told_at=NOW,
        view_in_own_words=own_words,
        companion_involved=Involved.UNKNOWN,
    )
    return Screening(
        screening_id=ScreeningId("v1"),
        case_number=CaseNumber("ABCDEFGH2345"),
        set_id="pact-child",
        set_version="0.1.0",
        set_digest="",
        status=ScreeningStatus.IN_PROGRESS,
        is_child=True,
        started_at=NOW,
        started_by=NURSE,
        child_steps=steps,
    )


def a_form_of_a_child(*, long: bool = False, **changes: object) -> FormSources:
    """The minimum form of a child of doubtful age; `long` with as much as staff usually type."""
    referral = a_referral(is_child=True, priority=Priority.EMERGENCY, consents=(by_law(),))
    made = sources(
        referral,
        service=a_service(ServiceKind.SOCIAL_WORK, "Centre for social work Podbrdo"),
        patient=a_patient(birth_date=BirthDate.unknown(), may_be_child=MayBeChild.NOT_SURE),
        screening=a_childs_visit(),
    )
    if long:
        details = replace(
            referral.details,
            risks=frozenset(list(ImmediateRisk)[:4]),
            contact_name="Duty line of the department for children, ext. 14",
            access_needs="Wheelchair; hears better on the left; needs glasses to read",
            at_facility_until="tomorrow 08:00, ward 2",
            withhold_from="The uncle who came along, and the employer",
            withhold_reason="The child is afraid of both and was told not to speak to staff.",
        )
        made = replace(
            made,
            referral=replace(referral, details=details),
            service=a_service(
                ServiceKind.SOCIAL_WORK, "Centre for social work Podbrdo, department for children"
            ),
            facility=a_facility(
                name="Дом здравља Подбрдо, служба хитне помоћи",
                address="Булевар краља Александра 104а, 11000 Подбрдо",
                phone="+381 11 000 0000",
                phone_hours="07–20, по потреби и ноћу",
            ),
            screening=a_childs_visit(
                "I want to go to my aunt in the city and not back to where we stayed. "
                "My brother is still there and somebody has to fetch him."
            ),
        )
    return replace(made, **changes)


class LongCatalog(Catalog):
    """English, 40 % longer, in marks: what a wordy translation does to a page."""

    def gettext(self, message: str) -> str:
        return longer(super().gettext(message))

    def pgettext(self, context: str, message: str) -> str:
        return longer(super().pgettext(context, message))

    def ngettext(self, one: str, many: str, n: int) -> str:
        return longer(super().ngettext(one, many, n))


def longer(text: str) -> str:
    extra = int(len(text) * 0.4)
    return text + (" " + "šđżćë жџ"[: max(extra - 1, 0)] * (extra // 7 + 1))[:extra]


def text_of(pdf: bytes) -> str:
    """All text of a document, as a reader would copy it out."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return "\n".join(pages)


def words_of(pdf: bytes) -> str:
    """The text with every run of spaces and line ends as one space."""
    return " ".join(text_of(pdf).split())


def page_count(pdf: bytes) -> int:
    return len(PdfReader(io.BytesIO(pdf)).pages)


def picture(pdf: bytes, page: int = 0, scale: float = 1.5) -> Image:
    document = pypdfium2.PdfDocument(pdf)
    return document[page].render(scale=scale).to_pil()
