# SPDX-License-Identifier: GPL-3.0-or-later
"""Every screen is whole: in three languages, light and dark, up to the largest text."""

from pathlib import Path

import pytest

from tests.screen_walk import Look, walk

LOOKS = [Look("mk", "light", 100), Look("sr-Cyrl", "dark", 150), Look("sq", "light", 200)]
"""All others are walked by the rig."""


@pytest.mark.usefixtures("qapp")
@pytest.mark.timeout(400)
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_is_whole(tmp_path: Path, look: Look) -> None:
    """No word is cut, no part is a window of its own, and only the cover's picture is covered."""
    problems = walk(tmp_path, look).problems()
    assert not problems, "\n".join(problems)
