# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says when it cannot do something: what happened, and what to do next."""

from collections.abc import Mapping
from typing import Final

from pact_desktop.domain.errors import FaultCode, PactError, RefusalCode
from pact_desktop.i18n.catalog import Catalog, placeholders
from pact_desktop.i18n.messages import Message, msg

REFUSALS: Final[Mapping[RefusalCode, Message]] = {
    # Translators: sentences for staff, calm and without blame: what happened, what to do.
    RefusalCode.NOT_ALLOWED: msg(
        "Your role does not include this. Ask the manager of the facility."
    ),
    RefusalCode.NOT_SET_UP: msg(
        "This computer is not set up yet. Start with setting up the facility."
    ),
    RefusalCode.ALREADY_SET_UP: msg(
        "This computer is set up already. Sign in, or choose another folder for the records."
    ),
    RefusalCode.SIGN_IN_FAILED: msg("Name or passphrase is not right. Try again."),
    RefusalCode.SIGN_IN_DELAYED: msg(
        "Name or passphrase was not right several times. Time to wait: {seconds} s."
    ),
    RefusalCode.PASSPHRASE_TOO_SHORT: msg(
        "Choose a passphrase with at least {minimum} characters, or take the words offered."
    ),
    RefusalCode.PASSPHRASE_TOO_COMMON: msg(
        "This passphrase is easy to guess. Choose another one, or take the words offered."
    ),
    RefusalCode.PASSPHRASE_WRONG: msg("This is not your present passphrase. Type it again."),
    RefusalCode.PASSPHRASE_SAME: msg("This is your present passphrase. Choose another one."),
    RefusalCode.RECOVERY_NOT_CONFIRMED: msg(
        "The recovery sheet is not confirmed yet. Type the code from the printed sheet."
    ),
    RefusalCode.RECOVERY_CODE_WRONG: msg(
        "The code does not match the recovery sheet. Compare it group by group and type it again."
    ),
    RefusalCode.RECOVERY_CODE_OTHER: msg(
        "This code is from another recovery sheet than the one this backup needs. "
        "Take the sheet that was printed for this facility."
    ),
    RefusalCode.RESTORE_PLACE_TAKEN: msg(
        "There are files in this folder already. They were left as they are. Choose a new folder."
    ),
    RefusalCode.FOLDER_MISSING: msg(
        "There is no folder at this place. Put the stick in, or choose another folder."
    ),
    RefusalCode.BACKUP_INSIDE_RECORDS: msg(
        "A backup beside the records would be lost together with them. "
        "Choose a stick or another folder."
    ),
    RefusalCode.BACKUP_OTHER_FACILITY: msg(
        "This backup belongs to another facility. Choose a backup that was made here."
    ),
    RefusalCode.ANSWERS_ENDED: msg(
        "Not every question was answered. Start again and answer each one on a line of its own."
    ),
    RefusalCode.BACKUP_STOPPED: msg("This was stopped before it was finished. Start it again."),
    RefusalCode.BACKUP_UNKNOWN: msg(
        "This backup is not in the list any more. Open the list again."
    ),
    RefusalCode.ACCOUNT_NAME_TAKEN: msg("This sign-in name is in use. Choose another one."),
    RefusalCode.ACCOUNT_UNKNOWN: msg("This account was not found. Open the list of staff again."),
    RefusalCode.ACCOUNT_OWN: msg("Nobody ends their own account. Another manager can do it."),
    RefusalCode.ACCOUNT_LAST_FOR_NAMES: msg(
        "Nobody else here could open names of patients. "
        "First a new nurse or doctor signs in and is confirmed by this colleague."
    ),
    RefusalCode.NAME_MISSING: msg("Enter a name."),
    RefusalCode.FACILITY_INCOMPLETE: msg(
        "Some facility details are still missing. Add them under facility details."
    ),
    RefusalCode.BIRTH_DATE_INVALID: msg(
        "Enter a full birth date, for example {example}, or an age."
    ),
    RefusalCode.BIRTH_DATE_IN_FUTURE: msg("Enter a birth date that is not in the future."),
    RefusalCode.AGE_OUT_OF_RANGE: msg("Enter an age from 0 to {oldest}."),
    RefusalCode.TEXT_TOO_LONG: msg(
        "The text is too long: {length} of {limit} characters. Shorten it."
    ),
    RefusalCode.PATIENT_UNKNOWN: msg("This patient was not found. Search again by name."),
    RefusalCode.SCREENING_UNKNOWN: msg("This visit was not found. Open it from the list of today."),
    RefusalCode.SCREENING_CLOSED: msg(
        "This visit is finished and stays as it is. Start a new visit to add something."
    ),
    RefusalCode.NOT_PRIVATE: msg(
        "This part waits until the patient is alone with staff. Confirm it in step 3, In private."
    ),
    RefusalCode.INTERPRETER_NOT_NEUTRAL: msg(
        "Say how the interpreter from outside takes part: by phone or in the room."
    ),
    RefusalCode.LIMITS_NOT_SAID: msg(
        "First tell the patient what you must pass on. The words stand beside the step."
    ),
    RefusalCode.INDICATOR_UNKNOWN: msg(
        "This question is not in the question set of the visit. Go back and choose it again."
    ),
    RefusalCode.ANSWER_NOT_OFFERED: msg(
        "This answer does not belong to this question. Choose one of the answers shown."
    ),
    RefusalCode.ITEM_DISABLED: msg(
        "This question is not open. It opens with the answer to an earlier one."
    ),
    RefusalCode.REASON_MISSING: msg("Write one sentence with the reason for the lower level."),
    RefusalCode.SECOND_READER_MISSING: msg(
        "A second clinician reads along before the highest level is lowered. "
        "Ask a colleague to confirm with their own passphrase."
    ),
    RefusalCode.MARK_INVALID: msg(
        "Place the mark on the figure and enter sizes from 1 to {longest} millimetres."
    ),
    RefusalCode.SECOND_STAFF_MISSING: msg(
        "Passing this on without consent is decided by two members of staff. "
        "Ask another colleague to confirm with their own passphrase."
    ),
    RefusalCode.BASIS_REASON_MISSING: msg(
        "Write one sentence with the reason for passing this on without consent."
    ),
    RefusalCode.SERVICE_UNKNOWN: msg(
        "This service is not in the list of this facility. Choose another one."
    ),
    RefusalCode.SERVICE_NOT_CONFIRMED: msg(
        "This service was not checked by the facility yet. "
        "Call it, then ask the manager to confirm the entry."
    ),
    RefusalCode.SERVICE_STALE: msg(
        "Days since this service was last checked: {days}. "
        "Call it first, then give a reason to print."
    ),
    RefusalCode.SERVICE_CLOSED: msg(
        "The manager marked this service as no longer working. Choose another one."
    ),
    RefusalCode.CONSENT_MISSING: msg(
        "The patient has not agreed to this recipient. Ask the patient, line by line."
    ),
    RefusalCode.CONSENT_OTHER_NAME: msg(
        "This service has another name now. Ask the patient again; after sending, prepare a new "
        "referral."
    ),
    RefusalCode.CONSENT_ITEM_MISSING: msg(
        "The patient has not agreed to pass this on. Ask about this line, or leave it out."
    ),
    RefusalCode.COPY_SAYS_MORE: msg(
        'The page that left says more than may be passed on now. Choose "New version" instead.'
    ),
    RefusalCode.CHILD_NOTIFICATION_MISSING: msg(
        "For a patient under 18 the centre for social work is called first. "
        "Call, then enter who took the call."
    ),
    RefusalCode.COPY_UNSAFE: msg(
        "A copy is not safe here: the person who came along may be involved. "
        "Keep it at the facility."
    ),
    RefusalCode.REFERRAL_UNKNOWN: msg("This referral was not found. Search by its reference."),
    RefusalCode.REFERRAL_STATE: msg(
        "The referral cannot take this step now. Look at its state and choose another step."
    ),
    RefusalCode.REFERENCE_WRONG: msg(
        "This code does not fit any referral. Check the last character."
    ),
    RefusalCode.FULL_FORM_REASON_MISSING: msg(
        "Give a reason for the full form, or use the smallest form."
    ),
    RefusalCode.LANGUAGE_NOT_OFFERED: msg(
        "There is no text in this language yet. Choose another language or use an interpreter."
    ),
    RefusalCode.SET_INVALID: msg(
        "The question set in {file} cannot be used: {problem}. "
        "Ask its publisher for a corrected one."
    ),
    RefusalCode.PACK_INVALID: msg(
        "The content in {file} cannot be used: {problem}. Ask its publisher for a corrected one."
    ),
    RefusalCode.OWN_RECORD: msg(
        "Nobody opens or keeps a record about themselves. Ask a colleague to do this."
    ),
    RefusalCode.NAMED_MISSING: msg("Choose at least one nurse or doctor for this record."),
    RefusalCode.NAMED_ALONE: msg(
        "Choose at least two people: nobody else would find this record on a day when that one "
        "person is not here."
    ),
    RefusalCode.NAMED_LEFT_OUT: msg(
        "You are not among the chosen people, so you could not open this record any more. "
        "Choose yourself as well; a colleague can take you off the list later."
    ),
    RefusalCode.RECORD_CLOSED: msg(
        "This record is closed already. Change who may open it instead."
    ),
    RefusalCode.REASON_TOO_SHORT: msg(
        "Write the reason in one sentence that a colleague can follow."
    ),
    RefusalCode.SEVERAL_FOUND: msg(
        "Several records fit. Type the number of the record instead of the name."
    ),
    RefusalCode.EMERGENCY_NOT_READ: msg(
        "This record was opened in an emergency, and not everybody who has to has read that yet. "
        "Start from Today and read it first, and ask a manager to do the same."
    ),
    RefusalCode.SOME_DAMAGED: msg(
        "Nothing fits among the records that you two can open. Not every one could be looked "
        "through: closed records that are damaged or were replaced: {count}. Tell the manager: a "
        "backup from before may hold them whole."
    ),
    RefusalCode.DATE_INVALID: msg("Enter a full date, for example {example}."),
    RefusalCode.LOG_CODE_WRONG: msg(
        "This is not a number of the log. Compare it with the paper letter by letter."
    ),
    RefusalCode.PERIOD_INVALID: msg(
        "Enter a number from 1 to {longest}, or leave the period open."
    ),
    RefusalCode.PERIOD_BASIS_MISSING: msg(
        "Write which law or rule sets this period, or leave the period open."
    ),
    RefusalCode.PERIOD_RUNS: msg(
        "A period of this facility still runs for this record. "
        "Only the manager can let it go before, and confirms that here."
    ),
    RefusalCode.ERASURE_VISIT_OPEN: msg(
        "A visit of this patient was not ended yet. End it first, then erase the record."
    ),
    RefusalCode.ERASURE_REFERRAL_OPEN: msg(
        "A referral of this patient still waits for an answer or an outcome. "
        "Enter it under Follow-up, or withdraw the referral, then erase the record."
    ),
    RefusalCode.ERASURE_NOT_CONFIRMED: msg(
        "What was typed is not the name of this patient. Compare it and type it again."
    ),
    RefusalCode.ERASURE_SAME_PERSON: msg(
        "Nobody erases a record alone. Ask a colleague or the manager to confirm it."
    ),
    RefusalCode.ERASURE_NOT_DUE: msg(
        "Nothing of this record is due any more. Open the list again."
    ),
    RefusalCode.RECORD_NUMBER_WRONG: msg(
        "A record number has {length} letters and digits. Compare it with the list, one per line."
    ),
}
FAULTS: Final[Mapping[FaultCode, Message]] = {
    # Translators: sentences for staff when a disk, a file or a printer fails.
    FaultCode.STORAGE_FULL: msg(
        "The disk is full, so the last entry was not kept. Free some space, then try again."
    ),
    FaultCode.STORAGE_READ_ONLY: msg(
        "The records cannot be written here. Ask the IT administrator about access to the folder."
    ),
    FaultCode.STORAGE_DAMAGED: msg(
        "The records could not be read in full. Nothing was changed. "
        "Work on paper and call the IT administrator."
    ),
    FaultCode.STORAGE_FOREIGN: msg(
        "The files in this folder do not belong to this facility's records. "
        "Nothing was changed. Call the IT administrator."
    ),
    FaultCode.STORAGE_NEWER: msg(
        "The records were written by a newer version of this program. "
        "Nothing was changed. Install the newer version."
    ),
    FaultCode.STORAGE_INCOMPLETE: msg(
        "A part of the records is missing from the folder. "
        "Nothing was changed. Call the IT administrator."
    ),
    FaultCode.STORAGE_IN_USE: msg(
        # Translators: “Intake” is the title of the window, as you have translated it.
        "The records are already open in another window of this program. Look for “Intake” in "
        "the task bar and go on there, or close it and try again. If it is not there, somebody "
        "else is signed in to this computer: ask them to close it."
    ),
    FaultCode.STORAGE_FAILED: msg(
        "The last entry could not be kept. Try again; if it happens again, work on paper "
        "and call the IT administrator."
    ),
    FaultCode.UPDATE_NOT_BEGUN: msg(
        "This version first makes a backup and then updates the records. The backup could not "
        "be made, so nothing was changed. Free some space on this computer, then sign in again."
    ),
    FaultCode.RECORDS_SET_BACK: msg(
        "The records on this computer lack something that this backup holds: they may have been "
        "replaced by an older copy. Nothing was changed. Call the IT administrator."
    ),
    FaultCode.BACKUP_FOREIGN: msg(
        "This file is not a backup of this program. Choose a file that ends in {ending}."
    ),
    FaultCode.BACKUP_CUT: msg(
        "The end of this backup is missing: it was not copied in full. "
        "Copy it again from where it was made, or take another backup."
    ),
    FaultCode.BACKUP_DAMAGED: msg(
        "This backup is damaged and cannot be used. Nothing was changed. Take another backup."
    ),
    FaultCode.BACKUP_NEWER: msg(
        "This backup was made by a newer version of this program. Install the newer version."
    ),
    FaultCode.BACKUP_FULL: msg(
        "There is not enough space for the backup. Free some space there, or take another stick."
    ),
    FaultCode.BACKUP_READ_ONLY: msg(
        "The backup cannot be written there. Switch off the write protection of the stick, "
        "or choose another folder."
    ),
    FaultCode.BACKUP_NOT_WRITTEN: msg(
        "The backup could not be written. Put the stick in again or take another one, "
        "then try again."
    ),
    FaultCode.BACKUP_NOT_SETTLED: msg(
        "Work of a nurse or doctor was cut off and waits to be put in order. "
        "One of them signs in once, then make the backup again."
    ),
    FaultCode.BACKUP_NO_ROOM: msg(
        "There is not enough space on this computer to open the backup. "
        "Free some space, then try again."
    ),
    FaultCode.DEVICE_KEY_MISSING: msg(
        "The records cannot be opened on this computer. Have the recovery sheet ready "
        "and call the IT administrator."
    ),
    FaultCode.FILE_NOT_WRITTEN: msg(
        "The file could not be written. Choose another folder, then try again."
    ),
    FaultCode.FILE_NOT_READ: msg("The file could not be read. Choose another file."),
    FaultCode.FONT_MISSING: msg(
        "A font of the program is missing, so nothing can be shown or printed. "
        "Install the program again."
    ),
    FaultCode.GLYPH_MISSING: msg(
        "A character cannot be printed. Write it in another way, then print again."
    ),
    FaultCode.FORM_INVALID: msg(
        "A part of the program is incomplete and this screen cannot open. Install it again."
    ),
    FaultCode.CATALOGUE_MISSING: msg(
        "The words of this language could not be read. The program goes on in English."
    ),
    FaultCode.PRINTER_FAILED: msg(
        "The printer did not take the page. Check the printer, then print again."
    ),
}
_DEFAULT_FACTS: Final[Mapping[str, str | int]] = {
    "example": "23.11.1998",
    "ending": ".intake-backup",
}


def sentence(catalog: Catalog, error: PactError) -> str:
    """What happened and what to do, for the person at the screen or the command line."""
    code = error.code
    text = (REFUSALS[code] if isinstance(code, RefusalCode) else FAULTS[code]).of(catalog)
    facts = {**_DEFAULT_FACTS, **error.facts}
    unknown = (placeholders(text) or frozenset()) - facts.keys()
    return text.format(**dict.fromkeys(unknown, "…"), **facts)
