# SPDX-License-Identifier: GPL-3.0-or-later
"""A small file that opens brackets without end stops no start and no sign-in."""

from dataclasses import replace
from pathlib import Path

import pytest

from pact_desktop import settings
from pact_desktop.domain.errors import Refusal
from pact_desktop.services import public_notice
from pact_desktop.storage import audit_marks
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.throttle import FILE_NAME, Throttle

DEEP = "[" * 20_000


def test_settings_without_end_are_put_aside(tmp_path: Path) -> None:
    """The program starts as it does with any other file that it cannot read."""
    path = tmp_path / "settings.toml"
    path.write_text(f"language = {DEEP}")
    assert settings.load(path) == settings.Settings()
    assert path.with_name(path.name + settings.UNREADABLE).exists()


def test_a_notice_without_end_is_none(tmp_path: Path) -> None:
    """It is read before anybody signs in."""
    (tmp_path / public_notice.FILE_NAME).write_text(f'{{"x": {DEEP}')
    assert public_notice.public_notice(tmp_path) is None


@pytest.mark.parametrize("text", [DEEP, f'{{"body": {DEEP}', '["body"]', "1", "null"])
def test_counts_without_end_are_tampering(tmp_path: Path, text: str) -> None:
    """Who edits the count waits the longest; nobody is kept out by an error."""
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(Refusal):
        Throttle(tmp_path, bytes(32), lambda: 1_000.0).require_turn("a")


@pytest.mark.parametrize("text", [DEEP, f'{{"x": {DEEP}', "[1]"])
def test_a_memory_without_end_remembers_nothing(
    tmp_path: Path, staff_keyring: KeyRing, text: str
) -> None:
    """As if the file were gone."""
    keyring = replace(staff_keyring, device_folder=str(tmp_path))
    (tmp_path / f"seen-{keyring.vault_id}.json").write_text(text)
    assert audit_marks.remembered(keyring).marks == ()
