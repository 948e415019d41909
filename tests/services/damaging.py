# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody does to closed records with a tool of their own and the key of the file."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from sqlalchemy import delete, insert, select, update

from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.patient import Patient
from pact_desktop.services.session import Session
from pact_desktop.storage.closed_records import Body
from pact_desktop.storage.keys import decrypt, encrypt
from pact_desktop.storage.sealed_tables import sealed_box, sealed_record

Rows = dict[str, list[Mapping[str, Any]]]
_EVENT = AuditEvent(AuditAction.LOCKED)


def spoil(session: Session, patient: Patient) -> None:
    """Another body in the place of this record's, which this person has open."""
    record = session.store.closed.opened[patient.case_number].record
    with session.store.rearranging(_EVENT) as connection:
        connection.execute(
            update(sealed_record)
            .where(sealed_record.c.record_id == record.record_id)
            .values(body=b"x" * 5000)
        )


def write_body(session: Session, patient: Patient, change: Callable[[Body], Body]) -> None:
    """Another content under the right key, as another version of the program would write it."""
    closed = session.store.closed
    opened = closed.opened[patient.case_number]
    record_id = opened.record.record_id
    context = closed._context(record_id, opened.epoch)  # noqa: SLF001 the very bottom
    with session.store.rearranging(_EVENT) as connection:
        where = sealed_record.c.record_id == record_id
        kept = connection.execute(select(sealed_record.c.body).where(where)).scalar_one()
        plain = decrypt(opened.key, kept, context) or b""
        length = int.from_bytes(plain[:8])
        body = msgspec.msgpack.encode(
            change(msgspec.msgpack.decode(plain[8 : 8 + length], type=Body))
        )
        sealed = encrypt(opened.key, len(body).to_bytes(8) + body, context)
        connection.execute(update(sealed_record).where(where).values(body=sealed))


def rows_of_closed(session: Session) -> Rows:
    with session.store.rearranging(_EVENT) as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]  # noqa: SLF001
            for table in (sealed_record, sealed_box)
        }


def put_back(session: Session, rows: Rows) -> None:
    with session.store.rearranging(_EVENT) as connection:
        for table in (sealed_box, sealed_record):
            connection.execute(delete(table))
        for table in (sealed_record, sealed_box):
            connection.execute(insert(table), rows[table.name])
