# SPDX-License-Identifier: GPL-3.0-or-later
"""When the next backup and the next test are due."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.backup import (
    MAKE_EVERY,
    TEST_EVERY,
    Backup,
    BackupDue,
    BackupId,
    BackupKind,
    standing,
)
from tests.factories import MONDAY_MORNING


def a_backup(**changes: Any) -> Backup:
    known: dict[str, Any] = {
        "backup_id": BackupId("0123456789abcdef"),
        "made_at": MONDAY_MORNING,
        "made_by": AccountId("mira"),
        "kind": BackupKind.ASKED,
        "sequence": 8,
        "anchor": "00008-CZP-6HF-QMN",
        "size": 289_398,
        "on_same_disk": False,
    }
    return Backup(**(known | changes))


def test_a_facility_without_a_backup_is_told_so() -> None:
    """Never made, never tested."""
    found = standing([])
    assert found.last is None
    assert found.making(date(2026, 11, 23)) is BackupDue.NEVER
    assert found.testing(date(2026, 11, 23)) is BackupDue.NEVER


@pytest.mark.parametrize(
    ("days", "due"),
    [(0, BackupDue.IN_TIME), (MAKE_EVERY.days, BackupDue.IN_TIME), (8, BackupDue.LATE)],
)
def test_a_backup_is_late_after_a_week(days: int, due: BackupDue) -> None:
    """Counted in days, as people count."""
    found = standing([a_backup()])
    assert found.making((MONDAY_MORNING + timedelta(days=days)).date()) is due


@pytest.mark.parametrize(
    ("days", "due"), [(TEST_EVERY.days, BackupDue.IN_TIME), (31, BackupDue.LATE)]
)
def test_a_test_is_late_after_a_month(days: int, due: BackupDue) -> None:
    """Any backup that opened counts, also an older one."""
    older = a_backup(tested_at=MONDAY_MORNING)
    newer = a_backup(made_at=MONDAY_MORNING + timedelta(days=3))
    found = standing([newer, older])
    assert found.testing((MONDAY_MORNING + timedelta(days=days)).date()) is due


def test_what_the_program_made_for_itself_does_not_count() -> None:
    """It lies on the same disk and would be lost with the records."""
    before_update = a_backup(
        kind=BackupKind.BEFORE_UPDATE, made_at=MONDAY_MORNING + timedelta(days=1)
    )
    assert standing([before_update]).last is None
    asked = a_backup()
    assert standing([before_update, asked]).last == asked


def test_a_clock_that_was_set_back_makes_nothing_late() -> None:
    """A backup from tomorrow is not overdue; the clock is told elsewhere."""
    found = standing([a_backup(made_at=datetime(2027, 1, 1, tzinfo=MONDAY_MORNING.tzinfo))])
    assert found.making(MONDAY_MORNING.date()) is BackupDue.IN_TIME
