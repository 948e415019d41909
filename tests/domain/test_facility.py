# SPDX-License-Identifier: GPL-3.0-or-later
"""A number in the directory counts as long as somebody has called it."""

from datetime import date, timedelta

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import READER_OF_KIND, EntryAge, Facility, ServiceKind
from tests.factories import a_facility, a_service

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("days", "age"),
    [
        (0, EntryAge.FRESH),
        (90, EntryAge.FRESH),
        (91, EntryAge.AGEING),
        (365, EntryAge.AGEING),
        (366, EntryAge.STALE),
        (None, EntryAge.NOT_CONFIRMED),
    ],
)
def test_an_entry_ages(days: int | None, age: EntryAge) -> None:
    """It warns after ninety days and stops printing after a year."""
    confirmed = None if days is None else TODAY - timedelta(days=days)
    assert a_service(confirmed_on=confirmed).age(TODAY) is age


def test_an_old_entry_prints_only_with_a_reason() -> None:
    """A reason does not help an entry nobody has ever called."""
    stale = a_service(confirmed_on=TODAY - timedelta(days=400))
    with pytest.raises(Refusal) as refused:
        stale.require_printable(TODAY, override_reason="  ")
    assert refused.value.code is RefusalCode.SERVICE_STALE
    assert refused.value.facts == {"days": 400}
    stale.require_printable(TODAY, override_reason="Called today.")
    with pytest.raises(Refusal) as refused:
        a_service(confirmed_on=None).require_printable(TODAY, override_reason="Called today.")
    assert refused.value.code is RefusalCode.SERVICE_NOT_CONFIRMED


def test_every_kind_of_service_has_a_reader() -> None:
    """No service falls outside the table of who may read what."""
    assert set(READER_OF_KIND) == set(ServiceKind)


def test_what_set_up_still_lacks_is_named() -> None:
    """As a banner; nothing is blocked."""
    assert a_facility().missing == ()
    assert Facility(name="X", participant="MK").missing == (
        "focal-person",
        "deputy",
        "phone",
        "security",
    )
