# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks for texts and keys in the memory of another process, in every form they may lie there."""

import base64
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
CAN_LOOK: Final = sys.platform == "linux" and os.geteuid() == 0
"""Only an administrator can look into a process of the program, and only Linux shows how."""
_CHUNK: Final = 16 * 1024 * 1024
_NOT_MEMORY: Final = ("[vvar", "[vdso", "[vsyscall")


def forms_of_text(text: str) -> dict[str, bytes]:
    """As Python, Qt and files hold it, and as it looks inside of base64 and hexadecimal."""
    forms = {name: text.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
    return forms | _wrapped(text.encode())


def forms_of_key(key: bytes) -> dict[str, bytes]:
    return {"raw": key, "upper hex": key.hex().upper().encode()} | _wrapped(key)


def _wrapped(content: bytes) -> dict[str, bytes]:
    """Base64 looks different at each of three offsets; only the middle is the same every time."""
    forms = {"hex": content.hex().encode()}
    for offset in range(3):
        encoded = base64.b64encode(bytes(offset) + content)
        start = 4 if offset else 0
        forms[f"base64 at {offset}"] = encoded[start : len(encoded) // 4 * 4 - 4]
    return forms


def needles(texts: Iterable[str], keys: Iterable[bytes] = ()) -> dict[str, bytes]:
    """Everything to look for, by a name that can be shown."""
    found: dict[str, bytes] = {}
    for number, text in enumerate(texts):
        found |= {f"text {number} as {form}": b for form, b in forms_of_text(text).items()}
    for number, key in enumerate(keys):
        found |= {f"key {number} as {form}": b for form, b in forms_of_key(key).items()}
    return found


def search(process: int, wanted: Mapping[str, bytes]) -> "Counter[str]":
    """How often each needle lies in the memory of a process; only what was found is counted.

    Raises PermissionError when the process does not let itself be read.
    """
    found: Counter[str] = Counter()
    for part in _memory(process, overlap=max(map(len, wanted.values()))):
        for name, needle in wanted.items():
            if count := part.count(needle):
                found[name] += count
    return found


def size_of(process: int) -> int:
    """Bytes of memory that can be looked through."""
    return sum(end - start for start, end in _readable(process))


def _memory(process: int, *, overlap: int) -> Iterator[bytes]:
    descriptor = os.open(PROC / str(process) / "mem", os.O_RDONLY)
    try:
        for start, end in _readable(process):
            yield from _parts(descriptor, start, end, overlap)
    finally:
        os.close(descriptor)


def _parts(descriptor: int, start: int, end: int, overlap: int) -> Iterator[bytes]:
    tail = b""
    for place in range(start, end, _CHUNK):
        try:
            part = os.pread(descriptor, min(_CHUNK, end - place), place)
        except OSError:
            # The process has given this piece back meanwhile.
            return
        yield tail + part
        # No needle may fall between two pieces; a short one may so be counted twice.
        tail = part[len(part) - overlap + 1 :] if overlap > 1 else b""


def _readable(process: int) -> Iterator[tuple[int, int]]:
    """Every piece but those that are a file of the disk, unchanged: the code of libraries."""
    heading = ""
    for line in (PROC / str(process) / "smaps").read_text().splitlines():
        if not line.split(maxsplit=1)[0].endswith(":"):
            heading = line
        elif line.startswith("Anonymous:"):
            span, rights, _, _, _, *name = heading.split(maxsplit=5)
            of_a_file = bool(name) and name[0].startswith("/")
            changed = line.split()[1] != "0"
            hidden = bool(name) and name[0].startswith(_NOT_MEMORY)
            if rights.startswith("r") and not hidden and (changed or not of_a_file):
                start, end = (int(part, 16) for part in span.split("-"))
                yield start, end


def words_of(process: int) -> list[str]:
    """Its command line; empty when the process has ended."""
    try:
        return (PROC / str(process) / "cmdline").read_text().split("\0")[:-1]
    except OSError:
        return []


def environment_of(process: int) -> bytes:
    return (PROC / str(process) / "environ").read_bytes()


def open_files_of(process: int) -> list[str]:
    """What its descriptors lead to."""
    found = []
    for descriptor in (PROC / str(process) / "fd").iterdir():
        try:
            found.append(str(descriptor.readlink()))
        except OSError:
            continue
    return found


def at_rest(process: int, *, seconds: float = 20.0, quiet: float = 0.3) -> None:
    """Waits until a process has done nothing for a moment; TimeoutError when it never rests."""
    until = time.monotonic() + seconds
    used, since = -1, time.monotonic()
    while time.monotonic() < until:
        now = _processor_time(process)
        if now != used:
            used, since = now, time.monotonic()
        elif time.monotonic() - since >= quiet:
            return
        time.sleep(0.02)
    message = f"process {process} is still busy after {seconds} s"
    raise TimeoutError(message)


def _processor_time(process: int) -> int:
    fields = (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
