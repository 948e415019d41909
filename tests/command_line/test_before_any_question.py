# SPDX-License-Identifier: GPL-3.0-or-later
"""What is wrong with the words themselves is said first, in the language of the facility."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pact_desktop import settings
from pact_desktop.services import accounts
from tests.factories import MANAGER, NURSE, SteppableClock, a_facility, new_staff

ROOT = Path(__file__).parents[2]
NOT_SET_UP = "This computer is not set up yet"
NOT_SET_UP_IN_MACEDONIAN = "Овој компјутер"
NO_FOLDER = "There is no folder at this place"
NO_BACKUP = "This file is not a backup of this program"
TAKEN = "There are files in this folder already"


def run(home: Path, *words: str) -> tuple[int, str, str]:
    """Nobody answers: a question would end in "Not every question was answered"."""
    done = subprocess.run(
        [sys.executable, "-m", "pact_desktop", *words],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
        },
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A facility at the usual place, whose staff read Macedonian; `letter` is no backup."""
    home = tmp_path_factory.mktemp("computer")
    pending = accounts.begin_set_up(
        home / "data" / "Intake",
        replace(a_facility(), staff_locale="mk"),
        new_staff(MANAGER, NURSE),
        SteppableClock(),
        device_folder=home / "config" / "Intake",
    )
    accounts.confirm_recovery(pending, pending.recovery_code)
    (home / "letter").write_text("root:x:0:0")
    return home


@pytest.mark.parametrize(
    "words",
    [
        ("audit", "verify"),
        ("audit", "verify", "--sheet"),
        ("backup", "make", "--to", "."),
    ],
    ids=" ".join,
)
def test_nothing_set_up_is_said_before_a_question(words: tuple[str, ...], tmp_path: Path) -> None:
    """There is no name and no passphrase to ask for."""
    status, said, told = run(tmp_path, "--data", str(tmp_path / "none"), *words)
    assert (status, said) == (1, "")
    assert NOT_SET_UP in told
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("backup", "make", "--to", "{home}/missing"), NO_FOLDER),
        (("backup", "make", "--to", "{home}/letter"), NO_FOLDER),
        (("backup", "make", "--to", "{home}/data/Intake"), "A backup beside the records"),
        (("backup", "verify", "{home}/letter", "--sheet"), NO_BACKUP),
        (("backup", "restore", "{home}/letter", "--into", "{home}/new"), NO_BACKUP),
        (("backup", "restore", "{home}/letter"), TAKEN),
        (("backup", "restore", "{home}/letter", "--into", "{home}/data"), TAKEN),
        (("backup", "restore", "{home}/letter", "--into", "{home}/letter"), TAKEN),
        (("audit", "verify", "--anchor", "000"), "This is not a number of the log"),
        (("audit", "verify", "--sheet", "--anchor", "000"), "This is not a number of the log"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_what_cannot_be_done_is_said_before_a_question(
    words: tuple[str, ...], sentence: str, home: Path
) -> None:
    """Whoever typed a passphrase and then reads it has typed it for nothing."""
    status, said, told = run(home, "--language", "en", *(one.format(home=home) for one in words))
    assert (status, said) == (1, "")
    assert sentence in told
    assert len(told.splitlines()) == 1
    assert not (home / "new").exists()


def test_number_of_the_log_beside_the_files_alone_is_refused(home: Path) -> None:
    """Only a key shows whether the log ends as the paper says; a 0 would say that it does."""
    status, said, told = run(home, "audit", "verify", "--structure", "--anchor", "0001-AAAA")
    assert (status, said) == (2, "")
    assert "--anchor" in told
    assert "--structure" in told


def test_words_speak_the_language_of_the_facility(home: Path, tmp_path: Path) -> None:
    """What this computer remembers, else what the facility is set up in; a word can differ."""
    words = ("audit", "verify", "--structure")
    in_macedonian = "vault.json: како што треба"
    assert in_macedonian in run(home, *words)[1]
    assert "vault.json: as it should be" in run(home, *words, "--language", "en")[1]
    assert "vault.json: as it should be" in run(home, "--language", "en", *words)[1]
    data = tmp_path / "other"
    settings.save(data / settings.FILE_NAME, settings.Settings(language="mk"))
    told = run(tmp_path, "--data", str(data), *words)[2]
    assert told.startswith(NOT_SET_UP_IN_MACEDONIAN)
    status, _, told = run(tmp_path, "--data", str(data), "backup", "restore", str(home / "letter"))
    assert status == 1
    assert "не е резервна копија" in told


@pytest.mark.parametrize("content", ["language = 'xx'", "language = ", "language = 'ar'"])
def test_settings_that_say_nothing_are_left_and_english_is_spoken(
    content: str, tmp_path: Path
) -> None:
    """The words only look; a broken file is put aside by the window."""
    path = tmp_path / settings.FILE_NAME
    path.write_text(content)
    told = run(tmp_path, "--data", str(tmp_path), "audit", "verify")[2]
    assert told.startswith(NOT_SET_UP)
    assert path.read_text() == content


def test_data_folder_is_named_before_or_after_the_word(home: Path, tmp_path: Path) -> None:
    """And each word's own help shows it."""
    none = ("--data", str(tmp_path / "none"))
    for words in ((*none, "audit", "verify"), ("audit", "verify", *none)):
        assert NOT_SET_UP in run(home, *words)[2]
    for word in ("make", "verify", "restore"):
        assert "--data DIR" in run(home, "backup", word, "--help")[1]
    assert "before or after" in run(home, "--help")[1]
