# SPDX-License-Identifier: GPL-3.0-or-later
"""What a crash leaves behind opens again; the long form of this is `python3 dev.py rig`."""

import shutil
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage import audit_log, device_key, durable_file
from pact_desktop.storage.database import Database, file_name
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from pact_desktop.storage.tables import audit_entry, resume_point
from tests.factories import SteppableClock

OTHERS = ("config.db", "identity.db", "cases.db")
"""The files besides the log; an older log is told and keeps nobody from the records."""


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


def opened(place: Path, keyring: KeyRing) -> Store:
    return Store.open(place, keyring, keyring.account, SteppableClock())


def half_done(connection: Connection) -> None:
    """Changes in two files that are on the disk already, and not committed."""
    for schema in ("main", "audit"):
        connection.exec_driver_sql(f"PRAGMA {schema}.cache_size = 1")
    connection.exec_driver_sql("BEGIN IMMEDIATE")
    connection.execute(audit_entry.delete())
    for number in range(8):
        connection.execute(
            resume_point.insert().values(account_id=f"half-{number}", sealed=bytes(9_000))
        )


def test_change_that_a_crash_cut_off_is_taken_back(
    place: Path, staff_keyring: KeyRing, tmp_path: Path
) -> None:
    """The program dies while saving: the next start undoes the half, and calls nothing damaged."""
    before = {one: (place / file_name(one)).read_bytes() for one in Compartment}
    left = tmp_path / "left"
    database = Database(place, staff_keyring.keys)
    with database.connect() as connection:
        half_done(connection)
        shutil.copytree(place, left)
    database.close()
    assert (left / "config.db-journal").stat().st_size > 0
    assert (left / "audit.db-journal").stat().st_size > 0
    assert (left / "config.db").read_bytes() != before[Compartment.CONFIG]
    store = opened(left, staff_keyring)
    with store.reading_config() as connection:
        assert connection.execute(select(resume_point)).all() == []
        assert audit_log.count(connection) > 0
    store.close()


@pytest.mark.parametrize("compartment", Compartment)
def test_emptied_file_is_not_one_that_the_recovery_sheet_opens(
    compartment: Compartment, place: Path, staff_keyring: KeyRing
) -> None:
    """SQLite finds nothing wrong with a file of no bytes; whoever tries the sheet must."""
    (place / file_name(compartment)).write_bytes(b"")
    with pytest.raises(Fault) as refused:
        Store.would_open(place, staff_keyring.keys)
    assert refused.value.code is FaultCode.STORAGE_DAMAGED


def test_folder_of_the_device_key_is_there_after_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is only as sure as the names of all the folders on the way to it."""
    synced: list[Path] = []
    monkeypatch.setattr(durable_file, "sync_folder", synced.append)
    device_key.keep(tmp_path / "new" / "device", bytes(32))
    assert synced == [tmp_path, tmp_path / "new", tmp_path / "new" / "device"]
    device_key.keep(tmp_path / "new" / "device", bytes(32))
    assert len(synced) == 3


def a_day(place: Path, keyring: KeyRing) -> None:
    """Somebody signs in, changes something and goes home."""
    store = opened(place, keyring)
    with store.changing(AuditEvent(AuditAction.LOCKED)):
        pass
    store.remember_end()
    store.close()


@pytest.mark.parametrize("names", [*combinations(OTHERS, 1), *combinations(OTHERS, 2), OTHERS])
def test_files_of_yesterday_among_those_of_today_are_refused(
    names: tuple[str, ...], place: Path, staff_keyring: KeyRing
) -> None:
    """Whoever puts one file back loses what the other files and the log still speak of."""
    a_day(place, staff_keyring)
    yesterday = {name: (place / name).read_bytes() for name in names}
    a_day(place, staff_keyring)
    for name, whole in yesterday.items():
        (place / name).write_bytes(whole)
    with pytest.raises(Fault) as refused:
        opened(place, staff_keyring)
    assert refused.value.code is FaultCode.STORAGE_DAMAGED
    assert refused.value.facts["file"] in names


def test_who_holds_fewer_keys_leaves_the_other_files_as_they_were(
    place: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The manager's days do not make the names look old to the nurse."""
    for name in ("nadia", "mira", "mira", "nadia", "mira", "nadia"):
        a_day(place, keyring_of(name))
    opened(place, keyring_of("ivo")).close()
