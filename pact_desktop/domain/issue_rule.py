# SPDX-License-Identifier: GPL-3.0-or-later
"""What still stands between a referral and its paper; the list is empty when it may leave."""

from dataclasses import replace
from datetime import date

from pact_desktop.domain.consent import Consent, LegalBasis
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ReferralService, ServiceKind
from pact_desktop.domain.referral import SENSITIVE_ITEMS, FormKind, IssuedForm, Referral
from pact_desktop.domain.referral_fields import visible_fields
from pact_desktop.domain.screening import ChildSteps


def missing_before_issue(
    referral: Referral, service: ReferralService | None, steps: ChildSteps, today: date
) -> list[RefusalCode]:
    """Codes in the order a person settles them: the service, the agreement, the form."""
    return [
        *_service_lacks(referral, service, today),
        *_basis_lacks(referral, service, steps, today),
        *_full_form_lacks(referral, today),
    ]


def copy_says_more(
    referral: Referral, left: IssuedForm, service: ReferralService, today: date
) -> bool:
    """Whether the page that left tells the receiver anything that may not be passed on by now.

    What held then is read without its last day: it held on the day the page left.
    """
    then, now = (
        {
            row.field_id
            for row in visible_fields(
                referral.form, service.reader, consent, is_child=referral.is_child, today=today
            )
        }
        for consent in (replace(left.consent, valid_until=None), referral.consent)
    )
    return not then <= now


def _service_lacks(
    referral: Referral, service: ReferralService | None, today: date
) -> list[RefusalCode]:
    if service is None:
        return [RefusalCode.SERVICE_UNKNOWN]
    try:
        service.require_printable(today, override_reason=referral.stale_override_reason)
    except Refusal as refusal:
        return [RefusalCode(refusal.code.value)]
    return []


def _basis_lacks(
    referral: Referral, service: ReferralService | None, steps: ChildSteps, today: date
) -> list[RefusalCode]:
    """A child: the authority was told. Anybody: consent or a legal basis for this recipient.

    The line of one recipient never stands for another, and police least of all.
    """
    consent = referral.consent
    told = steps.notified_at is not None and bool(steps.notified_body.strip())
    if referral.is_child and not told:
        return [RefusalCode.CHILD_NOTIFICATION_MISSING]
    if referral.service_id in referral.lapsed:
        return [RefusalCode.CONSENT_OTHER_NAME]
    if consent.in_force(today):
        return []
    lawful = {LegalBasis.DANGER_TO_LIFE}
    if referral.is_child:
        lawful.add(LegalBasis.CHILD_PROTECTION)
    if consent.legal_basis in lawful:
        return _two_people_lack(consent)
    is_police = service is not None and service.kind is ServiceKind.POLICE
    if referral.is_child and not is_police:
        return [RefusalCode.CHILD_NOTIFICATION_MISSING]
    return [RefusalCode.CONSENT_MISSING]


def _two_people_lack(consent: Consent) -> list[RefusalCode]:
    """What stands in place of consent is decided by two, with a reason."""
    lacks = []
    if not consent.two_decided:
        lacks.append(RefusalCode.SECOND_STAFF_MISSING)
    if not consent.has_reason:
        lacks.append(RefusalCode.BASIS_REASON_MISSING)
    return lacks


def _full_form_lacks(referral: Referral, today: date) -> list[RefusalCode]:
    """The full form is an explicit step up: a reason, and items that were agreed to."""
    if referral.form is not FormKind.FULL:
        return []
    lacks = []
    if not referral.full_form_reason.strip():
        lacks.append(RefusalCode.FULL_FORM_REASON_MISSING)
    consent = referral.consent
    by_law = consent.legal_basis is not LegalBasis.CONSENT
    if not by_law and not any(consent.covers(item, today) for item in SENSITIVE_ITEMS):
        lacks.append(RefusalCode.CONSENT_ITEM_MISSING)
    return lacks
