# SPDX-License-Identifier: GPL-3.0-or-later
"""A closed record in an emergency: two people open it, for 15 minutes, and others read that.

No key does it alone. A doctor holds the key of the file, and not that of the record; a manager
holds one of the record, and not that of the file. A colleague who is named will do as well.
"""

import secrets
from collections.abc import Iterator
from dataclasses import replace

from pact_desktop.domain.accounts import AccountId, Permission, Role
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber, Patient
from pact_desktop.domain.sealing import (
    EMERGENCY_SECONDS,
    SHORTEST_REASON,
    SHORTEST_REVIEW,
    EmergencyReason,
    EmergencyUse,
)
from pact_desktop.domain.text import NAME_LIMIT, SENTENCE_LIMIT, clean
from pact_desktop.i18n.names import fold_variants
from pact_desktop.services.accounts import present_colleague
from pact_desktop.services.session import Session
from pact_desktop.services.staff import accounts_of_person, list_accounts
from pact_desktop.storage import audit_log, emergencies, patients, sealed_boxes
from pact_desktop.storage.closed_records import Body, Opened
from pact_desktop.storage.sealed_boxes import BoxKind
from pact_desktop.storage.sealed_epochs import last_given
from pact_desktop.storage.sign_in import Person
from pact_desktop.storage.store import Transaction

_TWO_NAMES = 2


def open_in_emergency(
    session: Session,
    wanted: str,
    reason: EmergencyReason,
    typed: str,
    second: tuple[str, str],
) -> Patient:
    """Opens one closed record for 15 minutes: by its number, or by given and family name.

    `second` is the name and passphrase of a manager or of a colleague who is named for the record.
    Nobody's own record opens, whoever confirms. Raises Refusal: NOT_ALLOWED, REASON_TOO_SHORT,
    SECOND_STAFF_MISSING for oneself, SIGN_IN_FAILED, SIGN_IN_DELAYED, PATIENT_UNKNOWN when nothing
    fits that the two can open, SOME_DAMAGED with their number when it may be one of those,
    SEVERAL_FOUND, OWN_RECORD.
    """
    session.require(Permission.OPEN_IN_EMERGENCY)
    words = clean(typed, field="reason", limit=SENTENCE_LIMIT)
    if len(words) < SHORTEST_REASON:
        raise Refusal(RefusalCode.REASON_TOO_SHORT)
    sought = clean(wanted, field="search", limit=NAME_LIMIT)
    person = present_colleague(session, *second, roles=frozenset(Role))
    other = person.account.account_id
    if other == session.account.account_id:
        raise Refusal(RefusalCode.SECOND_STAFF_MISSING)
    found, damaged = _sought(session, sought, person)
    own = {other, session.account.account_id}
    if len(found) != 1 or own & _theirs(session, found[0][0]):
        _stated_in_vain(session, other, reason)
        if len(found) > 1:
            raise Refusal(RefusalCode.SEVERAL_FOUND)
        if damaged and not found:
            raise Refusal(RefusalCode.SOME_DAMAGED, count=damaged)
        raise Refusal(RefusalCode.OWN_RECORD if found else RefusalCode.PATIENT_UNKNOWN)
    return _open(session, *found[0], reason=reason, words=words, confirmed_by=other)


def _theirs(session: Session, opened: Opened) -> set[AccountId]:
    return accounts_of_person(opened.record.about, list_accounts(session))


def emergency_seconds(session: Session) -> int:
    """How long what was opened in an emergency stays open; 0 when nothing is."""
    closed = session.store.closed
    ends = [one.record.until for one in closed.opened.values() if one.record.until is not None]
    return max(0, round(max(ends) - closed.boot_clock())) if ends else 0


def end_emergency(session: Session) -> None:
    """Closes what was opened in an emergency, before its time."""
    session.require(Permission.OPEN_IN_EMERGENCY)
    closed = session.store.closed
    for case_number, opened in list(closed.opened.items()):
        if opened.record.until is not None:
            with session.store.rearranging(AuditEvent(AuditAction.EMERGENCY_CLOSED, case_number)):
                pass
            closed.forget(case_number)


def emergency_uses(session: Session) -> list[EmergencyUse]:
    """Every opening in an emergency that this person has to know of, the newest first.

    A manager sees all of them, without a name; a nurse or doctor those of the records for which
    they are named. What waits stays until both sides have marked it as read.
    """
    session.require(Permission.READ_EMERGENCIES)
    oversees = session.account.role is Role.MANAGER
    with session.store.reading(AuditEvent(AuditAction.EMERGENCIES_LISTED)) as connection:
        uses = emergencies.load_uses(connection)
        if oversees:
            return uses
        return list(_known_to_named(session, connection, uses))


def waiting_uses(session: Session) -> int:
    """How many wait for this person; shows nothing of a record."""
    session.require(Permission.READ_EMERGENCIES)
    with session.store.reading_config() as connection:
        uses = emergencies.load_uses(connection)
        if session.account.role is Role.MANAGER:
            return sum(use.waits_for(session.account) for use in uses)
        known = _known_to_named(session, connection, uses)
        return sum(use.waits_for(session.account) for use in known)


def mark_emergency_read(session: Session, use_id: str, sentence: str) -> None:
    """Says in a sentence that this opening was looked into; one side does not stand for the other.

    What was said first stays. Raises Refusal: NOT_ALLOWED, also for one that this person asked for
    or confirmed, or whose side was read already; REASON_TOO_SHORT.
    """
    session.require(Permission.READ_EMERGENCIES)
    words = clean(sentence, field="reason", limit=SENTENCE_LIMIT)
    if len(words) < SHORTEST_REVIEW:
        raise Refusal(RefusalCode.REASON_TOO_SHORT)
    known = {use.use_id: use for use in emergency_uses(session)}
    own, use = session.account.account_id, known.get(use_id)
    if use is None or not use.waits_for(session.account):
        raise Refusal(RefusalCode.NOT_ALLOWED)
    event = AuditEvent(AuditAction.EMERGENCY_READ, use.case_number, subject=use_id)
    closed, now = session.store.closed, session.now
    if use.case_number is None:
        with session.store.rearranging(event) as connection:
            emergencies.mark_read(connection, use_id, own, now, words)
        return
    opened = closed.opened[use.case_number]
    after = replace(opened, reviews={**opened.reviews, use_id: words})
    with session.store.rearranging(event) as connection:
        emergencies.mark_read_by_named(connection, use_id, own, now)
        closed.save(connection, after)
    closed.opened[use.case_number] = after


def _open(
    session: Session,
    opened: Opened,
    body: Body,
    *,
    reason: EmergencyReason,
    words: str,
    confirmed_by: AccountId,
) -> Patient:
    """The entry, the use and the typed reason are on the disk before anything is shown."""
    store, record = session.store, opened.record
    store.closed.prepare()
    use_id = secrets.token_hex(8)
    until = store.closed.boot_clock() + EMERGENCY_SECONDS
    held = replace(
        opened,
        record=replace(record, until=until),
        typed={**opened.typed, use_id: words},
    )
    event = AuditEvent(
        AuditAction.EMERGENCY_OPENED, record.case_number, subject=use_id, reason=reason.value
    )
    with store.rearranging(event) as connection:
        store.closed.take(connection, opened, body)
        store.closed.save(connection, held)
        use = EmergencyUse(
            use_id=use_id,
            record=audit_log.pseudonym(connection, record.case_number),
            used_at=session.now,
            used_by=session.account.account_id,
            confirmed_by=confirmed_by,
            reason=reason,
        )
        emergencies.insert_use(connection, use)
    store.closed.opened[record.case_number] = held
    event = AuditEvent(AuditAction.PATIENT_SEEN, record.case_number)
    with store.reading(event) as connection:
        patient = patients.patient_of_case(connection, record.case_number)
    if patient is None:
        raise Refusal(RefusalCode.PATIENT_UNKNOWN)
    return patient


def _stated_in_vain(session: Session, other: AccountId, reason: EmergencyReason) -> None:
    event = AuditEvent(AuditAction.EMERGENCY_REFUSED, subject=other, reason=reason.value)
    with session.store.rearranging(event):
        pass


def _sought(session: Session, sought: str, person: Person) -> tuple[list[tuple[Opened, Body]], int]:
    """Records that fit, of those sealed to this colleague, and how many of those do not open.

    Nothing tells beforehand who has a closed record: there is no index of them.
    """
    store, found, damaged = session.store, [], 0
    with store.reading(AuditEvent(AuditAction.PATIENTS_SEARCHED, subject="emergency")) as look:
        givens = last_given(look)
        for record_id, epoch in sealed_boxes.records(look):
            for box in sealed_boxes.boxes_of(look, record_id, epoch):
                if box.holder != person.account.account_id or box.kind is BoxKind.RECOVERY:
                    continue
                try:
                    opened, body = store.closed.read(look, box, person.sealing, givens)
                except Fault:
                    # One that was spoilt must not keep every other from opening.
                    damaged += 1
                    continue
                if opened.record.case_number not in store.closed.opened and _fits(body, sought):
                    found.append((opened, body))
    return found, damaged


def _fits(body: Body, sought: str) -> bool:
    """The number of the record, or every word of two names or more, in any script."""
    if "".join(one for one in sought.upper() if one.isalnum()) == body.case:
        return True
    rows = body.tables["name_key"]
    keys = {row[rows.columns.index("key")] for row in rows.rows}
    words = [set(fold_variants(word)) for word in sought.split()]
    return len(words) >= _TWO_NAMES and all(word & keys for word in words)


def _known_to_named(
    session: Session, connection: Transaction, uses: list[EmergencyUse]
) -> Iterator[EmergencyUse]:
    mine: dict[str, CaseNumber] = audit_log.pseudonyms(
        connection,
        [
            case_number
            for case_number, opened in session.store.closed.opened.items()
            if opened.record.until is None
        ],
    )
    for use in uses:
        case_number = mine.get(use.record)
        if case_number is not None:
            opened = session.store.closed.opened[case_number]
            yield replace(
                use,
                case_number=case_number,
                typed=opened.typed.get(use.use_id, ""),
                named_words=opened.reviews.get(use.use_id, ""),
            )
