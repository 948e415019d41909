# SPDX-License-Identifier: GPL-3.0-or-later
"""Other programs of the same user read nothing, and a crash leaves nothing on the disk."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pact_desktop.hardening import ONLY_TO_END_IT, Protection, protect_windows
from tests import stranger

PROTECT = "from pact_desktop.hardening import protect_process; protect_process()"
ALLOW_DUMPS = (
    "import resource; most = resource.getrlimit(resource.RLIMIT_CORE)[1];"
    "resource.setrlimit(resource.RLIMIT_CORE, (most, most))"
)
HOLD = "import sys; kept = sys.stdin.readline(); print('holds', flush=True); sys.stdin.read()"
ONLY_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks through procfs")


@contextmanager
def a_process(first: str, secret: str) -> "Iterator[subprocess.Popen[str]]":
    """Does something first, then holds a secret in its memory."""
    pipe = subprocess.PIPE
    command = stranger.as_any_user([sys.executable, "-c", f"{first}\n{HOLD}"])
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{secret}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "holds\n"
        yield process
        process.kill()


@pytest.fixture
def secret(request: pytest.FixtureRequest) -> str:
    """Made at run time: what stands in a program is found in its memory in any case."""
    return f"{id(request):x}"[::-1] * 3


@ONLY_LINUX
def test_another_program_is_refused(secret: str) -> None:
    """The memory of a protected process cannot be opened, though the user is the same."""
    with a_process(PROTECT, secret) as process:
        assert stranger.looks_for(secret.encode(), process.pid) == stranger.REFUSED


@ONLY_LINUX
@pytest.mark.skipif(not stranger.may_look_at_others(), reason="this system refuses by itself")
def test_without_protection_it_finds_the_secret(secret: str) -> None:
    """If it did not, the test above would prove nothing."""
    with a_process("", secret) as process:
        assert int(stranger.looks_for(secret.encode(), process.pid)) > 0


def crash_in(folder: Path, first: str) -> list[Path]:
    """Ends a process by a fault of its memory; what it has left in its folder."""
    command = [sys.executable, "-c", f"{first}\nimport os; os.kill(os.getpid(), 11)"]
    ended = subprocess.run(command, cwd=folder, check=False)
    assert ended.returncode == -11
    return list(folder.iterdir())


@ONLY_LINUX
def test_a_crash_writes_no_memory(tmp_path: Path) -> None:
    """Also where the user, or the desktop, has switched memory dumps on."""
    assert crash_in(tmp_path, f"{ALLOW_DUMPS}\n{PROTECT}") == []


@ONLY_LINUX
def test_without_protection_a_crash_writes_it(tmp_path: Path) -> None:
    """On a system that keeps dumps in the folder of the program; others pipe them elsewhere."""
    import resource  # noqa: PLC0415 Windows has no such module

    where = Path("/proc/sys/kernel/core_pattern").read_text()
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if where.startswith(("|", "/")) or most == 0:
        pytest.skip("this system does not write dumps beside the program")
    assert crash_in(tmp_path, ALLOW_DUMPS) != []


@ONLY_LINUX
def test_the_program_protects_itself_before_it_reads_anything() -> None:
    """The first thing that the start does; what it imports comes after it."""
    look = (
        "import sys, pact_desktop.__main__ as start; from ctypes import CDLL\n"
        "before = set(sys.modules)\n"
        "sys.argv = ['x', '--version']\n"
        "try: start.run()\n"
        "except SystemExit: pass\n"
        "print(CDLL(None).prctl(3, 0, 0, 0, 0), 'pact_desktop.main' in before)"
    )
    said = subprocess.check_output([sys.executable, "-c", look], text=True)
    assert said.splitlines()[-1] == "0 False"


def test_the_self_check_says_what_was_granted() -> None:
    """Whoever looks after the computer can ask the installed program itself."""
    command = [sys.executable, "-m", "pact_desktop", "self-check", "--json"]
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    said = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    parts = {part["part"]: part for part in json.loads(said.stdout)["parts"]}
    assert parts["memory"]["in_order"]
    assert parts["memory"]["seen"] == "no dump of it at a crash; no other program can read it"
    assert parts["screen"]["in_order"]


class Library:
    """Stands for a library of Windows: notes what is called, and answers what it is told to."""

    def __init__(self, **answers: int) -> None:
        self.calls: list[tuple[str, tuple[Any, ...]]] = []
        self._answers = answers

    def __getattr__(self, name: str) -> Any:
        def call(*arguments: Any) -> int:
            self.calls.append((name, arguments))
            return self._answers.get(name, 0)

        setattr(self, name, call)
        return call


GRANTED = {
    "ConvertStringSecurityDescriptorToSecurityDescriptorW": 1,
    "SetKernelObjectSecurity": 1,
}


@pytest.mark.parametrize(
    ("answers", "refused", "holds"),
    [
        (GRANTED, 0, Protection(no_dump=True, not_readable=True)),
        (GRANTED, 5, Protection(no_dump=False, not_readable=True)),
        ({}, 0, Protection(no_dump=True, not_readable=False)),
    ],
)
def test_windows_is_asked_and_its_answer_is_told(
    answers: dict[str, int], refused: int, holds: Protection
) -> None:
    """Error reporting off, and nobody reads; never more is said than was granted."""
    kernel, advapi = Library(WerSetFlags=refused, GetCurrentProcess=-1), Library(**answers)
    assert protect_windows(kernel, advapi, Library()) == holds
    assert ("SetErrorMode", (0x8003,)) in kernel.calls
    assert ("WerSetFlags", (0x01A1,)) in kernel.calls
    assert holds.whole is (holds.no_dump and holds.not_readable)


def test_the_rights_on_windows_let_nobody_read() -> None:
    """To wait, to end, to ask the name; neither memory, handles nor this list of rights."""
    entries = ONLY_TO_END_IT.removeprefix("D:P").strip("()").split(")(")
    assert ONLY_TO_END_IT.startswith("D:P"), "nothing may be inherited"
    granted = {entry.split(";")[5]: int(entry.split(";")[2], 16) for entry in entries}
    assert set(granted) == {"OW", "SY"}
    reads_or_controls = 0x0002 | 0x0008 | 0x0010 | 0x0020 | 0x0040 | 0x0400 | 0x40000 | 0x80000
    assert all(rights & reads_or_controls == 0 for rights in granted.values())
