# SPDX-License-Identifier: GPL-3.0-or-later
"""What was opened in an emergency, and who has read that it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.sealing import EmergencyReason, EmergencyUse
from pact_desktop.storage.sealed_tables import emergency_use


def insert_use(connection: Connection, use: EmergencyUse) -> None:
    """The row names nobody: what was typed stands in the closed record."""
    connection.execute(
        insert(emergency_use).values(
            use_id=use.use_id,
            record=use.record,
            used_at=use.used_at,
            used_by=use.used_by,
            confirmed_by=use.confirmed_by,
            reason=use.reason.value,
            read_words="",
        )
    )


def load_uses(connection: Connection) -> list[EmergencyUse]:
    """All of them, the newest first: none goes away by itself."""
    rows = connection.execute(select(emergency_use)).all()
    return sorted(map(_use, rows), key=lambda use: use.used_at, reverse=True)


def mark_read(connection: Connection, use_id: str, by: AccountId, at: datetime, words: str) -> None:
    """By a manager; what one said first stays."""
    connection.execute(
        update(emergency_use)
        .where(emergency_use.c.use_id == use_id, emergency_use.c.read_at.is_(None))
        .values(read_at=at, read_by=by, read_words=words)
    )


def mark_read_by_named(connection: Connection, use_id: str, by: AccountId, at: datetime) -> None:
    """By somebody who is named for the record; the words stand in the record."""
    connection.execute(
        update(emergency_use)
        .where(emergency_use.c.use_id == use_id, emergency_use.c.named_at.is_(None))
        .values(named_at=at, named_by=by)
    )


def _use(row: Row[Any]) -> EmergencyUse:
    return EmergencyUse(
        use_id=row.use_id,
        record=row.record,
        used_at=row.used_at,
        used_by=AccountId(row.used_by),
        confirmed_by=AccountId(row.confirmed_by),
        reason=EmergencyReason(row.reason),
        read_at=row.read_at,
        read_by=None if row.read_by is None else AccountId(row.read_by),
        read_words=row.read_words,
        named_at=row.named_at,
        named_by=None if row.named_by is None else AccountId(row.named_by),
    )
