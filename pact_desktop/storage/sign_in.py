# SPDX-License-Identifier: GPL-3.0-or-later
"""From name and passphrase to a keyring, trusting nothing that the passphrase does not prove."""

import json
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from msgspec.structs import replace

from pact_desktop.domain.accounts import KEYRING, Account, AccountId, Compartment, Role
from pact_desktop.storage import vault as vault_file
from pact_desktop.storage.kdf import SALT_BYTES, KdfCost, KdfPolicy, derive
from pact_desktop.storage.keys import (
    SEALING_SEED_BYTES,
    KeyRing,
    SealingKey,
    SigningKey,
    authenticate,
    canonical_json,
    decrypt,
    encrypt,
    keyed_hash,
    same,
)
from pact_desktop.storage.vault import Cost, Grant, Slot, Vault

_LABEL: Final = b"pact label"


@dataclass(frozen=True, slots=True)
class Person:
    """An account with the private halves of its pairs."""

    account: Account
    sealing: SealingKey = field(repr=False)
    signing: SigningKey = field(repr=False)


def new_person(sign_in_name: str, display_name: str, role: Role, staff_code: str) -> Person:
    account = Account(AccountId(secrets.token_hex(8)), sign_in_name, display_name, role, staff_code)
    return Person(account, SealingKey.generate(), SigningKey.generate())


def name_tag(device_key: bytes, vault_id: str, sign_in_name: str) -> str:
    """Stands for a name in files that lie in clear; case and spaces do not matter."""
    folded = " ".join(unicodedata.normalize("NFKC", sign_in_name).split()).casefold()
    key = keyed_hash(device_key, vault_id.encode(), b"pact-name-tag")
    return authenticate(key, folded.encode()).hex()


def new_slot(
    person: Person,
    passphrase: str,
    *,
    vault_id: str,
    root: bytes,
    device_key: bytes,
    cost: KdfCost,
) -> Slot:
    """A slot that still needs a manager's signature (`vault.vouch`)."""
    account = person.account
    slot = Slot(
        user=account.account_id,
        role=account.role,
        name_tag=name_tag(device_key, vault_id, account.sign_in_name),
        label=_sealed_label(account, device_key, vault_id),
        sealing=person.sealing.public,
        signing=person.signing.public,
        active=True,
        certifier="",
        certificate=b"",
        salt=b"",
        cost=Cost(cost.memory, cost.iterations, cost.lanes),
        wrapped=b"",
        root_pin=b"",
    )
    return wrapped_anew(
        slot,
        person,
        passphrase,
        vault_id=vault_id,
        root=root,
        device_key=device_key,
        cost=cost,
    )


def wrapped_anew(
    slot: Slot,
    person: Person,
    passphrase: str,
    *,
    vault_id: str,
    root: bytes,
    device_key: bytes,
    cost: KdfCost,
) -> Slot:
    """The slot under this passphrase, with a new salt; what a manager signed stays the same."""
    slot = replace(
        slot,
        salt=secrets.token_bytes(SALT_BYTES),
        cost=Cost(cost.memory, cost.iterations, cost.lanes),
    )
    wrap_key, pin_key = _passphrase_keys(passphrase, slot, device_key)
    halves = person.sealing.seed + person.signing.seed
    return replace(
        slot,
        wrapped=encrypt(wrap_key, halves, slot.wrap_context(vault_id)),
        root_pin=authenticate(pin_key, vault_id.encode() + root),
    )


def without_passphrase(slot: Slot) -> Slot:
    """The slot as no passphrase opens it any more; its public halves stay as they were signed."""
    return replace(slot, wrapped=secrets.token_bytes(len(slot.wrapped)))


def open_slot(
    vault: Vault, slot: Slot | None, passphrase: str, device_key: bytes, policy: KdfPolicy
) -> Person | None:
    """The person, or None for a wrong passphrase or name; both take the same work.

    Raises Fault(STORAGE_DAMAGED) when the passphrase is right and the vault is not.
    """
    shown = slot or _stand_in(vault)
    policy.require(cost_of(shown))
    wrap_key, pin_key = _passphrase_keys(passphrase, shown, device_key)
    halves = decrypt(wrap_key, shown.wrapped, shown.wrap_context(vault.vault_id))
    if halves is None or slot is None:
        return None
    pin = authenticate(pin_key, vault.vault_id.encode() + vault.header.root)
    if not same(pin, slot.root_pin):
        raise vault_file.damaged()
    return Person(
        account_of(slot, device_key, vault.vault_id),
        SealingKey(halves[:SEALING_SEED_BYTES]),
        SigningKey(halves[SEALING_SEED_BYTES:]),
    )


def keyring_of(vault: Vault, person: Person, device_key: bytes) -> KeyRing:
    """Opens a person's grants after checking everything that the managers signed."""
    signers = vault.verified(vault.header.root)
    keys: dict[Compartment, bytes] = {}
    for grant in vault.grants_of(person.account.account_id):
        keys[grant.compartment] = vault_file.open_grant(vault, grant, person.sealing)
    if Compartment.CONFIG not in keys:
        raise vault_file.damaged()
    return KeyRing(
        account=person.account,
        vault_id=vault.vault_id,
        root=vault.header.root,
        keys=keys,
        salts=vault.salts,
        signing_seed=person.signing.seed,
        sealing_seed=person.sealing.seed,
        device_key=device_key,
        signers=signers,
    )


def account_of(slot: Slot, device_key: bytes, vault_id: str) -> Account:
    """Raises Fault(STORAGE_DAMAGED) when the names are not the ones sealed for this slot."""
    key = keyed_hash(device_key, vault_id.encode(), b"pact-label")
    plain = decrypt(key, slot.label, _LABEL + slot.user.encode())
    if plain is None:
        raise vault_file.damaged()
    sign_in_name, display_name, staff_code = json.loads(plain)["label"]
    return Account(
        AccountId(slot.user), sign_in_name, display_name, slot.role, staff_code, slot.active
    )


def grants_for(
    person_slot: Slot, keyring: KeyRing, epochs: dict[Compartment, int]
) -> tuple[Grant, ...]:
    """Everything the new person's role may open and the granter holds."""
    allowed = KEYRING[person_slot.role] & KEYRING[keyring.account.role]
    return tuple(
        vault_file.grant_key(
            keyring.vault_id,
            person_slot,
            compartment,
            epochs[compartment],
            keyring.keys[compartment],
            granter=keyring.account.account_id,
            signing=keyring.signing,
        )
        for compartment in sorted(allowed)
        if keyring.holds(compartment)
    )


def cost_of(slot: Slot) -> KdfCost:
    return KdfCost(slot.cost.memory, slot.cost.iterations, slot.cost.lanes)


def _sealed_label(account: Account, device_key: bytes, vault_id: str) -> bytes:
    key = keyed_hash(device_key, vault_id.encode(), b"pact-label")
    names = [account.sign_in_name, account.display_name, account.staff_code]
    return encrypt(key, canonical_json({"label": names}), _LABEL + account.account_id.encode())


def _passphrase_keys(passphrase: str, slot: Slot, device_key: bytes) -> tuple[bytes, bytes]:
    stretched = derive(passphrase, slot.salt, cost_of(slot))
    root = keyed_hash(device_key, stretched, b"pact-passphrase")
    return keyed_hash(root, b"", b"pact-wrap"), keyed_hash(root, b"", b"pact-root-pin")


def _stand_in(vault: Vault) -> Slot:
    """For a name that nobody has: a slot as costly as a real one."""
    if not vault.slots:
        raise vault_file.damaged()
    return max(vault.slots, key=lambda slot: slot.cost.memory * slot.cost.iterations)
