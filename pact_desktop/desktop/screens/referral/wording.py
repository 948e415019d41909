# SPDX-License-Identifier: GPL-3.0-or-later
"""Services, decisions and calls in the words of the referral screen."""

from datetime import date, datetime

from pact_desktop.desktop.screens.referral.service_list import ServiceLine
from pact_desktop.desktop.widgets import ChipText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentForm, LegalBasis
from pact_desktop.domain.facility import EntryAge, ParticipantPack, ReferralService
from pact_desktop.domain.referral import SupportKind
from pact_desktop.domain.screening import ChildSteps
from pact_desktop.i18n.formats import format_days_ago, format_moment, join_list
from pact_desktop.i18n.locales import language_name
from pact_desktop.terms import serves_term, term

_TONES = {
    EntryAge.FRESH: ("ok", "check"),
    EntryAge.AGEING: ("caution", "clock"),
    EntryAge.STALE: ("alert", "warning-circle"),
    EntryAge.NOT_CONFIRMED: ("caution", "phone"),
}


def age_chip(service: ReferralService, today: date) -> ChipText:
    """When somebody here last called; the amber ones are called before they are used."""
    tone, icon = _TONES[service.age(today)]
    if service.confirmed_on is None:
        return ChipText(tr("Not confirmed"), tone, icon)
    # Translators: how long ago a number was called; {when} is "today" or "12 days ago".
    said = tr("Checked {when}").format(when=format_days_ago(service.confirmed_on, today, catalog()))
    return ChipText(said, tone, icon)


def service_line(
    service: ReferralService, pack: ParticipantPack | None, today: date
) -> ServiceLine:
    locale = catalog().locale
    name = pack.service_name(service, locale) if pack else service.name
    languages = [language_name(tag, locale) for tag in service.languages]
    return ServiceLine(
        service.service_id,
        name,
        about_service(service),
        age_chip(service, today),
        join_list(languages, locale),
    )


def about_service(service: ReferralService) -> str:
    """What it offers, and for whom."""
    known = {kind.value for kind in SupportKind}
    offers = [term(catalog(), SupportKind(code)) for code in service.offers if code in known]
    first = ", ".join(offers) or term(catalog(), service.kind)
    return " · ".join(part for part in (first, serves_term(catalog(), service.serves)) if part)


def decision_words(consent: Consent, now: datetime, *, separate: bool = False) -> str:
    """`agreed today, 11:20, by voice, interpreter 14`, or that nobody asked."""
    if consent.decision is ConsentDecision.GIVEN and consent.recorded_at is not None:
        return _agreed_words(consent, now)
    if consent.decision is ConsentDecision.WITHDRAWN:
        return tr("no longer agrees")
    if consent.decision is ConsentDecision.REFUSED:
        return tr("does not agree")
    return tr("separate choice, not asked") if separate else tr("not asked yet")


def _agreed_words(consent: Consent, now: datetime) -> str:
    moment = consent.recorded_at
    when = "" if moment is None else format_moment(moment.astimezone(now.tzinfo), now, catalog())
    how = {
        ConsentForm.SIGNATURE: tr("agreed {when}, by signature"),
        ConsentForm.MARK: tr("agreed {when}, by a mark"),
        ConsentForm.SPOKEN: tr("agreed {when}, by voice"),
        ConsentForm.REFUSED_TO_SIGN: tr("agreed {when}, prefers not to sign"),
    }[consent.form].format(when=when)
    if not consent.interpreter_code:
        return how
    return tr("{agreed}, interpreter {code}").format(agreed=how, code=consent.interpreter_code)


def call_words(steps: ChildSteps, now: datetime) -> str:
    """Who was told about a patient under 18."""
    if steps.notified_at is None:
        return tr("Nobody was told yet. Call the centre for social work first.")
    when = format_moment(steps.notified_at.astimezone(now.tzinfo), now, catalog())
    if not steps.notified_person_code:
        return tr("Told: {who}, {when}").format(who=steps.notified_body, when=when)
    return tr("Told: {who}, {when}, spoke with {code}").format(
        who=steps.notified_body, when=when, code=steps.notified_person_code
    )


def basis_words(consent: Consent) -> str:
    """What stands in place of consent; empty when consent does."""
    if consent.legal_basis is LegalBasis.DANGER_TO_LIFE:
        return tr("Life in danger: two members of staff decided to pass this on.")
    return ""
