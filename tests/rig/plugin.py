# SPDX-License-Identifier: GPL-3.0-or-later
"""For pytest: options of the rigs, which of them are run, and that none of them goes missing."""

import os
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import pytest

from tests.rig import tracing
from tests.rig.figures import FIGURES
from tests.rig.injections import Point, points_of
from tests.rig.journeys import JOURNEYS
from tests.rig.report import BROKE_OFF, Machine, Row, Run, Verdict, revision
from tests.rig.running import Record, Rig, processors, sources

MEMORY = Path("/dev/shm")  # noqa: S108 a folder with a random name is made in it
RECORD = pytest.StashKey[Record]()
QUICK_ROW_S, WHOLE_ROW_S = 240.0, 2700.0


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("rig")
    group.addoption("--quick", action="store_true", help="five minutes at most, not all states")
    group.addoption("--only", action="append", default=[], help="these figures, not all of them")
    group.addoption("--json", type=Path, default=Path("build/rig.json"), help="where to write")
    group.addoption("--folder", type=Path, help="on which disk to work; a temporary one otherwise")
    group.addoption("--workers", type=int, default=processors(), help="processes at once")


def pytest_configure(config: pytest.Config) -> None:
    unknown = [key for key in config.getoption("only") if key not in FIGURES]
    if unknown:
        message = f"there is no figure {', '.join(unknown)}; choose from {', '.join(FIGURES)}"
        raise pytest.UsageError(message)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    only = set(config.getoption("only"))
    rigs = [item for item in items if item.get_closest_marker("shows")]
    chosen = [item for item in rigs if not only or _figure(item) in only]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen
    folder = config.getoption("folder") or Path(gettempdir())
    run = Run(_command(config), config.getoption("quick"), revision(), _now(), Machine.here(folder))
    record = Record(run, config.rootpath / config.getoption("json"), sources())
    record.planned = {item.name: [_figure(item)] for item in items}
    record.save()
    config.stash[RECORD] = record


def _figure(item: pytest.Item) -> str:
    marker = item.get_closest_marker("shows")
    assert marker is not None
    return str(marker.args[0])


def _command(config: pytest.Config) -> str:
    """As a developer types it."""
    words = ["--quick"] if config.getoption("quick") else []
    words += [f"--only {key}" for key in config.getoption("only")]
    return " ".join(["python3 dev.py rig", *words])


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())


@pytest.fixture(scope="session")
def rig(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    folder = request.config.getoption("folder") or tmp_path_factory.mktemp("rig")
    # The order in a set must not differ between a rehearsal and what is compared with it.
    os.environ["PYTHONHASHSEED"] = "0"
    quick = request.config.getoption("quick")
    with TemporaryDirectory(prefix="rig-", dir=MEMORY if MEMORY.is_dir() else folder) as memory:
        made = Rig(
            folder.resolve(),
            Path(memory),
            quick,
            request.config.getoption("workers"),
            request.config.stash[RECORD],
            QUICK_ROW_S if quick else WHOLE_ROW_S,
        )
        try:
            yield made
        finally:
            made.dismiss()


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
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """What a rig enters while it runs belongs to the figure with which it is marked."""
    record = item.config.stash[RECORD]
    marker = item.get_closest_marker("shows")
    assert marker is not None
    record.current = FIGURES[_figure(item)]
    record.control = bool(marker.kwargs.get("control"))
    record.began = len(record.rows)
    found = yield
    # No result of any kind: it broke off before it could say what it does.
    if len(record.rows) == record.began:
        record.enter(_row(item, BROKE_OFF, Verdict.BROKE))
    record.planned.pop(item.name, None)
    record.save()
    return found


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A row that this machine cannot give is named, and never counts as passed."""
    report = yield
    if call.excinfo is None:
        return report
    record = item.config.stash[RECORD]
    if report.skipped:
        record.enter(_row(item, str(call.excinfo.value), Verdict.NOT_RUN))
    elif not any(row.verdict is Verdict.BROKE for row in record.rows[record.began :]):
        record.enter(_row(item, f"{BROKE_OFF}: {call.excinfo.value!r}", Verdict.BROKE))
    return report


def _row(item: pytest.Item, found: str, verdict: Verdict) -> Row:
    figure = FIGURES[_figure(item)]
    words = item.name.removeprefix("rig_").replace("_", " ")
    return Row(figure.key, words, "", 0, figure.target, found, verdict, needs=figure.needs)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    record = session.config.stash.get(RECORD, None)
    if record is not None:
        record.save(ended=_now())
