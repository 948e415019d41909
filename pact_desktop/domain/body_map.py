# SPDX-License-Identifier: GPL-3.0-or-later
"""The body map: figures as curves, and the place on the body under a point.

Screen and paper draw from the same curves. All coordinates run from 0 to 1 over the figure of a
view, downwards; `Figure.aspect` is its width divided by its height.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from pact_desktop.domain import body_shapes as shapes
from pact_desktop.domain.body_curves import (
    Path,
    flatten,
    flipped,
    inside,
    mirrored_outline,
    moved,
    smooth,
    squared_distance,
)
from pact_desktop.domain.body_shapes import Point, Points
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.screening import LONGEST_MARK_MM, BodyMark, BodyView


@dataclass(frozen=True, slots=True)
class Region:
    """A place on the body; its words are found under `code`."""

    code: str
    polygon: Points


@dataclass(frozen=True, slots=True)
class Caption:
    """A word beside a figure, `code` being a region or a `BodyView`; (x, y) is its middle."""

    code: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Figure:
    """What one view shows. `outlines` are filled and stroked, `details` are thin lines."""

    view: BodyView
    aspect: float
    outlines: tuple[Path, ...]
    details: tuple[Path, ...]
    regions: tuple[Region, ...]
    captions: tuple[Caption, ...] = ()


_SIDED: Final = frozenset(
    code
    for places in (
        shapes.FRONT_SIDE,
        shapes.BACK_SIDE,
        shapes.LIMBS,
        shapes.PROFILE_PLACES,
        shapes.HEAD_FRONT_SIDE,
        shapes.PALM_PLACES,
        shapes.FOOT_PLACES,
    )
    for code, _ in places
) - {"neck"}
_UNSIDED: Final = (
    "scalp", "forehead", "face", "nose", "mouth", "chin", "back-of-head", "neck",
    "upper-abdomen", "lower-abdomen", "pelvis",
)  # fmt: skip
REGIONS: Final[tuple[str, ...]] = (
    *_UNSIDED,
    *(
        f"{side}-{code}"
        for code in sorted(_SIDED | {"back-of-hand", "top-of-foot"})
        for side in ("left", "right")
    ),
)
"""Codes of all places; each has words in the catalogue, the view is said beside them."""
APPEARANCES: Final = (
    "red", "purple", "blue", "brown", "green", "yellow-green", "yellow", "pale",
    "scab", "healing", "healed",
)  # fmt: skip
"""Codes of colour and state of a mark, as `BodyMark.appearance` keeps them."""

_NEAR: Final = 0.012
"""How far outside the line a click still counts, as a part of the height."""
_GRID: Final = 24

_Places = Iterable[tuple[str, Points]]


def _places(middle: _Places, side: _Places, right_of_picture: str) -> list[tuple[str, Points]]:
    other = "right" if right_of_picture == "left" else "left"
    found = list(middle)
    for code, polygon in side:
        found.append((f"{right_of_picture}-{code}", polygon))
        found.append((f"{other}-{code}", flipped(polygon)))
    return found


def _sided(places: _Places, side: str, *, flip: bool) -> list[tuple[str, Points]]:
    return [
        (
            code if code in _UNSIDED else f"{side}-{code}",
            flipped(polygon) if flip else polygon,
        )
        for code, polygon in places
    ]


@dataclass(slots=True)
class _Drawing:
    """Collects the pieces of a figure in its own units before they are scaled to 0..1."""

    outlines: list[Path]
    details: list[Path]
    places: list[tuple[str, Points]]
    captions: list[tuple[str, Point]]

    def figure(
        self, view: BodyView, left: float, width: float, top: float, height: float
    ) -> Figure:
        def scaled(point: Point) -> Point:
            return ((point[0] - left) / width, (point[1] - top) / height)

        return Figure(
            view=view,
            aspect=width / height,
            outlines=tuple(moved(path, scaled) for path in self.outlines),
            details=tuple(moved(path, scaled) for path in self.details),
            regions=tuple(
                Region(code, tuple(scaled(p) for p in polygon)) for code, polygon in self.places
            ),
            captions=tuple(Caption(code, *scaled(point)) for code, point in self.captions),
        )

    def add(self, other: "_Drawing", dx: float, dy: float, *, upside_down: float = 0) -> None:
        """Put a smaller drawing into this one; `upside_down` is the height to turn it over in."""

        def move(point: Point) -> Point:
            return (point[0] + dx, (upside_down - point[1] if upside_down else point[1]) + dy)

        self.outlines += [moved(path, move) for path in other.outlines]
        self.details += [moved(path, move) for path in other.details]
        self.places += [(code, tuple(move(p) for p in polygon)) for code, polygon in other.places]


def _line(*points: Point) -> Path:
    return smooth(points)


def _both(*points: Point) -> list[Path]:
    return [_line(*points), _line(*flipped(points))]


def _standing(view: BodyView) -> Figure:
    front = view is BodyView.FRONT
    details = (
        [*_both((20, 171), (52, 178), (84, 182)), *_both((39, 745), (56, 756), (73, 745)),
         _line((0, 410), (0, 418))]
        if front
        else [_line((0, 180), (0, 430)), *_both((66, 205), (46, 250), (52, 285)),
              *_both((39, 752), (56, 744), (73, 752))]
    )  # fmt: skip
    side = (shapes.FRONT_SIDE if front else shapes.BACK_SIDE) + shapes.LIMBS
    places = _places(
        shapes.FRONT_MIDDLE if front else shapes.BACK_MIDDLE, side, "left" if front else "right"
    )
    captions: list[tuple[str, Point]] = [
        ("right", (-165, 130) if front else (165, 130)),
        ("left", (165, 130) if front else (-165, 130)),
    ]
    outline = mirrored_outline(shapes.OUTER_HALF, shapes.FLANK_AND_LEG)
    return _Drawing([outline], details, places, captions).figure(view, -200, 400, -10, 1020)


def _profile(view: BodyView) -> Figure:
    right = view is BodyView.RIGHT
    body, arm = (
        flipped(points) if right else points for points in (shapes.PROFILE, shapes.PROFILE_ARM)
    )
    places = _sided(shapes.PROFILE_PLACES, view.value, flip=right)
    outlines = [smooth(body, closed=True), smooth(arm, closed=True)]
    return _Drawing(outlines, [], places, []).figure(view, -140, 280, -10, 1020)


def _head_profile(side: str) -> _Drawing:
    flip = side == "right"
    eye = ((-84, 128), (-74, 124), (-64, 128))
    mouth = ((-99, 204), (-84, 208), (-72, 205))
    lines = [flipped(points) if flip else points for points in (shapes.EAR, eye, mouth)]
    outline = flipped(shapes.HEAD_PROFILE) if flip else shapes.HEAD_PROFILE
    return _Drawing(
        [smooth(outline, closed=True)],
        [smooth(lines[0], closed=True), *(smooth(points) for points in lines[1:])],
        _sided(shapes.HEAD_PROFILE_PLACES, side, flip=flip),
        [],
    )


def _head_front() -> _Drawing:
    features = [*_both((34, 132), (50, 125), (66, 132)), _line((-10, 178), (0, 184), (10, 178)),
                _line((-26, 210), (0, 214), (26, 210))]  # fmt: skip
    places = _places((), shapes.HEAD_FRONT_SIDE, "left")
    middle = list(shapes.HEAD_FRONT_MIDDLE)
    return _Drawing(
        [mirrored_outline(shapes.HEAD_HALF, shapes.HEAD_BASE)],
        features,
        middle[:3] + places + middle[3:],
        [],
    )


def _head_back() -> _Drawing:
    ears = [item for item in shapes.HEAD_FRONT_SIDE if item[0] == "ear"]
    places = _places(shapes.HEAD_BACK_MIDDLE, ears, "right")
    return _Drawing([mirrored_outline(shapes.HEAD_HALF, shapes.HEAD_BASE)], [], places, [])


def _heads() -> Figure:
    sheet = _Drawing([], [], [], [])
    for drawing, dx, dy in (
        (_head_front(), 150, 0),
        (_head_back(), 450, 0),
        (_head_profile("right"), 150, 420),
        (_head_profile("left"), 450, 420),
    ):
        sheet.add(drawing, dx, dy)
    sheet.captions += [("front", (150, 386)), ("back", (450, 386))]
    sheet.captions += [("right", (150, 806)), ("left", (450, 806))]
    return sheet.figure(BodyView.HEAD, 0, 600, -15, 840)


def _hand(side: str, *, palm: bool) -> _Drawing:
    flip = (side == "right") != palm
    outline = flipped(shapes.HAND) if flip else shapes.HAND
    places = [
        (code if palm else code.replace("palm", "back-of-hand"), polygon)
        for code, polygon in _sided(shapes.PALM_PLACES, side, flip=flip)
    ]
    return _Drawing([smooth(outline, closed=True)], [], places, [])


def _foot(side: str, *, sole: bool) -> _Drawing:
    flip = side == "left"
    outline = flipped(shapes.FOOT) if flip else shapes.FOOT
    places = [
        (code if sole else code.replace("sole", "top-of-foot"), polygon)
        for code, polygon in _sided(shapes.FOOT_PLACES, side, flip=flip)
    ]
    return _Drawing([smooth(outline, closed=True)], [], places, [])


def _hands() -> Figure:
    sheet = _Drawing([], [], [], [])
    for row, palm in enumerate((True, False)):
        for dx, side in ((110, "right"), (310, "left")):
            sheet.add(_hand(side, palm=palm), dx, row * 260)
            code = f"{side}-palm" if palm else f"{side}-back-of-hand"
            sheet.captions.append((code, (dx, row * 260 + 226)))
    return sheet.figure(BodyView.HANDS, 0, 420, -10, 510)


def _feet() -> Figure:
    """Tops as seen from the front, toes down; soles of a seated patient, toes up."""
    sheet = _Drawing([], [], [], [])
    for row, sole in enumerate((False, True)):
        for dx, side in ((110, "right"), (310, "left")):
            sheet.add(_foot(side, sole=sole), dx, row * 260, upside_down=0 if sole else 200)
            code = f"{side}-sole" if sole else f"{side}-top-of-foot"
            sheet.captions.append((code, (dx, row * 260 + 226)))
    return sheet.figure(BodyView.FEET, 0, 420, -10, 510)


@cache
def figure(view: BodyView) -> Figure:
    """The figure of a view; made once."""
    if view in {BodyView.FRONT, BodyView.BACK}:
        return _standing(view)
    if view in {BodyView.LEFT, BodyView.RIGHT}:
        return _profile(view)
    return {BodyView.HEAD: _heads, BodyView.HANDS: _hands, BodyView.FEET: _feet}[view]()


@cache
def _polygons(view: BodyView) -> tuple[Points, ...]:
    return tuple(flatten(path) for path in figure(view).outlines)


def on_figure(view: BodyView, x: float, y: float) -> bool:
    """Whether the point lies on the figure, or so near that it was surely meant."""
    shown = figure(view)
    steps = ((0.0, 0.0), (1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0))
    return any(
        inside((x + dx * _NEAR / shown.aspect, y + dy * _NEAR), polygon)
        for dx, dy in steps
        for polygon in _polygons(view)
    )


def regions(view: BodyView) -> tuple[Region, ...]:
    """The places of a view, from the head down."""
    return figure(view).regions


def require_known(mark: BodyMark) -> None:
    """Raises Refusal(MARK_INVALID) when the place or the appearance has no words.

    A record may hold codes of an earlier version; a mark that is entered now may not.
    """
    known = any(region.code == mark.region for region in regions(mark.view))
    if not known or mark.appearance not in ("", *APPEARANCES):
        raise Refusal(RefusalCode.MARK_INVALID, longest=LONGEST_MARK_MM)


def region_at(view: BodyView, x: float, y: float) -> str | None:
    """Code of the place under the point, or None outside the figure."""
    if not on_figure(view, x, y):
        return None
    shown = regions(view)
    holding = next((region for region in shown if inside((x, y), region.polygon)), None)
    nearest = holding or min(shown, key=lambda region: squared_distance((x, y), region.polygon))
    return nearest.code


@cache
def anchor(view: BodyView, code: str) -> Point | None:
    """Where a mark for this place is put when nobody pointed at the figure: near its middle."""
    polygon = next((region.polygon for region in regions(view) if region.code == code), None)
    if polygon is None:
        return None
    left, right = min(p[0] for p in polygon), max(p[0] for p in polygon)
    top, bottom = min(p[1] for p in polygon), max(p[1] for p in polygon)
    grid = [
        (left + (right - left) * column / _GRID, top + (bottom - top) * row / _GRID)
        for column in range(1, _GRID)
        for row in range(1, _GRID)
    ]
    seen = [
        point
        for point in grid
        if any(inside(point, outline) for outline in _polygons(view))
        and region_at(view, *point) == code
    ]
    middle = (sum(p[0] for p in seen) / len(seen), sum(p[1] for p in seen) / len(seen))
    return min(seen, key=lambda p: (p[0] - middle[0]) ** 2 + (p[1] - middle[1]) ** 2)
