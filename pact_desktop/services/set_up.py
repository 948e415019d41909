# SPDX-License-Identifier: GPL-3.0-or-later
"""Sets up a facility: nothing counts until the recovery code was typed back."""

import hmac
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Final

from pact_desktop.domain.accounts import CLINICIANS, KEYRING, Account, Compartment, Role
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import Facility
from pact_desktop.domain.text import NAME_LIMIT, clean, tidy
from pact_desktop.services.passphrases import check_passphrase, known_names
from pact_desktop.services.public_notice import write_public_notice
from pact_desktop.services.session import Clock
from pact_desktop.storage import device_key, recovery_code, sign_in, vault
from pact_desktop.storage.accounts import insert_account
from pact_desktop.storage.database import file_salt
from pact_desktop.storage.durable_file import make_folder, sync_file, sync_folder, write_durably
from pact_desktop.storage.facility import save_facility
from pact_desktop.storage.faults import storage_faults
from pact_desktop.storage.kdf import KdfPolicy
from pact_desktop.storage.keys import KEY_BYTES, KeyRing
from pact_desktop.storage.sign_in import Person
from pact_desktop.storage.store import Store
from pact_desktop.storage.vault import Grant, Header, Slot, Vault

_RECORDS: Final = "records"
_UNFINISHED: Final = "records-unfinished"
_FIRST_EPOCH: Final = 1
_PROBE_BYTES: Final = 1_000_000
"""Empty records take about this much."""
_CODE_LETTER: Final = {
    Role.NURSE: "N",
    Role.DOCTOR: "D",
    Role.MANAGER: "M",
    Role.IT_ADMINISTRATOR: "T",
}


@dataclass(frozen=True, slots=True)
class NewStaff:
    """Somebody who is to get an account."""

    sign_in_name: str
    display_name: str
    role: Role
    passphrase: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class PendingSetUp:
    """A set-up that waits for the recovery code. It is in memory only."""

    recovery_code: str = field(repr=False)
    folder: Path
    device_folder: Path
    facility: Facility = field(repr=False)
    people: tuple[Person, ...] = field(repr=False)
    slots: tuple[Slot, ...] = field(repr=False)
    grants: tuple[Grant, ...] = field(repr=False)
    keyring: KeyRing = field(repr=False)
    """All four keys in the manager's name: once, to make the files."""
    recovery_public: bytes = field(repr=False)
    clock: Clock = field(repr=False)


def records_place(folder: Path) -> Path:
    """Where the vault and the four files are."""
    return folder / _RECORDS


def is_set_up(folder: Path) -> bool:
    return records_place(folder).exists()


def require_room(folder: Path) -> None:
    """Tries the place where records will lie, before anybody types for it.

    Raises Fault(STORAGE_READ_ONLY), Fault(STORAGE_FULL) or Fault(STORAGE_FAILED).
    """
    make_folder(folder)
    probe = folder / "probe"
    write_durably(probe, bytes(_PROBE_BYTES))
    probe.unlink()


def begin_set_up(
    folder: Path,
    facility: Facility,
    staff: Sequence[NewStaff],
    clock: Clock,
    *,
    device_folder: Path | None = None,
    kdf: KdfPolicy | None = None,
) -> PendingSetUp:
    """Makes keys and a recovery code; the first of `staff` is the manager.

    Raises Refusal: ALREADY_SET_UP, FACILITY_INCOMPLETE, NAME_MISSING, ACCOUNT_NAME_TAKEN,
    PASSPHRASE_TOO_SHORT, PASSPHRASE_TOO_COMMON.
    """
    if is_set_up(folder):
        raise Refusal(RefusalCode.ALREADY_SET_UP)
    if not tidy(facility.name):
        raise Refusal(RefusalCode.FACILITY_INCOMPLETE, field="name")
    people = first_people(facility, staff)
    place = device_folder or device_key.default_folder()
    manager = people[0]
    keyring = KeyRing(
        account=manager.account,
        vault_id=secrets.token_hex(16),
        root=manager.signing.public,
        keys={compartment: secrets.token_bytes(KEY_BYTES) for compartment in Compartment},
        salts={},
        signing_seed=manager.signing.seed,
        device_key=device_key.load_or_make(place),
        signers={person.account.account_id: person.signing.public for person in people},
    )
    slots = first_slots(people, staff, keyring, kdf or KdfPolicy())
    epochs = dict.fromkeys(Compartment, _FIRST_EPOCH)
    seed = recovery_code.new_seed()
    return PendingSetUp(
        recovery_code=recovery_code.to_code(seed),
        folder=folder,
        device_folder=place,
        facility=facility,
        people=people,
        slots=slots,
        grants=tuple(grant for slot in slots for grant in first_grants(slot, keyring, epochs)),
        keyring=keyring,
        recovery_public=recovery_code.recovery_key(seed, keyring.vault_id).public,
        clock=clock,
    )


def confirm_recovery(pending: PendingSetUp, typed: str) -> None:
    """Sets the facility up, in one step that happens or does not.

    Raises Refusal(RECOVERY_CODE_WRONG), Refusal(ALREADY_SET_UP), or a Fault of the disk.
    """
    seed = recovery_code.to_seed(typed)
    expected = recovery_code.to_seed(pending.recovery_code)
    if seed is None or expected is None or not hmac.compare_digest(seed, expected):
        raise Refusal(RefusalCode.RECOVERY_CODE_WRONG)
    if is_set_up(pending.folder):
        raise Refusal(RefusalCode.ALREADY_SET_UP)
    place = fresh_place(pending.folder)
    device_key.keep(pending.device_folder, pending.keyring.device_key)
    _make_records(pending, place)
    write_public_notice(pending.folder, pending.facility)
    put_in_place(place, pending.folder)


def staff_code(role: Role, taken: Sequence[str]) -> str:
    """What paper shows instead of a name: `N01`, `D01`, `M01`."""
    candidates = (f"{_CODE_LETTER[role]}{number:02d}" for number in count(1))
    return next(code for code in candidates if code not in taken)


def checked_staff(new: NewStaff, *, taken: Sequence[str], context: Sequence[str]) -> NewStaff:
    """The cleaned-up entry; raises Refusal as `begin_set_up` does."""
    sign_in_name = clean(new.sign_in_name, field="sign-in-name", limit=NAME_LIMIT)
    display_name = clean(new.display_name, field="display-name", limit=NAME_LIMIT)
    if not sign_in_name or not display_name:
        raise Refusal(RefusalCode.NAME_MISSING)
    if sign_in_name.casefold() in {name.casefold() for name in taken}:
        raise Refusal(RefusalCode.ACCOUNT_NAME_TAKEN)
    check_passphrase(new.passphrase, context=(*context, sign_in_name, display_name))
    return replace(new, sign_in_name=sign_in_name, display_name=display_name)


def first_people(
    facility: Facility, staff: Sequence[NewStaff], *, earlier: Sequence[Account] = ()
) -> tuple[Person, ...]:
    """A manager and whoever follows, at least one of them a nurse or a doctor.

    Raises Refusal as `begin_set_up` does. Names and codes of `earlier` accounts stay theirs.
    """
    if not staff or staff[0].role is not Role.MANAGER:
        raise Refusal(RefusalCode.FACILITY_INCOMPLETE, field="manager")
    if not any(new.role in CLINICIANS for new in staff):
        raise Refusal(RefusalCode.FACILITY_INCOMPLETE, field="clinician")
    people: list[Person] = []
    entered = (name for new in staff for name in (new.display_name, new.sign_in_name))
    names = (*known_names(facility, earlier), *entered)
    for new in staff:
        accounts = [*earlier, *(person.account for person in people)]
        checked = checked_staff(
            new,
            taken=[account.sign_in_name for account in accounts],
            context=names,
        )
        code = staff_code(new.role, [account.staff_code for account in accounts])
        people.append(
            sign_in.new_person(checked.sign_in_name, checked.display_name, new.role, code)
        )
    return tuple(people)


def first_slots(
    people: Sequence[Person], staff: Sequence[NewStaff], keyring: KeyRing, kdf: KdfPolicy
) -> tuple[Slot, ...]:
    """Slots of the first people, each vouched for by the one in whose name the keyring is."""
    cost = kdf.for_new_slot()
    return tuple(
        vault.vouch(
            sign_in.new_slot(
                person,
                new.passphrase,
                vault_id=keyring.vault_id,
                root=keyring.root,
                device_key=keyring.device_key,
                cost=cost,
            ),
            keyring.vault_id,
            keyring.account.account_id,
            keyring.signing,
        )
        for person, new in zip(people, staff, strict=True)
    )


def first_grants(slot: Slot, keyring: KeyRing, epochs: Mapping[Compartment, int]) -> list[Grant]:
    """While all four keys are in memory: clinicians get theirs here and now."""
    return [
        vault.grant_key(
            keyring.vault_id,
            slot,
            compartment,
            epochs[compartment],
            keyring.keys[compartment],
            granter=keyring.account.account_id,
            signing=keyring.signing,
        )
        for compartment in sorted(KEYRING[slot.role])
    ]


def fresh_place(folder: Path) -> Path:
    """An empty folder for unfinished records; only an earlier unfinished one is removed."""
    place = folder / _UNFINISHED
    with storage_faults():
        make_folder(folder)
        if place.exists():
            shutil.rmtree(place)
        place.mkdir(mode=0o700)
    return place


def put_in_place(place: Path, folder: Path) -> None:
    """Everything is on the disk before it gets its name; from then on the records are there."""
    with storage_faults():
        for path in place.iterdir():
            sync_file(path)
        sync_folder(place)
        if records_place(folder).exists():
            raise Refusal(RefusalCode.ALREADY_SET_UP)
        place.rename(records_place(folder))
        sync_folder(folder)


def _make_records(pending: PendingSetUp, place: Path) -> None:
    keyring = pending.keyring
    Store.create(place, keyring, pending.recovery_public)
    salts = {compartment: file_salt(place, compartment) for compartment in Compartment}
    store = Store.open(place, replace(keyring, salts=salts), keyring.account, pending.clock)
    try:
        with store.changing(*_first_events(pending)) as connection:
            save_facility(connection, pending.facility)
            for person in pending.people:
                insert_account(connection, person.account, pending.clock())
    finally:
        store.close()
    vault.save(place, _vault(pending, salts))


def _first_events(pending: PendingSetUp) -> list[AuditEvent]:
    created = [_created(person.account) for person in pending.people]
    return [
        AuditEvent(AuditAction.FACILITY_SET_UP),
        *created,
        AuditEvent(AuditAction.RECOVERY_CONFIRMED),
    ]


def _created(account: Account) -> AuditEvent:
    return AuditEvent(AuditAction.ACCOUNT_CREATED, subject=account.staff_code)


def _vault(pending: PendingSetUp, salts: dict[Compartment, bytes]) -> Vault:
    keyring = pending.keyring
    header = Header(
        vault_id=keyring.vault_id,
        root=keyring.root,
        root_user=keyring.account.account_id,
        device_check=vault.device_check(keyring.device_key, keyring.vault_id),
        recovery_public=pending.recovery_public,
    )
    manager, signing = keyring.account.account_id, keyring.signing
    files = tuple(
        vault.file_key(header, one, _FIRST_EPOCH, key, salts[one], signer=manager, signing=signing)
        for one, key in keyring.keys.items()
    )
    signer, signature = vault.sign_header(header, manager, signing)
    return Vault(1, 1, header, signer, signature, files, pending.slots, pending.grants)
