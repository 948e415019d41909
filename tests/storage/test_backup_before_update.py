# SPDX-License-Identifier: GPL-3.0-or-later
"""No update of the records begins before a backup of them was made and read back."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.backup import BackupKind
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage import audit_log, migrations
from pact_desktop.storage.backup_before_update import FOLDER
from pact_desktop.storage.backup_format import unlock
from pact_desktop.storage.backup_reading import BackupFile, examine
from pact_desktop.storage.backups import load_backups
from pact_desktop.storage.database import file_name
from pact_desktop.storage.keys import KeyRing
from tests.storage.backup_support import opened, verdict

NEXT = '''
"""A later form of the {name} compartment."""

from alembic import op

revision = "{name}_9002"
down_revision = "{before}"


def upgrade() -> None:
    """Adds a table, then does what the test wants."""
    op.execute("CREATE TABLE {schema}.later (word TEXT)")
    {then}
'''


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Turns this program into a later version that changes the form of some compartments."""

    def become(*compartments: Compartment, then: str = "pass") -> None:
        scripts = tmp_path / "migrations"
        shutil.copytree(migrations.SCRIPTS, scripts, dirs_exist_ok=True)
        heads = dict(migrations.HEADS)
        for compartment in compartments:
            name, before = compartment.value, heads[compartment]
            schema = "main" if compartment is Compartment.CONFIG else name
            text = NEXT.format(name=name, before=before, schema=schema, then=then)
            (scripts / name / "versions" / f"{name}_9002.py").write_text(text)
            heads[compartment] = f"{name}_9002"
        monkeypatch.setattr(migrations, "SCRIPTS", scripts)
        monkeypatch.setattr(migrations, "HEADS", heads)

    return become


def copies(place: Path) -> list[Path]:
    return sorted((place.parent / FOLDER).glob("*"))


def bytes_of(place: Path) -> dict[str, bytes]:
    return {file_name(one): (place / file_name(one)).read_bytes() for one in Compartment}


def test_the_records_are_copied_before_they_change(
    place: Path, staff_keyring: KeyRing, newer: Callable[..., None], tmp_path: Path
) -> None:
    """What lies in the backup are the files of before, to the byte."""
    opened(place, staff_keyring).close()
    before = bytes_of(place)
    newer(Compartment.CASES, Compartment.IDENTITY)
    store = opened(place, staff_keyring)
    (copy,) = copies(place)
    assert verdict(copy) == "whole"
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    with BackupFile(copy) as file:
        assert file.manifest.kind is BackupKind.BEFORE_UPDATE
        file.unpack(unpacked)
    assert bytes_of(unpacked) == before
    with store.reading_config() as connection:
        assert migrations.revision(connection, Compartment.CASES) == "cases_9002"
        (known,) = load_backups(connection)
        last = audit_log.entries(connection)[-1]
    assert (last["action"], last["subject"]) == ("backup-made", known.backup_id)
    store.close()
    opened(place, staff_keyring).close()
    assert copies(place) == [copy]


def test_a_log_of_an_older_form_is_copied_unread(
    place: Path,
    staff_keyring: KeyRing,
    newer: Callable[..., None],
    tmp_path: Path,
    recovery_code: str,
) -> None:
    """A later program need not know how the log of an earlier one was read."""
    newer(*Compartment)
    opened(place, staff_keyring).close()
    (copy,) = copies(place)
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    with BackupFile(copy) as file:
        assert not file.manifest.log_seen
        file.unpack(unpacked)
        assert examine(unpacked, file.manifest, unlock(file.manifest, recovery_code)).whole


@pytest.mark.parametrize("name", ["mira", "ivo"])
def test_whoever_comes_first_makes_the_copy(
    name: str, place: Path, keyring_of: Callable[[str], KeyRing], newer: Callable[..., None]
) -> None:
    """Also somebody who cannot open all of it; the rest waits for who can, with its own copy."""
    newer(*Compartment)
    opened(place, keyring_of(name)).close()
    assert [verdict(copy) for copy in copies(place)] == ["whole"]
    opened(place, keyring_of("nadia")).close()
    assert [verdict(copy) for copy in copies(place)] == ["whole", "whole"]
    opened(place, keyring_of("dren")).close()
    assert len(copies(place)) == 2


def test_without_the_copy_nothing_changes(
    place: Path, staff_keyring: KeyRing, newer: Callable[..., None]
) -> None:
    """No room, no update; the sentence says which of the two it is about."""
    opened(place, staff_keyring).close()
    before = bytes_of(place)
    (place.parent / FOLDER).write_text("a file where the folder should be")
    newer(Compartment.CASES)
    with pytest.raises(Fault) as refused:
        opened(place, staff_keyring)
    assert refused.value.code is FaultCode.UPDATE_NOT_BEGUN
    assert bytes_of(place) == before


def test_an_update_that_fails_leaves_records_and_one_copy(
    place: Path, staff_keyring: KeyRing, newer: Callable[..., None]
) -> None:
    """It is tried at every sign-in, and the disk does not fill with copies."""
    opened(place, staff_keyring).close()
    before = bytes_of(place)
    newer(Compartment.CASES, then='op.execute("INSERT INTO cases.later VALUES (wrong)")')
    for _ in range(3):
        with pytest.raises(Fault):
            opened(place, staff_keyring)
        assert bytes_of(place) == before
    assert [verdict(copy) for copy in copies(place)] == ["whole"]


def test_a_damaged_copy_of_an_earlier_attempt_does_not_count(
    place: Path, staff_keyring: KeyRing, newer: Callable[..., None]
) -> None:
    """What passes for the backup is read back each time."""
    opened(place, staff_keyring).close()
    newer(Compartment.CASES, then='op.execute("INSERT INTO cases.later VALUES (wrong)")')
    for _ in range(2):
        with pytest.raises(Fault):
            opened(place, staff_keyring)
        first = copies(place)[0]
        with first.open("r+b") as file:
            file.seek(-5_000, os.SEEK_END)
            file.write(b"damage")
    assert len(copies(place)) == 2


def test_files_of_a_newer_program_are_neither_copied_nor_changed(
    place: Path, staff_keyring: KeyRing, newer: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older program leaves them alone and says so."""
    opened(place, staff_keyring).close()
    newer(Compartment.CASES)
    opened(place, staff_keyring).close()
    monkeypatch.undo()
    (copy,) = copies(place)
    with pytest.raises(Fault) as refused:
        opened(place, staff_keyring)
    assert refused.value.code is FaultCode.STORAGE_NEWER
    assert copies(place) == [copy]
