# SPDX-License-Identifier: GPL-3.0-or-later
"""The program opens no network connection, whatever it does; the system is the witness."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rig.figures import shows
from tests.rig.running import Rig

INTERNET = re.compile(r"\bAF_INET6?\b")
KNOCK = "import socket; socket.socket(socket.AF_INET); socket.socket(socket.AF_INET6)"


def sockets_of(command: list[str], trace: Path) -> list[str]:
    """Every socket that a program and its children ask for."""
    subprocess.run(
        ["strace", "-f", "-q", "-o", str(trace), "-e", "trace=socket", *command],  # noqa: S607 the rows say when it is missing
        check=True,
        capture_output=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    return [line for line in trace.read_text().splitlines() if "socket(" in line]


@shows("sockets")
@pytest.mark.usefixtures("needs_strace")
def rig_no_network(rig: Rig) -> None:
    """The demonstration: three visits, all papers, and outside of the short run every screen."""
    with rig.row("the demonstration under strace") as row:
        demo = [sys.executable, "-m", "pact_desktop", "demo", "--paper", "sq"]
        out = ["--out", str(rig.folder / "demo")]
        screens = [] if rig.quick else ["--screens"]
        found = sockets_of([*demo, *out, *screens], rig.folder / "demo.trace")
        row.times = 1
        row.problems = [line for line in found if INTERNET.search(line)]
        row.found = f"{len(row.problems)} of {len(found)} sockets are of the internet"


@shows("sockets", control=True)
@pytest.mark.usefixtures("needs_strace")
def rig_network_is_seen(rig: Rig) -> None:
    """A program that does open two is caught twice."""
    with rig.row("control, must be seen: two sockets") as row:
        found = sockets_of([sys.executable, "-c", KNOCK], rig.folder / "knock.trace")
        row.times = len([line for line in found if INTERNET.search(line)])
        row.found = f"{row.times} seen"
        if row.times != 2:
            row.problems = ["two sockets were opened and not seen"]
