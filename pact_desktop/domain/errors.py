# SPDX-License-Identifier: GPL-3.0-or-later
"""How the program says no: a rule refused, or the world failed; always a code, never a sentence."""

from enum import StrEnum
from typing import Final


class RefusalCode(StrEnum):
    """A rule of the facility, the field or the program said no."""

    NOT_ALLOWED = "not-allowed"
    NOT_SET_UP = "not-set-up"
    ALREADY_SET_UP = "already-set-up"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_IN_DELAYED = "sign-in-delayed"
    PASSPHRASE_TOO_SHORT = "passphrase-too-short"
    PASSPHRASE_TOO_COMMON = "passphrase-too-common"
    PASSPHRASE_WRONG = "passphrase-wrong"
    PASSPHRASE_SAME = "passphrase-same"
    RECOVERY_NOT_CONFIRMED = "recovery-not-confirmed"
    RECOVERY_CODE_WRONG = "recovery-code-wrong"
    RECOVERY_CODE_OTHER = "recovery-code-other"
    RESTORE_PLACE_TAKEN = "restore-place-taken"
    FOLDER_MISSING = "folder-missing"
    BACKUP_INSIDE_RECORDS = "backup-inside-records"
    BACKUP_OTHER_FACILITY = "backup-other-facility"
    BACKUP_STOPPED = "backup-stopped"
    BACKUP_UNKNOWN = "backup-unknown"
    ANSWERS_ENDED = "answers-ended"
    ACCOUNT_NAME_TAKEN = "account-name-taken"
    ACCOUNT_UNKNOWN = "account-unknown"
    ACCOUNT_OWN = "account-own"
    ACCOUNT_LAST_FOR_NAMES = "account-last-for-names"
    NAME_MISSING = "name-missing"
    FACILITY_INCOMPLETE = "facility-incomplete"
    BIRTH_DATE_INVALID = "birth-date-invalid"
    BIRTH_DATE_IN_FUTURE = "birth-date-in-future"
    AGE_OUT_OF_RANGE = "age-out-of-range"
    TEXT_TOO_LONG = "text-too-long"
    PATIENT_UNKNOWN = "patient-unknown"
    SCREENING_UNKNOWN = "screening-unknown"
    SCREENING_CLOSED = "screening-closed"
    NOT_PRIVATE = "not-private"
    INTERPRETER_NOT_NEUTRAL = "interpreter-not-neutral"
    LIMITS_NOT_SAID = "limits-not-said"
    INDICATOR_UNKNOWN = "indicator-unknown"
    ANSWER_NOT_OFFERED = "answer-not-offered"
    ITEM_DISABLED = "item-disabled"
    REASON_MISSING = "reason-missing"
    SECOND_READER_MISSING = "second-reader-missing"
    SECOND_STAFF_MISSING = "second-staff-missing"
    BASIS_REASON_MISSING = "basis-reason-missing"
    MARK_INVALID = "mark-invalid"
    SERVICE_UNKNOWN = "service-unknown"
    SERVICE_NOT_CONFIRMED = "service-not-confirmed"
    SERVICE_STALE = "service-stale"
    SERVICE_CLOSED = "service-closed"
    CONSENT_MISSING = "consent-missing"
    CONSENT_OTHER_NAME = "consent-other-name"
    CONSENT_ITEM_MISSING = "consent-item-missing"
    COPY_SAYS_MORE = "copy-says-more"
    CHILD_NOTIFICATION_MISSING = "child-notification-missing"
    COPY_UNSAFE = "copy-unsafe"
    REFERRAL_UNKNOWN = "referral-unknown"
    REFERRAL_STATE = "referral-state"
    REFERENCE_WRONG = "reference-wrong"
    FULL_FORM_REASON_MISSING = "full-form-reason-missing"
    LANGUAGE_NOT_OFFERED = "language-not-offered"
    SET_INVALID = "set-invalid"
    PACK_INVALID = "pack-invalid"
    OWN_RECORD = "own-record"
    NAMED_MISSING = "named-missing"
    NAMED_ALONE = "named-alone"
    NAMED_LEFT_OUT = "named-left-out"
    RECORD_CLOSED = "record-closed"
    REASON_TOO_SHORT = "reason-too-short"
    EMERGENCY_NOT_READ = "emergency-not-read"
    SOME_DAMAGED = "some-damaged"
    SEVERAL_FOUND = "several-found"
    DATE_INVALID = "date-invalid"
    LOG_CODE_WRONG = "log-code-wrong"
    PERIOD_INVALID = "period-invalid"
    PERIOD_BASIS_MISSING = "period-basis-missing"
    PERIOD_RUNS = "period-runs"
    ERASURE_VISIT_OPEN = "erasure-visit-open"
    ERASURE_REFERRAL_OPEN = "erasure-referral-open"
    ERASURE_NOT_CONFIRMED = "erasure-not-confirmed"
    ERASURE_SAME_PERSON = "erasure-same-person"
    ERASURE_NOT_DUE = "erasure-not-due"
    RECORD_NUMBER_WRONG = "record-number-wrong"


class FaultCode(StrEnum):
    """The world said no: a disk, a file, a device."""

    STORAGE_FULL = "storage-full"
    STORAGE_READ_ONLY = "storage-read-only"
    STORAGE_DAMAGED = "storage-damaged"
    STORAGE_FOREIGN = "storage-foreign"
    STORAGE_NEWER = "storage-newer"
    STORAGE_INCOMPLETE = "storage-incomplete"
    STORAGE_IN_USE = "storage-in-use"
    STORAGE_FAILED = "storage-failed"
    UPDATE_NOT_BEGUN = "update-not-begun"
    RECORDS_SET_BACK = "records-set-back"
    BACKUP_FOREIGN = "backup-foreign"
    BACKUP_CUT = "backup-cut"
    BACKUP_DAMAGED = "backup-damaged"
    BACKUP_NEWER = "backup-newer"
    BACKUP_FULL = "backup-full"
    BACKUP_READ_ONLY = "backup-read-only"
    BACKUP_NOT_WRITTEN = "backup-not-written"
    BACKUP_NOT_SETTLED = "backup-not-settled"
    BACKUP_NO_ROOM = "backup-no-room"
    DEVICE_KEY_MISSING = "device-key-missing"
    FILE_NOT_WRITTEN = "file-not-written"
    FILE_NOT_READ = "file-not-read"
    FONT_MISSING = "font-missing"
    GLYPH_MISSING = "glyph-missing"
    FORM_INVALID = "form-invalid"
    CATALOGUE_MISSING = "catalogue-missing"
    PRINTER_FAILED = "printer-failed"


Fact = str | int
"""What a sentence may need to name: a limit, a field, a count. Never a person's data."""


class PactError(Exception):
    """Root of what the program itself raises; shows only its code, so that logs stay clean."""

    def __init__(self, code: RefusalCode | FaultCode, **facts: Fact) -> None:
        super().__init__(code.value)
        self.code: Final = code
        self.facts: Final = facts


class Refusal(PactError):
    """A rule said no; nothing was changed."""

    def __init__(self, code: RefusalCode, **facts: Fact) -> None:
        super().__init__(code, **facts)


class Fault(PactError):
    """The world said no; what was saved before is kept."""

    def __init__(self, code: FaultCode, **facts: Fact) -> None:
        super().__init__(code, **facts)
