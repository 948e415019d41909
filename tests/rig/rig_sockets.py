# SPDX-License-Identifier: GPL-3.0-or-later
"""The program opens no network connection, whatever it does; the system is the witness."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig import copies
from tests.rig.figures import shows
from tests.rig.journeys import JOURNEYS
from tests.rig.running import Rig
from tests.rig.trials import prepared_in

INTERNET = re.compile(r"\bAF_INET6?\b")
KNOCK = "import socket; socket.socket(socket.AF_INET); socket.socket(socket.AF_INET6)"
WITHOUT_NETWORK = ["unshare", "--net"]


def run(command: list[str]) -> str:
    return subprocess.run(
        command,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    ).stdout


def sockets_of(command: list[str], trace: Path) -> list[str]:
    """Every socket that a program and its children ask for."""
    calls = "trace=socket,connect,bind,sendto"
    run(["strace", "-f", "-q", "-o", str(trace), "-e", calls, *command])
    return [line for line in trace.read_text().splitlines() if "(" in line and "= " in line]


def demonstration(rig: Rig, out: str) -> list[str]:
    """Three visits, all papers, and outside of the short run every screen."""
    demo = [sys.executable, "-m", "pact_desktop", "demo", "--paper", "sq"]
    return [*demo, "--out", str(rig.folder / out), *([] if rig.quick else ["--screens"])]


@pytest.fixture(scope="module")
def prepared(rig: Rig) -> Path:
    """A facility of its own, with a backup and a later program beside it."""
    made = prepared_in(rig.folder / "sockets" / "prepared")
    rig.once(copies.prepare, None, shared=made)
    return made


@shows("sockets")
@pytest.mark.usefixtures("needs_strace")
def rig_no_network(rig: Rig, prepared: Path) -> None:
    """Every journey of the rigs, then the demonstration."""
    names = [*JOURNEYS, *copies.JOURNEYS]
    everything = [sys.executable, "-m", "tests.rig.everything", str(prepared)]
    for name, count, command in (
        ("every journey under strace", len(names), [*everything, str(rig.folder / "journeys")]),
        ("the demonstration under strace", 1, demonstration(rig, "demo")),
    ):
        with rig.row(name, ", ".join(names) if count > 1 else "") as row:
            found = sockets_of(command, rig.folder / "sockets.trace")
            row.times = count
            row.problems = [line for line in found if INTERNET.search(line)]
            row.found = f"{len(row.problems)} of {len(found)} calls are of the internet"


@shows("sockets")
@pytest.mark.skipif(
    shutil.which("unshare") is None or not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="not run: needs Linux and root to take the network away",
)
def rig_without_a_network(rig: Rig, prepared: Path) -> None:
    """A computer that has no network card does the same work."""
    with rig.row("every journey on a computer without any network") as row:
        place = [str(prepared), str(rig.folder / "alone")]
        done = run([*WITHOUT_NETWORK, sys.executable, "-m", "tests.rig.everything", *place])
        row.times = len(done.splitlines())
        row.found = f"{row.times} journeys to their end"
        if row.times != len([*JOURNEYS, *copies.JOURNEYS]):
            row.problems = [row.found]


@shows("sockets", control=True)
@pytest.mark.usefixtures("needs_strace")
def rig_network_is_seen(rig: Rig) -> None:
    """A program that does open two is caught twice."""
    with rig.row("two sockets") as row:
        found = sockets_of([sys.executable, "-c", KNOCK], rig.folder / "knock.trace")
        row.times = len([line for line in found if INTERNET.search(line)])
        row.found = f"{row.times} seen"
        if row.times != 2:
            row.problems = ["two sockets were opened and not seen"]
