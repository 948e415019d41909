# SPDX-License-Identifier: GPL-3.0-or-later
"""The words `audit verify`, as somebody at a terminal uses them; nothing is written by them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.services import accounts
from pact_desktop.services.content import Content
from pact_desktop.storage import vault
from pact_desktop.storage.audit_anchor import Head
from tests.factories import (
    IT_ADMINISTRATOR,
    MANAGER,
    NURSE,
    SteppableClock,
    a_facility,
    new_staff,
    passphrase_of,
)
from tests.storage.log_support import (
    Edit,
    cut,
    deleted,
    edited,
    forgotten_in_config,
    tamper,
)

ROOT = Path(__file__).parents[2]
WHOLE, NOT_LOOKED_AT, CHANGED = 0, 1, 3
AS_NURSE = ("nadia", passphrase_of("nadia"))


@dataclass(frozen=True)
class Computer:
    """A home folder with the program's usual places in it."""

    home: Path
    code: str
    head: str
    """Number of the log on the last paper."""

    @property
    def place(self) -> Path:
        return self.home / "data" / "Intake" / "records"

    def verify(self, *words: str, answers: tuple[str, ...] = AS_NURSE) -> tuple[int, str, str]:
        done = subprocess.run(
            [sys.executable, "-m", "pact_desktop", "audit", "verify", *words],
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

    def copy(self, to: Path) -> "Computer":
        shutil.copytree(self.home, to)
        return Computer(to, self.code, self.head)

    def tampered(self, *edits: Edit) -> None:
        keyring = accounts.sign_in(
            self.home / "data" / "Intake",
            *AS_NURSE,
            SteppableClock(),
            device_folder=self.home / "config" / "Intake",
        )
        for edit in edits:
            tamper(self.place, keyring, edit)

    def bytes(self) -> dict[str, bytes]:
        """What the log is made of; the counter of failed sign-ins is not."""
        return {path.name: path.read_bytes() for path in self.place.glob("*.db")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, content: Content) -> Computer:
    """A facility at the usual place where a nurse has looked at something."""
    home = tmp_path_factory.mktemp("audited")
    data, device = home / "data" / "Intake", home / "config" / "Intake"
    clock = SteppableClock()
    people = new_staff(MANAGER, NURSE, IT_ADMINISTRATOR)
    pending = accounts.begin_set_up(data, a_facility(), people, clock, device_folder=device)
    accounts.confirm_recovery(pending, pending.recovery_code)
    keyring = accounts.sign_in(data, *AS_NURSE, clock, device_folder=device)
    session = accounts.open_session(data, keyring, clock, content)
    for _ in range(8):
        with session.store.reading(AuditEvent(AuditAction.DAY_LIST_SEEN)):
            pass
    code = accounts.session_anchor(session)
    accounts.lock(session)
    return Computer(home, pending.recovery_code, code)


@pytest.fixture
def computer(built: Computer, tmp_path: Path) -> Computer:
    return built.copy(tmp_path / "computer")


def test_whole_log_is_told_in_two_lines(computer: Computer) -> None:
    """With the number to compare, and without having written anything."""
    before = computer.bytes()
    status, said, told = computer.verify("--anchor", computer.head.lower())
    assert (status, told) == (WHOLE, "")
    first, second = said.splitlines()
    assert first.startswith("The log is as it was written. Entries: ")
    assert second.startswith("Number of the log: 000")
    assert computer.bytes() == before


def test_whole_log_as_json(computer: Computer) -> None:
    """For a script of the facility's IT."""
    status, said, _ = computer.verify("--json")
    found = json.loads(said)
    assert status == WHOLE
    assert found["whole"] is True
    assert found["entries"] == found["signatures"] > 10
    assert found["findings"] == []
    assert found["seconds"] < 30


@pytest.mark.parametrize(
    ("edits", "line"),
    [
        ((deleted,), "Entry 8 is missing."),
        ((edited,), "Entry 8 is not as it was written."),
        ((cut, forgotten_in_config), "which were seen in this log, are missing."),
    ],
    ids=["deleted", "edited", "cut"],
)
def test_each_finding_is_one_line_and_the_status_says_so(
    edits: tuple[Edit, ...], line: str, computer: Computer
) -> None:
    """What this person's computer remembers is compared as well."""
    computer.tampered(*edits)
    status, said, _ = computer.verify()
    assert status == CHANGED
    assert line in said
    assert "The log is not as it was written. Keep this folder as it is." in said
    status, said, _ = computer.verify("--json")
    assert status == CHANGED
    assert json.loads(said)["whole"] is False
    assert line in json.loads(said)["findings"][0]["text"]


def test_code_of_a_paper_shows_what_the_files_do_not(computer: Computer) -> None:
    """Files that fit each other on a computer that has forgotten: only the paper knows."""
    computer.tampered(cut, forgotten_in_config)
    for path in (computer.home / "config" / "Intake").glob("seen-*"):
        path.unlink()
    assert computer.verify()[0] == WHOLE
    status, said, _ = computer.verify("--anchor", computer.head)
    assert status == CHANGED
    assert "It may be an older copy." in said


def test_code_that_no_log_printed_is_a_slip_of_the_pen(computer: Computer) -> None:
    """Before anybody is asked for a passphrase's worth of time."""
    status, said, told = computer.verify("--anchor", computer.head[:-1])
    assert (status, said) == (NOT_LOOKED_AT, "")
    assert "letter by letter" in told
    other = Head(3, bytes(32)).anchor
    assert computer.verify("--anchor", other)[0] == CHANGED


def test_recovery_sheet_follows_the_keys_without_an_account(computer: Computer) -> None:
    """An auditor on another computer, with the folder and the sheet alone."""
    shutil.rmtree(computer.home / "config")
    status, said, _ = computer.verify("--sheet", answers=(computer.code,))
    assert status == WHOLE
    assert "Every entry follows from the first key of the log." in said
    status, _, told = computer.verify("--sheet", answers=("0000-0000",))
    assert status == NOT_LOOKED_AT
    assert "does not match the recovery sheet" in told


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (("nadia", "x" * 20), "Name or passphrase is not right."),
        (("ivo", passphrase_of("ivo")), "Your role does not include this."),
        ((), ""),
    ],
    ids=["wrong passphrase", "administrator", "no answer"],
)
def test_who_may_not_look_is_told_and_learns_nothing(
    answers: tuple[str, ...], sentence: str, computer: Computer
) -> None:
    """A status of its own: it is no sign of a changed log."""
    status, said, told = computer.verify(answers=answers)
    assert (status, said) == (NOT_LOOKED_AT, "")
    assert sentence in told
    assert told


def test_damaged_page_is_a_finding(computer: Computer) -> None:
    """A flipped bit is what was looked for."""
    path = computer.place / "audit.db"
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(data)
    status, said, _ = computer.verify()
    assert status == CHANGED
    assert "could not be read in full" in said


def damage_vault(computer: Computer) -> None:
    for name in (vault.FILE_NAME, vault.COPY_NAME):
        path = computer.place / name
        path.write_bytes(path.read_bytes()[:-40])


def cut_file(computer: Computer) -> None:
    path = computer.place / "cases.db"
    path.write_bytes(path.read_bytes()[:-100])


def foreign_file(computer: Computer) -> None:
    shutil.copyfile(computer.place / "config.db", computer.place / "audit.db")


@pytest.mark.parametrize(
    ("harm", "line"),
    [
        (damage_vault, "vault.json: changed or damaged"),
        (cut_file, "cases.db: not complete"),
        (foreign_file, "audit.db: belongs to another facility or computer"),
        (lambda computer: (computer.place / "identity.db").unlink(), "identity.db: missing"),
        (
            lambda computer: (computer.home / "config" / "Intake" / "device.key").unlink(),
            "device.key: missing",
        ),
    ],
    ids=["vault", "cut", "foreign", "missing", "device"],
)
def test_structure_needs_no_secret(
    harm: Callable[[Computer], object], line: str, computer: Computer
) -> None:
    """Whoever looks after the computer can see that all files are there and belong together."""
    status, said, told = computer.verify("--structure", answers=())
    assert (status, told) == (WHOLE, "")
    assert said.count("as it should be") == 6
    harm(computer)
    status, said, _ = computer.verify("--structure", answers=())
    assert status == CHANGED
    assert line in said
    status, said, _ = computer.verify("--structure", "--json", answers=())
    assert status == CHANGED
    assert {part["state"] for part in json.loads(said)["parts"]} != {"in-order"}


def test_journal_of_an_interrupted_change_is_no_damage(computer: Computer) -> None:
    """It is named, and the next start takes the change back."""
    (computer.place / "cases.db-journal").write_bytes(b"x" * 600)
    status, said, _ = computer.verify("--structure", answers=())
    assert status == WHOLE
    assert "cases.db: a change was cut off" in said


def test_folder_without_records_is_told(tmp_path: Path, built: Computer) -> None:
    """The wrong folder is no broken log."""
    elsewhere = Computer(tmp_path, built.code, built.head)
    for words in ((), ("--structure",), ("--sheet",)):
        status, _, told = elsewhere.verify(*words)
        assert status == NOT_LOOKED_AT
        assert "not set up yet" in told
