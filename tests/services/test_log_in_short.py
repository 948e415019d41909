# SPDX-License-Identifier: GPL-3.0-or-later
"""A few of what `python3 dev.py rig` does with the log, so that a gap in it is seen at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.session import Session
from pact_desktop.storage.record_tables import patient
from tests.rig import completeness, journeys, log_edits
from tests.rig.completeness import Call, Watch
from tests.rig.log_edits import KINDS, NEEDS_ANCHOR, NEEDS_MEMORY, Edit
from tests.rig.trials import content

BEGIN, COMMIT = "BEGIN IMMEDIATE", "COMMIT"
ENTRY = "INSERT INTO audit.entry (sequence, body) VALUES (1, 'x')"
LOOKUP = "SELECT identity.patient.case_number FROM identity.patient WHERE x"
READ = "SELECT identity.patient.case_number, identity.patient.alias FROM identity.patient"
CHANGE = "UPDATE cases.screening SET status='x'"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("short") / "prepared"
    journeys.prepare(folder, content())
    return folder


def test_every_service_leaves_its_entry(prepared: Path, tmp_path: Path) -> None:
    """A new service belongs into `tests/rig/using.py`; it is named here until it is there."""
    found = completeness.watched(prepared, tmp_path / "watched")
    assert found.problems == []
    assert found.services == len(set(completeness.all_services()))


@pytest.fixture(scope="module")
def days(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("days") / "log"
    log_edits.prepare(prepared, home)
    return home


@pytest.mark.parametrize("kind", KINDS)
def test_manipulation_is_told_at_sign_in_and_found_against_the_paper(kind: str, days: Path) -> None:
    """And what leaves a log that is whole in itself is found by nothing else."""
    for number in range(2):
        outcome = log_edits.tried(days, Edit(kind, number))
        assert outcome.at_sign_in
        assert outcome.against_paper
        assert outcome.in_itself is (kind not in NEEDS_ANCHOR)
        assert outcome.with_sheet is (kind != NEEDS_MEMORY)


# The watch itself ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "statements",
    [
        [],
        ["BEGIN", LOOKUP, "ROLLBACK"],
        ["BEGIN", LOOKUP, "ROLLBACK", BEGIN, ENTRY, COMMIT, "BEGIN", READ, "ROLLBACK"],
        [BEGIN, READ, ENTRY, COMMIT],
        [BEGIN, ENTRY, CHANGE, COMMIT],
        [BEGIN, CHANGE, "ROLLBACK"],
        [BEGIN, "INSERT INTO main.admin_event (body) VALUES ('x')", COMMIT],
    ],
)
def test_watch_has_nothing_against_what_is_entered(statements: list[str]) -> None:
    """Numbers alone, a look after its entry, a search with it, a change beside it."""
    assert list(Call("s", statements, given="x").problems()) == []


@pytest.mark.parametrize(
    ("statements", "given", "problem"),
    [
        (["BEGIN", READ, "ROLLBACK"], "x", "read identity.patient.alias"),
        (["BEGIN", READ], "x", "read identity.patient.alias"),
        ([BEGIN, READ, ENTRY, "ROLLBACK"], "x", "read identity.patient.alias"),
        (["BEGIN", READ, "ROLLBACK", BEGIN, ENTRY, COMMIT], "x", "read identity.patient.alias"),
        ([BEGIN, CHANGE, COMMIT], "x", "changed cases.screening"),
        ([BEGIN, ENTRY, COMMIT, BEGIN, CHANGE, COMMIT], "x", "changed cases.screening"),
        ([], IssuedDocument("a.pdf", b"%PDF"), "gave out a paper"),
        ([], b"%PDF", "gave out a paper"),
    ],
)
def test_watch_finds_what_is_not_entered(
    statements: list[str], given: object, problem: str
) -> None:
    """Each way around the log that a service could take."""
    (found,) = Call("s", statements, given=given).problems()
    assert problem in found


def test_watch_sees_a_real_way_around_the_log(open_as: Callable[[str], Session]) -> None:
    """A service that reads names as if they were settings."""

    def names(session: Session) -> list[str]:
        with session.store.reading_config() as connection:
            return [row.family_name for row in connection.execute(patient.select())] or ["none"]

    watch = Watch()
    watch(names, open_as("nadia"))
    assert any("identity.patient.family_name" in one for one in watch.calls[0].problems())
