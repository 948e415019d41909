# SPDX-License-Identifier: GPL-3.0-or-later
"""The log says what went wrong and where, and nothing about anybody."""

import json
import logging
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pact_desktop.diagnostics import note, note_error, note_uncaught_errors, start_logging

NAME = "Đorđević-Canary"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """A log in a fresh folder; the process gets its own logging back afterwards."""
    root = logging.getLogger()
    before = root.handlers, root.level, logging.lastResort, sys.excepthook, os.umask(0o022)
    start_logging(tmp_path / "log")
    yield tmp_path / "log" / "intake.log"
    for handler in root.handlers:
        handler.close()
    root.handlers, root.level, logging.lastResort, sys.excepthook, mask = before
    os.umask(mask)


def _fail() -> None:
    raise ValueError(NAME)


def test_only_known_facts_are_kept(log: Path) -> None:
    """A field that nobody allowed, and a text in an allowed one, stay out."""
    note("started", version="0.1.0", screen=f"patient {NAME}", patient=NAME, count=3)
    line = json.loads(log.read_text(encoding="utf-8"))
    assert line["event"] == "started"
    assert (line["version"], line["count"]) == ("0.1.0", 3)
    assert NAME not in log.read_text(encoding="utf-8")


def test_an_error_is_kept_by_type_and_place(log: Path) -> None:
    """Its message may quote what a person typed."""
    try:
        _fail()
    except ValueError as error:
        note_error(error)
    text = log.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "test_diagnostics.py" in text
    assert "_fail" in text
    assert NAME not in text


def test_other_libraries_cannot_write_texts(log: Path) -> None:
    """Of their lines only name, level and place stay."""
    logging.getLogger("some.library").warning("could not open %s", NAME)
    text = log.read_text(encoding="utf-8")
    assert "some.library" in text
    assert NAME not in text


def test_what_nobody_caught_shows_places_only(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the terminal as well as in the log."""
    note_uncaught_errors()
    try:
        _fail()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    shown = capsys.readouterr().err
    assert "ValueError" in shown
    assert NAME not in shown
    assert NAME not in log.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in another way")
def test_the_log_is_the_users_alone(log: Path) -> None:
    """Nobody else on the computer reads it."""
    note("started")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert stat.S_IMODE(log.parent.stat().st_mode) == 0o700


def test_no_folder_no_file(tmp_path: Path, log: Path) -> None:
    """A place that cannot be written is no reason to stop."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    start_logging(blocked / "log")
    note("started")
    assert not log.exists() or log.read_text(encoding="utf-8") == ""
