# SPDX-License-Identifier: GPL-3.0-or-later
"""Curves in the plane: drawn through points, mirrored, and asked what lies inside."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pact_desktop.domain.body_shapes import Point, Points

_STEPS: Final = 6

Move = Callable[[Point], Point]
Curve = tuple[Point, Point, Point]
"""Two control points and the end of a cubic Bezier curve."""


@dataclass(frozen=True, slots=True)
class Path:
    """A line of Bezier curves; a closed one is filled."""

    start: Point
    curves: tuple[Curve, ...]
    closed: bool = False


def smooth(points: Points, *, closed: bool = False) -> Path:
    """A Catmull-Rom spline through the points, as Bezier curves."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    curves = []
    for index in range(count if closed else count - 1):
        before, start, end, after = (at(index + step) for step in (-1, 0, 1, 2))
        curves.append(
            (
                (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6),
                (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6),
                end,
            )
        )
    return Path(points[0], tuple(curves), closed)


def flatten(path: Path) -> Points:
    """The path as a polygon, for finding out what lies inside."""
    points = [path.start]
    for first, second, end in path.curves:
        start = points[-1]
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            corners = (start, first, second, end)
            points.append(
                (
                    sum(w * p[0] for w, p in zip(weights, corners, strict=True)),
                    sum(w * p[1] for w, p in zip(weights, corners, strict=True)),
                )
            )
    return tuple(points)


def inside(point: Point, polygon: Points) -> bool:
    """Even-odd rule."""
    x, y = point
    found = False
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            found = not found
    return found


def moved(path: Path, move: Move) -> Path:
    return Path(
        move(path.start),
        tuple((move(a), move(b), move(c)) for a, b, c in path.curves),
        path.closed,
    )


def flipped(points: Points) -> Points:
    return tuple((-x, y) for x, y in points)


def _joined(*paths: Path) -> Path:
    return Path(paths[0].start, tuple(c for path in paths for c in path.curves), closed=True)


def _backwards(path: Path) -> Path:
    starts = (path.start, *(curve[2] for curve in path.curves))
    return Path(
        starts[-1],
        tuple(
            (second, first, start)
            for start, (first, second, _) in reversed(list(zip(starts, path.curves, strict=False)))
        ),
    )


def mirrored_outline(*halves: Points) -> Path:
    """A closed outline from the pieces of one half and their mirror image."""
    right = [smooth(half) for half in halves]
    left = [_backwards(smooth(flipped(half))) for half in reversed(halves)]
    return _joined(*right, *left)


def squared_distance(point: Point, polygon: Points) -> float:
    """Squared distance to the nearest side."""
    return min(
        _distance_to_side(point, start, end)
        for start, end in zip(polygon, (*polygon[1:], polygon[0]), strict=True)
    )


def _distance_to_side(point: Point, start: Point, end: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    along = ((point[0] - start[0]) * dx + (point[1] - start[1]) * dy) / (dx * dx + dy * dy)
    along = min(1.0, max(0.0, along))
    return (start[0] + along * dx - point[0]) ** 2 + (start[1] + along * dy - point[1]) ** 2
