# SPDX-License-Identifier: GPL-3.0-or-later
"""Closed records: closed to all but a few people who are named, by keys and not by the program.

The reasons, and what it does not protect against, are in docs/decisions/0016.
"""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import replace

from pact_desktop.diagnostics import note_error
from pact_desktop.domain.accounts import Account, AccountId, Compartment, Permission, Role
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, Refusal, RefusalCode
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.domain.patient import CaseNumber, PatientId
from pact_desktop.domain.sealing import ClosedRecord, SealedId, may_be_named, require_named
from pact_desktop.services.key_changes import ask_for_records, write_anew
from pact_desktop.services.one_record import case_of
from pact_desktop.services.session import Session
from pact_desktop.services.staff import (
    accounts_of_person,
    let_go_of_ended,
    list_accounts,
    verified_vault,
)
from pact_desktop.storage import audit_log, emergencies, recovery_code, sealed_boxes
from pact_desktop.storage.closed_records import Opened
from pact_desktop.storage.erasure import will_be_finished
from pact_desktop.storage.keys import KEY_BYTES
from pact_desktop.storage.sealed_boxes import RECOVERY, BoxKind, Holder
from pact_desktop.storage.sealed_epochs import following_epoch, last_given
from pact_desktop.storage.tombstones import load_tombstones
from pact_desktop.storage.vault import Vault


def closed_record(session: Session, patient_id: PatientId) -> ClosedRecord | None:
    """How this record is closed; None for one that every nurse and doctor can open.

    Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN, also for a record that is closed to this person.
    """
    session.require(Permission.CLOSE_RECORD)
    opened = session.store.closed.opened.get(case_of(session, patient_id))
    return None if opened is None else opened.record


def is_closed(session: Session, case_number: CaseNumber | None) -> bool:
    """Whether a record that this person has in front of them is a closed one."""
    return case_number in session.store.closed.opened


def unreadable_records(session: Session) -> int:
    """How many closed records this person is named for, or wanted to recover, and cannot read.

    They are damaged, or were replaced by an earlier one.
    """
    return len(session.store.closed.unreadable)


def who_can_be_named(session: Session) -> list[Account]:
    """Nurses and doctors at work who hold the key of the names."""
    session.require(Permission.CLOSE_RECORD)
    holding = _holders_of_names(verified_vault(session))
    return [
        account
        for account in list_accounts(session)
        if may_be_named(account) and account.account_id in holding
    ]


def close_record(
    session: Session,
    patient_id: PatientId,
    named: Collection[AccountId],
    *,
    about: AccountId | None = None,
) -> bool:
    """From now on only the people who are named find and open this record.

    Whoever closes it is one of them, or it is gone from their sight as well. `about` is the member
    of staff whose own record this is. Its rows go from the files, which are written anew and get
    new keys, as after an erasure; False when that waits for the next sign-in.
    Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN, RECORD_CLOSED, NAMED_MISSING, NAMED_ALONE,
    NAMED_LEFT_OUT, OWN_RECORD.
    """
    session.require(Permission.CLOSE_RECORD)
    store, case_number = session.store, case_of(session, patient_id)
    if case_number in store.closed.opened:
        raise Refusal(RefusalCode.RECORD_CLOSED)
    _require_named(session, named, about)
    stored = verified_vault(session)
    record = ClosedRecord(SealedId(secrets.token_hex(16)), case_number, frozenset(named), about)
    with store.reading_config() as connection:
        epoch = following_epoch(connection, case_number)
    opened = Opened(record, epoch, secrets.token_bytes(KEY_BYTES))
    store.closed.prepare()
    event = AuditEvent(
        AuditAction.RECORD_SEALED, case_number, subject=str(epoch), count=len(record.named)
    )
    with store.rearranging(event) as connection:
        store.closed.put_away(connection, opened, _holders(stored, record.named))
        ask_for_records(session, connection, stored.epochs, KeyChangeReason.RECORD_CLOSED)
    store.closed.opened[case_number] = opened
    return write_anew(session)


def change_named(
    session: Session, patient_id: PatientId, named: Collection[AccountId]
) -> ClosedRecord:
    """Others can open the record from now on, under a new key.

    Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN, NAMED_MISSING, NAMED_ALONE, NAMED_LEFT_OUT,
    OWN_RECORD.
    """
    session.require(Permission.CLOSE_RECORD)
    opened = _mine(session, case_of(session, patient_id))
    _require_named(session, named, opened.record.about)
    event = AuditEvent(AuditAction.RECORD_NAMED, opened.record.case_number, count=len(set(named)))
    return _rekeyed(session, opened, frozenset(named), event).record


def open_record_to_all(session: Session, patient_id: PatientId) -> None:
    """The record is one like every other again.

    Raises Refusal: NOT_ALLOWED, PATIENT_UNKNOWN; OWN_RECORD for the record of somebody who works
    here, which stays closed as long as they do; EMERGENCY_NOT_READ while one of its people or a
    manager has yet to read what was opened in an emergency: its reason lies in the record.
    """
    session.require(Permission.CLOSE_RECORD)
    store, opened = session.store, _mine(session, case_of(session, patient_id))
    staff = list_accounts(session)
    at_work = {account.account_id for account in staff if account.active}
    if at_work & accounts_of_person(opened.record.about, staff):
        raise Refusal(RefusalCode.OWN_RECORD)
    _require_read(session, opened.record)
    event = AuditEvent(
        AuditAction.RECORD_UNSEALED, opened.record.case_number, subject=str(opened.epoch)
    )
    with store.rearranging(event) as connection:
        store.closed.bring_back(connection, opened)
    del store.closed.opened[opened.record.case_number]


def keep_keys_current(session: Session) -> int:
    """New keys for the closed records of this person where somebody left, came or was renewed.

    Done at every sign-in: whoever left holds a key that opens nothing that is written from then
    on. Gives how many records were concerned. A disk that fails keeps nobody from work: the next
    sign-in tries it again.
    """
    store = session.store
    if not store.closed.opened:
        return 0
    changed = 0
    try:
        let_go_of_ended(session)
        stored = verified_vault(session)
        for opened in list(store.closed.opened.values()):
            staying = opened.record.named & _holders_of_names(stored)
            with store.reading_config() as connection:
                boxes = store.closed.boxes(connection, opened)
            wanted = {(one.holder, one.kind) for one in _holders(stored, staying)}
            if {(box.holder, box.kind) for box in boxes} != wanted:
                event = AuditEvent(AuditAction.RECORD_REKEYED, opened.record.case_number)
                _rekeyed(session, opened, staying, event)
                changed += 1
    except Fault as fault:
        note_error(fault)
    return changed


def recover_closed_records(session: Session, code: str) -> int:
    """The recovery sheet names this nurse or doctor for every closed record.

    For when nobody who was named is here any more, and after a restore. Nobody gets a record about
    themselves. Gives how many were opened; `unreadable_records` counts those that are damaged or
    were replaced, which are left as they are. Raises Refusal: NOT_ALLOWED, RECOVERY_CODE_WRONG.
    """
    session.require(Permission.CLOSE_RECORD)
    store, stored = session.store, verified_vault(session)
    seed = recovery_code.to_seed(code)
    pair = None if seed is None else recovery_code.recovery_key(seed, stored.vault_id)
    if pair is None or pair.public != stored.header.recovery_public:
        raise Refusal(RefusalCode.RECOVERY_CODE_WRONG)
    store.closed.prepare()
    own, found = session.account.account_id, list[Opened]()
    erased: dict[SealedId, CaseNumber] = {}
    staff = list_accounts(session)
    with store.rearranging(AuditEvent(AuditAction.RECORDS_RECOVERED)) as connection:
        gone = {stone.record for stone in load_tombstones(connection)}
        givens = last_given(connection)
        for record_id, epoch in sealed_boxes.records(connection):
            for box in sealed_boxes.boxes_of(connection, record_id, epoch):
                if box.kind is not BoxKind.RECOVERY:
                    continue
                try:
                    opened, body = store.closed.read(connection, box, pair, givens)
                except Fault:
                    # Every other one is opened all the same; this one is counted.
                    store.closed.unreadable.add(record_id)
                    continue
                if opened.record.case_number in gone:
                    erased[record_id] = opened.record.case_number
                    continue
                if (
                    own not in accounts_of_person(opened.record.about, staff)
                    and opened.record.case_number not in store.closed.opened
                ):
                    store.closed.take(connection, opened, body)
                    found.append(opened)
    _erase_again(session, erased)
    for opened in found:
        case_number = opened.record.case_number
        store.closed.opened[case_number] = opened
        staying = opened.record.named & _holders_of_names(stored)
        event = AuditEvent(AuditAction.RECORD_NAMED, case_number, reason="recovery")
        _rekeyed(session, opened, staying | {own}, event)
    return len(found)


def _erase_again(session: Session, erased: Mapping[SealedId, CaseNumber]) -> None:
    """A backup had brought them back, and until they were opened nobody knew which these were."""
    if not erased:
        return
    events = [AuditEvent(AuditAction.ERASED_AGAIN, one) for one in erased.values()]
    with session.store.rearranging(*events) as connection:
        for record_id in erased:
            session.store.closed.delete(connection, record_id)
        will_be_finished(connection)
    session.store.finish_erasures()


def _rekeyed(
    session: Session, opened: Opened, named: frozenset[AccountId], event: AuditEvent
) -> Opened:
    store, stored = session.store, verified_vault(session)
    record = replace(opened.record, named=named)
    renewed = store.closed.with_key(opened, record, secrets.token_bytes(KEY_BYTES))
    # The log says which key is the last one, and who gave it (`sealed_epochs`).
    with store.rearranging(replace(event, subject=str(renewed.epoch))) as connection:
        store.closed.rekey(connection, renewed, _holders(stored, named))
    store.closed.opened[record.case_number] = renewed
    return renewed


def _require_read(session: Session, record: ClosedRecord) -> None:
    """A side waits only as long as somebody of it can read: neither who asked nor who confirmed."""
    staff = list_accounts(session)
    managers = {one.account_id for one in staff if one.active and one.role is Role.MANAGER}
    with session.store.reading_config() as connection:
        mine = audit_log.pseudonym(connection, record.case_number)
        uses = [use for use in emergencies.load_uses(connection) if use.record == mine]
    for use in uses:
        took_part = {use.used_by, use.confirmed_by}
        if (use.read_at is None and managers - took_part) or (
            use.named_at is None and record.named - took_part
        ):
            raise Refusal(RefusalCode.EMERGENCY_NOT_READ)


def _require_named(session: Session, named: Collection[AccountId], about: AccountId | None) -> None:
    theirs = accounts_of_person(about, list_accounts(session))
    require_named(named, who_can_be_named(session), theirs)
    if session.account.account_id not in named:
        # Their own record, or one they would lose sight of by a slip.
        own = session.account.account_id in theirs
        raise Refusal(RefusalCode.OWN_RECORD if own else RefusalCode.NAMED_LEFT_OUT)


def _holders_of_names(stored: Vault) -> frozenset[AccountId]:
    return frozenset(
        AccountId(grant.user)
        for grant in stored.grants
        if grant.compartment is Compartment.IDENTITY
    )


def _holders(stored: Vault, named: Collection[AccountId]) -> list[Holder]:
    """The people, the recovery sheet, and the managers for two people together."""
    at_work = {grant.user for grant in stored.grants}
    found = [Holder(RECOVERY, BoxKind.RECOVERY, stored.header.recovery_public)]
    for slot in stored.slots:
        if AccountId(slot.user) in named:
            found.append(Holder(slot.user, BoxKind.NAMED, slot.sealing))
        elif slot.role is Role.MANAGER and slot.user in at_work:
            found.append(Holder(slot.user, BoxKind.EMERGENCY, slot.sealing))
    return found


def _mine(session: Session, case_number: CaseNumber) -> Opened:
    """A closed record that this person is named for; an emergency gives no such right."""
    opened = session.store.closed.opened.get(case_number)
    if opened is None or opened.record.until is not None:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    return opened
