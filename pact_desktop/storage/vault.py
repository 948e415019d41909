# SPDX-License-Identifier: GPL-3.0-or-later
"""The key file: who may open which compartment, in a form nobody can edit unnoticed."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from pact_desktop.domain.accounts import KEYRING, AccountId, Compartment, Role
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.durable_file import write_durably
from pact_desktop.storage.keys import (
    SealingKey,
    SigningKey,
    authenticate,
    canonical_json,
    keyed_hash,
    same,
    seal_to,
    signed_by,
)

FILE_NAME: Final = "vault.json"
COPY_NAME: Final = "vault-copy.json"
_FORMAT: Final = 1
_SIZE_LIMIT: Final = 4 * 1024 * 1024
_GRANTERS: Final = frozenset({Role.MANAGER, Role.NURSE, Role.DOCTOR})


class Cost(Struct, frozen=True, forbid_unknown_fields=True):
    memory: int
    iterations: int
    lanes: int


class Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """A person: public keys vouched for by a manager, private halves under the passphrase."""

    user: str
    role: Role
    name_tag: str
    label: bytes
    """Names and staff code, readable on this computer only."""
    sealing: bytes
    signing: bytes
    active: bool
    certifier: str
    certificate: bytes
    salt: bytes
    cost: Cost
    wrapped: bytes
    root_pin: bytes

    def vouched(self, vault_id: str) -> bytes:
        """What a manager signs."""
        return _context(
            "certificate",
            vault_id,
            **self.identity(),
            active=self.active,
            certifier=self.certifier,
        )

    def identity(self) -> dict[str, Any]:
        return {
            "user": self.user,
            "role": self.role.value,
            "name_tag": self.name_tag,
            "label": self.label.hex(),
            "sealing": self.sealing.hex(),
            "signing": self.signing.hex(),
        }

    def wrap_context(self, vault_id: str) -> bytes:
        """What the passphrase vouches for besides the private halves."""
        cost = [self.cost.memory, self.cost.iterations, self.cost.lanes]
        return _context("wrap", vault_id, **self.identity(), salt=self.salt.hex(), cost=cost)


class Grant(Struct, frozen=True, forbid_unknown_fields=True):
    """A compartment key sealed to one person, signed by who gave it."""

    user: str
    compartment: Compartment
    epoch: int
    granter: str
    sealed: bytes
    signature: bytes

    def signed_part(self, vault_id: str) -> bytes:
        return _context(
            "grant",
            vault_id,
            user=self.user,
            compartment=self.compartment.value,
            epoch=self.epoch,
            granter=self.granter,
            sealed=self.sealed.hex(),
        )


class FileKey(Struct, frozen=True, forbid_unknown_fields=True):
    """Which key one file has now, signed by somebody whose role holds that key."""

    compartment: Compartment
    epoch: int
    salt: bytes
    """First bytes of the file, so that nobody puts another one in its place."""
    recovery_sealed: bytes
    """The key, for whoever holds the recovery sheet."""
    signer: str
    signature: bytes

    def signed_part(self, vault_id: str) -> bytes:
        return _context(
            "file key",
            vault_id,
            compartment=self.compartment.value,
            epoch=self.epoch,
            salt=self.salt.hex(),
            recovery_sealed=self.recovery_sealed.hex(),
            signer=self.signer,
        )


class KeyChange(Struct, frozen=True, forbid_unknown_fields=True):
    """New keys of some files that lie complete beside the old ones (`rotation`)."""

    files: tuple[FileKey, ...]
    grants: tuple[Grant, ...]


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for the whole facility."""

    vault_id: str
    root: bytes
    """Public signing key of the first manager."""
    root_user: str
    device_check: bytes
    recovery_public: bytes
    past_signers: dict[str, bytes] = field(default_factory=dict)
    """Public signing keys of accounts that a restore left behind: old entries lean on them."""

    def signed_part(self) -> bytes:
        return _context("header", self.vault_id, header=_plain(self))


class Vault(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. Reading it proves nothing; `verified` does."""

    format: int
    generation: int
    header: Header
    header_signer: str
    header_signature: bytes
    files: tuple[FileKey, ...]
    slots: tuple[Slot, ...]
    grants: tuple[Grant, ...]
    changing: KeyChange | None = None
    """Set while files are being replaced: both keys are known, each file says which it has."""

    @property
    def vault_id(self) -> str:
        return self.header.vault_id

    @property
    def epochs(self) -> dict[Compartment, int]:
        return {file.compartment: file.epoch for file in self.files}

    @property
    def salts(self) -> dict[Compartment, bytes]:
        return {file.compartment: file.salt for file in self.files}

    @property
    def recovery_sealed(self) -> dict[Compartment, bytes]:
        return {file.compartment: file.recovery_sealed for file in self.files}

    def slot_of(self, tag: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.name_tag == tag), None)

    def slot(self, user: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.user == user), None)

    def grants_of(self, user: str) -> tuple[Grant, ...]:
        return tuple(grant for grant in self.grants if grant.user == user)

    def verified(self, root: bytes) -> dict[AccountId, bytes]:
        """Everybody's public signing key, each vouched for by a chain that ends at the root.

        Raises Fault(STORAGE_DAMAGED) when anything at all is not as the managers signed it.
        """
        if not same(self.header.root, root):
            raise damaged()
        if len({slot.user for slot in self.slots}) != len(self.slots):
            raise damaged()
        for slot in self.slots:
            self._require_vouched(slot, frozenset())
        signer = self._manager(self.header_signer)
        if not signed_by(signer.signing, self.header_signature, self.header.signed_part()):
            raise damaged()
        if sorted(file.compartment for file in self.files) != sorted(Compartment):
            raise damaged()
        self._require_keys(self.files, self.grants)
        if self.changing is not None:
            self._require_next(self.changing)
        signers = {AccountId(slot.user): slot.signing for slot in self.slots}
        past = {AccountId(user): signing for user, signing in self.header.past_signers.items()}
        if past.keys() & signers.keys():
            raise damaged()
        return past | signers

    def _require_vouched(self, slot: Slot, above: frozenset[str]) -> None:
        if slot.user == self.header.root_user:
            public = self.header.root
            if slot.certifier != slot.user or not same(slot.signing, public):
                raise damaged()
        else:
            if slot.certifier in above or slot.certifier == slot.user:
                raise damaged()
            certifier = self._manager(slot.certifier)
            self._require_vouched(certifier, above | {slot.user})
            public = certifier.signing
        if not signed_by(public, slot.certificate, slot.vouched(self.vault_id)):
            raise damaged()

    def _require_next(self, change: KeyChange) -> None:
        """One step on from the keys of now, for files that are named once."""
        epochs = self.epochs
        if not change.files or len({f.compartment for f in change.files}) != len(change.files):
            raise damaged()
        if any(file.epoch != epochs[file.compartment] + 1 for file in change.files):
            raise damaged()
        self._require_keys(change.files, change.grants)

    def _require_keys(self, files: tuple[FileKey, ...], grants: tuple[Grant, ...]) -> None:
        for file in files:
            signer = self._holder(file.signer, file.compartment)
            if not signed_by(signer.signing, file.signature, file.signed_part(self.vault_id)):
                raise damaged()
        if len({(grant.user, grant.compartment) for grant in grants}) != len(grants):
            raise damaged()
        epochs = {file.compartment: file.epoch for file in files}
        for grant in grants:
            self._require_granted(grant, epochs)

    def _require_granted(self, grant: Grant, epochs: Mapping[Compartment, int]) -> None:
        granter, user = self._holder(grant.granter, grant.compartment), self.slot(grant.user)
        if user is None or grant.compartment not in KEYRING[user.role]:
            raise damaged()
        if grant.epoch != epochs.get(grant.compartment):
            raise damaged()
        if not signed_by(granter.signing, grant.signature, grant.signed_part(self.vault_id)):
            raise damaged()

    def _holder(self, user: str, compartment: Compartment) -> Slot:
        """Somebody whose role holds the key, or the first manager, who once made them all."""
        slot = self.slot(user)
        if slot is None or slot.role not in _GRANTERS:
            raise damaged()
        if compartment not in KEYRING[slot.role] and slot.user != self.header.root_user:
            raise damaged()
        return slot

    def _manager(self, user: str) -> Slot:
        slot = self.slot(user)
        if slot is None or slot.role is not Role.MANAGER:
            raise damaged()
        return slot


def sign_header(header: Header, signer: str, key: SigningKey) -> tuple[str, bytes]:
    return signer, key.sign(header.signed_part())


def file_key(
    header: Header,
    compartment: Compartment,
    epoch: int,
    key: bytes,
    salt: bytes,
    *,
    signer: str,
    signing: SigningKey,
) -> FileKey:
    """The record of a key, sealed to the recovery sheet and signed by who made it."""
    context = recovery_context(header.vault_id, compartment, epoch)
    sealed = seal_to(header.recovery_public, key, context)
    return sign_file_key(
        FileKey(compartment, epoch, salt, sealed, signer, b""), header.vault_id, signing
    )


def sign_file_key(file: FileKey, vault_id: str, signing: SigningKey) -> FileKey:
    return replace(file, signature=signing.sign(file.signed_part(vault_id)))


def vouch(slot: Slot, vault_id: str, certifier: str, key: SigningKey) -> Slot:
    """The slot with a manager's signature over everything but the passphrase."""
    named = replace(slot, certifier=certifier)
    return replace(named, certificate=key.sign(named.vouched(vault_id)))


def grant_key(
    vault_id: str,
    slot: Slot,
    compartment: Compartment,
    epoch: int,
    key: bytes,
    *,
    granter: str,
    signing: SigningKey,
) -> Grant:
    context = grant_context(vault_id, slot.user, compartment, epoch)
    unsigned = Grant(
        slot.user, compartment, epoch, granter, seal_to(slot.sealing, key, context), b""
    )
    return replace(unsigned, signature=signing.sign(unsigned.signed_part(vault_id)))


def open_grant(vault: Vault, grant: Grant, sealing: SealingKey) -> bytes:
    """Raises Fault(STORAGE_DAMAGED) when the grant was made for somebody or something else."""
    context = grant_context(vault.vault_id, grant.user, grant.compartment, grant.epoch)
    key = sealing.open(grant.sealed, context)
    if key is None:
        raise damaged()
    return key


def grant_context(vault_id: str, user: str, compartment: Compartment, epoch: int) -> bytes:
    return _context("seal", vault_id, user=user, compartment=compartment.value, epoch=epoch)


def recovery_context(vault_id: str, compartment: Compartment, epoch: int) -> bytes:
    return _context("recovery", vault_id, compartment=compartment.value, epoch=epoch)


def recovered_keys(vault: Vault, pair: SealingKey) -> dict[Compartment, bytes] | None:
    """The keys of all files, or None when this is not the recovery sheet of this facility."""
    if pair.public != vault.header.recovery_public:
        return None
    keys: dict[Compartment, bytes] = {}
    for file in vault.files:
        context = recovery_context(vault.vault_id, file.compartment, file.epoch)
        key = pair.open(file.recovery_sealed, context)
        if key is None:
            raise damaged()
        keys[file.compartment] = key
    return keys


def device_check(device_key: bytes, vault_id: str) -> bytes:
    """Tells this computer's key from another one without giving it away."""
    return authenticate(keyed_hash(device_key, b"", b"pact-device"), vault_id.encode())


def require_device(vault: Vault, device_key: bytes) -> None:
    """Raises Fault(STORAGE_FOREIGN) for a vault that was made on another computer."""
    if not same(device_check(device_key, vault.vault_id), vault.header.device_check):
        raise Fault(FaultCode.STORAGE_FOREIGN, file=FILE_NAME)


def load(place: Path) -> Vault:
    """The newer of the two copies that is whole.

    Raises Fault: STORAGE_INCOMPLETE when there is none, STORAGE_DAMAGED when none is whole.
    """
    texts = [_read(place / name) for name in (FILE_NAME, COPY_NAME)]
    whole = [vault for text in texts if text is not None and (vault := _parse(text)) is not None]
    if whole:
        return max(whole, key=lambda vault: vault.generation)
    if all(text is None for text in texts):
        raise Fault(FaultCode.STORAGE_INCOMPLETE, file=FILE_NAME)
    raise damaged()


def save(place: Path, vault: Vault) -> None:
    """Both copies, one after the other, so that one of them is always whole."""
    data = _encode(vault)
    write_durably(place / FILE_NAME, data)
    write_durably(place / COPY_NAME, data)


def both_copies_are(place: Path, vault: Vault) -> bool:
    """Whether no copy holds anything older; what one of them lost counts as older."""
    return all(_read(place / name) == _encode(vault) for name in (FILE_NAME, COPY_NAME))


def following(vault: Vault, slots: tuple[Slot, ...], grants: tuple[Grant, ...]) -> Vault:
    return replace(vault, generation=vault.generation + 1, slots=slots, grants=grants)


def damaged() -> Fault:
    return Fault(FaultCode.STORAGE_DAMAGED, file=FILE_NAME)


def _encode(vault: Vault) -> bytes:
    body = msgspec.json.encode(vault, order="deterministic")
    return hashlib.sha256(body).hexdigest().encode("ascii") + b"\n" + body + b"\n"


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(_SIZE_LIMIT)
    except FileNotFoundError:
        return None
    except OSError:
        raise Fault(FaultCode.FILE_NOT_READ, file=path.name) from None


def _parse(text: bytes) -> Vault | None:
    digest, _, rest = text.partition(b"\n")
    body = rest.removesuffix(b"\n")
    if digest != hashlib.sha256(body).hexdigest().encode("ascii"):
        return None
    try:
        vault = msgspec.json.decode(body, type=Vault)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return vault if vault.format == _FORMAT else None


def _context(purpose: str, vault_id: str, **facts: object) -> bytes:
    """Names the use, the facility and every fact, so that no byte string fits twice."""
    return canonical_json({"purpose": f"pact {purpose} 1", "vault": vault_id, **facts})


def _plain(header: Header) -> Mapping[str, Any]:
    found: Mapping[str, Any] = msgspec.to_builtins(header)
    return found
