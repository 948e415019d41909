# SPDX-License-Identifier: GPL-3.0-or-later
"""Hostile names in every output: never markup, never a file that is opened, never the end of it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.hostile_text import SENTINEL, texts
from tests.rig import tracing
from tests.rig.figures import shows
from tests.rig.outputs import OUTPUTS
from tests.rig.running import Rig

PARTS = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """What one program said, and which files with the name of a text it asked the system for."""

    tried: int
    problems: list[str]
    opened: list[str]
    watched: bool


def given(folder: Path, part: tuple[str, ...]) -> Seen:
    """Lets a program try its part of the texts, while strace looks on where it is there."""
    home = folder / "-".join(("hostile", *part))
    home.mkdir(parents=True)
    trace = home / "files.trace"
    watched = tracing.is_here()
    look = ["strace", "-f", "-q", "-o", str(trace), "-e", "trace=%file,connect,socket"]
    command = [sys.executable, "-m", "tests.rig.outputs", str(home), *part]
    subprocess.run(
        [*(look if watched else []), *command],
        check=True,
        capture_output=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    found = json.loads((home / "found.json").read_text(encoding="utf-8"))
    calls = trace.read_text(errors="replace").splitlines() if watched else []
    opened = [line for line in calls if SENTINEL in line]
    return Seen(found["tried"], found["problems"], opened, watched)


@shows("hostile-text")
def rig_hostile_text(rig: Rig) -> None:
    """Each text to each output: papers, table, log, widgets, tooltips, clipboard, files."""
    with rig.row("hostile texts given to every output", f"{len(OUTPUTS)} outputs") as row:
        step = rig.often(PARTS, 30)
        parts = [(str(first), str(step)) for first in range(rig.often(PARTS, 2))]
        found = list(rig.each(given, parts, shared=rig.folder, chunk=1))
        row.times = sum(one.tried for one in found)
        row.problems = [problem for one in found for problem in one.problems]
        row.problems += [f"asked for a file: {line}" for one in found for line in one.opened]
        watched = "watched by strace" if all(one.watched for one in found) else "not watched"
        row.found = (
            f"{len(row.problems)} read as markup, opened a file or broke off; "
            f"{row.times // len(OUTPUTS)} of {len(list(texts()))} texts, {watched}"
        )


@shows("hostile-text", control=True)
def rig_hostile_text_is_seen(rig: Rig) -> None:
    """A label and a paragraph as the libraries make them read the same texts as markup."""
    with rig.row("the same texts, given to what reads markup") as row:
        found = rig.once(given, (), shared=rig.folder)
        row.times = found.tried
        row.found = f"{found.tried} read or broken off, {len(found.opened)} files asked for"
        if not any(said.startswith("label") for said in found.problems):
            row.problems = ["a label that reads markup was not seen"]
        if found.watched and not found.opened:
            row.problems.append("no file was seen to be asked for")
