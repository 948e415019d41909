# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known about the backups, and what has to be done about them, in words."""

from collections.abc import Mapping
from dataclasses import dataclass

from pact_desktop.desktop.widgets import BannerText, ChipText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import AccountId, Permission
from pact_desktop.domain.backup import (
    Backup,
    BackupDue,
    BackupId,
    BackupKind,
    BackupStanding,
    standing,
)
from pact_desktop.i18n.formats import format_date
from pact_desktop.services.accounts import list_accounts
from pact_desktop.services.backups import list_backups
from pact_desktop.services.key_changes import old_backups
from pact_desktop.services.old_copies import OldCopies, old_copies
from pact_desktop.services.session import Session
from pact_desktop.terms import term


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the screen shows, read in one go."""

    backups: list[Backup]
    codes: Mapping[AccountId, str]
    old: OldCopies | None
    """What still holds something that was erased; None for whoever may not know."""
    old_keys: frozenset[BackupId]
    """Files that open with keys which somebody who left may have."""

    @property
    def to_destroy(self) -> frozenset[BackupId]:
        return frozenset(one.backup_id for one in self.old.backups) if self.old else frozenset()

    @property
    def standing(self) -> BackupStanding:
        return standing(self.backups)


def read_known(session: Session) -> Known:
    codes = {account.account_id: account.staff_code for account in list_accounts(session)}
    may_know = session.may(Permission.MANAGE_FACILITY)
    return Known(
        list_backups(session),
        codes,
        old_copies(session) if may_know else None,
        frozenset(one.backup_id for one in old_backups(session)),
    )


def state_chip(backup: Backup, known: Known) -> ChipText:
    if backup.destroyed_at is not None:
        when = format_date(backup.destroyed_at.date(), catalog().locale)
        return ChipText(tr("Destroyed {when}").format(when=when), "neutral", "")
    if backup.backup_id in known.to_destroy:
        return ChipText(tr("Destroy it"), "caution", "warning")
    if backup.backup_id in known.old_keys:
        # Translators: state of a backup that opens with keys from before a change of keys.
        return ChipText(tr("Old keys"), "caution", "key")
    if backup.tested_at is not None:
        when = format_date(backup.tested_at.date(), catalog().locale)
        return ChipText(tr("Tested {when}").format(when=when), "ok", "check")
    if backup.kind is BackupKind.BEFORE_UPDATE:
        return ChipText(term(catalog(), backup.kind), "neutral", "")
    return ChipText(tr("Not tested"), "neutral", "")


def banner_words(known: Known, session: Session) -> BannerText | None:
    """The more serious one of what has to be done."""
    found = known.standing
    making, testing = found.making(session.today), found.testing(session.today)
    if making is BackupDue.NEVER:
        return BannerText(
            tr("No backup yet"),
            tr("If this computer breaks or is stolen, the records are lost."),
        )
    if making is BackupDue.LATE:
        return BannerText(
            tr("It is time for a new backup"),
            tr("If this computer breaks, everything since the last one is lost."),
        )
    if known.old_keys - known.to_destroy:
        return _old_keys(known)
    if found.last is not None and found.last.on_same_disk:
        return BannerText(
            tr("The last backup lies on the same disk as the records"),
            tr("If the disk breaks, both are lost. Copy it to a stick, or make one there."),
        )
    if testing is not BackupDue.IN_TIME:
        return BannerText(
            tr("It is time for a test"),
            tr("Once a month one backup is opened with the recovery sheet: does it still work?"),
            tone="info",
        )
    return None


def _old_keys(known: Known) -> BannerText:
    """Nothing is destroyed before there is a backup with the keys of now."""
    title = tr("Some backups open with keys from before")
    kept = [one for one in known.backups if one.destroyed_at is None]
    if all(one.backup_id in known.old_keys for one in kept):
        return BannerText(
            title, tr("They are the only ones. Make a new backup first, then destroy them.")
        )
    return BannerText(
        title, tr("Whoever had those keys could still read them. Destroy them, then say so here.")
    )
