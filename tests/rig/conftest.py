# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of the rigs, their workers, and the one table at the end."""

import os
import shutil
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TypeVar

import pytest

from tests.rig import tracing
from tests.rig.injections import Point, points_of
from tests.rig.journeys import JOURNEYS
from tests.rig.report import Machine, Row, Verdict, table, write_json
from tests.rig.trials import prepared_in

Case = TypeVar("Case")
Outcome = TypeVar("Outcome")

MEMORY = Path("/dev/shm")  # noqa: S108 a folder with a random name is made in it
ROWS: list[Row] = []


@dataclass(frozen=True, slots=True)
class Rig:
    """What every rig is given."""

    folder: Path
    """On the disk whose file system is tested."""
    memory: Path
    """Where states are laid out that no disk has to keep."""
    quick: bool
    workers: ProcessPoolExecutor = field(repr=False)

    def often(self, full: int, quick: int) -> int:
        return quick if self.quick else full

    def thinned(self, cases: list[Case], quick: int) -> list[Case]:
        """Every case, or about so many of them, evenly spread."""
        step = max(1, len(cases) // quick) if self.quick else 1
        return cases[step // 2 :: step]

    @property
    def prepared(self) -> Path:
        """A facility with a directory and a visit that waits, to be copied."""
        return self.folder / "prepared"

    @property
    def prepared_in_memory(self) -> Path:
        return self.memory / "prepared"

    def each(
        self,
        work: Callable[[Path, Case], Outcome],
        cases: Iterable[Case],
        *,
        shared: Path,
        chunk: int = 4,
    ) -> Iterator[Outcome]:
        """`work(shared, case)` for every case, on all processors."""
        return self.workers.map(partial(work, shared), cases, chunksize=chunk)

    def once(self, work: Callable[[Path, Case], Outcome], case: Case, *, shared: Path) -> Outcome:
        """In a worker, because this process has threads and may not fork."""
        return self.workers.submit(work, shared, case).result()

    @contextmanager
    def row(self, what: str) -> Iterator["Finding"]:
        """Times what is done inside and enters it in the table, also when it breaks off."""
        finding = Finding()
        began = time.perf_counter()
        try:
            yield finding
        except BaseException as error:
            finding.problems.append(f"broke off: {error!r}")
            raise
        finally:
            verdict = Verdict.BROKE if finding.problems else Verdict.HELD
            found = finding.found or "; ".join(finding.problems[:1])
            ROWS.append(Row(what, finding.times, found, verdict, time.perf_counter() - began))
        assert not finding.problems, "\n".join(finding.problems[:20])


@dataclass(slots=True)
class Finding:
    """What one rig has to say when it is done."""

    times: int = 0
    found: str = ""
    problems: list[str] = field(default_factory=list)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("rig")
    group.addoption("--quick", action="store_true", help="five minutes at most, not all states")
    group.addoption("--json", type=Path, default=Path("build/rig.json"), help="where to write")
    group.addoption("--folder", type=Path, help="on which disk to work; a temporary one otherwise")
    group.addoption("--workers", type=int, default=os.cpu_count() or 1, help="processes at once")


@pytest.fixture(scope="session")
def rig(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    folder = request.config.getoption("folder") or tmp_path_factory.mktemp("rig")
    # The order in a set must not differ between a rehearsal and what is compared with it.
    os.environ["PYTHONHASHSEED"] = "0"
    count = request.config.getoption("workers")
    with (
        TemporaryDirectory(prefix="rig-", dir=MEMORY if MEMORY.is_dir() else folder) as memory,
        ProcessPoolExecutor(count, mp_context=get_context("spawn")) as workers,
    ):
        made = Rig(folder.resolve(), Path(memory), request.config.getoption("quick"), workers)
        shutil.copytree(prepared_in(made.prepared), made.prepared_in_memory)
        yield made


@pytest.fixture(scope="session")
def needs_strace() -> None:
    """The rows that disturb system calls."""
    if not tracing.is_here():
        pytest.skip("needs strace, and a system that lets it attach")


@pytest.fixture(scope="session")
def points(rig: Rig, needs_strace: None) -> list[Point]:  # noqa: ARG001 nothing is counted without
    """Every call of every journey that changes something on the disk."""
    found = rig.each(points_of, JOURNEYS, shared=rig.prepared, chunk=1)
    return [point for of_journey in found for point in of_journey]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A row that this machine cannot give is named, and never counts as passed."""
    report = yield
    if report.skipped and call.excinfo is not None:
        ROWS.append(Row(item.name, 0, str(call.excinfo.value), Verdict.NOT_RUN))
    return report


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if not ROWS:
        return
    folder = config.getoption("folder") or Path(gettempdir())
    machine = Machine.here(folder)
    terminalreporter.section("what the records survived")
    terminalreporter.write_line(table(ROWS, machine))
    path = config.rootpath / config.getoption("json")
    write_json(path, ROWS, machine, quick=config.getoption("quick"))
    terminalreporter.write_line(f"\nwritten to {path.relative_to(config.rootpath)}")
