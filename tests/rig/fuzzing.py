# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives changed files and codes to whatever reads them: only our own errors may come of it."""

import hashlib
import io
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pact_desktop import settings
from pact_desktop.domain.errors import PactError
from pact_desktop.domain.referral import parse_reference
from pact_desktop.i18n.catalog import DOMAIN, Catalog, CatalogueMissingError
from pact_desktop.i18n.names import fold_variants
from pact_desktop.interchange.content_files import Problems, read_translations, read_yaml
from pact_desktop.interchange.guidance import load_guidance
from pact_desktop.interchange.indicator_sets import load_indicator_set
from pact_desktop.interchange.participants import load_participant_pack
from pact_desktop.resources import shipped
from pact_desktop.services.public_notice import FILE_NAME as NOTICE
from pact_desktop.services.public_notice import public_notice
from pact_desktop.storage import recovery_code, throttle, vault
from pact_desktop.storage.audit_anchor import Head, parse_anchor
from pact_desktop.storage.backup_format import read_manifest
from pact_desktop.storage.backup_reading import BackupFile
from tests.rig.mutations import mutated, mutated_json

LONGEST_S: Final = 1.0
"""Of one processor, for one file."""
_ALLOWED: Final = (PactError, CatalogueMissingError)
_FORBIDDEN: Final = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")
_watching: list[list[str]] = []


@dataclass(frozen=True, slots=True)
class Batch:
    """So many changes of one reader's input, the same ones for the same numbers."""

    reader: str
    first: int
    count: int


@dataclass(slots=True)
class Result:
    batch: Batch
    refused: int = 0
    slowest: float = 0.0
    problems: list[str] = field(default_factory=list)


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event.startswith(_FORBIDDEN):
        _watching[-1].append(f"{event} {arguments!r:.80}")


sys.addaudithook(_hook)


def fuzzed(prepared: Path, batch: Batch) -> Result:
    """Every change of a batch, one after the other."""
    home = prepared.parent / f"fuzz-{batch.reader.replace(' ', '-')}-{batch.first}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    give = (READERS | CARELESS)[batch.reader](prepared, home)
    result, seen = Result(batch), list[str]()
    _watching.append(seen)
    for number in range(batch.first, batch.first + batch.count):
        draw = random.Random(f"{batch.reader} {number}")  # noqa: S311 the same changes each time
        began = time.process_time()
        try:
            give(draw)
        except _ALLOWED:
            result.refused += 1
        except Exception as error:  # noqa: BLE001 that is what is looked for
            result.problems.append(f"{batch.reader} {number}: {error!r:.200}")
        took = time.process_time() - began
        result.slowest = max(result.slowest, took)
        if took > LONGEST_S:
            result.problems.append(f"{batch.reader} {number}: took {took:.1f} s")
    _watching.pop()
    result.problems += [f"{batch.reader}: {event}" for event in seen]
    shutil.rmtree(home, ignore_errors=True)
    return result


Give = Callable[[random.Random], object]
Reader = Callable[[Path, Path], Give]


def _typed(seeds: tuple[str, ...], read: Callable[[str], object]) -> Reader:
    """For what a person types."""

    def prepare(_prepared: Path, _home: Path) -> Give:
        return lambda draw: read(
            mutated(draw.choice(seeds).encode(), draw).decode("utf-8", errors="replace")
        )

    return prepare


def _key_file(prepared: Path, home: Path) -> Give:
    """As damage, and as an edit by somebody who writes the check of the file anew."""
    whole = (prepared / "data" / "records" / vault.FILE_NAME).read_bytes()
    body = whole.partition(b"\n")[2].removesuffix(b"\n")
    form = json.loads(body)

    def give(draw: random.Random) -> None:
        if draw.random() < 0.2:
            data = mutated(whole, draw)
        else:
            edited = mutated_json(form, draw) if draw.random() < 0.6 else mutated(body, draw)
            data = hashlib.sha256(edited).hexdigest().encode() + b"\n" + edited + b"\n"
        (home / vault.FILE_NAME).write_bytes(data)
        stored = vault.load(home)
        stored.verified(stored.header.root)

    return give


def _first_lines(prepared: Path, _home: Path) -> Give:
    head = _head(_backup(prepared))
    return lambda draw: read_manifest(io.BytesIO(mutated(head, draw)))


def _whole_backup(prepared: Path, home: Path) -> Give:
    """Anywhere in the file, and only what is the same to the byte may pass."""
    whole = _backup(prepared).read_bytes()
    path = home / "a.intake-backup"

    def give(draw: random.Random) -> None:
        data = mutated(whole, draw)
        path.write_bytes(data)
        with BackupFile(path) as file:
            file.check()
        if data != whole:
            message = "a changed backup passed"
            raise AssertionError(message)

    return give


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return b"".join(file.readline() for _ in range(3))


def _backup(prepared: Path) -> Path:
    return min((prepared / "stick").glob("*.intake-backup"))


def _folder_of(*parts: str, load: Callable[[Path], object]) -> Reader:
    """One file of a content folder is changed, and the whole folder is read."""

    def prepare(_prepared: Path, home: Path) -> Give:
        whole = shipped("indicator_sets").joinpath(*parts)
        place = home.joinpath(*parts[-2:])
        shutil.copytree(whole, place)
        files = sorted(path for path in place.rglob("*") if path.suffix in {".yaml", ".po"})
        kept = {path: path.read_bytes() for path in files}

        def give(draw: random.Random) -> None:
            path = draw.choice(files)
            path.write_bytes(mutated(kept[path], draw))
            try:
                load(place)
            finally:
                path.write_bytes(kept[path])

        return give

    return prepare


def _part_of(name: str, read: Callable[[Path], object], *seeds: bytes) -> Reader:
    """A short file of this kind."""

    def prepare(_prepared: Path, home: Path) -> Give:
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)

        def give(draw: random.Random) -> None:
            path.write_bytes(mutated(draw.choice(seeds), draw))
            read(path)

        return give

    return prepare


def _catalogue(_prepared: Path, home: Path) -> Give:
    """The beginning of a translator's file: head, plurals, contexts."""
    whole = (shipped("translations") / "sq" / f"{DOMAIN}.po").read_bytes()
    start = b"\n\n".join(whole.split(b"\n\n")[:12]) + b"\n"
    path = home / "sq" / f"{DOMAIN}.po"
    path.parent.mkdir()

    def give(draw: random.Random) -> None:
        path.write_bytes(mutated(start, draw))
        Catalog.load("sq", home).ngettext("one", "many", draw.randrange(200))

    return give


_PO: Final = (
    b'msgctxt "a.b"\nmsgid "One"\nmsgstr "Nje"\n\n'
    b'#, fuzzy\nmsgctxt "c"\nmsgid "Two {x}"\nmsgstr ""\n'
)
_YAML: Final = (
    b"set_id: small\nversion: 1.0.0\nitems:\n  - link_id: A01\n    text: 'No'\n"
    b"    when: {a: [1, 2]}\n"
)
_COUNTS: Final = b'{"body":{"a":[3,1000.5],"b":[1,0]},"mac":"' + b"00" * 32 + b'"}'
READERS: Final[dict[str, Reader]] = {
    "recovery code": _typed(
        (recovery_code.to_code(bytes(range(16))), recovery_code.to_code(bytes(16))),
        recovery_code.to_seed,
    ),
    "number of the log": _typed(
        (Head(1482, bytes(32)).anchor, Head(7, b"x" * 32).anchor), parse_anchor
    ),
    "reference": _typed(("7KQ-42M-X", "222-22Z-7"), parse_reference),
    "name": _typed(("Đorđević Ана", "O’Brien-Ilić", "ǈubica"), fold_variants),
    "key file": _key_file,
    "first lines of a backup": _first_lines,
    "backup": _whole_backup,
    "YAML of a pack": _part_of("a.yaml", lambda path: read_yaml(path, Problems()), _YAML),
    "texts of a pack": _part_of(
        "a.po", lambda path: read_translations(path, path.name, Problems()), _PO
    ),
    "catalogue": _catalogue,
    "settings": _part_of(
        "settings.toml",
        settings.look,
        b'language = "mk"\ntext_scale = 150\nhide = true\nx = [1, {a = 2}]\n',
    ),
    "notice": _part_of(
        NOTICE,
        lambda path: public_notice(path.parent),
        b'{"participant":"MK","locale":"mk","facility_name":"A","cover_notice":"B",'
        b'"opening_hours":"C","contacts":[["security","000"]]}',
    ),
    "counts of failures": _part_of(
        throttle.FILE_NAME,
        lambda path: throttle.Throttle(path.parent, bytes(32), lambda: 1e6).require_turn("a"),
        _COUNTS,
    ),
    "indicator set": _folder_of("indicators", "pact-child", "0.1.0", load=load_indicator_set),
    "guidance": _folder_of("guidance", "pact-guidance", "0.1.0", load=load_guidance),
    "participant pack": _folder_of("participants", "ME", "0.1.0", load=load_participant_pack),
}
SHARES: Final[dict[str, int]] = {
    "recovery code": 60_000,
    "number of the log": 50_000,
    "reference": 30_000,
    "name": 20_000,
    "key file": 6_000,
    "first lines of a backup": 16_000,
    "backup": 1_500,
    "YAML of a pack": 5_000,
    "texts of a pack": 4_000,
    "catalogue": 600,
    "settings": 3_500,
    "notice": 4_000,
    "counts of failures": 4_000,
    "indicator set": 20,
    "guidance": 20,
    "participant pack": 20,
}
"""How often each is tried in the short form; the whole run takes so many times as much."""


def _runs_a_program(_prepared: Path, _home: Path) -> Give:
    return lambda _draw: subprocess.run([sys.executable, "-c", ""], check=True)


def _takes_its_time(_prepared: Path, _home: Path) -> Give:
    def give(draw: random.Random) -> None:
        if draw.random() < 0.1:
            began = time.process_time()
            while time.process_time() - began < 1.2 * LONGEST_S:
                pass

    return give


CARELESS: Final[dict[str, Reader]] = {
    "careless: no net": _typed(('{"a": [1, 2]}',), json.loads),
    "careless: a program": _runs_a_program,
    "careless: no end": _takes_its_time,
}
"""The control: each of them has to be found out."""


def batches(times: int = 1, size: int = 20_000) -> list[Batch]:
    """All of it, in parts that one process does in some seconds; the slow ones first."""
    made = []
    for reader, share in SHARES.items():
        part = min(size, max(5, share // 4))
        whole = share * times
        made += [Batch(reader, first, min(part, whole - first)) for first in range(0, whole, part)]
    return sorted(made, key=lambda batch: SHARES[batch.reader])
