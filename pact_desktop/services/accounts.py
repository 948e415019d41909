# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: set-up, sign-in, the session, and who may open what."""

from dataclasses import replace
from pathlib import Path

from pact_desktop.domain.accounts import Account, AccountId, Compartment, Permission, Role
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.services.content import Content
from pact_desktop.services.passphrases import check_passphrase, offer_passphrase
from pact_desktop.services.session import Clock, Session
from pact_desktop.services.set_up import (
    NewStaff,
    PendingSetUp,
    begin_set_up,
    checked_staff,
    confirm_recovery,
    is_set_up,
    records_place,
    staff_code,
)
from pact_desktop.storage import audit_log, device_key, recovery_code, vault
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage.accounts import (
    insert_account,
    load_accounts,
    load_resume_point,
    save_resume_point,
)
from pact_desktop.storage.facility import load_facility
from pact_desktop.storage.kdf import KdfPolicy
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from pact_desktop.storage.throttle import BootClock, Throttle, boot_seconds
from pact_desktop.storage.vault import Slot, Vault

__all__ = [
    "KdfPolicy",
    "KeyRing",
    "NewStaff",
    "PendingSetUp",
    "begin_set_up",
    "check_passphrase",
    "confirm_colleague",
    "confirm_recovery",
    "create_account",
    "is_set_up",
    "list_accounts",
    "lock",
    "offer_passphrase",
    "open_session",
    "recovery_opens",
    "resume_point",
    "session_anchor",
    "sign_in",
    "sign_in_names",
    "verify_second_reader",
    "waiting_colleagues",
]

_CLINICIANS = frozenset({Role.NURSE, Role.DOCTOR})


def sign_in(
    folder: Path,
    sign_in_name: str,
    passphrase: str,
    clock: Clock,
    *,
    device_folder: Path | None = None,
    boot_clock: BootClock = boot_seconds,
    kdf: KdfPolicy | None = None,
) -> KeyRing:
    """Raises Refusal(NOT_SET_UP), Refusal(SIGN_IN_FAILED) or Refusal(SIGN_IN_DELAYED, seconds).

    A name that does not exist takes as long, fails in the same words and is delayed alike.
    """
    stored, key = _unlockable(folder, device_folder)
    policy = kdf or KdfPolicy()
    throttle = Throttle(records_place(folder), key, boot_clock)
    person, failed = _admitted(stored, throttle, sign_in_name, passphrase, key=key, policy=policy)
    keyring = slots.keyring_of(stored, person, key)
    return replace(keyring, signed_in_at=clock().isoformat(), failed_before=failed, kdf=policy)


def sign_in_names(folder: Path, *, device_folder: Path | None = None) -> list[str]:
    """For facilities that switched the list on; readable on this computer only."""
    stored, key = _unlockable(folder, device_folder)
    accounts = (slots.account_of(slot, key, stored.vault_id) for slot in stored.slots)
    return sorted(account.sign_in_name for account in accounts if account.active)


def open_session(folder: Path, keyring: KeyRing, clock: Clock, content: Content) -> Session:
    """Opens the files and writes down that this person is here; raises Fault as `Store.open`."""
    store = Store.open(records_place(folder), keyring, keyring.account, clock)
    events = [AuditEvent(AuditAction.SIGNED_IN)]
    if keyring.failed_before:
        failed = AuditEvent(AuditAction.SIGN_IN_FAILED, count=keyring.failed_before)
        events.insert(0, failed)
    try:
        with store.changing(*events):
            pass
    except BaseException:
        store.close()
        raise
    return Session(keyring.account, store, clock, content)


def lock(session: Session, resume: str = "") -> None:
    """Ends the session; the files are closed even when nothing more can be written."""
    store = session.store
    try:
        with store.changing(AuditEvent(AuditAction.LOCKED)) as connection:
            save_resume_point(connection, store.keyring, resume)
            if store.holds(Compartment.AUDIT):
                audit_log.remember_head(connection, audit_log.head(connection))
    finally:
        store.close()


def resume_point(session: Session) -> str:
    """Where this person's work stood at the last lock; empty when it was finished."""
    with session.store.reading_config() as connection:
        return load_resume_point(connection, session.store.keyring)


def session_anchor(session: Session) -> str:
    """Number and letters that the log ends with now; empty for whoever cannot read it."""
    head = session.store.head
    return "" if head is None else head.anchor


def list_accounts(session: Session) -> list[Account]:
    with session.store.reading_config() as connection:
        return load_accounts(connection)


def create_account(session: Session, new: NewStaff) -> Account:
    """Gives a new person what the manager holds.

    A new nurse or doctor cannot open names of patients until a colleague who can has
    confirmed them (`confirm_colleague`). Raises Refusal as `begin_set_up` does.
    """
    session.require(Permission.MANAGE_ACCOUNTS)
    keyring = session.store.keyring
    stored = _verified(session)
    known = [_account(slot, keyring) for slot in stored.slots]
    checked = checked_staff(
        new, taken=[other.sign_in_name for other in known], context=_context(session, known)
    )
    code = staff_code(new.role, [other.staff_code for other in known])
    person = slots.new_person(checked.sign_in_name, checked.display_name, new.role, code)
    slot = _vouched_slot(person, new.passphrase, keyring)
    event = AuditEvent(AuditAction.ACCOUNT_CREATED, subject=code)
    with session.store.changing(event) as connection:
        insert_account(connection, person.account, session.now)
    # The log comes first: an account that is written down and missing harms nobody.
    grants = slots.grants_for(slot, keyring, stored.header.epochs)
    _save(session, stored, slots=(*stored.slots, slot), grants=(*stored.grants, *grants))
    return person.account


def waiting_colleagues(session: Session) -> list[Account]:
    """Nurses and doctors who cannot open names yet, for a colleague who can."""
    if not _may_confirm(session):
        return []
    stored = _verified(session)
    return [_account(slot, session.store.keyring) for slot in stored.slots if _waits(stored, slot)]


def confirm_colleague(session: Session, account_id: AccountId) -> None:
    """Gives the key of the names to a colleague whom this nurse or doctor knows.

    Raises Refusal(NOT_ALLOWED): no manager can do this, nor for somebody who does not wait.
    """
    stored = _verified(session)
    slot = stored.slot(account_id)
    if not _may_confirm(session) or slot is None or not _waits(stored, slot):
        raise Refusal(RefusalCode.NOT_ALLOWED)
    keyring = session.store.keyring
    code = _account(slot, keyring).staff_code
    event = AuditEvent(AuditAction.ACCOUNT_CREATED, subject=code, reason="names-confirmed")
    with session.store.changing(event):
        pass
    missing = [
        grant
        for grant in slots.grants_for(slot, keyring, stored.header.epochs)
        if grant.compartment is Compartment.IDENTITY
    ]
    _save(session, stored, grants=(*stored.grants, *missing))


def verify_second_reader(
    session: Session,
    sign_in_name: str,
    passphrase: str,
    *,
    boot_clock: BootClock = boot_seconds,
) -> AccountId:
    """A second nurse or doctor at the same screen; nobody's session changes.

    Raises Refusal(SIGN_IN_FAILED), Refusal(SIGN_IN_DELAYED, seconds) or Refusal(NOT_ALLOWED).
    """
    keyring = session.store.keyring
    guard = Throttle(session.store.place, keyring.device_key, boot_clock)
    person, _ = _admitted(
        _verified(session),
        guard,
        sign_in_name,
        passphrase,
        key=keyring.device_key,
        policy=keyring.kdf,
    )
    if person.account.role not in _CLINICIANS:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    return person.account.account_id


def recovery_opens(folder: Path, code: str) -> bool:
    """Whether a recovery sheet would open all four files of this facility."""
    seed = recovery_code.to_seed(code)
    if seed is None:
        return False
    stored = vault.load(records_place(folder))
    header = stored.header
    pair = recovery_code.recovery_key(seed, stored.vault_id)
    if pair.public != header.recovery_public:
        return False
    keys = {
        compartment: pair.open(
            sealed,
            vault.recovery_context(stored.vault_id, compartment, header.epochs[compartment]),
        )
        for compartment, sealed in header.recovery_sealed.items()
    }
    return Store.would_open(records_place(folder), keys)


def _unlockable(folder: Path, device_folder: Path | None) -> tuple[Vault, bytes]:
    if not is_set_up(folder):
        raise Refusal(RefusalCode.NOT_SET_UP)
    stored = vault.load(records_place(folder))
    key = device_key.load(device_folder or device_key.default_folder())
    vault.require_device(stored, key)
    return stored, key


def _admitted(
    stored: Vault,
    throttle: Throttle,
    sign_in_name: str,
    passphrase: str,
    *,
    key: bytes,
    policy: KdfPolicy,
) -> tuple[slots.Person, int]:
    """Who this is, and how many attempts failed before; one way in for every passphrase."""
    tag = slots.name_tag(key, stored.vault_id, sign_in_name)
    throttle.require_turn(tag)
    throttle.charge(tag)
    person = slots.open_slot(stored, stored.slot_of(tag), passphrase, key, policy)
    if person is None or not person.account.active:
        raise Refusal(RefusalCode.SIGN_IN_FAILED)
    return person, throttle.clear(tag)


def _verified(session: Session) -> Vault:
    """The vault as it is now, checked against the root that this person's passphrase pinned."""
    stored = vault.load(session.store.place)
    if stored.vault_id != session.store.keyring.vault_id:
        raise Fault(FaultCode.STORAGE_FOREIGN, file=vault.FILE_NAME)
    stored.verified(session.store.keyring.root)
    return stored


def _vouched_slot(person: slots.Person, passphrase: str, keyring: KeyRing) -> Slot:
    slot = slots.new_slot(
        person,
        passphrase,
        vault_id=keyring.vault_id,
        root=keyring.root,
        device_key=keyring.device_key,
        cost=keyring.kdf.for_new_slot(),
    )
    return vault.vouch(slot, keyring.vault_id, keyring.account.account_id, keyring.signing)


def _save(
    session: Session,
    stored: Vault,
    *,
    slots: tuple[Slot, ...] | None = None,
    grants: tuple[vault.Grant, ...],
) -> None:
    following = vault.following(stored, slots=slots or stored.slots, grants=grants)
    following.verified(session.store.keyring.root)
    vault.save(session.store.place, following)


def _account(slot: Slot, keyring: KeyRing) -> Account:
    return slots.account_of(slot, keyring.device_key, keyring.vault_id)


def _may_confirm(session: Session) -> bool:
    return session.account.role in _CLINICIANS and session.store.holds(Compartment.IDENTITY)


def _waits(stored: Vault, slot: Slot) -> bool:
    held = {grant.compartment for grant in stored.grants_of(slot.user)}
    return slot.active and slot.role in _CLINICIANS and Compartment.IDENTITY not in held


def _context(session: Session, known: list[Account]) -> tuple[str, ...]:
    with session.store.reading_config() as connection:
        facility = load_facility(connection)
    names = tuple(account.display_name for account in known)
    return names if facility is None else (facility.name, *names)
