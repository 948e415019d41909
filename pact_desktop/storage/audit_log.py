# SPDX-License-Identifier: GPL-3.0-or-later
"""The chain of what was looked at and changed, which nobody can rewrite unnoticed.

Each entry names the digest of the one before, so that the last one vouches for all. It carries a
MAC under a key that only moves forward, and the signature of who caused it. `audit_check` reads
the chain back; the rules and the reasons are in docs/decisions.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage import tables
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.keys import (
    KEY_BYTES,
    SigningKey,
    authenticate,
    canonical_json,
    seal_to,
    signed_by,
)

FIRST_KEY_CONTEXT: Final = b"pact audit first key"
START: Final = bytes(KEY_BYTES)
"""What the first entry names as the digest before it."""
_ENTRY: Final = b"pact audit entry"
_ADMIN: Final = b"pact admin event"


@dataclass(frozen=True, slots=True)
class Writer:
    """In whose name, in which session, entries are written."""

    account_id: AccountId
    session_id: str
    signing: SigningKey


def begin_chain(connection: Connection, recovery_public: bytes) -> None:
    """The first key goes, sealed, to whoever holds the recovery sheet, and nowhere else."""
    first = secrets.token_bytes(KEY_BYTES)
    connection.execute(
        insert(tables.audit_chain).values(
            number=1,
            sequence=0,
            digest=START,
            next_key=first,
            pseudonym_key=secrets.token_bytes(KEY_BYTES),
            sealed_first_key=seal_to(recovery_public, first, FIRST_KEY_CONTEXT),
        )
    )


def append(connection: Connection, writer: Writer, event: AuditEvent, moment: datetime) -> Head:
    """Writes one entry in the transaction of what it records."""
    chain = chain_row(connection)
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

    What its author did not sign stays where it is; gives how many such events there are.
    """
    waiting = connection.execute(
        select(tables.admin_event).order_by(tables.admin_event.c.number)
    ).all()
    forged = 0
    for row in waiting:
        if not admin_event_holds(row.body, row.signature, signers):
            forged += 1
            continue
        merged = {"merged": row.body, "merged_signature": row.signature.hex()}
        body = {"account": writer.account_id, "session": writer.session_id, **merged}
        _link(connection, chain_row(connection), body, writer)
        connection.execute(
            tables.admin_event.delete().where(tables.admin_event.c.number == row.number)
        )
    return forged


def admin_event_holds(body: str, signature: bytes, signers: Mapping[AccountId, bytes]) -> bool:
    """Whether the person who is named in an event of the administrator signed it."""
    try:
        author = AccountId(str(json.loads(body)["account"]))
    except (ValueError, KeyError, TypeError):
        return False
    return signed_by(signers.get(author, b""), signature, _ADMIN + body.encode())


def step_over_break(connection: Connection) -> None:
    """Lets a log whose end was tampered with go on behind its last entry; the break stays."""
    last = connection.execute(select(func.max(tables.audit_entry.c.sequence))).scalar_one() or 0
    if last > chain_row(connection).sequence:
        connection.execute(update(tables.audit_chain).values(sequence=last))


def head(connection: Connection) -> Head:
    chain = chain_row(connection)
    return Head(chain.sequence, chain.digest)


def entries(connection: Connection) -> list[dict[str, Any]]:
    """Bodies of all entries as they were written, oldest first."""
    rows = connection.execute(
        select(tables.audit_entry.c.body).order_by(tables.audit_entry.c.sequence)
    )
    return [json.loads(row.body) for row in rows]


def count(connection: Connection) -> int:
    return int(
        connection.execute(select(func.count()).select_from(tables.audit_entry)).scalar_one()
    )


def pseudonym(connection: Connection, case_number: CaseNumber) -> str:
    """What stands for a case in the log."""
    return _pseudonym(chain_row(connection).pseudonym_key, case_number)


def pseudonyms(connection: Connection, case_numbers: Iterable[CaseNumber]) -> dict[str, CaseNumber]:
    """The case behind each pseudonym."""
    key = chain_row(connection).pseudonym_key
    return {_pseudonym(key, case_number): case_number for case_number in case_numbers}


def chain_row(connection: Connection) -> Row[Any]:
    """Where the chain ends and with which key it goes on; raises Fault(STORAGE_DAMAGED)."""
    row = connection.execute(select(tables.audit_chain)).one_or_none()
    if row is None:
        raise Fault(FaultCode.STORAGE_DAMAGED, file="audit.db")
    return row


def following_key(key: bytes) -> bytes:
    """The way from one key to the next; there is none back."""
    return hashlib.blake2b(key, digest_size=KEY_BYTES, person=b"pact-audit-next").digest()


def digest_of(sequence: int, previous: bytes, mac: bytes, signature: bytes, text: bytes) -> bytes:
    """Covers every column of an entry; the parts before the text have fixed lengths."""
    return hashlib.sha256(sequence.to_bytes(8) + previous + mac + signature + text).digest()


def mac_of(key: bytes, sequence: int, previous: bytes, text: bytes) -> bytes:
    return authenticate(key, sequence.to_bytes(8) + previous + text)


def signed_part(sequence: int, previous: bytes, mac: bytes, text: bytes) -> bytes:
    """What the author of an entry signs: the entry, and with it all that came before."""
    return _ENTRY + sequence.to_bytes(8) + previous + mac + text


def _pseudonym(key: bytes, case_number: CaseNumber | None) -> str:
    return "" if case_number is None else authenticate(key, case_number.encode()).hex()[:32]


def _body(writer: Writer, event: AuditEvent, moment: datetime) -> dict[str, Any]:
    return {
        "account": writer.account_id,
        "session": writer.session_id,
        "at": moment.isoformat(timespec="milliseconds"),
        "action": event.action.value,
        "subject": event.subject,
        "reason": event.reason,
        "count": event.count,
    }


def _link(connection: Connection, chain: Row[Any], body: dict[str, Any], writer: Writer) -> Head:
    text, sequence, previous = canonical_json(body), chain.sequence + 1, chain.digest
    mac = mac_of(chain.next_key, sequence, previous, text)
    signature = writer.signing.sign(signed_part(sequence, previous, mac, text))
    end = Head(sequence, digest_of(sequence, previous, mac, signature, text))
    connection.execute(
        insert(tables.audit_entry).values(
            sequence=sequence,
            body=text.decode(),
            previous=previous,
            mac=mac,
            signature=signature,
        )
    )
    connection.execute(
        update(tables.audit_chain).values(
            sequence=sequence, digest=end.digest, next_key=following_key(chain.next_key)
        )
    )
    return end
