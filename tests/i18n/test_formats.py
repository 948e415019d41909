# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates, times and lists look the same on screen and paper and are read back as written."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import (
    format_date,
    format_datetime,
    format_days_ago,
    format_long_date,
    format_moment,
    join_list,
    parse_date,
)
from pact_desktop.i18n.locales import LOCALES

MONDAY = date(2026, 11, 23)


def test_dates_have_four_digits_of_the_year() -> None:
    """English has a month in letters, so that nobody reads it the American way."""
    assert format_date(MONDAY, "en") == "23 Nov 2026"
    assert {format_date(MONDAY, tag) for tag in LOCALES if tag != "en"} == {"23.11.2026"}
    assert format_date(date(2026, 3, 5), "sq") == "05.03.2026"


def test_long_dates_name_the_day() -> None:
    """In the language of the paper; Montenegrin says ponedjeljak."""
    assert format_long_date(MONDAY, "en") == "Monday 23 November 2026"
    assert format_long_date(MONDAY, "sr-Cyrl") == "понедељак, 23. новембар 2026."
    assert format_long_date(MONDAY, "cnr-Latn") == "ponedjeljak, 23. novembar 2026."
    assert format_long_date(MONDAY, "sq") == "e hënë, 23 nëntor 2026"


def test_numbers_are_latin_everywhere() -> None:
    """Dates on an Arabic card can be read by staff as well."""
    assert "2026" in format_long_date(MONDAY, "ar")


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from(sorted(LOCALES)))
def test_a_date_is_read_back_as_written(day: date, locale: str) -> None:
    """What the program shows it also takes."""
    assert parse_date(format_date(day, locale)) == day


@pytest.mark.parametrize(
    "typed",
    ["23.11.2026", " 23. 11. 2026. ", "23/11/2026", "23-11-2026", "2026-11-23", "23 nov 2026",
     "23 November 2026", "23.\u00a011.\u00a02026"],
)  # fmt: skip
def test_a_date_may_be_typed_in_the_usual_ways(typed: str) -> None:
    """Dots, slashes, spaces and the English month."""
    assert parse_date(typed) == MONDAY


@pytest.mark.parametrize(
    "typed", ["", "23.11.26", "31.02.2026", "11.23.2026", "2026", "yesterday", "1.1.20265"]
)
def test_half_a_date_is_no_date(typed: str) -> None:
    """Nothing is guessed: a wrong birth date opens the wrong path."""
    with pytest.raises(ValueError):  # noqa: PT011 the message is never shown
        parse_date(typed)


def test_within_the_day_only_the_time_counts() -> None:
    """`today, 07:02`, otherwise date and time."""
    english = Catalog.source()
    seven = datetime(2026, 11, 23, 7, 2, tzinfo=UTC)
    assert format_moment(seven, seven.replace(hour=15), english) == "today, 07:02"
    assert format_moment(seven, seven.replace(day=24), english) == "23 Nov 2026, 07:02"
    assert format_datetime(seven, "mk") == "23.11.2026, 07:02"


@pytest.mark.parametrize(("day", "words"), [(23, "today"), (22, "yesterday"), (11, "12 days ago")])
def test_age_of_a_service_entry_in_words(day: int, words: str) -> None:
    """Used only for things that age."""
    assert format_days_ago(date(2026, 11, day), MONDAY, Catalog.source()) == words


def test_lists_end_with_and() -> None:
    """In the language of the reader."""
    assert join_list(["A", "B", "C"], "en") == "A, B and C"
    assert join_list(["A", "B", "C"], "sq") == "A, B dhe C"
    assert join_list(["A", "B"], "cnr-Latn") == "A i B"
    assert join_list([], "mk") == ""
