# SPDX-License-Identifier: GPL-3.0-or-later
"""Over every combination: nothing about a person leaves without a basis for that recipient."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.consent import (
    Capacity,
    Consent,
    ConsentDecision,
    ConsentItem,
    LegalBasis,
)
from pact_desktop.domain.facility import ServiceId, ServiceKind
from pact_desktop.domain.issue_rule import missing_before_issue
from pact_desktop.domain.referral import FormKind
from pact_desktop.domain.referral_fields import legal_basis_stands
from pact_desktop.domain.screening import ChildSteps
from tests.factories import MONDAY_MORNING, a_referral, a_service

TODAY = MONDAY_MORNING.date()
NURSE, DOCTOR = AccountId("nadia"), AccountId("dren")
TOLD = ChildSteps(notified_at=MONDAY_MORNING, notified_body="Centre")

consents = st.builds(
    Consent,
    recipient=st.sampled_from((ServiceId("house"), ServiceId("another"))),
    decision=st.sampled_from(ConsentDecision),
    items=st.frozensets(st.sampled_from(ConsentItem)),
    valid_until=st.sampled_from((None, date(2026, 11, 22), date(2026, 11, 23))),
    capacity=st.sampled_from(Capacity),
    legal_basis=st.sampled_from(LegalBasis),
    second_staff=st.sampled_from((None, NURSE, DOCTOR)),
    reason=st.sampled_from(("", "  ", "He waits outside.")),
    recorded_by=st.just(NURSE),
)
cases = st.fixed_dictionaries(
    {
        "consents": st.lists(consents, max_size=3).map(tuple),
        "is_child": st.booleans(),
        "form": st.sampled_from(FormKind),
        "full_form_reason": st.sampled_from(("", "Lawyer asks.")),
    }
)
kinds = st.sampled_from(ServiceKind)
steps_known = st.sampled_from((ChildSteps(), TOLD, ChildSteps(notified_at=MONDAY_MORNING)))


@given(cases, kinds, steps_known)
def test_what_may_leave_has_a_basis_for_this_recipient(
    case: dict[str, Any], kind: ServiceKind, steps: ChildSteps
) -> None:
    """The rule of issuing and the rule of the fields never disagree."""
    referral, service = a_referral(**case), a_service(kind=kind)
    if missing_before_issue(referral, service, steps, TODAY):
        return
    line = referral.consent
    assert line.in_force(TODAY) or legal_basis_stands(line, is_child=referral.is_child)
    if referral.is_child:
        assert steps == TOLD
    else:
        assert referral.consent.legal_basis is not LegalBasis.CHILD_PROTECTION or (
            referral.consent.in_force(TODAY)
        )
    if referral.form is FormKind.FULL:
        assert referral.full_form_reason


@given(cases, kinds, steps_known)
def test_lines_of_other_recipients_change_nothing(
    case: dict[str, Any], kind: ServiceKind, steps: ChildSteps
) -> None:
    """Consent for one is neither a yes nor a no for another."""
    referral, service = a_referral(**case), a_service(kind=kind)
    own = tuple(line for line in referral.consents if line.recipient == service.service_id)
    alone = a_referral(**(case | {"consents": own}))
    assert missing_before_issue(referral, service, steps, TODAY) == missing_before_issue(
        alone, service, steps, TODAY
    )


@given(consents)
def test_a_consent_in_force_was_given_by_somebody_able_to(consent: Consent) -> None:
    """Given, able to decide, and not run out."""
    if consent.in_force(TODAY):
        assert consent.decision is ConsentDecision.GIVEN
        assert consent.capacity is not Capacity.LACKING
        assert consent.valid_until is None or consent.valid_until >= TODAY
    else:
        assert not any(consent.covers(item, TODAY) for item in ConsentItem)
