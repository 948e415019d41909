# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of accounts, the audit chain and what the program itself keeps."""

from typing import Final

from sqlalchemy import JSON, Boolean, Column, Integer, LargeBinary, Table, Text

from pact_desktop.storage import record_tables, sealed_tables
from pact_desktop.storage.metadata import AUDIT, CONFIG, metadata

RECORD_TABLES: Final = (record_tables, sealed_tables)
"""Imported so that whoever has this module has every table of the program."""

account: Final = Table(
    "account",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("sign_in_name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("staff_code", Text, nullable=False, unique=True),
    Column("active", Boolean, nullable=False),
    Column("created_at", Text, nullable=False),
    schema=CONFIG,
)

resume_point: Final = Table(
    "resume_point",
    metadata,
    Column("account_id", Text, primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    schema=CONFIG,
)

admin_event: Final = Table(
    "admin_event",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    schema=CONFIG,
)

audit_mark: Final = Table(
    "audit_mark",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    schema=CONFIG,
)

backup: Final = Table(
    "backup",
    metadata,
    Column("backup_id", Text, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("anchor", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("epochs", JSON, nullable=False),
    Column("on_same_disk", Boolean, nullable=False),
    Column("tested_at", Text),
    Column("destroyed_at", Text),
    schema=CONFIG,
)
"""Which files exist outside, and with the keys of which epochs they open: what an erasure and a
change of keys must list for destruction."""

unfinished_erasure: Final = Table(
    "unfinished_erasure",
    metadata,
    Column("compartment", Text, primary_key=True),
    schema=CONFIG,
)
"""Files in which something was erased and whose free pages were not yet written anew."""

file_mark: Final = Table(
    "file_mark",
    metadata,
    Column("compartment", Text, primary_key=True),
    Column("sequence", Integer, nullable=False),
    schema=CONFIG,
)

key_change: Final = Table(
    "key_change",
    metadata,
    Column("compartment", Text, primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("reason", Text, nullable=False),
    schema=CONFIG,
)
"""Files whose key of this epoch has to go; a row is done with when the file has a later one."""

audit_entry: Final = Table(
    "entry",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    schema=AUDIT,
)

audit_key_epoch: Final = Table(
    "key_epoch",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("first_sequence", Integer, nullable=False),
    Column("previous", LargeBinary, nullable=False),
    Column("sealed_first_key", LargeBinary, nullable=False),
    Column("account", Text, nullable=False),
    Column("vouched", LargeBinary, nullable=False),
    Column("handed_over", LargeBinary, nullable=False),
    schema=AUDIT,
)
"""Where the keys of the entries begin anew, after the keys of the files were changed.

`previous` is the digest of the entry before; `handed_over` is a MAC under the key that the first
entry would have had otherwise.
"""

audit_chain: Final = Table(
    "chain",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("next_key", LargeBinary, nullable=False),
    Column("pseudonym_key", LargeBinary, nullable=False),
    Column("sealed_first_key", LargeBinary, nullable=False),
    schema=AUDIT,
)
