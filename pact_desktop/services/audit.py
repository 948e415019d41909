# SPDX-License-Identifier: GPL-3.0-or-later
"""The activity log, for the manager: read, compared with paper, printed, saved as a table.

Whoever looks into the log is written down in it, before anything of it is shown.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Final

from pact_desktop.documents.log_print import LogPrint, PrintedEntry, render_log
from pact_desktop.domain.accounts import Compartment, Permission
from pact_desktop.domain.audit import (
    AuditAction,
    AuditEvent,
    AuditKind,
    LogCheck,
    LogEntry,
    LogFilter,
    LogPage,
    LogRow,
)
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import parse_reference
from pact_desktop.domain.text import CODE_LIMIT, clean
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date, format_time
from pact_desktop.interchange.csv_table import csv_table
from pact_desktop.services.documents import paper_catalog
from pact_desktop.services.facility import facility
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log, referrals
from pact_desktop.storage.accounts import load_accounts
from pact_desktop.storage.audit_anchor import parse_anchor
from pact_desktop.storage.audit_check import holds
from pact_desktop.storage.audit_reading import Stretch, newest_first, records_by_pseudonym
from pact_desktop.storage.store import Transaction
from pact_desktop.terms import term
from pact_desktop.terms.log import action_words, case_words, detail_words, record_words

SHOWN_AT_ONCE: Final = 200
MOST_PRINTED: Final = 1_000
"""Twenty pages; whoever needs more saves the table."""


def log_check(session: Session) -> LogCheck:
    """What was found in the log when this person signed in; for everybody."""
    return session.store.log_check


def read_log(
    session: Session,
    wanted: LogFilter | None = None,
    *,
    before: int | None = None,
    limit: int = SHOWN_AT_ONCE,
) -> LogPage:
    """The newest entries that fit, or those before an entry number. Raises Refusal(NOT_ALLOWED)."""
    chosen = wanted or LogFilter()
    with _looking(session, chosen, AuditAction.LOG_SEEN) as connection:
        rows = list(islice(_rows(connection, session, chosen, before), limit + 1))
        end = audit_log.head(connection).anchor
    return LogPage(tuple(rows[:limit]), len(rows) > limit, end)


def find_record(session: Session, typed: str) -> str:
    """What stands in the log for a record number or the reference of a referral; empty for none.

    Raises Refusal(NOT_ALLOWED), Refusal(TEXT_TOO_LONG).
    """
    session.require(Permission.READ_AUDIT)
    text = clean(typed, field="record", limit=CODE_LIMIT).upper()
    compact = "".join(letter for letter in text if letter.isalnum())
    if not compact:
        return ""
    with session.store.reading_config() as connection:
        number = _case_of_reference(connection, compact) or CaseNumber(compact)
        return audit_log.pseudonym(connection, number)


def log_code_fits(session: Session, typed: str) -> bool:
    """Whether the log stood as a paper says when that paper was printed.

    Raises Refusal(LOG_CODE_WRONG) for a slip of the pen, Refusal(NOT_ALLOWED).
    """
    session.require(Permission.READ_AUDIT)
    anchor = parse_anchor(typed)
    with session.store.reading_config() as connection:
        return holds(connection, anchor)


def print_log(
    session: Session, wanted: LogFilter, locale: str, chosen: tuple[str, ...] = ()
) -> IssuedDocument:
    """The newest entries that fit, on paper; `chosen` says on it by what they were chosen.

    Raises Refusal: NOT_ALLOWED, LANGUAGE_NOT_OFFERED.
    """
    catalog = paper_catalog(locale)
    with _looking(session, wanted, AuditAction.DOCUMENT_ISSUED, subject="log") as connection:
        found = list(islice(_rows(connection, session, wanted, None), MOST_PRINTED + 1))
        end = audit_log.head(connection).anchor
    pdf = render_log(
        LogPrint(
            facility_name=facility(session).name,
            entries=[_printed(row, catalog) for row in found[:MOST_PRINTED]],
            chosen=chosen,
            left_out=len(found) > MOST_PRINTED,
            end=end,
            printed_at=session.now,
            staff_code=session.account.staff_code,
        ),
        catalog,
    )
    return IssuedDocument("log.pdf", pdf)


def export_log(session: Session, wanted: LogFilter, catalog: Catalog) -> bytes:
    """Every entry that fits, as a table for a spreadsheet; the last line says where the log ended.

    Raises Refusal(NOT_ALLOWED).
    """
    with _looking(session, wanted, AuditAction.LOG_EXPORTED) as connection:
        rows = [_cells(row, catalog) for row in _rows(connection, session, wanted, None)]
        end = audit_log.head(connection).anchor
    pgettext = catalog.pgettext
    header = (
        # Translators: heads of the columns of the activity log.
        pgettext("log", "No."),
        pgettext("log", "Date"),
        pgettext("log", "Time"),
        pgettext("log", "Who"),
        pgettext("log", "Role"),
        pgettext("log", "Kind"),
        pgettext("log", "What"),
        pgettext("log", "About"),
        pgettext("log", "Record"),
    )
    # Translators: on a page of the activity log; {code} is like 01482-K7Q-X2M-FA7.
    last = catalog.gettext("Number of the log: {code}").format(code=end)
    return csv_table(header, [*rows, (last, *[""] * (len(header) - 1))])


@contextmanager
def _looking(
    session: Session, wanted: LogFilter, action: AuditAction, *, subject: str = ""
) -> Iterator[Transaction]:
    """The look is in the log before the body sees an entry."""
    session.require(Permission.READ_AUDIT)
    with session.store.reading_config() as connection:
        number = records_by_pseudonym(connection).get(wanted.record) if wanted.record else None
    with session.store.reading(AuditEvent(action, number, subject)) as connection:
        yield connection


def _rows(
    connection: Transaction, session: Session, wanted: LogFilter, before: int | None
) -> Iterator[LogRow]:
    accounts = {account.account_id: account for account in load_accounts(connection)}
    known = session.store.holds(Compartment.CASES)
    cases = records_by_pseudonym(connection) if known else {}
    fits = _fitting(wanted)
    for entry in newest_first(connection, record=wanted.record, stretch=Stretch(until=before)):
        if fits(entry):
            yield LogRow(entry, accounts.get(entry.account_id), cases.get(entry.record))


def _fitting(wanted: LogFilter) -> Callable[[LogEntry], bool]:
    def fits(entry: LogEntry) -> bool:
        return (
            (wanted.person is None or entry.account_id == wanted.person)
            and (wanted.kind is None or _kind(entry) is wanted.kind)
            and (wanted.day is None or entry.recorded_at.date() == wanted.day)
        )

    return fits


def _kind(entry: LogEntry) -> AuditKind:
    return AuditKind.CHANGE if entry.action is None else entry.action.kind


def _case_of_reference(connection: Transaction, compact: str) -> CaseNumber | None:
    try:
        referral_id = referrals.id_of_reference(connection, parse_reference(compact))
    except Refusal:
        return None
    found = referrals.case_of_referral(connection, referral_id) if referral_id else None
    return found[0] if found else None


def _printed(row: LogRow, catalog: Catalog) -> PrintedEntry:
    number, day, time, who, _role, _kind, what, about, record = _cells(row, catalog)
    return PrintedEntry(
        number, f"{day}, {time}", who, f"{what}: {about}" if about else what, record
    )


def _cells(row: LogRow, catalog: Catalog) -> tuple[str, ...]:
    """An entry in words, with the code of staff and never a name."""
    entry, account = row.entry, row.account
    return (
        str(entry.sequence),
        format_date(entry.recorded_at.date(), catalog.locale),
        format_time(entry.recorded_at),
        account.staff_code if account else "?",
        term(catalog, account.role) if account else "",
        term(catalog, _kind(entry)),
        action_words(catalog, entry),
        detail_words(catalog, entry),
        case_words(row.case_number) if row.case_number else record_words(entry.record),
    )
