# SPDX-License-Identifier: GPL-3.0-or-later
"""Services, decisions and calls in the words of the referral screen."""

from datetime import date, datetime

from pact_desktop.desktop.screens.referral.service_list import ServiceLine
from pact_desktop.desktop.service_words import (
    about_service,
    age_chip,
    languages_of,
    service_name,
)
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentForm, LegalBasis
from pact_desktop.domain.facility import ParticipantPack, ReferralService
from pact_desktop.domain.screening import ChildSteps
from pact_desktop.i18n.formats import format_moment


def service_line(
    service: ReferralService, pack: ParticipantPack | None, today: date
) -> ServiceLine:
    return ServiceLine(
        service.service_id,
        service_name(service, pack),
        about_service(service),
        age_chip(service, today),
        languages_of(service),
    )


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
    if consent.legal_basis is LegalBasis.CONSENT:
        return ""
    confirmed = consent.second_staff is not None
    if consent.legal_basis is LegalBasis.DANGER_TO_LIFE:
        if confirmed:
            return tr("Life in danger: two members of staff decided to pass this on.")
        return tr("Life in danger: a colleague still has to confirm that this is passed on.")
    if confirmed:
        return tr("Under 18: two members of staff decided to pass this on.")
    return tr("Under 18: a colleague still has to confirm that this is passed on.")


def wants_colleague(consent: Consent) -> bool:
    """Something stands in place of consent, with a reason, and only one person has decided it."""
    decided = consent.legal_basis is not LegalBasis.CONSENT and bool(consent.reason.strip())
    return decided and consent.second_staff is None
