# SPDX-License-Identifier: GPL-3.0-or-later
"""No rig goes missing: what breaks off has failed, what was not run is named, and so says the end.

The rigs themselves run with `python3 dev.py rig`; here small ones stand in for them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rig import page, report, running
from tests.rig.figures import FIGURES
from tests.rig.report import Verdict

ROOT = Path(__file__).parents[1]
HEAD = "import os\nimport pytest\nfrom tests.rig.figures import shows\n"
GOOD = """
@shows("keys")
def rig_that_holds(rig):
    with rig.row("a row", "something") as row:
        row.times, row.found = 16, "0 wrong"
"""
FEW = """
@shows("fuzzing")
def rig_that_did_little(rig):
    with rig.row("a short row") as row:
        row.times = 1
"""
ABSENT = """
@shows("windows")
def rig_that_cannot_run(rig):
    pytest.skip("needs Windows")
"""
IDLE = """
@shows("keys")
def rig_that_did_nothing(rig):
    with rig.row("an idle row"):
        pass
"""
BROKEN = """
@shows("keys")
def rig_that_breaks_in_its_row(rig):
    with rig.row("a row") as row:
        row.times = 16
        raise OSError("no disk")
"""
BETWEEN = """
@shows("keys")
def rig_that_breaks_after_its_row(rig):
    with rig.row("a row") as row:
        row.times = 16
    raise OSError("no disk")
"""
BEFORE = """
@pytest.fixture
def wanted():
    raise OSError("no disk")

@shows("keys")
def rig_that_breaks_before_it_begins(rig, wanted):
    pass
"""
SHOT = """
@shows("keys")
def rig_that_is_shot(rig):
    os._exit(9)
"""
CHANGED = """
@shows("keys")
def rig_under_which_the_code_changes(rig):
    with rig.row("a row") as row:
        row.times = 16
        rig.record.before["pact_desktop/gone.py"] = (1, 1)
"""


def ran(tmp_path: Path, *rigs: str, only: str = "") -> tuple[int, dict[str, Any]]:
    """Status and result of a run in a process of its own, as `dev.py rig` starts it."""
    (tmp_path / "rig_small.py").write_text("\n".join([HEAD, *rigs]), encoding="utf-8")
    found = tmp_path / "rig.json"
    command = [sys.executable, "-m", "pytest", str(tmp_path), "-q", "-p", "tests.rig.plugin"]
    command += [
        "-o",
        "python_files=rig_*.py",
        "-o",
        "python_functions=rig_*",
        "--rootdir",
        str(ROOT),
    ]
    command += ["-c", str(ROOT / "pyproject.toml"), "-p", "no:randomly", "--json", str(found)]
    command += ["--only", only] if only else []
    subprocess.run(command, cwd=ROOT, check=False, capture_output=True, timeout=100)
    status = report.main([str(found)])
    return status, json.loads(found.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("rig", "verdict", "said"),
    [
        (IDLE, Verdict.BROKE, ""),
        (BROKEN, Verdict.BROKE, "no disk"),
        (BETWEEN, Verdict.BROKE, "no disk"),
        (BEFORE, Verdict.BROKE, "no disk"),
        (SHOT, Verdict.BROKE, report.BROKE_OFF),
        (CHANGED, Verdict.BROKE, "changed meanwhile (pact_desktop/gone.py)"),
    ],
)
def test_what_breaks_off_has_failed_and_is_named(
    tmp_path: Path, rig: str, verdict: Verdict, said: str
) -> None:
    """Whatever ends it, and whenever; the rows beside it stay what they are."""
    status, run = ran(tmp_path, GOOD, rig)
    last = run["rows"][-1]
    assert status == 1
    assert run["rows"][0]["verdict"] == Verdict.HELD
    assert (last["figure"], last["verdict"]) == ("keys", verdict)
    assert said in last["found"]


def test_what_cannot_run_and_what_did_little_is_no_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both are said in the table, and the whole run has not shown what it should."""
    status, run = ran(tmp_path, GOOD, FEW, ABSENT)
    verdicts = {row["figure"]: row["verdict"] for row in run["rows"]}
    assert verdicts == {"keys": "pass", "fuzzing": "pass, fewer than asked", "windows": "not run"}
    assert status == 1
    shown = capsys.readouterr().out
    assert "needs Windows" in shown
    assert "3 rows: 1 pass; 1 pass, fewer than asked; 1 not run" in shown


def test_one_figure_can_be_chosen(tmp_path: Path) -> None:
    """And with nothing but rows that hold the status is 0."""
    status, run = ran(tmp_path, GOOD, FEW, only="keys")
    assert [row["what"] for row in run["rows"]] == ["a row"]
    assert status == 0
    assert run["command"] == "python3 dev.py rig --only keys"


def test_a_run_that_never_began_is_no_result(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing written, nothing shown."""
    assert report.main([str(tmp_path / "none.json")]) == 1
    assert "no row was run" in capsys.readouterr().out


def test_a_changed_file_of_the_program_is_noticed(tmp_path: Path) -> None:
    """By what it holds and by when it was written; other folders do not matter."""
    (tmp_path / "pact_desktop").mkdir()
    (tmp_path / "build").mkdir()
    code = tmp_path / "pact_desktop" / "a.py"
    code.write_text("1")
    before = running.sources(tmp_path)
    (tmp_path / "build" / "b.py").write_text("1")
    assert running.changed(before, tmp_path) == []
    code.write_text("12")
    (tmp_path / "pact_desktop" / "new.py").write_text("1")
    assert running.changed(before, tmp_path) == ["pact_desktop/a.py", "pact_desktop/new.py"]


def test_the_page_names_every_figure_and_keeps_what_another_run_took(tmp_path: Path) -> None:
    """A run of one figure replaces its rows alone; what no run brought is not run."""
    path = tmp_path / "trust.md"
    page.write_page(path, a_run("keys", "whole", quick=False))
    page.write_page(path, a_run("memory", "xyzzy", quick=True))
    page.write_page(path, a_run("memory", "second", quick=True))
    text = path.read_text(encoding="utf-8")
    assert all(figure.claim in text for figure in FIGURES.values())
    assert "| whole |" in text
    assert "| second |" in text
    assert "xyzzy" not in text
    assert "whole run of" in text
    assert "short run of" in text
    assert text.count("| not run |") == len(FIGURES) - 2


def a_run(figure: str, what: str, *, quick: bool) -> dict[str, Any]:
    row = {"figure": figure, "what": what, "on": "", "times": 1, "target": "all", "needs": ""}
    machine = {"kernel": "L", "file_system": "ext4", "python": "P", "sqlcipher": "S"}
    return {
        "quick": quick,
        "began": f"at {what}",
        "revision": "r",
        "machine": {**machine, "processors": 2},
        "rows": [{**row, "found": "0", "verdict": "pass"}],
    }


def test_the_page_of_the_documents_is_what_its_figures_say() -> None:
    """Nobody writes a figure by hand."""
    path = ROOT / "docs" / "trust.md"
    found = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert path.read_text(encoding="utf-8") == page.page(found["rows"])
