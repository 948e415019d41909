# SPDX-License-Identifier: GPL-3.0-or-later
"""What people type is kept as they meant it, without what could change a page around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.text import LIMIT_OF, TypedField, clean, fits, tidy


@pytest.mark.parametrize(
    "typed",
    [
        "<b>Ana</b>",
        "<img src=x onerror=alert(1)>",
        "=cmd|' /C calc'!A0",
        "O'Neil & Söhne",
        "%s {x}",
    ],
)
def test_markup_and_formulas_stay_what_they_are(typed: str) -> None:
    """Hostile-looking text is a person's text: it is stored as typed and never run."""
    assert clean(typed, field="name", limit=120) == typed


def test_direction_controls_and_nul_are_taken_out() -> None:
    """A name cannot turn the line around it or end a string early."""
    assert clean("A\u202ena\x00\u2066 Be\u200f", field="name", limit=120) == "Ana Be"


def test_lines_are_kept_only_where_lines_are_wanted() -> None:
    """A note may have paragraphs, a name may not."""
    assert clean("one\r\ntwo", field="note", limit=20, lines=True) == "one\ntwo"
    assert clean("one\ntwo\tthree", field="name", limit=20) == "one two three"


def test_long_text_is_refused_and_never_cut() -> None:
    """Ten thousand characters are too many, and the refusal says how many are allowed."""
    with pytest.raises(Refusal) as refused:
        clean("a" * 10_000, field="note", limit=4000)
    assert refused.value.code is RefusalCode.TEXT_TOO_LONG
    assert refused.value.facts == {"field": "note", "limit": 4000, "length": 10_000}


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    """What was stored once is stored the same when it is saved again."""
    once = clean(typed, field="name", limit=400)
    assert clean(once, field="name", limit=400) == once


@pytest.mark.parametrize(
    "typed",
    [
        "\u200b",
        "\u200c\u200d",
        " \u200b \u2060 ",
        "\ufeff",
        "\u061c",
        "\u00ad",
        "\u2028\u2029",
        "\u3164",
        "\u2800\u2800",
        "\ufe0f",
        "\u034f",
        "\U000e0041",
    ],
)
def test_what_nobody_can_see_counts_as_empty(typed: str) -> None:
    """It is no name, no reason and no ordinary explanation."""
    assert clean(typed, field="name", limit=120) == ""


def test_a_name_is_found_without_what_nobody_sees_in_it() -> None:
    """A name copied from a web page is the name that was typed."""
    assert clean("\ufeffMi\u200blica\u00ad", field="name", limit=120) == "Milica"


@pytest.mark.parametrize(
    "typed", ["می\u200cخواهم", "ء", "👩\u200d⚕️", "ﷺ", "\u0600", "🫨", "e\u0301", "Ђорђевић", "?"]
)
def test_what_can_be_seen_stays(typed: str) -> None:
    """Joiners inside words of Arabic and Persian are part of the word."""
    kept = clean(typed, field="name", limit=120)
    assert kept
    assert ("\u200c" in kept, "\u200d" in kept) == ("\u200c" in typed, "\u200d" in typed)


def test_separators_of_lines_do_not_reach_a_single_line() -> None:
    """A second line could say something else in the bar of the visit."""
    assert clean("Ana\u2028Female, 40", field="name", limit=120) == "Ana Female, 40"
    assert tidy("one\u2029two", lines=True) == "one\ntwo"


@pytest.mark.parametrize("field", [field for field in TypedField if field in LIMIT_OF])
def test_a_field_holds_what_its_counter_says(field: TypedField) -> None:
    """The limit on the screen is the limit of the record."""
    full = "a" * LIMIT_OF[field]
    assert clean(full, field=field) == full
    assert fits(full, field)
    assert not fits(full + "a", field)
    with pytest.raises(Refusal):
        clean(full + "a", field=field)
