# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups of a facility: what is known of each, and when the next one is due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NewType

from pact_desktop.domain.accounts import AccountId

BackupId = NewType("BackupId", str)

MAKE_EVERY: Final = timedelta(days=7)
TEST_EVERY: Final = timedelta(days=30)
"""A week of work is what a facility can still write again from paper; a month for the test."""


class BackupKind(StrEnum):
    """Why a backup was made."""

    ASKED = "asked"
    BEFORE_UPDATE = "before-update"
    """By the program itself, on this computer, before it changed the form of the records."""


class BackupDue(StrEnum):
    """Whether something that has to be done again and again was done."""

    IN_TIME = "in-time"
    LATE = "late"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Backup:
    """What the facility remembers of a file that it made."""

    backup_id: BackupId
    made_at: datetime
    made_by: AccountId
    kind: BackupKind
    sequence: int
    """Number of the last entry of the log that is inside."""
    anchor: str
    """That number with letters, as it stands on paper."""
    size: int
    """Bytes."""
    on_same_disk: bool
    """Lost together with the records when this disk breaks."""
    tested_at: datetime | None = None
    """When it was last opened with the recovery sheet and found whole."""
    destroyed_at: datetime | None = None
    """When somebody said that this file is no more."""

    def holds_from(self, since: datetime | None, before: int | None) -> bool:
        """Whether something that came at a moment and went with an entry of the log may be in it.

        By the number of that entry, because clocks are set; without one it is still here.
        """
        begun = since is None or self.made_at >= since
        earlier = before is None or self.sequence < before
        return self.destroyed_at is None and begun and earlier


def holding(
    known: Iterable[Backup], gone: Collection[tuple[datetime | None, int | None]]
) -> tuple[Backup, ...]:
    """Backups that may hold any of these: when it came, and the number of the entry it went with.

    As `Backup.holds_from`.
    """
    return tuple(
        backup
        for backup in known
        if any(backup.holds_from(since, before) for since, before in gone)
    )


@dataclass(frozen=True, slots=True)
class BackupContents:
    """What a file says about itself."""

    backup_id: BackupId
    kind: BackupKind
    made_at: datetime
    made_by: AccountId
    sequence: int
    anchor: str
    size: int
    """Bytes of the whole file."""
    program: str
    """Version that made it."""


@dataclass(frozen=True, slots=True)
class BackupStanding:
    """How a facility stands with its backups."""

    last: Backup | None = None
    """The newest one that somebody asked for; what the program made for itself does not count."""
    tested_at: datetime | None = None
    """When any backup was last opened with the recovery sheet and found whole."""

    def making(self, today: date) -> BackupDue:
        return _due(self.last.made_at if self.last else None, MAKE_EVERY, today)

    def testing(self, today: date) -> BackupDue:
        return _due(self.tested_at, TEST_EVERY, today)


def standing(backups: Iterable[Backup]) -> BackupStanding:
    """Where a facility stands, from all that it remembers; what was destroyed helps nobody."""
    known = [backup for backup in backups if backup.destroyed_at is None]
    asked = [backup for backup in known if backup.kind is BackupKind.ASKED]
    tests = [backup.tested_at for backup in known if backup.tested_at is not None]
    return BackupStanding(
        last=max(asked, key=lambda backup: backup.made_at, default=None),
        tested_at=max(tests, default=None),
    )


def _due(done_at: datetime | None, every: timedelta, today: date) -> BackupDue:
    if done_at is None:
        return BackupDue.NEVER
    return BackupDue.LATE if today - done_at.date() > every else BackupDue.IN_TIME
