# SPDX-License-Identifier: GPL-3.0-or-later
"""Closed records: who may open one, and what opening one in an emergency asks for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from pact_desktop.domain.accounts import CLINICIANS, Account, AccountId, Role
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber

SealedId = NewType("SealedId", str)

EMERGENCY_SECONDS: Final = 15 * 60
"""How long a record stays open in an emergency, by a clock that nobody can set."""
SHORTEST_REASON: Final = 15
"""Letters of a reason that somebody else must be able to follow (security.md 3.3)."""
SHORTEST_REVIEW: Final = 5
FEWEST_NAMED: Final = 2
"""So that nobody hides a record from everybody, and no record is lost with one person."""


class EmergencyReason(StrEnum):
    """Why a closed record had to be opened at once."""

    UNCONSCIOUS = "unconscious"
    """The person cannot speak for themselves."""
    IMMEDIATE_CARE = "immediate-care"
    CONTACT = "contact"
    """Somebody has to be reached, or must not be."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ClosedRecord:
    """A closed record that this person can open."""

    record_id: SealedId
    case_number: CaseNumber
    named: frozenset[AccountId]
    """Who can open it, by key."""
    about: AccountId | None = None
    """The member of staff whom the record is about, who can never open it."""
    until: float | None = None
    """End of an emergency, in seconds of the boot clock; None for who is named."""


@dataclass(frozen=True, slots=True)
class EmergencyUse:
    """One opening in an emergency; it waits until both sides have read it."""

    use_id: str
    record: str
    """Pseudonym of the case, as in the log."""
    used_at: datetime
    used_by: AccountId
    confirmed_by: AccountId
    reason: EmergencyReason
    read_at: datetime | None = None
    """When a manager marked it as read."""
    read_by: AccountId | None = None
    read_words: str = field(default="", repr=False)
    named_at: datetime | None = None
    """When somebody who is named for the record marked it as read."""
    named_by: AccountId | None = None
    case_number: CaseNumber | None = None
    """Known to who is named only."""
    typed: str = field(default="", repr=False)
    """What was typed as the reason; for who is named only."""
    named_words: str = field(default="", repr=False)

    @property
    def waits(self) -> bool:
        """Never ends by itself: two people, one of each side, have to have read it."""
        return self.read_at is None or self.named_at is None

    def waits_for(self, account: Account) -> bool:
        """Whether this person has to read it: nobody does what they took part in themselves."""
        read_at = self.read_at if account.role is Role.MANAGER else self.named_at
        return read_at is None and account.account_id not in {self.used_by, self.confirmed_by}


def may_be_named(account: Account, about: Collection[AccountId] = ()) -> bool:
    """Nurses and doctors who work here, and nobody for a record about themselves."""
    return account.active and account.role in CLINICIANS and account.account_id not in about


def require_named(
    people: Collection[AccountId], accounts: Iterable[Account], about: Collection[AccountId] = ()
) -> None:
    """`about` are the accounts, of now and before, of whom the record is about.

    Where only two could be named both would mean nearly everybody: there one is enough.
    Raises Refusal: NAMED_MISSING for nobody at all, NAMED_ALONE for one where others could be
    named as well, OWN_RECORD, NOT_ALLOWED.
    """
    if not set(people).isdisjoint(about):
        raise Refusal(RefusalCode.OWN_RECORD)
    if not people:
        raise Refusal(RefusalCode.NAMED_MISSING)
    able = {account.account_id for account in accounts if may_be_named(account, about)}
    if not set(people) <= able:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    if len(set(people)) < FEWEST_NAMED < len(able):
        raise Refusal(RefusalCode.NAMED_ALONE)
