# SPDX-License-Identifier: GPL-3.0-or-later
"""Accounts: set-up, sign-in, the session, and who may open what."""

import time
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from pact_desktop.boot_clock import Seconds, since_boot
from pact_desktop.domain.accounts import CLINICIANS, AccountId, Role
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.services.admission import admitted
from pact_desktop.services.content import Content
from pact_desktop.services.key_changes import settle_key_changes
from pact_desktop.services.own_passphrase import change_passphrase, check_own_passphrase
from pact_desktop.services.passphrases import check_passphrase, known_names, offer_passphrase
from pact_desktop.services.sealing import keep_keys_current
from pact_desktop.services.session import Clock, Session
from pact_desktop.services.set_up import (
    NewStaff,
    PendingSetUp,
    begin_set_up,
    confirm_recovery,
    is_set_up,
    records_place,
)
from pact_desktop.services.slot_cost import raise_cost
from pact_desktop.services.staff import (
    StaffMember,
    confirm_colleague,
    create_account,
    end_account,
    list_accounts,
    staff_members,
    verified_vault,
    waiting_colleagues,
)
from pact_desktop.storage import device_key, recovery_code, vault
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage.accounts import load_accounts, load_resume_point, save_resume_point
from pact_desktop.storage.kdf import KdfPolicy
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.rotation import put_in_order
from pact_desktop.storage.store import Store
from pact_desktop.storage.throttle import Throttle
from pact_desktop.storage.vault import Vault

__all__ = [
    "KdfPolicy",
    "KeyRing",
    "NewStaff",
    "PendingSetUp",
    "StaffMember",
    "begin_set_up",
    "change_passphrase",
    "check_own_passphrase",
    "check_passphrase",
    "confirm_colleague",
    "confirm_recovery",
    "create_account",
    "end_account",
    "is_set_up",
    "known_names",
    "list_accounts",
    "lock",
    "offer_passphrase",
    "open_session",
    "present_colleague",
    "recovery_opens",
    "require_records",
    "resume_point",
    "session_anchor",
    "sign_in",
    "sign_in_names",
    "staff_members",
    "verify_colleague",
    "waiting_colleagues",
]


def require_records(folder: Path, *, device_folder: Path | None = None) -> None:
    """Before anybody types for them: raises what `sign_in` raises without a passphrase."""
    _unlockable(folder, device_folder)


def sign_in(
    folder: Path,
    sign_in_name: str,
    passphrase: str,
    clock: Clock,
    *,
    device_folder: Path | None = None,
    boot_clock: Seconds = since_boot,
    kdf: KdfPolicy | None = None,
) -> KeyRing:
    """Raises Refusal(NOT_SET_UP), Refusal(SIGN_IN_FAILED) or Refusal(SIGN_IN_DELAYED, seconds).

    A name that does not exist takes as long, fails in the same words and is delayed alike.
    """
    stored, key = _unlockable(folder, device_folder)
    policy = kdf or KdfPolicy()
    throttle = Throttle(records_place(folder), key, boot_clock)
    begun = time.perf_counter()
    person, failed = admitted(stored, throttle, sign_in_name, passphrase, key=key, policy=policy)
    seconds = time.perf_counter() - begun
    keyring = slots.keyring_of(stored, person, key)
    raise_cost(
        records_place(folder),
        person,
        passphrase,
        seconds,
        root=keyring.root,
        key=key,
        policy=policy,
    )
    return replace(
        keyring,
        device_folder=str(device_folder or device_key.default_folder()),
        signed_in_at=clock().isoformat(),
        failed_before=failed,
        kdf=policy,
    )


def sign_in_names(folder: Path, *, device_folder: Path | None = None) -> list[str]:
    """For facilities that switched the list on; readable on this computer only."""
    stored, key = _unlockable(folder, device_folder)
    at_work = (slot for slot in stored.slots if stored.grants_of(slot.user))
    accounts = (slots.account_of(slot, key, stored.vault_id) for slot in at_work)
    return sorted(account.sign_in_name for account in accounts if account.active)


def open_session(folder: Path, keyring: KeyRing, clock: Clock, content: Content) -> Session:
    """Opens the files and writes down that this person is here.

    Raises Fault as `Store.open`, and Refusal(SIGN_IN_FAILED) for an account that has ended.
    A log that was tampered with is written down and told (`audit.log_check`), and work goes on.
    """
    store = Store.open(records_place(folder), keyring, keyring.account, clock)
    events = [AuditEvent(AuditAction.SIGNED_IN)]
    if keyring.failed_before:
        failed = AuditEvent(AuditAction.SIGN_IN_FAILED, count=keyring.failed_before)
        events.insert(0, failed)
    if not store.log_check.whole:
        found = len(store.log_check.findings)
        events.append(AuditEvent(AuditAction.LOG_FOUND_CHANGED, count=found))
    session = Session(keyring.account, store, clock, content)
    try:
        _require_at_work(store, keyring)
        with store.changing(*events):
            pass
        keep_keys_current(session)
        store.remember_end()
        settle_key_changes(session)
    except BaseException:
        store.close()
        raise
    return session


def lock(session: Session, resume: str = "") -> None:
    """Ends the session; the files are closed even when nothing more can be written."""
    store = session.store
    try:
        with store.changing(AuditEvent(AuditAction.LOCKED)) as connection:
            save_resume_point(connection, store.keyring, resume)
        store.remember_end()
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


def verify_colleague(
    session: Session,
    sign_in_name: str,
    passphrase: str,
    *,
    roles: Collection[Role] = CLINICIANS,
    boot_clock: Seconds = since_boot,
) -> AccountId:
    """A colleague at the same screen confirms with their own passphrase; no session changes.

    Raises Refusal: SIGN_IN_FAILED, SIGN_IN_DELAYED with the seconds, NOT_ALLOWED for a role that
    is not among `roles`.
    """
    return present_colleague(
        session, sign_in_name, passphrase, roles=roles, boot_clock=boot_clock
    ).account.account_id


def present_colleague(
    session: Session,
    sign_in_name: str,
    passphrase: str,
    *,
    roles: Collection[Role],
    boot_clock: Seconds = since_boot,
) -> slots.Person:
    """The colleague with their own pairs, for what two people open together.

    Raises Refusal as `verify_colleague`.
    """
    keyring = session.store.keyring
    guard = Throttle(session.store.place, keyring.device_key, boot_clock)
    person, _ = admitted(
        verified_vault(session),
        guard,
        sign_in_name,
        passphrase,
        key=keyring.device_key,
        policy=keyring.kdf,
    )
    if person.account.role not in roles:
        raise Refusal(RefusalCode.NOT_ALLOWED)
    return person


def recovery_opens(folder: Path, code: str) -> bool:
    """Whether a recovery sheet would open all four files of this facility."""
    seed = recovery_code.to_seed(code)
    if seed is None:
        return False
    put_in_order(records_place(folder))
    stored = vault.load(records_place(folder))
    keys = vault.recovered_keys(stored, recovery_code.recovery_key(seed, stored.vault_id))
    return keys is not None and Store.would_open(records_place(folder), keys)


def _require_at_work(store: Store, keyring: KeyRing) -> None:
    """An old copy of the key file does not bring back an account that has ended."""
    with store.reading_config() as connection:
        known = load_accounts(connection)
    own = keyring.account.account_id
    if any(account.account_id == own and not account.active for account in known):
        raise Refusal(RefusalCode.SIGN_IN_FAILED)


def _unlockable(folder: Path, device_folder: Path | None) -> tuple[Vault, bytes]:
    if not is_set_up(folder):
        raise Refusal(RefusalCode.NOT_SET_UP)
    put_in_order(records_place(folder))
    stored = vault.load(records_place(folder))
    key = device_key.load(device_folder or device_key.default_folder())
    vault.require_device(stored, key)
    return stored, key
