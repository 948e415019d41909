# SPDX-License-Identifier: GPL-3.0-or-later
"""Each file says how far the log had come when it was last remembered: two days do not mix.

The configuration knows what every file says. A file of yesterday says less than is known of it; a
configuration of yesterday knows less than the others say. An older log alone keeps nobody from
the records, that is told elsewhere (`audit_opening`).
"""

from typing import Final

from sqlalchemy import Connection, insert, select

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.database import file_name
from pact_desktop.storage.tables import file_mark

_SCHEMAS: Final = "SELECT name FROM pragma_database_list"


def require_one_moment(connection: Connection) -> None:
    """Raises Fault(STORAGE_DAMAGED) with the file that is older than the others."""
    known = {row.compartment: row.sequence for row in connection.execute(select(file_mark))}
    for compartment in _others(connection):
        says, expected = _said(connection, compartment), known.get(compartment.value, 0)
        if says > expected:
            raise Fault(FaultCode.STORAGE_DAMAGED, file=file_name(Compartment.CONFIG))
        if says < expected and compartment is not Compartment.AUDIT:
            raise Fault(FaultCode.STORAGE_DAMAGED, file=file_name(compartment))


def mark_files(connection: Connection, sequence: int) -> None:
    """In the transaction in which the end of the log is remembered."""
    for compartment in _others(connection):
        # The number that SQLite keeps for the program in the first page of every file.
        connection.exec_driver_sql(f"PRAGMA {compartment.value}.user_version = {sequence:d}")
        own = file_mark.c.compartment == compartment.value
        connection.execute(file_mark.delete().where(own))
        connection.execute(
            insert(file_mark).values(compartment=compartment.value, sequence=sequence)
        )


def _others(connection: Connection) -> list[Compartment]:
    """Every open file but the configuration."""
    attached = set(connection.exec_driver_sql(_SCHEMAS).scalars())
    return [compartment for compartment in Compartment if compartment.value in attached]


def _said(connection: Connection, compartment: Compartment) -> int:
    found = connection.exec_driver_sql(f"PRAGMA {compartment.value}.user_version").scalar_one()
    return int(found)
