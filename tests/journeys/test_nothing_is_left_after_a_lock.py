# SPDX-License-Identifier: GPL-3.0-or-later
"""A real session shows a visit and locks; what runs in its place never knew any of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests import memory
from tests.canaries import Marks, a_visit_with
from tests.real_session import RealSession, a_session

if TYPE_CHECKING:
    from pact_desktop.services.session import Session
    from pact_desktop.storage.keys import KeyRing

pytestmark = [
    pytest.mark.skipif(not memory.CAN_LOOK, reason="only root on Linux can look into it"),
    pytest.mark.usefixtures("qapp"),
]
SHOWN = ("details", "observations", "body_map", "summary", "next_steps")
"""Screens on which the words of the visit stand."""


@pytest.fixture
def marks() -> Marks:
    return Marks.draw()


@pytest.fixture
def visit(open_as: "Callable[[str], Session]", marks: Marks) -> str:
    session = open_as("nadia")
    made = a_visit_with(session, marks)
    session.store.close()
    return made


@pytest.fixture
def session(
    data_folder: Path, staff_keyring: "KeyRing", tmp_path: Path, visit: str
) -> Iterator[RealSession]:
    """The visit has been on the screen, page by page, and a sentence has been typed."""
    with a_session(data_folder, staff_keyring.to_bytes(), tmp_path) as running:
        for name in SHOWN:
            running.tell("go", name, {"screening_id": visit})
        yield running


@pytest.fixture
def wanted(marks: Marks, staff_keyring: "KeyRing") -> dict[str, bytes]:
    keys = [*staff_keyring.keys.values(), staff_keyring.device_key]
    return memory.needles(marks.both, [key for key in keys if key])


def test_a_lock_leaves_no_word_and_no_key(
    session: RealSession, wanted: dict[str, bytes], marks: Marks, data_folder: Path
) -> None:
    """Hundreds before the lock, none after it, in no form; no file of the records is open."""
    session.tell("go", "patients", {})
    session.tell("type", marks.latin)
    before = memory.search(session.number, wanted)
    assert {name.split(" as ")[0] for name in before} >= {"text 0", "text 1", "key 0", "key 1"}
    seconds = session.seconds_until_locked(lambda: session.say("lock_by_key"))
    assert session.locked
    assert seconds < 2
    session.rest()
    assert memory.search(session.number, wanted) == {}
    records = str(data_folder / "records")
    assert [name for name in memory.open_files_of(session.number) if name.startswith(records)] == []


def test_neither_words_nor_keys_stand_where_every_user_can_look(
    session: RealSession, wanted: dict[str, bytes]
) -> None:
    """Command line and environment of the session and of what comes after it."""
    seen = []
    for _ in range(2):
        seen.append(" ".join(session.words).encode() + memory.environment_of(session.number))
        if not session.locked:
            session.seconds_until_locked(lambda: session.say("lock_by_key"))
    assert session.locked
    assert [name for name, needle in wanted.items() for place in seen if needle in place] == []


def test_what_was_being_typed_is_there_after_the_lock(
    session: RealSession, visit: str, open_as: "Callable[[str], Session]"
) -> None:
    """The draft is written before the process goes."""
    from pact_desktop.services import screenings  # noqa: PLC0415 loads the storage

    session.tell("go", "details", {"screening_id": visit})
    session.tell("type", "typed last")
    session.seconds_until_locked(lambda: session.say("lock_by_key"))
    assert session.locked
    stored = screenings.load_screening(open_as("nadia"), visit)  # type: ignore[arg-type]
    assert "typed last" in repr_of(stored)


def repr_of(stored: object) -> str:
    """With the texts that a usual `repr` leaves out."""
    from dataclasses import asdict  # noqa: PLC0415 for this alone

    return repr(asdict(stored))  # type: ignore[call-overload]
