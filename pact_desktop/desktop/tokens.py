# SPDX-License-Identifier: GPL-3.0-or-later
"""The values of the design, read once from `ui/style/tokens.json`."""

import json
from functools import cache
from typing import Any, Final

from pact_desktop.resources import shipped

BOLD_FROM: Final = 600
"""The family has two weights; from here on a role is drawn with the bold one."""


@cache
def tokens() -> dict[str, Any]:
    path = shipped("ui") / "style" / "tokens.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def colour_value(token: str, theme_name: str) -> str:
    """`#RRGGBB` of a token in the light or dark theme; raises KeyError."""
    value: str = tokens()["colour"][token][theme_name]
    return value


def number(group: str, token: str) -> int:
    """A size at 100 percent: `number("size", "control")`, `number("space", "m")`."""
    value: int = tokens()[group][token]
    return value


def type_size(role: str) -> int:
    value: int = tokens()["type"][role]["px"]
    return value


def is_bold(role: str) -> bool:
    weight: int = tokens()["type"][role]["weight"]
    return weight >= BOLD_FROM


def scale_steps() -> list[int]:
    steps: list[int] = tokens()["font"]["scale_steps"]
    return steps
