# SPDX-License-Identifier: GPL-3.0-or-later
"""What the activity log says, for tests."""

from typing import Any

from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log


def activity(session: Session) -> list[dict[str, Any]]:
    """The entries, oldest first."""
    with session.store.reading_config() as connection:
        return audit_log.entries(connection)


def actions(session: Session) -> list[str]:
    return [entry["action"] for entry in activity(session)]
