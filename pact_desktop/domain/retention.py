# SPDX-License-Identifier: GPL-3.0-or-later
"""What has been kept long enough, and why one record may go before.

Nothing is erased because a day has come: a person confirms it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.periods import Kept, Retention
from pact_desktop.domain.referral import ReferralId, ReferralStatus
from pact_desktop.domain.screening import ScreeningId

SMALLEST_SHOWN: Final = 11
"""A count under this is not shown: it could single somebody out (k = 11)."""


class ErasureReason(StrEnum):
    """Why one person's record goes before its time; a code, because the log keeps it."""

    PATIENT_ASKED = "patient-asked"
    SAFETY = "safety"
    """Keeping it endangers the person."""
    MISTAKE = "mistake"
    """It should never have been entered."""


PERIOD_ENDED: Final = "period-ended"
"""Stands in the log where no person asked."""


OPEN_REFERRAL: Final = frozenset(
    {
        ReferralStatus.SENT,
        ReferralStatus.RECEIVED,
        ReferralStatus.ACCEPTED,
        ReferralStatus.IN_PROGRESS,
    }
)
"""Somebody may still answer: what the slip belongs to has to be there."""


@dataclass(frozen=True, slots=True)
class KeptCopy:
    """The copy of one referral that was sent."""

    referral_id: ReferralId
    case_number: CaseNumber
    screening_id: ScreeningId | None
    last_step: date
    open: bool = False
    """Still without an end."""
    stripped: bool = False
    """What the form said is gone already."""


@dataclass(frozen=True, slots=True)
class KeptVisit:
    """What the rule needs to know of one visit, and nothing of what was said in it."""

    screening_id: ScreeningId
    case_number: CaseNumber
    kind: Kept
    started_on: date
    ended_on: date
    """When it ended, or a referral of it had its last step: the period begins then."""
    open: bool = False
    """It was not ended."""
    waits: bool = False
    """A referral of it is still open."""

    @property
    def held(self) -> bool:
        return self.open or self.waits


@dataclass(frozen=True, slots=True)
class KeptPerson:
    """Somebody registered, for whoever holds that key."""

    case_number: CaseNumber
    registered_at: datetime | None


@dataclass(frozen=True, slots=True)
class DueRecord:
    """What of one record is due. Without visits and copies it is a person without a visit."""

    case_number: CaseNumber
    visits: tuple[KeptVisit, ...]
    copies: tuple[ReferralId, ...]
    """Copies whose visit stays."""
    whole: bool
    """Nothing of the record remains, the person included."""
    since: date
    """The last day on which the oldest part had to be kept."""


@dataclass(frozen=True, slots=True)
class Due:
    """All that is due, the longest waiting first."""

    records: tuple[DueRecord, ...] = ()
    held: int = 0
    """Visits whose period has ended and that are still open, or a referral of theirs is."""


def due_records(
    retention: Retention,
    visits: Iterable[KeptVisit],
    copies: Iterable[KeptCopy],
    people: Iterable[KeptPerson],
    today: date,
) -> Due:
    """What is due today. `people` is empty for whoever may not know who is registered."""
    of_case: dict[CaseNumber, list[KeptVisit]] = {}
    for visit in visits:
        of_case.setdefault(visit.case_number, []).append(visit)
    copies_of: dict[CaseNumber, list[KeptCopy]] = {}
    for copy in copies:
        copies_of.setdefault(copy.case_number, []).append(copy)
    bare = {
        person.case_number: person.registered_at.date()
        for person in people
        if person.case_number not in of_case | copies_of and person.registered_at is not None
    }
    found = [
        record
        for case_number in of_case | copies_of
        if (
            record := _due_record(
                retention,
                case_number,
                of_case.get(case_number, []),
                copies_of.get(case_number, []),
                today,
            )
        )
    ]
    for case_number, registered_on in bare.items():
        end = retention.ends(Kept.NO_CONCERN, registered_on)
        if end is not None and today > end:
            found.append(DueRecord(case_number, (), (), whole=True, since=end))
    held = sum(
        visit.held and retention.is_due(visit.kind, visit.ended_on, today)
        for known in of_case.values()
        for visit in known
    )
    return Due(tuple(sorted(found, key=lambda one: (one.since, one.case_number))), held)


def runs_until(
    retention: Retention,
    visits: Sequence[KeptVisit],
    copies: Sequence[KeptCopy],
    registered_on: date | None,
    today: date,
) -> date | None:
    """Until when a period of the facility still runs for a record; None when none does.

    Of its visits, of the copies of referrals that are still kept, and of somebody who never had a
    visit since they were registered.
    """
    ends = [retention.ends(visit.kind, visit.ended_on) for visit in visits]
    ends += [_copy_ends(retention, copy) for copy in copies]
    if registered_on is not None and not visits and not copies:
        ends.append(retention.ends(Kept.NO_CONCERN, registered_on))
    return max((end for end in ends if end is not None and today <= end), default=None)


def _copy_ends(retention: Retention, copy: KeptCopy) -> date | None:
    return None if copy.stripped else retention.ends(Kept.REFERRAL_COPY, copy.last_step)


def _due_record(
    retention: Retention,
    case_number: CaseNumber,
    visits: list[KeptVisit],
    copies: list[KeptCopy],
    today: date,
) -> DueRecord | None:
    # A visit takes its copies with it, so it waits for the longer of both periods.
    waited_for = {
        copy.screening_id
        for copy in copies
        if (end := _copy_ends(retention, copy)) is not None and today <= end
    }
    ended = [
        visit
        for visit in visits
        if not visit.held
        and visit.screening_id not in waited_for
        and retention.is_due(visit.kind, visit.ended_on, today)
    ]
    gone = {visit.screening_id for visit in ended}
    old = [
        copy
        for copy in copies
        if copy.screening_id not in gone
        and not (copy.open or copy.stripped)
        and retention.is_due(Kept.REFERRAL_COPY, copy.last_step, today)
    ]
    if not ended and not old:
        return None
    ends = [retention.ends(visit.kind, visit.ended_on) for visit in ended]
    ends += [retention.ends(Kept.REFERRAL_COPY, copy.last_step) for copy in old]
    return DueRecord(
        case_number=case_number,
        visits=tuple(ended),
        copies=tuple(copy.referral_id for copy in old),
        whole=len(ended) == len(visits) and all(copy.screening_id in gone for copy in copies),
        since=min(end for end in ends if end is not None),
    )
