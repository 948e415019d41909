# SPDX-License-Identifier: GPL-3.0-or-later
"""New keys for the files: after somebody left, after an erasure, or because somebody asks.

What has to be done is written down first and stays open until the key file says that it is done.
Nobody can change a key that they do not hold: what a manager leaves open (the names) is done when
the next nurse or doctor signs in. A change that was cut off is finished or undone at the next
start (`storage.rotation`), and told here afterwards.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Final

from pact_desktop.diagnostics import note_error
from pact_desktop.domain.accounts import KEYRING, Compartment, Permission, Role
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.backup import Backup
from pact_desktop.domain.errors import Fault, Refusal, RefusalCode
from pact_desktop.domain.key_change import KeyChangeReason, OpenKeyChange
from pact_desktop.services.session import Session
from pact_desktop.services.staff import let_go_of_ended, verified_vault
from pact_desktop.storage.backups import epochs_of_backups, load_backups
from pact_desktop.storage.key_changes import ask_for_change, forget_changes, load_changes
from pact_desktop.storage.rotation import Progress, size_of
from pact_desktop.storage.store import Transaction

__all__ = [
    "Progress",
    "ask_for_records",
    "change_keys",
    "change_open_keys",
    "keys_to_change",
    "old_backups",
    "seconds_needed",
    "settle_key_changes",
    "write_anew",
]

_CHANGING: Final = frozenset({Role.MANAGER, Role.NURSE, Role.DOCTOR})
_BYTES_A_SECOND: Final = 4 * 1024 * 1024
"""Cautious: 45 MB took 8 s on a busy computer with a disk of its own."""
_LEAST_SECONDS: Final = 2


def change_keys(
    session: Session,
    compartments: Collection[Compartment],
    reason: KeyChangeReason,
    progress: Progress = lambda _done: None,
) -> None:
    """Gives these files new keys now; everybody who could open them still can.

    Raises Refusal(NOT_ALLOWED) for a key that this person does not hold; Fault of the disk, after
    which the change stays open: `change_open_keys` and every sign-in try it again.
    """
    _require_keys(session, compartments)
    epochs = verified_vault(session).epochs
    event = AuditEvent(
        AuditAction.KEY_CHANGE_ASKED, reason=reason.value, count=len(set(compartments))
    )
    with session.store.changing(event) as connection:
        ask_for_change(
            connection,
            {one: epochs[one] for one in compartments},
            reason=reason,
            asked_by=session.account.account_id,
            asked_at=session.now,
        )
    _change(session, compartments, progress)


def change_open_keys(session: Session, progress: Progress = lambda _done: None) -> None:
    """Does what is open, as far as this person holds the keys; raises Fault as `change_keys`."""
    _change(session, _within_reach(session), progress)


def keys_to_change(session: Session) -> list[OpenKeyChange]:
    """What is still open; everybody who works here may know."""
    epochs = verified_vault(session).epochs
    with session.store.reading_config() as connection:
        asked = load_changes(connection)
    return [change for change in asked if epochs[change.compartment] <= change.epoch]


def settle_key_changes(session: Session) -> None:
    """After a sign-in: tells the log what was finished, and does what is open if it can.

    A disk that is full or fails keeps nobody from work: the change stays open, and is shown.
    """
    try:
        let_go_of_ended(session)
        _tell_what_is_done(session)
        with suppress(Refusal):
            change_open_keys(session)
    except Fault as fault:
        note_error(fault)


def ask_for_records(
    session: Session,
    connection: Transaction,
    epochs: Mapping[Compartment, int],
    reason: KeyChangeReason,
) -> None:
    """In the transaction in which rows of a record go; `write_anew` follows.

    Old sectors of the disk, and copies of the files, open with the old keys alone.
    """
    ask_for_change(
        connection,
        {one: epochs[one] for one in (Compartment.IDENTITY, Compartment.CASES)},
        reason=reason,
        asked_by=session.account.account_id,
        asked_at=session.now,
    )


def write_anew(session: Session) -> bool:
    """Files without what went, under new keys; what cannot be done now every sign-in tries again.

    False while something is left over.
    """
    written = session.store.finish_erasures()
    try:
        change_open_keys(session)
    except Fault as fault:
        note_error(fault)
        return False
    return written


def seconds_needed(session: Session, compartments: Collection[Compartment]) -> int:
    """About how long it will take, told before it begins."""
    found = size_of(session.store.place, compartments)
    return max(_LEAST_SECONDS, round(found / _BYTES_A_SECOND))


def old_backups(session: Session) -> list[Backup]:
    """Backups not destroyed yet whose files open with a key that is not in use any more.

    Newest first.
    Raises Refusal(NOT_ALLOWED).
    """
    session.require(Permission.BACK_UP)
    now = verified_vault(session).epochs
    with session.store.reading_config() as connection:
        epochs = epochs_of_backups(connection)
        known = load_backups(connection)
    return [
        backup
        for backup in known
        if backup.destroyed_at is None
        and any(epochs[backup.backup_id].get(one, 0) < epoch for one, epoch in now.items())
    ]


def _change(session: Session, compartments: Collection[Compartment], progress: Progress) -> None:
    if not compartments:
        return
    let_go_of_ended(session)
    session.store.change_keys(compartments, progress)
    _tell_what_is_done(session)
    session.store.remember_end()


def _tell_what_is_done(session: Session) -> None:
    epochs = verified_vault(session).epochs
    with session.store.reading_config() as connection:
        asked = load_changes(connection)
    done = [change for change in asked if epochs[change.compartment] > change.epoch]
    if not done:
        return
    events = [
        AuditEvent(
            AuditAction.KEYS_CHANGED,
            reason=reason.value,
            count=sum(change.reason is reason for change in done),
        )
        for reason in sorted({change.reason for change in done})
    ]
    with session.store.changing(*events) as connection:
        forget_changes(connection, [change.compartment for change in done])


def _within_reach(session: Session) -> list[Compartment]:
    mine = _changeable(session)
    asked = [change.compartment for change in keys_to_change(session)] if mine else []
    return [compartment for compartment in asked if compartment in mine]


def _changeable(session: Session) -> set[Compartment]:
    """Files whose key this person holds and may give to others."""
    role = session.account.role
    held = KEYRING[role] if role in _CHANGING else frozenset()
    return {compartment for compartment in held if session.store.holds(compartment)}


def _require_keys(session: Session, compartments: Collection[Compartment]) -> None:
    if not set(compartments) <= _changeable(session):
        raise Refusal(RefusalCode.NOT_ALLOWED)
