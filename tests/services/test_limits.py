# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program cannot do: one text, read as it is written, in every language that has it."""

import tomllib
from pathlib import Path
from typing import Final

import pytest

from pact_desktop.i18n.locales import SCREEN_LOCALES
from pact_desktop.services.limits import PARTS, english_parts, limits_for

ROOT: Final = Path(__file__).parents[2]
ENGLISH: Final = (ROOT / "docs" / "limits.md").read_text(encoding="utf-8")
MOSTLY: Final = 0.75
"""A part that was changed in a few places is still worth reading in one's language."""


def test_every_word_of_the_document_is_on_the_page() -> None:
    """Nothing of it is left out, and no mark of the written file is shown."""
    shown = " ".join(
        f"{part.heading} " + " ".join(f"{line.lead} {line.text}" for line in part.lines)
        for part in limits_for("en")
    ).split()
    body = ENGLISH[ENGLISH.index("## ") :]
    words = [w for w in body.replace("*", "").replace("`", "").split() if w.strip("-#")]
    assert shown == words


def test_points_and_first_words_are_told_apart() -> None:
    """A list stays a list, and what a paragraph is about stands out."""
    nurse = limits_for("en")[0]
    assert nurse.lines[0].lead == "It does not decide."
    assert not nurse.lines[0].is_point
    paper = next(line for line in nurse.lines if line.text.startswith("Paper is paper."))
    assert paper.is_point
    assert not paper.lead


@pytest.mark.parametrize("locale", SCREEN_LOCALES)
def test_there_are_three_parts_in_every_language(locale: str) -> None:
    """A language without its own words shows the English ones, and says so."""
    parts = limits_for(locale)
    assert len(parts) == PARTS
    assert all(part.lines for part in parts)
    assert all(part.untranslated == 0 for part in limits_for("en"))


@pytest.mark.parametrize("locale", ["mk", "sq", "sr-Cyrl", "sr-Latn"])
def test_nurse_and_doctor_read_their_part_in_their_language(locale: str) -> None:
    """When this fails, paragraphs of docs/limits.md were changed: translate them in docs/limits."""
    nurse = limits_for(locale)[0]
    assert nurse.untranslated <= (1 - MOSTLY) * len(nurse.lines)
    assert nurse.heading not in {part.heading for part in limits_for("en")}


def test_a_paragraph_that_was_changed_is_shown_as_it_is_now(tmp_path: Path) -> None:
    """An old translation never stands for a new statement."""
    folder = tmp_path / "limits"
    folder.mkdir()
    (folder / "mk.po").write_bytes((ROOT / "docs" / "limits" / "mk.po").read_bytes())
    changed = ENGLISH.replace("**It does not decide.**", "**It decides nothing.**")
    assert changed != ENGLISH
    (tmp_path / "limits.md").write_text(changed, encoding="utf-8")
    nurse = limits_for("mk", tmp_path)[0]
    assert nurse.lines[0].lead == "It decides nothing."
    assert nurse.untranslated == limits_for("mk")[0].untranslated + 1


def test_a_file_that_cannot_be_read_leaves_english(tmp_path: Path) -> None:
    """The page is there, whatever happened to a translation."""
    (tmp_path / "limits").mkdir()
    (tmp_path / "limits" / "mk.po").write_bytes(b"\xff\xfe not a catalogue")
    (tmp_path / "limits.md").write_text(ENGLISH, encoding="utf-8")
    assert limits_for("mk", tmp_path)[0].heading == english_parts(ENGLISH)[0][0]


def test_the_installed_program_carries_the_text() -> None:
    """A wheel and a build have no folder `docs` beside them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert carried["docs/limits.md"] == "pact_desktop/_shipped/docs/limits.md"
    assert carried["docs/limits"] == "pact_desktop/_shipped/docs/limits"
