# SPDX-License-Identifier: GPL-3.0-or-later
"""What people type is kept as they meant it, without what could change a page around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.text import clean


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
