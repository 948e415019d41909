# SPDX-License-Identifier: GPL-3.0-or-later
"""The slip a patient may show to anybody: when the visit was and when the next one is."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from reportlab.lib.units import mm

from pact_desktop.documents.layout import Rule, Space
from pact_desktop.documents.pages import SIZE_A6, PageFrame, Paper, build
from pact_desktop.documents.paragraphs import TextStyle
from pact_desktop.documents.printable import one_line
from pact_desktop.documents.styles import FACILITY, SMALL
from pact_desktop.domain.referral_values import Place
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_datetime, format_long_date, format_time

_TITLE: Final = TextStyle(15, 20, "bold", space_after=8)
_LABEL: Final = TextStyle(8.2, 12, grey=0.36)
_VALUE: Final = TextStyle(11, 15.5, "bold", space_after=7)


@dataclass(frozen=True, slots=True)
class VisitSlip:
    """No name, no finding, no reason but the neutral one the next visit was given."""

    facility: Place
    hours: str
    visited_at: datetime
    return_at: datetime | None = None
    return_reason: str = field(default="", repr=False)


def render_visit_slip(slip: VisitSlip, catalog: Catalog) -> bytes:
    """One small page."""
    paper, gettext = Paper(catalog), catalog.gettext
    address = one_line(slip.facility.address, slip.facility.phone)
    story = [
        paper.typed(slip.facility.name, FACILITY),
        paper.typed(address, SMALL),
        Space(10),
        # Translators: title of a small slip for the patient.
        paper.words(gettext("Visit slip"), _TITLE),
        # Translators: label over date and time on the slip.
        paper.words(gettext("You were here on"), _LABEL),
        paper.words(format_datetime(slip.visited_at, paper.locale), _VALUE),
    ]
    if slip.return_at is not None:
        day = format_long_date(slip.return_at.date(), paper.locale)
        # Translators: next visit; {day} holds week day and date.
        said = gettext("{day}, {time}").format(day=day, time=format_time(slip.return_at))
        # Translators: label over date and time on the slip.
        story += [paper.words(gettext("Next visit"), _LABEL), paper.words(said, _VALUE)]
    if slip.return_reason.strip():
        # Translators: label; what the next visit is for, such as a dressing.
        story += [paper.words(gettext("For"), _LABEL), paper.typed(slip.return_reason, _VALUE)]
    if slip.hours.strip():
        # Translators: label over the opening hours of the phone.
        story += [Rule(), paper.words(gettext("Phone hours"), _LABEL)]
        story.append(paper.typed(slip.hours, _VALUE))
    return build(paper, story, PageFrame(size=SIZE_A6, margin=9 * mm, numbered=False))
