# SPDX-License-Identifier: GPL-3.0-or-later
"""The word `backup`, as somebody at a terminal uses it; a process of its own each time."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pact_desktop.services import accounts
from tests.factories import MANAGER, NURSE, SteppableClock, a_facility, new_staff, passphrase_of

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Computer:
    """A home folder with the program's usual places in it."""

    home: Path
    code: str

    def run(self, *words: str, answers: tuple[str, ...] = ()) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pact_desktop", *words],
            cwd=ROOT,
            input="".join(f"{answer}\n" for answer in answers),
            capture_output=True,
            text=True,
            check=False,
            env={
                **os.environ,
                "HOME": str(self.home),
                "XDG_DATA_HOME": str(self.home / "data"),
                "XDG_CONFIG_HOME": str(self.home / "config"),
                "PYTHONPATH": str(ROOT),
            },
        )
        return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def computer(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """A facility at the usual place, with passphrases as costly as a real one's."""
    home = tmp_path_factory.mktemp("computer")
    pending = accounts.begin_set_up(
        home / "data" / "Intake",
        a_facility(),
        new_staff(MANAGER, NURSE),
        SteppableClock(),
        device_folder=home / "config" / "Intake",
    )
    accounts.confirm_recovery(pending, pending.recovery_code)
    (home / "stick").mkdir()
    return Computer(home, pending.recovery_code)


@pytest.fixture(scope="module")
def backup(computer: Computer) -> Path:
    status, said, told = computer.run(
        "backup",
        "make",
        "--to",
        str(computer.home / "stick"),
        answers=("mira", passphrase_of("mira")),
    )
    assert (status, told) == (0, "")
    (path,) = (computer.home / "stick").glob("*.intake-backup")
    assert str(path) in said
    assert passphrase_of("mira") not in said
    return path


def test_a_backup_is_made_and_looked_at(computer: Computer, backup: Path) -> None:
    """Without the sheet it is said what was not looked at."""
    status, said, told = computer.run("backup", "verify", str(backup))
    assert (status, told) == (0, "")
    assert "Nothing is missing" in said
    assert "It was not opened" in said


def test_a_backup_is_opened_with_the_sheet(computer: Computer, backup: Path) -> None:
    """The code comes from standard input, never from the line that others may read."""
    words = ("backup", "verify", str(backup), "--sheet")
    status, said, told = computer.run(*words, answers=(computer.code,))
    assert (status, told) == (0, "")
    assert "The recovery sheet opens it" in said
    assert computer.code not in said
    status, said, told = computer.run(*words, answers=("K7QX",))
    assert status == 1
    assert "does not match the recovery sheet" in told


def test_records_come_back_into_a_new_folder(
    computer: Computer, backup: Path, tmp_path: Path
) -> None:
    """On another computer, from the stick and the sheet; then its own backup is made there."""
    other = Computer(tmp_path, computer.code)
    people = (
        "Mira Marić", "mira", "new-lantern-for-mira-orchard",
        "Lea Lekić", "doctor", "lea", "new-lantern-for-lea-orchard",
    )  # fmt: skip
    status, said, told = other.run(
        "backup", "restore", str(backup), "--into", str(tmp_path / "new"),
        answers=(computer.code, *people),
    )  # fmt: skip
    assert (status, told) == (0, "")
    assert "Health house Sample" in said
    assert accounts.is_set_up(tmp_path / "new")
    (tmp_path / "stick").mkdir()
    status, said, told = other.run(
        "--data", str(tmp_path / "new"), "backup", "make", "--to", str(tmp_path / "stick"),
        answers=("mira", people[2]),
    )  # fmt: skip
    assert (status, told) == (0, "")
    assert len(list((tmp_path / "stick").glob("*.intake-backup"))) == 1


def test_records_that_are_there_stay(computer: Computer, backup: Path, tmp_path: Path) -> None:
    """The usual place has records; a folder with files is not a new one."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    for words in ((), ("--into", str(tmp_path / "full"))):
        status, _, told = computer.run(
            "backup", "restore", str(backup), *words, answers=(computer.code,)
        )
        assert status == 1
        assert "left as they are" in told or "left as they were" in told
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_answers_that_end_too_early_leave_nothing(
    computer: Computer, backup: Path, tmp_path: Path
) -> None:
    """What was unpacked is taken away."""
    status, _, told = computer.run(
        "backup", "restore", str(backup), "--into", str(tmp_path / "new"),
        answers=(computer.code, "Mira Marić"),
    )  # fmt: skip
    assert status == 1
    assert "Not every question was answered" in told
    assert list((tmp_path / "new").iterdir()) == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "This file is not a backup of this program"),
        (b"intake-backup 9\n", "made by a newer version"),
        (b"intake-backup 1\n", "The end of this backup is missing"),
        (None, "The file could not be read"),
    ],
)
def test_each_wrong_file_has_its_sentence(
    content: bytes | None, sentence: str, computer: Computer, tmp_path: Path
) -> None:
    """One line, and an exit status that a script sees."""
    path = tmp_path / "file"
    if content is not None:
        path.write_bytes(content)
    status, said, told = computer.run("backup", "verify", str(path))
    assert (status, said) == (1, "")
    assert sentence in told
    assert len(told.splitlines()) == 1


def test_a_wrong_passphrase_makes_no_backup(computer: Computer, tmp_path: Path) -> None:
    """And the delay of the sign-in window holds here too."""
    told = ""
    for _ in range(8):
        status, _, told = computer.run(
            "backup", "make", "--to", str(tmp_path), answers=("nobody", "these are not the words")
        )
        assert status == 1
        if "Time to wait" in told:
            break
    assert "Time to wait" in told
    assert list(tmp_path.iterdir()) == []
