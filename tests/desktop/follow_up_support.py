# SPDX-License-Identifier: GPL-3.0-or-later
"""Referrals of invented patients on their way: late, waiting, accepted, not accepted, closed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pact_desktop.domain.consent import Consent, ConsentDecision, ConsentItem
from pact_desktop.domain.facility import ServiceId
from pact_desktop.domain.referral import (
    Channel,
    DeclineReason,
    OutcomeCode,
    Priority,
    Referral,
    ReferralStatus,
    show_reference,
)
from pact_desktop.services import referrals
from tests.desktop.refer_support import HOSPITAL, HOUSE, LEGAL_AID, SOCIAL_WORK, visit_of
from tests.factories import SteppableClock

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

_PLAIN = frozenset({ConsentItem.AGE_AND_SEX, ConsentItem.LANGUAGE, ConsentItem.SUPPORT_WANTED})


@dataclass(frozen=True, slots=True)
class Sent:
    """Referrals by what became of them."""

    late: Referral
    received: Referral
    waiting: Referral
    accepted: Referral
    declined: Referral
    closed: Referral

    @property
    def references(self) -> list[str]:
        """As the list shows them: late, waiting, a new place, under way, closed."""
        ordered = (
            self.late, self.received, self.waiting, self.declined, self.accepted, self.closed,
        )  # fmt: skip
        return [show_reference(one.reference) for one in ordered]


def send(session: "Session", service: ServiceId, priority: Priority) -> Referral:
    """Agreed to and printed; its answer is waited for from now on."""
    visit, _ = visit_of(session, language="en")
    draft = referrals.draft_referral(session, visit.screening_id, service, priority)
    agreed = Consent(service, ConsentDecision.GIVEN, items=_PLAIN)
    referrals.record_consent(session, draft.referral_id, agreed)
    referrals.issue_form(session, draft.referral_id, channel=Channel.BY_HAND, paper_locale="en")
    return referrals.load_referral(session, draft.referral_id)


def send_some(session: "Session", clock: SteppableClock) -> Sent:
    """Over five days, so that the clocks of all of them differ."""

    def answer(referral: Referral, status: ReferralStatus, code: str = "") -> None:
        referrals.answer_referral(session, referral.referral_id, status, code)

    closed = send(session, HOSPITAL, Priority.ROUTINE)
    clock.step(hours=5)
    declined = send(session, HOUSE, Priority.URGENT)
    late = send(session, HOUSE, Priority.URGENT)
    clock.step(days=1)
    accepted = send(session, SOCIAL_WORK, Priority.EMERGENCY)
    answer(accepted, ReferralStatus.ACCEPTED)
    answer(closed, ReferralStatus.ACCEPTED)
    answer(closed, ReferralStatus.OUTCOME, OutcomeCode.SERVICE_STARTED)
    answer(declined, ReferralStatus.RECEIVED)
    answer(declined, ReferralStatus.DECLINED, DeclineReason.FULL)
    clock.step(days=2, hours=6)
    waiting = send(session, LEGAL_AID, Priority.ROUTINE)
    received = send(session, HOSPITAL, Priority.EMERGENCY)
    clock.step(hours=21)
    answer(received, ReferralStatus.RECEIVED)
    return Sent(late, received, waiting, accepted, declined, closed)
