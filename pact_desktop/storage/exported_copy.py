# SPDX-License-Identifier: GPL-3.0-or-later
"""One encrypted file written anew under another key, and proved to hold the same.

SQLCipher's own change of a key in place reports success when it failed (security.md F1). So the
file is exported to a new one, which is read on connections of its own before anybody relies on it.
"""

from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlcipher3 import dbapi2

from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.database import is_whole, open_file, raw_key
from pact_desktop.storage.durable_file import sync_file
from pact_desktop.storage.faults import storage_faults

_NEW: Final = "copied"
_SCHEMA: Final = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
_KEPT: Final = ("user_version", "application_id")
"""What SQLite keeps for the program in the first page, and an export leaves out."""


def export(source: Path, target: Path, old: bytes, new: bytes) -> None:
    """Writes all of `source` into `target`, which must not be there, and onto the disk."""
    with storage_faults():
        target.touch(mode=0o600, exist_ok=False)
        with closing(open_file(source, old, mode="rw")) as driver:
            raw = raw_key(new)
            driver.execute(f"ATTACH ? AS {_NEW} KEY ?", (_uri(target), raw))
            raw[:] = bytes(len(raw))
            # Until it is proved the new file counts for nothing, so it needs no journal.
            driver.execute(f"PRAGMA {_NEW}.journal_mode = OFF")
            driver.execute(f"PRAGMA {_NEW}.secure_delete = ON")
            driver.execute("BEGIN EXCLUSIVE")
            driver.execute(f"SELECT sqlcipher_export('{_NEW}', 'main')").fetchall()
            for name in _KEPT:
                ((value,),) = driver.execute(f"PRAGMA main.{name}").fetchall()
                driver.execute(f"PRAGMA {_NEW}.{name} = {int(value)}")
            driver.execute("COMMIT")
        sync_file(target)


def require_same(source: Path, target: Path, old: bytes, new: bytes) -> None:
    """Raises Fault(STORAGE_FAILED) unless the new file is whole and holds what the old one does."""
    if not is_whole(target, new):
        raise Fault(FaultCode.STORAGE_FAILED, file=target.name)
    with storage_faults():
        with closing(open_file(source, old, mode="rw")) as before:
            expected = _contents(before)
        with closing(open_file(target, new, mode="rw")) as after:
            found = _contents(after)
    if found != expected:
        raise Fault(FaultCode.STORAGE_FAILED, file=target.name)


def _contents(driver: dbapi2.Connection) -> dict[str, object]:
    """The form of the file, and how many rows of what content each table has."""
    found: dict[str, object] = {
        name: tuple(driver.execute(f"PRAGMA {name}").fetchone()) for name in _KEPT
    }
    found["form"] = [tuple(row) for row in driver.execute(_SCHEMA)]
    for (table,) in driver.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall():
        digest, count = sha256(), 0
        for row in _rows(driver, table):
            digest.update(repr(row).encode())
            count += 1
        found[f"table {table}"] = (count, digest.hexdigest())
    return found


def _rows(driver: dbapi2.Connection, table: str) -> Iterator[tuple[object, ...]]:
    """Every value with its type; as bytes, because a file may hold what is no text."""
    columns = [_quoted(row[1]) for row in driver.execute(f"PRAGMA table_info({_quoted(table)})")]
    shown = ", ".join(f"typeof({name}), CAST({name} AS BLOB)" for name in columns)
    order = ", ".join(str(number) for number in range(1, 2 * len(columns) + 1))
    for row in driver.execute(f"SELECT {shown} FROM {_quoted(table)} ORDER BY {order}"):  # noqa: S608 names of our own tables
        yield tuple(row)


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=rw"
