# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody with every key and a script edits the log; an honest colleague signs in afterwards.

The accomplices are the doctor and the manager. The nurse is honest; her computer remembers where
the log ended, and a paper with its number lies in a drawer.
"""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from pact_desktop.domain.audit import AuditAction, AuditEvent, LogCheck
from pact_desktop.services import accounts
from pact_desktop.storage import audit_log, vault
from pact_desktop.storage.audit_anchor import Head, parse_anchor
from pact_desktop.storage.audit_check import Mark, check_log
from pact_desktop.storage.database import Database
from pact_desktop.storage.keys import KeyRing, SigningKey
from tests.rig.checks import log_follows_from_its_first_key
from tests.rig.journeys import Desk
from tests.rig.trials import content
from tests.storage import log_support
from tests.storage.log_support import remembering, tamper

KINDS: Final = (
    "deleted",
    "deleted and renumbered",
    "edited",
    "exchanged",
    "inserted",
    "cut",
    "rewritten",
    "begun anew",
    "older files",
)
NEEDS_ANCHOR: Final = frozenset({"cut", "rewritten", "begun anew", "older files"})
"""What leaves a log that is whole in itself; only something outside of it can show it."""
NEEDS_MEMORY: Final = "older files"
"""What leaves a log that even the recovery sheet finds whole: it once was."""
_SESSIONS: Final = 12
_LOOKS: Final = 12


@dataclass(frozen=True, slots=True)
class Edit:
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where one edit was found."""

    edit: Edit
    at_sign_in: bool
    against_paper: bool
    in_itself: bool
    """Without anything that was remembered anywhere."""
    with_sheet: bool
    """The same with the recovery sheet, which opens the first keys."""


def prepare(prepared: Path, home: Path) -> None:
    """Some days of work by three people, the folder as it was after each, and the paper."""
    shutil.copytree(prepared, home)
    desk = Desk(home, content())
    for number in range(_SESSIONS):
        session = desk.at_work(("nadia", "dren", "mira")[number % 3])
        for _ in range(_LOOKS):
            with session.store.reading(AuditEvent(AuditAction.DAY_LIST_SEEN)):
                pass
        accounts.lock(session)
        shutil.copytree(desk.records, home / "older" / f"{number:02}")
    nurse = desk.at_work("nadia")
    (home / "paper").write_text(accounts.session_anchor(nurse))
    accounts.lock(nurse)


def tried(prepared: Path, edit: Edit) -> Outcome:
    """Makes one edit on a copy, as somebody would who also makes the configuration agree."""
    home = prepared.parent / f"log-{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home, ignore=shutil.ignore_patterns("older"))
    desk = Desk(home, content())
    _make(prepared, desk, edit)
    nurse = _keyring(prepared, "nadia")
    paper = Mark(parse_anchor((home / "paper").read_text()))
    outcome = Outcome(
        edit,
        at_sign_in=_told(desk, remembering(nurse, desk.device)),
        against_paper=not _verified(desk, nurse, paper).whole,
        in_itself=not _verified(desk, nurse).whole,
        with_sheet=not log_follows_from_its_first_key(desk, nurse),
    )
    shutil.rmtree(home)
    return outcome


def _make(prepared: Path, desk: Desk, edit: Edit) -> None:
    source = random.Random(f"{edit.kind} {edit.number}")  # noqa: S311 the same edit every time
    if edit.kind == "older files":
        older = source.choice(sorted((prepared / "older").iterdir()))
        shutil.rmtree(desk.records)
        shutil.copytree(older, desk.records)
        return
    doctor = _keyring(prepared, "dren")
    end, sheet = _end(prepared), vault.load(desk.records).header.recovery_public
    # Never the very last entry: there a cut would cut nothing.
    at = source.randrange(2, end.sequence - 1)
    change: dict[str, Callable[[Connection], None]] = {
        "deleted": lambda c: log_support.deleted(c, at),
        "deleted and renumbered": lambda c: log_support.deleted_and_renumbered(c, at),
        "edited": lambda c: log_support.edited(c, at),
        "exchanged": lambda c: log_support.exchanged(c, at),
        "inserted": lambda c: log_support.doubled(c, at),
        "cut": lambda c: log_support.cut(c, at),
        "rewritten": lambda c: log_support.rewritten(c, at, _signing(prepared)),
        "begun anew": lambda c: log_support.begun_anew(c, at, _signing(prepared), sheet),
    }
    tamper(desk.records, doctor, change[edit.kind])
    tamper(desk.records, doctor, log_support.forgotten_in_config)


def _told(desk: Desk, nurse: KeyRing) -> bool:
    session = accounts.open_session(desk.data, nurse, desk.clock, desk.content)
    told = not session.store.log_check.whole
    session.store.close()
    return told


def _verified(desk: Desk, nurse: KeyRing, *marks: Mark) -> LogCheck:
    database = Database(desk.records, nurse.keys)
    try:
        with database.connect() as connection:
            return check_log(connection, nurse.signers, marks=marks)
    finally:
        database.close()


@lru_cache(maxsize=8)
def _keyring(prepared: Path, name: str) -> KeyRing:
    return Desk(prepared, content()).keyring(name)


@lru_cache(maxsize=1)
def _signing(prepared: Path) -> dict[str, SigningKey]:
    """Of everybody: no accomplice could do more."""
    rings = [_keyring(prepared, name) for name in ("nadia", "dren", "mira")]
    return {ring.account.account_id: ring.signing for ring in rings}


@lru_cache(maxsize=1)
def _end(prepared: Path) -> Head:
    database = Database(Desk(prepared, content()).records, _keyring(prepared, "dren").keys)
    try:
        with database.connect() as connection:
            return audit_log.head(connection)
    finally:
        database.close()
