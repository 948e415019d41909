# SPDX-License-Identifier: GPL-3.0-or-later
"""A change of keys that is cut off or meets a bad disk: exactly the old keys, or exactly the new.

Whoever signs in next finds every record, nothing lies about, and what was begun is finished.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.audit import AuditAction
from pact_desktop.domain.errors import PactError
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.services import accounts, key_changes
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log, vault
from pact_desktop.storage.database import file_name, is_whole
from tests.rig import tracing
from tests.rig.checks import log_follows_from_its_first_key
from tests.rig.injections import Outcome, Point, counted_points
from tests.rig.journeys import Desk
from tests.rig.pictures import rows_of
from tests.rig.trials import Told, begun, fresh_copy

JOURNEY: Final = "change-keys"
_PATIENTS: Final = (Compartment.IDENTITY, Compartment.CASES)
_BESIDE: Final = "*.next*"

Keys = Mapping[Compartment, bytes]


@dataclass(frozen=True, slots=True)
class Before:
    """What was there before the keys were changed."""

    records: Mapping[Compartment, object]
    keys: Keys


def change_all_keys(desk: Desk) -> Iterator[str]:
    """A nurse at work changes every key; "saved" is said when the service has come back."""
    session = desk.at_work("nadia")
    key_changes.change_keys(session, tuple(Compartment), KeyChangeReason.ASKED)
    yield "changed"
    accounts.lock(session)


def points_of(prepared: Path) -> list[Point]:
    """Every call of the journey that changes the disk, in the order of their kinds."""
    _before(prepared)  # so that whoever is forked finds everything loaded
    home = prepared.parent / f"counting-keys-{os.getpid()}"
    desk = fresh_copy(prepared, home, JOURNEY)
    trace = home.with_suffix(".trace")
    with (
        begun(desk, change_all_keys) as running,
        tracing.traced(running.process, trace, tracing.CHANGING),
    ):
        running.go()
        told = running.told()
    if told != Told(1):
        message = f"the keys are not even changed undisturbed: {told}"
        raise RuntimeError(message)
    shutil.rmtree(home, ignore_errors=True)
    return counted_points(JOURNEY, trace)


def disturbed(prepared: Path, point: Point) -> Outcome:
    """Changes the keys up to the point and beyond, and looks at what is left."""
    before = _before(prepared)
    home = prepared.parent / f"keys-{os.getpid()}"
    trace = home.with_suffix(".trace")
    desk = fresh_copy(prepared, home, JOURNEY)
    with (
        begun(desk, change_all_keys) as running,
        tracing.traced(running.process, trace, (point.call,), "-e", point.injection) as tracer,
    ):
        running.go()
        told = running.told()
        tracer.wait()
    struck = running.killed or "(INJECTED)" in trace.read_text(errors="replace")
    found = list(problems(desk, before, told))
    shutil.rmtree(home, ignore_errors=True)
    return Outcome(point, struck, told.refused, tuple(found))


def problems(desk: Desk, before: Before, told: Told) -> Iterator[str]:
    if told.hung:
        yield "hung"
    if told.broke:
        yield f"an error nobody would understand: {told.broke}"
    try:
        yield from _half(desk, before, told)
        yield from _later(desk, before)
    except PactError as error:
        yield f"does not open: {error.code}"


def _half(desk: Desk, before: Before, told: Told) -> Iterator[str]:
    """As the next start has put it in order."""
    keyring = desk.keyring("nadia")
    epochs = set(vault.load(desk.records).epochs.values())
    if epochs not in ({1}, {2}):
        yield f"half changed: {epochs}"
    if told.saved and epochs != {2}:
        yield "told as changed, and is not"
    for one, key in keyring.keys.items():
        if not is_whole(desk.records / file_name(one), key):
            yield f"{one.value} does not open with the key of now"
        if epochs == {2} and key == before.keys[one]:
            yield f"{one.value} still has the old key"
    if left := [path.name for path in desk.records.glob(_BESIDE)]:
        yield f"left lying about: {left}"
    for one in _PATIENTS:
        if rows_of(desk.records, one, keyring.keys[one]) != before.records[one]:
            yield f"{one.value} holds something else"


def _later(desk: Desk, before: Before) -> Iterator[str]:
    """Somebody who was not there comes to work; what was asked for is done then."""
    session = desk.at_work("dren")
    try:
        if not session.store.log_check.whole:
            yield "the log is not whole"
        asked = AuditAction.KEY_CHANGE_ASKED in actions(session)
        done = AuditAction.KEYS_CHANGED in actions(session)
        epochs = set(vault.load(desk.records).epochs.values())
        if epochs != ({2} if asked else {1}) or asked is not done:
            yield f"asked {asked}, told {done}, keys {epochs}"
        keyring = session.store.keyring
        for one in _PATIENTS:
            if rows_of(desk.records, one, keyring.keys[one]) != before.records[one]:
                yield f"{one.value} holds something else afterwards"
    finally:
        session.store.close()
    if not log_follows_from_its_first_key(desk, keyring):
        yield "the log does not follow from its first keys"


def actions(session: Session) -> set[str]:
    with session.store.reading_config() as connection:
        return {str(entry.get("action")) for entry in audit_log.entries(connection)}


@lru_cache(maxsize=2)
def _before(prepared: Path) -> Before:
    """From a copy, because a sign-in leaves its traces; and so that everything is loaded."""
    home = prepared.parent / f"before-keys-{os.getpid()}"
    desk = fresh_copy(prepared, home, JOURNEY)
    keys = desk.keyring("nadia").keys
    records = {one: rows_of(desk.records, one, keys[one]) for one in _PATIENTS}
    for _ in change_all_keys(desk):
        pass
    shutil.rmtree(home, ignore_errors=True)
    return Before(records, keys)
