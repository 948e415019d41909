# SPDX-License-Identifier: GPL-3.0-or-later
"""What is due, and what is never due: by example and for every calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.periods import LONGEST_PERIOD, Kept, Period, Retention, Unit
from pact_desktop.domain.referral import ReferralId
from pact_desktop.domain.retention import (
    Due,
    KeptCopy,
    KeptPerson,
    KeptVisit,
    due_records,
    runs_until,
)
from pact_desktop.domain.screening import ScreeningId

RULE = "Rule book 7, article 3"
ANA, IDA = CaseNumber("ANA"), CaseNumber("IDA")
ENDED = date(2026, 1, 31)
KINDS = (Kept.REFERRED, Kept.CONCERN, Kept.NO_CONCERN)


def days(count: int, *kinds: Kept) -> Retention:
    return Retention({kind: Period(count, Unit.DAYS, RULE) for kind in kinds})


def a_visit(name: str = "one", kind: Kept = Kept.NO_CONCERN, **changes: object) -> KeptVisit:
    known = {"case_number": ANA, "started_on": ENDED, "ended_on": ENDED}
    return KeptVisit(ScreeningId(name), kind=kind, **(known | changes))  # type: ignore[arg-type]


def a_copy(visit: str | None = "one", **changes: object) -> KeptCopy:
    screening_id = None if visit is None else ScreeningId(visit)
    known = {"case_number": ANA, "screening_id": screening_id, "last_step": ENDED}
    return KeptCopy(ReferralId("sent"), **(known | changes))  # type: ignore[arg-type]


def due(
    retention: Retention,
    *visits: KeptVisit,
    copies: tuple[KeptCopy, ...] = (),
    people: tuple[KeptPerson, ...] = (),
    after: int = 30,
) -> Due:
    return due_records(retention, visits, copies, people, ENDED + timedelta(days=after))


@pytest.mark.parametrize(
    ("period", "begun", "last"),
    [
        (Period(1, Unit.DAYS, RULE), date(2026, 2, 28), date(2026, 3, 1)),
        (Period(1, Unit.MONTHS, RULE), date(2026, 1, 31), date(2026, 2, 28)),
        (Period(1, Unit.MONTHS, RULE), date(2028, 1, 31), date(2028, 2, 29)),
        (Period(11, Unit.MONTHS, RULE), date(2026, 2, 10), date(2027, 1, 10)),
        (Period(1, Unit.YEARS, RULE), date(2028, 2, 29), date(2029, 2, 28)),
        (Period(999, Unit.YEARS, RULE), date(9500, 1, 1), date.max),
    ],
)
def test_the_last_day_of_a_period(period: Period, begun: date, last: date) -> None:
    """By the calendar: a month is a month, and the last day of one stays the last."""
    assert period.ends(begun) == last


@given(
    begun=st.dates(),
    count=st.integers(1, LONGEST_PERIOD),
    unit=st.sampled_from(Unit),
)
def test_a_period_always_ends_and_a_longer_one_never_earlier(
    begun: date, count: int, unit: Unit
) -> None:
    ends = Period(count, unit, RULE).ends(begun)
    assert ends >= begun
    assert ends > begun or begun == date.max
    if count < LONGEST_PERIOD:
        assert Period(count + 1, unit, RULE).ends(begun) >= ends


@pytest.mark.parametrize("count", [0, -1, LONGEST_PERIOD + 1])
def test_a_period_is_a_number_of_days(count: int) -> None:
    with pytest.raises(Refusal) as refused:
        Period(count, Unit.DAYS, RULE)
    assert refused.value.code is RefusalCode.PERIOD_INVALID


def test_a_period_names_its_rule() -> None:
    """A number that nobody can explain is not kept."""
    with pytest.raises(Refusal) as refused:
        Period(3, Unit.YEARS, " ")
    assert refused.value.code is RefusalCode.PERIOD_BASIS_MISSING


def test_what_is_open_is_never_due() -> None:
    """No number is built in."""
    assert Retention().open == tuple(Kept)
    assert due(Retention(), *(a_visit(kind.value, kind) for kind in KINDS), after=99_999) == Due()


@pytest.mark.parametrize("kind", KINDS)
def test_a_visit_is_due_the_day_after_its_last(kind: Kept) -> None:
    visit = a_visit(kind=kind)
    assert due(days(30, kind), visit, after=30).records == ()
    (record,) = due(days(30, kind), visit, after=31).records
    assert record.visits == (visit,)
    assert record.whole
    assert record.since == ENDED + timedelta(days=30)


def test_a_record_is_whole_only_when_nothing_of_it_stays() -> None:
    old, new = a_visit("old"), a_visit("new", ended_on=ENDED + timedelta(days=20))
    (record,) = due(days(30, Kept.NO_CONCERN), old, new, after=31).records
    assert (record.visits, record.whole) == ((old,), False)


def test_what_is_still_open_is_held_and_told() -> None:
    """Nothing goes from under somebody's hands, or before the slip has come back."""
    for held in (a_visit(open=True), a_visit(waits=True)):
        found = due(days(1, Kept.NO_CONCERN), held)
        assert (found.records, found.held) == ((), 1)


def test_a_copy_goes_before_its_visit() -> None:
    visit, copy = a_visit(kind=Kept.REFERRED), a_copy()
    retention = Retention(
        {
            Kept.REFERRAL_COPY: Period(1, Unit.DAYS, RULE),
            Kept.REFERRED: Period(90, Unit.DAYS, RULE),
        }
    )
    (record,) = due(retention, visit, copies=(copy,)).records
    assert (record.visits, record.copies, record.whole) == ((), (copy.referral_id,), False)
    for other in (a_copy(open=True), a_copy(stripped=True)):
        assert due(retention, visit, copies=(other,)).records == ()
    (record,) = due(retention, visit, copies=(copy,), after=91).records
    assert (record.visits, record.copies, record.whole) == ((visit,), (), True)


def test_a_copy_that_stays_keeps_the_record() -> None:
    """Its visit is due, another referral of the person is not a part of it."""
    (record,) = due(days(1, Kept.NO_CONCERN), a_visit(), copies=(a_copy(None),)).records
    assert not record.whole


def test_somebody_registered_without_a_visit() -> None:
    at = datetime(2026, 1, 31, 9, tzinfo=UTC)
    person, unknown = KeptPerson(IDA, at), KeptPerson(CaseNumber("NOW"), None)
    assert due(days(30, Kept.NO_CONCERN), people=(person, unknown)).records == ()
    (record,) = due(days(30, Kept.NO_CONCERN), people=(person, unknown), after=31).records
    assert (record.case_number, record.visits, record.whole) == (IDA, (), True)
    with_visit = a_visit(case_number=IDA, open=True)
    assert due(days(1, Kept.NO_CONCERN), with_visit, people=(person,)).records == ()


def test_the_longest_waiting_comes_first() -> None:
    first = a_visit("a", ended_on=ENDED - timedelta(days=9))
    second = a_visit("b", case_number=IDA)
    found = due(days(1, Kept.NO_CONCERN), second, first).records
    assert [record.case_number for record in found] == [ANA, IDA]


def test_until_when_a_record_has_to_stay() -> None:
    long = a_visit("long", Kept.REFERRED)
    retention = Retention(
        {
            Kept.REFERRED: Period(60, Unit.DAYS, RULE),
            Kept.NO_CONCERN: Period(10, Unit.DAYS, RULE),
        }
    )
    end = ENDED + timedelta(days=60)
    assert runs_until(retention, [a_visit(), long], [], None, ENDED) == end
    assert runs_until(retention, [a_visit(), long], [], None, end) == end
    assert runs_until(retention, [a_visit(), long], [], None, end + timedelta(days=1)) is None
    assert runs_until(Retention(), [long], [], None, ENDED) is None


@given(for_visit=st.integers(1, 90), for_copy=st.integers(1, 90), after=st.integers(0, 100))
def test_no_visit_is_due_while_the_period_of_its_copy_runs(
    for_visit: int, for_copy: int, after: int
) -> None:
    """It would take the copy with it; and nothing is due on a day until which a period runs."""
    retention = Retention(
        {
            Kept.REFERRED: Period(for_visit, Unit.DAYS, RULE),
            Kept.REFERRAL_COPY: Period(for_copy, Unit.DAYS, RULE),
        }
    )
    visit, copy = a_visit(kind=Kept.REFERRED), a_copy()
    found = due(retention, visit, copies=(copy,), after=after).records
    assert any(record.whole for record in found) == (after > max(for_visit, for_copy))
    until = runs_until(retention, [visit], [copy], None, ENDED + timedelta(days=after))
    assert (until is None) == (after > max(for_visit, for_copy))


def test_a_person_without_a_visit_and_a_copy_that_was_let_go() -> None:
    """Whoever has a visit is kept by that; what was let go has no period any more."""
    retention = days(10, Kept.NO_CONCERN, Kept.REFERRAL_COPY)
    end = ENDED + timedelta(days=10)
    assert runs_until(retention, [], [], ENDED, end) == end
    assert runs_until(retention, [], [], ENDED, end + timedelta(days=1)) is None
    old = a_visit(ended_on=ENDED - timedelta(days=40))
    assert runs_until(retention, [old], [], ENDED, end) is None
    assert runs_until(retention, [old], [a_copy()], ENDED, end) == end
    assert runs_until(retention, [old], [a_copy(stripped=True)], ENDED, end) is None
