# SPDX-License-Identifier: GPL-3.0-or-later
"""Who opened one person's record, for that person; nothing on it says whose record it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import Rule, Space
from pact_desktop.documents.listing import listing
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.printable import one_line
from pact_desktop.documents.styles import BODY, FACILITY, SMALL, SUBTITLE, TITLE
from pact_desktop.domain.referral_values import Place
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_datetime

_SHARES: Final = (30, 36, 34)
_LINE: Final = BODY.but(size=10.0, leading=14.5, space_after=4.0)


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One time that somebody was at the record, in words."""

    when: str
    who: str
    """Role and code of staff."""
    what: str


@dataclass(frozen=True, slots=True)
class AccessPage:
    """What is told, and where the log stood when it was."""

    facility: Place
    lines: Sequence[AccessLine]
    end: str
    printed_at: datetime


def render_access_page(page: AccessPage, catalog: Catalog) -> bytes:
    """The newest first."""
    paper, gettext = Paper(catalog), catalog.gettext
    printed = format_datetime(page.printed_at, paper.locale)
    story: list[Flowable] = [
        paper.typed(page.facility.name, FACILITY),
        paper.typed(one_line(page.facility.address, page.facility.phone), SMALL),
        Space(12),
        # Translators: title of a page for the patient; "file" as at any health facility.
        paper.words(gettext("Who has opened this file"), TITLE),
        # Translators: under the title of a page for the patient.
        paper.words(gettext("As of {date}").format(date=printed), SUBTITLE),
        Rule(above=5, below=10, thickness=0.9, grey=0.2),
        *_lines(paper, page),
        Space(10),
        *(paper.words(sentence, _LINE) for sentence in _explained(catalog)),
    ]
    # Translators: small, at the foot of a page for the patient; {code} is a check number.
    end = gettext("Check number: {code}").format(code=page.end)
    return build(paper, story, PageFrame(handling=end))


def _lines(paper: Paper, page: AccessPage) -> list[Flowable]:
    gettext, pgettext = paper.catalog.gettext, paper.catalog.pgettext
    if not page.lines:
        # Translators: in place of a list that is empty, on a page for the patient.
        return [paper.words(gettext("Nobody has opened it."), BODY)]
    heading = (
        # Translators: heads of the columns on a page for the patient.
        pgettext("access", "When"),
        pgettext("access", "Who"),
        pgettext("access", "What"),
    )
    return listing(paper, _SHARES, heading, ((one.when, one.who, one.what) for one in page.lines))


def _explained(catalog: Catalog) -> tuple[str, ...]:
    gettext = catalog.gettext
    return (
        # Translators: sentences at the end of a page for the patient.
        gettext(
            "The letter and number stand for one member of staff. The facility knows who it is."
        ),
        gettext("Lists and searches that showed a name among others are not on this page."),
        gettext("If something here surprises you, ask the manager of the facility about it."),
    )
