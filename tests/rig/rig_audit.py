# SPDX-License-Identifier: GPL-3.0-or-later
"""The log: every manipulation is found, a long one is verified soon, nothing goes past it."""

import shutil
import statistics
import time
from dataclasses import dataclass

from pact_desktop.storage.audit_check import check_log
from pact_desktop.storage.audit_log import Writer
from pact_desktop.storage.audit_marks import remembered
from pact_desktop.storage.database import Database
from pact_desktop.storage.keys import KeyRing
from tests.rig import completeness, log_edits
from tests.rig.figures import shows
from tests.rig.journeys import Desk
from tests.rig.log_edits import KINDS, NEEDS_ANCHOR, NEEDS_MEMORY, Edit, Outcome
from tests.rig.running import Rig
from tests.rig.trials import content
from tests.storage.log_support import filled, look, remembering, tamper

EACH = 200
LONG = 100_000
NEW = 1_000
"""Entries since the person was here last: a busy day."""
ALLOWED_S = 1.0
"""Of one processor: what else the machine does meanwhile is not the log's."""
TIMES = 5


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds."""

    processor: float
    wall: float


@shows("log-edits")
def rig_manipulated_log(rig: Rig) -> None:
    """Deleted, renumbered, edited, exchanged, inserted, cut, rewritten, begun anew, older."""
    with rig.row("manipulated log, told at sign-in and against a paper") as row:
        home = rig.memory / "log"
        log_edits.prepare(rig.prepared_in_memory, home)
        edits = [Edit(kind, number) for kind in KINDS for number in range(rig.often(EACH, 10))]
        outcomes = list(rig.each(log_edits.tried, edits, shared=home))
        row.times = len(outcomes)
        row.problems = [problem for one in outcomes if (problem := _problem(one))]
        told, paper = sum(o.at_sign_in for o in outcomes), sum(o.against_paper for o in outcomes)
        alone, sheet = sum(o.in_itself for o in outcomes), sum(o.with_sheet for o in outcomes)
        row.found = (
            f"{told:,} told at sign-in, {paper:,} against a paper; {alone:,} by the log alone, "
            f"{sheet:,} with the recovery sheet"
        )


def _problem(one: Outcome) -> str:
    if not one.at_sign_in:
        return f"not told at sign-in: {one.edit}"
    if not one.against_paper:
        return f"not found against the paper: {one.edit}"
    if one.in_itself == (one.edit.kind in NEEDS_ANCHOR):
        # The control: without anything remembered these four must not be found.
        return f"the control does not bite: {one.edit}"
    if one.with_sheet == (one.edit.kind == NEEDS_MEMORY):
        return f"the recovery sheet does not tell it from a whole log: {one.edit}"
    return ""


@shows("log-long")
def rig_long_log(rig: Rig) -> None:
    """As at a sign-in after a busy day: every link, and the signatures of what is new."""
    entries = rig.often(LONG, LONG // 10)
    with rig.row(f"log of {entries:,} entries verified at sign-in") as row:
        desk, nurse = _long_log(rig, entries)
        took = [_verified_in(desk, nurse, since_last_time=True) for _ in range(TIMES)]
        whole = _verified_in(desk, nurse, since_last_time=False)
        processor = statistics.median(one.processor for one in took)
        wall = statistics.median(one.wall for one in took)
        row.times = entries
        row.found = (
            f"{processor:.2f} s of one processor, {wall:.2f} s by the clock, {NEW:,} signatures "
            f"new; {whole.processor:.1f} s with every signature"
        )
        if processor > ALLOWED_S:
            row.problems.append(f"took {processor:.2f} s of one processor")


def _long_log(rig: Rig, entries: int) -> tuple[Desk, KeyRing]:
    home = rig.folder / "long"
    shutil.copytree(rig.prepared, home)
    desk = Desk(home, content())
    nurse, doctor = (desk.keyring(name) for name in ("nadia", "dren"))
    writers = [Writer(one.account.account_id, "s", one.signing) for one in (nurse, doctor)]
    tamper(desk.records, nurse, lambda c: filled(c, writers, entries - NEW))
    look(desk.records, remembering(nurse, desk.device), times=0)
    tamper(desk.records, nurse, lambda c: filled(c, writers, NEW))
    return desk, nurse


def _verified_in(desk: Desk, nurse: KeyRing, *, since_last_time: bool) -> Took:
    own = remembered(remembering(nurse, desk.device)).own
    assert own is not None
    database = Database(desk.records, nurse.keys)
    with database.connect() as connection:
        clock, began = time.perf_counter(), time.process_time()
        check = check_log(
            connection, nurse.signers, marks=[own], since=own.head if since_last_time else None
        )
        took = Took(time.process_time() - began, time.perf_counter() - clock)
    database.close()
    assert check.whole
    assert check.signatures == (NEW if since_last_time else check.entries)
    return took


@shows("log-complete")
def rig_complete_log(rig: Rig) -> None:
    """Every service is used while every statement is watched: read, changed, printed, entered."""
    with rig.row("every service watched: no read, change or paper without its entry") as row:
        home = rig.memory / "watched"
        found = completeness.watched(rig.prepared_in_memory, home)
        row.times, row.problems = found.calls, found.problems
        row.found = (
            f"{found.services} services, {found.statements:,} statements on records, "
            f"{found.entries:,} entries"
        )
