# SPDX-License-Identifier: GPL-3.0-or-later
"""A passphrase costs a guesser real time, and the same words always give the same key."""

import pytest

from pact_desktop.domain.errors import Fault
from pact_desktop.storage.kdf import (
    CEILING,
    FLOOR,
    PREFERRED,
    KdfCost,
    KdfPolicy,
    calibrated,
    derive,
)

CHEAP = KdfCost(64, 1, 1)


def test_composed_and_decomposed_accents_are_the_same_words() -> None:
    """A keyboard of another system types č as two characters."""
    salt = bytes(16)
    assert derive("čamac-šuma", salt, CHEAP) == derive("c\u030camac-s\u030cuma", salt, CHEAP)
    assert derive("camac-suma", salt, CHEAP) != derive("čamac-šuma", salt, CHEAP)


def test_four_words_give_one_key_whatever_keyboard_typed_them() -> None:
    """Script, accents, capitals and joints; another word is another key."""
    salt = bytes(16)
    key = derive("чамац-шума-љубав-њива", salt, CHEAP)
    for typed in ("Čamac Šuma Ljubav Njiva", "camac-suma-ljubav-njiva", " ЧАМАЦ ШУМА ЉУБАВ  ЊИВА "):
        assert derive(typed, salt, CHEAP) == key
    assert derive("camac-suma-ljubav-niva", salt, CHEAP) != key


def test_measured_cost_stays_within_bounds() -> None:
    """Never under the floor, never more memory than intended."""
    cost = calibrated()
    assert cost.at_least(FLOOR)
    assert PREFERRED.at_least(cost)
    KdfPolicy().require(cost)


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(FLOOR.memory - 1, 3, 4),
        KdfCost(FLOOR.memory, 2, 4),
        KdfCost(FLOOR.memory, 3, 0),
        KdfCost(CEILING.memory + 1, 3, 4),
        KdfCost(FLOOR.memory, 17, 4),
        KdfCost(FLOOR.memory, 3, 17),
        KdfCost(-1, 3, 4),
    ],
)
def test_cost_outside_the_bounds_is_refused_unhashed(cost: KdfCost) -> None:
    """Neither a cheap hash nor one that stops the computer is ever run."""
    with pytest.raises(Fault):
        KdfPolicy().require(cost)
