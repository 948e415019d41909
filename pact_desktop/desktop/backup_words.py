# SPDX-License-Identifier: GPL-3.0-or-later
"""How a facility stands with its backups, in the words of every screen that tells of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.backup import BackupDue, BackupStanding
from pact_desktop.i18n.formats import format_days_ago

_TONES: Final = {BackupDue.IN_TIME: "ok", BackupDue.LATE: "caution", BackupDue.NEVER: "caution"}
_ICONS: Final = {
    BackupDue.IN_TIME: "check",
    BackupDue.LATE: "warning",
    BackupDue.NEVER: "warning",
}
_MEGABYTE: Final = 1000**2


@dataclass(frozen=True, slots=True)
class BackupLine:
    """One state in words, with its icon and tone."""

    text: str
    icon: str
    tone: str


def made_line(found: BackupStanding, now: datetime) -> BackupLine:
    """When the last backup was made; every role may read it."""
    due = found.making(now.date())
    if found.last is None:
        return BackupLine(tr("No backup yet"), _ICONS[due], _TONES[due])
    words = tr("Last backup: {when}").format(when=_ago(found.last.made_at, now))
    return BackupLine(words, _ICONS[due], _TONES[due])


def tested_line(found: BackupStanding, now: datetime) -> BackupLine:
    """When one was last opened with the recovery sheet."""
    due = found.testing(now.date())
    if found.tested_at is None:
        return BackupLine(tr("No backup was tested yet"), _ICONS[due], _TONES[due])
    words = tr("Last test: {when}").format(when=_ago(found.tested_at, now))
    return BackupLine(words, _ICONS[due], _TONES[due])


def standing_lines(found: BackupStanding, now: datetime) -> list[BackupLine]:
    """Both, and what is wrong with where the last one lies."""
    lines = [made_line(found, now), tested_line(found, now)]
    if found.last is not None and found.last.on_same_disk:
        words = tr("The last backup lies on the same disk as the records")
        lines.append(BackupLine(words, "warning", "caution"))
    return lines


def size_words(size: int) -> str:
    """Never "0.0 MB"."""
    # Translators: size of a file in megabytes.
    return tr("{size} MB").format(size=f"{max(0.1, size / _MEGABYTE):.1f}")


def _ago(moment: datetime, now: datetime) -> str:
    return format_days_ago(moment.astimezone(now.tzinfo).date(), now.date(), catalog())
