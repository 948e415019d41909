# SPDX-License-Identifier: GPL-3.0-or-later
"""The page on the limits of the program, before sign-in and in every session."""

from typing import Final

from pact_desktop.desktop.screen import Screen
from pact_desktop.domain.accounts import Role

_PART_OF: Final = {Role.MANAGER: 1, Role.IT_ADMINISTRATOR: 2}


def limits_page(*, at_door: bool = False) -> Screen:
    # Imported when somebody asks; the first window must not wait for it.
    from pact_desktop.desktop.screens.limits import build_limits  # noqa: PLC0415

    return build_limits(at_door=at_door)


def part_of(role: Role | None) -> int:
    """The number of the part that is written for this role."""
    return _PART_OF.get(role, 0) if role is not None else 0
