# SPDX-License-Identifier: GPL-3.0-or-later
"""strace on a running process: which calls it makes, and what happens when one of them fails."""

import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

CHANGING: Final = (
    "open", "openat", "creat", "write", "pwrite64", "fsync", "fdatasync", "ftruncate",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir",
)  # fmt: skip
"""Calls that change what is on the disk, or make it stay."""
ASKING: Final = (
    "pread64", "close", "fcntl", "flock", "stat", "lstat", "fstat", "newfstatat", "access",
    "getdents64", "lseek", "read",
)  # fmt: skip
"""Calls that only look or lock."""
_PATIENCE: Final = 10.0
_CALL: Final = re.compile(r"^(?:\d+ +)?(\w+)\(")


def is_here() -> bool:
    """Whether strace is installed and this system lets it attach."""
    if shutil.which("strace") is None:
        return False
    found = subprocess.run(["strace", "-o", "/dev/null", "true"], check=False)  # noqa: S607 looked up above
    return found.returncode == 0


@contextmanager
def traced(
    process: int, out: Path, calls: tuple[str, ...], *options: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The process under strace; it must wait for something meanwhile."""
    wanted = ",".join(f"?{name}" for name in calls)
    command = ["strace", "-q", "-o", str(out), "-e", f"trace={wanted}", "-e", "signal=none"]
    with subprocess.Popen(
        [*command, *options, "-p", str(process)], stderr=subprocess.DEVNULL
    ) as tracer:
        _wait_until_attached(process, tracer)
        yield tracer


def _wait_until_attached(process: int, tracer: subprocess.Popen[bytes]) -> None:
    status = Path(f"/proc/{process}/status")
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and tracer.poll() is None:
        if f"TracerPid:\t{tracer.pid}\n" in status.read_text():
            return
        time.sleep(0.0005)
    message = "strace did not attach"
    raise RuntimeError(message)


def counted(out: Path) -> Counter[str]:
    """How often each call was made."""
    found = (_CALL.match(line) for line in out.read_text(errors="replace").splitlines())
    return Counter(match[1] for match in found if match)
