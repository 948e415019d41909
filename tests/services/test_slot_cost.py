# SPDX-License-Identifier: GPL-3.0-or-later
"""A slot of a slower computer gets dearer at a sign-in, and nobody is kept from work by that."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.errors import Fault, FaultCode, Refusal
from pact_desktop.services import accounts
from pact_desktop.services.session import Session
from pact_desktop.storage import vault
from pact_desktop.storage.kdf import FLOOR, PREFERRED, KdfCost, KdfPolicy
from pact_desktop.storage.keys import KeyRing
from tests.factories import CHEAP, SteppableClock, passphrase_of

DEARER = KdfPolicy(floor=CHEAP.floor, cost=KdfCost(128, 2, 1))


def enter(data: Path, device: Path, name: str, policy: KdfPolicy) -> KeyRing:
    return accounts.sign_in(
        data, name, passphrase_of(name), SteppableClock(), device_folder=device, kdf=policy
    )


def cost_of(data: Path, user: AccountId) -> tuple[int, int, int]:
    slot = vault.load(data / "records").slot(user)
    assert slot is not None
    return slot.cost.memory, slot.cost.iterations, slot.cost.lanes


def test_a_cheap_slot_gets_dearer_and_opens_as_before(
    data_folder: Path, device_folder: Path
) -> None:
    """With the same keys; nobody else's slot and no grant changes."""
    before = vault.load(data_folder / "records")
    first = enter(data_folder, device_folder, "nadia", DEARER)
    user = first.account.account_id
    assert cost_of(data_folder, user) == (128, 2, 1)
    after = vault.load(data_folder / "records")
    assert [s for s in after.slots if s.user != user] == [s for s in before.slots if s.user != user]
    assert (after.grants, after.files, after.header) == (
        before.grants,
        before.files,
        before.header,
    )
    again = enter(data_folder, device_folder, "nadia", DEARER)
    assert (again.keys, again.signing_seed) == (first.keys, first.signing_seed)
    assert vault.load(data_folder / "records") == after


def test_a_dear_slot_never_gets_cheaper(data_folder: Path, device_folder: Path) -> None:
    """A program with a lower wish, or a slower computer, takes nothing back."""
    user = enter(data_folder, device_folder, "nadia", DEARER).account.account_id
    enter(data_folder, device_folder, "nadia", CHEAP)
    assert cost_of(data_folder, user) == (128, 2, 1)


def test_a_wrong_passphrase_changes_no_slot(data_folder: Path, device_folder: Path) -> None:
    """Only its owner can have it wrapped anew."""
    before = vault.load(data_folder / "records")
    with pytest.raises(Refusal):
        accounts.sign_in(
            data_folder,
            "nadia",
            "wrong-wrong-wrong-wrong",
            SteppableClock(),
            device_folder=device_folder,
            kdf=DEARER,
        )
    assert vault.load(data_folder / "records") == before


def test_records_that_are_open_elsewhere_are_left_alone(
    open_as: Callable[[str], Session], data_folder: Path, device_folder: Path
) -> None:
    """What a manager changes there at this moment is not overwritten; the keyring is given."""
    open_as("mira")
    before = vault.load(data_folder / "records")
    assert enter(data_folder, device_folder, "nadia", DEARER).keys
    assert vault.load(data_folder / "records") == before


def test_a_disk_that_fails_keeps_nobody_from_work(
    data_folder: Path, device_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slot stays as it was, and the next sign-in tries again."""
    before = vault.load(data_folder / "records")

    def full(*_: object) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    with monkeypatch.context() as broken:
        broken.setattr(vault, "write_durably", full)
        assert enter(data_folder, device_folder, "nadia", DEARER).keys
    assert vault.load(data_folder / "records") == before
    user = enter(data_folder, device_folder, "nadia", DEARER).account.account_id
    assert cost_of(data_folder, user) == (128, 2, 1)


def test_the_shipped_program_takes_one_step_when_it_was_fast(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Up to what is preferred, while it fits into the memory of this computer."""
    policy, gibibyte = KdfPolicy(), 1024**3
    monkeypatch.setattr("pact_desktop.storage.kdf._machine_memory", lambda: 8 * gibibyte)
    assert policy.dearer(FLOOR, 0.1) == KdfCost(2 * FLOOR.memory, FLOOR.iterations, FLOOR.lanes)
    assert policy.dearer(FLOOR, 0.5) is None
    assert policy.dearer(PREFERRED, 0.1) is None
    monkeypatch.setattr("pact_desktop.storage.kdf._machine_memory", lambda: gibibyte // 2)
    assert policy.dearer(FLOOR, 0.1) is None
