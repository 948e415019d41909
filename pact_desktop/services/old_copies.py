# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups that still hold what was erased: named for destruction, and noted when they are gone.

The page that says so also carries the random numbers of erased records, so that a restore on
another computer can erase them again.
"""

from dataclasses import dataclass, field

from pact_desktop.documents.copies_list import CopiesList, CopyLine, ErasedLine, render_copies_list
from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.backup import Backup, BackupId, BackupKind, holding
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import REFERENCE_ALPHABET
from pact_desktop.services.documents import paper_catalog
from pact_desktop.services.facility import facility
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.patients import CASE_NUMBER_LENGTH
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log
from pact_desktop.storage.backups import load_backups, note_destroyed
from pact_desktop.storage.store import Transaction
from pact_desktop.storage.tombstones import Tombstone, load_tombstones


@dataclass(frozen=True, slots=True)
class OldCopies:
    """What is outside and should not be any more."""

    backups: tuple[Backup, ...]
    """Files that hold something that was erased, the newest first."""
    erased: tuple[Tombstone, ...] = field(repr=False)
    newer_backup: bool
    """Whether a backup was made since the last erasure: before that nothing is destroyed."""


def old_copies(session: Session) -> OldCopies:
    """Raises Refusal(NOT_ALLOWED): for the manager, who holds both keys this needs."""
    session.require(Permission.MANAGE_FACILITY)
    with session.store.reading(AuditEvent(AuditAction.COPIES_LISTED)) as connection:
        return _old_copies(connection)


def note_copy_destroyed(session: Session, backup_id: BackupId) -> OldCopies:
    """Somebody said that this file is no more, on no stick and no computer.

    Raises Refusal: NOT_ALLOWED, BACKUP_UNKNOWN.
    """
    session.require(Permission.MANAGE_FACILITY)
    event = AuditEvent(AuditAction.BACKUP_DESTROYED, subject=backup_id)
    with session.store.changing(event) as connection:
        if not note_destroyed(connection, backup_id, session.now):
            raise Refusal(RefusalCode.BACKUP_UNKNOWN)
        return _old_copies(connection)


def copies_list(session: Session, locale: str) -> IssuedDocument:
    """The page for the safe. Raises Refusal: LANGUAGE_NOT_OFFERED, NOT_ALLOWED."""
    session.require(Permission.MANAGE_FACILITY)
    catalog = paper_catalog(locale)
    event = AuditEvent(AuditAction.DOCUMENT_ISSUED, subject="copies")
    with session.store.changing(event) as connection:
        found = _old_copies(connection)
        end = audit_log.head(connection).anchor
    page = CopiesList(
        facility_name=facility(session).name,
        copies=[
            CopyLine(
                one.made_at.astimezone(session.now.tzinfo),
                one.anchor,
                one.size,
                here=one.on_same_disk or one.kind is BackupKind.BEFORE_UPDATE,
            )
            for one in found.backups
        ],
        erased=[
            ErasedLine(stone.record, stone.erased_at)
            for stone in found.erased
            if stone.record is not None
        ],
        end=end,
        printed_at=session.now,
        staff_code=session.account.staff_code,
    )
    return IssuedDocument("copies.pdf", render_copies_list(page, catalog))


def record_numbers(typed: str) -> list[CaseNumber]:
    """The numbers of a list as it was typed or read from a file; groups and case do not matter.

    Raises Refusal(RECORD_NUMBER_WRONG).
    """
    found: list[CaseNumber] = []
    for line in typed.splitlines():
        compact = "".join(letter for letter in line.upper() if letter not in " -\t")
        if not compact:
            continue
        if len(compact) != CASE_NUMBER_LENGTH or set(compact) - set(REFERENCE_ALPHABET):
            raise Refusal(RefusalCode.RECORD_NUMBER_WRONG, length=CASE_NUMBER_LENGTH)
        found.append(CaseNumber(compact))
    return found


def _old_copies(connection: Transaction) -> OldCopies:
    stones, known = load_tombstones(connection), load_backups(connection)
    last = max((stone.sequence for stone in stones), default=0)
    newer = any(one.destroyed_at is None and one.sequence >= last for one in known)
    held = holding(known, [(stone.held_since, stone.sequence) for stone in stones])
    return OldCopies(held, tuple(stones), newer_backup=newer)
