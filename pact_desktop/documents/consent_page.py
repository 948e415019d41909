# SPDX-License-Identifier: GPL-3.0-or-later
"""The page that is read aloud and signed before anything is passed on (referral.md 5.4)."""

from dataclasses import dataclass
from datetime import datetime

from reportlab.platypus import Flowable

from pact_desktop.documents.grid import GAP
from pact_desktop.documents.layout import Columns, Rule, Space, TickBox, WriteLine
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.printable import one_line, typed
from pact_desktop.documents.referral_form import facility_lines
from pact_desktop.documents.styles import BODY, HEADING, REFERENCE, SMALL, SUBTITLE, TICK, TITLE
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentItem
from pact_desktop.domain.referral import Reference, show_reference
from pact_desktop.domain.referral_values import Place
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date, format_datetime
from pact_desktop.terms import language_term, term


@dataclass(frozen=True, slots=True)
class RecipientConsent:
    """The decision about one receiver, with the name the paper gives it."""

    name: str
    consent: Consent


@dataclass(frozen=True, slots=True)
class ConsentPage:
    """Everything that was asked; `limits` are the panel's words, read aloud first."""

    facility: Place
    reference: Reference
    limits: str
    recipients: tuple[RecipientConsent, ...]
    staff_code: str
    asked_at: datetime | None = None


def render_consent_page(page: ConsentPage, catalog: Catalog) -> bytes:
    """One block for each receiver; nothing is ticked that was not said."""
    paper, gettext = Paper(catalog), catalog.gettext
    story: list[Flowable] = [
        Columns(
            [
                facility_lines(paper, page.facility),
                [paper.words(show_reference(page.reference), REFERENCE)],
            ],
            [1.7, 1],
        ),
        Space(14),
        # Translators: title of the page on which a patient agrees or not.
        paper.words(gettext("What may be passed on"), TITLE),
        # Translators: under the title of the consent page.
        paper.words(
            gettext("Read aloud before it is signed. Saying no is a full answer."), SUBTITLE
        ),
        Rule(above=5, below=8, thickness=0.9, grey=0.2),
        # Translators: heading over the sentences that are read aloud first.
        paper.words(gettext("What stays here, and what does not"), HEADING),
        paper.words(page.limits, BODY.but(space_after=8.0)),
    ]
    for recipient in page.recipients:
        story += _recipient(paper, recipient)
    story += _closing(paper, page)
    frame = PageFrame(
        # Translators: at the foot of the consent page.
        handling=gettext("Kept at the facility."),
        running=show_reference(page.reference),
    )
    return build(paper, story, frame)


def _recipient(paper: Paper, recipient: RecipientConsent) -> list[Flowable]:
    consent, gettext = recipient.consent, paper.catalog.gettext
    # Translators: heading over the choices for one receiver.
    title = gettext("May {receiver} receive this?").format(receiver=typed(one_line(recipient.name)))
    heading = paper.words(title, HEADING)
    heading.keepWithNext = True
    answers = [
        _tick(paper, term(paper.catalog, decision), ticked=consent.decision is decision)
        for decision in (ConsentDecision.GIVEN, ConsentDecision.REFUSED)
    ]
    given = consent.decision is ConsentDecision.GIVEN
    items = [
        _tick(paper, term(paper.catalog, item), ticked=given and item in consent.items)
        for item in ConsentItem
    ]
    half = -(-len(items) // 2)
    return [
        Rule(above=2, below=7),
        heading,
        Columns([[answers[0]], [answers[1]]], [1, 1], gap=GAP, space_after=4),
        Columns([items[:half], items[half:]], [1, 1], gap=GAP, space_after=4),
        *_terms(paper, consent),
    ]


def _terms(paper: Paper, consent: Consent) -> list[Flowable]:
    """Duration, statistics, how it was asked."""
    gettext, said = paper.catalog.gettext, list[str]()
    if consent.valid_until is not None:
        # Translators: until when the consent holds.
        until = gettext("This holds until {date}.")
        said.append(until.format(date=format_date(consent.valid_until, paper.locale)))
    if consent.interpreter_code.strip():
        # Translators: the consent was asked through an interpreter known by a code.
        asked = gettext("Asked in this language: {language}, with interpreter {code}.")
        said.append(
            asked.format(
                language=language_term(paper.catalog, consent.language),
                code=typed(consent.interpreter_code),
            )
        )
    if consent.decision is ConsentDecision.GIVEN:
        # Translators: how the consent was given: signature, mark, spoken.
        said.append(gettext("Form: {form}.").format(form=term(paper.catalog, consent.form)))
    # Translators: whether numbers without names may be counted.
    statistics = gettext("My data may be counted without my name.")
    return [
        _tick(paper, statistics, ticked=consent.statistics),
        *([paper.words(" ".join(said), BODY.but(space_after=4.0))] if said else []),
    ]


def _tick(paper: Paper, words: str, *, ticked: bool) -> Flowable:
    return TickBox(paper.words(words, TICK), ticked=ticked)


def _closing(paper: Paper, page: ConsentPage) -> list[Flowable]:
    gettext = paper.catalog.gettext
    copy = [recipient.consent.patient_copy for recipient in page.recipients[:1]]
    lines: list[Flowable] = [
        Rule(above=2, below=7),
        paper.words(
            # Translators: about withdrawing consent.
            gettext(
                "I can withdraw this at any time by telling the facility. Before it was sent,"
                " nothing is sent; after that, the receiver is told. Help does not depend on it."
            ),
            BODY.but(space_after=4.0),
        ),
    ]
    lines += [paper.words(term(paper.catalog, choice), BODY) for choice in copy]
    if page.asked_at is not None:
        # Translators: when the consent was asked for.
        asked = gettext("Asked on {moment}.")
        moment = format_datetime(page.asked_at, paper.locale)
        lines.append(paper.words(asked.format(moment=moment), BODY))
    # Translators: under the line for the person's signature.
    person = gettext("Signature of the person, a mark, or “spoken”")
    # Translators: under the line for a signature; {code} is a code of staff.
    staff = gettext("Member of staff, code {code}").format(code=typed(page.staff_code))
    signatures = [[WriteLine(paper.words(caption, SMALL), room=28)] for caption in (person, staff)]
    return [*lines, Columns(signatures, [1, 1], gap=GAP)]
