# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the encrypted compartment files as one database, or says why it cannot."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.faults import fault_of, storage_faults

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
_RAW_KEY_LENGTH: Final = len("x''") + 2 * KEY_BYTES
_BUSY_SECONDS: Final = 5.0

_OF_CONNECTION: Final[tuple[tuple[str, str, int | str], ...]] = (
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("temp_store", "MEMORY", 2),
    ("cell_size_check", "ON", 1),
    ("fullfsync", "ON", 1),
)
_OF_SCHEMA: Final[tuple[tuple[str, str, int | str], ...]] = (
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("auto_vacuum", "NONE", 0),
    ("secure_delete", "ON", 1),
    ("mmap_size", "0", 0),
)
"""Settings with what must be read back; each was measured (security.md F2, F3, F4, F6, F11)."""
_OF_THE_FILE: Final = frozenset({FaultCode.STORAGE_DAMAGED, FaultCode.STORAGE_FOREIGN})
"""What SQLite says of bytes that are wrong; everything else it says of the disk."""
_UNREADABLE: Final[list[tuple[Any, ...]]] = [("unreadable",)]


def file_name(compartment: Compartment) -> str:
    return f"{compartment.value}.db"


def schema_name(compartment: Compartment) -> str:
    """Name of an open file inside the connection: the configuration is the main one."""
    return "main" if compartment is Compartment.CONFIG else compartment.value


IN_FILES: Final = {
    "schema_translate_map": {Compartment.CONFIG.value: schema_name(Compartment.CONFIG)}
}
"""For what always lies in the files, also while a closed record is in hand (`closed_records`)."""


def file_salt(place: Path, compartment: Compartment) -> bytes:
    """First bytes of a file; they are not secret and tell one file from another."""
    return salt_of(place / file_name(compartment))


def salt_of(path: Path) -> bytes:
    with storage_faults(), path.open("rb") as file:
        return file.read(SALT_BYTES)


def require_files(place: Path) -> None:
    """Raises Fault(STORAGE_INCOMPLETE) when one of the four files is not there."""
    for compartment in Compartment:
        if not (place / file_name(compartment)).is_file():
            raise Fault(FaultCode.STORAGE_INCOMPLETE, file=file_name(compartment))


class Database:
    """One connection over all the files of a keyring. Nothing is ever created by opening."""

    def __init__(self, place: Path, keys: Mapping[Compartment, bytes]) -> None:
        self._driver = _connect(place, keys, mode="rw")
        self.engine: Final = _engine(self._driver)

    @classmethod
    def create(cls, place: Path, keys: Mapping[Compartment, bytes]) -> "Database":
        """New empty files; a file that is already there is never touched."""
        for compartment in keys:
            path = place / file_name(compartment)
            with storage_faults():
                if path.exists():
                    raise FileExistsError(errno.EEXIST, "file exists")
                path.touch(mode=0o600, exist_ok=False)
        return cls(place, keys)

    def connect(self) -> Connection:
        return self.engine.connect()

    def compact(self, compartment: Compartment) -> None:
        """Writes a file anew without its free pages, between two transactions; all or nothing."""
        self._driver.execute(f"VACUUM {schema_name(compartment)}")

    def close(self) -> None:
        self.engine.dispose()
        self._driver.close()


@contextmanager
def one_file(path: Path, compartment: Compartment, key: bytes) -> Iterator[Connection]:
    """A file by itself, wherever it lies, under the name that it has when all are open."""
    with storage_faults():
        driver = dbapi2.connect(":memory:", uri=True, isolation_level=None)
        try:
            driver.execute("PRAGMA cipher_log_level = NONE")
            driver.execute("PRAGMA temp_store = MEMORY")
            _attach(driver, path, compartment, key, mode="rw")
            with _engine(driver).connect() as connection:
                yield connection
        finally:
            driver.close()


def check_integrity(
    place: Path, keys: Mapping[Compartment, bytes], salts: Mapping[Compartment, bytes]
) -> None:
    """Both checks of every file, each on a connection of its own.

    Raises Fault(STORAGE_DAMAGED), or Fault(STORAGE_FOREIGN) for a file of somebody else.
    The two pragmas find different damage, and on one connection the first spoils the second.
    """
    for compartment, key in keys.items():
        file = file_name(compartment)
        if compartment in salts and file_salt(place, compartment) != salts[compartment]:
            raise Fault(FaultCode.STORAGE_FOREIGN, file=file)
        if not is_whole(place / file, key):
            raise Fault(FaultCode.STORAGE_DAMAGED, file=file)


def is_whole(path: Path, key: bytes) -> bool:
    """Both checks of one file."""
    healthy: tuple[tuple[str, list[tuple[Any, ...]]], ...] = (
        ("cipher_integrity_check", []),
        ("integrity_check", [("ok",)]),
    )
    return all(_answer(path, key, pragma) == expected for pragma, expected in healthy)


def _answer(path: Path, key: bytes, pragma: str) -> list[tuple[Any, ...]]:
    """Rows of one check; a file that cannot even be read answers with nothing healthy.

    Not read-only: what a crash left half done is rolled back from its journal first, which a
    reader may not do. A disk that fails or is full is said as such and is no damage.
    """
    with storage_faults():
        driver = open_file(path, key, mode="rw")
        try:
            tables = driver.execute("SELECT count(*) FROM sqlite_master").fetchone()
            found = [tuple(row) for row in driver.execute(f"PRAGMA {pragma}").fetchall()]
        except dbapi2.DatabaseError as error:
            if fault_of(error).code not in _OF_THE_FILE:
                raise
            return _UNREADABLE
        finally:
            driver.close()
    return found if tables[0] else _UNREADABLE


def _connect(place: Path, keys: Mapping[Compartment, bytes], *, mode: str) -> dbapi2.Connection:
    with storage_faults():
        driver = open_file(
            place / file_name(Compartment.CONFIG), keys[Compartment.CONFIG], mode=mode
        )
        try:
            for compartment in Compartment:
                if compartment in keys and compartment is not Compartment.CONFIG:
                    path = place / file_name(compartment)
                    _attach(driver, path, compartment, keys[compartment], mode=mode)
            _settle(driver, keys)
        except BaseException:
            driver.close()
            raise
    return driver


def open_file(path: Path, key: bytes, *, mode: str) -> dbapi2.Connection:
    """`mode` keeps SQLite from making a file that is missing."""
    driver = dbapi2.connect(
        f"{path.resolve().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_SECONDS,
        check_same_thread=False,
    )
    driver.execute("PRAGMA cipher_log_level = NONE")
    driver.execute("PRAGMA temp_store = MEMORY")
    raw = raw_key(key)
    driver.set_key(raw)
    raw[:] = bytes(len(raw))
    return driver


def _attach(
    driver: dbapi2.Connection, path: Path, compartment: Compartment, key: bytes, *, mode: str
) -> None:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    raw = raw_key(key)
    driver.execute(f"ATTACH ? AS {compartment.value} KEY ?", (uri, raw))
    raw[:] = bytes(len(raw))


def raw_key(key: bytes) -> bytearray:
    """The raw key form; SQLCipher takes any other length silently for a passphrase."""
    raw = bytearray(b"x'" + key.hex().encode("ascii") + b"'")
    if len(raw) != _RAW_KEY_LENGTH:
        message = "a compartment key has 32 bytes"
        raise ValueError(message)
    return raw


def _settle(driver: dbapi2.Connection, keys: Mapping[Compartment, bytes]) -> None:
    """Sets every pragma and reads it back; a library that ignores one must not be used."""
    for name, value, expected in _OF_CONNECTION:
        _set(driver, name, value, expected)
    for compartment in keys:
        for name, value, expected in _OF_SCHEMA:
            _set(driver, f"{schema_name(compartment)}.{name}", value, expected)


def _set(driver: dbapi2.Connection, name: str, value: str, expected: int | str) -> None:
    driver.execute(f"PRAGMA {name} = {value}").fetchall()
    found = driver.execute(f"PRAGMA {name}").fetchall()
    if [tuple(row) for row in found] != [(expected,)]:
        raise Fault(FaultCode.STORAGE_FAILED, setting=name)


def _engine(driver: dbapi2.Connection) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: driver, module=dbapi2, poolclass=StaticPool)
    return engine.execution_options(**IN_FILES)
