# SPDX-License-Identifier: GPL-3.0-or-later
"""What ending an account means: how long it takes, and what keeps the keys of before."""

from dataclasses import dataclass

from pact_desktop.desktop.words import tr
from pact_desktop.domain.accounts import KEYRING, Account
from pact_desktop.services.backups import list_backups
from pact_desktop.services.key_changes import (
    change_open_keys,
    keys_to_change,
    seconds_needed,
)
from pact_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Cost:
    """What ending an account takes and leaves behind."""

    seconds: int
    backups: int
    """Files that keep the keys of before."""


def cost_of_end(session: Session, account: Account) -> Cost:
    changed = [one for one in KEYRING[account.role] if session.store.holds(one)]
    known = list_backups(session)
    return Cost(seconds_needed(session, changed), sum(one.destroyed_at is None for one in known))


def consequences(account: Account, cost: Cost) -> str:
    sentences = [
        tr(
            "This person cannot sign in any more, from now on and for good. "
            "What they entered stays in the records under {code}. "
            "Whoever comes back gets a new account."
        ).format(code=account.staff_code),
        tr(
            "Then the keys of the records change: about {seconds} s "
            "in which nothing can be entered."
        ).format(seconds=cost.seconds),
    ]
    if cost.backups:
        sentences.append(
            tr(
                "Backups made before keep the old keys. Backup names them: "
                "make a new one, then destroy those."
            )
        )
    return " ".join(sentences)


def change_keys_held(session: Session) -> int:
    """How many files still wait for somebody who holds their key."""
    change_open_keys(session)
    return len(keys_to_change(session))
