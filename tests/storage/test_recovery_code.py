# SPDX-License-Identifier: GPL-3.0-or-later
"""The code on paper can be read back, typed badly, and never mistaken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.storage.recovery_code import new_seed, recovery_key, to_code, to_seed

seeds = st.binary(min_size=16, max_size=16)


@given(seeds)
def test_code_gives_back_its_seed(seed: bytes) -> None:
    """Seven groups of four letters carry all 128 bits."""
    code = to_code(seed)
    assert to_seed(code) == seed
    assert [len(group) for group in code.split("-")] == [4] * 7


@given(seeds)
def test_code_survives_handwriting(seed: bytes) -> None:
    """Small letters, spaces, and O or I or L for 0 and 1 are understood."""
    typed = to_code(seed).lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert to_seed(typed) == seed


@given(seeds, st.integers(0, 27), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_wrong_letter_never_gives_the_same_seed(seed: bytes, position: int, letter: str) -> None:
    """One wrong letter is refused, or at the very least is another seed."""
    letters = list(to_code(seed).replace("-", ""))
    if letters[position] == letter:
        return
    letters[position] = letter
    assert to_seed("".join(letters)) != seed


@pytest.mark.parametrize("typed", ["", "K7QX", "U" * 28, "Z" * 28, "ж" * 28, "0" * 27, "0" * 29])
def test_nonsense_is_refused(typed: str) -> None:
    """Nothing but a whole code is taken for one."""
    assert to_seed(typed) is None


def test_seeds_differ_and_keys_belong_to_one_facility() -> None:
    """The same paper opens one facility only."""
    seed = new_seed()
    assert seed != new_seed()
    assert recovery_key(seed, "one").public == recovery_key(seed, "one").public
    assert recovery_key(seed, "one").public != recovery_key(seed, "two").public
