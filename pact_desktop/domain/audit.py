# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written down about every look and every change."""

from dataclasses import dataclass
from enum import StrEnum

from pact_desktop.domain.patient import CaseNumber


class AuditAction(StrEnum):
    """What was done; FHIR AuditEvent calls this the subtype."""

    FACILITY_SET_UP = "facility-set-up"
    FACILITY_CHANGED = "facility-changed"
    DIRECTORY_ENTRY_CONFIRMED = "directory-entry-confirmed"
    ACCOUNT_CREATED = "account-created"
    ACCOUNT_ENDED = "account-ended"
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


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One thing a person did. `case_number` becomes a keyed pseudonym before it is written."""

    action: AuditAction
    case_number: CaseNumber | None = None
    subject: str = ""
    """A code or random identifier of what was touched; never a name or a typed text."""
    reason: str = ""
    count: int = 1
