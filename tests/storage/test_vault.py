# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever may write the key file, even with an account of his own, gains nothing by editing it."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from pact_desktop.domain.accounts import Account, AccountId, Compartment, Role
from pact_desktop.domain.errors import Fault, FaultCode, PactError, Refusal, RefusalCode
from pact_desktop.services import accounts
from pact_desktop.storage import device_key, vault
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage.kdf import FLOOR, KdfPolicy
from pact_desktop.storage.keys import KeyRing, SealingKey, SigningKey
from pact_desktop.storage.vault import Cost, Grant, Slot, Vault
from tests.factories import CHEAP, SteppableClock, passphrase_of

Edit = Callable[[Vault, KeyRing], Vault]
NAMES = ("mira", "nadia", "dren", "ivo")


def enter(data: Path, device: Path, name: str, *, kdf: KdfPolicy = CHEAP) -> KeyRing:
    return accounts.sign_in(
        data, name, passphrase_of(name), SteppableClock(), device_folder=device, kdf=kdf
    )


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
    epochs = {**stored.header.epochs, Compartment.CASES: 0}
    return replace(stored, header=replace(stored.header, epochs=epochs))


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
    salts = {**stored.header.salts, Compartment.IDENTITY: bytes(16)}
    return replace(stored, header=replace(stored.header, salts=salts))


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


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_edited_vault_opens_for_nobody(
    attack: Edit, data_folder: Path, device_folder: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """No edit by the administrator, who has the device key and an account, gives anyone a key."""
    place = data_folder / "records"
    vault.save(place, attack(vault.load(place), keyring_of("ivo")))
    for name in (*NAMES, "eve"):
        with pytest.raises(PactError) as refused:
            enter(data_folder, device_folder, name)
        assert refused.value.code in {FaultCode.STORAGE_DAMAGED, RefusalCode.SIGN_IN_FAILED}


@pytest.mark.parametrize("attack", ON_ONE_PERSON, ids=lambda attack: attack.__name__)
def test_edited_slot_opens_not_even_for_its_owner(
    attack: Edit, data_folder: Path, device_folder: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """A slot whose hash or halves were edited gives no key, and costs nobody a hang."""
    place = data_folder / "records"
    vault.save(place, attack(vault.load(place), keyring_of("ivo")))
    with pytest.raises(PactError) as refused:
        enter(data_folder, device_folder, "nadia")
    assert refused.value.code in {FaultCode.STORAGE_DAMAGED, RefusalCode.SIGN_IN_FAILED}
    assert enter(data_folder, device_folder, "dren").keys == keyring_of("dren").keys


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__)
def test_edited_vault_is_not_built_upon(
    attack: Edit,
    data_folder: Path,
    open_as: Callable[[str], accounts.Session],
    keyring_of: Callable[[str], KeyRing],
) -> None:
    """A manager who is already inside grants nothing on top of an edited vault."""
    session = open_as("mira")
    place = data_folder / "records"
    edited = attack(vault.load(place), keyring_of("ivo"))
    vault.save(place, edited)
    with pytest.raises(Fault) as refused:
        accounts.create_account(
            session, accounts.NewStaff("nina", "Nina N", Role.NURSE, passphrase_of("nina"))
        )
    assert refused.value.code is FaultCode.STORAGE_DAMAGED


def test_everybody_gets_exactly_the_keys_of_the_role(
    data_folder: Path, device_folder: Path
) -> None:
    """Without an attack the same people sign in, each with the keys of the role and no others."""
    held = {name: set(enter(data_folder, device_folder, name).keys) for name in NAMES}
    assert held["nadia"] == held["dren"] == set(Compartment)
    assert held["mira"] == {Compartment.CONFIG, Compartment.CASES, Compartment.AUDIT}
    assert held["ivo"] == {Compartment.CONFIG}


def test_shipped_policy_refuses_the_cheap_hash_of_the_tests(
    data_folder: Path, device_folder: Path
) -> None:
    """Whoever weakens the passphrase hash of a slot locks that slot and learns nothing."""
    with pytest.raises(Fault) as refused:
        enter(data_folder, device_folder, "nadia", kdf=KdfPolicy())
    assert refused.value.code is FaultCode.STORAGE_DAMAGED
    assert (FLOOR.memory, FLOOR.iterations) == (64 * 1024, 3)


def test_vault_of_another_computer_is_foreign(data_folder: Path, tmp_path: Path) -> None:
    """A copied data folder gives nothing to guess against on another computer."""
    device_key.keep(tmp_path / "other", secrets.token_bytes(32))
    with pytest.raises(Fault) as refused:
        enter(data_folder, tmp_path / "other", "nadia")
    assert refused.value.code is FaultCode.STORAGE_FOREIGN


def test_missing_device_key_is_named(data_folder: Path, tmp_path: Path) -> None:
    """A lost device key is said as such and is not made anew."""
    with pytest.raises(Fault) as refused:
        enter(data_folder, tmp_path / "empty", "nadia")
    assert refused.value.code is FaultCode.DEVICE_KEY_MISSING
    assert not (tmp_path / "empty").exists()


def test_wrong_passphrase_and_unknown_name_look_the_same(
    data_folder: Path, device_folder: Path
) -> None:
    """The sign-in window does not tell who works here."""
    found = []
    for name, words in (("nadia", "not-her-passphrase-at-all"), ("nobody", passphrase_of("nadia"))):
        with pytest.raises(Refusal) as refused:
            accounts.sign_in(
                data_folder, name, words, SteppableClock(), device_folder=device_folder, kdf=CHEAP
            )
        found.append((refused.value.code, refused.value.facts))
    assert found == [(RefusalCode.SIGN_IN_FAILED, {})] * 2


def test_vault_says_nothing_about_staff(data_folder: Path) -> None:
    """The file alone, copied away, names nobody who works here."""
    text = b"".join(path.read_bytes() for path in (data_folder / "records").glob("vault*"))
    assert not any(word in text for word in (b"nadia", b"Nadia", b"Nikoli"))


def test_one_damaged_copy_is_survived(data_folder: Path, device_folder: Path) -> None:
    """A bad sector in one copy of the key file locks nobody out."""
    path = data_folder / "records" / vault.FILE_NAME
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert enter(data_folder, device_folder, "nadia").account.sign_in_name == "nadia"
    path.unlink()
    assert enter(data_folder, device_folder, "nadia").account.sign_in_name == "nadia"


def test_any_flipped_byte_in_both_copies_is_found(data_folder: Path, device_folder: Path) -> None:
    """Damage of the key file is said as damage and never taken for another content."""
    place = data_folder / "records"
    whole = (place / vault.FILE_NAME).read_bytes()
    for position in range(0, len(whole), 211):
        flipped = bytearray(whole)
        flipped[position] ^= 4
        for name in (vault.FILE_NAME, vault.COPY_NAME):
            (place / name).write_bytes(flipped)
        with pytest.raises(Fault) as refused:
            enter(data_folder, device_folder, "nadia")
        assert refused.value.code is FaultCode.STORAGE_DAMAGED


def test_signature_is_not_taken_from_another_key() -> None:
    """A signing key signs for itself alone."""
    one, other = SigningKey.generate(), SigningKey.generate()
    assert vault.signed_by(one.public, one.sign(b"x"), b"x")
    assert not vault.signed_by(other.public, one.sign(b"x"), b"x")
    assert not vault.signed_by(one.public, one.sign(b"x"), b"y")
