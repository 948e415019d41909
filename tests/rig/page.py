# SPDX-License-Identifier: GPL-3.0-or-later
"""`docs/trust.md`: the figures for whoever has to decide whether to trust the program.

Written from `docs/trust.json` beside it, never by hand. Each run that is written in replaces the
rows of the figures it ran and leaves the others, which keep their own date, machine and revision.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from tests.rig.figures import FIGURES
from tests.rig.report import Verdict, machine_line

Run = Mapping[str, Any]
Row = Mapping[str, Any]

_TOP: Final = """<!-- Written by `python3 dev.py rig --write docs/trust.md`. Do not edit. -->

# What was tried, how often, and what came of it

What is saved stays saved; what is locked is gone; what is stolen is useless; who looked is known;
what cannot be promised is said ([limits](limits.md)). Each line below is a figure behind one of
these sentences. Anyone can take it again:

```
python3 dev.py rig                the whole of it
python3 dev.py rig --quick        fewer trials, in minutes
python3 dev.py rig --only keys    one figure
```

"pass" stands only where it was tried as often as the target asks. "pass, fewer than asked" found
nothing wrong in fewer trials. "not run" was not tried here and proves nothing. A control is done on
purpose so that something is found: a rig that could not see it would prove nothing.
"""


def write_page(path: Path, run: Run) -> None:
    """Puts a run into the page and into the JSON beside it."""
    beside = path.with_suffix(".json")
    known = json.loads(beside.read_text(encoding="utf-8")) if beside.exists() else {"rows": []}
    found = {"rows": merged(known["rows"], run)}
    text = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    beside.write_text(text, encoding="utf-8")
    path.write_text(page(found["rows"]), encoding="utf-8")


def merged(known: list[Row], run: Run) -> list[Row]:
    """In the order of the figures, those of this run in place of what was there."""
    fresh = {row["figure"] for row in run["rows"]}
    taken = {
        "quick": run["quick"],
        "began": run["began"],
        "revision": run["revision"],
        "machine": run["machine"],
    }
    order = {key: number for number, key in enumerate(FIGURES)}
    kept = [row for row in known if row["figure"] in order.keys() - fresh]
    new = [{**row, "taken": taken} for row in run["rows"]]
    return sorted([*kept, *new], key=lambda row: order[row["figure"]])


def page(rows: list[Row]) -> str:
    """The whole text; figures that no run has brought yet are named as not run."""
    shown = "\n".join(_lines(rows))
    return f"{_TOP}\n{shown}\n\n{_where(rows)}"


def _lines(rows: list[Row]) -> Iterator[str]:
    yield "| figure | what was done | times | target | result | | taken |"
    yield "|---|---|---:|---|---|---|---|"
    runs = _runs(rows)
    for figure in FIGURES.values():
        of_figure = [row for row in rows if row["figure"] == figure.key]
        for row in of_figure:
            what = f"{row['what']} ({row['on']})" if row["on"] else row["what"]
            needs = f"; needs {row['needs']}" if row["needs"] else ""
            cells = (
                figure.claim,
                f"{what}{needs}",
                f"{row['times']:,}",
                row["target"],
                row["found"],
                row["verdict"],
                f"{runs.index(row['taken']) + 1}",
            )
            yield f"| {' | '.join(_cell(cell) for cell in cells)} |"
        if not of_figure:
            yield f"| {figure.claim} | | 0 | {_cell(figure.target)} | | {Verdict.NOT_RUN} | |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _runs(rows: list[Row]) -> list[Any]:
    found: list[Any] = []
    for row in rows:
        if row["taken"] not in found:
            found.append(row["taken"])
    return found


def _where(rows: list[Row]) -> str:
    lines = ["The last column says which run a row was taken in:", ""]
    for number, taken in enumerate(_runs(rows), start=1):
        kind = "short run" if taken["quick"] else "whole run"
        lines.append(
            f"{number}. {kind} of {taken['began']}, revision {taken['revision']}, "
            f"on {machine_line(taken['machine'])}"
        )
    return "\n".join(lines) + "\n"
