# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet of urgent numbers for the staff room; it says nothing about why one would call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import HAIR, Columns, Rule, Space
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.paragraphs import TextStyle
from pact_desktop.documents.styles import BODY, FACILITY, QUIET, SMALL, TITLE
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date
from pact_desktop.terms import term

_PHONE: Final = TextStyle(14, 18, "bold")
_ROLE: Final = BODY.but(size=10.5, leading=14.0, weight="bold")


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One line: whom, where, and whether somebody here has checked the number."""

    role: Enum
    name: str
    phone: str
    hours: str = ""
    checked: bool = False
    about: str = ""
    """What is known of whom the numbers reach."""


def render_contact_sheet(
    facility_name: str, lines: Sequence[ContactLine], printed_on: date, catalog: Catalog
) -> bytes:
    """Big numbers, one under the other; a number that nobody here has checked is not printed."""
    paper = Paper(catalog)
    # Translators: when a sheet was printed.
    printed = catalog.gettext("Printed on {date}").format(
        date=format_date(printed_on, paper.locale)
    )
    story: list[Flowable] = [
        paper.typed(facility_name, FACILITY),
        Space(12),
        # Translators: title of a sheet with telephone numbers.
        paper.words(catalog.gettext("Urgent numbers"), TITLE),
        paper.words(printed, SMALL),
        Rule(above=5, below=8, thickness=0.9, grey=0.2),
    ]
    for line in lines:
        story += _line(paper, line)
    return build(paper, story, PageFrame())


def _line(paper: Paper, line: ContactLine) -> list[Flowable]:
    left: list[Flowable] = [paper.words(term(paper.catalog, line.role), _ROLE)]
    left += [paper.typed(text, BODY) for text in (line.name, line.hours) if text.strip()]
    if line.about and line.checked:
        left.append(paper.typed(line.about, SMALL))
    if not line.phone.strip():
        # Translators: in place of a telephone number that is missing.
        right = paper.words(paper.catalog.gettext("No number yet: tell the manager"), QUIET)
    elif line.checked:
        right = paper.typed(line.phone, _PHONE)
    else:
        # Translators: in place of a telephone number that nobody here has called yet.
        right = paper.words(paper.catalog.gettext("Tell the manager: number not checked"), QUIET)
    return [
        Columns([left, [right]], [1, 1], gap=22),
        Rule(keep=False, thickness=HAIR, grey=0.7, above=4, below=6),
    ]
