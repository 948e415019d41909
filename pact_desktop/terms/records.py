# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for the lines of the activity log and for backups; they name no person."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from pact_desktop.domain.audit import AuditAction, AuditKind, FindingKind
from pact_desktop.domain.backup import BackupDue, BackupKind
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.domain.periods import Kept, Unit
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.i18n.messages import Message, pmsg

RECORDS: Final[Mapping[type[Enum], Mapping[Enum, Message]]] = {
    AuditAction: {
        # Translators: lines of the activity log: what somebody did.
        AuditAction.FACILITY_SET_UP: pmsg("log", "Facility set up"),
        AuditAction.FACILITY_CHANGED: pmsg("log", "Facility details changed"),
        AuditAction.DIRECTORY_ENTRY_CONFIRMED: pmsg("log", "Service confirmed"),
        AuditAction.ACCOUNT_CREATED: pmsg("log", "Account created"),
        AuditAction.ACCOUNT_ENDED: pmsg("log", "Account ended"),
        AuditAction.PASSPHRASE_CHANGED: pmsg("log", "Own passphrase changed"),
        AuditAction.KEY_CHANGE_ASKED: pmsg("log", "Change of keys asked for"),
        AuditAction.KEYS_CHANGED: pmsg("log", "Keys of the records changed"),
        AuditAction.SIGNED_IN: pmsg("log", "Signed in"),
        AuditAction.SIGN_IN_FAILED: pmsg("log", "Sign-in not successful"),
        AuditAction.LOCKED: pmsg("log", "Locked"),
        AuditAction.PATIENTS_SEARCHED: pmsg("log", "Patients searched"),
        AuditAction.PATIENT_REGISTERED: pmsg("log", "Patient registered"),
        AuditAction.PATIENT_CHANGED: pmsg("log", "Patient details changed"),
        AuditAction.PATIENT_SEEN: pmsg("log", "Patient opened"),
        AuditAction.DAY_LIST_SEEN: pmsg("log", "List of the day opened"),
        AuditAction.SCREENING_STARTED: pmsg("log", "Visit started"),
        AuditAction.SCREENING_SEEN: pmsg("log", "Visit opened"),
        AuditAction.VISIT_DETAILS_CHANGED: pmsg("log", "Visit details changed"),
        AuditAction.ANSWER_RECORDED: pmsg("log", "Answer recorded"),
        AuditAction.ANSWER_WITHDRAWN: pmsg("log", "Answer taken back"),
        AuditAction.DRAFT_KEPT: pmsg("log", "Typed text kept"),
        AuditAction.PRIVATE_PART_OPENED: pmsg("log", "Private part opened"),
        AuditAction.PRIVATE_PART_CLOSED: pmsg("log", "Private part closed"),
        AuditAction.BODY_MARK_RECORDED: pmsg("log", "Body map changed"),
        AuditAction.DANGER_RECORDED: pmsg("log", "Safety recorded"),
        AuditAction.JUDGEMENT_RECORDED: pmsg("log", "Summary recorded"),
        AuditAction.OFFERS_RECORDED: pmsg("log", "Offers recorded"),
        AuditAction.OUTCOME_RECORDED: pmsg("log", "Outcome recorded"),
        AuditAction.SCREENING_PAUSED: pmsg("log", "Visit paused"),
        AuditAction.SCREENING_RESUMED: pmsg("log", "Visit resumed"),
        AuditAction.SCREENING_CONCLUDED: pmsg("log", "Visit concluded"),
        AuditAction.REFERRAL_DRAFTED: pmsg("log", "Referral drafted"),
        AuditAction.REFERRAL_SEEN: pmsg("log", "Referral opened"),
        AuditAction.REFERRALS_LISTED: pmsg("log", "Referrals listed"),
        AuditAction.CONSENT_RECORDED: pmsg("log", "Consent recorded"),
        AuditAction.CHILD_NOTIFICATION_RECORDED: pmsg("log", "Call to social work recorded"),
        AuditAction.FORM_ISSUED: pmsg("log", "Form issued"),
        AuditAction.FORM_VERSION_ISSUED: pmsg("log", "Form issued in a new version"),
        AuditAction.FORM_PRINTED_AGAIN: pmsg("log", "Form printed again as a copy"),
        AuditAction.DOCUMENT_ISSUED: pmsg("log", "Document issued"),
        AuditAction.REFERRAL_ANSWERED: pmsg("log", "Answer to a referral recorded"),
        AuditAction.URGENT_CALL_LOGGED: pmsg("log", "Urgent call recorded"),
        AuditAction.RECOVERY_CONFIRMED: pmsg("log", "Recovery sheet confirmed"),
        AuditAction.CONTENT_INSTALLED: pmsg("log", "Question set installed"),
        AuditAction.BACKUP_STARTED: pmsg("log", "Backup started"),
        AuditAction.BACKUP_MADE: pmsg("log", "Backup made"),
        AuditAction.BACKUP_EXAMINED: pmsg("log", "Backup file looked at"),
        AuditAction.BACKUP_TESTED: pmsg("log", "Backup opened with the recovery sheet"),
        AuditAction.BACKUP_RESTORED: pmsg("log", "Records restored from a backup"),
        AuditAction.LOG_SEEN: pmsg("log", "Log opened"),
        AuditAction.LOG_EXPORTED: pmsg("log", "Log saved as a table"),
        AuditAction.LOG_FOUND_CHANGED: pmsg("log", "Log found changed"),
        AuditAction.ACCESS_LISTED: pmsg("log", "Listed who opened a record"),
        AuditAction.PERIODS_CHANGED: pmsg("log", "Periods of keeping changed"),
        AuditAction.DUE_LISTED: pmsg("log", "Listed what was kept long enough"),
        AuditAction.ERASURE_PREPARED: pmsg("log", "Looked at what an erasure takes"),
        AuditAction.RECORD_ERASED: pmsg("log", "Record erased"),
        AuditAction.PERIOD_OVERRULED: pmsg("log", "Erased before the period ended"),
        AuditAction.ERASED_AGAIN: pmsg("log", "Erased again after a restore"),
        AuditAction.COPIES_LISTED: pmsg("log", "Listed the copies to destroy"),
        AuditAction.BACKUP_DESTROYED: pmsg("log", "Backup noted as destroyed"),
        AuditAction.RECORD_SEALED: pmsg("log", "Record closed to all but named staff"),
        AuditAction.RECORD_NAMED: pmsg("log", "Named staff of a closed record changed"),
        AuditAction.RECORD_REKEYED: pmsg("log", "Closed record under a new key"),
        AuditAction.RECORD_UNSEALED: pmsg("log", "Record opened to all nurses and doctors"),
        AuditAction.RECORDS_RECOVERED: pmsg("log", "Closed records opened with the recovery sheet"),
        AuditAction.EMERGENCY_OPENED: pmsg("log", "Closed record opened in an emergency"),
        AuditAction.EMERGENCY_REFUSED: pmsg("log", "Emergency stated, no record opened"),
        AuditAction.EMERGENCY_CLOSED: pmsg("log", "Emergency ended"),
        AuditAction.EMERGENCY_READ: pmsg("log", "Opening in an emergency marked as read"),
        AuditAction.EMERGENCIES_LISTED: pmsg("log", "Listed openings in emergencies"),
    },
    AuditKind: {
        # Translators: kinds of entries of the activity log.
        AuditKind.LOOK: pmsg("log", "Opened"),
        AuditKind.CHANGE: pmsg("log", "Written"),
        AuditKind.EMERGENCY: pmsg("log", "Emergency"),
        AuditKind.PAPER: pmsg("log", "Printed or saved"),
        AuditKind.SIGN_IN: pmsg("log", "Signed in or out"),
        AuditKind.FACILITY: pmsg("log", "Facility and accounts"),
    },
    FindingKind: {
        # Translators: what can be wrong with the activity log, in two or three words.
        FindingKind.ENTRY_CHANGED: pmsg("log", "Entry changed"),
        FindingKind.AUTHOR_UNKNOWN: pmsg("log", "Author not known"),
        FindingKind.ENTRIES_MISSING: pmsg("log", "Entries missing"),
        FindingKind.ORDER_BROKEN: pmsg("log", "Order changed"),
        FindingKind.END_CHANGED: pmsg("log", "End changed"),
        FindingKind.OLDER_COPY: pmsg("log", "Older copy"),
        FindingKind.OTHER_HISTORY: pmsg("log", "Other entries"),
        FindingKind.KEY_BROKEN: pmsg("log", "Not from the first key"),
        FindingKind.EVENT_FORGED: pmsg("log", "Not signed by its author"),
        FindingKind.RESTORED: pmsg("log", "Restored from a backup"),
        FindingKind.NOT_REMEMBERED: pmsg("log", "Not remembered here"),
    },
    Kept: {
        # Translators: what a facility keeps, each for a period of its own.
        Kept.REFERRED: pmsg("keeping", "Visits with a referral"),
        Kept.CONCERN: pmsg("keeping", "Other visits in which something was noted"),
        Kept.NO_CONCERN: pmsg("keeping", "Visits in which nothing was noted"),
        Kept.REFERRAL_COPY: pmsg("keeping", "Copies of referrals that are closed"),
    },
    Unit: {
        # Translators: after a number that is typed beside it: how long something is kept.
        Unit.DAYS: pmsg("period", "days"),
        Unit.MONTHS: pmsg("period", "months"),
        Unit.YEARS: pmsg("period", "years"),
    },
    ErasureReason: {
        # Translators: why one person's record is erased; chosen from a list.
        ErasureReason.PATIENT_ASKED: pmsg("erasure", "The patient asked for it"),
        ErasureReason.SAFETY: pmsg("erasure", "Keeping it may harm the patient"),
        ErasureReason.MISTAKE: pmsg("erasure", "It was entered by mistake"),
    },
    BackupKind: {
        # Translators: why a backup was made.
        BackupKind.ASKED: pmsg("backup", "Made by staff"),
        BackupKind.BEFORE_UPDATE: pmsg("backup", "Made before an update"),
    },
    KeyChangeReason: {
        # Translators: why the keys of the records have to be changed.
        KeyChangeReason.ACCOUNT_ENDED: pmsg("keys", "An account ended"),
        KeyChangeReason.ERASURE: pmsg("keys", "Something was erased"),
        KeyChangeReason.RECORD_CLOSED: pmsg("keys", "A record was closed"),
        KeyChangeReason.ASKED: pmsg("keys", "Asked for by staff"),
    },
    BackupDue: {
        # Translators: whether a backup was made or tested when it should have been.
        BackupDue.IN_TIME: pmsg("backup", "In time"),
        BackupDue.LATE: pmsg("backup", "Late"),
        BackupDue.NEVER: pmsg("backup", "Not yet"),
    },
}
