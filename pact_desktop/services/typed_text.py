# SPDX-License-Identifier: GPL-3.0-or-later
"""Clean-up of the values that carry several typed texts."""

from dataclasses import replace
from typing import Any, Final

from pact_desktop.domain.patient import SafeContact
from pact_desktop.domain.referral import ReferralDetails
from pact_desktop.domain.screening import ChildSteps
from pact_desktop.domain.text import CODE_LIMIT, LIMIT_OF, NAME_LIMIT, TypedField, clean
from pact_desktop.storage.referrals import PERSONAL

__all__ = ["CODE_LIMIT", "PERSONAL", "cleaned_contact", "cleaned_details", "cleaned_steps"]

FORM: Final = "form-"
"""Begins the name of a text of the referral in the table of limits."""


def cleaned_contact(contact: SafeContact) -> SafeContact:
    return replace(
        contact,
        phone=clean(contact.phone, field="phone"),
        safe_hours=clean(contact.safe_hours, field="safe-hours"),
        may_answer=clean(contact.may_answer, field="may-answer"),
        may_say=clean(contact.may_say, field="may-say"),
    )


def cleaned_steps(steps: ChildSteps) -> ChildSteps:
    return replace(
        steps,
        notified_body=clean(steps.notified_body, field=TypedField.NOTIFIED_BODY),
        notified_person_code=clean(
            steps.notified_person_code, field=TypedField.NOTIFIED_PERSON_CODE
        ),
        view_in_own_words=clean(steps.view_in_own_words, field=TypedField.CHILD_VIEW, lines=True),
        stays_with=clean(steps.stays_with, field="stays-with", limit=NAME_LIMIT),
    )


def cleaned_details(details: ReferralDetails) -> ReferralDetails:
    """Every text of the form within the room it has on paper."""
    texts: dict[str, Any] = {
        field.removeprefix(FORM).replace("-", "_"): clean(
            getattr(details, field.removeprefix(FORM).replace("-", "_")),
            field=field,
            lines=limit > NAME_LIMIT,
        )
        for field, limit in LIMIT_OF.items()
        if field.startswith(FORM)
    }
    return replace(details, **texts)
