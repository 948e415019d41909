# SPDX-License-Identifier: GPL-3.0-or-later
"""A manager makes backups, looks at them and opens them with the sheet; the log names each."""

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.backup import BackupDue
from pact_desktop.domain.errors import Fault, FaultCode, PactError, Refusal, RefusalCode
from pact_desktop.services import accounts, backup_note, backups
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log, recovery_code
from tests.factories import CHEAP, STAFF, SteppableClock, a_facility, new_staff

Open = Callable[[str], Session]


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def logged(session: Session) -> list[tuple[str, str, str]]:
    """What the log says about backups: action, which file, how it ended."""
    with session.store.reading_config() as connection:
        found = audit_log.entries(connection)
    return [
        (entry["action"], entry["subject"], entry["reason"])
        for entry in found
        if entry.get("action", "").startswith("backup-")
    ]


def code_of(error: pytest.ExceptionInfo[Any]) -> object:
    assert isinstance(error.value, PactError)
    return error.value.code


def test_a_backup_is_made_remembered_and_in_the_log(manager_session: Session, stick: Path) -> None:
    """From nothing to a file of which the facility knows when and how large."""
    assert backups.backup_standing(manager_session).making(manager_session.today) is BackupDue.NEVER
    made = backups.make_backup(manager_session, stick)
    assert made.path.parent == stick
    assert made.backup.size == made.path.stat().st_size
    found = backups.backup_standing(manager_session)
    assert found.last == made.backup
    assert found.making(manager_session.today) is BackupDue.IN_TIME
    assert found.testing(manager_session.today) is BackupDue.NEVER
    assert logged(manager_session) == [
        ("backup-started", made.backup.backup_id, ""),
        ("backup-made", made.backup.backup_id, ""),
    ]


def test_the_end_of_the_log_inside_is_what_paper_would_show(
    manager_session: Session, stick: Path
) -> None:
    """The entry that a backup was started is the last one in it."""
    before = manager_session.store.head
    made = backups.make_backup(manager_session, stick)
    assert before is not None
    assert made.backup.sequence == before.sequence + 1
    assert made.backup.anchor.startswith(f"{made.backup.sequence:05d}-")


@pytest.mark.parametrize("name", ["nadia", "dren"])
def test_a_nurse_and_a_doctor_know_how_it_stands_and_make_none(
    name: str, open_as: Open, stick: Path
) -> None:
    """Everybody may remind the manager; a copy of everything is not for everybody to carry."""
    session = open_as(name)
    assert backups.backup_standing(session).last is None
    path = stick / "any.intake-backup"
    for attempt in (
        lambda: backups.make_backup(session, stick),
        lambda: backups.list_backups(session),
        lambda: backups.examine_backup(session, path),
        lambda: backups.rehearse_restore(session, path, "code"),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert code_of(refused) is RefusalCode.NOT_ALLOWED
    assert list(stick.iterdir()) == []


def test_the_administrator_makes_one_without_a_key(
    open_as: Open, stick: Path, recovery_code: str
) -> None:
    """What he carries away stays closed to him; it opens with the sheet like any other."""
    made = backups.make_backup(open_as("ivo"), stick)
    manager = open_as("mira")
    backups.rehearse_restore(manager, made.path, recovery_code)
    (known,) = backups.list_backups(manager)
    assert known.backup_id == made.backup.backup_id
    assert known.tested_at == manager.now


def test_a_file_is_looked_at_without_the_sheet(manager_session: Session, stick: Path) -> None:
    """Every byte, and that somebody of this facility made it."""
    made = backups.make_backup(manager_session, stick)
    found = backups.examine_backup(manager_session, made.path)
    assert found.contents.backup_id == made.backup.backup_id
    assert found.contents.anchor == made.backup.anchor
    assert found.log is None
    assert logged(manager_session)[-1] == ("backup-examined", made.backup.backup_id, "whole")
    assert backups.backup_standing(manager_session).tested_at is None


def test_a_restore_is_rehearsed_and_thrown_away(
    manager_session: Session, stick: Path, recovery_code: str, clock: SteppableClock
) -> None:
    """Opened, compared, remembered; nothing of it is left on the disk."""
    made = backups.make_backup(manager_session, stick)
    clock.step(days=40)
    home = manager_session.store.place.parent
    before = sorted(home.iterdir())
    found = backups.rehearse_restore(manager_session, made.path, recovery_code.lower())
    assert found.log is not None
    assert found.log.whole
    assert found.log.entries == made.backup.sequence
    assert sorted(home.iterdir()) == before
    assert backups.backup_standing(manager_session).testing(clock().date()) is BackupDue.IN_TIME
    assert logged(manager_session)[-1] == ("backup-tested", made.backup.backup_id, "whole")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("not a code", RefusalCode.RECOVERY_CODE_WRONG),
        ("another", RefusalCode.RECOVERY_CODE_OTHER),
    ],
)
def test_a_wrong_code_is_told_and_logged(
    typed: str, code: RefusalCode, manager_session: Session, stick: Path
) -> None:
    """Two sentences: look at the letters, or look for the other paper."""
    if typed == "another":
        typed = recovery_code.to_code(recovery_code.new_seed())
    made = backups.make_backup(manager_session, stick)
    with pytest.raises(Refusal) as refused:
        backups.rehearse_restore(manager_session, made.path, typed)
    assert code_of(refused) is code
    assert logged(manager_session)[-1] == ("backup-tested", made.backup.backup_id, code.value)
    assert backups.backup_standing(manager_session).tested_at is None


def test_a_damaged_file_is_told_and_logged(
    manager_session: Session, stick: Path, recovery_code: str
) -> None:
    """In the last of the four files; nothing is remembered as tested."""
    made = backups.make_backup(manager_session, stick)
    with made.path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(bytes([made.path.read_bytes()[-1] ^ 1]))
    for attempt in (
        lambda: backups.examine_backup(manager_session, made.path),
        lambda: backups.rehearse_restore(manager_session, made.path, recovery_code),
    ):
        with pytest.raises(Fault) as told:
            attempt()
        assert code_of(told) is FaultCode.BACKUP_DAMAGED
        assert logged(manager_session)[-1][1:] == (made.backup.backup_id, "backup-damaged")


def test_a_file_of_another_facility_is_refused(
    manager_session: Session, tmp_path: Path, stick: Path, device_folder: Path
) -> None:
    """Two sticks that were mixed up."""
    other = tmp_path / "other"
    pending = accounts.begin_set_up(
        other,
        a_facility(),
        new_staff(*STAFF),
        manager_session.clock,
        device_folder=device_folder,
        kdf=CHEAP,
    )
    accounts.confirm_recovery(pending, pending.recovery_code)
    keyring = accounts.sign_in(
        other,
        "mira",
        new_staff(*STAFF)[0].passphrase,
        manager_session.clock,
        device_folder=device_folder,
        kdf=CHEAP,
    )
    session = accounts.open_session(other, keyring, manager_session.clock, manager_session.content)
    made = backups.make_backup(session, stick)
    session.store.close()
    with pytest.raises(Refusal) as refused:
        backups.examine_backup(manager_session, made.path)
    assert code_of(refused) is RefusalCode.BACKUP_OTHER_FACILITY


def test_records_that_lack_what_a_backup_holds_are_told(
    open_as: Open, data_folder: Path, stick: Path, tmp_path: Path
) -> None:
    """Somebody put an older copy of everything back: a backup knows better."""
    open_as("mira").store.close()
    shutil.copytree(data_folder / "records", tmp_path / "earlier")
    made = backups.make_backup(open_as("mira"), stick)
    open_as("nadia").store.close()
    shutil.rmtree(data_folder / "records")
    shutil.copytree(tmp_path / "earlier", data_folder / "records")
    session = open_as("mira")
    # Another history of the same length does not hide it.
    for _ in range(5):
        with session.store.changing(AuditEvent(AuditAction.FACILITY_CHANGED)):
            pass
    with pytest.raises(Fault) as told:
        backups.examine_backup(session, made.path)
    assert code_of(told) is FaultCode.RECORDS_SET_BACK


def test_a_backup_beside_the_records_is_refused(manager_session: Session) -> None:
    """It would be lost together with them."""
    home = manager_session.store.place.parent
    for folder in (home, home / "records", home / "backups"):
        with pytest.raises(Refusal) as refused:
            backups.make_backup(manager_session, folder)
        assert code_of(refused) is RefusalCode.BACKUP_INSIDE_RECORDS
    assert logged(manager_session) == []


def test_one_that_was_started_and_failed_is_in_the_log_as_started(
    manager_session: Session, stick: Path
) -> None:
    """Nothing leaves the computer before it is written down; the date does not move."""
    with pytest.raises(Refusal) as refused:
        backups.make_backup(manager_session, stick, lambda _done: False)
    assert code_of(refused) is RefusalCode.BACKUP_STOPPED
    assert [action for action, _, _ in logged(manager_session)] == ["backup-started"]
    assert backups.backup_standing(manager_session).last is None
    assert list(stick.iterdir()) == []


def test_what_an_interrupted_test_left_is_taken_away(
    manager_session: Session, stick: Path, recovery_code: str
) -> None:
    """The copies were encrypted, and they need room."""
    home = manager_session.store.place.parent
    left = home / "backup-check-abcd"
    left.mkdir()
    (left / "cases.db").write_bytes(secrets.token_bytes(64))
    made = backups.make_backup(manager_session, stick)
    backups.rehearse_restore(manager_session, made.path, recovery_code)
    assert not left.exists()


def test_a_file_is_checked_without_a_session(
    open_as: Open, stick: Path, recovery_code: str
) -> None:
    """On any computer; with the code it is opened there too."""
    session = open_as("mira")
    made = backups.make_backup(session, stick)
    session.store.close()
    assert backups.check_file(made.path, None).log is None
    found = backups.check_file(made.path, recovery_code)
    assert found.log is not None
    assert found.contents.sequence == made.backup.sequence


def test_an_older_log_among_newer_files_is_found_with_the_sheet(
    open_as: Open, data_folder: Path, stick: Path, recovery_code: str
) -> None:
    """A maker who cannot read the log puts yesterday's into the backup: the other files know."""
    log = data_folder / "records" / "audit.db"
    open_as("mira").store.close()
    earlier = log.read_bytes()
    accounts.lock(open_as("mira"))
    log.write_bytes(earlier)
    made = backups.make_backup(open_as("ivo"), stick)
    with pytest.raises(Fault) as told:
        backups.check_file(made.path, recovery_code)
    assert code_of(told) is FaultCode.BACKUP_DAMAGED


def test_the_page_beside_it_says_what_it_is_and_nothing_more(
    manager_session: Session, stick: Path
) -> None:
    """Neutral words, in the language of staff and in English; no person, no count."""
    backups.make_backup(manager_session, stick)
    said = (stick / backup_note.FILE_NAME).read_bytes().decode("utf-8-sig")
    assert "Health house Sample" in said
    assert ".intake-backup" in said
    assert "Mira" not in said
    for word in ("victim", "traffick", "screening", "patient", "case"):
        assert word not in said.lower()


def test_a_page_of_somebody_else_stays(manager_session: Session, stick: Path) -> None:
    """The name is taken by another text: it is not written over."""
    page = stick / backup_note.FILE_NAME
    page.write_text("shopping list", encoding="utf-8")
    backups.make_backup(manager_session, stick)
    assert page.read_text(encoding="utf-8") == "shopping list"
