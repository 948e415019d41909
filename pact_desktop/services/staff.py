# SPDX-License-Identifier: GPL-3.0-or-later
"""Who works here: new accounts, who may open names, and accounts that end.

The log comes before the key file in every change: what is written down and did not happen
harms nobody.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from pact_desktop.domain.accounts import CLINICIANS, Account, AccountId, Compartment, Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.facility import Facility
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.i18n.names import fold_variants
from pact_desktop.services.passphrases import known_names
from pact_desktop.services.session import Session
from pact_desktop.services.set_up import NewStaff, checked_staff, staff_code
from pact_desktop.storage import audit_reading, vault
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage.accounts import close_account, insert_account, load_accounts
from pact_desktop.storage.facility import load_facility
from pact_desktop.storage.key_changes import ask_for_change
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.vault import Slot, Vault


class _Parts(TypedDict):
    slots: tuple[Slot, ...]
    grants: tuple[vault.Grant, ...]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """An account as the manager sees it."""

    account: Account
    signed_in_at: datetime | None = None
    """When this person last signed in; None for never."""
    waits: bool = False
    """A nurse or doctor whom no colleague has let open names yet."""


def list_accounts(session: Session) -> list[Account]:
    with session.store.reading_config() as connection:
        return load_accounts(connection)


def accounts_of_person(account_id: AccountId | None, known: Iterable[Account]) -> set[AccountId]:
    """Every account that this person has or had: after a restore they come with another one.

    Told by the name, in any script; nothing else about a person goes over. Empty for None.
    """
    if account_id is None:
        return set()
    names = {account.account_id: set(fold_variants(account.display_name)) for account in known}
    own = names.get(account_id, set()) - {""}
    return {account_id, *(other for other, folded in names.items() if own & folded)}


def staff_members(session: Session) -> list[StaffMember]:
    """Everybody who has or had an account, with what the log and the key file say.

    Raises Refusal(NOT_ALLOWED).
    """
    session.require(Permission.MANAGE_ACCOUNTS)
    stored = verified_vault(session)
    waiting = {slot.user for slot in stored.slots if _waits(stored, slot)}
    with session.store.reading_config() as connection:
        accounts = load_accounts(connection)
        seen = audit_reading.latest(connection, AuditAction.SIGNED_IN)
    return [
        StaffMember(
            account,
            signed_in_at=seen.get(account.account_id),
            waits=account.active and account.account_id in waiting,
        )
        for account in accounts
    ]


def create_account(session: Session, new: NewStaff) -> Account:
    """Gives a new person what the manager holds.

    A new nurse or doctor cannot open names of patients until a colleague who can has
    confirmed them (`confirm_colleague`). Raises Refusal as `begin_set_up` does.
    """
    session.require(Permission.MANAGE_ACCOUNTS)
    stored = verified_vault(session)
    keyring = session.store.keyring
    known = [_account(slot, keyring) for slot in stored.slots]
    entered = list_accounts(session)
    # A row without a slot was left by an interrupted attempt, unless it has ended.
    taken = (*known, *(other for other in entered if not other.active))
    checked = checked_staff(
        new,
        taken=[other.sign_in_name for other in taken],
        context=names_known_here(session),
    )
    code = staff_code(new.role, [other.staff_code for other in (*known, *entered)])
    person = slots.new_person(checked.sign_in_name, checked.display_name, new.role, code)
    slot = _vouched_slot(person, new.passphrase, keyring)
    event = AuditEvent(AuditAction.ACCOUNT_CREATED, subject=code)
    with session.store.changing(event) as connection:
        insert_account(connection, person.account, session.now)
    grants = slots.grants_for(slot, keyring, stored.epochs)
    save_vault(session, stored, slots=(*stored.slots, slot), grants=(*stored.grants, *grants))
    return person.account


def end_account(session: Session, account_id: AccountId) -> None:
    """From now on nobody signs in with this account; what it entered stays in the records.

    Its slot stays too, without what a passphrase opens: entries of the log and the accounts
    this person vouched for lean on its public keys. From now on the key of every file that the
    person could open has to be changed (`key_changes`).

    Raises Refusal: NOT_ALLOWED, ACCOUNT_UNKNOWN, ACCOUNT_OWN, and ACCOUNT_LAST_FOR_NAMES when
    nobody else could open names of patients afterwards.
    """
    session.require(Permission.MANAGE_ACCOUNTS)
    stored = verified_vault(session)
    slot = stored.slot(account_id)
    if slot is None:
        raise Refusal(RefusalCode.ACCOUNT_UNKNOWN)
    if account_id == session.account.account_id:
        raise Refusal(RefusalCode.ACCOUNT_OWN)
    if _opening_names(stored) == {slot.user}:
        raise Refusal(RefusalCode.ACCOUNT_LAST_FOR_NAMES)
    code = _account(slot, session.store.keyring).staff_code
    event = AuditEvent(AuditAction.ACCOUNT_ENDED, subject=code)
    with session.store.changing(event) as connection:
        close_account(connection, account_id)
        ask_for_change(
            connection,
            {grant.compartment: grant.epoch for grant in stored.grants_of(slot.user)},
            reason=KeyChangeReason.ACCOUNT_ENDED,
            asked_by=session.account.account_id,
            asked_at=session.now,
        )
    save_vault(session, stored, **_without(stored, {slot.user}))


def waiting_colleagues(session: Session) -> list[Account]:
    """Nurses and doctors who cannot open names yet, for a colleague who can."""
    if not _may_confirm(session):
        return []
    stored = verified_vault(session)
    return [_account(slot, session.store.keyring) for slot in stored.slots if _waits(stored, slot)]


def confirm_colleague(session: Session, account_id: AccountId) -> None:
    """Gives the key of the names to a colleague whom this nurse or doctor knows.

    Raises Refusal(NOT_ALLOWED): no manager can do this, nor for somebody who does not wait.
    """
    stored = verified_vault(session)
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
        for grant in slots.grants_for(slot, keyring, stored.epochs)
        if grant.compartment is Compartment.IDENTITY
    ]
    save_vault(session, stored, grants=(*stored.grants, *missing))


def verified_vault(session: Session) -> Vault:
    """The vault as it is now, checked against the root that this person's passphrase pinned.

    A change of keys that failed is settled first: it writes the vault too, and whoever had read
    it before would write it back as it was.
    """
    session.store.settle()
    stored = vault.load(session.store.place)
    if stored.vault_id != session.store.keyring.vault_id:
        raise Fault(FaultCode.STORAGE_FOREIGN, file=vault.FILE_NAME)
    stored.verified(session.store.keyring.root)
    return stored


def save_vault(
    session: Session,
    stored: Vault,
    *,
    slots: tuple[Slot, ...] | None = None,
    grants: tuple[vault.Grant, ...] | None = None,
) -> None:
    """Writes what follows `stored`, unless the vault has moved on since that was read.

    Raises Fault: STORAGE_FAILED, and those of the disk.
    """
    now = vault.load(session.store.place)
    if now.changing is not None or now.generation != stored.generation:
        raise Fault(FaultCode.STORAGE_FAILED, file=vault.FILE_NAME)
    following = vault.following(
        stored,
        slots=stored.slots if slots is None else slots,
        grants=stored.grants if grants is None else grants,
    )
    following.verified(session.store.keyring.root)
    vault.save(session.store.place, following)


def let_go_of_ended(session: Session) -> None:
    """Takes from the vault what an ended account has left there, before files get new keys.

    An end that was cut off between the log and the vault is so brought to its end, by whoever
    comes next: no manager has to sign for it. Raises Fault of the disk.
    """
    stored = verified_vault(session)
    ended = {account.account_id for account in list_accounts(session) if not account.active}
    left = {slot.user for slot in stored.slots if stored.grants_of(slot.user)} & ended
    if not left or _opening_names(stored) <= left:
        # `end_account` never ends the last who opens names: such rows are not its own.
        return
    save_vault(session, stored, **_without(stored, left))


def names_known_here(session: Session) -> tuple[str, ...]:
    """Names that a passphrase must not be made of."""
    with session.store.reading_config() as connection:
        facility = load_facility(connection)
        accounts = load_accounts(connection)
    return known_names(facility or Facility("", ""), accounts)


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


def _without(stored: Vault, ended: Collection[str]) -> _Parts:
    """Slots that no passphrase opens any more, and the grants of everybody else."""
    return {
        "slots": tuple(
            slots.without_passphrase(slot) if slot.user in ended else slot for slot in stored.slots
        ),
        "grants": tuple(grant for grant in stored.grants if grant.user not in ended),
    }


def _account(slot: Slot, keyring: KeyRing) -> Account:
    return slots.account_of(slot, keyring.device_key, keyring.vault_id)


def _may_confirm(session: Session) -> bool:
    return session.account.role in CLINICIANS and session.store.holds(Compartment.IDENTITY)


def _waits(stored: Vault, slot: Slot) -> bool:
    """Somebody at work, which an ended account without any key is not."""
    held = {grant.compartment for grant in stored.grants_of(slot.user)}
    return bool(held) and slot.role in CLINICIANS and Compartment.IDENTITY not in held


def _opening_names(stored: Vault) -> set[str]:
    return {grant.user for grant in stored.grants if grant.compartment is Compartment.IDENTITY}
