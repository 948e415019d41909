# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is kept about one person, put together for that person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import RecordAccess
from pact_desktop.domain.facility import ServiceId
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.referral import Referral
from pact_desktop.domain.referral_values import Place
from pact_desktop.domain.screening import Screening


@dataclass(frozen=True, slots=True)
class VisitCopy:
    """One visit, and what its answers were asked with, in the words of its own set."""

    screening: Screening = field(repr=False)
    questions: Mapping[IndicatorId, str] = field(default_factory=dict, repr=False)
    """Empty for a set that is not installed any more."""


@dataclass(frozen=True, slots=True)
class PersonCopy:
    """What the person gets; staff stand in it by their codes."""

    facility: Place
    patient: Patient = field(repr=False)
    visits: tuple[VisitCopy, ...] = field(repr=False)
    referrals: tuple[Referral, ...] = field(repr=False)
    accesses: tuple[RecordAccess, ...]
    services: Mapping[ServiceId, str]
    staff_codes: Mapping[AccountId, str]
    made_at: datetime
    end: str
    """Number and letters with which the log ended."""
