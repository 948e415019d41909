# SPDX-License-Identifier: GPL-3.0-or-later
"""The activity log in sentences: what an entry was about, and what is wrong with the log."""

from collections.abc import Callable, Mapping
from typing import Final

from pact_desktop.domain.audit import (
    AuditAction,
    FindingKind,
    LogEntry,
    LogFinding,
    RecordAccess,
)
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import REFERENCE_LENGTH, Reference, show_reference
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date, format_datetime, format_time
from pact_desktop.i18n.messages import Message, msg, pmsg
from pact_desktop.terms import term

_GROUP: Final = 4
_LETTERS_OF_RECORD: Final = 2 * _GROUP
"""So many stand for a record whose number the reader cannot know."""

DOCUMENTS: Final[Mapping[str, Message]] = {
    # Translators: kinds of papers in the activity log.
    "card": pmsg("paper", "Patient card"),
    "visit-slip": pmsg("paper", "Visit slip"),
    "visit-note": pmsg("paper", "Note of the visit"),
    "consent-page": pmsg("paper", "Consent page"),
    "contacts": pmsg("paper", "Urgent numbers"),
    "log": pmsg("paper", "Log"),
    "access": pmsg("paper", "Page of who opened a record"),
    "person-copy": pmsg("paper", "Copy of a patient’s data"),
    "person-file": pmsg("paper", "File of a patient’s data"),
    "copies": pmsg("paper", "List of old backups"),
}
_REFERRALS: Final = frozenset(
    {
        AuditAction.FORM_ISSUED,
        AuditAction.FORM_VERSION_ISSUED,
        AuditAction.FORM_PRINTED_AGAIN,
        AuditAction.REFERRAL_DRAFTED,
        AuditAction.REFERRAL_SEEN,
        AuditAction.REFERRAL_ANSWERED,
        AuditAction.CONSENT_RECORDED,
    }
)
_ACCOUNTS: Final = frozenset(
    {AuditAction.ACCOUNT_CREATED, AuditAction.ACCOUNT_ENDED, AuditAction.PASSPHRASE_CHANGED}
)
_NO_LIST: Final = "counts"
"""How many visits wait, and nobody in particular."""
_LISTS: Final = frozenset({AuditAction.PATIENTS_SEARCHED, AuditAction.DAY_LIST_SEEN})

_ONE: Final[Mapping[FindingKind, Message]] = {
    # Translators: what is wrong with the activity log; {first} and {last} are numbers of entries.
    FindingKind.ENTRY_CHANGED: msg("Entry {first} is not as it was written."),
    FindingKind.AUTHOR_UNKNOWN: msg("Nobody known to the key file has signed entry {first}."),
    FindingKind.ENTRIES_MISSING: msg("Entry {first} is missing."),
    FindingKind.ORDER_BROKEN: msg("Entry {first} does not follow from the one before it."),
    FindingKind.END_CHANGED: msg("The log does not end where it says: after entry {first}."),
    FindingKind.OLDER_COPY: msg(
        "Entry {first}, which was seen in this log, is missing. It may be an older copy."
    ),
    FindingKind.OTHER_HISTORY: msg("Entry {last} is another one than was seen in this log."),
    FindingKind.KEY_BROKEN: msg("Entry {first} does not follow from the first key of the log."),
    FindingKind.EVENT_FORGED: msg(
        "Something stands in the name of somebody who did not sign it. It was not taken over."
    ),
    FindingKind.RESTORED: msg(
        "The records were put back from a backup on {date}. "
        "What was entered after that backup was made is no longer here."
    ),
    FindingKind.NOT_REMEMBERED: msg(
        "This computer does not remember how the log ended when you were here on {date}. "
        "The manager compares the number of the log with the last one on paper."
    ),
}
_SEVERAL: Final[Mapping[FindingKind, Message]] = {
    # Translators: the same for several entries in a row.
    FindingKind.ENTRY_CHANGED: msg("Entries {first} to {last} are not as they were written."),
    FindingKind.AUTHOR_UNKNOWN: msg(
        "Nobody known to the key file has signed entries {first} to {last}."
    ),
    FindingKind.ENTRIES_MISSING: msg("Entries {first} to {last} are missing."),
    FindingKind.ORDER_BROKEN: msg(
        "Entries {first} to {last} do not follow from the ones before them."
    ),
    FindingKind.OLDER_COPY: msg(
        "Entries {first} to {last}, which were seen in this log, are missing. "
        "It may be an older copy."
    ),
    FindingKind.KEY_BROKEN: msg(
        "Entries {first} to {last} do not follow from the first key of the log."
    ),
}


def finding_sentence(catalog: Catalog, finding: LogFinding) -> str:
    """What is wrong, for the manager on the screen and on the command line."""
    several = finding.until > finding.sequence and finding.kind in _SEVERAL
    words = (_SEVERAL if several else _ONE)[finding.kind].of(catalog)
    seen = finding.seen_at
    date = format_date(seen.date(), catalog.locale) if seen else "…"
    return words.format(first=finding.sequence, last=finding.until, date=date)


def action_words(catalog: Catalog, entry: LogEntry) -> str:
    """What was done; an action of a later version is told as one."""
    if entry.action is None:
        # Translators: in the activity log, for something this version has no word for.
        return catalog.pgettext("log", "Not known to this version")
    return term(catalog, entry.action)


def detail_words(catalog: Catalog, entry: LogEntry) -> str:
    """What it was done to, as far as that is no secret: never a question or an answer."""
    if entry.action in _ACCOUNTS:
        return entry.subject
    if entry.action in _REFERRALS and len(entry.subject) == REFERENCE_LENGTH:
        return show_reference(Reference(entry.subject))
    if entry.action is AuditAction.DOCUMENT_ISSUED and entry.subject in DOCUMENTS:
        return DOCUMENTS[entry.subject].of(catalog)
    count = _COUNTED.get(entry.action) if entry.action else None
    return count(catalog, entry.count) if count and entry.subject != _NO_LIST else ""


def access_when(access: RecordAccess, locale: str) -> str:
    """`23.11.2026, 08:30` or `23.11.2026, 08:30–08:52`."""
    begun, until = format_datetime(access.first_at, locale), format_time(access.last_at)
    return begun if begun.endswith(until) else f"{begun}–{until}"


def access_who(access: RecordAccess, catalog: Catalog) -> str:
    """`Nurse N01`: role and code, never a name."""
    role = term(catalog, access.role) if access.role else ""
    return f"{role} {access.staff_code}".strip() or "?"


def case_words(case_number: CaseNumber) -> str:
    """The number of a record in groups of four."""
    return "-".join(case_number[at : at + _GROUP] for at in range(0, len(case_number), _GROUP))


def record_words(record: str) -> str:
    """Letters for a record whose number the reader cannot know; the same for the same record."""
    letters = record[:_LETTERS_OF_RECORD].upper()
    return f"({letters[:_GROUP]}-{letters[_GROUP:]})" if letters else ""


def _shown(catalog: Catalog, count: int) -> str:
    # Translators: in the activity log, how many patients a list or a search has shown.
    return catalog.ngettext("{n} patient shown", "{n} patients shown", count).format(n=count)


def _attempts(catalog: Catalog, count: int) -> str:
    # Translators: in the activity log, how often somebody tried to sign in.
    return catalog.ngettext("{n} attempt", "{n} attempts", count).format(n=count)


def _places(catalog: Catalog, count: int) -> str:
    # Translators: in the activity log, at how many places the log itself was changed.
    return catalog.ngettext("at {n} place", "at {n} places", count).format(n=count)


_COUNTED: Final[Mapping[AuditAction, Callable[[Catalog, int], str]]] = {
    **dict.fromkeys(_LISTS, _shown),
    AuditAction.SIGN_IN_FAILED: _attempts,
    AuditAction.LOG_FOUND_CHANGED: _places,
}
