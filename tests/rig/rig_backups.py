# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups: killed or let down anywhere, there is a whole one or none; harmed, it is refused."""

from collections import Counter
from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from pact_desktop.storage.backup_reading import BackupFile
from tests.rig import copies
from tests.rig.copies import Harm
from tests.rig.figures import shows
from tests.rig.injections import Outcome
from tests.rig.rig_faults import FAULTS, with_fault
from tests.rig.running import Rig
from tests.rig.trials import prepared_in

FLIPS = 2_000
CUT_EVERY = 61
"""Bytes between two lengths at which a backup is cut, behind its first lines."""


@pytest.fixture(scope="module")
def copied(rig: Rig) -> Path:
    """A facility of its own, with a backup and a later program beside it."""
    made = prepared_in(rig.folder / "copied" / "prepared")
    rig.once(copies.prepare, None, shared=made)
    return made


def disturbed_everywhere(rig: Rig, copied: Path, journey: str, row_name: str) -> None:
    """A kill at every call, and a fault of the disk at every call, each in another way."""
    points = rig.once(copies.points_of, journey, shared=copied)
    faults = [with_fault(p, *fault) for p, fault in zip(points, cycle(FAULTS), strict=False)]
    for name, cases in (("kill -9", points), ("EIO, ENOSPC, EROFS, EINTR", faults)):
        with rig.row(f"{row_name}, {name} at every call") as row:
            found = list(rig.each(copies.disturbed, rig.thinned(cases, 40), shared=copied))
            struck = [one for one in found if one.struck]
            row.times = len(struck)
            row.problems = [f"{one.point}: {said}" for one in struck for said in one.problems]
            row.problems += [f"{one.point}: not reached" for one in found if not one.struck]
            row.found = _words(struck)


@shows("backup")
@pytest.mark.usefixtures("needs_strace")
def rig_disturbed_backup(rig: Rig, copied: Path) -> None:
    """No file passes for a backup that is not all of one."""
    disturbed_everywhere(rig, copied, copies.BACKUP, "backup")


@shows("restore")
@pytest.mark.usefixtures("needs_strace")
def rig_disturbed_restore(rig: Rig, copied: Path) -> None:
    """The records are there and open, or there are none and it begins again."""
    disturbed_everywhere(rig, copied, copies.RESTORE, "restore")


@shows("backup-harm")
def rig_harmed_backup(rig: Rig, copied: Path) -> None:
    """Bits everywhere, half of them in the first lines; cut there anywhere, then in steps."""
    backup = min((copied / "stick").glob("*.intake-backup"))
    random = Random(20261124)  # noqa: S311 the same bits each time
    with BackupFile(backup) as file:
        size = file.size
        head = size - sum(member.size for member in file.manifest.members)
    flips = rig.often(FLIPS, 200)
    harms = [Harm(random.randrange(head), random.randrange(8)) for _ in range(flips // 2)]
    harms += [Harm(random.randrange(size), random.randrange(8)) for _ in range(flips // 2)]
    cuts = [*range(head), *range(head, size, CUT_EVERY)]
    harms += [Harm(length) for length in rig.thinned(cuts, 200)]
    with rig.row("backup with a bit turned round or cut") as row:
        # The control: the same eyes see a whole one as whole.
        assert rig.once(copies.accepted, Harm(size), shared=backup)
        found = list(rig.each(copies.accepted, harms, shared=backup, chunk=64))
        row.times = len(found)
        row.problems = [said for said in found if said]
        row.found = f"{len(row.problems)} accepted; {flips:,} bits, {len(found) - flips:,} lengths"


@shows("migration")
@pytest.mark.usefixtures("needs_strace")
def rig_disturbed_update(rig: Rig, copied: Path) -> None:
    """All four files have the new form or the old one, and the copy of before is there."""
    disturbed_everywhere(rig, copied, copies.UPDATE, "one step of the schema of each file")


@shows("migration", control=True)
@pytest.mark.usefixtures("needs_strace")
def rig_half_an_update_is_seen(rig: Rig, copied: Path) -> None:
    """An update of each file in its own transaction is left half done, and the same eyes see it."""
    with rig.row("a step in four transactions, kill -9 at some calls") as row:
        points = rig.once(copies.points_of, copies.IN_PIECES, shared=copied)
        cases = points[len(points) // 3 :: rig.often(3, 9)]
        found = list(rig.each(copies.disturbed, cases, shared=copied))
        row.times = sum(any(said.startswith("half") for said in one.problems) for one in found)
        row.found = f"half done after {row.times} of {len(found)} kills"


def _words(struck: list[Outcome]) -> str:
    refused = Counter(one.refused for one in struck if one.refused)
    problems = sum(len(one.problems) for one in struck)
    return f"{problems} half or lost; {refused.total()} said no in words of their own"
