# SPDX-License-Identifier: GPL-3.0-or-later
"""Ready-made facilities, members of staff and moments for tests. No real person or place."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from typing import Any, Final

from pact_desktop.domain.accounts import AccountId, Role
from pact_desktop.domain.facility import (
    Facility,
    FocalPerson,
    ReferralService,
    ServiceId,
    ServiceKind,
)
from pact_desktop.domain.indicators import (
    AgeGroup,
    AnswerValue,
    EnableWhen,
    Indicator,
    IndicatorId,
    IndicatorSet,
    ItemRole,
    LearnedBy,
    Strength,
    VisitPart,
)
from pact_desktop.domain.patient import BirthDate, CaseNumber, MayBeChild, Patient, PatientId
from pact_desktop.domain.referral import Priority, Reference, Referral, ReferralId
from pact_desktop.domain.screening import Answer, Screening, ScreeningId, ScreeningStatus
from pact_desktop.services.set_up import NewStaff
from pact_desktop.storage.kdf import KdfCost, KdfPolicy

MONDAY_MORNING: Final = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=1)))

MANAGER: Final = ("mira", "Mira Marić", Role.MANAGER)
NURSE: Final = ("nadia", "Nadia Nikolić", Role.NURSE)
DOCTOR: Final = ("dren", "Dren Dervishi", Role.DOCTOR)
IT_ADMINISTRATOR: Final = ("ivo", "Ivo Ilić", Role.IT_ADMINISTRATOR)
STAFF: Final = (MANAGER, NURSE, DOCTOR, IT_ADMINISTRATOR)


CHEAP: Final = KdfPolicy(floor=KdfCost(64, 1, 1), cost=KdfCost(64, 1, 1))
"""Argon2 in a millisecond: for tests alone."""


def passphrase_of(sign_in_name: str) -> str:
    return f"teal-lantern-{sign_in_name}-orchard"


def new_staff(*people: tuple[str, str, Role]) -> list[NewStaff]:
    return [NewStaff(name, shown, role, passphrase_of(name)) for name, shown, role in people]


@dataclass
class SteppableClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = field(default=MONDAY_MORNING)

    def __call__(self) -> datetime:
        return self.moment

    def step(self, **by: float) -> None:
        """Moves on, for example `clock.step(days=2)`."""
        self.moment += timedelta(**by)


def a_facility(participant: str = "MK") -> Facility:
    return Facility(
        name="Health house Sample",
        participant=participant,
        address="1 Sample street",
        phone="+389 2 000 0000",
        phone_hours="Mon-Fri 8-16",
        focal_person=FocalPerson("Sara Sample", "+389 2 000 0001", "Mon-Fri 8-16"),
        deputy=FocalPerson("Dana Deputy", "+389 2 000 0002", "Mon-Fri 8-16"),
        security_phone="+389 2 000 0003",
        security_words="Code blue at the desk",
        cover_notice="Hand washing protects everybody.",
        opening_hours="Mon-Fri 8-16",
    )


def a_birth_date(years: int = 30) -> BirthDate:
    """Somebody of that age, with a known birth date."""
    return BirthDate.exact(date(2026 - years, 1, 15), today=MONDAY_MORNING.date())


def a_patient(**changes: Any) -> Patient:
    """A woman of thirty whose birth date is known."""
    known: dict[str, Any] = {
        "patient_id": PatientId("patient-1"),
        "case_number": CaseNumber("CASE23456789"),
        "family_name": "Marković",
        "given_name": "Ana",
        "birth_date": a_birth_date(),
        "may_be_child": MayBeChild.NO,
        "language": "sr",
    }
    return Patient(**(known | changes))


def an_item(link_id: str, **changes: Any) -> Indicator:
    """An observed sign of medium strength, for everybody."""
    known: dict[str, Any] = {
        "link_id": IndicatorId(link_id),
        "part": VisitPart.OBSERVATIONS,
        "group": "behaviour",
        "domain": "D1",
        "learned_by": LearnedBy.OBSERVED,
        "strength": Strength.MEDIUM,
        "explanations": ("shyness",),
    }
    return Indicator(**(known | changes))


def a_question(link_id: str, **changes: Any) -> Indicator:
    """A private question; `yes` worries."""
    known: dict[str, Any] = {
        "part": VisitPart.QUESTIONS,
        "group": "questions",
        "domain": "D2",
        "learned_by": LearnedBy.ASKED,
        "role": ItemRole.QUESTION,
        "explanations": (),
    }
    return an_item(link_id, **(known | changes))


def a_set(*items: Indicator, **changes: Any) -> IndicatorSet:
    """A small set: two signs, a question and its follow-up, when nothing else is given."""
    usual = (
        an_item("A01"),
        an_item("A02", strength=Strength.WEAK),
        a_question("Q1"),
        a_question(
            "G01",
            role=ItemRole.INDICATOR,
            strength=Strength.STRONG,
            domain="D6",
            enable_when=(EnableWhen(IndicatorId("Q1"), AnswerValue.YES),),
        ),
    )
    known: dict[str, Any] = {
        "set_id": "small",
        "version": "1.0.0",
        "status": "draft",
        "ratified_by": "",
        "publisher": "Sample panel",
        "date": date(2026, 1, 1),
        "age": AgeGroup.ADULT,
        "items": items or usual,
        "digest": "0" * 64,
    }
    return IndicatorSet(**(known | changes))


def an_answer(link_id: str, value: AnswerValue = AnswerValue.YES, **changes: Any) -> Answer:
    return Answer(IndicatorId(link_id), value, **changes)


def a_screening(**changes: Any) -> Screening:
    """An adult's visit that has just begun, against `a_set()`."""
    known: dict[str, Any] = {
        "screening_id": ScreeningId("screening-1"),
        "case_number": CaseNumber("CASE23456789"),
        "set_id": "small",
        "set_version": "1.0.0",
        "set_digest": "0" * 64,
        "status": ScreeningStatus.IN_PROGRESS,
        "is_child": False,
        "started_at": MONDAY_MORNING,
        "started_by": AccountId("nadia"),
    }
    return Screening(**(known | changes))


def a_service(**changes: Any) -> ReferralService:
    """A shelter that this facility called last week."""
    known: dict[str, Any] = {
        "service_id": ServiceId("house"),
        "name": "House Sample",
        "kind": ServiceKind.SHELTER,
        "phones": ("000 111 222",),
        "confirmed_on": MONDAY_MORNING.date() - timedelta(days=7),
        "confirmed_by": "Mira Marić",
    }
    return ReferralService(**(known | changes))


def a_referral(**changes: Any) -> Referral:
    """A draft to `a_service()` for an adult, without a consent."""
    known: dict[str, Any] = {
        "referral_id": ReferralId("referral-1"),
        "reference": Reference("22222Z7"),
        "case_number": CaseNumber("CASE23456789"),
        "screening_id": ScreeningId("screening-1"),
        "service_id": ServiceId("house"),
        "priority": Priority.URGENT,
        "is_child": False,
        "created_at": MONDAY_MORNING,
        "created_by": AccountId("nadia"),
    }
    return Referral(**(known | changes))
