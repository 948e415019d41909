# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a facility keeps what it knows, as it decided itself.

No number is built in: none could be established for any participant (referral.md 2). What the
facility leaves open is never due.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from pact_desktop.domain.errors import Refusal, RefusalCode

LONGEST_PERIOD: Final = 999
_MONTHS: Final = 12


class Kept(StrEnum):
    """What is kept, each with a period of its own."""

    REFERRED = "referred"
    """A visit that led to a referral."""
    CONCERN = "concern"
    """A visit with a concern, or one that nobody judged, without a referral."""
    NO_CONCERN = "no-concern"
    """A visit that raised no concern, and a person registered without a visit."""
    REFERRAL_COPY = "referral-copy"
    """What the form of a closed referral said; that there was one stays with the visit."""


VISITS: Final = (Kept.REFERRED, Kept.CONCERN, Kept.NO_CONCERN)


class Unit(StrEnum):
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Period:
    """How long, and the rule that says so, as the facility typed it."""

    count: int
    unit: Unit
    basis: str

    def __post_init__(self) -> None:
        """Raises Refusal(PERIOD_INVALID) or Refusal(PERIOD_BASIS_MISSING)."""
        if not 0 < self.count <= LONGEST_PERIOD:
            raise Refusal(RefusalCode.PERIOD_INVALID, longest=LONGEST_PERIOD)
        if not self.basis.strip():
            raise Refusal(RefusalCode.PERIOD_BASIS_MISSING)

    def ends(self, begun: date) -> date:
        """The last day on which it is kept; beyond the calendar that is its end."""
        try:
            if self.unit is Unit.DAYS:
                return begun + timedelta(days=self.count)
            months = self.count * (_MONTHS if self.unit is Unit.YEARS else 1)
            return _months_later(begun, months)
        except (OverflowError, ValueError):
            return date.max


def _months_later(day: date, months: int) -> date:
    """The same day of the month, or its last one."""
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Retention:
    """The periods that a facility has decided; what is missing here is open."""

    periods: Mapping[Kept, Period] = field(default_factory=dict)

    @property
    def open(self) -> tuple[Kept, ...]:
        return tuple(kind for kind in Kept if kind not in self.periods)

    def ends(self, kind: Kept, begun: date) -> date | None:
        """The last day on which it is kept; None while that is open."""
        period = self.periods.get(kind)
        return None if period is None else period.ends(begun)

    def is_due(self, kind: Kept, begun: date, today: date) -> bool:
        end = self.ends(kind, begun)
        return end is not None and today > end
