# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is signed in, with which store, clock and content."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from pact_desktop.domain.accounts import NEEDED_KEYS, Account, Permission
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.services.content import Content
from pact_desktop.storage.store import Store

Clock = Callable[[], datetime]
"""Gives the present moment, aware, in the facility's time zone."""


@dataclass(frozen=True, slots=True)
class Session:
    """One person at work; made by `accounts.open_session`, ended by `accounts.lock`."""

    account: Account
    store: Store
    clock: Clock
    content: Content

    @property
    def now(self) -> datetime:
        return self.clock()

    @property
    def today(self) -> date:
        return self.clock().date()

    def may(self, permission: Permission) -> bool:
        """By role and by key: what cannot be opened is not allowed either."""
        keys = NEEDED_KEYS.get(permission, frozenset())
        return self.account.allows(permission) and all(map(self.store.holds, keys))

    def require(self, permission: Permission) -> None:
        """Raises Refusal(NOT_ALLOWED)."""
        if not self.may(permission):
            raise Refusal(RefusalCode.NOT_ALLOWED)
