# SPDX-License-Identifier: GPL-3.0-or-later
"""Gates over the shipped content: schemas fit the program, published folders never change."""

import shutil
from pathlib import Path

from pact_desktop.interchange.digests import changed_folders, list_text
from pact_desktop.interchange.schemas import schema_texts
from pact_desktop.resources import shipped

ROOT = shipped("indicator_sets")


def test_schema_files_are_those_of_the_program() -> None:
    """An editor helps with exactly what the program reads."""
    for name, text in schema_texts().items():
        assert (ROOT / "schema" / name).read_text(encoding="utf-8") == text, name


def test_published_folders_keep_their_digest() -> None:
    """Every folder is listed; one that left draft has the digest it was published with."""
    assert changed_folders(ROOT) == []


def test_change_after_publishing_is_noticed(tmp_path: Path) -> None:
    """A word changed in a published set is told by the name of its folder."""
    root = tmp_path / "indicator_sets"
    shutil.copytree(ROOT, root)
    file = root / "indicators" / "pact-adult" / "0.1.0" / "set.yaml"
    published = file.read_text(encoding="utf-8").replace("status: draft", "status: active", 1)
    file.write_text(published, encoding="utf-8")
    assert changed_folders(root) == ["indicators/pact-adult/0.1.0"]
    (root / "digests.json").write_text(list_text(root), encoding="utf-8")
    assert changed_folders(root) == []
    file.write_text(published.replace("Who answers", "Who replies"), encoding="utf-8")
    assert changed_folders(root) == ["indicators/pact-adult/0.1.0"]
