# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the files whose key has to be changed."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from pact_desktop.domain.accounts import AccountId, Compartment
from pact_desktop.domain.key_change import KeyChangeReason, OpenKeyChange
from pact_desktop.storage.tables import key_change


def ask_for_change(
    connection: Connection,
    epochs: Mapping[Compartment, int],
    *,
    reason: KeyChangeReason,
    asked_by: AccountId,
    asked_at: datetime,
) -> None:
    """For each file, the key of this epoch has to go; an older wish for the same file stays."""
    known = {row.compartment for row in connection.execute(select(key_change))}
    for compartment, epoch in epochs.items():
        if compartment.value in known:
            # The later key has to go too: whoever changes it fulfils both wishes.
            connection.execute(
                key_change.update()
                .where(key_change.c.compartment == compartment.value)
                .values(epoch=epoch)
            )
            continue
        connection.execute(
            insert(key_change).values(
                compartment=compartment.value,
                epoch=epoch,
                asked_at=asked_at.isoformat(),
                asked_by=asked_by,
                reason=reason.value,
            )
        )


def load_changes(connection: Connection) -> list[OpenKeyChange]:
    """Everything that was asked for, also what the key file says was done."""
    rows = connection.execute(select(key_change).order_by(key_change.c.compartment))
    return [
        OpenKeyChange(
            Compartment(row.compartment),
            row.epoch,
            datetime.fromisoformat(row.asked_at),
            AccountId(row.asked_by),
            KeyChangeReason(row.reason),
        )
        for row in rows
    ]


def forget_changes(connection: Connection, done: Collection[Compartment]) -> None:
    for compartment in done:
        connection.execute(delete(key_change).where(key_change.c.compartment == compartment.value))
