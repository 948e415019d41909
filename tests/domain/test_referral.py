# SPDX-License-Identifier: GPL-3.0-or-later
"""References survive a telephone line; the loop of a referral goes only where it may."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.referral import (
    ANSWER_WITHIN,
    NEXT_STATUS,
    REFERENCE_ALPHABET,
    WAITING,
    Priority,
    Reference,
    ReferralStatus,
    StatusChange,
    make_reference,
    parse_reference,
    show_reference,
)
from tests.factories import MONDAY_MORNING, a_referral

drawn = st.text(REFERENCE_ALPHABET, min_size=6, max_size=6)
references = drawn.map(make_reference).filter(lambda made: made is not None)


@given(references, st.sampled_from(("", " ", "-", ".", " / ")), st.booleans())
def test_a_reference_is_read_however_it_is_written(
    reference: Reference,
    mark: str,
    small: bool,  # noqa: FBT001 a generated case
) -> None:
    """With or without groups, in small letters too."""
    written = mark.join(show_reference(reference).split("-"))
    assert parse_reference(written.lower() if small else written) == reference


@given(references, st.integers(0, 6), st.sampled_from(REFERENCE_ALPHABET))
def test_one_wrong_character_is_always_caught(reference: Reference, place: int, wrong: str) -> None:
    """Nobody enters the answer of another referral."""
    typed = reference[:place] + wrong + reference[place + 1 :]
    if typed == reference:
        assert parse_reference(typed) == reference
        return
    with pytest.raises(Refusal) as refused:
        parse_reference(typed)
    assert refused.value.code is RefusalCode.REFERENCE_WRONG


@given(references, st.integers(0, 5))
def test_two_swapped_neighbours_are_always_caught(reference: Reference, place: int) -> None:
    """The commonest slip when a code is read aloud."""
    swapped = reference[:place] + reference[place + 1] + reference[place] + reference[place + 2 :]
    if swapped == reference:
        return
    with pytest.raises(Refusal):
        parse_reference(swapped)


def test_what_the_check_would_miss_is_never_given_out() -> None:
    """CLJFKL and CLJFLK have the same check character."""
    assert make_reference("CLJFKL") is None
    assert make_reference("CLJFLK") is None


@pytest.mark.parametrize("typed", ["", "7KQ", "7KQ-42M-XX", "OI1-000-1", "7кq-42м-х", "<b>"])
def test_what_is_no_reference_is_refused(typed: str) -> None:
    """Too short, too long, look-alike letters of another script."""
    with pytest.raises(Refusal):
        parse_reference(typed)


def change(status: ReferralStatus, hours: float = 0) -> StatusChange:
    return StatusChange(status, MONDAY_MORNING + timedelta(hours=hours), AccountId("nadia"))


@pytest.mark.parametrize("status", ReferralStatus)
def test_the_loop_goes_only_where_it_may(status: ReferralStatus) -> None:
    """Every other step is refused; nothing is sent that was not ready."""
    referral = a_referral(history=(change(status),))
    for wanted in ReferralStatus:
        if wanted in NEXT_STATUS[status]:
            referral.require_next(wanted)
            continue
        with pytest.raises(Refusal) as refused:
            referral.require_next(wanted)
        assert refused.value.code is RefusalCode.REFERRAL_STATE


def test_only_what_is_ready_is_sent() -> None:
    """There is one way to `sent`."""
    assert {s for s, following in NEXT_STATUS.items() if ReferralStatus.SENT in following} == {
        ReferralStatus.READY
    }


@pytest.mark.parametrize("priority", Priority)
def test_a_referral_is_late_when_its_time_has_passed(priority: Priority) -> None:
    """By priority, and only while an answer is waited for."""
    sent = a_referral(priority=priority, history=(change(ReferralStatus.SENT),))
    limit = MONDAY_MORNING + ANSWER_WITHIN[priority]
    assert not sent.overdue(limit)
    assert sent.overdue(limit + timedelta(seconds=1))
    for status in set(ReferralStatus) - WAITING:
        answered = a_referral(
            priority=priority, history=(change(ReferralStatus.SENT), change(status, 1))
        )
        assert not answered.overdue(limit + timedelta(days=99))


def test_a_draft_is_never_late() -> None:
    """It was not sent."""
    assert a_referral().answer_due_at is None
    assert not a_referral().overdue(MONDAY_MORNING + timedelta(days=999))


def test_the_outcome_is_expected_twice() -> None:
    """After 14 days, and after 90 where the person is still being seen; else not at all."""
    sent, accepted = change(ReferralStatus.SENT), change(ReferralStatus.ACCEPTED, 5)
    at = accepted.at
    assert a_referral(history=(sent,)).outcome_due_at is None
    assert a_referral(history=(sent, accepted)).outcome_due_at == at + timedelta(days=14)
    seen = change(ReferralStatus.IN_PROGRESS, 99)
    assert a_referral(history=(sent, accepted, seen)).outcome_due_at == at + timedelta(days=90)
    done = change(ReferralStatus.OUTCOME, 999)
    assert a_referral(history=(sent, accepted, seen, done)).outcome_due_at is None
