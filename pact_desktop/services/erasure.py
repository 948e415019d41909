# SPDX-License-Identifier: GPL-3.0-or-later
"""Erasing one person's record on request, and what is due; never by one person alone.

Only a nurse or a doctor can do it, because only they hold the key to names: cases that went while
a name stayed would leave the very fact that somebody was here. A colleague or the manager
confirms it at the same screen with their own passphrase. While a period of the facility runs,
that has to be a manager.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from pact_desktop.domain.accounts import (
    SECOND_STAFF,
    AccountId,
    Compartment,
    Permission,
    Role,
)
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.backup import Backup, holding
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.domain.patient import CaseNumber, Patient, PatientId
from pact_desktop.domain.retention import (
    PERIOD_ENDED,
    DueRecord,
    ErasureReason,
    KeptVisit,
    runs_until,
)
from pact_desktop.i18n.names import fold_variants
from pact_desktop.services.accounts import verify_colleague
from pact_desktop.services.key_changes import ask_for_records, write_anew
from pact_desktop.services.one_record import case_of, require_own_right
from pact_desktop.services.retention import due_now, periods
from pact_desktop.services.sealing import is_closed
from pact_desktop.services.session import Session
from pact_desktop.services.staff import verified_vault
from pact_desktop.storage import audit_log, erasure, patients
from pact_desktop.storage import retention as kept
from pact_desktop.storage.backups import load_backups
from pact_desktop.storage.store import Transaction
from pact_desktop.storage.tombstones import Tombstone, add_tombstone


@dataclass(frozen=True, slots=True)
class Colleague:
    """Who confirms, at the same screen."""

    sign_in_name: str
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ErasureView:
    """What would go, and what stands in the way."""

    patient: Patient = field(repr=False)
    visits: int
    referrals: int
    """Copies of referrals that were sent."""
    visit_open: bool
    referral_open: bool
    runs_until: date | None
    """Last day of a period of the facility that still runs; a manager may overrule it."""
    backups: tuple[Backup, ...]
    """Files outside that hold the record and will go on holding it."""

    @property
    def blocked(self) -> bool:
        """Nobody can overrule this: it has to be ended first."""
        return self.visit_open or self.referral_open


@dataclass(frozen=True, slots=True)
class Erased:
    """What was done."""

    records: int
    backups: tuple[Backup, ...]
    """Files outside that still hold it."""
    settled: bool
    """False when the files could not be written anew yet; the next start does it."""


def preview_erasure(session: Session, patient_id: PatientId) -> ErasureView:
    """Raises Refusal: NOT_ALLOWED, also for what an emergency opened; PATIENT_UNKNOWN."""
    case_number = case_of(session, patient_id)
    require_own_right(session, case_number)
    retention = periods(session)
    event = AuditEvent(AuditAction.ERASURE_PREPARED, case_number)
    with session.store.reading(event) as connection:
        patient = patients.patient_of_case(connection, case_number)
        visits, copies = kept.kept_visits(connection, case_number)
        backups = load_backups(connection)
    if patient is None:
        raise Refusal(RefusalCode.PATIENT_UNKNOWN)
    since = patient.registered_at
    return ErasureView(
        patient=patient,
        visits=len(visits),
        referrals=len(copies),
        visit_open=any(visit.open for visit in visits),
        referral_open=any(copy.open for copy in copies),
        runs_until=runs_until(
            retention, visits, copies, since.date() if since else None, session.today
        ),
        backups=holding(backups, [(since, None)]),
    )


def confirms(patient: Patient, typed: str) -> bool:
    """Whether this is the name of that person, in any script; without a name, the record number."""
    names = {
        name
        for name in (
            f"{patient.given_name} {patient.family_name}".strip(),
            f"{patient.family_name} {patient.given_name}".strip(),
            patient.alias if not patient.name_known else "",
        )
        if name
    }
    if not names:
        return "".join(one for one in typed.upper() if one.isalnum()) == patient.case_number
    words = set(fold_variants(typed))
    return bool(words - {""}) and any(words & set(fold_variants(name)) for name in names)


def erase_patient(
    session: Session,
    patient_id: PatientId,
    *,
    reason: ErasureReason,
    typed: str,
    second: Colleague,
    overrule: bool = False,
) -> Erased:
    """Everything about one person goes, at once or not at all.

    Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN, ERASURE_VISIT_OPEN, ERASURE_REFERRAL_OPEN,
    ERASURE_NOT_CONFIRMED, PERIOD_RUNS with its last day unless a manager overrules it,
    ERASURE_SAME_PERSON, SIGN_IN_FAILED, SIGN_IN_DELAYED.
    """
    view = preview_erasure(session, patient_id)
    if not confirms(view.patient, typed):
        raise Refusal(RefusalCode.ERASURE_NOT_CONFIRMED)
    if view.runs_until is not None and not overrule:
        raise Refusal(RefusalCode.PERIOD_RUNS, until=view.runs_until.isoformat())
    _require_nothing_open(visit_open=view.visit_open, referral_open=view.referral_open)
    roles = frozenset({Role.MANAGER}) if view.runs_until is not None else SECOND_STAFF
    confirmed_by = _second(session, second, roles)
    case_number, epochs = view.patient.case_number, verified_vault(session).epochs
    events = [
        AuditEvent(AuditAction.RECORD_ERASED, case_number, confirmed_by, reason.value),
    ]
    if view.runs_until is not None:
        events.insert(0, AuditEvent(AuditAction.PERIOD_OVERRULED, case_number, confirmed_by))
    with session.store.changing(*events) as connection:
        visits, copies = kept.kept_visits(connection, case_number)
        _require_nothing_open(
            visit_open=any(visit.open for visit in visits),
            referral_open=any(copy.open for copy in copies),
        )
        backups = _erase_whole(session, connection, case_number, visits)
        ask_for_records(session, connection, epochs, KeyChangeReason.ERASURE)
    return Erased(1, backups, write_anew(session))


def erase_due(session: Session, case_numbers: Sequence[CaseNumber], *, second: Colleague) -> Erased:
    """What is due of these records goes; what of them is not due, or no longer, stays.

    Raises Refusal: NOT_ALLOWED, also for what an emergency opened, ERASURE_NOT_DUE when nothing of
    them is due, ERASURE_SAME_PERSON, SIGN_IN_FAILED, SIGN_IN_DELAYED.
    """
    session.require(Permission.REGISTER_PATIENT)
    for case_number in case_numbers:
        require_own_right(session, case_number)
    confirmed_by = _second(session, second, SECOND_STAFF)
    due, epochs = _due_of(session, case_numbers), verified_vault(session).epochs
    if not due:
        raise Refusal(RefusalCode.ERASURE_NOT_DUE)
    closed = [one for one in due if is_closed(session, one)]
    held: dict[str, Backup] = {}
    erased, settled = 0, True
    try:
        # A transaction reaches closed records or the others, never both.
        for part in (closed, [one for one in due if one not in closed]):
            if part:
                found = _erase_part(session, part, confirmed_by, epochs)
                held |= {one.backup_id: one for one in found}
                erased += len(part)
    finally:
        # Also where the second part fails: what went with the first is gone.
        if erased:
            settled = write_anew(session)
    backups = tuple(sorted(held.values(), key=lambda one: one.made_at, reverse=True))
    return Erased(erased, backups, settled)


def _due_of(session: Session, case_numbers: Iterable[CaseNumber]) -> list[CaseNumber]:
    """Those of which something is due, closed ones and others, before anything goes."""
    wanted = set(case_numbers)

    def look(connection: Transaction) -> tuple[list[CaseNumber], AuditEvent]:
        records = due_now(session, connection).records
        found = [one.case_number for one in records if one.case_number in wanted]
        return found, AuditEvent(AuditAction.DUE_LISTED, count=len(found))

    return session.store.search(look)


def _erase_part(
    session: Session,
    part: Sequence[CaseNumber],
    confirmed_by: AccountId,
    epochs: Mapping[Compartment, int],
) -> list[Backup]:
    """All of these or none; gives the backups that hold them."""
    held: list[Backup] = []
    events = [
        AuditEvent(AuditAction.RECORD_ERASED, one, confirmed_by, PERIOD_ENDED) for one in part
    ]
    with session.store.changing(*events) as connection:
        due = {one.case_number: one for one in due_now(session, connection).records}
        for case_number in part:
            record = due.get(case_number)
            if record is None:
                raise Refusal(RefusalCode.ERASURE_NOT_DUE)
            held += _erase_due(session, connection, record)
        ask_for_records(session, connection, epochs, KeyChangeReason.ERASURE)
    return held


def _erase_due(session: Session, connection: Transaction, record: DueRecord) -> tuple[Backup, ...]:
    if record.whole:
        return _erase_whole(session, connection, record.case_number, record.visits)
    kept.add_to_counts(connection, record.visits)
    erasure.erase_visits(connection, [visit.screening_id for visit in record.visits])
    erasure.strip_copies(connection, record.copies, session.today)
    patient = patients.patient_of_case(connection, record.case_number)
    since = None if patient is None else patient.registered_at
    return _remember(session, connection, None, since)


def _erase_whole(
    session: Session,
    connection: Transaction,
    case_number: CaseNumber,
    visits: Iterable[KeptVisit],
) -> tuple[Backup, ...]:
    patient = patients.patient_of_case(connection, case_number)
    since = None if patient is None else patient.registered_at
    kept.add_to_counts(connection, visits)
    if not erasure.erase_record(connection, case_number):
        raise Refusal(RefusalCode.PATIENT_UNKNOWN)
    return _remember(session, connection, case_number, since)


def _remember(
    session: Session,
    connection: Transaction,
    case_number: CaseNumber | None,
    since: datetime | None,
) -> tuple[Backup, ...]:
    """In the transaction in which it goes; gives the backups that hold it."""
    sequence = audit_log.head(connection).sequence
    add_tombstone(connection, Tombstone(case_number, session.now, sequence, since))
    return holding(load_backups(connection), [(since, None)])


def _require_nothing_open(*, visit_open: bool, referral_open: bool) -> None:
    if visit_open:
        raise Refusal(RefusalCode.ERASURE_VISIT_OPEN)
    if referral_open:
        raise Refusal(RefusalCode.ERASURE_REFERRAL_OPEN)


def _second(session: Session, second: Colleague, roles: frozenset[Role]) -> AccountId:
    """Somebody else, with their own passphrase."""
    found = verify_colleague(session, second.sign_in_name, second.passphrase, roles=roles)
    if found == session.account.account_id:
        raise Refusal(RefusalCode.ERASURE_SAME_PERSON)
    return found
