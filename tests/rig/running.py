# SPDX-License-Identifier: GPL-3.0-or-later
"""What every rig is given, and how its result becomes a row that can be believed."""

import os
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final, TypeVar

from tests.rig.figures import FIGURES, MUST_BE_SEEN, Figure
from tests.rig.report import BROKE_OFF, ROOT, Row, Run, Verdict
from tests.rig.trials import prepared_in

Case = TypeVar("Case")
Outcome = TypeVar("Outcome")

SOURCES: Final = ("pact_desktop", "ui", "translations", "indicator_sets", "tests")
"""What a row depends on: while one of these files changes, no row says anything."""
SHOWN_PROBLEMS: Final = 20


def sources(root: Path = ROOT) -> dict[str, tuple[int, int]]:
    """When each file of the program and of the rigs was last written, and how long it is."""
    return {
        str(path.relative_to(root)): (found.st_mtime_ns, found.st_size)
        for folder in SOURCES
        for path in (root / folder).rglob("*")
        if "__pycache__" not in path.parts and path.suffix != ".part"
        for found in [path.stat()]
        if path.is_file()
    }


def changed(before: dict[str, tuple[int, int]], root: Path = ROOT) -> list[str]:
    """Files that are not what they were."""
    now = sources(root)
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


@dataclass(slots=True)
class Finding:
    """What one rig has to say when it is done."""

    times: int = 0
    found: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Record:
    """The rows of this run, on the disk after each of them."""

    run: Run
    path: Path
    before: dict[str, tuple[int, int]]
    planned: dict[str, list[str]] = field(default_factory=dict)
    """For each rig that was chosen and has not ended, which figures it shows."""
    current: Figure | None = None
    control: bool = False
    began: int = 0
    """How many rows there were before the rig that runs now."""
    rows: list[Row] = field(default_factory=list)

    def enter(self, row: Row) -> None:
        self.rows.append(row)
        self.save()

    def save(self, ended: str = "") -> None:
        """What was chosen and has not come to its end stands there as failed."""
        waiting = [
            Row(key, name, "", 0, FIGURES[key].target, BROKE_OFF, Verdict.BROKE)
            for name, keys in self.planned.items()
            for key in keys
        ]
        self.run.rows = [*judged(self.rows), *waiting]
        self.run.ended = ended
        self.run.write(self.path)


@dataclass(slots=True)
class Rig:
    """What every rig is given."""

    folder: Path
    """On the disk whose file system is tested."""
    memory: Path
    """Where states are laid out that no disk has to keep."""
    quick: bool
    count: int
    """Processes at once."""
    record: Record
    longest: float
    """Seconds after which a row that is not done counts as hung."""
    _workers: ProcessPoolExecutor | None = field(default=None, repr=False)

    def often(self, full: int, quick: int) -> int:
        return quick if self.quick else full

    def thinned(self, cases: list[Case], quick: int, most: int = 0) -> list[Case]:
        """Every case, or so many of them, evenly spread; `most` holds for the whole run."""
        wanted = min(len(cases), quick if self.quick else most or len(cases))
        return [cases[number * len(cases) // wanted] for number in range(wanted)]

    @property
    def prepared(self) -> Path:
        """A facility with a directory and a visit that waits, to be copied."""
        made = self.folder / "prepared"
        return made if made.exists() else prepared_in(made)

    @property
    def prepared_in_memory(self) -> Path:
        made = self.memory / "prepared"
        return made if made.exists() else Path(shutil.copytree(self.prepared, made))

    @property
    def workers(self) -> ProcessPoolExecutor:
        if self._workers is None:
            self._workers = ProcessPoolExecutor(self.count, mp_context=get_context("spawn"))
        return self._workers

    def each(
        self,
        work: Callable[[Path, Case], Outcome],
        cases: Iterable[Case],
        *,
        shared: Path,
        chunk: int = 4,
    ) -> Iterator[Outcome]:
        """`work(shared, case)` for every case, on all processors."""
        given = partial(work, shared)
        return self.workers.map(given, cases, chunksize=chunk, timeout=self.longest)

    def once(self, work: Callable[[Path, Case], Outcome], case: Case, *, shared: Path) -> Outcome:
        """In a worker, because this process has threads and may not fork."""
        return self.workers.submit(work, shared, case).result(self.longest)

    def dismiss(self) -> None:
        """Ends the workers; who is stuck is killed, so that the next row finds new ones."""
        if self._workers is not None:
            for process in list((self._workers._processes or {}).values()):  # noqa: SLF001 no other way
                process.kill()
            self._workers.shutdown(cancel_futures=True)
            self._workers = None

    @contextmanager
    def row(self, what: str, on: str = "") -> Iterator[Finding]:
        """Times what is done inside and enters it in the table, also when it breaks off."""
        finding = Finding()
        began = time.perf_counter()
        try:
            yield finding
        except BaseException as error:
            finding.problems.insert(0, f"broke off: {error!r}")
            if isinstance(error, BrokenProcessPool | TimeoutError):
                self.dismiss()
            raise
        finally:
            self._enter(what, on, finding, time.perf_counter() - began)
        assert not finding.problems, "\n".join(finding.problems[:SHOWN_PROBLEMS])

    def _enter(self, what: str, on: str, finding: Finding, seconds: float) -> None:
        figure = self.record.current
        assert figure is not None, "every rig is marked with what it shows"
        if meanwhile := changed(self.record.before):
            finding.problems.insert(
                0, f"the program was changed meanwhile ({', '.join(meanwhile[:3])}): run it again"
            )
        control = self.record.control
        self.record.enter(
            Row(
                figure=figure.key,
                what=what,
                on=on,
                times=finding.times,
                target=MUST_BE_SEEN if control else figure.target,
                found="; ".join(finding.problems[:1]) or finding.found,
                verdict=verdict(finding),
                seconds=round(seconds, 1),
                control=control,
                needs=figure.needs,
                problems=tuple(finding.problems[:SHOWN_PROBLEMS]),
            )
        )


def judged(rows: list[Row]) -> list[Row]:
    """The rows of a figure count together: what is not enough in all is said at each of them."""
    tried = Counter[str]()
    for row in rows:
        if not row.control:
            tried[row.figure] += row.times
    return [
        replace(row, verdict=Verdict.SHORT)
        if row.verdict is Verdict.HELD
        and not row.control
        and tried[row.figure] < FIGURES[row.figure].at_least
        else row
        for row in rows
    ]


def verdict(finding: Finding) -> Verdict:
    """A row that did nothing at all has shown nothing."""
    return Verdict.BROKE if finding.problems or not finding.times else Verdict.HELD


def processors() -> int:
    return os.cpu_count() or 1
