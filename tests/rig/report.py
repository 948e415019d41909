# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rigs found: one row for each, as one table, as JSON and as a page of the documents.

`python -m tests.rig.report build/rig.json [--write docs/trust.md]` shows what the last run found,
also when that run broke off, and ends with 0 only when every row that was run held.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

from sqlcipher3 import dbapi2

ROOT: Final = Path(__file__).parents[2]
BROKE_OFF: Final = "broke off and left no result"
_COLUMNS: Final = (
    ("figure", 15),
    ("what was done, on what", 40),
    ("times", 10),
    ("target", 34),
    ("result", 44),
    ("s", 5),
    ("", 12),
)
_HEAD: Final = tuple(name for name, _ in _COLUMNS)
_RIGHT: Final = frozenset({"times", "s"})


class Verdict(StrEnum):
    HELD = "pass"
    SHORT = "pass, fewer than asked"
    """Nothing was found, but it was not tried as often as the target says."""
    BROKE = "FAIL"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Row:
    """One rig: what was done, on what, how often, what came of it."""

    figure: str
    what: str
    on: str
    times: int
    target: str
    found: str
    verdict: Verdict
    seconds: float = 0.0
    control: bool = False
    needs: str = ""
    problems: tuple[str, ...] = ()
    """The first of them, in full."""


@dataclass(frozen=True, slots=True)
class Machine:
    """On what the figures were taken."""

    kernel: str
    file_system: str
    python: str
    sqlcipher: str
    processors: int

    @classmethod
    def here(cls, folder: Path) -> "Machine":
        connection = dbapi2.connect(":memory:")
        (version,) = connection.execute("PRAGMA cipher_version").fetchone()
        connection.close()
        return cls(
            kernel=f"{platform.system()} {platform.release()} {platform.machine()}",
            file_system=file_system(folder),
            python=f"{platform.python_implementation()} {platform.python_version()}",
            sqlcipher=f"{version} (SQLite {dbapi2.sqlite_version})",
            processors=os.cpu_count() or 1,
        )


@dataclass(slots=True)
class Run:
    """One run of the rigs, also while it is still going on."""

    command: str
    quick: bool
    revision: str
    """What was measured: the commit, and whether files differed from it."""
    began: str
    machine: Machine
    rows: list[Row] = field(default_factory=list)
    ended: str = ""

    def write(self, path: Path) -> None:
        """In one step, so that a run that is shot leaves the rows it had."""
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        part.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", "utf-8")
        part.replace(path)


def file_system(folder: Path) -> str:
    """Its type, as Linux lists it; elsewhere the name of the system stands for it."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return platform.system()
    fields = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    place = folder.resolve()
    over = [(point, kind) for _, point, kind, *_ in fields if place.is_relative_to(point)]
    return max(over, key=lambda found: len(found[0]))[1]


def revision() -> str:
    """The commit of the checkout; says so when files differ from it, or when there is no git."""
    try:
        commit = _git("rev-parse", "--short", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{commit} with changes" if changed else commit


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words],  # noqa: S607 the developer's own
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()


def table(run: Mapping[str, Any]) -> str:
    """Every row in the order in which it was run; long cells go on in the next line."""
    lines = [_line(_HEAD)]
    for row in run["rows"]:
        cells = (
            row["figure"],
            f"{row['what']} ({row['on']})" if row["on"] else row["what"],
            f"{row['times']:,}",
            row["target"],
            row["found"],
            f"{row['seconds']:.0f}",
            row["verdict"],
        )
        wrapped = [
            wrap(cell, width) or [""] for cell, (_, width) in zip(cells, _COLUMNS, strict=True)
        ]
        lines += [_line(parts) for parts in zip_longest(*wrapped, fillvalue="")]
    lines.insert(1, "-" * sum(width + 2 for _, width in _COLUMNS))
    return "\n".join([*heading(run), "", *lines, "", summary(run)])


def _line(cells: Iterable[str]) -> str:
    return "  ".join(
        cell.rjust(width) if name in _RIGHT else cell.ljust(width)
        for cell, (name, width) in zip(cells, _COLUMNS, strict=True)
    ).rstrip()


def heading(run: Mapping[str, Any]) -> list[str]:
    """What was run where."""
    kind = "the short run: fewer trials than the targets ask" if run["quick"] else "the whole run"
    ended = run["ended"] or "where it broke off"
    return [
        f"{run['command']}: {kind}",
        f"revision {run['revision']}, {run['began']} to {ended}",
        machine_line(run["machine"]),
    ]


def machine_line(machine: Mapping[str, Any]) -> str:
    return (
        f"{machine['kernel']}, {machine['file_system']}, {machine['python']}, "
        f"SQLCipher {machine['sqlcipher']}, {machine['processors']} processors"
    )


def summary(run: Mapping[str, Any]) -> str:
    """How many rows came to which end."""
    count = {one: sum(row["verdict"] == one for row in run["rows"]) for one in Verdict}
    said = "; ".join(f"{number} {verdict}" for verdict, number in count.items() if number)
    return f"{len(run['rows'])} rows: {said or 'nothing was run'}"


def status(run: Mapping[str, Any]) -> int:
    """0 when every row that was run held; the whole run must also try as often as asked."""
    enough = {Verdict.HELD, Verdict.SHORT} if run["quick"] else {Verdict.HELD}
    ran = [row for row in run["rows"] if row["verdict"] != Verdict.NOT_RUN]
    return 0 if ran and all(row["verdict"] in enough for row in ran) else 1


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="report")
    parser.add_argument("found", type=Path)
    parser.add_argument("--write", type=Path, help="a page of the documents to write it into")
    chosen = parser.parse_args(words)
    try:
        run = json.loads(chosen.found.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        sys.stdout.write(f"No result was written to {chosen.found}: no row was run.\n")
        return 1
    sys.stdout.write(f"\n{table(run)}\nwritten to {chosen.found}\n")
    if chosen.write is not None:
        from tests.rig.page import write_page  # noqa: PLC0415 it needs this module

        write_page(chosen.write, run)
        sys.stdout.write(f"and to {chosen.write}\n")
    return status(run)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
