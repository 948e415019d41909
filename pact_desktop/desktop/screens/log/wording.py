# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of the log, by what they were chosen, and the state of the log, in words."""

from collections.abc import Mapping
from datetime import datetime

from pact_desktop.desktop.screens.log.side import EntryText
from pact_desktop.desktop.widgets import Row
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.accounts import Account, AccountId
from pact_desktop.domain.audit import LogCheck, LogFilter, LogRow
from pact_desktop.i18n.formats import format_date, format_datetime, format_moment
from pact_desktop.terms import term
from pact_desktop.terms.log import (
    action_words,
    case_words,
    detail_words,
    finding_sentence,
    record_words,
)


def row_of(row: LogRow, now: datetime) -> Row:
    """A line of the list; its key is the number of the entry."""
    return Row(
        row.entry.sequence,
        (
            format_moment(row.entry.recorded_at, now, catalog()),
            _who(row),
            _what(row),
            _record(row),
        ),
    )


def entry_text(row: LogRow, wanted: LogFilter) -> EntryText:
    """One entry in full; `wanted` is what the list is narrowed to already."""
    entry, account = row.entry, row.account
    who = _who(row)
    if account is not None:
        who = f"{who} · {term(catalog(), account.role)} · {account.staff_code}"
    record = _record(row)
    unknown = bool(record) and row.case_number is None
    return EntryText(
        what=_what(row),
        who=who,
        when=format_datetime(entry.recorded_at, catalog().locale),
        number=tr("Entry {number}").format(number=entry.sequence),
        record=tr("Record {number}").format(number=record) if record else "",
        note=tr("No visit has this record yet. The letters stand for it in the log alone.")
        if unknown
        else "",
        can_narrow_person=account is not None and wanted.person is None,
        can_narrow_record=bool(record) and not wanted.record,
    )


def state_words(check: LogCheck) -> tuple[str, tuple[str, ...]]:
    """The verdict of this sign-in, and what was found."""
    if check.whole:
        verdict = tr("The log is as it was written. Entries checked: {count}").format(
            count=check.entries
        )
    else:
        verdict = tr("The log is not as it was written. Keep this computer as it is.")
    return verdict, tuple(finding_sentence(catalog(), finding) for finding in check.findings)


def chosen_words(
    wanted: LogFilter, people: Mapping[AccountId, Account], record: str
) -> tuple[str, ...]:
    """By what the entries on a paper were chosen; staff by code, as on every paper."""
    found = []
    if wanted.person is not None and wanted.person in people:
        account = people[wanted.person]
        role = term(catalog(), account.role)
        found.append(tr("Only: {who}").format(who=f"{role} {account.staff_code}"))
    if wanted.kind is not None:
        found.append(tr("Only: {kind}").format(kind=term(catalog(), wanted.kind)))
    if wanted.day is not None:
        day = format_date(wanted.day, catalog().locale)
        found.append(tr("Only: {day}").format(day=day))
    if wanted.record:
        found.append(tr("Only record {number}").format(number=record))
    return tuple(found)


def _who(row: LogRow) -> str:
    # Translators: in place of a name in the activity log, when the account is not known.
    return row.account.display_name if row.account else tr("not known")


def _what(row: LogRow) -> str:
    detail = detail_words(catalog(), row.entry)
    words = action_words(catalog(), row.entry)
    return f"{words}: {detail}" if detail else words


def _record(row: LogRow) -> str:
    return case_words(row.case_number) if row.case_number else record_words(row.entry.record)
