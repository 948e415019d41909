# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads entries of the log back; whether they can be believed is for `audit_check` to say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, LargeBinary, Select, cast, select, union

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, LogEntry
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage.audit_log import pseudonyms
from pact_desktop.storage.record_tables import referral, screening
from pact_desktop.storage.tables import audit_entry

_CHUNK: Final = 1_000
_BYTES: Final = cast(audit_entry.c.body, LargeBinary).label("body")
"""A file that was tampered with may hold what is no text; asking for text would fail."""
_UNKNOWN_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Body(Struct, frozen=True):
    """The text of an entry; `merged` is the text of an event of the administrator."""

    account: str = ""
    session: str = ""
    at: str = ""
    action: str = ""
    case: str = ""
    subject: str = ""
    reason: str = ""
    count: int = 1
    merged: str = ""
    merged_signature: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the log by number; `until` is not in it."""

    first: int = 1
    until: int | None = None


def parsed(text: bytes | str) -> Body | None:
    """None for what no version of this program wrote, which may not even be a text."""
    try:
        return msgspec.json.decode(text, type=Body)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        return None


def newest_first(
    connection: Connection, *, record: str = "", stretch: Stretch | None = None
) -> Iterator[LogEntry]:
    """Entries from the end of the log on, of one record when its pseudonym is given."""
    part = stretch or Stretch()
    query = select(audit_entry.c.sequence, _BYTES).where(audit_entry.c.sequence >= part.first)
    if part.until is not None:
        query = query.where(audit_entry.c.sequence < part.until)
    if record:
        # Letters of a pseudonym stand in no other place of a body than its own.
        query = query.where(audit_entry.c.body.contains(record, autoescape=True))
    for row in _in_chunks(connection, query):
        entry = entry_of(row.sequence, row.body)
        if not record or entry.record == record:
            yield entry


def entry_of(sequence: int, text: bytes) -> LogEntry:
    """What cannot be read is an entry without an action, never nothing."""
    body = parsed(text)
    if body is not None and body.merged:
        body = parsed(body.merged)
    if body is None:
        return LogEntry(sequence, _UNKNOWN_TIME, AccountId(""), "", None)
    return LogEntry(
        sequence=sequence,
        recorded_at=_moment(body.at),
        account_id=AccountId(body.account),
        session_id=body.session,
        action=_action(body.action),
        record=body.case,
        subject=body.subject,
        reason=body.reason,
        count=body.count,
    )


def latest(connection: Connection, action: AuditAction) -> dict[AccountId, datetime]:
    """When each person last did this, also where somebody else moved the entry over."""
    query = select(audit_entry.c.sequence, _BYTES).where(
        audit_entry.c.body.contains(action.value, autoescape=True)
    )
    found: dict[AccountId, datetime] = {}
    for row in connection.execute(query):
        entry = entry_of(row.sequence, row.body)
        known = found.get(entry.account_id, _UNKNOWN_TIME)
        if entry.action is action:
            found[entry.account_id] = max(known, entry.recorded_at)
    return found


def records_by_pseudonym(connection: Connection) -> dict[str, CaseNumber]:
    """The case number behind each pseudonym, for cases that have a visit or a referral."""
    found = union(select(screening.c.case_number), select(referral.c.case_number))
    return pseudonyms(connection, map(CaseNumber, connection.execute(found).scalars()))


def _in_chunks(connection: Connection, query: Select[Any]) -> Iterator[Any]:
    """Newest first, a part at a time: most readers stop long before the beginning."""
    below: int | None = None
    while True:
        part = query if below is None else query.where(audit_entry.c.sequence < below)
        rows = connection.execute(part.order_by(audit_entry.c.sequence.desc()).limit(_CHUNK)).all()
        yield from rows
        if len(rows) < _CHUNK:
            return
        below = rows[-1].sequence


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _UNKNOWN_TIME
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _action(value: str) -> AuditAction | None:
    try:
        return AuditAction(value)
    except ValueError:
        return None
