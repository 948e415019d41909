# SPDX-License-Identifier: GPL-3.0-or-later
"""The visit note: words as said, findings as seen, what was offered; no opinion and no level."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.body_figure import BodyFigure, NumberedMark
from pact_desktop.documents.field_words import DOT, LABELS, about_years, quoted
from pact_desktop.documents.grid import GAP, grid
from pact_desktop.documents.layout import HAIR, Columns, Rule, Space
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.printable import typed
from pact_desktop.documents.referral_form import facility_lines
from pact_desktop.documents.styles import BODY, HEADING, LABEL, QUIET, SMALL, TITLE, VALUE
from pact_desktop.domain.body_map import REGIONS, region_at
from pact_desktop.domain.referral_values import Place
from pact_desktop.domain.screening import (
    BodyMark,
    BodyView,
    Companion,
    InterpreterMode,
    Offer,
    OfferAnswer,
    Screening,
)
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date, format_datetime, format_time
from pact_desktop.terms import appearance_term, language_term, region_term, term
from pact_desktop.terms.body import APPEARANCES

_FIGURE_HEIGHT: Final = 212.0


@dataclass(frozen=True, slots=True)
class ClinicalNote:
    """What the note is made from. The judgement, the level and the danger stay out of it."""

    facility: Place
    patient_name: str = field(repr=False)
    birth_date: date | None = field(repr=False)
    language: str
    screening: Screening = field(repr=False)
    staff_code: str
    printed_at: datetime
    age_about: int | None = field(default=None, repr=False)
    """Years on the day of the visit, when they were estimated."""


def render_clinical_note(note: ClinicalNote, catalog: Catalog) -> bytes:
    """The note for the medical record."""
    paper, gettext = Paper(catalog), catalog.gettext
    story = [
        *facility_lines(paper, note.facility),
        Space(14),
        # Translators: neutral title of the note for the medical record.
        paper.words(gettext("Visit note"), TITLE),
        Rule(above=5, below=8, thickness=0.9, grey=0.2),
        *_head(paper, note),
        *_words_said(paper, note.screening),
        *_findings(paper, note.screening),
        *_offers(paper, note.screening),
        *_told(paper, note.screening),
        *_signature(paper, note),
    ]
    # Translators: at the foot of the visit note.
    handling = gettext("Medical record. Confidential.")
    return build(paper, story, PageFrame(handling=handling))


def _head(paper: Paper, note: ClinicalNote) -> list[Flowable]:
    gettext, screening = paper.catalog.gettext, note.screening
    # Translators: shown in place of a name.
    name = note.patient_name or gettext("Name not known")
    pairs = [
        # Translators: labels of the visit note.
        (gettext("Patient"), paper.typed(name, VALUE, is_name=True)),
        _born(paper, note),
        (gettext("Visit"), paper.words(format_datetime(screening.started_at, paper.locale), VALUE)),
        (gettext("Came for"), _or_nothing(paper, screening.visit_reason)),
        (gettext("Present"), paper.words(_present(paper, screening), VALUE)),
        (gettext("Language"), paper.words(_language(paper, note), VALUE)),
    ]
    cells: list[list[Flowable]] = [[paper.words(label, LABEL), value] for label, value in pairs]
    return grid(cells)


def _born(paper: Paper, note: ClinicalNote) -> tuple[str, Flowable]:
    """The birth date; where nobody knows it, the age as it was estimated."""
    gettext = paper.catalog.gettext
    if note.birth_date is None and note.age_about is not None:
        return LABELS["D3"].of(paper.catalog), paper.words(
            about_years(paper, note.age_about), VALUE
        )
    born = format_date(note.birth_date, paper.locale) if note.birth_date else gettext("Not known")
    # Translators: label of the visit note.
    return gettext("Birth date"), paper.words(born, VALUE)


def _or_nothing(paper: Paper, text: str) -> Flowable:
    if text.strip():
        return paper.typed(text, VALUE)
    # Translators: nothing was written here.
    return paper.words(paper.catalog.gettext("Not recorded"), QUIET)


def _present(paper: Paper, screening: Screening) -> str:
    """Who was there, and from when the patient was alone with staff."""
    said = [term(paper.catalog, screening.companion)]
    if screening.companion is Companion.PRESENT and screening.companion_relation.strip():
        said.append(typed(screening.companion_relation))
    if screening.private_moment is not None:
        # Translators: from this time on the patient was alone with staff.
        alone = paper.catalog.gettext("Alone with staff from {time}")
        said.append(alone.format(time=format_time(screening.private_moment.confirmed_at)))
    return DOT.join(said)


def _language(paper: Paper, note: ClinicalNote) -> str:
    said = [language_term(paper.catalog, note.language)]
    if note.screening.interpreter is not InterpreterMode.NOT_NEEDED:
        # Translators: the interpreter is known by a code, never by name.
        code = paper.catalog.gettext("Interpreter {code}")
        said.append(code.format(code=typed(note.screening.interpreter_code)))
    return DOT.join(said)


def _section(paper: Paper, heading: str) -> list[Flowable]:
    shown = paper.words(heading, HEADING)
    shown.keepWithNext = True
    return [Rule(above=2, below=7), shown]


def _words_said(paper: Paper, screening: Screening) -> list[Flowable]:
    said = [answer.own_words for answer in screening.answers.values() if answer.own_words.strip()]
    if not said:
        return []
    # Translators: heading over what the patient said, in quotation marks.
    return [
        *_section(paper, paper.catalog.gettext("The patient’s own words")),
        *(paper.words(quoted(paper, words), BODY.but(space_after=3.0)) for words in said),
    ]


def _findings(paper: Paper, screening: Screening) -> list[Flowable]:
    gettext = paper.catalog.gettext
    if not screening.marks and not screening.no_mark_seen:
        return []
    # Translators: heading over what was seen on the body.
    story = _section(paper, gettext("Findings"))
    if screening.marks:
        story += [*_figures(screening.marks), *_legend(paper, screening.marks)]
    else:
        # Translators: no mark was seen on the body.
        story.append(paper.words(gettext("No mark was seen."), BODY))
    # Translators: printed under every body map.
    caution = gettext("No mark seen does not mean that there is no injury.")
    return [*story, paper.words(caution, SMALL.but(space_after=4.0))]


def _figures(marks: Sequence[BodyMark]) -> list[Flowable]:
    """Front and back always, other views where there is a mark; two beside each other."""
    used = {mark.view for mark in marks} | {BodyView.FRONT, BodyView.BACK}
    figures = [
        BodyFigure(
            view,
            [
                NumberedMark(number, mark.x, mark.y)
                for number, mark in enumerate(marks, 1)
                if mark.view is view
            ],
            _FIGURE_HEIGHT,
        )
        for view in BodyView
        if view in used
    ]
    return [
        Columns(
            [[shown] for shown in figures[start : start + 3]], [1, 1, 1], gap=GAP, space_after=8
        )
        for start in range(0, len(figures), 3)
    ]


def _legend(paper: Paper, marks: Sequence[BodyMark]) -> list[Flowable]:
    rows: list[Flowable] = []
    for number, mark in enumerate(marks, 1):
        facts = [term(paper.catalog, mark.kind), _size(paper, mark), _look(paper, mark)]
        if mark.tender:
            # Translators: about a mark on the body.
            facts.append(paper.catalog.gettext("Tender"))
        if mark.photo_consented:
            # Translators: about a mark on the body.
            facts.append(paper.catalog.gettext("Photo, with consent"))
        # Not in the columns: what was said may be longer than a page.
        said = [paper.words(quoted(paper, mark.own_words), BODY)] if mark.own_words.strip() else []
        place = DOT.join((_place(paper, mark), term(paper.catalog, mark.view)))
        rows += [
            Columns(
                [
                    [paper.words(str(number), VALUE)],
                    [paper.words(place, BODY.but(weight="bold"))],
                    [paper.words(DOT.join(fact for fact in facts if fact), BODY)],
                ],
                [0.4, 4, 6],
                gap=8,
            ),
            *said,
            Rule(keep=False, thickness=HAIR, grey=0.8, above=1, below=3),
        ]
    return rows


def _place(paper: Paper, mark: BodyMark) -> str:
    code = mark.region if mark.region in REGIONS else region_at(mark.view, mark.x, mark.y)
    return region_term(paper.catalog, code or "")


def _look(paper: Paper, mark: BodyMark) -> str:
    known = mark.appearance in APPEARANCES
    return appearance_term(paper.catalog, mark.appearance) if known else ""


def _size(paper: Paper, mark: BodyMark) -> str:
    if mark.length_mm is None:
        return ""
    if mark.width_mm is None:
        # Translators: length of a mark on the body in millimetres.
        return paper.catalog.gettext("{length} mm").format(length=mark.length_mm)
    # Translators: length and width of a mark on the body in millimetres.
    both = paper.catalog.gettext("{length} × {width} mm")
    return both.format(length=mark.length_mm, width=mark.width_mm)


def _offers(paper: Paper, screening: Screening) -> list[Flowable]:
    answered = [
        (offer, screening.offers[offer])
        for offer in Offer
        if screening.offers.get(offer, OfferAnswer.NOT_OFFERED) is not OfferAnswer.NOT_OFFERED
    ]
    if not answered and screening.return_visit_at is None:
        return []
    # Translators: heading over what was offered to the patient.
    story = _section(paper, paper.catalog.gettext("Offered"))
    story += [
        Columns(
            [
                [paper.words(term(paper.catalog, offer), BODY)],
                [paper.words(term(paper.catalog, answer), BODY.but(weight="bold"))],
            ],
            [2, 1],
            gap=12,
            space_after=2,
        )
        for offer, answer in answered
    ]
    if screening.return_visit_at is not None:
        # Translators: the next visit in the note.
        said = paper.catalog.gettext("Next visit: {moment}")
        moment = format_datetime(screening.return_visit_at, paper.locale)
        reason = typed(screening.return_reason)
        line = DOT.join(part for part in (said.format(moment=moment), reason) if part)
        story.append(paper.words(line, BODY))
    return story


def _told(paper: Paper, screening: Screening) -> list[Flowable]:
    """Time, body and code of a notification about a child."""
    steps = screening.child_steps
    if steps.notified_at is None:
        return []
    # Translators: which authority was told about a child, and when; in the note.
    said = paper.catalog.gettext("Told on {moment}: {body}")
    moment = format_datetime(steps.notified_at, paper.locale)
    body = DOT.join(typed(x) for x in (steps.notified_body, steps.notified_person_code) if x)
    return [
        Rule(above=2, below=7),
        paper.words(said.format(moment=moment, body=body), BODY),
        *(
            [paper.words(quoted(paper, steps.view_in_own_words), BODY)]
            if steps.view_in_own_words.strip()
            else []
        ),
    ]


def _signature(paper: Paper, note: ClinicalNote) -> list[Flowable]:
    # Translators: who printed the note and when.
    said = paper.catalog.gettext("Printed on {moment} by staff code {code}")
    moment = format_datetime(note.printed_at, paper.locale)
    line = said.format(moment=moment, code=typed(note.staff_code))
    return [Rule(above=6, below=7), paper.words(line, SMALL)]
