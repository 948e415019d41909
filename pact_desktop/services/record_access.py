# SPDX-License-Identifier: GPL-3.0-or-later
"""Who opened one record: a list for the clinician, and a page for the person it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pact_desktop.documents.access_page import AccessLine, AccessPage, render_access_page
from pact_desktop.domain.accounts import Account
from pact_desktop.domain.audit import AuditAction, AuditEvent, AuditKind, LogEntry, RecordAccess
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber, PatientId
from pact_desktop.domain.referral_values import Place
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services.documents import paper_catalog
from pact_desktop.services.facility import facility
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.one_record import case_of
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log, screenings
from pact_desktop.storage.accounts import load_accounts
from pact_desktop.storage.audit_reading import newest_first
from pact_desktop.storage.store import Transaction
from pact_desktop.terms import term
from pact_desktop.terms.log import access_when, access_who


def record_access(session: Session, patient_id: PatientId) -> list[RecordAccess]:
    """Who was at this record, the newest first; this look is the first of them.

    Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN.
    """
    case_number = case_of(session, patient_id)
    event = AuditEvent(AuditAction.ACCESS_LISTED, case_number)
    with session.store.reading(event) as connection:
        return list(accesses_of(connection, case_number))


def access_page(
    session: Session, patient_id: PatientId, locale: str, *, safe_to_carry: bool
) -> IssuedDocument:
    """The same on paper, for the person whose record it is.

    It shows when that person was here, so it is given out only where it can be kept safely.
    Raises Refusal: COPY_UNSAFE, LANGUAGE_NOT_OFFERED, NOT_ALLOWED, PATIENT_UNKNOWN.
    """
    catalog = paper_catalog(locale)
    case_number = case_of(session, patient_id)
    if not safe_to_carry:
        raise Refusal(RefusalCode.COPY_UNSAFE)
    place = facility(session)
    event = AuditEvent(AuditAction.DOCUMENT_ISSUED, case_number, subject="access")
    with session.store.changing(event) as connection:
        require_safe_copy(session, connection, case_number)
        lines = [_line(access, catalog) for access in accesses_of(connection, case_number)]
        end = audit_log.head(connection).anchor
    page = AccessPage(
        facility=Place(place.name, place.address, place.phone),
        lines=lines,
        end=end,
        printed_at=session.now,
    )
    return IssuedDocument("page.pdf", render_access_page(page, catalog))


def require_safe_copy(session: Session, connection: Transaction, case_number: CaseNumber) -> None:
    """A child's paper ends in the hands of whoever came along today."""
    sitting = session.store.session_id
    for visit in screenings.open_screenings_of(connection, case_number, sitting=sitting):
        if visit.is_child and not visit.child_steps.copy_is_safe:
            raise Refusal(RefusalCode.COPY_UNSAFE)


def accesses_of(connection: Transaction, case_number: CaseNumber) -> Iterator[RecordAccess]:
    accounts = {account.account_id: account for account in load_accounts(connection)}
    record = audit_log.pseudonym(connection, case_number)
    entries = newest_first(connection, record=record)
    yield from _joined((entry, accounts.get(entry.account_id)) for entry in entries)


def _joined(entries: Iterable[tuple[LogEntry, Account | None]]) -> Iterator[RecordAccess]:
    """A visit leaves dozens of entries: what one person did in one go is one line for each kind."""
    waiting: dict[AuditKind, RecordAccess] = {}
    session_id = ""
    for entry, account in entries:
        if entry.session_id != session_id:
            yield from waiting.values()
            waiting, session_id = {}, entry.session_id
        kind = AuditKind.CHANGE if entry.action is None else entry.action.kind
        known = waiting.get(kind)
        if known is None:
            waiting[kind] = RecordAccess(
                staff_code=account.staff_code if account else "",
                role=account.role if account else None,
                kind=kind,
                first_at=entry.recorded_at,
                last_at=entry.recorded_at,
            )
        else:
            waiting[kind] = replace(known, first_at=entry.recorded_at)
    yield from waiting.values()


def _line(access: RecordAccess, catalog: Catalog) -> AccessLine:
    return AccessLine(
        when=access_when(access, catalog.locale),
        who=access_who(access, catalog),
        what=term(catalog, access.kind),
    )
