# SPDX-License-Identifier: GPL-3.0-or-later
"""Clean-up of the values that carry several typed texts."""

from dataclasses import replace
from typing import Any, Final

from pact_desktop.domain.patient import SafeContact
from pact_desktop.domain.referral import ReferralDetails
from pact_desktop.domain.screening import ChildSteps
from pact_desktop.domain.text import NAME_LIMIT, NOTE_LIMIT, SENTENCE_LIMIT, clean

CODE_LIMIT: Final = 40
"""Longest code, language tag or phone number."""


def cleaned_contact(contact: SafeContact) -> SafeContact:
    return replace(
        contact,
        phone=clean(contact.phone, field="phone", limit=CODE_LIMIT),
        safe_hours=clean(contact.safe_hours, field="safe-hours", limit=NAME_LIMIT),
        may_answer=clean(contact.may_answer, field="may-answer", limit=NAME_LIMIT),
        may_say=clean(contact.may_say, field="may-say", limit=SENTENCE_LIMIT),
    )


def cleaned_steps(steps: ChildSteps) -> ChildSteps:
    return replace(
        steps,
        notified_body=clean(steps.notified_body, field="notified-body", limit=NAME_LIMIT),
        notified_person_code=clean(
            steps.notified_person_code, field="notified-person-code", limit=NAME_LIMIT
        ),
        view_in_own_words=clean(
            steps.view_in_own_words, field="own-words", limit=NOTE_LIMIT, lines=True
        ),
        stays_with=clean(steps.stays_with, field="stays-with", limit=NAME_LIMIT),
    )


def cleaned_details(details: ReferralDetails) -> ReferralDetails:
    """Every text of the form within the room it has on paper."""
    texts: dict[str, Any] = {
        name: clean(
            getattr(details, name),
            field=name.replace("_", "-"),
            limit=limit,
            lines=limit > NAME_LIMIT,
        )
        for name, limit in _DETAIL_LIMITS.items()
    }
    return replace(details, **texts)


_DETAIL_LIMITS: Final = {
    "contact_name": NAME_LIMIT,
    "access_needs": SENTENCE_LIMIT,
    "at_facility_until": NAME_LIMIT,
    "location": SENTENCE_LIMIT,
    "citizenship": NAME_LIMIT,
    "papers": NAME_LIMIT,
    "own_words": SENTENCE_LIMIT,
    "staff_observation": SENTENCE_LIMIT,
    "not_known": SENTENCE_LIMIT,
    "done_here": SENTENCE_LIMIT,
    "health_summary": NOTE_LIMIT,
    "safety_arrangements": SENTENCE_LIMIT,
    "withhold_from": NAME_LIMIT,
    "withhold_reason": SENTENCE_LIMIT,
    "caregiver": NAME_LIMIT,
    "caregiver_not_informed_reason": SENTENCE_LIMIT,
}
