# SPDX-License-Identifier: GPL-3.0-or-later
"""Marks of the body map in words: places, sizes, rows of the table."""

from collections.abc import Iterable, Sequence

import msgspec

from pact_desktop.desktop.widgets import Row
from pact_desktop.desktop.widgets.mark_editor import MarkText, Place
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.body_map import regions
from pact_desktop.domain.screening import BodyMark, BodyView
from pact_desktop.terms import appearance_term, region_term, term

_UPRIGHT = (BodyView.FRONT, BodyView.BACK)
_PROFILES = (BodyView.LEFT, BodyView.RIGHT)
_SIDES = {"left": BodyView.LEFT, "right": BodyView.RIGHT, "front": BodyView.FRONT,
          "back": BodyView.BACK}  # fmt: skip


def place_key(view: BodyView, region: str) -> Place:
    return f"{view.value}:{region}"


def place_name(view: BodyView, region: str) -> str:
    """`Left wrist, front`; the side is left out where the place says it all."""
    place = region_term(catalog(), region)
    if view in _UPRIGHT:
        seen = sum(region in {known.code for known in regions(v)} for v in _UPRIGHT)
        said = seen == 1
    else:
        said = view not in _PROFILES or region.startswith(("left-", "right-"))
    if said:
        return place
    seen_from = term(catalog(), view)
    # Translators: a place on the body and the side it is seen from, "Left wrist, front".
    return tr("{place}, {view}").format(place=place, view=seen_from[:1].lower() + seen_from[1:])


def caption(code: str) -> str:
    """A word beside a figure: a side, or a place."""
    if code in _SIDES:
        return term(catalog(), _SIDES[code])
    return region_term(catalog(), code)


def places(views: Iterable[BodyView]) -> list[tuple[Place, str]]:
    """All places of the figures that are shown now, from the head down."""
    listed = {
        place_key(view, region.code): place_name(view, region.code)
        for view in views
        for region in regions(view)
    }
    return list(listed.items())


def size_words(mark: BodyMark) -> str:
    """`70 × 6 mm`, `70 mm`, or nothing."""
    sizes = [size for size in (mark.length_mm, mark.width_mm) if size is not None]
    if not sizes:
        return ""
    return tr("{size} mm").format(size=" × ".join(str(size) for size in sizes))


def table_rows(marks: Sequence[BodyMark]) -> list[Row]:
    return [
        Row(
            mark.mark_id,
            (
                str(number),
                place_name(mark.view, mark.region),
                term(catalog(), mark.kind),
                size_words(mark),
                appearance_term(catalog(), mark.appearance),
            ),
        )
        for number, mark in enumerate(marks, 1)
    ]


def mark_text(mark: BodyMark) -> MarkText:
    """A kept mark as it stands in the editor."""
    return MarkText(
        place=place_key(mark.view, mark.region),
        kind=mark.kind,
        length_mm=mark.length_mm,
        width_mm=mark.width_mm,
        appearance=mark.appearance,
        tender=mark.tender,
        photo_consented=mark.photo_consented,
        own_words=mark.own_words,
    )


def mark_to_draft(text: MarkText) -> str:
    """Everything that was entered about a mark that cannot be kept yet."""
    return msgspec.json.encode(text).decode()


def mark_from_draft(words: str) -> MarkText | None:
    """None for what an earlier version wrote in another way."""
    try:
        return msgspec.json.decode(words, type=MarkText)
    except msgspec.ValidationError:
        return None
