# SPDX-License-Identifier: GPL-3.0-or-later
"""Kinds of value the referral form holds: domain terms, texts and dates, never formatted words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Final

from pact_desktop.domain.accounts import Role
from pact_desktop.domain.consent import Consent
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.patient import AgeBand, SafeContact
from pact_desktop.domain.referral import Channel, SupportKind

FORM_EDITION: Final = 1
"""Raised with every change of what the form asks or how it says it."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words a person typed."""

    text: str = field(repr=False)
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """The person's own words and what staff observed, kept apart."""

    own_words: str = field(repr=False)
    observation: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Terms:
    """Values of the field whose words stand in the catalogue."""

    values: tuple[Enum, ...]


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes whose words stand in the catalogue: citizenship and kinds of exploitation."""

    codes: tuple[str, ...]
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ticks:
    """What was chosen out of everything that was offered."""

    chosen: frozenset[SupportKind]


@dataclass(frozen=True, slots=True)
class Sending:
    created_at: datetime
    sent_at: datetime | None
    channel: Channel


@dataclass(frozen=True, slots=True)
class Place:
    name: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class CallBack:
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Referrer:
    role: Role
    staff_code: str


@dataclass(frozen=True, slots=True)
class AgeSaid:
    """The band alone on the short form; on the full form what is known of the birth date."""

    band: AgeBand
    birth_date: date | None = field(default=None, repr=False)
    years: int | None = None
    certain: bool = False
    detailed: bool = False
    may_be_child: bool = False
    """On the child's path with an age of 18 or more, or none, that is not certain."""


@dataclass(frozen=True, slots=True)
class Spoken:
    language: str
    interpreter_needed: bool


@dataclass(frozen=True, slots=True)
class Contact:
    contact: SafeContact = field(repr=False)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`location` is empty on the short form."""

    until: str = field(repr=False)
    location: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Codes of one group of the set; `titles` gives its name by locale."""

    group: str
    link_ids: tuple[IndicatorId, ...]
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class SetSigns:
    """Codes that one set explains."""

    set_id: str
    set_version: str
    groups: tuple[SignGroup, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """By the set in force, then by those that were in force before."""

    sets: tuple[SetSigns, ...]


@dataclass(frozen=True, slots=True)
class ChildView:
    told_at: datetime | None
    own_words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Notification:
    at: datetime | None
    body: str = field(repr=False)
    person_code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BasisSaid:
    """Why this may be passed on: the consent to this receiver, or what stands in its place."""

    consent: Consent
    receiver: str
    by_law: bool


@dataclass(frozen=True, slots=True)
class Withheld:
    """Who must not be told, and why."""

    who: str = field(repr=False)
    why: str = field(repr=False)


FieldValue = (
    Text
    | Statement
    | Terms
    | Codes
    | Ticks
    | Sending
    | Place
    | CallBack
    | Referrer
    | AgeSaid
    | Spoken
    | Contact
    | Whereabouts
    | Signs
    | ChildView
    | Notification
    | BasisSaid
    | Withheld
)
