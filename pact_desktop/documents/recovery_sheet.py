# SPDX-License-Identifier: GPL-3.0-or-later
"""The sheet with the recovery code: printed once at set-up, kept in a sealed envelope."""

from datetime import date
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import Columns, Rule, Space, WriteLine
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.paragraphs import TextStyle
from pact_desktop.documents.printable import typed
from pact_desktop.documents.styles import BODY, FACILITY, SMALL, SUBTITLE, TITLE
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date

_CODE: Final = TextStyle(22, 34, "bold", align="centre")
_LINE: Final = BODY.but(size=10.0, leading=14.5, space_after=4.0)
_GROUPS_A_LINE: Final = 4


def render_recovery_sheet(
    code: str, catalog: Catalog, *, facility_name: str = "", made_on: date | None = None
) -> bytes:
    """The code in large groups, and what to do with the sheet."""
    paper, gettext = Paper(catalog), catalog.gettext
    story: list[Flowable] = [
        *([paper.typed(facility_name, FACILITY), Space(12)] if facility_name else []),
        # Translators: title of a sheet for the safe.
        paper.words(gettext("Recovery sheet"), TITLE),
        # Translators: under the title of the recovery sheet.
        paper.words(gettext("Keep it in a sealed envelope in the safe. Do not copy it."), SUBTITLE),
        Rule(above=5, below=16, thickness=0.9, grey=0.2),
        *_code_lines(paper, code),
        Rule(above=16, below=10),
        *_advice(paper),
        *_signatures(paper),
    ]
    if made_on is not None:
        # Translators: when the recovery sheet was made.
        made = gettext("Made on {date}").format(date=format_date(made_on, paper.locale))
        story += [Space(8), paper.words(made, SMALL)]
    return build(paper, story, PageFrame(numbered=False))


def _code_lines(paper: Paper, code: str) -> list[Flowable]:
    groups = typed(code).split("-")
    return [
        paper.words(" - ".join(groups[start : start + _GROUPS_A_LINE]), _CODE)
        for start in range(0, len(groups), _GROUPS_A_LINE)
    ]


def _advice(paper: Paper) -> list[Flowable]:
    gettext = paper.catalog.gettext
    sentences = (
        # Translators: sentences on the recovery sheet.
        gettext("This code opens the records when nobody can sign in any more."),
        gettext("Whoever has this code and the computer can read everything."),
        gettext("Two people open the envelope together and write down when and why."),
        gettext("If the sheet is lost, tell the manager: a new code has to be made."),
    )
    return [paper.words(sentence, _LINE) for sentence in sentences]


def _signatures(paper: Paper) -> list[Flowable]:
    gettext = paper.catalog.gettext
    captions = (
        # Translators: under lines for signatures on the recovery sheet.
        gettext("Sealed by, date"),
        gettext("Sealed by, date"),
    )
    lines = [[WriteLine(paper.words(caption, SMALL), room=34)] for caption in captions]
    # Translators: under a line to write on; the number is shown by the program after set-up.
    number = gettext("Number of the log on that day, as it stands under Facility and under Log")
    return [
        Columns(lines, [1, 1], gap=22),
        WriteLine(paper.words(number, SMALL), room=34),
    ]
