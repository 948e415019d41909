# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups to destroy, and the numbers of erased records for a restore: for the manager's safe.

It names nobody: a record stands here by its random number, which opens nothing any more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import Rule, Space
from pact_desktop.documents.listing import listing
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.styles import BODY, FACILITY, HEADING, SUBTITLE, TITLE
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date, format_datetime
from pact_desktop.terms.log import case_words

_COPIES: Final = (22, 26, 12, 40)
_ERASED: Final = (50, 50)
_MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One backup."""

    made_at: datetime
    anchor: str
    """What the log in it ends with: it tells one file from another."""
    size: int
    here: bool
    """It was made on the disk of the records."""


@dataclass(frozen=True, slots=True)
class ErasedLine:
    """One record that was erased."""

    record: CaseNumber
    erased_at: datetime


@dataclass(frozen=True, slots=True)
class CopiesList:
    """What is listed, and where the log stood when it was."""

    facility_name: str
    copies: Sequence[CopyLine]
    erased: Sequence[ErasedLine]
    end: str
    printed_at: datetime
    staff_code: str


def render_copies_list(page: CopiesList, catalog: Catalog) -> bytes:
    """A line to sign stands beside every copy."""
    paper, gettext = Paper(catalog), catalog.gettext
    end = gettext("Number of the log: {code}").format(code=page.end)
    printed = gettext("Printed on {date} by {code}").format(
        date=format_datetime(page.printed_at, paper.locale), code=page.staff_code
    )
    story: list[Flowable] = [
        paper.typed(page.facility_name, FACILITY),
        Space(10),
        # Translators: title of a paper for the manager: backups that have to be destroyed.
        paper.words(gettext("Old backups"), TITLE),
        paper.words(printed, SUBTITLE),
        Rule(above=5, below=8, thickness=0.9, grey=0.2),
        # Translators: on a paper for the manager.
        paper.words(gettext("These still hold what was erased here. Destroy them."), HEADING),
        paper.words(
            gettext(
                "Make a new backup first. Break a stick, do not only delete the file. "
                "Then note it in the program, under Backup."
            ),
            BODY.but(space_after=6),
        ),
        *_copies(paper, page),
        Space(14),
        # Translators: on a paper for the manager; numbers of records follow.
        paper.words(gettext("Records that were erased"), HEADING),
        paper.words(
            gettext(
                "If an older backup has to be restored after all, the program asks for these "
                "numbers and erases again. Keep this page with the recovery sheet."
            ),
            BODY.but(space_after=6),
        ),
        *_erased(paper, page),
    ]
    return build(paper, story, PageFrame(handling=end, running=end))


def _copies(paper: Paper, page: CopiesList) -> list[Flowable]:
    gettext, pgettext = paper.catalog.gettext, paper.catalog.pgettext
    if not page.copies:
        # Translators: in place of a list that is empty, on a paper for the manager.
        return [paper.words(gettext("There is none any more."), BODY)]
    heading = (
        # Translators: heads of the columns of a list of backups.
        pgettext("copies", "Made"),
        pgettext("copies", "The log in it ends with"),
        pgettext("copies", "Size"),
        pgettext("copies", "Destroyed on, by"),
    )
    # Translators: about a backup that lies on the computer itself, in a list of backups.
    here = gettext("on this computer: …")
    rows = (
        (
            format_datetime(one.made_at, paper.locale),
            one.anchor,
            f"{one.size / _MEBIBYTE:.1f} MB",
            here if one.here else "…",
        )
        for one in page.copies
    )
    return listing(paper, _COPIES, heading, rows)


def _erased(paper: Paper, page: CopiesList) -> list[Flowable]:
    gettext, pgettext = paper.catalog.gettext, paper.catalog.pgettext
    if not page.erased:
        # Translators: in place of a list that is empty, on a paper for the manager.
        return [paper.words(gettext("No record was erased."), BODY)]
    heading = (
        # Translators: heads of the columns of a list of erased records.
        pgettext("copies", "Record number"),
        pgettext("copies", "Erased on"),
    )
    rows = (
        (case_words(one.record), format_date(one.erased_at.date(), paper.locale))
        for one in page.erased
    )
    return listing(paper, _ERASED, heading, rows)
