# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written down about every look and every change, and what can be wrong with it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from pact_desktop.domain.accounts import Account, AccountId, Role
from pact_desktop.domain.patient import CaseNumber


class AuditKind(StrEnum):
    """What an entry is about, in few words: for a filter and for the patient's own page."""

    LOOK = "look"
    CHANGE = "change"
    EMERGENCY = "emergency"
    """A closed record was opened by two people because somebody needed help at once."""
    PAPER = "paper"
    """Something that can be carried away: printed or saved as a file."""
    SIGN_IN = "sign-in"
    FACILITY = "facility"
    """Accounts, services, question sets, copies: nothing about a patient."""


class AuditAction(StrEnum):
    """What was done; FHIR AuditEvent calls this the subtype."""

    FACILITY_SET_UP = "facility-set-up"
    FACILITY_CHANGED = "facility-changed"
    DIRECTORY_ENTRY_CONFIRMED = "directory-entry-confirmed"
    ACCOUNT_CREATED = "account-created"
    ACCOUNT_ENDED = "account-ended"
    PASSPHRASE_CHANGED = "passphrase-changed"  # noqa: S105 (the name of an action)
    """By its owner."""
    KEY_CHANGE_ASKED = "key-change-asked"
    KEYS_CHANGED = "keys-changed"
    """Of whole files; the count says of how many."""
    SIGNED_IN = "signed-in"
    SIGN_IN_FAILED = "sign-in-failed"
    LOCKED = "locked"
    PATIENTS_SEARCHED = "patients-searched"
    PATIENT_REGISTERED = "patient-registered"
    PATIENT_CHANGED = "patient-changed"
    PATIENT_SEEN = "patient-seen"
    DAY_LIST_SEEN = "day-list-seen"
    SCREENING_STARTED = "screening-started"
    SCREENING_SEEN = "screening-seen"
    VISIT_DETAILS_CHANGED = "visit-details-changed"
    ANSWER_RECORDED = "answer-recorded"
    ANSWER_WITHDRAWN = "answer-withdrawn"
    DRAFT_KEPT = "draft-kept"
    """Words that are not part of the visit yet were kept with it."""
    PRIVATE_PART_OPENED = "private-part-opened"
    PRIVATE_PART_CLOSED = "private-part-closed"
    BODY_MARK_RECORDED = "body-mark-recorded"
    DANGER_RECORDED = "danger-recorded"
    JUDGEMENT_RECORDED = "judgement-recorded"
    OFFERS_RECORDED = "offers-recorded"
    OUTCOME_RECORDED = "outcome-recorded"
    SCREENING_PAUSED = "screening-paused"
    SCREENING_RESUMED = "screening-resumed"
    SCREENING_CONCLUDED = "screening-concluded"
    REFERRAL_DRAFTED = "referral-drafted"
    REFERRAL_SEEN = "referral-seen"
    REFERRALS_LISTED = "referrals-listed"
    CONSENT_RECORDED = "consent-recorded"
    CHILD_NOTIFICATION_RECORDED = "child-notification-recorded"
    FORM_ISSUED = "form-issued"
    FORM_VERSION_ISSUED = "form-version-issued"
    """A form that was sent left once more, as the record stands now."""
    FORM_PRINTED_AGAIN = "form-printed-again"
    """A copy of what was sent."""
    DOCUMENT_ISSUED = "document-issued"
    REFERRAL_ANSWERED = "referral-answered"
    URGENT_CALL_LOGGED = "urgent-call-logged"
    RECOVERY_CONFIRMED = "recovery-confirmed"
    CONTENT_INSTALLED = "content-installed"
    BACKUP_STARTED = "backup-started"
    BACKUP_MADE = "backup-made"
    BACKUP_EXAMINED = "backup-examined"
    BACKUP_TESTED = "backup-tested"
    BACKUP_RESTORED = "backup-restored"
    LOG_SEEN = "log-seen"
    LOG_EXPORTED = "log-exported"
    LOG_FOUND_CHANGED = "log-found-changed"
    """At a sign-in the log was not as it had been written."""
    ACCESS_LISTED = "access-listed"
    """Who opened one record was listed, for the patient."""
    PERIODS_CHANGED = "periods-changed"
    DUE_LISTED = "due-listed"
    """What has been kept long enough was listed."""
    ERASURE_PREPARED = "erasure-prepared"
    """What an erasure would take was looked at."""
    RECORD_ERASED = "record-erased"
    """All of one record, or the visits and copies of it that were due; `subject` is the account
    of who confirmed it."""
    PERIOD_OVERRULED = "period-overruled"
    """A manager let a record go before its period had ended."""
    ERASED_AGAIN = "erased-again"
    """A backup had brought it back."""
    COPIES_LISTED = "copies-listed"
    """Backups that still hold what was erased."""
    BACKUP_DESTROYED = "backup-destroyed"
    RECORD_SEALED = "record-sealed"
    """Only the people who are named can open this record from now on."""
    RECORD_NAMED = "record-named"
    """Somebody was named for a closed record, or is no longer."""
    RECORD_REKEYED = "record-rekeyed"
    """A closed record has a new key, because somebody left or came."""
    RECORD_UNSEALED = "record-unsealed"
    RECORDS_RECOVERED = "records-recovered"
    """Closed records were opened with the recovery sheet."""
    EMERGENCY_OPENED = "emergency-opened"
    EMERGENCY_REFUSED = "emergency-refused"
    """An emergency was stated, and nothing was opened."""
    EMERGENCY_CLOSED = "emergency-closed"
    EMERGENCY_READ = "emergency-read"
    """An opening in an emergency was read and marked as read."""
    EMERGENCIES_LISTED = "emergencies-listed"

    @property
    def kind(self) -> AuditKind:
        return _KINDS.get(self, AuditKind.CHANGE)


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing a person did. `case_number` becomes a keyed pseudonym before it is written."""

    action: AuditAction
    case_number: CaseNumber | None = None
    subject: str = ""
    """A code or random identifier of what was touched; never a name or a typed text."""
    reason: str = ""
    count: int = 1


_KINDS: Final = {
    action: kind
    for kind, actions in {
        AuditKind.LOOK: (
            AuditAction.PATIENTS_SEARCHED,
            AuditAction.PATIENT_SEEN,
            AuditAction.DAY_LIST_SEEN,
            AuditAction.SCREENING_SEEN,
            AuditAction.REFERRAL_SEEN,
            AuditAction.REFERRALS_LISTED,
            AuditAction.LOG_SEEN,
            AuditAction.ACCESS_LISTED,
            AuditAction.DUE_LISTED,
            AuditAction.ERASURE_PREPARED,
            AuditAction.EMERGENCIES_LISTED,
        ),
        AuditKind.EMERGENCY: (
            AuditAction.EMERGENCY_OPENED,
            AuditAction.EMERGENCY_REFUSED,
            AuditAction.EMERGENCY_CLOSED,
            AuditAction.EMERGENCY_READ,
        ),
        AuditKind.PAPER: (
            AuditAction.FORM_ISSUED,
            AuditAction.FORM_VERSION_ISSUED,
            AuditAction.FORM_PRINTED_AGAIN,
            AuditAction.DOCUMENT_ISSUED,
            AuditAction.LOG_EXPORTED,
        ),
        AuditKind.SIGN_IN: (
            AuditAction.SIGNED_IN,
            AuditAction.SIGN_IN_FAILED,
            AuditAction.LOCKED,
        ),
        AuditKind.FACILITY: (
            AuditAction.FACILITY_SET_UP,
            AuditAction.FACILITY_CHANGED,
            AuditAction.DIRECTORY_ENTRY_CONFIRMED,
            AuditAction.ACCOUNT_CREATED,
            AuditAction.ACCOUNT_ENDED,
            AuditAction.PASSPHRASE_CHANGED,
            AuditAction.KEY_CHANGE_ASKED,
            AuditAction.KEYS_CHANGED,
            AuditAction.RECOVERY_CONFIRMED,
            AuditAction.CONTENT_INSTALLED,
            AuditAction.BACKUP_STARTED,
            AuditAction.BACKUP_MADE,
            AuditAction.BACKUP_EXAMINED,
            AuditAction.BACKUP_TESTED,
            AuditAction.BACKUP_RESTORED,
            AuditAction.LOG_FOUND_CHANGED,
            AuditAction.PERIODS_CHANGED,
            AuditAction.COPIES_LISTED,
            AuditAction.BACKUP_DESTROYED,
        ),
    }.items()
    for action in actions
}
"""Everything that is not named here changed a record."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry as it is read back."""

    sequence: int
    recorded_at: datetime
    """By the clock of the computer, with the offset it had then."""
    account_id: AccountId
    session_id: str
    action: AuditAction | None
    """None for an action that this version does not know."""
    record: str = ""
    """Pseudonym of the case; empty when the entry is about none."""
    subject: str = ""
    reason: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries are wanted; what is empty asks for all."""

    person: AccountId | None = None
    kind: AuditKind | None = None
    day: date | None = None
    record: str = ""
    """The pseudonym of a case."""


@dataclass(frozen=True, slots=True)
class LogRow:
    """An entry with whom and what it is about, as far as the reader may know."""

    entry: LogEntry
    account: Account | None
    case_number: CaseNumber | None
    """None also for a case that has neither a visit nor a referral yet."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """A part of the log, newest first."""

    rows: tuple[LogRow, ...]
    more: bool
    end: str
    """Number and letters with which the log ends now, this look included."""


@dataclass(frozen=True, slots=True)
class RecordAccess:
    """One person at one record, from the first entry of a kind to the last in one session."""

    staff_code: str
    """Empty for an account that nobody knows any more."""
    role: Role | None
    kind: AuditKind
    first_at: datetime
    last_at: datetime


class FindingKind(StrEnum):
    """What can be wrong with the log."""

    ENTRY_CHANGED = "entry-changed"
    """It is not what its author signed."""
    AUTHOR_UNKNOWN = "author-unknown"
    """The key file does not know who signed it."""
    ENTRIES_MISSING = "entries-missing"
    ORDER_BROKEN = "order-broken"
    """It was written after another entry than the one that stands before it."""
    END_CHANGED = "end-changed"
    """The log does not end where its own end says."""
    OLDER_COPY = "older-copy"
    """It ends before an entry that was seen in it."""
    OTHER_HISTORY = "other-history"
    """Another entry stands where one was seen."""
    KEY_BROKEN = "key-broken"
    """From here on the entries do not follow from the first key."""
    EVENT_FORGED = "event-forged"
    """What waits in the administrator's name was not signed by that person."""
    RESTORED = "restored"
    """An older copy, put back by somebody who said so in the log."""
    NOT_REMEMBERED = "not-remembered"
    """This computer has forgotten where the log ended for this person."""


@dataclass(frozen=True, slots=True)
class LogFinding:
    """One thing that is not as it should be; `sequence` is the first entry it concerns."""

    kind: FindingKind
    sequence: int = 0
    until: int = 0
    """The last entry it concerns."""
    seen_at: datetime | None = None
    """When the log was seen as it should be."""

    @property
    def serious(self) -> bool:
        """Something was changed or removed; the others only want to be told once."""
        return self.kind not in {FindingKind.RESTORED, FindingKind.NOT_REMEMBERED}


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What a verification did and found."""

    entries: int = 0
    signatures: int = 0
    """How many of them were verified; the links between the entries always all are."""
    findings: tuple[LogFinding, ...] = ()

    @property
    def whole(self) -> bool:
        return not any(finding.serious for finding in self.findings)
