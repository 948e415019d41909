# SPDX-License-Identifier: GPL-3.0-or-later
"""Colours that have to be read are far enough apart, and written in one place only."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOKENS = json.loads((ROOT / "ui" / "style" / "tokens.json").read_text(encoding="utf-8"))
COLOUR = re.compile(
    r"#[0-9a-fA-F]{6}\b|\brgba?\(|QColor\(\s*[\"'\d]|GlobalColor\.(?!transparent)|Qt\.(?:red|green|blue|black|white)\b"
)


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def value(token: str, theme: str) -> str:
    colour: str = TOKENS["colour"][token][theme]
    return colour


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("pair", TOKENS["contrast"], ids=lambda p: f"{p['text']}-on-{p['on']}")
def test_a_pair_can_be_read(pair: dict[str, object], theme: str) -> None:
    """The contrast of each pair of the design is computed, not believed."""
    found = contrast(value(str(pair["text"]), theme), value(str(pair["on"]), theme))
    assert found >= float(str(pair["need"]))
    assert found == pytest.approx(float(str(pair[theme])), abs=0.02)


def test_black_on_white_is_21() -> None:
    """The formula itself gives the known value."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_colours_are_written_in_one_place() -> None:
    """A colour outside the tokens would not follow the theme."""
    files = [
        *(ROOT / "pact_desktop" / "desktop").rglob("*.py"),
        *(ROOT / "ui").rglob("*.ui"),
        *(ROOT / "ui").rglob("*.qss"),
    ]
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in files
        for match in COLOUR.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_forms_carry_no_style_of_their_own() -> None:
    """A style sheet or a font inside a form would win against the theme."""
    forms = (ROOT / "ui" / "screens").glob("*.ui")
    found = [
        path.name
        for path in forms
        if re.search(r'name="(?:styleSheet|font|palette)"', path.read_text(encoding="utf-8"))
    ]
    assert found == []
