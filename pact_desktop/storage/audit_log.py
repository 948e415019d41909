# SPDX-License-Identifier: GPL-3.0-or-later
"""The chain of what was looked at and changed, which nobody can rewrite unnoticed."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage import tables
from pact_desktop.storage.keys import (
    KEY_BYTES,
    SigningKey,
    authenticate,
    canonical_json,
    same,
    seal_to,
    signed_by,
)

FIRST_KEY_CONTEXT: Final = b"pact audit first key"
_ENTRY: Final = b"pact audit entry"
_ADMIN: Final = b"pact admin event"
_START: Final = bytes(KEY_BYTES)
_ANCHOR_LETTERS: Final = 8
SIGNATURES_CHECKED: Final = 2_000
"""How many of the newest signatures a start verifies; links are verified to the beginning."""


@dataclass(frozen=True, slots=True)
class Writer:
    """In whose name, in which session, entries are written."""

    account_id: AccountId
    session_id: str
    signing: SigningKey


@dataclass(frozen=True, slots=True)
class Head:
    """Where the chain ends."""

    sequence: int
    mac: bytes

    @property
    def anchor(self) -> str:
        """Number and first letters of the head, to be written on paper: `01482-K7QX2MFA`."""
        letters = base64.b32encode(self.mac)[:_ANCHOR_LETTERS].decode("ascii")
        return f"{self.sequence:05d}-{letters}"


def begin_chain(connection: Connection, recovery_public: bytes) -> None:
    """The first key goes, sealed, to whoever holds the recovery sheet, and nowhere else."""
    first = secrets.token_bytes(KEY_BYTES)
    connection.execute(
        insert(tables.audit_chain).values(
            number=1,
            sequence=0,
            mac=_START,
            next_key=first,
            pseudonym_key=secrets.token_bytes(KEY_BYTES),
            sealed_first_key=seal_to(recovery_public, first, FIRST_KEY_CONTEXT),
        )
    )


def append(connection: Connection, writer: Writer, event: AuditEvent, moment: datetime) -> Head:
    """Writes one entry in the transaction of what it records."""
    chain = _chain(connection)
    body = _body(writer, event, moment)
    body["case"] = _pseudonym(chain.pseudonym_key, event.case_number)
    return _link(connection, chain, body, writer)


def append_admin_event(
    connection: Connection, writer: Writer, event: AuditEvent, moment: datetime
) -> None:
    """For somebody without the audit key; the next person who has it moves the entry over."""
    text = canonical_json(_body(writer, event, moment))
    connection.execute(
        insert(tables.admin_event).values(
            body=text.decode(), signature=writer.signing.sign(_ADMIN + text)
        )
    )


def merge_admin_events(
    connection: Connection, writer: Writer, signers: Mapping[AccountId, bytes]
) -> int:
    """Takes over what waits in the configuration, with its author's own signature inside.

    Raises Fault(STORAGE_DAMAGED) for an event that its author did not sign.
    """
    waiting = connection.execute(
        select(tables.admin_event).order_by(tables.admin_event.c.number)
    ).all()
    for row in waiting:
        author = AccountId(str(json.loads(row.body).get("account", "")))
        if not signed_by(signers.get(author, b""), row.signature, _ADMIN + row.body.encode()):
            raise Fault(FaultCode.STORAGE_DAMAGED, file="config.db")
        merged = {"merged": row.body, "merged_signature": row.signature.hex()}
        body = {"account": writer.account_id, "session": writer.session_id, **merged}
        _link(connection, _chain(connection), body, writer)
    connection.execute(tables.admin_event.delete())
    return len(waiting)


def head(connection: Connection) -> Head:
    chain = _chain(connection)
    return Head(chain.sequence, chain.mac)


def verify_chain(
    connection: Connection,
    signers: Mapping[AccountId, bytes],
    *,
    signatures: int = SIGNATURES_CHECKED,
) -> Head:
    """Checks numbers, links and the newest signatures; raises Fault(STORAGE_DAMAGED).

    The MACs themselves can only be recomputed with the first key, which is on the recovery sheet.
    """
    chain = _chain(connection)
    mac, number = _START, 0
    for row in connection.execute(
        select(tables.audit_entry).order_by(tables.audit_entry.c.sequence)
    ):
        number += 1
        body = _parsed(row.body)
        if row.sequence != number or body.get("sequence") != number:
            raise _broken()
        if body.get("previous") != mac.hex():
            raise _broken()
        if number > chain.sequence - signatures and not _signature_holds(row, body, signers):
            raise _broken()
        mac = row.mac
    if number != chain.sequence or not same(mac, chain.mac):
        raise _broken()
    return Head(number, mac)


def remember_head(connection: Connection, end: Head) -> None:
    """Notes the head in another file, so that an older audit file put back is found."""
    connection.execute(tables.audit_mark.delete())
    connection.execute(
        insert(tables.audit_mark).values(number=1, sequence=end.sequence, mac=end.mac)
    )


def require_remembered_head(connection: Connection) -> None:
    """Raises Fault(STORAGE_DAMAGED) when the chain no longer holds what was remembered."""
    mark = connection.execute(select(tables.audit_mark)).one_or_none()
    if mark is None or mark.sequence == 0:
        return
    found = connection.execute(
        select(tables.audit_entry.c.mac).where(tables.audit_entry.c.sequence == mark.sequence)
    ).scalar_one_or_none()
    if found is None or not same(found, mark.mac):
        raise _broken()


def recompute_macs(connection: Connection, first_key: bytes) -> bool:
    """Whether every MAC follows from the first key; this is what an auditor runs."""
    key, mac = first_key, _START
    rows = connection.execute(select(tables.audit_entry).order_by(tables.audit_entry.c.sequence))
    for row in rows:
        mac = authenticate(key, mac + row.body.encode())
        if not same(mac, row.mac):
            return False
        key = _next_key(key)
    return same(_chain(connection).next_key, key)


def entries(connection: Connection) -> list[dict[str, Any]]:
    """Bodies of all entries, oldest first."""
    rows = connection.execute(
        select(tables.audit_entry.c.body).order_by(tables.audit_entry.c.sequence)
    )
    return [_parsed(row.body) for row in rows]


def latest(connection: Connection, action: AuditAction) -> dict[AccountId, datetime]:
    """When each person last did this, also where somebody else moved the entry over."""
    body = tables.audit_entry.c.body
    own = func.coalesce(func.json_extract(body, "$.merged"), body)
    author = func.json_extract(own, "$.account")
    rows = connection.execute(
        select(author, func.max(func.json_extract(own, "$.at")))
        .where(func.json_extract(own, "$.action") == action.value)
        .group_by(author)
    )
    return {AccountId(who): datetime.fromisoformat(at) for who, at in rows}


def count(connection: Connection) -> int:
    return int(
        connection.execute(select(func.count()).select_from(tables.audit_entry)).scalar_one()
    )


def pseudonym(connection: Connection, case_number: CaseNumber) -> str:
    """What stands for a case in the log."""
    return _pseudonym(_chain(connection).pseudonym_key, case_number)


def _pseudonym(key: bytes, case_number: CaseNumber | None) -> str:
    return "" if case_number is None else authenticate(key, case_number.encode()).hex()[:32]


def _body(writer: Writer, event: AuditEvent, moment: datetime) -> dict[str, Any]:
    return {
        "account": writer.account_id,
        "session": writer.session_id,
        "at": moment.astimezone(UTC).isoformat(timespec="milliseconds"),
        "action": event.action.value,
        "subject": event.subject,
        "reason": event.reason,
        "count": event.count,
    }


def _link(connection: Connection, chain: Row[Any], body: dict[str, Any], writer: Writer) -> Head:
    end = Head(chain.sequence + 1, b"")
    text = canonical_json({**body, "sequence": end.sequence, "previous": chain.mac.hex()})
    end = Head(end.sequence, authenticate(chain.next_key, chain.mac + text))
    connection.execute(
        insert(tables.audit_entry).values(
            sequence=end.sequence,
            body=text.decode(),
            mac=end.mac,
            signature=writer.signing.sign(_ENTRY + end.mac + text),
        )
    )
    connection.execute(
        update(tables.audit_chain).values(
            sequence=end.sequence, mac=end.mac, next_key=_next_key(chain.next_key)
        )
    )
    return end


def _chain(connection: Connection) -> Row[Any]:
    row = connection.execute(select(tables.audit_chain)).one_or_none()
    if row is None:
        raise _broken()
    return row


def _next_key(key: bytes) -> bytes:
    return hashlib.blake2b(key, digest_size=KEY_BYTES, person=b"pact-audit-next").digest()


def _parsed(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        raise _broken() from None
    if not isinstance(found, dict):
        raise _broken()
    return found


def _signature_holds(
    row: Row[Any], body: Mapping[str, Any], signers: Mapping[AccountId, bytes]
) -> bool:
    public = signers.get(AccountId(str(body.get("account", ""))), b"")
    return signed_by(public, row.signature, _ENTRY + row.mac + row.body.encode())


def _broken() -> Fault:
    return Fault(FaultCode.STORAGE_DAMAGED, file="audit.db")
