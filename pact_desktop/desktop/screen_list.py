# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen of a session under its name, and the places each role finds in the rail."""

from collections.abc import Callable

from pact_desktop.desktop.frame import Place
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens import (
    body_map,
    details,
    in_private,
    observations,
    patients,
    questions,
    register,
    summary,
    today,
)
from pact_desktop.desktop.words import tr
from pact_desktop.domain.accounts import Account, Permission

SCREENS: dict[str, Callable[[Work], Screen]] = {
    "today": today.build,
    "patients": patients.build,
    "register": register.build,
    "details": details.build,
    "observations": observations.build,
    "in_private": in_private.build,
    "questions": questions.build,
    "body_map": body_map.build,
    "summary": summary.build,
}


def places_of(account: Account, waiting: int) -> list[Place]:
    """Places of a role; `waiting` is a count of referrals, never who."""
    places = []
    if account.allows(Permission.FOLLOW_UP):
        places.append(Place("today", tr("Today"), "house"))
    if account.allows(Permission.REGISTER_PATIENT):
        places.append(Place("patients", tr("Patients"), "users"))
    if account.allows(Permission.FOLLOW_UP):
        places.append(Place("follow_up", tr("Follow-up"), "arrows-left-right", waiting))
    if account.allows(Permission.MANAGE_FACILITY):
        places.append(Place("facility", tr("Facility"), "house"))
    if account.allows(Permission.CONFIRM_DIRECTORY):
        places.append(Place("services_list", tr("Services"), "phone"))
    if account.allows(Permission.MANAGE_ACCOUNTS):
        places.append(Place("staff", tr("Staff"), "identification-card"))
    return places
