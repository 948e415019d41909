# SPDX-License-Identifier: GPL-3.0-or-later
"""The activity log on paper: codes of staff and numbers of records, never a name.

At the foot of each page stands where the log ended. Whoever keeps the page can show later that
nothing before that point was changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import Rule, Space
from pact_desktop.documents.listing import listing
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.styles import BODY, FACILITY, SUBTITLE, TITLE
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_datetime

_SHARES: Final = (9, 21, 12, 44, 18)


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """One line, in words."""

    number: str
    when: str
    who: str
    """Code of staff."""
    what: str
    record: str


@dataclass(frozen=True, slots=True)
class LogPrint:
    """What is printed, and what was asked for."""

    facility_name: str
    entries: Sequence[PrintedEntry]
    chosen: Sequence[str]
    """By what the entries were chosen, in words; empty for all."""
    left_out: bool
    """There are older entries that fit as well."""
    end: str
    """Number and letters with which the log ended."""
    printed_at: datetime
    staff_code: str


def render_log(log: LogPrint, catalog: Catalog) -> bytes:
    """Newest entries first."""
    paper, gettext = Paper(catalog), catalog.gettext
    # Translators: on a page of the activity log; {code} is like 01482-K7Q-X2M-FA7.
    end = gettext("Number of the log: {code}").format(code=log.end)
    # Translators: when a page of the activity log was printed, and by whom (a code).
    printed = gettext("Printed on {date} by {code}").format(
        date=format_datetime(log.printed_at, paper.locale), code=log.staff_code
    )
    story: list[Flowable] = [
        paper.typed(log.facility_name, FACILITY),
        Space(10),
        # Translators: title of a paper for the manager.
        paper.words(gettext("Activity log"), TITLE),
        paper.words(f"{end} · {printed}", SUBTITLE),
        *(paper.typed(line, BODY) for line in log.chosen),
        Space(10),
        *_entries(paper, log),
    ]
    if log.left_out:
        # Translators: at the end of a long list on paper.
        more = gettext("Older entries that fit as well are not on this paper.")
        story += [Rule(above=4, below=8), paper.words(more, BODY)]
    return build(paper, story, PageFrame(handling=end, running=end))


def _entries(paper: Paper, log: LogPrint) -> list[Flowable]:
    gettext, pgettext = paper.catalog.gettext, paper.catalog.pgettext
    if not log.entries:
        # Translators: in place of a list that is empty.
        return [paper.words(gettext("No entry fits."), BODY)]
    heading = (
        # Translators: heads of the columns of the activity log.
        pgettext("log", "No."),
        pgettext("log", "When"),
        pgettext("log", "Who"),
        pgettext("log", "What"),
        pgettext("log", "Record"),
    )
    rows = ((one.number, one.when, one.who, one.what, one.record) for one in log.entries)
    return listing(paper, _SHARES, heading, rows)
