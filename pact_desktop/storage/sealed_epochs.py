# SPDX-License-Identifier: GPL-3.0-or-later
"""Which key of a closed record is the last one, and who gave it: as the signed log says.

The row of a record and its boxes can be replaced by earlier ones, whose key somebody who was
taken off still has. The log cannot be shortened without being noticed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, LargeBinary, cast, select

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage.audit_log import pseudonym
from pact_desktop.storage.audit_reading import entry_of
from pact_desktop.storage.tables import audit_entry

_GIVING: Final = (
    AuditAction.RECORD_SEALED,
    AuditAction.RECORD_NAMED,
    AuditAction.RECORD_REKEYED,
)
_WITH_EPOCH: Final = frozenset({*_GIVING, AuditAction.RECORD_UNSEALED})
_ANY: Final = '"record-'
"""Begins the code of each of these actions."""
_NUMBER: Final = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Given:
    """The last key of one record; `by` is nobody for a record that was opened to all."""

    epoch: int
    by: AccountId | None


Givens = Mapping[str, Given]
"""By the pseudonym that the log has for the case."""


def last_given(connection: Connection) -> dict[str, Given]:
    """Needs the key of the log."""
    found: dict[str, Given] = {}
    body = audit_entry.c.body
    # What was tampered with may be no text; asking for text would fail.
    query = select(audit_entry.c.sequence, cast(body, LargeBinary).label("body")).where(
        # One pattern for all of them: the log is read from end to end.
        body.contains(_ANY, autoescape=True)
    )
    for row in connection.execute(query.order_by(audit_entry.c.sequence)):
        entry = entry_of(row.sequence, row.body)
        if entry.action in _WITH_EPOCH and _NUMBER.fullmatch(entry.subject):
            by = entry.account_id if entry.action in _GIVING else None
            found[entry.record] = Given(int(entry.subject), by)
    return found


def following_epoch(connection: Connection, case_number: CaseNumber) -> int:
    """Never one that a key of this record had before, also when it was open in between."""
    known = last_given(connection).get(pseudonym(connection, case_number))
    return 1 if known is None else known.epoch + 1


def is_last(
    connection: Connection,
    case_number: CaseNumber,
    givens: Givens,
    *,
    epoch: int,
    granter: AccountId,
) -> bool:
    """Whether this box is of the last key, from who gave it."""
    return givens.get(pseudonym(connection, case_number)) == Given(epoch, granter)
