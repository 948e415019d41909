# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the frame around a screen: places, steps, the visit, the footer."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pact_desktop.desktop.widgets.chips import ChipText

Arguments = dict[str, object]


class Chrome(StrEnum):
    """How much frame a screen has around it."""

    FULL = "full"
    HEADER = "header"
    NONE = "none"


class StepState(StrEnum):
    """How a step of the visit stands in the rail."""

    DONE = "done"
    CURRENT = "current"
    OPEN = "open"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the visit; `name` is the screen it leads to, `detail` its state in words."""

    name: str
    text: str
    detail: str = ""
    state: StepState = StepState.OPEN


@dataclass(frozen=True, slots=True)
class VisitFrame:
    """What the frame shows about the visit: the patient bar and the steps."""

    patient: str
    facts: str
    """Sex, age, time, language in one line."""
    chips: "tuple[ChipText, ...]" = ()
    steps: tuple[Step, ...] = ()
    args: Arguments = field(default_factory=dict)
    """Handed to the screen of a step that is pressed."""
    can_pause: bool = True
    short_facts: str = ""
    """For a narrow window; `facts` is cut at its end without it."""


@dataclass(frozen=True, slots=True)
class Footer:
    """Words of the footer; what is empty is absent."""

    back: str = ""
    saved: str = ""
    note: str = ""
    secondary: str = ""
    secondary_kind: str = "secondary"
    secondary_enabled: bool = True
    extra: str = ""
    """One more secondary button, before the other."""
    primary: str = ""
    primary_key: str = ""
    primary_enabled: bool = True
    lead: str = ""
    """`primary` or `secondary`: which of the two is the primary of the screen, where that may
    change under the hand. Colour and key move, the buttons keep their places. Empty: the primary.
    """

    @property
    def empty(self) -> bool:
        return not any((self.back, self.saved, self.note, self.secondary, self.extra, self.primary))


@dataclass(frozen=True, slots=True)
class Place:
    """One of the places of a role; `count` says how much waits there, never who."""

    name: str
    text: str
    icon: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in, as the header shows it."""

    name: str
    role: str
