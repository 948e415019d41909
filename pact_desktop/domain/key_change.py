# SPDX-License-Identifier: GPL-3.0-or-later
"""A change of the keys of the files: why it has to be, and for which files it is still open."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pact_desktop.domain.accounts import AccountId, Compartment


class KeyChangeReason(StrEnum):
    """Why the keys of the files must not stay as they are."""

    ACCOUNT_ENDED = "account-ended"
    ERASURE = "erasure"
    RECORD_CLOSED = "record-closed"
    ASKED = "asked"
    """Somebody thinks that a key may be in other hands, for example after a theft."""


@dataclass(frozen=True, slots=True)
class OpenKeyChange:
    """A file that still has the key which has to go."""

    compartment: Compartment
    epoch: int
    """Of the key that has to go."""
    asked_at: datetime
    asked_by: AccountId
    reason: KeyChangeReason
