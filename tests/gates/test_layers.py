# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports point inwards, nothing opens a connection, and file names say nothing."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indicator_sets.neutral_words import NEVER

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "pact_desktop"
DOORS = re.compile(r"QtNetwork|QtWebSockets|QtWebEngine|QDesktopServices")
"""Parts of Qt that reach out of the computer; import contracts cannot name them."""
FILE_NAME = re.compile(r"\.(pdf|po|db|json|log|txt|csv|xlsx|toml|png|svg|ui)$")


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def test_contracts_hold() -> None:
    """Layers, Qt, database, network, screens and cycles, as pyproject.toml says them."""
    # A process of its own: the linter sets up logging for itself alone.
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    found = subprocess.run(
        [sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout[-3000:]


@pytest.mark.parametrize(
    ("contract", "knowing"),
    [
        # `main` starts the window, so that it knows Qt by way of it.
        ("Only the desktop knows Qt", {"desktop", "main", "__main__"}),
        ("Only storage knows the database", {"storage"}),
        ("Only documents know how to draw a page", {"documents"}),
    ],
)
def test_a_library_has_one_owner(contract: str, knowing: set[str]) -> None:
    """A new module of the package does not stand outside these contracts."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in settings["tool"]["importlinter"]["contracts"]}
    named = {name.partition(".")[2] for name in contracts[contract]["source_modules"]}
    modules = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert named == modules - knowing - {"__init__", "__pycache__", "_shipped"}


def test_no_part_of_qt_that_reaches_out_is_imported() -> None:
    """A record cannot leave the computer by a way that does not exist."""
    found = [
        (path.name, name)
        for path, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", "") or "", *(alias.name for alias in node.names)]
        if DOORS.search(name)
    ]
    assert found == []


def test_file_names_are_neutral() -> None:
    """Names of files stand in recent lists, print queues and backups."""
    never = re.compile(NEVER["en"] + "|screening|danger|concern", re.IGNORECASE)
    written = [
        node.value
        for _, tree in _modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if FILE_NAME.search(node.value) and " " not in node.value
    ]
    assert [name for name in written if never.search(name)] == []


def test_nobody_prints_outside_the_command_line() -> None:
    """What is printed stays in a terminal's history."""
    found = [
        path.name
        for path, tree in _modules()
        if "command_line" not in path.parts and path.name != "main.py"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert found == []


def test_every_source_file_names_its_licence() -> None:
    """First line, so that a copied file stays free."""
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), ROOT / "dev.py"]
    bare = [
        path.relative_to(ROOT).as_posix()
        for path in files
        if "SPDX-License-Identifier" not in path.read_text(encoding="utf-8")[:120]
    ]
    assert bare == []
