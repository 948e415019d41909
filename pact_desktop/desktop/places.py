# SPDX-License-Identifier: GPL-3.0-or-later
"""Which places of the rail each role has. Knows no screen, so that screens may count again."""

from typing import Final

from pact_desktop.desktop.frame import Place
from pact_desktop.desktop.words import tr
from pact_desktop.domain.accounts import Role

_CLINICAL: Final = ("today", "patients", "follow_up")
_PLACES: Final[dict[Role, tuple[str, ...]]] = {
    Role.NURSE: _CLINICAL,
    Role.DOCTOR: _CLINICAL,
    Role.MANAGER: ("today", "follow_up", "facility", "services_list", "staff", "log", "backup"),
    Role.IT_ADMINISTRATOR: (),
}
_ICONS: Final = {
    "today": "house",
    "patients": "users",
    "follow_up": "arrows-left-right",
    "facility": "squares-four",
    "services_list": "list",
    "staff": "identification-card",
    "log": "clock-counter-clockwise",
    "backup": "hard-drives",
}


def places_of(role: Role, *, waiting: int = 0) -> list[Place]:
    """The places of a role, with the count of what waits under follow-up."""
    words = _words()
    return [
        Place(name, words[name], _ICONS[name], waiting if name == "follow_up" else 0)
        for name in _PLACES[role]
    ]


def _words() -> dict[str, str]:
    # Translators: places in the rail on the left, one or two words each.
    return {
        "today": tr("Today"),
        "patients": tr("Patients"),
        "follow_up": tr("Follow-up"),
        "facility": tr("Facility"),
        "services_list": tr("Services"),
        "staff": tr("Staff"),
        "log": tr("Log"),
        "backup": tr("Backup"),
    }
