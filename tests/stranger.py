# SPDX-License-Identifier: GPL-3.0-or-later
"""Another program of the same user, without rights of an administrator, that looks around."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from tests.memory import PROC, search

REFUSED: Final = "refused"
_GIVE_UP: Final = (
    "import ctypes, os, sys\n"
    "ctypes.CDLL(None).prctl(24, 19, 0, 0, 0)\n"  # PR_CAPBSET_DROP, CAP_SYS_PTRACE
    "os.execv(sys.argv[1], sys.argv[1:])"
)
_YAMA: Final = Path("/proc/sys/kernel/yama/ptrace_scope")


def may_look_at_others() -> bool:
    """Whether this system lets a program look at others of the same user at all."""
    return not _YAMA.exists() or _YAMA.read_text().strip() == "0"


def as_any_user(command: list[str]) -> list[str]:
    """The same command; started by root, it may look at no more than any user may."""
    return [sys.executable, "-c", _GIVE_UP, *command] if os.geteuid() == 0 else command


def looks_for(needle: bytes, process: int) -> str:
    """How often it finds a text in the memory of a process, or `refused`."""
    return _run("memory", str(process), needle.hex())


def listens_at(process: int) -> "subprocess.Popen[str]":
    """Tries to read the standard input of a process until that has ended or it has got something.

    It says `ready` when it has begun.
    """
    return subprocess.Popen(_command("input", str(process)), stdout=subprocess.PIPE, text=True)


def _command(*words: str) -> list[str]:
    return as_any_user([sys.executable, "-m", "tests.stranger", *words])


def _run(*words: str) -> str:
    found = subprocess.run(_command(*words), capture_output=True, text=True, check=True, timeout=60)
    return found.stdout.strip()


def _memory_of(process: int, needle: bytes) -> str:
    try:
        return str(search(process, {"it": needle})["it"])
    except PermissionError:
        return REFUSED


def _input_of(process: int) -> str:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    until = time.monotonic() + 20
    while time.monotonic() < until and (PROC / str(process) / "exe").is_symlink():
        try:
            descriptor = os.open(PROC / str(process) / "fd" / "0", os.O_RDONLY | os.O_NONBLOCK)
        except OSError:
            continue
        try:
            if found := os.read(descriptor, 4096):
                return found.decode()
        except OSError:
            continue
        finally:
            os.close(descriptor)
    return REFUSED


def main(words: list[str]) -> None:
    what, process, *rest = words
    found = (
        _memory_of(int(process), bytes.fromhex(rest[0]))
        if what == "memory"
        else _input_of(int(process))
    )
    sys.stdout.write(f"{found}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
