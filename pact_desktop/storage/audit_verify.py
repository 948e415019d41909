# SPDX-License-Identifier: GPL-3.0-or-later
"""Opens the log by itself and verifies all of it; what lies on the disk stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from pact_desktop.domain.accounts import AccountId, Compartment
from pact_desktop.domain.audit import LogCheck
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage import audit_log
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_check import Mark, check_log
from pact_desktop.storage.audit_epochs import FirstKeys, first_keys
from pact_desktop.storage.audit_marks import remembered_in_config
from pact_desktop.storage.database import Database, check_integrity
from pact_desktop.storage.faults import storage_faults
from pact_desktop.storage.keys import SealingKey

NEEDED: Final = (Compartment.CONFIG, Compartment.AUDIT)
"""The log, and what the configuration remembers of it."""


@dataclass(frozen=True, slots=True)
class Opener:
    """Whoever verifies: the keys of both files, and whose signatures count."""

    keys: Mapping[Compartment, bytes]
    salts: Mapping[Compartment, bytes]
    signers: Mapping[AccountId, bytes]
    pair: SealingKey | None = None
    """Of the recovery sheet; with it the keys of the entries are followed too."""


def verify_log(place: Path, opener: Opener, marks: Sequence[Mark]) -> tuple[LogCheck, Head]:
    """Both files page by page, then the log from its first entry to its end.

    Raises Fault: STORAGE_INCOMPLETE, STORAGE_DAMAGED, STORAGE_FOREIGN, STORAGE_IN_USE.
    """
    keys = {compartment: opener.keys[compartment] for compartment in NEEDED}
    check_integrity(place, keys, opener.salts)
    database = Database(place, keys)
    try:
        with storage_faults(), database.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            in_config = remembered_in_config(connection)
            check = check_log(
                connection,
                opener.signers,
                marks=[*marks, *([in_config] if in_config else [])],
                first_keys=None if opener.pair is None else _first_keys(connection, opener),
            )
            return check, audit_log.head(connection)
    finally:
        database.close()


def _first_keys(connection: Connection, opener: Opener) -> FirstKeys:
    found = first_keys(connection, opener.pair, opener.signers) if opener.pair else None
    if found is None:
        raise Fault(FaultCode.STORAGE_DAMAGED, file="audit.db")
    return found
