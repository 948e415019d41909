# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is kept about one person, on paper that the person can read (GDPR article 15)."""

from collections.abc import Iterable
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import Rule, Space
from pact_desktop.documents.listing import listing
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.printable import one_line
from pact_desktop.documents.styles import BODY, FACILITY, HEADING, SMALL, SUBTITLE, TITLE
from pact_desktop.domain.consent import Consent
from pact_desktop.domain.patient import Patient
from pact_desktop.domain.person_copy import PersonCopy, VisitCopy
from pact_desktop.domain.referral import Referral, show_reference
from pact_desktop.domain.screening import Judgement, Screening
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date, format_datetime
from pact_desktop.terms import (
    appearance_term,
    citizenship_term,
    exploitation_term,
    language_term,
    region_term,
    term,
)
from pact_desktop.terms.body import APPEARANCES, REGIONS
from pact_desktop.terms.log import access_when, access_who

_PAIR: Final = (34, 66)
_ACCESS: Final = (40, 30, 30)
_DOT: Final = " · "
Rows = Iterable[tuple[str, str]]


def render_person_copy(copy: PersonCopy, catalog: Catalog) -> bytes:
    """Neutral title; inside stands everything in plain words."""
    paper, gettext = Paper(catalog), catalog.gettext
    made = format_datetime(copy.made_at, paper.locale)
    story: list[Flowable] = [
        paper.typed(copy.facility.name, FACILITY),
        paper.typed(one_line(copy.facility.address, copy.facility.phone), SMALL),
        Space(12),
        # Translators: title of a paper with all data kept about a patient; neutral on purpose.
        paper.words(gettext("Copy of your data"), TITLE),
        paper.words(gettext("As of {date}").format(date=made), SUBTITLE),
        Rule(above=5, below=10, thickness=0.9, grey=0.2),
        *_section(paper, gettext("Patient"), _person(paper, copy.patient)),
    ]
    for visit in copy.visits:
        when = format_datetime(visit.screening.started_at, paper.locale)
        # Translators: heading over one visit.
        heading = gettext("Visit on {date}").format(date=when)
        story += _section(paper, heading, _visit(paper, copy, visit))
    for referral in copy.referrals:
        # Translators: heading over one referral; {reference} is like 7KQ-42M-X.
        heading = gettext("Referral {reference}").format(
            reference=show_reference(referral.reference)
        )
        story += _section(paper, heading, _referral(paper, copy, referral))
    story += _accesses(paper, copy)
    end = gettext("Check number: {code}").format(code=copy.end)
    return build(paper, story, PageFrame(handling=end))


def _section(paper: Paper, heading: str, rows: Rows) -> list[Flowable]:
    """Label and value; what is empty is left out."""
    shown = paper.words(heading, HEADING)
    shown.keepWithNext = True
    known = [(label, value) for label, value in rows if value.strip()]
    return [shown, *listing(paper, _PAIR, (), known), Space(10)]


def _person(paper: Paper, of: Patient) -> Rows:
    catalog = paper.catalog
    gettext, contact = catalog.gettext, of.safe_contact
    years, born = of.birth_date.years, of.birth_date.value
    return (
        # Translators: labels in the copy of a patient's data.
        (gettext("Name"), f"{of.given_name} {of.family_name}".strip()),
        (gettext("Name of the father"), of.fathers_name),
        (gettext("Another name"), of.alias),
        (gettext("Birth date"), format_date(born, paper.locale) if born else ""),
        (gettext("Estimated age"), "" if years is None else str(years)),
        (gettext("Could be under 18"), term(catalog, of.may_be_child)),
        (gettext("Sex"), term(catalog, of.gender)),
        (gettext("Language"), language_term(catalog, of.language)),
        (gettext("Interpreter"), gettext("Needed") if of.interpreter_needed else ""),
        (gettext("Citizenship"), citizenship_term(catalog, of.citizenship)),
        (gettext("How to be reached"), term(catalog, contact.mode)),
        (gettext("Telephone"), contact.phone),
        (gettext("Safe times"), contact.safe_hours),
        (gettext("Who may answer"), contact.may_answer),
        (gettext("What may be said"), contact.may_say),
    )


def _visit(paper: Paper, copy: PersonCopy, visit: VisitCopy) -> Rows:
    catalog, of = paper.catalog, visit.screening
    gettext = catalog.gettext
    yield gettext("Came for"), of.visit_reason
    yield gettext("Present"), _joined(term(catalog, of.companion), of.companion_relation)
    yield gettext("Interpreter"), _joined(term(catalog, of.interpreter), of.interpreter_code)
    for link_id, answer in sorted(of.answers.items()):
        said = _joined(
            term(catalog, answer.value),
            answer.own_words,
            answer.other_explanation,
            answer.not_asked_reason,
        )
        yield visit.questions.get(link_id) or link_id, said
    yield from _found(paper, of)
    for judgement in of.judgements:
        yield gettext("Judgement of staff"), _judged(paper, copy, judgement)
    if of.danger is not None:
        yield gettext("Safety"), term(catalog, of.danger)
    for question, reply in of.danger_answers.items():
        yield term(catalog, question), term(catalog, reply)
    for offer, reaction in of.offers.items():
        yield term(catalog, offer), term(catalog, reaction)
    yield gettext("What came of it"), _joined(*sorted(term(catalog, one) for one in of.outcomes))
    if of.return_visit_at is not None:
        moment = format_datetime(of.return_visit_at, paper.locale)
        yield gettext("Next visit"), _joined(moment, of.return_reason)
    steps = of.child_steps
    if steps.notified_at is not None:
        moment = format_datetime(steps.notified_at, paper.locale)
        yield (
            gettext("Who was told"),
            _joined(moment, steps.notified_body, steps.notified_person_code),
        )
    yield gettext("The patient’s own words"), steps.view_in_own_words
    yield gettext("Stays with"), steps.stays_with
    for words in of.drafts.values():
        yield gettext("Typed and not part of the visit yet"), words


def _found(paper: Paper, of: Screening) -> Rows:
    catalog = paper.catalog
    for mark in of.marks:
        region = region_term(catalog, mark.region) if mark.region in REGIONS else ""
        look = appearance_term(catalog, mark.appearance) if mark.appearance in APPEARANCES else ""
        place = _joined(region, term(catalog, mark.view))
        yield (
            catalog.gettext("Findings"),
            _joined(place, term(catalog, mark.kind), look, mark.own_words),
        )


def _judged(paper: Paper, copy: PersonCopy, of: Judgement) -> str:
    return _joined(
        term(paper.catalog, of.level),
        of.sentence,
        format_datetime(of.judged_at, paper.locale),
        copy.staff_codes.get(of.judged_by, ""),
    )


def _referral(paper: Paper, copy: PersonCopy, of: Referral) -> Rows:
    catalog, details = paper.catalog, of.details
    gettext = catalog.gettext
    yield gettext("To"), copy.services.get(of.service_id, "")
    yield gettext("Priority"), term(catalog, of.priority)
    for step in of.history:
        moment = format_datetime(step.at, paper.locale)
        yield term(catalog, step.status), _joined(moment, copy.staff_codes.get(step.by, ""))
    for given in of.consents:
        yield gettext("Agreed to"), _agreed(paper, copy, given)
    yield gettext("Support"), _joined(*sorted(term(catalog, one) for one in details.support))
    yield gettext("Risks"), _joined(*sorted(term(catalog, one) for one in details.risks))
    kinds = sorted(exploitation_term(catalog, one) for one in details.exploitation)
    yield gettext("Signs"), _joined(*kinds)
    for words in (
        details.contact_name,
        details.access_needs,
        details.at_facility_until,
        details.location,
        details.citizenship,
        details.papers,
        details.own_words,
        details.staff_observation,
        details.not_known,
        details.done_here,
        details.health_summary,
        details.safety_arrangements,
        details.withhold_from,
        details.withhold_reason,
        details.caregiver,
        details.caregiver_not_informed_reason,
        of.full_form_reason,
    ):
        yield gettext("Written on the form"), words


def _agreed(paper: Paper, copy: PersonCopy, of: Consent) -> str:
    catalog = paper.catalog
    return _joined(
        copy.services.get(of.recipient, ""),
        term(catalog, of.decision),
        term(catalog, of.legal_basis),
        *sorted(term(catalog, item) for item in of.items),
        of.reason,
    )


def _accesses(paper: Paper, copy: PersonCopy) -> list[Flowable]:
    catalog = paper.catalog
    heading = (
        catalog.pgettext("access", "When"),
        catalog.pgettext("access", "Who"),
        catalog.pgettext("access", "What"),
    )
    rows = (
        (access_when(one, paper.locale), access_who(one, catalog), term(catalog, one.kind))
        for one in copy.accesses
    )
    told = (
        # Translators: at the end of the copy of a patient's data.
        catalog.gettext("Something here is wrong? Tell the facility: it can be corrected."),
        catalog.gettext("Answers that were replaced by a later one are not on this page."),
    )
    return [
        paper.words(catalog.gettext("Who has opened this file"), HEADING),
        *listing(paper, _ACCESS, heading, rows),
        Space(10),
        *(paper.words(sentence, BODY) for sentence in told),
    ]


def _joined(*parts: str) -> str:
    return _DOT.join(part for part in parts if part.strip())
