# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator may try who has the device key, an account, and may write the key file."""

import secrets
from collections.abc import Callable

from msgspec.structs import replace

from pact_desktop.domain.accounts import Account, AccountId, Compartment, Role
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage import vault
from pact_desktop.storage.keys import KeyRing, SealingKey
from pact_desktop.storage.vault import Cost, Grant, Slot, Vault
from tests.factories import CHEAP, passphrase_of

Edit = Callable[[Vault, KeyRing], Vault]


def slot_named(stored: Vault, keyring: KeyRing, name: str) -> Slot:
    return next(
        slot
        for slot in stored.slots
        if slots.account_of(slot, keyring.device_key, stored.vault_id).sign_in_name == name
    )


def with_slot(stored: Vault, changed: Slot) -> Vault:
    kept = tuple(changed if slot.user == changed.user else slot for slot in stored.slots)
    return replace(stored, slots=kept)


def with_grant(stored: Vault, old: Grant, new: Grant) -> Vault:
    return replace(stored, grants=tuple(new if grant is old else grant for grant in stored.grants))


def with_file(stored: Vault, compartment: Compartment, **changed: object) -> Vault:
    return replace(
        stored,
        files=tuple(
            replace(file, **changed) if file.compartment is compartment else file
            for file in stored.files
        ),
    )


def grant_of(stored: Vault, user: str, compartment: Compartment) -> Grant:
    return next(g for g in stored.grants_of(user) if g.compartment is compartment)


def own_grant(stored: Vault, admin: KeyRing, slot: Slot, *, granter: str) -> Grant:
    """A cases key of the administrator's own choice, sealed to somebody and signed by him."""
    return vault.grant_key(
        stored.vault_id,
        slot,
        Compartment.CASES,
        1,
        secrets.token_bytes(32),
        granter=granter,
        signing=admin.signing,
    )


def substituted_grant(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    old = grant_of(stored, nurse.user, Compartment.CASES)
    new = own_grant(stored, admin, nurse, granter=admin.account.account_id)
    return with_grant(stored, old, new)


def grant_in_the_managers_name(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    old = grant_of(stored, nurse.user, Compartment.CASES)
    new = own_grant(stored, admin, nurse, granter=stored.header.root_user)
    return with_grant(stored, old, new)


def replaced_root(stored: Vault, admin: KeyRing) -> Vault:
    """Everything signed again under a root of the administrator's own."""
    header = replace(stored.header, root=admin.signing.public)
    resigned = [
        vault.vouch(
            replace(slot, signing=admin.signing.public) if slot.user == header.root_user else slot,
            stored.vault_id,
            header.root_user,
            admin.signing,
        )
        for slot in stored.slots
    ]
    signer, signature = vault.sign_header(header, header.root_user, admin.signing)
    return replace(
        stored,
        header=header,
        header_signer=signer,
        header_signature=signature,
        slots=tuple(resigned),
    )


def swapped_public_key(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    return with_slot(stored, replace(nurse, sealing=SealingKey.generate().public))


def swapped_signing_key(stored: Vault, admin: KeyRing) -> Vault:
    doctor = slot_named(stored, admin, "dren")
    return with_slot(stored, replace(doctor, signing=admin.signing.public))


def cheaper_hash(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    return with_slot(stored, replace(nurse, cost=Cost(8, 1, 1)))


def hash_bomb(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    return with_slot(stored, replace(nurse, cost=Cost(2**31, 3, 4)))


def hash_of_many_rounds(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    return with_slot(stored, replace(nurse, cost=Cost(64, 10**9, 1)))


def grants_of_another_person(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    theirs = [replace(g, user=admin.account.account_id) for g in stored.grants_of(nurse.user)]
    others = [g for g in stored.grants if g.user != admin.account.account_id]
    return replace(stored, grants=(*others, *theirs))


def edited_role(stored: Vault, admin: KeyRing) -> Vault:
    own = slot_named(stored, admin, "ivo")
    return with_slot(stored, replace(own, role=Role.MANAGER))


def edited_role_signed_by_himself(stored: Vault, admin: KeyRing) -> Vault:
    own = replace(slot_named(stored, admin, "ivo"), role=Role.MANAGER)
    return with_slot(stored, vault.vouch(own, stored.vault_id, own.user, admin.signing))


def added_himself_as_nurse(stored: Vault, admin: KeyRing) -> Vault:
    person = slots.Person(
        Account(AccountId("f" * 16), "eve", "Eve", Role.NURSE, "N99"),
        SealingKey.generate(),
        admin.signing,
    )
    slot = slots.new_slot(
        person,
        passphrase_of("eve"),
        vault_id=stored.vault_id,
        root=stored.header.root,
        device_key=admin.device_key,
        cost=CHEAP.for_new_slot(),
    )
    vouched = vault.vouch(slot, stored.vault_id, admin.account.account_id, admin.signing)
    return replace(stored, slots=(*stored.slots, vouched))


def epoch_set_back(stored: Vault, _admin: KeyRing) -> Vault:
    return with_file(stored, Compartment.CASES, epoch=0)


def grant_of_another_epoch(stored: Vault, admin: KeyRing) -> Vault:
    old = grant_of(stored, slot_named(stored, admin, "nadia").user, Compartment.CASES)
    return with_grant(stored, old, replace(old, epoch=2))


def edited_compartment(stored: Vault, admin: KeyRing) -> Vault:
    manager = slot_named(stored, admin, "mira")
    old = grant_of(stored, manager.user, Compartment.CASES)
    return with_grant(stored, old, replace(old, compartment=Compartment.IDENTITY))


def replaced_recovery_key(stored: Vault, _admin: KeyRing) -> Vault:
    public = SealingKey.generate().public
    return replace(stored, header=replace(stored.header, recovery_public=public))


def header_signed_by_administrator(stored: Vault, admin: KeyRing) -> Vault:
    header = replace(stored.header, recovery_public=SealingKey.generate().public)
    signer, signature = vault.sign_header(header, admin.account.account_id, admin.signing)
    return replace(stored, header=header, header_signer=signer, header_signature=signature)


def swapped_private_halves(stored: Vault, admin: KeyRing) -> Vault:
    nurse, own = (slot_named(stored, admin, name) for name in ("nadia", "ivo"))
    return with_slot(stored, replace(nurse, wrapped=own.wrapped, salt=own.salt))


def renamed_person(stored: Vault, admin: KeyRing) -> Vault:
    nurse, own = (slot_named(stored, admin, name) for name in ("nadia", "ivo"))
    return with_slot(stored, replace(nurse, name_tag=own.name_tag, label=own.label))


def switched_off_person(stored: Vault, admin: KeyRing) -> Vault:
    nurse = slot_named(stored, admin, "nadia")
    return with_slot(stored, replace(nurse, active=False))


def doubled_slot(stored: Vault, _admin: KeyRing) -> Vault:
    return replace(stored, slots=(*stored.slots, stored.slots[-1]))


def doubled_grant(stored: Vault, _admin: KeyRing) -> Vault:
    return replace(stored, grants=(*stored.grants, *stored.grants))


def vouching_in_a_circle(stored: Vault, admin: KeyRing) -> Vault:
    own = replace(slot_named(stored, admin, "ivo"), role=Role.MANAGER)
    nurse = replace(slot_named(stored, admin, "nadia"), role=Role.MANAGER)
    first = vault.vouch(own, stored.vault_id, nurse.user, admin.signing)
    second = vault.vouch(nurse, stored.vault_id, own.user, admin.signing)
    return with_slot(with_slot(stored, first), second)


def changed_file_mark(stored: Vault, _admin: KeyRing) -> Vault:
    return with_file(stored, Compartment.IDENTITY, salt=bytes(16))


ON_ONE_PERSON: tuple[Edit, ...] = (
    cheaper_hash,
    hash_bomb,
    hash_of_many_rounds,
    swapped_private_halves,
)
"""These touch only what the victim's own passphrase protects."""

ATTACKS: tuple[Edit, ...] = (
    substituted_grant,
    grant_in_the_managers_name,
    replaced_root,
    swapped_public_key,
    swapped_signing_key,
    grants_of_another_person,
    edited_role,
    edited_role_signed_by_himself,
    added_himself_as_nurse,
    epoch_set_back,
    grant_of_another_epoch,
    edited_compartment,
    replaced_recovery_key,
    header_signed_by_administrator,
    renamed_person,
    switched_off_person,
    doubled_slot,
    doubled_grant,
    vouching_in_a_circle,
    changed_file_mark,
)
