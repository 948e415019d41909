# SPDX-License-Identifier: GPL-3.0-or-later
"""Ready-made facilities, members of staff and moments for tests. No real person or place."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Final

from pact_desktop.domain.accounts import Role
from pact_desktop.domain.facility import Facility, FocalPerson
from pact_desktop.services.set_up import NewStaff
from pact_desktop.storage.kdf import KdfCost, KdfPolicy

MONDAY_MORNING: Final = datetime(2026, 11, 23, 8, 30, tzinfo=timezone(timedelta(hours=1)))

MANAGER: Final = ("mira", "Mira Marić", Role.MANAGER)
NURSE: Final = ("nadia", "Nadia Nikolić", Role.NURSE)
DOCTOR: Final = ("dren", "Dren Dervishi", Role.DOCTOR)
IT_ADMINISTRATOR: Final = ("ivo", "Ivo Ilić", Role.IT_ADMINISTRATOR)
STAFF: Final = (MANAGER, NURSE, DOCTOR, IT_ADMINISTRATOR)


CHEAP: Final = KdfPolicy(floor=KdfCost(64, 1, 1), cost=KdfCost(64, 1, 1))
"""Argon2 in a millisecond: for tests alone."""


def passphrase_of(sign_in_name: str) -> str:
    return f"teal-lantern-{sign_in_name}-orchard"


def new_staff(*people: tuple[str, str, Role]) -> list[NewStaff]:
    return [NewStaff(name, shown, role, passphrase_of(name)) for name, shown, role in people]


@dataclass
class SteppableClock:
    """A clock that stands still until a test moves it."""

    moment: datetime = field(default=MONDAY_MORNING)

    def __call__(self) -> datetime:
        return self.moment

    def step(self, **by: float) -> None:
        """Moves on, for example `clock.step(days=2)`."""
        self.moment += timedelta(**by)


def a_facility(participant: str = "MK") -> Facility:
    return Facility(
        name="Health house Sample",
        participant=participant,
        address="1 Sample street",
        phone="+389 2 000 0000",
        phone_hours="Mon-Fri 8-16",
        focal_person=FocalPerson("Sara Sample", "+389 2 000 0001", "Mon-Fri 8-16"),
        deputy=FocalPerson("Dana Deputy", "+389 2 000 0002", "Mon-Fri 8-16"),
        security_phone="+389 2 000 0003",
        security_words="Code blue at the desk",
        cover_notice="Hand washing protects everybody.",
        opening_hours="Mon-Fri 8-16",
    )
