# SPDX-License-Identifier: GPL-3.0-or-later
"""The card every patient may carry: health information, and nothing that says why it was given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
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
_ISOLATE: Final = "\u2068"
_ISOLATE_END: Final = "\u2069"


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


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the card: words alone, or a value under its label."""

    text: str = field(repr=False)
    label: str = ""


def card_lines(card: PatientCard, catalog: Catalog) -> tuple[CardLine, ...]:
    """What the card says as plain text, in the order of the page, for a screen."""
    kept = _isolated if LOCALES[catalog.locale].direction == "rtl" else _trimmed
    words = card.words
    return (
        CardLine(words.title),
        CardLine(words.everyone),
        *(CardLine(value, label) for label, value in _facts(card, catalog, kept)),
        *(CardLine(text) for text in words.rights),
    )


def render_patient_card(card: PatientCard, catalog: Catalog, *, preview: bool = False) -> bytes:
    """The card in the language of the catalogue, from the right where that is read so."""
    direction: Direction = LOCALES[catalog.locale].direction
    paper = Paper(catalog, direction=direction)
    words = card.words
    story = [
        paper.words(words.title, _TITLE),
        paper.words(words.everyone, _LEAD),
        *_labelled(paper, card),
        Rule(above=2, below=8),
        *_rights(paper, words.rights),
    ]
    frame = PageFrame(size=SIZE_A6, margin=_MARGIN, numbered=False, preview=preview)
    return build(paper, story, frame)


def _labelled(paper: Paper, card: PatientCard) -> list[Flowable]:
    return [
        line
        for label, value in _facts(card, paper.catalog, partial(_typed, paper))
        for line in (paper.words(label, _LABEL), paper.words(value, _VALUE))
    ]


def _facts(
    card: PatientCard, catalog: Catalog, kept: Callable[[str], str]
) -> list[tuple[str, str]]:
    """Labels with their values; `kept` makes what was typed safe for its surroundings."""
    words = card.words
    facts = [
        (words.appointment, _appointment(card.appointment_at, catalog, kept)),
        (words.place, kept(card.place)),
        (words.phone, _phone(card, kept)),
        (words.support_line, kept(card.support_line)),
    ]
    return [(label, value) for label, value in facts if value]


def _typed(paper: Paper, text: str) -> str:
    shown = typed(text).strip()
    return kept_together(shown) if paper.direction == "rtl" else shown


def _trimmed(text: str) -> str:
    return typed(text).strip()


def _isolated(text: str) -> str:
    """A number or a Latin word keeps its own order between right-to-left words on a screen."""
    shown = _trimmed(text)
    return f"{_ISOLATE}{shown}{_ISOLATE_END}" if shown else ""


def _appointment(moment: datetime | None, catalog: Catalog, kept: Callable[[str], str]) -> str:
    if moment is None:
        return ""
    # Translators: next appointment on the patient's card; {day} holds week day and date.
    said = catalog.gettext("{day}, {time}")
    day = format_long_date(moment.date(), catalog.locale)
    return said.format(day=day, time=kept(format_time(moment)))


def _phone(card: PatientCard, kept: Callable[[str], str]) -> str:
    phone, hours = kept(card.phone), kept(card.phone_hours)
    return " · ".join(part for part in (phone, hours) if part)


def _rights(paper: Paper, rights: Sequence[str]) -> list[Flowable]:
    return [
        TickBox(paper.words(text, _LINE), ticked=None, direction=paper.direction) for text in rights
    ] or [Space(1)]
