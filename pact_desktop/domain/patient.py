# SPDX-License-Identifier: GPL-3.0-or-later
"""The patient: as little as is needed to find the person again, and the age rule."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType, Self

from pact_desktop.domain.errors import Refusal, RefusalCode

PatientId = NewType("PatientId", str)
CaseNumber = NewType("CaseNumber", str)
"""Random number that joins identity and visits; carries no fact about the person."""

ADULT_AGE: Final = 18
OLDEST_AGE: Final = 120


class AdministrativeGender(StrEnum):
    """FHIR AdministrativeGender."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class BirthDateKind(StrEnum):
    EXACT = "exact"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


class MayBeChild(StrEnum):
    """What staff think when the birth date is not certain: could the person be under 18?"""

    YES = "yes"
    NOT_SURE = "not-sure"
    NO = "no"


class AgeBand(StrEnum):
    """Age bands of the minimum form (referral.md 5.2, D3)."""

    UNDER_12 = "0-11"
    FROM_12 = "12-15"
    FROM_16 = "16-17"
    AROUND_18 = "16-24"
    """In place of 18-24 for a person who may be under 18, so that nobody reads an adult."""
    FROM_18 = "18-24"
    FROM_25 = "25-39"
    FROM_40 = "40-59"
    FROM_60 = "60+"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Age:
    """Whole years, or None when nobody knows; `certain` only with a known birth date."""

    years: int | None
    certain: bool

    @property
    def band(self) -> AgeBand:
        if self.years is None:
            return AgeBand.UNKNOWN
        bounds = (
            (12, AgeBand.UNDER_12),
            (16, AgeBand.FROM_12),
            (18, AgeBand.FROM_16),
            (25, AgeBand.FROM_18),
            (40, AgeBand.FROM_25),
            (60, AgeBand.FROM_40),
        )
        return next((band for limit, band in bounds if self.years < limit), AgeBand.FROM_60)


@dataclass(frozen=True, slots=True)
class BirthDate:
    """A birth date as far as it is known; make it with `exact`, `estimated` or `unknown`."""

    kind: BirthDateKind
    value: date | None = None
    years: int | None = None
    estimated_on: date | None = None

    @classmethod
    def exact(cls, value: date, *, today: date) -> Self:
        """Raises Refusal(BIRTH_DATE_IN_FUTURE) or Refusal(AGE_OUT_OF_RANGE)."""
        if value > today:
            raise Refusal(RefusalCode.BIRTH_DATE_IN_FUTURE)
        if _whole_years(value, today) > OLDEST_AGE:
            raise Refusal(RefusalCode.AGE_OUT_OF_RANGE, oldest=OLDEST_AGE)
        return cls(BirthDateKind.EXACT, value=value)

    @classmethod
    def estimated(cls, years: int, *, today: date) -> Self:
        """Raises Refusal(AGE_OUT_OF_RANGE)."""
        if not 0 <= years <= OLDEST_AGE:
            raise Refusal(RefusalCode.AGE_OUT_OF_RANGE, oldest=OLDEST_AGE)
        return cls(BirthDateKind.ESTIMATED, years=years, estimated_on=today)

    @classmethod
    def unknown(cls) -> Self:
        return cls(BirthDateKind.UNKNOWN)

    def age_on(self, day: date) -> Age:
        if self.value is not None:
            return Age(_whole_years(self.value, day), certain=True)
        if self.years is not None and self.estimated_on is not None:
            return Age(self.years + _whole_years(self.estimated_on, day), certain=False)
        return Age(None, certain=False)


def _whole_years(start: date, day: date) -> int:
    return max(0, day.year - start.year - ((day.month, day.day) < (start.month, start.day)))


class SafeContactMode(StrEnum):
    """How the person may be reached; the starting point is not at all."""

    NOT_ASKED = "not-asked"
    NEVER = "never"
    APPOINTMENT_ONLY = "appointment-only"
    CALL = "call"
    TEXT_MESSAGE = "text-message"
    OTHER_PERSON = "other-person"


@dataclass(frozen=True, slots=True)
class SafeContact:
    """What may be done to reach the person, and what may be said."""

    mode: SafeContactMode = SafeContactMode.NOT_ASKED
    phone: str = ""
    safe_hours: str = ""
    may_answer: str = ""
    may_say: str = ""
    leave_no_message: bool = True


@dataclass(frozen=True, slots=True)
class Patient:
    """A person who came to the facility. `repr` shows only the identifier."""

    patient_id: PatientId
    case_number: CaseNumber
    family_name: str = field(repr=False)
    given_name: str = field(repr=False)
    fathers_name: str = field(default="", repr=False)
    alias: str = field(default="", repr=False)
    birth_date: BirthDate = field(default_factory=BirthDate.unknown, repr=False)
    may_be_child: MayBeChild = field(default=MayBeChild.NOT_SURE, repr=False)
    gender: AdministrativeGender = field(default=AdministrativeGender.UNKNOWN, repr=False)
    language: str = field(default="und", repr=False)
    """BCP 47 tag of the language the person speaks; `und` when not known."""
    interpreter_needed: bool = field(default=False, repr=False)
    citizenship: str = field(default="", repr=False)
    """`own`, `other`, `stateless` or empty when not recorded."""
    safe_contact: SafeContact = field(default_factory=SafeContact, repr=False)
    registered_at: datetime | None = field(default=None, repr=False)

    @property
    def name_known(self) -> bool:
        return bool(self.family_name or self.given_name)

    def is_child_or_doubtful(self, day: date) -> bool:
        """True for anyone under 18 and for anyone whose age is in doubt.

        Source: Council of Europe Convention CETS 197, Art. 10(3).
        """
        age = self.birth_date.age_on(day)
        if age.certain:
            return age.years is not None and age.years < ADULT_AGE
        if age.years is not None and age.years < ADULT_AGE:
            return True
        return self.may_be_child is not MayBeChild.NO

    def age_is_doubtful(self, day: date) -> bool:
        """True when the child path is taken without a certain birth date."""
        return self.is_child_or_doubtful(day) and not self.birth_date.age_on(day).certain


class SimilarReason(StrEnum):
    """Why a registered person may be the one now being registered."""

    SAME_NAME = "same-name"
    SAME_NAME_OTHER_SCRIPT = "same-name-other-script"
    SAME_NAME_WITHOUT_ACCENTS = "same-name-without-accents"
    SIMILAR_NAME = "similar-name"
    SAME_BIRTH_DATE = "same-birth-date"
    AGE_FITS = "age-fits"
    SAME_PHONE = "same-phone"
