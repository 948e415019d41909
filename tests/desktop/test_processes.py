# SPDX-License-Identifier: GPL-3.0-or-later
"""Keys go from one process to the next, whole, once, and past everybody else's eyes."""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from tests import stranger
from tests.hand_over import NEVER_RINGS, PLAIN
from tests.memory import PROC

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="becomes another program by exec")
ROOT = Path(__file__).parents[2]
USUAL = "usual"


@contextmanager
def a_hand_over(secret: str, way: str = USUAL) -> "Iterator[subprocess.Popen[str]]":
    """A process that becomes the next one as soon as it is told a line."""
    pipe = subprocess.PIPE
    command = stranger.as_any_user([sys.executable, "-m", "tests.hand_over", way, secret])
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "shut\n"
        yield process
        process.kill()


def go(process: "subprocess.Popen[str]") -> str:
    """What the next process says at its end."""
    said, _ = process.communicate("go\n", timeout=30)
    return said


@pytest.mark.parametrize("size", [1, 4_000, 300_000])
def test_keys_arrive_whole(size: int) -> None:
    """Also when they are more than a pipe holds; and who kept them is gone."""
    secret = "k" * size if size < 100_000 else str(size)
    with a_hand_over(secret) as process:
        digest, children, *words = go(process).split()
    if size < 100_000:
        assert digest == sha256(secret.encode()).hexdigest()
    assert children == "0"
    assert words[0] == "--session"
    assert words[-2:] == ["--data", "somewhere"]


def test_a_process_that_does_not_ring_gets_nothing() -> None:
    """It was something else, or it ended at once; the keys are forgotten with their keeper."""
    with a_hand_over("never handed over", NEVER_RINGS) as process:
        assert go(process) == ""
        assert process.returncode == 0
        until = time.monotonic() + 5
        while keepers(process.pid) and time.monotonic() < until:
            time.sleep(0.01)
        assert keepers(process.pid) == []


def keepers(group: int) -> list[int]:
    """Processes of the tests' hand-over that are still there."""
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit():
            try:
                words = (entry / "cmdline").read_text()
            except OSError:
                continue
            if "tests.hand_over" in words and NEVER_RINGS in words and int(entry.name) != group:
                found.append(int(entry.name))
    return found


def overheard(way: str) -> str:
    """What another program of the same user reads from the input of the process that follows."""
    with a_hand_over("overheard", way) as process:
        listener = stranger.listens_at(process.pid)
        with listener:
            assert listener.stdout is not None
            assert listener.stdout.readline() == "ready\n"
            go(process)
            return listener.stdout.read().strip()


@pytest.mark.skipif(not stranger.may_look_at_others(), reason="this system refuses by itself")
def test_nobody_reads_the_keys_before_the_next_process() -> None:
    """It gets them only when it is shut to others; five times, each with a race of its own."""
    assert [overheard(USUAL) for _ in range(5)] == [stranger.REFUSED] * 5


@pytest.mark.skipif(not stranger.may_look_at_others(), reason="this system refuses by itself")
def test_without_the_bell_somebody_would() -> None:
    """If nobody did, the test above would prove nothing."""
    assert "overheard" in {overheard(PLAIN) for _ in range(5)}
