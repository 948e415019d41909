# SPDX-License-Identifier: GPL-3.0-or-later
"""The facility, its contact people, and the directory of services it may refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final, NewType

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.periods import Retention

ServiceId = NewType("ServiceId", str)

WARN_AFTER_DAYS: Final = 90
BLOCK_AFTER_DAYS: Final = 365
"""Age of a directory entry that warns, and that stops printing (referral.md 5.2, C3)."""


class ServiceKind(StrEnum):
    """What a service is, in the words of the directory."""

    COORDINATOR = "coordinator"
    IDENTIFYING_BODY = "identifying-body"
    SHELTER = "shelter"
    COUNSELLING = "counselling"
    SUPPORT_LINE = "support-line"
    HEALTH = "health"
    SOCIAL_WORK = "social-work"
    CHILD_LINE = "child-line"
    LEGAL_AID = "legal-aid"
    POLICE = "police"
    EMERGENCY = "emergency"


class Reader(StrEnum):
    """Who reads a field of the form (referral.md 5.2)."""

    AUTHOR = "N"
    MANAGER = "M"
    AUTHORITY = "A"
    SHELTER = "S"
    HEALTH = "H"
    SOCIAL_WORK = "W"
    POLICE = "P"
    PATIENT = "X"


READER_OF_KIND: Final[dict[ServiceKind, Reader]] = {
    ServiceKind.COORDINATOR: Reader.AUTHORITY,
    ServiceKind.IDENTIFYING_BODY: Reader.AUTHORITY,
    ServiceKind.SHELTER: Reader.SHELTER,
    ServiceKind.COUNSELLING: Reader.SHELTER,
    ServiceKind.SUPPORT_LINE: Reader.SHELTER,
    ServiceKind.LEGAL_AID: Reader.SHELTER,
    ServiceKind.HEALTH: Reader.HEALTH,
    ServiceKind.SOCIAL_WORK: Reader.SOCIAL_WORK,
    ServiceKind.CHILD_LINE: Reader.SOCIAL_WORK,
    ServiceKind.POLICE: Reader.POLICE,
    ServiceKind.EMERGENCY: Reader.POLICE,
}


class EntryAge(StrEnum):
    """How fresh a directory entry is."""

    NOT_CONFIRMED = "not-confirmed"
    FRESH = "fresh"
    AGEING = "ageing"
    STALE = "stale"


class ContactRole(StrEnum):
    """Who is called when help is urgent, in the order of the page."""

    SECURITY = "security"
    EMERGENCY = "emergency"
    FOCAL_PERSON = "focal-person"
    DEPUTY = "deputy"
    SOCIAL_WORK = "social-work"
    CHILD_LINE = "child-line"
    POLICE = "police"
    SUPPORT_LINE = "support-line"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class FocalPerson:
    """The facility's contact person or deputy."""

    name: str = ""
    phone: str = ""
    hours: str = ""

    @property
    def known(self) -> bool:
        return bool(self.name and self.phone)


@dataclass(frozen=True, slots=True)
class Facility:
    """The health facility as it appears on screen and paper."""

    name: str
    participant: str
    """`AL`, `BA`, `XK`, `ME`, `MK` or `RS`."""
    address: str = ""
    phone: str = ""
    phone_hours: str = ""
    paper_locale: str = "en"
    staff_locale: str = "en"
    focal_person: FocalPerson = field(default_factory=FocalPerson)
    deputy: FocalPerson = field(default_factory=FocalPerson)
    security_phone: str = ""
    security_words: str = ""
    cover_notice: str = ""
    opening_hours: str = ""
    retention: Retention = field(default_factory=Retention)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of what set-up still lacks; shown as a banner, never a block to care."""
        lacks = (
            ("focal-person", not self.focal_person.known),
            ("deputy", not self.deputy.known),
            ("phone", not self.phone),
            ("security", not self.security_phone),
        )
        return tuple(name for name, is_missing in lacks if is_missing)


@dataclass(frozen=True, slots=True)
class ReferralService:
    """One directory entry (FHIR HealthcareService). Nothing here is a fact until confirmed."""

    service_id: ServiceId
    name: str
    kind: ServiceKind
    phones: tuple[str, ...] = ()
    hours: str = ""
    address: str = ""
    serves: str = ""
    """Code of whom it serves: `women`, `men`, `children`, `everyone` or empty if unknown."""
    languages: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    """Codes of `referral.SupportKind` it is known to offer."""
    source: str = ""
    source_date: str = ""
    """Date of the source as printed there; may be a year alone or empty."""
    confidence: str = ""
    """Mark of the research note: `L`, `L*`, `C`, `O`."""
    remark: str = ""
    confirmed_on: date | None = None
    confirmed_by: str = ""
    added_here: bool = False
    spoken_to: str = ""
    """Who took the call when the entry was confirmed."""
    closed_on: date | None = None
    """Since when this facility knows that the service no longer works."""
    closed_by: str = ""
    names_before: int = 0
    """How often it was given another name here: what was said about it before counts no more."""

    @property
    def working(self) -> bool:
        """False once somebody here found that it no longer works."""
        return self.closed_on is None

    @property
    def reader(self) -> Reader:
        return READER_OF_KIND[self.kind]

    def days_old(self, today: date) -> int | None:
        return None if self.confirmed_on is None else (today - self.confirmed_on).days

    def age(self, today: date) -> EntryAge:
        days = self.days_old(today)
        if days is None:
            return EntryAge.NOT_CONFIRMED
        if days > BLOCK_AFTER_DAYS:
            return EntryAge.STALE
        return EntryAge.AGEING if days > WARN_AFTER_DAYS else EntryAge.FRESH

    def require_printable(self, today: date, *, override_reason: str = "") -> None:
        """Raises Refusal: SERVICE_CLOSED, SERVICE_NOT_CONFIRMED, SERVICE_STALE without a reason."""
        if not self.working:
            raise Refusal(RefusalCode.SERVICE_CLOSED)
        age = self.age(today)
        if age is EntryAge.NOT_CONFIRMED:
            raise Refusal(RefusalCode.SERVICE_NOT_CONFIRMED)
        if age is EntryAge.STALE and not override_reason.strip():
            raise Refusal(RefusalCode.SERVICE_STALE, days=self.days_old(today) or 0)


@dataclass(frozen=True, slots=True)
class Duty:
    """One reporting duty; an empty statement is shown as "ask the coordinator"."""

    about: str
    """`child` or `adult`."""
    statement: str = ""
    """Key of the words in the pack; empty when not established."""
    source: str = ""
    source_date: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class NumberFormats:
    """How phones, postcodes and addresses are written in one participant; hints, never checks."""

    calling_code: str
    """With its plus: `+389`."""
    mobile_example: str = ""
    landline_example: str = ""
    postcode_pattern: str = ""
    address_lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParticipantPack:
    """What is known about one MARRI participant; every field may be empty."""

    participant: str
    version: str
    status: str
    reviewed_by: str
    staff_locales: tuple[str, ...]
    paper_locales: tuple[str, ...]
    services: tuple[ReferralService, ...]
    duties: tuple[Duty, ...] = ()
    reflection_period_days: int | None = None
    reflection_source: str = ""
    needs_status_note: bool = False
    """True where the name carries an asterisk and its footnote, under the key `status_note`."""
    numbers: NumberFormats | None = None
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    digest: str = ""

    def text(self, key: str, locale: str) -> str:
        """Words for a key such as `name` or `service.<id>`; English when the locale lacks it."""
        return self.words.get(locale, {}).get(key) or self.words.get("en", {}).get(key, "")

    def service_name(self, service: ReferralService, locale: str) -> str:
        """A descriptive name in that language; a name that the facility wrote stays as it is."""
        return self.name_in(locale, service.name, service.service_id)

    def name_in(self, locale: str, name: str, service_id: ServiceId | None) -> str:
        """The same for a name that is known without its entry."""
        key = f"service.{service_id}"
        is_shipped_name = name == self.words.get("en", {}).get(key)
        return self.text(key, locale) if is_shipped_name else name

    def remark_of(self, service: ReferralService, locale: str) -> str:
        """The remark in that language; a remark that the facility wrote stays as it is."""
        return self.remark_in(locale, service.remark)

    def remark_in(self, locale: str, remark: str) -> str:
        """The same for a remark that is known without its entry."""
        return self.text(remark, locale) or remark
