# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that a journey did to the disk, read back from what strace wrote."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

CALLS: Final = (
    "open", "openat", "creat", "write", "writev", "pwrite64", "fsync", "fdatasync", "ftruncate",
    "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir", "close",
)  # fmt: skip
OPTIONS: Final = ("-y", "-xx", "-s", "1000000")
"""Paths of descriptors, and every byte of what is written."""

_LINE: Final = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_BYTES: Final = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_DESCRIPTOR: Final = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")
_FOLDER: Final = re.compile(r"^(?:AT_FDCWD|\d+)<((?:\\x[0-9a-f]{2})*)>")


class Kind(StrEnum):
    CREATE = "create"
    WRITE = "write"
    CUT = "cut"
    SYNC = "sync"
    UNLINK = "unlink"
    RENAME = "rename"
    MAKE_FOLDER = "make folder"
    REMOVE_FOLDER = "remove folder"
    SAVED = "saved"
    """The program said so: what came before it must survive from here on."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done; `thing` is a file or a folder, whatever its name is by then."""

    kind: Kind
    thing: int = -1
    folder: int = -1
    name: str = ""
    to: tuple[int, str] = (-1, "")
    """Folder and name after a renaming."""
    at: int = 0
    data: bytes = field(default=b"", repr=False)


@dataclass(slots=True)
class _Disk:
    """Which thing has which name and which descriptor while the record is read."""

    home: str
    names: dict[str, int]
    descriptors: dict[int, int] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)
    made: int = 0

    def new(self, path: str) -> int:
        self.names[path] = self.made
        self.made += 1
        return self.names[path]

    def place(self, path: str) -> tuple[int, str]:
        """The folder as a thing, and the name in it."""
        folder, _, name = path.rpartition("/")
        return self.names[folder], name

    def ours(self, path: str) -> bool:
        return path.startswith(self.home + "/") or path == self.home

    def moved(self, old: str, new: str) -> None:
        """A file, or a folder with everything in it."""
        for name in [one for one in self.names if one == old or one.startswith(old + "/")]:
            self.names[new + name[len(old) :]] = self.names.pop(name)


def things_in(home: Path) -> dict[str, int]:
    """A number for everything that is there before the journey."""
    paths = [home, *sorted(home.rglob("*"))]
    return {str(path): number for number, path in enumerate(paths)}


def acts(trace: Path, home: Path, things: dict[str, int]) -> list[Act]:
    """What was done under `home`, in order; failed calls did nothing."""
    disk = _Disk(str(home), dict(things), made=len(things))
    found: list[Act] = []
    for line in trace.read_text(encoding="ascii").splitlines():
        match = _LINE.match(line)
        if match and int(match[3]) >= 0:
            found += _acts_of(match[1], match[2], int(match[3]), disk)
    return found


def _acts_of(call: str, arguments: str, result: int, disk: _Disk) -> Iterator[Act]:
    if call in {"open", "openat", "creat"}:
        yield from _opened(arguments, result, disk, emptied=call == "creat")
        return
    if call in {"unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"}:
        yield from _named(call, arguments, disk)
        return
    if call.startswith("rename"):
        old, new = _paths(arguments)
        if disk.ours(old):
            yield Act(Kind.RENAME, disk.names[old], *disk.place(old), to=disk.place(new))
            disk.moved(old, new)
        return
    match = _DESCRIPTOR.match(arguments)
    if match is None:
        return
    number, path = int(match[1]), _text(match[2])
    if call == "close":
        disk.descriptors.pop(number, None)
    elif call == "writev":
        if path.startswith("pipe:") and _written(arguments).startswith(b"+"):
            yield Act(Kind.SAVED)
    elif number in disk.descriptors:
        yield from _changed(call, arguments, result, number, disk)


def _opened(arguments: str, result: int, disk: _Disk, *, emptied: bool) -> Iterator[Act]:
    disk.descriptors.pop(result, None)
    path = _paths(arguments)[0]
    if not disk.ours(path):
        return
    if path not in disk.names:
        yield Act(Kind.CREATE, disk.new(path), *disk.place(path))
    elif emptied or "O_TRUNC" in arguments:
        yield Act(Kind.CUT, disk.names[path])
    disk.descriptors[result] = disk.names[path]
    disk.positions[result] = 0


def _named(call: str, arguments: str, disk: _Disk) -> Iterator[Act]:
    path = _paths(arguments)[0]
    if not disk.ours(path):
        return
    if call.startswith("mkdir"):
        yield Act(Kind.MAKE_FOLDER, disk.new(path), *disk.place(path))
        return
    folder = call == "rmdir" or "AT_REMOVEDIR" in arguments
    kind = Kind.REMOVE_FOLDER if folder else Kind.UNLINK
    yield Act(kind, disk.names.pop(path), *disk.place(path))


def _changed(call: str, arguments: str, result: int, number: int, disk: _Disk) -> Iterator[Act]:
    thing = disk.descriptors[number]
    if call in {"fsync", "fdatasync"}:
        yield Act(Kind.SYNC, thing)
    elif call == "ftruncate":
        yield Act(Kind.CUT, thing, at=int(arguments.rsplit(", ", 1)[1]))
    elif call == "pwrite64":
        at = int(arguments.rsplit(", ", 1)[1])
        yield Act(Kind.WRITE, thing, at=at, data=_written(arguments)[:result])
    else:
        at = disk.positions[number]
        disk.positions[number] += result
        yield Act(Kind.WRITE, thing, at=at, data=_written(arguments)[:result])


def _paths(arguments: str) -> list[str]:
    """Full paths of a call; a name that is relative begins in the folder that is given."""
    folder = _FOLDER.match(arguments)
    base = _text(folder[1]) if folder else ""
    names = [_text(found) for found in _BYTES.findall(arguments)]
    return [name if name.startswith("/") else f"{base}/{name}" for name in names]


def _written(arguments: str) -> bytes:
    return _bytes(_BYTES.search(arguments)[1])  # type: ignore[index]


def _text(shown: str) -> str:
    return _bytes(shown).decode()


def _bytes(shown: str) -> bytes:
    return bytes.fromhex(shown.replace("\\x", ""))
