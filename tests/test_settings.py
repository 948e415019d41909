# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of a computer survive, and a bad file never stops the program."""

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.settings import TEXT_SCALES, UNREADABLE, Settings, load, save


def test_a_first_start_has_defaults(tmp_path: Path) -> None:
    """No file yet, nothing to complain about."""
    assert load(tmp_path / "settings.toml") == Settings()


def test_what_is_saved_comes_back(tmp_path: Path) -> None:
    """Into a folder that is made on the way; nothing else is left there."""
    path = tmp_path / "new" / "settings.toml"
    chosen = Settings(language="sr-Cyrl", theme="dark", text_scale=150, lock_minutes=5)
    save(path, chosen)
    assert load(path) == chosen
    assert list(path.parent.iterdir()) == [path]


@given(
    st.builds(
        Settings,
        language=st.none() | st.text(max_size=20),
        text_scale=st.sampled_from(TEXT_SCALES),
        initials_only=st.booleans(),
        idle_cover_seconds=st.integers(15, 120),
        lock_minutes=st.integers(1, 10),
    )
)
def test_any_setting_survives(tmp_path_factory: pytest.TempPathFactory, chosen: Settings) -> None:
    """Also a language with quotation marks in its name."""
    path = tmp_path_factory.mktemp("s") / "settings.toml"
    save(path, chosen)
    assert load(path) == chosen


@pytest.mark.parametrize("content", ["theme = ", "\x00", "a = [", "\udcff"])
def test_a_damaged_file_is_kept_aside(tmp_path: Path, content: str) -> None:
    """The program starts with defaults and loses nothing."""
    path = tmp_path / "settings.toml"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert load(path) == Settings()
    assert not path.exists()
    assert path.with_name(path.name + UNREADABLE).exists()


@pytest.mark.parametrize(
    "line",
    ["lock_minutes = 0", "lock_minutes = 999", "lock_minutes = true", "idle_cover_seconds = 5",
     "theme = 'red'", "text_scale = 101", "initials_only = 1", "language = 5", "unknown = 1"],
)  # fmt: skip
def test_a_value_out_of_bounds_gets_its_default(tmp_path: Path, line: str) -> None:
    """Nobody can edit the lock away."""
    path = tmp_path / "settings.toml"
    path.write_text(line + "\n", encoding="utf-8")
    assert load(path) == Settings()


def test_every_setting_explains_itself() -> None:
    """The help stands with the setting and in the file."""
    assert all(field.metadata["help"].endswith(".") for field in dataclasses.fields(Settings))
