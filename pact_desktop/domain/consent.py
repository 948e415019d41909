# SPDX-License-Identifier: GPL-3.0-or-later
"""Consent: for each recipient and each group of items; refusing is a full answer."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.facility import ServiceId

DEFAULT_DAYS: Final = 90
"""Validity of a consent, in days (referral.md 5.4)."""


class ConsentDecision(StrEnum):
    NOT_ASKED = "not-asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ConsentItem(StrEnum):
    """Groups a patient agrees to one by one (referral.md 5.4; D2, D5 and so on)."""

    AGE_AND_SEX = "age-and-sex"
    LANGUAGE = "language"
    SUPPORT_WANTED = "support-wanted"
    NAME = "name"
    CITIZENSHIP = "citizenship"
    PAPERS = "papers"
    SAFE_CONTACT = "safe-contact"
    LOCATION = "location"
    SIGNS = "signs"
    OWN_WORDS = "own-words"
    EXPLOITATION_TYPE = "exploitation-type"
    DONE_HERE = "done-here"
    HEALTH_SUMMARY = "health-summary"


class ConsentForm(StrEnum):
    SIGNATURE = "signature"
    MARK = "mark"
    SPOKEN = "spoken"
    REFUSED_TO_SIGN = "refused-to-sign"


class Capacity(StrEnum):
    CLEAR = "clear"
    ASK_AGAIN = "ask-again"
    LACKING = "lacking"


class PatientCopy(StrEnum):
    """What happens to the patient's own copy; not carrying one is the safe start."""

    NOT_SAFE = "not-safe"
    GIVEN = "given"
    KEPT_HERE = "kept-here"


class LegalBasis(StrEnum):
    """What stands in place of consent; each needs two members of staff and a reason."""

    CONSENT = "consent"
    CHILD_PROTECTION = "child-protection"
    DANGER_TO_LIFE = "danger-to-life"


@dataclass(frozen=True, slots=True)
class Consent:
    """What one patient decided about one recipient."""

    recipient: ServiceId
    decision: ConsentDecision = ConsentDecision.NOT_ASKED
    items: frozenset[ConsentItem] = frozenset()
    valid_until: date | None = None
    form: ConsentForm = ConsentForm.SPOKEN
    capacity: Capacity = Capacity.CLEAR
    language: str = "und"
    interpreter_code: str = ""
    statistics: bool = False
    patient_copy: PatientCopy = PatientCopy.NOT_SAFE
    legal_basis: LegalBasis = LegalBasis.CONSENT
    second_staff: AccountId | None = None
    reason: str = field(default="", repr=False)
    recorded_at: datetime | None = None
    recorded_by: AccountId | None = None

    @property
    def two_decided(self) -> bool:
        """What stands in place of consent was confirmed by another person than who recorded it."""
        return self.second_staff not in {None, self.recorded_by}

    @property
    def has_reason(self) -> bool:
        return bool(self.reason.strip())

    def in_force(self, today: date) -> bool:
        """Given, by somebody able to decide, and not run out."""
        return (
            self.decision is ConsentDecision.GIVEN
            and self.capacity is not Capacity.LACKING
            and (self.valid_until is None or today <= self.valid_until)
        )

    def widens(self, before: "Consent") -> bool:
        """Whether more was agreed to than before, which only the patient can have said just now."""
        if self.decision is not ConsentDecision.GIVEN:
            return False
        return (
            before.decision is not ConsentDecision.GIVEN
            or not self.items <= before.items
            or _later(self.valid_until, before.valid_until)
            or (self.statistics and not before.statistics)
            or self.form is not before.form
            or (self.capacity is not before.capacity and self.capacity is not Capacity.LACKING)
        )

    def covers(self, item: ConsentItem, today: date) -> bool:
        return self.in_force(today) and item in self.items


def _later(until: date | None, before: date | None) -> bool:
    """No day means without end."""
    return before is not None and (until is None or until > before)
