# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of closed records, and of what was opened in an emergency.

A closed record is one encrypted row: its rows in every other table are gone while it is closed.
"""

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from pact_desktop.storage.metadata import AUDIT, IDENTITY, metadata
from pact_desktop.storage.record_tables import Moment

_ID: Final = String(40)

sealed_record: Final = Table(
    "sealed_record",
    metadata,
    Column("record_id", _ID, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    schema=IDENTITY,
)
"""`record_id` says nothing: the number of the case stands inside the body."""

sealed_box: Final = Table(
    "sealed_box",
    metadata,
    Column("record_id", _ID, ForeignKey("identity.sealed_record.record_id"), primary_key=True),
    Column("holder", _ID, primary_key=True),
    Column("kind", _ID, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("granter", _ID, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    schema=IDENTITY,
)
"""The key of one record, sealed to one person or to the recovery sheet."""

emergency_use: Final = Table(
    "emergency_use",
    metadata,
    Column("use_id", _ID, primary_key=True),
    Column("record", _ID, nullable=False, index=True),
    Column("used_at", Moment, nullable=False),
    Column("used_by", _ID, nullable=False),
    Column("confirmed_by", _ID, nullable=False),
    Column("reason", _ID, nullable=False),
    Column("read_at", Moment, nullable=True),
    Column("read_by", _ID, nullable=True),
    Column("read_words", Text, nullable=False, default=""),
    Column("named_at", Moment, nullable=True),
    Column("named_by", _ID, nullable=True),
    schema=AUDIT,
)
"""`record` is the pseudonym that the log has for the case. What was typed by who may know names
stands in the closed record itself."""
