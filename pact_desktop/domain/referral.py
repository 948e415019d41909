# SPDX-License-Identifier: GPL-3.0-or-later
"""A referral: from draft to an answer, under a reference that says nothing about anybody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final, NewType

from stdnum.iso7064 import mod_37_36

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.consent import Consent, ConsentItem
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import ServiceId
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.screening import ScreeningId

ReferralId = NewType("ReferralId", str)
Reference = NewType("Reference", str)
"""Seven characters without groups, the last one a check character; shown as `7KQ-42M-X`."""

REFERENCE_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No characters that are read for one another (0 and O, 1 and I)."""
REFERENCE_LENGTH: Final = 7


class Priority(StrEnum):
    EMERGENCY = "emergency"
    URGENT = "urgent"
    ROUTINE = "routine"


ANSWER_WITHIN: Final[dict[Priority, timedelta]] = {
    Priority.EMERGENCY: timedelta(hours=24),
    Priority.URGENT: timedelta(hours=72),
    Priority.ROUTINE: timedelta(days=14),
}

OUTCOME_AFTER_DAYS: Final = (14, 90)
"""When the two slips come back that say what came of it (referral.md 5.6)."""


class FormKind(StrEnum):
    MINIMUM = "minimum"
    FULL = "full"


class Channel(StrEnum):
    """How the paper leaves the facility."""

    BY_HAND = "by-hand"
    BY_PHONE = "by-phone"
    SEALED_MAIL = "sealed-mail"


class ReferralStatus(StrEnum):
    """States of the closed loop (referral.md 5.5)."""

    DRAFT = "draft"
    READY = "ready"
    SENT = "sent"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    IN_PROGRESS = "in-progress"
    OUTCOME = "outcome"
    REDIRECTED = "redirected"
    WITHDRAWN = "withdrawn"
    ENTERED_IN_ERROR = "entered-in-error"


NEXT_STATUS: Final[dict[ReferralStatus, frozenset[ReferralStatus]]] = {
    ReferralStatus.DRAFT: frozenset(
        {ReferralStatus.READY, ReferralStatus.WITHDRAWN, ReferralStatus.ENTERED_IN_ERROR}
    ),
    ReferralStatus.READY: frozenset(
        {
            ReferralStatus.DRAFT,
            ReferralStatus.SENT,
            ReferralStatus.WITHDRAWN,
            ReferralStatus.ENTERED_IN_ERROR,
        }
    ),
    ReferralStatus.SENT: frozenset(
        {
            ReferralStatus.RECEIVED,
            ReferralStatus.ACCEPTED,
            ReferralStatus.DECLINED,
            ReferralStatus.REDIRECTED,
            ReferralStatus.WITHDRAWN,
            ReferralStatus.ENTERED_IN_ERROR,
        }
    ),
    ReferralStatus.RECEIVED: frozenset(
        {
            ReferralStatus.ACCEPTED,
            ReferralStatus.DECLINED,
            ReferralStatus.REDIRECTED,
            ReferralStatus.WITHDRAWN,
        }
    ),
    ReferralStatus.ACCEPTED: frozenset(
        {
            ReferralStatus.IN_PROGRESS,
            ReferralStatus.OUTCOME,
            ReferralStatus.REDIRECTED,
            ReferralStatus.WITHDRAWN,
        }
    ),
    ReferralStatus.IN_PROGRESS: frozenset(
        {ReferralStatus.OUTCOME, ReferralStatus.REDIRECTED, ReferralStatus.WITHDRAWN}
    ),
    ReferralStatus.DECLINED: frozenset({ReferralStatus.REDIRECTED, ReferralStatus.WITHDRAWN}),
    ReferralStatus.OUTCOME: frozenset(),
    ReferralStatus.REDIRECTED: frozenset(),
    ReferralStatus.WITHDRAWN: frozenset(),
    ReferralStatus.ENTERED_IN_ERROR: frozenset(),
}
UNSENT: Final = frozenset({ReferralStatus.DRAFT, ReferralStatus.READY})
PRINTABLE: Final = UNSENT | {ReferralStatus.SENT}
"""A form may be printed, for the first time or again."""
WAITING: Final = frozenset({ReferralStatus.SENT, ReferralStatus.RECEIVED})


class SupportKind(StrEnum):
    """Services asked for (referral.md 5.2, G1)."""

    SAFE_ACCOMMODATION = "safe-accommodation"
    HEALTH = "health"
    MENTAL_HEALTH = "mental-health"
    LEGAL = "legal"
    CHILD_PROTECTION = "child-protection"
    INTERPRETATION = "interpretation"
    BASIC_NEEDS = "basic-needs"
    DOCUMENTS = "documents"
    SAFE_RETURN = "safe-return"
    OTHER = "other"


class ImmediateRisk(StrEnum):
    """Immediate risks the receiver must know at once (F5)."""

    DANGER_NOW = "danger-now"
    RETALIATION = "retaliation"
    SELF_HARM = "self-harm"
    INFECTION = "infection"
    PREGNANCY = "pregnancy"
    WITHDRAWAL = "withdrawal"
    CHILD_IN_DANGER = "child-in-danger"


class Caregiving(StrEnum):
    """A child's situation (E1)."""

    UNACCOMPANIED = "unaccompanied"
    SEPARATED = "separated"
    WITH_CAREGIVER = "with-caregiver"
    NOT_KNOWN = "not-known"


class YesNoUnknown(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class DeclineReason(StrEnum):
    FULL = "full"
    NOT_OUR_MANDATE = "not-our-mandate"
    WRONG_AREA = "wrong-area"
    NOT_ELIGIBLE = "not-eligible"
    SAFETY_CONFLICT = "safety-conflict"
    NO_INTERPRETER = "no-interpreter"
    PERSON_DECLINED = "person-declined"
    OTHER = "other"


class OutcomeCode(StrEnum):
    """What came of it, from slip B (referral.md 5.6)."""

    CONTACT_MADE = "contact-made"
    SERVICE_STARTED = "service-started"
    SAFE_ACCOMMODATION = "safe-accommodation"
    ASSESSMENT_STARTED = "assessment-started"
    STATUS_GRANTED = "status-granted"
    STATUS_NOT_GRANTED = "status-not-granted"
    RETURNED_SAFELY = "returned-safely"
    REFERRED_ON = "referred-on"
    PERSON_DECLINED = "person-declined"
    NOT_REACHED = "not-reached"
    MOVED_AWAY = "moved-away"
    CLOSED_OTHER = "closed-other"


@dataclass(frozen=True, slots=True)
class ReferralDetails:
    """What the form says beyond the record; every text is optional."""

    support: frozenset[SupportKind] = frozenset()
    risks: frozenset[ImmediateRisk] = frozenset()
    companions: YesNoUnknown = YesNoUnknown.NOT_KNOWN
    dependants: YesNoUnknown = YesNoUnknown.NOT_KNOWN
    caregiving: Caregiving = Caregiving.NOT_KNOWN
    contact_name: str = field(default="", repr=False)
    """Named contact or duty line at the receiver (C2)."""
    access_needs: str = field(default="", repr=False)
    at_facility_until: str = field(default="", repr=False)
    location: str = field(default="", repr=False)
    citizenship: str = field(default="", repr=False)
    papers: str = field(default="", repr=False)
    own_words: str = field(default="", repr=False)
    staff_observation: str = field(default="", repr=False)
    not_known: str = field(default="", repr=False)
    exploitation: frozenset[str] = field(default=frozenset(), repr=False)
    done_here: str = field(default="", repr=False)
    health_summary: str = field(default="", repr=False)
    safety_arrangements: str = field(default="", repr=False)
    withhold_from: str = field(default="", repr=False)
    withhold_reason: str = field(default="", repr=False)
    caregiver: str = field(default="", repr=False)
    caregiver_not_informed_reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One step of the loop, in order."""

    status: ReferralStatus
    at: datetime
    by: AccountId
    code: str = ""
    """Decline reason or outcome code, where there is one."""


@dataclass(frozen=True, slots=True)
class IssuedForm:
    """A paper that left, as it was then; its bytes lie beside the names."""

    number: int
    """1 for the form that was sent; each new version counts on."""
    issued_at: datetime
    issued_by: AccountId
    channel: Channel
    paper_locale: str
    service_name: str
    """Name of the receiver as the directory had it."""
    consent: Consent
    """What held for the receiver."""
    digest: str
    """SHA-256 of the bytes."""


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral of one patient to one service (FHIR ServiceRequest)."""

    referral_id: ReferralId
    reference: Reference
    case_number: CaseNumber
    screening_id: ScreeningId | None
    service_id: ServiceId
    priority: Priority
    is_child: bool
    created_at: datetime
    created_by: AccountId
    details: ReferralDetails = field(default_factory=ReferralDetails)
    consents: tuple[Consent, ...] = ()
    """The decision for each recipient that was asked about; police is always its own."""
    form: FormKind = FormKind.MINIMUM
    full_form_reason: str = field(default="", repr=False)
    channel: Channel = Channel.BY_HAND
    paper_locale: str = "en"
    stale_override_reason: str = ""
    history: tuple[StatusChange, ...] = ()
    issues: tuple[IssuedForm, ...] = ()
    """Every version that left, the one that was sent first."""
    lapsed: frozenset[ServiceId] = frozenset()
    """Recipients whose line fell away because the directory gave them another name."""
    stripped_on: date | None = None
    """Since when only the fact of it is kept: its period ended, and somebody confirmed that."""

    @property
    def last_issue(self) -> IssuedForm | None:
        return self.issues[-1] if self.issues else None

    @property
    def consent_told(self) -> Consent:
        """The decision to be shown: what held when the form left, where nothing came after."""
        last = self.last_issue
        return last.consent if last and self.service_id in self.lapsed else self.consent

    @property
    def status(self) -> ReferralStatus:
        return self.history[-1].status if self.history else ReferralStatus.DRAFT

    @property
    def sent_at(self) -> datetime | None:
        return next((c.at for c in self.history if c.status is ReferralStatus.SENT), None)

    @property
    def answer_due_at(self) -> datetime | None:
        return self.sent_at and self.sent_at + ANSWER_WITHIN[self.priority]

    @property
    def outcome_due_at(self) -> datetime | None:
        """When the next slip about the outcome is expected; None unless it was accepted."""
        accepted = next((c.at for c in self.history if c.status is ReferralStatus.ACCEPTED), None)
        first, last = OUTCOME_AFTER_DAYS
        days = {ReferralStatus.ACCEPTED: first, ReferralStatus.IN_PROGRESS: last}.get(self.status)
        return None if accepted is None or days is None else accepted + timedelta(days=days)

    def overdue(self, now: datetime) -> bool:
        due = self.answer_due_at
        return self.status in WAITING and due is not None and now > due

    def consent_for(self, recipient: ServiceId) -> Consent:
        """The decision for a recipient; a fresh "not asked" when there is none."""
        return next((c for c in self.consents if c.recipient == recipient), Consent(recipient))

    @property
    def consent(self) -> Consent:
        return self.consent_for(self.service_id)

    def require_next(self, status: ReferralStatus) -> None:
        """Raises Refusal(REFERRAL_STATE) when the loop cannot go there from here."""
        if status not in NEXT_STATUS[self.status]:
            raise Refusal(RefusalCode.REFERRAL_STATE, status=self.status.value, wanted=status.value)


SENSITIVE_ITEMS: Final = frozenset(ConsentItem) - {
    ConsentItem.AGE_AND_SEX,
    ConsentItem.LANGUAGE,
    ConsentItem.SUPPORT_WANTED,
}
"""Items that only the full form carries."""


def make_reference(random_characters: str) -> Reference | None:
    """A reference from six random characters, or None when it cannot be read out safely.

    Check character: ISO 7064 MOD 37,36, which misses a few swaps of neighbours; what it would
    miss is not given out. The caller draws again on None.
    """
    check = mod_37_36.calc_check_digit(random_characters)
    made = random_characters + check
    if check not in REFERENCE_ALPHABET or any(map(mod_37_36.is_valid, _swaps(made))):
        return None
    return Reference(made)


def _swaps(reference: str) -> Iterator[str]:
    """The reference with each two differing neighbours swapped."""
    for place, (left, right) in enumerate(pairwise(reference)):
        if left != right:
            yield reference[:place] + right + left + reference[place + 2 :]


def parse_reference(typed: str) -> Reference:
    """A typed reference without groups; raises Refusal(REFERENCE_WRONG) on a slip of the hand."""
    compact = "".join(ch for ch in typed.upper() if ch.isalnum())
    if (
        len(compact) != REFERENCE_LENGTH
        or any(ch not in REFERENCE_ALPHABET for ch in compact)
        or not mod_37_36.is_valid(compact)
    ):
        raise Refusal(RefusalCode.REFERENCE_WRONG)
    return Reference(compact)


def show_reference(reference: Reference) -> str:
    """The reference in groups: `7KQ-42M-X`."""
    return f"{reference[:3]}-{reference[3:6]}-{reference[6:]}"
