# SPDX-License-Identifier: GPL-3.0-or-later
"""The referral form: the short one on one page, the full one, and the sealed health page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.platypus import Flowable, PageBreak

from pact_desktop.documents.density import CLOSER, ROOMY
from pact_desktop.documents.field_words import (
    LABELS,
    TITLES,
    not_stated,
    referrer_line,
    value_paragraphs,
)
from pact_desktop.documents.grid import GAP, grid
from pact_desktop.documents.layout import AtBottom, Columns, Rule, Space, TickBox, WriteLine
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.printable import one_line, typed
from pact_desktop.documents.return_slip import outcome_slip, reply_slip
from pact_desktop.documents.styles import (
    BODY,
    FACILITY,
    HEADING,
    LABEL,
    REFERENCE,
    SMALL,
    SUBTITLE,
    TICK,
    TITLE,
)
from pact_desktop.domain.consent import ConsentDecision, LegalBasis
from pact_desktop.domain.referral import (
    OUTCOME_AFTER_DAYS,
    FormKind,
    SupportKind,
    show_reference,
)
from pact_desktop.domain.referral_content import ReferralFormContent
from pact_desktop.domain.referral_values import (
    FORM_EDITION,
    BasisSaid,
    Place,
    Referrer,
    Sending,
    Ticks,
)
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date, format_datetime
from pact_desktop.terms import language_term, term

_WAY: Final = ("C1", "A4", "C4", "A6", "C2", "B3")
_PERSON: Final = ("D2", "D1", "D3", "D4", "D7", "D5", "D8", "D10", "D11", "D12", "D6", "D9", "F5")
_CHILD: Final = ("E1", "E3", "E4", "E5", "E2")
_REASON: Final = ("F1", "F2", "F3", "F4")
_DONE: Final = ("G2", "G4")
_SIGNING: Final = 18.0
"""Least room over a line for a signature, in points."""
_HIDDEN_WHEN_EMPTY: Final = frozenset({"C2", "D8", "F5", "I"})
"""Rows that need no agreement: leaving them out tells nothing about what was refused."""


@dataclass(frozen=True, slots=True)
class IssueMarks:
    """What a form that leaves says about itself; empty on a preview."""

    log_number: str = ""
    """Where the log ended when it was issued, as `01482-K7Q-X2M-FA7`."""
    version: int = 1
    issued_on: date | None = None
    replaces: date | None = None
    """Day of the version before, for every one after the first."""


_UNMARKED: Final = IssueMarks()


def render_referral_form(
    content: ReferralFormContent,
    catalog: Catalog,
    *,
    preview: bool = False,
    marks: IssueMarks = _UNMARKED,
) -> bytes:
    """The form with its slips, in the language of the catalogue.

    The short form is drawn closer and closer until the slip to tear off stands on its page; what
    is longer than that is not cut, and the slip begins the next page.
    """
    densities = (ROOMY, *(CLOSER if content.form is FormKind.MINIMUM else ()))
    drawn = []
    for density in densities:
        paper = Paper(catalog, density=density)
        slip = AtBottom(
            reply_slip(paper, content.reference, _sender(content)), page_height=PageFrame().size[1]
        )
        story = _story(paper, content, slip)
        drawn.append(build(paper, story, _frame(paper, content, marks, preview=preview)))
        if slip.page == 1:
            return drawn[-1]
    return drawn[0]


def _story(paper: Paper, content: ReferralFormContent, slip: Flowable) -> list[Flowable]:
    return [
        *_letterhead(paper, content),
        *_title(paper, content),
        *_grid(paper, content, _WAY),
        _rule(paper),
        *_grid(paper, content, _PERSON),
        *_section(paper, content, _CHILD, _child_heading(paper)),
        *_section(paper, content, _REASON, _reason_heading(paper)),
        *_support(paper, content),
        *_section(paper, content, _DONE, ""),
        *_basis(paper, content),
        *_signatures(paper, content),
        slip,
        *_follow_up(paper, content),
        *_health_page(paper, content),
    ]


def _rule(paper: Paper) -> Rule:
    return Rule(above=paper.density.gap(2), below=paper.density.gap(7))


def _frame(
    paper: Paper, content: ReferralFormContent, marks: IssueMarks, *, preview: bool
) -> PageFrame:
    return PageFrame(
        handling="\n".join(line for line in (_handling(paper), _log_line(paper, marks)) if line),
        running=show_reference(content.reference),
        preview=preview,
        mark=_version_words(paper, marks),
    )


def _log_line(paper: Paper, marks: IssueMarks) -> str:
    """Whoever keeps the page, or gets its slip back, can show that nothing before was changed."""
    if not marks.log_number:
        return ""
    # Translators: on a page of the activity log; {code} is like 01482-K7Q-X2M-FA7.
    return paper.catalog.gettext("Number of the log: {code}").format(code=marks.log_number)


def _version_words(paper: Paper, marks: IssueMarks) -> str:
    if marks.issued_on is None or marks.replaces is None:
        return ""
    # Translators: at the head of a form that was sent before and now says something else.
    said = paper.catalog.gettext("Version {number} of {date}, in place of the form of {before}")
    return said.format(
        number=marks.version,
        date=format_date(marks.issued_on, paper.locale),
        before=format_date(marks.replaces, paper.locale),
    )


def _handling(paper: Paper) -> str:
    # Translators: on every page; neutral, says nothing about the content.
    return paper.catalog.gettext("Confidential. To be opened by the addressee only.")


def _sender(content: ReferralFormContent) -> Place | None:
    place = content.values.get("B1")
    return place if isinstance(place, Place) else None


def _letterhead(paper: Paper, content: ReferralFormContent) -> list[Flowable]:
    # Translators: edition of the printed form and the code of its language.
    edition = paper.catalog.gettext("Form edition {edition} · {language}")
    edition = edition.format(edition=FORM_EDITION, language=paper.locale)
    right = [
        paper.words(show_reference(content.reference), REFERENCE),
        paper.words(edition, SMALL.but(align="end")),
    ]
    return [
        Columns([facility_lines(paper, _sender(content)), right], [1.7, 1]),
        Space(paper.density.gap(14)),
    ]


def facility_lines(paper: Paper, place: Place | None) -> list[Flowable]:
    """Name, address and phone of the facility, as on its letters."""
    if place is None:
        return not_stated(paper)
    lines: list[Flowable] = [paper.typed(one_line(place.name), FACILITY)]
    rest = one_line(place.address, place.phone)
    return [*lines, paper.typed(rest, SMALL)] if rest else lines


def _title(paper: Paper, content: ReferralFormContent) -> list[Flowable]:
    return [
        paper.words(TITLES[content.form].of(paper.catalog), TITLE),
        paper.words(_handling(paper), SUBTITLE),
        Rule(above=5, below=8, thickness=0.9, grey=0.2),
    ]


def _grid(paper: Paper, content: ReferralFormContent, rows: Iterable[str]) -> list[Flowable]:
    return grid(
        [
            _cell(paper, content, field_id)
            for field_id in rows
            if field_id in content.values and not _is_hidden(content, field_id)
        ],
        paper.density,
    )


def _is_hidden(content: ReferralFormContent, field_id: str) -> bool:
    return field_id in _HIDDEN_WHEN_EMPTY and content.values[field_id] is None


def _cell(paper: Paper, content: ReferralFormContent, field_id: str) -> list[Flowable]:
    label = paper.words(LABELS[field_id].of(paper.catalog), LABEL)
    return [label, *value_paragraphs(paper, content.values[field_id])]


def _section(
    paper: Paper, content: ReferralFormContent, rows: Sequence[str], heading: str
) -> list[Flowable]:
    shown = [row for row in rows if row in content.values and not _is_hidden(content, row)]
    if not shown:
        return []
    return [
        _rule(paper),
        *([_heading(paper, heading)] if heading else []),
        *_grid(paper, content, shown),
    ]


def _heading(paper: Paper, text: str) -> Flowable:
    heading = paper.words(text, HEADING)
    heading.keepWithNext = True
    return heading


def _child_heading(paper: Paper) -> str:
    # Translators: heading of a part of the form.
    return paper.catalog.gettext("Under 18, or age not certain")


def _reason_heading(paper: Paper) -> str:
    # Translators: heading of a part of the full form.
    return paper.catalog.gettext("Referred for assessment")


def _support(paper: Paper, content: ReferralFormContent) -> list[Flowable]:
    if "G1" not in content.values:
        return []
    # Translators: heading of the list of kinds of support.
    heading = _heading(paper, paper.catalog.gettext("Support requested"))
    ticks = content.values["G1"]
    if not isinstance(ticks, Ticks):
        return [_rule(paper), heading, *not_stated(paper)]
    offered = [
        kind
        for kind in SupportKind
        if kind is not SupportKind.CHILD_PROTECTION or content.is_child or kind in ticks.chosen
    ]
    boxes = [
        TickBox(paper.words(term(paper.catalog, kind), TICK), ticked=kind in ticks.chosen)
        for kind in offered
    ]
    count = paper.density.columns
    height = -(-len(boxes) // count)
    cells = [boxes[start : start + height] for start in range(0, len(boxes), height)]
    columns = Columns(cells, [1] * count, gap=GAP, space_after=2)
    return [_rule(paper), heading, columns]


def _basis(paper: Paper, content: ReferralFormContent) -> list[Flowable]:
    basis = content.values.get("H")
    by_law = content.by_law
    gettext = paper.catalog.gettext
    # Translators: heading over what stands in place of consent.
    heading = gettext("Passed on by law") if by_law else gettext("Consent")
    sentences = basis_sentences(paper, basis) if isinstance(basis, BasisSaid) else []
    story: list[Flowable] = [_rule(paper), _heading(paper, heading)]
    if sentences:
        story.append(paper.words(" ".join(sentences), BODY))
    else:
        # Translators: on a preview, before the person has decided.
        story.append(paper.words(gettext("The person has not agreed to this yet."), BODY))
    if content.values.get("I") is not None:
        story += [Space(6), *_cell(paper, content, "I")]
    return story


def basis_sentences(paper: Paper, basis: BasisSaid) -> list[str]:
    """Whole sentences about the consent, or about what stands in its place."""
    gettext, consent = paper.catalog.gettext, basis.consent
    if basis.by_law and consent.decision is not ConsentDecision.GIVEN:
        return _law_sentences(paper, consent.legal_basis)
    said = [
        # Translators: the consent on the form; {receiver} is the name of a service.
        gettext(
            "The person agrees that {receiver} receives what stands on this form and nothing else."
        ).format(receiver=typed(basis.receiver))
    ]
    if consent.valid_until is not None:
        # Translators: until when the consent holds.
        until = gettext("This holds until {date}.")
        said.append(until.format(date=format_date(consent.valid_until, paper.locale)))
    # Translators: about the consent on the form.
    said.append(gettext("It can be withdrawn at any time. Help does not depend on a signature."))
    # Translators: how the consent was given: signature, mark, spoken.
    said.append(gettext("Form: {form}.").format(form=term(paper.catalog, consent.form)))
    if consent.interpreter_code.strip():
        # Translators: the consent was asked through an interpreter known by a code.
        asked = gettext("Asked in this language: {language}, with interpreter {code}.")
        said.append(
            asked.format(
                language=language_term(paper.catalog, consent.language),
                code=typed(consent.interpreter_code),
            )
        )
    return said


def _law_sentences(paper: Paper, basis: LegalBasis) -> list[str]:
    gettext = paper.catalog.gettext
    if basis is LegalBasis.CHILD_PROTECTION:
        # Translators: stands in place of consent on the form of a child.
        first = gettext("This is passed on for the protection of a child, as the law asks.")
    else:
        # Translators: stands in place of consent when life is in danger.
        first = gettext("This is passed on because of danger to life, as the law allows.")
    # Translators: after the sentence on what the law asks or allows.
    return [first, gettext("Two members of staff decided it; the reason is kept at the facility.")]


def _signatures(paper: Paper, content: ReferralFormContent) -> list[Flowable]:
    gettext = paper.catalog.gettext
    referrer = content.values.get("B2")
    # Translators: under the line for the signature of the referring member of staff.
    staff = gettext("Signature of the member of staff")
    if isinstance(referrer, Referrer):
        staff = referrer_line(paper, referrer)
    if content.by_law:
        # Translators: under the line for a signature.
        other = gettext("Second member of staff: signature and code")
    else:
        # Translators: under the line for the person's signature.
        other = gettext("Signature of the person, a mark, or “spoken”")
    room = max(_SIGNING, paper.density.gap(26))
    return [
        Columns(
            [
                [WriteLine(paper.words(other, SMALL), room=room)],
                [WriteLine(paper.words(staff, SMALL), room=room)],
            ],
            [1, 1],
            gap=GAP,
            space_after=paper.density.gap(10),
        )
    ]


def _follow_up(paper: Paper, content: ReferralFormContent) -> list[Flowable]:
    return [
        Space(10),
        *(
            flowable
            for days in OUTCOME_AFTER_DAYS
            for flowable in outcome_slip(paper, content.reference, _sender(content), days)
        ),
    ]


def _health_page(paper: Paper, content: ReferralFormContent) -> list[Flowable]:
    """Goes into an envelope of its own, so it has its own heading and no slip."""
    health = content.values.get("G3")
    if content.form is not FormKind.FULL or health is None:
        return []
    gettext = paper.catalog.gettext
    sending = content.values.get("A6")
    story: list[Flowable] = [
        PageBreak(),
        *_letterhead(paper, content),
        # Translators: title of a page that goes into a sealed envelope.
        paper.words(gettext("Health summary"), TITLE),
        # Translators: under the title of the health page.
        paper.words(gettext("For the treating clinician only, in a sealed envelope."), SUBTITLE),
        Rule(above=5, below=8, thickness=0.9, grey=0.2),
    ]
    if isinstance(sending, Sending):
        moment = format_datetime(sending.sent_at or sending.created_at, paper.locale)
        story.append(paper.words(moment, SMALL.but(space_after=6.0)))
    return [*story, *value_paragraphs(paper, health)]
