# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rigs found: one row for each, as a table and as JSON."""

import json
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from sqlcipher3 import dbapi2


class Verdict(StrEnum):
    HELD = "pass"
    BROKE = "FAIL"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Row:
    """One rig: what was done, how often, what came of it."""

    what: str
    times: int
    found: str
    verdict: Verdict
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Machine:
    """On what the figures were taken."""

    kernel: str
    file_system: str
    python: str
    sqlcipher: str

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
        )

    def line(self) -> str:
        return (
            f"{self.kernel}, {self.file_system}, {self.python}, SQLCipher {self.sqlcipher}, "
            f"{os.cpu_count()} processors"
        )


def file_system(folder: Path) -> str:
    """Its type, as Linux lists it; elsewhere the name of the system stands for it."""
    mounts = Path("/proc/self/mounts")
    if not mounts.exists():
        return platform.system()
    fields = [line.split() for line in mounts.read_text(encoding="utf-8").splitlines()]
    place = folder.resolve()
    over = [(point, kind) for _, point, kind, *_ in fields if place.is_relative_to(point)]
    return max(over, key=lambda found: len(found[0]))[1]


def table(rows: Iterable[Row], machine: Machine) -> str:
    """Every row in the order in which it was run."""
    cells = [("rig", "times", "result", "seconds", "")]
    cells += [
        (row.what, f"{row.times:,}", row.found, f"{row.seconds:.0f}", row.verdict.value)
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(cells[0]))]
    right = {1, 3}
    lines = [
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in cells
    ]
    lines.insert(1, "-" * max(len(line) for line in lines))
    return "\n".join([machine.line(), "", *lines])


def write_json(path: Path, rows: Iterable[Row], machine: Machine, *, quick: bool) -> None:
    """For whoever compares two runs; each row says on what it was run."""
    on_what = asdict(machine)
    found = {"quick": quick, "rows": [{**asdict(row), **on_what} for row in rows]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
