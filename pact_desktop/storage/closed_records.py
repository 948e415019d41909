# SPDX-License-Identifier: GPL-3.0-or-later
"""Closed records as their people see them: rows beside the others, which no file ever holds.

While a record is closed its rows are nowhere but in one encrypted body. Who holds its key has them
in tables of memory: looks go over views that join both, and a change of such a record goes to the
tables of memory alone and is packed into the body again in the same transaction. So every other
statement of the program stays as it is, and nothing of the record is written in clear, not even
under the key of a file.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError

from pact_desktop.boot_clock import Seconds, since_boot
from pact_desktop.domain.accounts import AccountId, Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.sealing import ClosedRecord, SealedId
from pact_desktop.storage.database import IN_FILES, Database
from pact_desktop.storage.erasure import PERSON_COLUMNS, will_be_finished
from pact_desktop.storage.keys import KeyRing, SealingKey, canonical_json, decrypt, encrypt
from pact_desktop.storage.metadata import CASES, IDENTITY, metadata
from pact_desktop.storage.record_tables import patient, referral, screening
from pact_desktop.storage.sealed_boxes import Box, BoxKind, Holder, boxes_of, save_boxes
from pact_desktop.storage.sealed_epochs import Givens, is_last, last_given
from pact_desktop.storage.sealed_tables import sealed_box, sealed_record

MEMORY: Final = "closed"
_BOTH: Final = "temp"
_PAGE: Final = 4096
"""Bodies are filled up to whole pages: their length says little about what happened."""
_FORM: Final = 1
"""Of a body: what a later version writes otherwise is not read as this one."""
_LENGTH: Final = 8
_NEEDED: Final = (Compartment.IDENTITY, Compartment.AUDIT)
"""The file that the bodies lie in, and the log that says which key is the last one."""
_ORDER: Final = "row_number"


class Rows(msgspec.Struct, frozen=True):
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


class Body(msgspec.Struct, frozen=True):
    """What lies encrypted: every row of the record, and what only its people may read."""

    case: str
    tables: dict[str, Rows]
    about: str = ""
    typed: dict[str, str] = {}
    """Reasons of emergencies as they were typed, by use."""
    reviews: dict[str, str] = {}
    form: int = _FORM


@dataclass(frozen=True, slots=True)
class Opened:
    """A record whose key this session holds."""

    record: ClosedRecord
    epoch: int
    key: bytes = field(repr=False)
    typed: Mapping[str, str] = field(default_factory=dict, repr=False)
    reviews: Mapping[str, str] = field(default_factory=dict, repr=False)


def record_tables() -> list[Table]:
    """Every table with rows of one person, parents before children."""
    return [
        table
        for table in metadata.sorted_tables
        if table.schema in (IDENTITY, CASES)
        and table not in (sealed_record, sealed_box)
        and any(name in table.c for name in PERSON_COLUMNS)
    ]


def _in_files() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.schema in {IDENTITY, CASES}]


class ClosedRecords:
    """The closed records that one session has opened."""

    def __init__(
        self, database: Database, keyring: KeyRing, boot_clock: Seconds = since_boot
    ) -> None:
        self._database, self._keyring = database, keyring
        self.boot_clock = boot_clock
        self.opened: Final[dict[CaseNumber, Opened]] = {}
        self.unreadable: Final[set[SealedId]] = set()
        """Named for, or to be recovered, but box and body are not what belongs together now."""
        self._ready = False

    # Where statements go ---------------------------------------------------------------------

    def over_both(self, connection: Connection) -> None:
        """From here on a look sees open and closed records alike."""
        if self.opened:
            self._lead(connection, _BOTH)

    def over_closed(self, connection: Connection) -> None:
        """From here on statements reach the closed records alone."""
        self._lead(connection, MEMORY)

    @staticmethod
    def _lead(connection: Connection, schema: str) -> None:
        connection.execution_options(
            schema_translate_map={
                **IN_FILES["schema_translate_map"],
                IDENTITY: schema,
                CASES: schema,
            }
        )

    def prepare(self) -> None:
        """Makes the tables of memory; outside of any transaction."""
        if self._ready:
            return
        with self._database.connect() as connection:
            connection.exec_driver_sql(f"ATTACH ':memory:' AS {MEMORY} KEY ''")
            self._lead(connection, MEMORY)
            metadata.create_all(connection, tables=record_tables(), checkfirst=False)
        self._ready = True
        self._make_views()

    @contextmanager
    def without_views(self) -> Iterator[None]:
        """While a file is written anew: SQLite would take a view for the table of its name."""
        if not self._ready:
            yield
            return
        with self._database.connect() as connection:
            for table in _in_files():
                connection.exec_driver_sql(f"DROP VIEW temp.{table.name}")
        try:
            yield
        finally:
            self._make_views()

    def _make_views(self) -> None:
        closed = record_tables()
        with self._database.connect() as connection:
            for table in _in_files():
                names = ", ".join(table.c.keys())
                parts = [table.fullname, *([f"{MEMORY}.{table.name}"] if table in closed else [])]
                joined = " UNION ALL ".join(f"SELECT {names} FROM {part}" for part in parts)  # noqa: S608 own names
                connection.exec_driver_sql(f"CREATE TEMP VIEW {table.name} AS {joined}")

    # Opening and closing ---------------------------------------------------------------------

    def open_mine(self) -> None:
        """Opens every record that this person is named for."""
        if not self._keyring.sealing_seed or not all(map(self._keyring.holds, _NEEDED)):
            return
        own = self._keyring.account.account_id
        with self._database.connect() as connection:
            rows = connection.execute(
                select(sealed_record)
                .join(sealed_box, sealed_box.c.record_id == sealed_record.c.record_id)
                .where(sealed_box.c.holder == own, sealed_box.c.kind == BoxKind.NAMED.value)
            ).all()
        if not rows:
            return
        self.prepare()
        with self._database.connect() as connection:
            givens = last_given(connection)
            for row in rows:
                record_id = SealedId(row.record_id)
                boxes = boxes_of(connection, record_id, row.epoch)
                mine = next((box for box in boxes if box.holder == own), None)
                if mine is None:
                    self.unreadable.add(record_id)
                    continue
                try:
                    found = self.read(connection, mine, self._keyring.sealing, givens)
                    self.take(connection, *found)
                except Fault:
                    self.unreadable.add(record_id)
                    continue
                self.opened[found[0].record.case_number] = found[0]

    def carry_on(self, earlier: "ClosedRecords") -> None:
        """What an emergency opened under the earlier keys of the files stays open for its time."""
        held = [one for one in earlier.opened.values() if one.record.until is not None]
        if not held:
            return
        self.prepare()
        with self._database.connect() as connection:
            for one in held:
                try:
                    body = self._body(self._row(connection, one.record.record_id), one.key)
                except Fault:
                    # Damaged meanwhile: it ends, and its people are told at their sign-in.
                    continue
                self.take(connection, one, body)
                self.opened[one.record.case_number] = one

    def read(
        self, connection: Connection, box: Box, pair: SealingKey, givens: Givens
    ) -> tuple[Opened, Body]:
        """A body under the key in this box.

        Raises Fault(STORAGE_DAMAGED) when the box is for another pair or nobody known gave it, the
        body is another one, or the log names a later key or somebody else who gave it.
        """
        key = box.opened(pair, self._keyring)
        row = self._row(connection, box.record_id)
        if key is None:
            raise _damaged()
        body = self._body(row, key)
        case_number = CaseNumber(body.case)
        if not is_last(connection, case_number, givens, epoch=box.epoch, granter=box.granter):
            raise _damaged()
        named = frozenset(
            AccountId(other.holder)
            for other in boxes_of(connection, box.record_id, row.epoch)
            if other.kind is BoxKind.NAMED
        )
        about = AccountId(body.about) if body.about else None
        record = ClosedRecord(box.record_id, case_number, named, about)
        return Opened(record, row.epoch, key, body.typed, body.reviews), body

    @staticmethod
    def _row(connection: Connection, record_id: SealedId) -> Row[Any]:
        row = connection.execute(
            select(sealed_record).where(sealed_record.c.record_id == record_id),
            execution_options=IN_FILES,
        ).first()
        if row is None:
            raise _damaged()
        return row

    def _body(self, row: Row[Any], key: bytes) -> Body:
        plain = decrypt(key, row.body, self._context(SealedId(row.record_id), row.epoch))
        if plain is None:
            raise _damaged()
        length = int.from_bytes(plain[:_LENGTH])
        try:
            body = msgspec.msgpack.decode(plain[_LENGTH : _LENGTH + length], type=Body)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise _damaged() from None
        if body.form != _FORM:
            raise _damaged()
        return body

    def take(self, connection: Connection, opened: Opened, body: Body) -> None:
        """Puts the rows of a body into the tables of memory; all of them, or none.

        Raises Fault(STORAGE_DAMAGED) for rows that do not fit the tables.
        """
        _remove(connection, MEMORY, opened.record.case_number)
        try:
            _write(connection, MEMORY, body.tables)
        except (DBAPIError, TypeError):
            _remove(connection, MEMORY, opened.record.case_number)
            raise _damaged() from None

    def forget(self, case_number: CaseNumber) -> None:
        """Closes what was opened in an emergency; between transactions."""
        self.opened.pop(case_number, None)
        with self._database.connect() as connection:
            _remove(connection, MEMORY, case_number)

    def forget_expired(self) -> None:
        now = self.boot_clock()
        for case_number, opened in list(self.opened.items()):
            until = opened.record.until
            if until is not None and now >= until:
                self.forget(case_number)

    # Changing --------------------------------------------------------------------------------

    def put_away(
        self,
        connection: Connection,
        opened: Opened,
        holders: Iterable[Holder],
    ) -> None:
        """Takes an open record out of its tables into a body of its own."""
        case_number = opened.record.case_number
        found = dict(_read(connection, "", case_number))
        _remove(connection, "", case_number)
        _remove(connection, MEMORY, case_number)
        _write(connection, MEMORY, found)
        record_id = opened.record.record_id
        connection.execute(
            insert(sealed_record).values(record_id=record_id, epoch=opened.epoch, body=b""),
            execution_options=IN_FILES,
        )
        self._give(connection, opened, holders)
        self.save(connection, opened)
        will_be_finished(connection)

    def bring_back(self, connection: Connection, opened: Opened) -> None:
        """Puts a record back among the open ones; its body and keys are gone."""
        case_number = opened.record.case_number
        found = dict(_read(connection, MEMORY, case_number))
        self.delete(connection, opened.record.record_id)
        _remove(connection, MEMORY, case_number)
        _write(connection, "", found)

    def rekey(self, connection: Connection, opened: Opened, holders: Iterable[Holder]) -> None:
        """`opened` has a new key and the next epoch: the earlier key opens nothing of it."""
        self._give(connection, opened, holders)
        self.save(connection, opened)

    def save(self, connection: Connection, opened: Opened) -> bool:
        """Packs what the tables of memory hold; False where the person was erased from them."""
        record = opened.record
        tables = dict(_read(connection, MEMORY, record.case_number))
        if not tables[patient.name].rows:
            self.delete(connection, record.record_id)
            return False
        body = msgspec.msgpack.encode(
            Body(
                record.case_number,
                tables,
                record.about or "",
                dict(opened.typed),
                dict(opened.reviews),
            )
        )
        plain = len(body).to_bytes(_LENGTH) + body
        plain += bytes(-len(plain) % _PAGE)
        sealed = encrypt(opened.key, plain, self._context(record.record_id, opened.epoch))
        connection.execute(
            update(sealed_record)
            .where(sealed_record.c.record_id == record.record_id)
            .values(epoch=opened.epoch, body=sealed),
            execution_options=IN_FILES,
        )
        return True

    @staticmethod
    def boxes(connection: Connection, opened: Opened) -> list[Box]:
        """Who holds the key of a record now."""
        return boxes_of(connection, opened.record.record_id, opened.epoch)

    def with_key(self, opened: Opened, record: ClosedRecord, key: bytes) -> Opened:
        return replace(opened, record=record, key=key, epoch=opened.epoch + 1)

    def _give(self, connection: Connection, opened: Opened, holders: Iterable[Holder]) -> None:
        save_boxes(
            connection,
            opened.record.record_id,
            epoch=opened.epoch,
            key=opened.key,
            holders=holders,
            keyring=self._keyring,
        )

    def delete(self, connection: Connection, record_id: SealedId) -> None:
        for table in (sealed_box, sealed_record):
            connection.execute(
                delete(table).where(table.c.record_id == record_id), execution_options=IN_FILES
            )

    def _context(self, record_id: SealedId, epoch: int) -> bytes:
        return canonical_json(
            {
                "purpose": "pact closed body 1",
                "vault": self._keyring.vault_id,
                "record": record_id,
                "epoch": epoch,
            }
        )


def _damaged() -> Fault:
    return Fault(FaultCode.STORAGE_DAMAGED, file="identity.db")


# Rows, as the driver has them: what is in a column goes through unchanged -----------------------


def _place(table: Table, schema: str) -> str:
    return f"{schema}.{table.name}" if schema else table.fullname


def _numbers(connection: Connection, schema: str, case_number: CaseNumber) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"case_number": [case_number]}
    for table, name in (
        (patient, "patient_id"),
        (screening, "screening_id"),
        (referral, "referral_id"),
    ):
        rows = connection.exec_driver_sql(
            f"SELECT {name} FROM {_place(table, schema)} WHERE case_number = ?",  # noqa: S608 own names
            (case_number,),
        )
        found[name] = [row[0] for row in rows]
    return found


def _of_record(table: Table, numbers: Mapping[str, list[str]]) -> tuple[str, tuple[str, ...]]:
    """The condition that chooses the rows of one record."""
    name = next(name for name in PERSON_COLUMNS if name in table.c)
    marks = ", ".join("?" for _ in numbers[name])
    return f"{name} IN ({marks})", tuple(numbers[name])


def _read(
    connection: Connection, schema: str, case_number: CaseNumber
) -> Iterator[tuple[str, Rows]]:
    numbers = _numbers(connection, schema, case_number)
    for table in record_tables():
        columns = tuple(str(name) for name in table.columns.keys() if name != _ORDER)  # noqa: SIM118
        where, values = _of_record(table, numbers)
        order = _ORDER if _ORDER in table.c else "rowid"
        rows = connection.exec_driver_sql(
            f"SELECT {', '.join(columns)} FROM {_place(table, schema)} "  # noqa: S608 own names
            f"WHERE {where} ORDER BY {order}",
            values,
        )
        yield str(table.name), Rows(columns, tuple(tuple(row) for row in rows))


def _write(connection: Connection, schema: str, tables: Mapping[str, Rows]) -> None:
    """Rows without their number: others may have taken it meanwhile. Their order stays."""
    for table in record_tables():
        found = tables.get(table.name)
        if found is None or not found.rows:
            continue
        marks = ", ".join("?" for _ in found.columns)
        connection.exec_driver_sql(
            f"INSERT INTO {_place(table, schema)} ({', '.join(found.columns)}) VALUES ({marks})",  # noqa: S608 own names
            [tuple(row) for row in found.rows],
        )


def _remove(connection: Connection, schema: str, case_number: CaseNumber) -> None:
    numbers = _numbers(connection, schema, case_number)
    for table in reversed(record_tables()):
        where, values = _of_record(table, numbers)
        connection.exec_driver_sql(
            f"DELETE FROM {_place(table, schema)} WHERE {where}",  # noqa: S608 own names
            values,
        )
