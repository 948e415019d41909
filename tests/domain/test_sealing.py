# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may be named for a closed record, and how many have to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.accounts import CLINICIANS, Account, AccountId, Role
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.sealing import require_named


def account(number: int, role: Role = Role.NURSE, *, active: bool = True) -> Account:
    return Account(
        AccountId(f"id{number}"), f"name{number}", f"Name {number}", role, f"N{number:02}", active
    )


@given(
    roles=st.lists(st.tuples(st.sampled_from(Role), st.booleans()), max_size=6),
    chosen=st.sets(st.integers(0, 6)),
    about=st.sets(st.integers(0, 6), max_size=2),
)
def test_named_are_able_and_not_alone_where_others_are(
    roles: list[tuple[Role, bool]], chosen: set[int], about: set[int]
) -> None:
    staff = [account(at, role, active=active) for at, (role, active) in enumerate(roles)]
    people = {AccountId(f"id{one}") for one in chosen}
    theirs = {AccountId(f"id{one}") for one in about}
    try:
        require_named(people, staff, theirs)
    except Refusal:
        return
    able = {
        one.account_id
        for one in staff
        if one.active and one.role in CLINICIANS and one.account_id not in theirs
    }
    assert people
    assert people <= able
    assert len(people) > 1 or len(able) <= 2


@pytest.mark.parametrize(("staff", "refused"), [(1, False), (2, False), (3, True), (4, True)])
def test_one_alone_is_enough_only_where_few_could_be_named(staff: int, *, refused: bool) -> None:
    everybody = [account(number) for number in range(staff)]
    if not refused:
        require_named([everybody[0].account_id], everybody)
        return
    with pytest.raises(Refusal) as said:
        require_named([everybody[0].account_id], everybody)
    assert said.value.code is RefusalCode.NAMED_ALONE
    require_named([one.account_id for one in everybody[:2]], everybody)
