# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the one style sheet from `ui/style/intake.qss` and the tokens."""

import re
from functools import cache
from string import Template

from pact_desktop.desktop import tokens
from pact_desktop.resources import shipped

_MEASURE = re.compile(r"\b(size|space|radius|type)\((\w+)(?:\s*([+-]\s*\d+))?\)")


def make_sheet(theme_name: str, scale: int) -> str:
    """`$accent` becomes a colour, `size(control -2)` a length at this text size."""
    colours = {name: pair[theme_name] for name, pair in tokens.tokens()["colour"].items()}

    def length(found: re.Match[str]) -> str:
        group, token, extra = found.groups()
        base = tokens.type_size(token) if group == "type" else tokens.number(group, token)
        return f"{round(base * scale / 100) + int((extra or '0').replace(' ', ''))}px"

    return Template(_MEASURE.sub(length, _source())).substitute(colours)


@cache
def _source() -> str:
    return (shipped("ui") / "style" / "intake.qss").read_text(encoding="utf-8")
