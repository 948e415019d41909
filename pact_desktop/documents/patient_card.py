# SPDX-License-Identifier: GPL-3.0-or-later
"""The card every patient may carry: health information, and nothing that says why it was given."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from pact_desktop.documents.layout import Rule, Space, TickBox
from pact_desktop.documents.pages import SIZE_A6, PageFrame, Paper, build
from pact_desktop.documents.paragraphs import Direction, TextStyle
from pact_desktop.documents.printable import kept_together, typed
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_long_date, format_time
from pact_desktop.i18n.locales import LOCALES

_MARGIN: Final = 9 * mm
_TITLE: Final = TextStyle(17, 25, "bold", space_after=1)
_LEAD: Final = TextStyle(9.4, 14, grey=0.3, space_after=6)
_LABEL: Final = TextStyle(8.2, 12.5, grey=0.36)
_VALUE: Final = TextStyle(11.4, 17, "bold", space_after=6)
_LINE: Final = TextStyle(9.8, 15, space_after=5)


@dataclass(frozen=True, slots=True)
class CardWords:
    """The panel's words for the card, in the patient's own language."""

    title: str
    everyone: str
    appointment: str
    place: str
    phone: str
    support_line: str
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatientCard:
    """What stands on one card; what is empty is left out."""

    words: CardWords
    appointment_at: datetime | None = None
    place: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    phone_hours: str = field(default="", repr=False)
    support_line: str = ""


def render_patient_card(card: PatientCard, catalog: Catalog, *, preview: bool = False) -> bytes:
    """The card in the language of the catalogue, from the right where that is read so."""
    direction: Direction = LOCALES[catalog.locale].direction
    paper = Paper(catalog, direction=direction)
    words = card.words
    story = [
        paper.words(words.title, _TITLE),
        paper.words(words.everyone, _LEAD),
        *_line(paper, words.appointment, _appointment(paper, card.appointment_at)),
        *_line(paper, words.place, _typed(paper, card.place)),
        *_line(paper, words.phone, _phone(paper, card)),
        *_line(paper, words.support_line, _typed(paper, card.support_line)),
        Rule(above=2, below=8),
        *_rights(paper, words.rights),
    ]
    frame = PageFrame(size=SIZE_A6, margin=_MARGIN, numbered=False, preview=preview)
    return build(paper, story, frame)


def _line(paper: Paper, label: str, value: str) -> list[Flowable]:
    if not value:
        return []
    return [paper.words(label, _LABEL), paper.words(value, _VALUE)]


def _typed(paper: Paper, text: str) -> str:
    shown = typed(text).strip()
    return kept_together(shown) if paper.direction == "rtl" else shown


def _appointment(paper: Paper, moment: datetime | None) -> str:
    if moment is None:
        return ""
    # Translators: next appointment on the patient's card; {day} holds week day and date.
    said = paper.catalog.gettext("{day}, {time}")
    day = format_long_date(moment.date(), paper.locale)
    return said.format(day=day, time=_typed(paper, format_time(moment)))


def _phone(paper: Paper, card: PatientCard) -> str:
    phone, hours = _typed(paper, card.phone), _typed(paper, card.phone_hours)
    return " · ".join(part for part in (phone, hours) if part)


def _rights(paper: Paper, rights: Sequence[str]) -> list[Flowable]:
    return [
        TickBox(paper.words(text, _LINE), ticked=None, direction=paper.direction) for text in rights
    ] or [Space(1)]
