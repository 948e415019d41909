# SPDX-License-Identifier: GPL-3.0-or-later
"""The age rule decides who is protected as a child; it may never err towards adult."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import Age, AgeBand, BirthDate, MayBeChild
from tests.factories import a_patient

TODAY = date(2026, 11, 23)
days = st.dates(date(1910, 1, 1), TODAY)


@given(days)
def test_a_known_birth_date_gives_whole_years(born: date) -> None:
    """The age is the number of birthdays that have passed."""
    age = BirthDate.exact(born, today=TODAY).age_on(TODAY)
    assert age.certain
    assert age.years is not None
    assert born.year + age.years in {TODAY.year, TODAY.year - 1}
    birthday_passed = (born.month, born.day) <= (TODAY.month, TODAY.day)
    assert age.years == TODAY.year - born.year - (not birthday_passed)


@given(days)
def test_a_certain_age_alone_decides_the_path(born: date) -> None:
    """With a known birth date nobody's guess matters."""
    exact = BirthDate.exact(born, today=TODAY)
    years = exact.age_on(TODAY).years
    for guess in MayBeChild:
        patient = a_patient(birth_date=exact, may_be_child=guess)
        assert patient.is_child_or_doubtful(TODAY) == (years is not None and years < 18)


@given(st.integers(0, 120), st.sampled_from(MayBeChild))
def test_an_estimate_is_a_child_unless_staff_are_sure(years: int, guess: MayBeChild) -> None:
    """An estimated age under 18, or any doubt, takes the child path."""
    patient = a_patient(birth_date=BirthDate.estimated(years, today=TODAY), may_be_child=guess)
    expected = years < 18 or guess is not MayBeChild.NO
    assert patient.is_child_or_doubtful(TODAY) == expected
    assert patient.age_is_doubtful(TODAY) == expected


def test_an_unknown_age_is_presumed_under_eighteen() -> None:
    """Nobody knows and nobody said no: protection comes first."""
    assert a_patient(
        birth_date=BirthDate.unknown(), may_be_child=MayBeChild.NOT_SURE
    ).is_child_or_doubtful(TODAY)


def test_the_eighteenth_birthday_is_the_first_adult_day() -> None:
    """One day before it the child rules still hold."""
    born = date(TODAY.year - 18, TODAY.month, TODAY.day)
    patient = a_patient(birth_date=BirthDate.exact(born, today=TODAY))
    assert not patient.is_child_or_doubtful(TODAY)
    assert patient.is_child_or_doubtful(TODAY - timedelta(days=1))


def test_somebody_born_on_a_leap_day_grows_older_on_the_first_of_march() -> None:
    """29 February has no birthday in other years; the later day counts."""
    born = BirthDate.exact(date(2008, 2, 29), today=TODAY)
    assert born.age_on(date(2026, 2, 28)).years == 17
    assert born.age_on(date(2026, 3, 1)).years == 18


def test_an_estimate_grows_with_the_years() -> None:
    """Seventeen, estimated two years ago, is nineteen now."""
    estimated = BirthDate.estimated(17, today=date(2024, 11, 23))
    assert estimated.age_on(TODAY) == Age(19, certain=False)


def test_a_birth_date_in_the_future_is_refused() -> None:
    """A slip of the hand must not make a newborn."""
    with pytest.raises(Refusal) as refused:
        BirthDate.exact(TODAY + timedelta(days=1), today=TODAY)
    assert refused.value.code is RefusalCode.BIRTH_DATE_IN_FUTURE


@pytest.mark.parametrize("years", [-1, 121, 170])
def test_an_impossible_age_is_refused(years: int) -> None:
    """170 years, or less than none, is a typing error."""
    with pytest.raises(Refusal) as refused:
        BirthDate.estimated(years, today=TODAY)
    assert refused.value.code is RefusalCode.AGE_OUT_OF_RANGE


def test_a_birth_date_of_another_century_is_refused() -> None:
    """1826 instead of 1926."""
    with pytest.raises(Refusal) as refused:
        BirthDate.exact(date(1826, 5, 1), today=TODAY)
    assert refused.value.code is RefusalCode.AGE_OUT_OF_RANGE


@given(st.integers(0, 120))
def test_every_age_has_one_band(years: int) -> None:
    """The band on the short form contains the age."""
    band = Age(years, certain=True).band
    low, _, high = band.value.rstrip("+").partition("-")
    assert int(low) <= years <= int(high or 120)


def test_nobody_knows_is_a_band_too() -> None:
    """The form says so instead of leaving a gap."""
    assert Age(None, certain=False).band is AgeBand.UNKNOWN


def test_a_patient_in_a_message_shows_no_name() -> None:
    """What ends in a log or a traceback is an identifier."""
    assert "Ana" not in repr(a_patient())
    assert "Marković" not in repr(a_patient())
