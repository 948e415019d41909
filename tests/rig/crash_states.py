# SPDX-License-Identifier: GPL-3.0-or-later
"""What a disk may hold when the power goes: all that was synced, and any part of the rest.

A write or a cut is sure once its file was synced; a name once its folder was. The rest is there,
or not, or half there at the border of a sector, in any combination.
"""

import hashlib
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.rig.recording import Act, Kind

_SECTOR: Final = 512
_KEPT: Final = 0.5
_TORN: Final = 0.3
_CONTENT: Final = frozenset({Kind.WRITE, Kind.CUT})

Choice = Callable[[int], bool]
"""Whether something that was never synced is there all the same."""


@dataclass(slots=True)
class Disk:
    """Things by number: what is in a file, and which names a folder holds."""

    files: dict[int, bytearray]
    names: dict[tuple[int, str], int]
    folders: set[int] = field(default_factory=lambda: {0})

    @classmethod
    def of(cls, home: Path, things: dict[str, int]) -> "Disk":
        disk = cls({}, {})
        for path, thing in things.items():
            place = Path(path)
            if place != home:
                disk.names[things[str(place.parent)], place.name] = thing
            if place.is_dir():
                disk.folders.add(thing)
            else:
                disk.files[thing] = bytearray(place.read_bytes())
        return disk

    def copy(self) -> "Disk":
        files = {thing: bytearray(content) for thing, content in self.files.items()}
        return Disk(files, dict(self.names), set(self.folders))

    def lay_out(self, home: Path) -> None:
        """Puts it where the program will look for it; whatever was there is gone."""
        shutil.rmtree(home, ignore_errors=True)
        self._lay_out(0, home)

    def _lay_out(self, folder: int, path: Path) -> None:
        path.mkdir()
        for (above, name), thing in self.names.items():
            if above == folder and thing in self.folders:
                self._lay_out(thing, path / name)
            elif above == folder:
                (path / name).write_bytes(self.files.get(thing, b""))

    def digest(self) -> bytes:
        """Two states with the same digest need to be looked at only once."""
        found = hashlib.blake2b(digest_size=12)
        for place, thing in sorted(self.names.items()):
            found.update(repr((place, thing)).encode())
            found.update(hashlib.sha256(self.files.get(thing, b"")).digest())
        return found.digest()


@dataclass(frozen=True, slots=True)
class State:
    """One thing that may be found after a power cut."""

    disk: Disk
    saved: int
    """How many saves were acknowledged by then."""
    after: int
    """How many acts had been done."""
    how: str


def states(before: Disk, acts: list[Act], after: range, draws: int, seed: int) -> Iterator[State]:
    """Every distinct state after each of so many acts: nothing kept, all kept, some of it kept."""
    for done in after:
        happened = acts[:done]
        saved = sum(act.kind is Kind.SAVED for act in happened)
        seen: set[bytes] = set()
        for how in ("none", "all", *(f"some {number}" for number in range(draws))):
            draw = random.Random(f"{seed}-{done}-{how}")  # noqa: S311 the same states each time
            disk = _crashed(before, happened, how, draw)
            digest = disk.digest()
            if digest not in seen:
                seen.add(digest)
                yield State(disk, saved, done, how)


def _crashed(before: Disk, happened: list[Act], how: str, draw: random.Random) -> Disk:
    synced = {act.thing: number for number, act in enumerate(happened) if act.kind is Kind.SYNC}
    disk = before.copy()
    for number, act in enumerate(happened):
        sure = number < synced.get(act.thing if act.kind in _CONTENT else act.folder, -1)
        if sure or how == "all":
            _do(disk, act)
        elif how != "none" and draw.random() < _KEPT:
            _do(disk, _torn(act, draw) if act.kind is Kind.WRITE else act)
    return disk


def _torn(act: Act, draw: random.Random) -> Act:
    """Sometimes only the sectors up to a border, or only those after it."""
    sectors = (len(act.data) - 1) // _SECTOR
    if sectors < 1 or draw.random() >= _TORN:
        return act
    border = draw.randint(1, sectors) * _SECTOR
    if draw.random() < _KEPT:
        return Act(act.kind, act.thing, at=act.at, data=act.data[:border])
    return Act(act.kind, act.thing, at=act.at + border, data=act.data[border:])


def _do(disk: Disk, act: Act) -> None:
    if act.kind is Kind.WRITE:
        content = disk.files.setdefault(act.thing, bytearray())
        content.extend(bytes(max(0, act.at - len(content))))
        content[act.at : act.at + len(act.data)] = act.data
    elif act.kind is Kind.CUT:
        content = disk.files.setdefault(act.thing, bytearray())
        del content[act.at :]
        content.extend(bytes(act.at - len(content)))
    elif act.kind is Kind.CREATE:
        disk.names[act.folder, act.name] = act.thing
    elif act.kind is Kind.MAKE_FOLDER:
        disk.names[act.folder, act.name] = act.thing
        disk.folders.add(act.thing)
    elif act.kind in {Kind.UNLINK, Kind.REMOVE_FOLDER}:
        disk.names.pop((act.folder, act.name), None)
    elif act.kind is Kind.RENAME:
        if disk.names.get((act.folder, act.name)) == act.thing:
            del disk.names[act.folder, act.name]
        disk.names[act.to] = act.thing
