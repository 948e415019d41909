# SPDX-License-Identifier: GPL-3.0-or-later
"""A fingerprint of everything that a facility holds: four files and the key file together."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from pact_desktop.domain.accounts import Compartment
from pact_desktop.storage import vault
from pact_desktop.storage.database import file_name, raw_key

NOTHING: Final = "not set up"
"""The picture of a folder in which no facility is."""

_OF_THE_START: Final = frozenset({"audit_mark", "file_mark"})
"""Tables that opening the files writes by itself."""
_DRAWN_BY_THE_CIPHER: Final = frozenset({"sealed_first_key", "vouched"})
"""Columns whose bytes are random in a way that no seed reaches."""


def picture(place: Path, keys: Mapping[Compartment, bytes]) -> str:
    """Every row of every table, and how often the key file was written."""
    digest = hashlib.sha256()
    for compartment in Compartment:
        connection = _opened(place / file_name(compartment), keys[compartment])
        try:
            for row in _rows(connection):
                digest.update(repr(row).encode())
        finally:
            connection.close()
    return f"{digest.hexdigest()[:16]}-{vault.load(place).generation}"


def rows_of(place: Path, compartment: Compartment, key: bytes) -> list[tuple[object, ...]]:
    """Every row of one file."""
    connection = _opened(place / file_name(compartment), key)
    try:
        return _rows(connection)
    finally:
        connection.close()


def _opened(path: Path, key: bytes) -> dbapi2.Connection:
    connection = dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.set_key(raw_key(key))
    return connection


def _rows(connection: dbapi2.Connection) -> list[tuple[object, ...]]:
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall()
    found: list[tuple[object, ...]] = []
    for (table,) in tables:
        if table in _OF_THE_START:
            continue
        columns = [column[1] for column in connection.execute(f"PRAGMA table_info({table})")]
        kept = ", ".join(f'"{name}"' for name in columns if name not in _DRAWN_BY_THE_CIPHER)
        found.append((table, kept))
        found += [tuple(row) for row in connection.execute(f"SELECT {kept} FROM {table}")]  # noqa: S608 names of our own tables
    return found
