# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures of the body map, and the place under a point."""

import pytest

from pact_desktop.domain.body_map import (
    REGIONS,
    anchor,
    figure,
    on_figure,
    region_at,
    regions,
)
from pact_desktop.domain.screening import BodyView


def test_every_place_belongs_to_a_figure() -> None:
    """No word is translated for a place nobody can mark, and no place is without words."""
    shown = {region.code for view in BodyView for region in regions(view)}

    assert shown == set(REGIONS)


@pytest.mark.parametrize("view", BodyView)
def test_a_mark_by_keyboard_lands_in_its_own_place(view: BodyView) -> None:
    """The middle of each place is on the figure and inside the place."""
    for region in regions(view):
        point = anchor(view, region.code)
        assert point is not None
        assert on_figure(view, *point)
        assert region_at(view, *point) == region.code


@pytest.mark.parametrize("view", BodyView)
def test_a_click_beside_the_figure_is_no_place(view: BodyView) -> None:
    """The corners of the picture belong to nobody's body."""
    assert region_at(view, 0.0, 0.0) is None
    assert region_at(view, 1.0, 1.0) is None


def test_left_is_the_patients_own_left() -> None:
    """From the front it lies to the right of the picture, from behind to the left."""
    front, back = anchor(BodyView.FRONT, "left-wrist"), anchor(BodyView.BACK, "left-wrist")

    assert front is not None
    assert back is not None
    assert front[0] > 0.5 > back[0]


@pytest.mark.parametrize(
    ("view", "x", "y", "code"),
    [
        (BodyView.FRONT, 0.5, 0.06, "face"),
        (BodyView.FRONT, 0.62, 0.7, "left-thigh"),
        (BodyView.BACK, 0.6, 0.25, "right-upper-back"),
        (BodyView.LEFT, 0.45, 0.05, "left-side-of-head"),
    ],
)
def test_well_known_points_have_their_place(view: BodyView, x: float, y: float, code: str) -> None:
    """What anybody would call the thigh is the thigh."""
    assert region_at(view, x, y) == code


@pytest.mark.parametrize("view", BodyView)
def test_the_whole_figure_lies_inside_its_picture(view: BodyView) -> None:
    """Nothing is cut off at the edge."""
    for outline in figure(view).outlines:
        for _, _, (x, y) in outline.curves:
            assert 0 <= x <= 1
            assert 0 <= y <= 1
