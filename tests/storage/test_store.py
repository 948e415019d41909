# SPDX-License-Identifier: GPL-3.0-or-later
"""What was saved stays saved, what is not ours is never opened, nothing is ever made anew."""

import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlcipher3 import dbapi2

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent, FindingKind
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.services import accounts
from pact_desktop.storage import audit_log
from pact_desktop.storage.database import Database, check_integrity, file_name, file_salt
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from pact_desktop.storage.tables import audit_entry, resume_point
from tests.factories import CHEAP, STAFF, SteppableClock, a_facility, new_staff

LOOK = AuditEvent(AuditAction.PATIENT_SEEN, subject="p1")
CHANGE = AuditEvent(AuditAction.PATIENT_CHANGED, subject="p1")


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


def opened(place: Path, keyring: KeyRing) -> Store:
    return Store.open(place, keyring, keyring.account, SteppableClock())


def refusal_to_open(place: Path, keyring: KeyRing) -> FaultCode:
    """How opening fails; nothing in the folder may have changed by trying."""
    before = {path.name: path.read_bytes() for path in place.glob("*.db")}
    with pytest.raises(Fault) as refused:
        opened(place, keyring)
    assert {path.name: path.read_bytes() for path in place.glob("*.db")} == before
    assert isinstance(refused.value.code, FaultCode)
    return refused.value.code


def rows(store: Store) -> tuple[int, int]:
    """Changed rows and log entries, in two different files."""
    with store.reading_config() as connection:
        saved = connection.execute(select(func.count()).select_from(resume_point)).scalar_one()
        logged = connection.execute(
            select(func.count())
            .select_from(audit_entry)
            .where(audit_entry.c.body.contains(AuditAction.PATIENT_CHANGED.value))
        ).scalar_one()
    return saved, logged


def fill(store: Store) -> tuple[FaultCode, int]:
    """Saves until the disk refuses: how it refused, and how many saves were acknowledged."""
    for number in range(1000):
        try:
            add(store, f"n{number}", 30_000)
        except Fault as refused:
            assert isinstance(refused.code, FaultCode)  # noqa: PT017 the count matters too
            return refused.code, number
    pytest.fail("the disk never filled")


def add(store: Store, name: str, size: int = 10) -> None:
    with store.changing(CHANGE) as connection:
        connection.execute(
            resume_point.insert().values(account_id=name, sealed=secrets.token_bytes(size))
        )


@pytest.mark.parametrize("compartment", Compartment)
def test_each_file_is_unreadable_without_its_own_key(
    compartment: Compartment, place: Path, staff_keyring: KeyRing
) -> None:
    """None of the other three keys, and no tool without a key, reads a compartment."""
    path = place / file_name(compartment)
    others = [key for name, key in staff_keyring.keys.items() if name is not compartment]
    for key in (None, *others):
        driver = dbapi2.connect(f"{path.as_uri()}?mode=ro", uri=True)
        driver.execute("PRAGMA cipher_log_level = NONE")
        if key is not None:
            driver.set_key(bytearray(b"x'" + key.hex().encode() + b"'"))
        with pytest.raises(dbapi2.DatabaseError):
            driver.execute("SELECT count(*) FROM sqlite_master").fetchall()
        driver.close()
    assert b"SQLite" not in path.read_bytes()


@pytest.mark.parametrize("compartment", Compartment)
def test_each_file_opens_with_the_raw_key(
    compartment: Compartment, place: Path, staff_keyring: KeyRing
) -> None:
    """Attached files use the random key itself; a key of wrong length would become a passphrase."""
    driver = dbapi2.connect(f"{(place / file_name(compartment)).as_uri()}?mode=ro", uri=True)
    driver.set_key(bytearray(b"x'" + staff_keyring.keys[compartment].hex().encode() + b"'"))
    assert driver.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    driver.close()


def test_key_of_another_length_is_never_used(place: Path, staff_keyring: KeyRing) -> None:
    """SQLCipher would take it silently for a passphrase."""
    short = {**staff_keyring.keys, Compartment.CASES: bytes(31)}
    with pytest.raises(ValueError, match="32 bytes"):
        Database(place, short)


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("mira", {Compartment.CONFIG, Compartment.CASES, Compartment.AUDIT}),
        ("ivo", {Compartment.CONFIG}),
        ("nadia", set(Compartment)),
    ],
)
def test_session_reaches_only_the_files_of_the_role(
    name: str, held: set[Compartment], place: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The manager's keyring opens no names, the administrator's nothing but the configuration."""
    store = opened(place, keyring_of(name))
    with store.reading_config() as connection:
        files = {Path(row[2]).name for row in connection.execute(text("PRAGMA database_list"))}
    assert files == {file_name(compartment) for compartment in held}
    assert {compartment for compartment in Compartment if store.holds(compartment)} == held
    store.close()


def test_settings_of_durability_hold_for_every_file(place: Path, staff_keyring: KeyRing) -> None:
    """No journal mode or sync level that was measured to lose data."""
    database = Database(place, staff_keyring.keys)
    with database.connect() as connection:
        for schema in ("main", "identity", "cases", "audit"):
            found = [
                connection.exec_driver_sql(f"PRAGMA {schema}.{name}").scalar_one()
                for name in ("journal_mode", "synchronous", "auto_vacuum", "secure_delete")
            ]
            assert found == ["truncate", 3, 0, 1]
    database.close()


@pytest.mark.parametrize("compartment", Compartment)
def test_flipped_byte_is_found_before_anything_is_shown(
    compartment: Compartment, place: Path, staff_keyring: KeyRing
) -> None:
    """Every page of every file: a flipped bit is said as damage."""
    path = place / file_name(compartment)
    whole = path.read_bytes()
    for position in range(100, len(whole), 4096):
        flipped = bytearray(whole)
        flipped[position] ^= 1
        path.write_bytes(flipped)
        with pytest.raises(Fault) as refused:
            check_integrity(place, staff_keyring.keys, staff_keyring.salts)
        assert refused.value.code is FaultCode.STORAGE_DAMAGED
    assert refusal_to_open(place, staff_keyring) is FaultCode.STORAGE_DAMAGED


@pytest.mark.parametrize("compartment", Compartment)
def test_cut_file_is_damaged(compartment: Compartment, place: Path, staff_keyring: KeyRing) -> None:
    """A file that lost its last page, or all but its first, is not opened."""
    path = place / file_name(compartment)
    whole = path.read_bytes()
    for length in (len(whole) - 4096, 4096):
        path.write_bytes(whole[:length])
        assert refusal_to_open(place, staff_keyring) is FaultCode.STORAGE_DAMAGED


@pytest.mark.parametrize("compartment", Compartment)
def test_missing_file_is_said_and_not_made_anew(
    compartment: Compartment, place: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """An empty file in place of the lost one would look like lost patients."""
    (place / file_name(compartment)).unlink()
    for name in ("nadia", "mira", "ivo"):
        assert refusal_to_open(place, keyring_of(name)) is FaultCode.STORAGE_INCOMPLETE
    assert not (place / file_name(compartment)).exists()


@pytest.mark.parametrize("content", [b"", b"just some words", secrets.token_bytes(40_960)])
@pytest.mark.parametrize("compartment", Compartment)
def test_file_of_somebody_else_is_foreign(
    compartment: Compartment, content: bytes, place: Path, staff_keyring: KeyRing
) -> None:
    """An empty, a text or a random file in place of ours is left alone."""
    (place / file_name(compartment)).write_bytes(content)
    assert refusal_to_open(place, staff_keyring) is FaultCode.STORAGE_FOREIGN


def test_file_of_another_facility_is_foreign(
    place: Path, staff_keyring: KeyRing, tmp_path: Path, device_folder: Path
) -> None:
    """A file copied from another facility on the same computer is not mixed in."""
    other = tmp_path / "other"
    pending = accounts.begin_set_up(
        other,
        a_facility(),
        new_staff(*STAFF),
        SteppableClock(),
        device_folder=device_folder,
        kdf=CHEAP,
    )
    accounts.confirm_recovery(pending, pending.recovery_code)
    shutil.copyfile(other / "records" / "cases.db", place / "cases.db")
    assert refusal_to_open(place, staff_keyring) is FaultCode.STORAGE_FOREIGN


def test_older_audit_file_put_back_is_found(place: Path, staff_keyring: KeyRing) -> None:
    """Putting back yesterday's log to hide today's looks is noticed at the next start."""
    earlier = (place / "audit.db").read_bytes()
    store = opened(place, staff_keyring)
    with store.changing(LOOK):
        pass
    store.remember_end()
    store.close()
    (place / "audit.db").write_bytes(earlier)
    store = opened(place, staff_keyring)
    assert [finding.kind for finding in store.log_check.findings] == [FindingKind.OLDER_COPY]
    store.close()


def test_files_of_a_newer_program_are_left_alone(place: Path, staff_keyring: KeyRing) -> None:
    """An older program that cannot know the form of the records does not touch them."""
    database = Database(place, staff_keyring.keys)
    with database.connect() as connection:
        connection.exec_driver_sql("UPDATE cases.alembic_version SET version_num = 'cases_9999'")
        connection.commit()
    database.close()
    assert refusal_to_open(place, staff_keyring) is FaultCode.STORAGE_NEWER


def test_second_program_is_told_that_the_records_are_in_use(
    place: Path, staff_keyring: KeyRing
) -> None:
    """Two programs at once are refused; a lock file that is left over is no obstacle."""
    store = opened(place, staff_keyring)
    script = "import sys; from pathlib import Path; from pact_desktop.storage.folder_lock import *"
    attempt = f"{script}; FolderLock(Path(sys.argv[1]))"
    command = [sys.executable, "-c", attempt, str(place)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert b"storage-in-use" in done.stderr
    with pytest.raises(Fault) as refused:
        opened(place, staff_keyring)
    assert refused.value.code is FaultCode.STORAGE_IN_USE
    store.close()
    opened(place, staff_keyring).close()


def break_off(shown: object) -> None:
    """An error in the middle, after something was done."""
    raise KeyError(shown)


def test_failed_change_leaves_nothing(place: Path, staff_keyring: KeyRing) -> None:
    """A change that breaks off is neither in the records nor in the log."""
    store = opened(place, staff_keyring)
    before = rows(store)
    with pytest.raises(KeyError), store.changing(CHANGE) as connection:
        break_off(connection.execute(resume_point.insert().values(account_id="x", sealed=b"y")))
    assert rows(store) == before
    store.close()


def test_look_is_in_the_log_before_a_row_is_shown(place: Path, staff_keyring: KeyRing) -> None:
    """Whoever breaks off while looking has still looked."""
    store = opened(place, staff_keyring)
    with pytest.raises(KeyError), store.reading(LOOK) as connection:
        break_off(audit_log.entries(connection))
    with store.reading_config() as connection:
        assert audit_log.entries(connection)[-1]["action"] == "patient-seen"
    store.close()


def test_nothing_is_shown_when_the_log_cannot_be_written(
    place: Path, staff_keyring: KeyRing
) -> None:
    """Fail closed: no entry, no look."""
    store = opened(place, staff_keyring)
    with store.changing(CHANGE) as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER audit.full BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'x'); END"
        )
    shown = []
    with pytest.raises(Exception, match="x"), store.reading(LOOK):
        shown.append("a row")
    assert shown == []
    store.close()


def test_look_without_an_event_is_a_mistake(place: Path, staff_keyring: KeyRing) -> None:
    """No code can read or write records without naming what for."""
    store = opened(place, staff_keyring)
    with pytest.raises(ValueError, match="event"), store.reading():
        pass
    with pytest.raises(RuntimeError), store.reading(LOOK), store.changing(CHANGE):
        pass
    store.close()


def test_errors_of_the_database_stay_silent(
    place: Path, staff_keyring: KeyRing, capfd: pytest.CaptureFixture[str]
) -> None:
    """SQLCipher would print on the terminal or into a service's log."""
    (place / "cases.db").write_bytes(secrets.token_bytes(8192))
    refusal_to_open(place, staff_keyring)
    captured = capfd.readouterr()
    assert captured.out + captured.err == ""


WRITER = """
import sys
from pathlib import Path
from tests.storage.test_store import add, opened
from pact_desktop.storage.keys import KeyRing
place, size = Path(sys.argv[1]), int(sys.argv[2])
store = opened(place, KeyRing.from_bytes(bytes.fromhex(sys.stdin.readline())))
number = 0
print("ready", flush=True)
while True:
    add(store, f"{sys.argv[3]}-{number}", size)
    print(number, flush=True)
    number += 1
"""


def start_writer(place: Path, keyring: KeyRing, size: int, name: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(place), str(size), name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert writer.stdin is not None
    writer.stdin.write(keyring.to_bytes().hex() + "\n")
    writer.stdin.flush()
    return writer


def test_killed_program_keeps_every_acknowledged_save(place: Path, staff_keyring: KeyRing) -> None:
    """Kill -9 in the middle of saving: no acknowledged save is lost, no save is half done."""
    acknowledged: list[str] = []
    for turn in range(6):
        writer = start_writer(place, staff_keyring, 40_000, f"turn{turn}")
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        answers = [writer.stdout.readline().strip() for _ in range(2 + 3 * turn)]
        writer.kill()
        rest, _ = writer.communicate()
        acknowledged += [f"turn{turn}-{number}" for number in (*answers, *rest.split())]
    store = opened(place, staff_keyring)
    saved, logged = rows(store)
    with store.reading_config() as connection:
        names = set(connection.execute(select(resume_point.c.account_id)).scalars())
    assert set(acknowledged) <= names
    assert saved == logged
    assert saved - len(acknowledged) <= 6
    store.close()


def run(command: list[str]) -> int:
    """Exit status of one of the system's own commands."""
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real disk of 2 MB, where this machine lets us mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(disk)]
    if sys.platform != "linux" or run(mount):
        pytest.skip("mounting a small disk needs rights that this user lacks")
    yield disk
    run(["umount", "-l", str(disk)])


def test_full_disk_loses_nothing_and_says_so(
    small_disk: Path, place: Path, staff_keyring: KeyRing
) -> None:
    """Saves until the disk is full: the last one is refused, the earlier ones are kept."""
    shutil.copytree(place, small_disk / "records")
    store = opened(small_disk / "records", staff_keyring)
    code, kept = fill(store)
    assert code is FaultCode.STORAGE_FULL
    assert rows(store) == (kept, kept)
    store.close()


def look_until_refused(store: Store) -> tuple[object, int]:
    shown = 0
    try:
        for _ in range(500):
            with store.reading(LOOK):
                shown += 1
    except Fault as refused:
        return refused.code, shown
    return None, shown


def test_full_disk_shows_nothing(small_disk: Path, place: Path, staff_keyring: KeyRing) -> None:
    """A look that cannot be logged is not given."""
    shutil.copytree(place, small_disk / "records")
    store = opened(small_disk / "records", staff_keyring)
    with pytest.raises(OSError, match="space"):
        (small_disk / "filler").write_bytes(bytes(4_000_000))
    code, shown = look_until_refused(store)
    with store.reading_config() as connection:
        logged = [entry["subject"] for entry in audit_log.entries(connection)].count("p1")
    assert (code, logged) == (FaultCode.STORAGE_FULL, shown)
    store.close()


def test_limit_on_file_size_is_a_fault_and_loses_nothing(
    place: Path, staff_keyring: KeyRing
) -> None:
    """Where no disk can be mounted: the system refuses to let a file grow."""
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    limit = max(path.stat().st_size for path in place.glob("*.db")) + 300_000
    before = (
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN),
        resource.getrlimit(resource.RLIMIT_FSIZE),
    )
    store = opened(place, staff_keyring)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1][1]))
    try:
        code, kept = fill(store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before[1])
        signal.signal(signal.SIGXFSZ, before[0])
    assert code in {FaultCode.STORAGE_FULL, FaultCode.STORAGE_FAILED}
    assert rows(store) == (kept, kept)
    store.close()
    store = opened(place, staff_keyring)
    assert rows(store) == (kept, kept)
    store.close()


def test_read_only_folder_is_said(small_disk: Path, place: Path, staff_keyring: KeyRing) -> None:
    """A write-protected stick is named as such and stays as it is."""
    target = small_disk / "records"
    shutil.copytree(place, target)
    assert run(["mount", "-o", "remount,ro", str(small_disk)]) == 0
    assert refusal_to_open(target, staff_keyring) is FaultCode.STORAGE_READ_ONLY


def test_store_never_writes_over_a_file(place: Path, staff_keyring: KeyRing) -> None:
    """Making a store where one is already is refused, and the one that is there stays whole."""
    before = {path.name: path.read_bytes() for path in place.glob("*.db")}
    with pytest.raises(Fault):
        Store.create(place, staff_keyring, b"")
    assert {path.name: path.read_bytes() for path in place.glob("*.db")} == before
    assert file_salt(place, Compartment.CASES) == staff_keyring.salts[Compartment.CASES]
