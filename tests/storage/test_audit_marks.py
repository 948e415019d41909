# SPDX-License-Identifier: GPL-3.0-or-later
"""An older copy of all files together is told at the next sign-in on this computer."""

import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection

from pact_desktop.domain.audit import AuditAction, AuditEvent, FindingKind, LogFinding
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_marks import remember, remembered
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from tests.factories import MONDAY_MORNING, SteppableClock
from tests.storage.log_support import (
    cut,
    forgotten_in_config,
    found_at_opening,
    look,
    opened,
    remembering,
    rewritten,
    tamper,
)


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


@pytest.fixture
def nurse(staff_keyring: KeyRing, device_folder: Path) -> KeyRing:
    """At a computer that remembers."""
    return remembering(staff_keyring, device_folder)


@pytest.fixture
def doctor(keyring_of: Callable[[str], KeyRing], device_folder: Path) -> KeyRing:
    return remembering(keyring_of("dren"), device_folder)


def put_back(copy: Path, place: Path) -> None:
    """What somebody does who has the folder of last week: all files, the key file too."""
    shutil.rmtree(place)
    shutil.copytree(copy, place)


@pytest.fixture
def older(place: Path, nurse: KeyRing, tmp_path: Path) -> Path:
    """The folder as it was before the looks that somebody wants to hide."""
    look(place, nurse)
    copy = tmp_path / "older"
    shutil.copytree(place, copy)
    return copy


def test_older_copy_of_everything_is_told(place: Path, nurse: KeyRing, older: Path) -> None:
    """All four files and the key file fit each other; only the computer knows better."""
    end = look(place, nurse)
    put_back(older, place)
    store = opened(place, nurse)
    store.close()
    assert [(f.kind, f.until) for f in store.log_check.findings] == [
        (FindingKind.OLDER_COPY, end.sequence)
    ]


def test_older_copy_is_told_also_after_others_worked_on(
    place: Path, nurse: KeyRing, doctor: KeyRing, older: Path
) -> None:
    """The log is as long again as it was, and still another one; it stays told for good."""
    look(place, nurse)
    put_back(older, place)
    for _ in range(3):
        assert not opened_and_worked(place, doctor).log_check.whole
    assert FindingKind.OTHER_HISTORY in found_at_opening(place, nurse)


def opened_and_worked(place: Path, keyring: KeyRing) -> Store:
    store = opened(place, keyring)
    for _ in range(4):
        with store.reading(AuditEvent(AuditAction.DAY_LIST_SEEN)):
            pass
    store.remember_end()
    store.close()
    return store


def test_whoever_signs_in_first_is_told(
    place: Path, nurse: KeyRing, doctor: KeyRing, older: Path
) -> None:
    """Also somebody who was never here before."""
    look(place, nurse)
    put_back(older, place)
    assert found_at_opening(place, doctor) == {FindingKind.OLDER_COPY}


@pytest.mark.parametrize("lost", ["computer", "person", "both"])
def test_what_a_person_remembers_cannot_be_written_by_another(  # noqa: PLR0917 fixtures
    lost: str, place: Path, nurse: KeyRing, doctor: KeyRing, older: Path, device_folder: Path
) -> None:
    """The administrator has the folder of this computer: he can delete there, not forge."""
    look(place, nurse)
    put_back(older, place)
    path = device_folder / f"seen-{nurse.vault_id}.json"
    kept = json.loads(path.read_text())
    if lost in {"computer", "both"}:
        remember(replace(doctor, device_key=bytes(32)), Head(1, bytes(32)), MONDAY_MORNING)
        kept["computer"] = json.loads(path.read_text())["computer"]
    if lost in {"person", "both"}:
        # Another person's note under this name, and half of one.
        kept[nurse.account.account_id] = "00" * 100
    path.write_text(json.dumps(kept))
    known = remembered(nurse)
    assert (known.own is None, known.computer is None) == (
        lost in {"person", "both"},
        lost in {"computer", "both"},
    )
    expected = {
        "computer": {FindingKind.OLDER_COPY},
        "person": {FindingKind.OLDER_COPY, FindingKind.NOT_REMEMBERED},
        "both": {FindingKind.NOT_REMEMBERED},
    }[lost]
    assert found_at_opening(place, signed_in_before(place, nurse)) == expected


def signed_in_before(place: Path, keyring: KeyRing) -> KeyRing:
    """The log says that this person was here."""
    forgetful = replace(keyring, device_folder="")
    store = opened(place, forgetful)
    with store.changing(AuditEvent(AuditAction.SIGNED_IN)):
        pass
    store.close()
    return keyring


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"computer": 7}', '{"computer": "00"}'])
def test_file_that_cannot_be_read_is_told_once(
    text: str, place: Path, nurse: KeyRing, device_folder: Path
) -> None:
    """Somebody who was here before hears that the computer has forgotten it; then it knows."""
    signed_in_before(place, nurse)
    (device_folder / f"seen-{nurse.vault_id}.json").write_text(text)
    store = opened(place, nurse)
    assert [f.kind for f in store.log_check.findings] == [FindingKind.NOT_REMEMBERED]
    assert store.log_check.whole
    store.remember_end()
    store.close()
    assert found_at_opening(place, nurse) == set()


def test_first_sign_in_of_a_person_has_nothing_to_remember(place: Path, nurse: KeyRing) -> None:
    """No warning on the first day."""
    assert found_at_opening(place, nurse) == set()


def test_folder_that_takes_nothing_stops_nobody(place: Path, nurse: KeyRing) -> None:
    """Work goes on where this computer cannot remember."""
    nowhere = replace(nurse, device_folder=str(place / "audit.db" / "nowhere"))
    look(place, nowhere)
    assert found_at_opening(place, nowhere) == set()


@pytest.mark.parametrize("forget", [False, True])
def test_cut_tail_is_found_although_the_configuration_was_made_to_agree(
    place: Path, nurse: KeyRing, *, forget: bool
) -> None:
    """A nurse with a script holds both keys; without this computer nothing would show."""
    look(place, nurse, times=9)
    tamper(place, nurse, cut)
    tamper(place, nurse, forgotten_in_config)
    if forget:
        assert found_at_opening(place, replace(nurse, device_folder="")) == set()
    else:
        assert found_at_opening(place, nurse) == {FindingKind.OLDER_COPY}


def test_history_written_anew_by_several_is_found(
    place: Path, nurse: KeyRing, doctor: KeyRing
) -> None:
    """Two accomplices with every key and both signatures cannot reach what a third remembers."""
    look(place, nurse)
    end = look(place, doctor)
    both = {k.account.account_id: k.signing for k in (nurse, doctor)}

    def rewrite(connection: Connection) -> None:
        rewritten(connection, end.sequence - 7, both)
        forgotten_in_config(connection)

    tamper(place, nurse, rewrite)
    assert found_at_opening(place, replace(nurse, device_folder="")) == set()
    assert FindingKind.OTHER_HISTORY in found_at_opening(place, nurse)
    assert FindingKind.OTHER_HISTORY in found_at_opening(place, doctor)


def test_copy_that_somebody_put_back_openly_is_told_once(
    place: Path, nurse: KeyRing, older: Path
) -> None:
    """A restored backup says so in the log; then it is no secret and no lasting alarm."""
    look(place, nurse)
    put_back(older, place)
    later = SteppableClock()
    later.step(hours=3)
    forgetful = replace(nurse, device_folder="")
    store = Store.open(place, forgetful, nurse.account, later)
    with store.changing(AuditEvent(AuditAction.BACKUP_RESTORED)):
        pass
    store.close()
    store = Store.open(place, nurse, nurse.account, later)
    assert store.log_check.whole
    assert {finding.kind for finding in store.log_check.findings} == {FindingKind.RESTORED}
    assert all(finding.seen_at == later() for finding in store.log_check.findings)
    store.remember_end()
    store.close()
    assert found_at_opening(place, nurse) == set()


def test_restored_long_ago_explains_nothing_today(
    place: Path, nurse: KeyRing, tmp_path: Path
) -> None:
    """A restore in the log must be newer than what was seen of the log."""
    store = opened(place, nurse)
    with store.changing(AuditEvent(AuditAction.BACKUP_RESTORED)):
        pass
    store.close()
    shutil.copytree(place, tmp_path / "older")
    later = SteppableClock()
    later.step(days=2)
    store = Store.open(place, nurse, nurse.account, later)
    with store.reading(AuditEvent(AuditAction.PATIENT_SEEN)):
        pass
    store.remember_end()
    store.close()
    put_back(tmp_path / "older", place)
    assert found_at_opening(place, nurse) == {FindingKind.OLDER_COPY}


def test_what_is_remembered_lies_in_clear_and_says_nothing(
    place: Path, nurse: KeyRing, device_folder: Path
) -> None:
    """Random numbers and codes for this user alone; no name, not even of staff."""
    look(place, nurse)
    path = device_folder / f"seen-{nurse.vault_id}.json"
    text = path.read_text().casefold()
    assert not any(word in text for word in ("nadia", "nikoli", "p1", "c-17", "audit"))
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o077 == 0


def test_findings_say_where(place: Path, nurse: KeyRing) -> None:
    """First and last entry that are gone, and when they were seen."""
    look(place, nurse, times=9)
    tamper(place, nurse, partial(cut, at=10))
    tamper(place, nurse, forgotten_in_config)
    store = opened(place, nurse)
    store.close()
    (found,) = store.log_check.findings
    assert found == LogFinding(FindingKind.OLDER_COPY, 11, found.until, MONDAY_MORNING)
    assert found.until > 11
