# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup is all there under its name, or there is none; a stick that fails is told plainly."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.storage.backup_reading import BackupFile
from pact_desktop.storage.database import file_name
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from tests.storage.backup_support import made, opened, verdict

ENDING = "*.intake-backup"


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def store(place: Path, keyring_of: Callable[[str], KeyRing]) -> Iterator[Store]:
    """The manager's."""
    found = opened(place, keyring_of("mira"))
    yield found
    found.close()


def refused(store: Store, stick: Path) -> FaultCode:
    with pytest.raises(Fault) as told:
        made(store, stick)
    assert list(stick.glob("*")) == []
    assert isinstance(told.value.code, FaultCode)
    return told.value.code


def test_it_holds_the_four_files_as_they_are(store: Store, place: Path, stick: Path) -> None:
    """Byte for byte, also the file for which the manager has no key."""
    found = made(store, stick)
    target = stick / "unpacked"
    target.mkdir()
    with BackupFile(found.path) as file:
        file.unpack(target)
    for compartment in Compartment:
        name = file_name(compartment)
        assert (target / name).read_bytes() == (place / name).read_bytes()
        assert os.name == "nt" or (target / name).stat().st_mode & 0o77 == 0
    assert found.on_same_disk
    assert found.size == found.path.stat().st_size


def test_a_second_one_of_the_same_day_never_replaces_the_first(store: Store, stick: Path) -> None:
    """Nothing that lies on a stick is written over."""
    first, second = made(store, stick), made(store, stick)
    assert first.path != second.path
    assert [verdict(path) for path in (first.path, second.path)] == ["whole", "whole"]


def test_whoever_cannot_read_the_log_makes_one_too(
    store: Store, place: Path, stick: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The administrator copies what stays closed to him."""
    store.close()
    admin = opened(place, keyring_of("ivo"))
    found = made(admin, stick)
    admin.close()
    assert not found.manifest.log_seen
    assert verdict(found.path) == "whole"


def test_work_that_was_cut_off_is_put_in_order_first(
    store: Store, place: Path, stick: Path
) -> None:
    """A journal beside the names waits for somebody with their key; half a change is not copied."""
    (place / "identity.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    assert refused(store, stick) is FaultCode.BACKUP_NOT_SETTLED
    (place / "identity.db-journal").write_bytes(b"")
    assert verdict(made(store, stick).path) == "whole"


def test_files_of_another_moment_than_the_key_file_are_not_copied(
    store: Store, place: Path, stick: Path
) -> None:
    """A file of somebody else in place of the names, which the manager cannot open to see."""
    whole = (place / "identity.db").read_bytes()
    (place / "identity.db").write_bytes(os.urandom(16) + whole[16:])
    assert refused(store, stick) is FaultCode.STORAGE_FOREIGN


def test_damaged_records_are_not_called_a_backup(store: Store, place: Path, stick: Path) -> None:
    """What is held is checked before it is copied."""
    with (place / "cases.db").open("r+b") as file:
        file.seek(9_000)
        byte = file.read(1)
        file.seek(9_000)
        file.write(bytes([byte[0] ^ 1]))
    assert refused(store, stick) is FaultCode.STORAGE_DAMAGED


def test_whoever_waits_may_stop(store: Store, stick: Path) -> None:
    """At every point, and nothing is left."""
    points: list[float] = []
    made(store, stick, step=lambda done: not points.append(done))
    assert points == sorted(points)
    assert points[-1] == pytest.approx(1)
    for path in stick.glob("*"):
        path.unlink()
    for last in range(len(points)):
        asked: list[float] = []
        with pytest.raises(Refusal) as stopped:
            made(store, stick, step=lambda _: not asked.append(0) and len(asked) <= last)  # noqa: B023
        assert stopped.value.code is RefusalCode.BACKUP_STOPPED
        assert list(stick.glob("*")) == []


def test_a_folder_that_is_not_there_is_told(store: Store, stick: Path) -> None:
    """The stick was taken out."""
    with pytest.raises(Fault) as told:
        made(store, stick / "gone")
    assert told.value.code is FaultCode.BACKUP_NOT_WRITTEN


@pytest.mark.parametrize("room", ["280k", "8k"])
def test_a_full_stick_is_told_and_left_as_it_was(store: Store, stick: Path, room: str) -> None:
    """Before anything is written where the stick tells its size."""
    with mounted(stick, f"size={room}"):
        assert refused(store, stick) is FaultCode.BACKUP_FULL


def test_a_write_protected_stick_is_told(store: Store, stick: Path) -> None:
    """One sentence, and nothing else happens."""
    with mounted(stick, "ro"):
        assert refused(store, stick) is FaultCode.BACKUP_READ_ONLY


class mounted:  # noqa: N801 reads as a word
    """A small memory disk in place of a stick, where this user may have one."""

    def __init__(self, folder: Path, options: str) -> None:
        self._folder, self._options = folder, options

    def __enter__(self) -> None:
        mount = shutil.which("mount")
        if os.name == "nt" or os.geteuid() != 0 or mount is None:
            pytest.skip("only root may mount")
        command = [mount, "-t", "tmpfs", "-o", self._options, "stick", str(self._folder)]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            pytest.skip("this machine mounts nothing")

    def __exit__(self, *_error: object) -> None:
        subprocess.run(["umount", str(self._folder)], check=True)  # noqa: S607


def test_a_limit_that_nobody_announced_is_told_as_a_full_stick(
    store: Store, place: Path, stick: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The system refuses in the middle of writing: the sentence is the same."""
    store.close()
    answer = in_a_process(place, stick, keyring_of("mira"), "limit")
    assert answer == "backup-full\n"
    assert list(stick.glob("*")) == []


def test_parts_of_an_interrupted_attempt_make_room(store: Store, stick: Path) -> None:
    """Those of this facility; what somebody else is writing there stays."""
    whole = made(store, stick).path
    part = stick / f"{whole.name}.0123abcd.part"
    shutil.move(whole, part)
    foreign = stick / "intake-2026-11-23-00001.intake-backup.0123abcd.part"
    foreign.write_bytes(b"intake-backup 1\nsomebody else's")
    new = made(store, stick).path
    assert {path.name for path in stick.glob("*")} == {new.name, foreign.name}


def test_a_save_between_two_backups_is_in_the_second_alone(store: Store, stick: Path) -> None:
    """Each holds one moment."""
    first = made(store, stick).manifest
    with store.changing(AuditEvent(AuditAction.FACILITY_CHANGED)):
        pass
    second = made(store, stick).manifest
    assert second.sequence == first.sequence + 1
    assert second.members[3] != first.members[3]


WORK = """
import resource, sys
from pathlib import Path
from pact_desktop.domain.errors import Fault
from pact_desktop.storage.keys import KeyRing
from tests.storage.backup_support import made, opened
place, stick, what = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
store = opened(place, KeyRing.from_bytes(bytes.fromhex(sys.stdin.readline())))
if what == "limit":
    import signal
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        made(store, stick)
    except Fault as fault:
        print(fault.code.value)
else:
    while True:
        print(made(store, stick).path.name, flush=True)
"""


def process(place: Path, stick: Path, keyring: KeyRing, what: str) -> subprocess.Popen[str]:
    root = Path(__file__).parents[2]
    started = subprocess.Popen(
        [sys.executable, "-c", WORK, str(place), str(stick), what],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    assert started.stdin is not None
    started.stdin.write(keyring.to_bytes().hex() + "\n")
    started.stdin.flush()
    return started


def in_a_process(place: Path, stick: Path, keyring: KeyRing, what: str) -> str:
    return process(place, stick, keyring, what).communicate()[0]


def test_killed_in_the_middle_no_file_passes_that_is_not_whole(
    store: Store, place: Path, stick: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """Kill -9 while one backup after the other is made: all that were told are there and whole."""
    store.close()
    told: list[str] = []
    for turn in range(6):
        working = process(place, stick, keyring_of("mira"), "on and on")
        assert working.stdout is not None
        told += [working.stdout.readline().strip() for _ in range(1 + 2 * turn)]
        working.kill()
        told += working.communicate()[0].split()
    found = {path.name: verdict(path) for path in stick.glob(ENDING)}
    assert set(found.values()) == {"whole"}
    assert set(told) <= set(found)
    opened(place, keyring_of("mira")).close()
