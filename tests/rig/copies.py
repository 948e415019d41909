# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup, a restore, an update: disturbed at one call or by one bit, and what is left then."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pact_desktop.domain.errors import PactError
from pact_desktop.services import accounts, backups, restoring
from pact_desktop.storage import backup_reading, backup_sources
from pact_desktop.storage.backup_reading import BackupFile
from tests.factories import CHEAP, MANAGER, NURSE, new_staff, passphrase_of
from tests.rig import tracing, updates
from tests.rig.injections import Outcome, Point, counted_points
from tests.rig.journeys import Desk, Journey
from tests.rig.trials import Told, begun, content, fresh_copy

BACKUP, RESTORE, UPDATE, IN_PIECES = "backup", "restore", "update", "update in pieces"
_SMALL: Final = 8192
"""Bytes in one piece, so that a small facility has many calls."""
_loaded: list[bool] = []


def back_up(desk: Desk) -> Iterator[str]:
    """The manager makes a backup onto a stick."""
    session = desk.at_work("mira")
    backups.make_backup(session, _stick(desk))
    yield "made"
    accounts.lock(session)


def restore(desk: Desk) -> Iterator[str]:
    """A new computer, the stick and the sheet."""
    pending = restoring.begin_restore(
        *(_backup(desk), _new(desk) / "data", _code(desk), desk.clock),
        device_folder=_new(desk) / "device",
        kdf=CHEAP,
    )
    restoring.finish_restore(pending, new_staff(MANAGER, NURSE))
    yield "restored"


JOURNEYS: Final[dict[str, Journey]] = {
    BACKUP: back_up,
    RESTORE: restore,
    UPDATE: updates.update,
    IN_PIECES: updates.update_in_pieces,
}


def prepare(prepared: Path, _nothing: None = None) -> Path:
    """A backup to be restored, and a later program, beside the facility they belong to."""
    desk = Desk(prepared, content())
    updates.install(desk)
    session = desk.at_work("mira")
    made = backups.make_backup(session, _stick(desk))
    accounts.lock(session)
    return made.path


def points_of(prepared: Path, journey: str) -> list[Point]:
    """Every call that changes something on a disk."""
    home = prepared.parent / f"counting-{os.getpid()}"
    trace = home.with_suffix(".trace")
    told = _run(_fresh(prepared, home, journey), journey, trace, tracing.CHANGING)
    if told.saved != 1:
        message = f"the journey does not even end undisturbed: {told}"
        raise RuntimeError(message)
    found = counted_points(journey, trace)
    shutil.rmtree(home, ignore_errors=True)
    return found


def disturbed(prepared: Path, point: Point) -> Outcome:
    """Runs it up to the point and beyond, and looks at what is left."""
    home = prepared.parent / f"worker-{os.getpid()}"
    trace = home.with_suffix(".trace")
    desk = _fresh(prepared, home, point.journey)
    killed: list[bool] = []
    told = _run(desk, point.journey, trace, (point.call,), point.injection, killed)
    struck = any(killed) or "(INJECTED)" in trace.read_text(errors="replace")
    found = list(_LOOKS[point.journey](desk, told))
    if told.hung:
        found.append("hung")
    if told.broke:
        found.append(f"an error nobody would understand: {told.broke}")
    shutil.rmtree(home, ignore_errors=True)
    return Outcome(point, struck, told.refused, tuple(found))


@dataclass(frozen=True, slots=True)
class Harm:
    """One bit turned round, or an end that is missing."""

    place: int
    bit: int | None = None


def accepted(backup: Path, harm: Harm) -> str:
    """How a harmed backup is judged; empty when it is refused in words of ours."""
    path = backup.with_name(f"harmed-{os.getpid()}")
    whole = bytearray(_whole(backup))
    if harm.bit is None:
        del whole[harm.place :]
    else:
        whole[harm.place] ^= 1 << harm.bit
    path.write_bytes(whole)
    try:
        with BackupFile(path) as file:
            file.check()
    except PactError:
        return ""
    except Exception as error:  # noqa: BLE001 nothing may pass unheard
        return f"{harm}: {error!r}"
    return f"{harm}: accepted"


def _run(  # noqa: PLR0917 the same for both ways
    desk: Desk,
    journey: str,
    trace: Path,
    calls: tuple[str, ...],
    injection: str = "",
    killed: list[bool] | None = None,
) -> Told:
    backup_reading.CHUNK = backup_sources.CHUNK = _SMALL
    options = ("-e", injection) if injection else ()
    with (
        begun(desk, JOURNEYS[journey]) as running,
        tracing.traced(running.process, trace, calls, *options) as tracer,
    ):
        running.go()
        told = running.told()
        tracer.wait()
    if killed is not None:
        killed.append(running.killed)
    return told


def _after_backup(desk: Desk, told: Told) -> Iterator[str]:
    """Every file under the name of a backup opens with the sheet, and the records are whole."""
    found: Counter[str] = Counter()
    for path in _stick(desk).glob("*.intake-backup"):
        try:
            backups.check_file(path, _code(desk))
        except PactError as error:
            yield f"bad file under a good name: {error.code}"
        found[path.name] += 1
    # One lay there before.
    if told.saved and len(found) < 2:
        yield "lost: told as made, and not there"
    yield from _opens(desk, "nadia")


def _after_restore(desk: Desk, told: Told) -> Iterator[str]:
    """All or nothing; after nothing it works from the beginning."""
    new = _new(desk)
    if not accounts.is_set_up(new / "data"):
        if told.saved:
            yield "lost: told as restored, and not there"
        for _ in restore(desk):
            pass
    keyring = accounts.sign_in(
        *(new / "data", "nadia", passphrase_of("nadia"), desk.clock),
        device_folder=new / "device",
        kdf=CHEAP,
    )
    session = accounts.open_session(new / "data", keyring, desk.clock, desk.content)
    if not session.store.log_check.whole:
        yield "the log is not whole"
    session.store.close()
    yield from _opens(desk, "nadia")


_LOOKS: Final[dict[str, Callable[[Desk, Told], Iterator[str]]]] = {
    BACKUP: _after_backup,
    RESTORE: _after_restore,
    UPDATE: updates.after_update,
    IN_PIECES: updates.after_update,
}


def _opens(desk: Desk, name: str) -> Iterator[str]:
    try:
        session = desk.at_work(name)
    except PactError as error:
        yield f"the records do not open: {error.code}"
        return
    if not session.store.log_check.whole:
        yield "the log of the records is not whole"
    session.store.close()


def _fresh(prepared: Path, home: Path, journey: str) -> Desk:
    """A computer with the facility and a stick; whoever is forked finds everything loaded."""
    if not _loaded:
        for one in JOURNEYS.values():
            for _ in one(fresh_copy(prepared, home, journey)):
                pass
        _loaded.append(True)
    return fresh_copy(prepared, home, journey)


def _stick(desk: Desk) -> Path:
    folder = desk.home / "stick"
    folder.mkdir(exist_ok=True)
    return folder


def _backup(desk: Desk) -> Path:
    return min(_stick(desk).glob("*.intake-backup"))


def _new(desk: Desk) -> Path:
    return desk.home / "new computer"


def _code(desk: Desk) -> str:
    return (desk.home / "recovery-code").read_text()


@lru_cache(maxsize=1)
def _whole(path: Path) -> bytes:
    return path.read_bytes()
