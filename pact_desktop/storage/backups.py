# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the backups that were made: which files exist outside, and when one was tested."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update
from sqlalchemy.sql import exists

from pact_desktop.domain.accounts import AccountId, Compartment
from pact_desktop.domain.backup import Backup, BackupId, BackupKind
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_log import START
from pact_desktop.storage.backup_format import ORDER, Manifest
from pact_desktop.storage.tables import audit_mark, backup


def insert_backup(
    connection: Connection, manifest: Manifest, size: int, *, on_same_disk: bool
) -> None:
    epochs = {
        compartment.value: epoch for compartment, epoch in zip(ORDER, manifest.epochs, strict=True)
    }
    connection.execute(
        insert(backup).values(
            backup_id=manifest.backup_id,
            made_at=manifest.made_at,
            made_by=manifest.maker,
            kind=manifest.kind.value,
            sequence=manifest.sequence,
            anchor=manifest.end.anchor,
            size=size,
            epochs=epochs,
            on_same_disk=on_same_disk,
        )
    )


def note_test(connection: Connection, manifest: Manifest, size: int, tested_at: datetime) -> None:
    """A file that these records do not remember, as after a restore, is remembered now."""
    known = connection.execute(
        select(exists().where(backup.c.backup_id == manifest.backup_id))
    ).scalar_one()
    if not known:
        insert_backup(connection, manifest, size, on_same_disk=False)
    connection.execute(
        update(backup)
        .where(backup.c.backup_id == manifest.backup_id)
        .values(tested_at=tested_at.isoformat())
    )


def note_destroyed(connection: Connection, backup_id: BackupId, moment: datetime) -> bool:
    """False for one that is not remembered, or was destroyed before."""
    changed = connection.execute(
        update(backup)
        .where(backup.c.backup_id == backup_id, backup.c.destroyed_at.is_(None))
        .values(destroyed_at=moment.isoformat())
    )
    return changed.rowcount == 1


def load_backups(connection: Connection) -> list[Backup]:
    """Newest first."""
    found = [_backup(row) for row in connection.execute(select(backup))]
    return sorted(found, key=lambda one: one.made_at, reverse=True)


def epochs_of_backups(connection: Connection) -> dict[BackupId, dict[Compartment, int]]:
    """With the keys of which epochs the files in each backup open."""
    rows = connection.execute(select(backup.c.backup_id, backup.c.epochs))
    return {
        BackupId(row.backup_id): {Compartment(name): n for name, n in row.epochs.items()}
        for row in rows
    }


def last_seen(connection: Connection) -> Head:
    """Where the log ended when somebody who reads it last opened or left the records."""
    mark = connection.execute(select(audit_mark)).one_or_none()
    return Head(0, START) if mark is None else Head(mark.sequence, mark.digest)


def _backup(row: Row[Any]) -> Backup:
    return Backup(
        backup_id=BackupId(row.backup_id),
        made_at=datetime.fromisoformat(row.made_at),
        made_by=AccountId(row.made_by),
        kind=BackupKind(row.kind),
        sequence=row.sequence,
        anchor=row.anchor,
        size=row.size,
        on_same_disk=row.on_same_disk,
        tested_at=datetime.fromisoformat(row.tested_at) if row.tested_at else None,
        destroyed_at=datetime.fromisoformat(row.destroyed_at) if row.destroyed_at else None,
    )
