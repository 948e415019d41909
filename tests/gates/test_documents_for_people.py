# SPDX-License-Identifier: GPL-3.0-or-later
"""README, changelog and limits name only what is there."""

import re
from pathlib import Path

import pytest

from pact_desktop import __version__
from pact_desktop.command_line.arguments import parser

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "pact_desktop"


def test_readme_names_files_that_exist() -> None:
    """A newcomer finds every file that the README sends her to."""
    named = re.findall(r"\b(?:(?:desktop|domain|services|storage)/[\w/]+\.py)\b", README)
    assert named
    assert [path for path in named if not (PACKAGE / path).exists()] == []
    linked = re.findall(r"\]\(((?!https?:)[^)#]+)\)", README)
    pictures = {path for path in linked if path.startswith("docs/pictures/")}
    assert [path for path in set(linked) - pictures if not (ROOT / path).exists()] == []


def test_readme_names_functions_that_exist() -> None:
    """The way of an answer is drawn with the names that the code has today."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    for name in (
        "record_answer",
        "load_screening",
        "with_answer",
        "save_screening",
        "suggest_concern",
        "issue_form",
        "_confirmed",
    ):
        assert name in README
        assert f"def {name}(" in source, name
    for name in ("ObservationRow", "ObservationsView", "ObservationsPresenter", "VisitContext"):
        assert name in README
        assert f"class {name}(" in source or f"class {name}:" in source, name


@pytest.mark.parametrize(
    "words",
    [
        ["demo", "--out", "papers", "--language", "mk", "--paper", "sq", "--screens"],
        ["demo", "--out", "papers", "--theme", "dark"],
        ["self-check", "--json"],
        ["audit", "verify", "--anchor", "01482-K7Q-X2M-FA7", "--sheet", "--json"],
        ["audit", "verify", "--structure", "--json"],
        ["backup", "make", "--to", "stick"],
        ["backup", "verify", "a.intake-backup", "--sheet"],
        ["backup", "restore", "a.intake-backup", "--into", "new"],
        ["--data", "records", "--language", "mk"],
        ["backup", "make", "--to", "stick", "--data", "records", "--language", "mk"],
    ],
)
def test_readme_words_are_understood(words: list[str]) -> None:
    """What the README says to type is what the program takes."""
    parser().parse_args(words)


def test_changelog_has_this_version_with_its_two_extra_headings() -> None:
    """A manager learns for each version which sets ship and what happens to the records."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = re.split(r"^## \[", text, flags=re.MULTILINE)[1]
    assert newest.startswith(f"{__version__}]")
    assert "### Indicator sets" in newest
    assert "### Records" in newest


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md", "docs/limits.md"])
def test_kosovo_carries_its_asterisk(name: str) -> None:
    """The name never stands without its mark, except inside the footnote that explains it."""
    text = (ROOT / name).read_text(encoding="utf-8")
    body = re.split(r"^\\\* This designation", text, flags=re.MULTILINE)[0]
    assert not re.search(r"Kosovo(?!\\\*)", body)
