# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever may write the key file, even with an account of his own, gains nothing by editing it."""

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.domain.accounts import Compartment, Role
from pact_desktop.domain.errors import Fault, FaultCode, PactError, Refusal, RefusalCode
from pact_desktop.services import accounts
from pact_desktop.storage import device_key, vault
from pact_desktop.storage.kdf import FLOOR, KdfPolicy
from pact_desktop.storage.keys import KeyRing, SigningKey
from tests.factories import CHEAP, SteppableClock, passphrase_of
from tests.storage.vault_attacks import ATTACKS, ON_ONE_PERSON, Edit

NAMES = ("mira", "nadia", "dren", "ivo")


def enter(data: Path, device: Path, name: str, *, kdf: KdfPolicy = CHEAP) -> KeyRing:
    return accounts.sign_in(
        data, name, passphrase_of(name), SteppableClock(), device_folder=device, kdf=kdf
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
