# SPDX-License-Identifier: GPL-3.0-or-later
"""The cryptographic building blocks, and the keyring a person holds after signing in."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final, Self

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pact_desktop.domain.accounts import Account, AccountId, Compartment, Role
from pact_desktop.storage.kdf import KdfPolicy

KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12
_MLKEM_SEED: Final = 64
_MLKEM_PUBLIC: Final = 1184
SEALING_SEED_BYTES: Final = _MLKEM_SEED + KEY_BYTES
_SUITE: Final = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
"""X25519 joined with ML-KEM: a thief may keep the file until X25519 alone can be broken."""


def canonical_json(value: Mapping[str, Any]) -> bytes:
    """The one spelling of a value that is signed, authenticated or chained."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def keyed_hash(key: bytes, data: bytes, purpose: bytes) -> bytes:
    """BLAKE2b-256 under a key; `purpose` (at most 16 bytes) keeps the uses apart."""
    return hashlib.blake2b(data, key=key, digest_size=KEY_BYTES, person=purpose).digest()


def authenticate(key: bytes, data: bytes) -> bytes:
    return hmac.digest(key, data, "sha256")


def same(one: bytes, other: bytes) -> bool:
    return hmac.compare_digest(one, other)


def encrypt(key: bytes, plain: bytes, context: bytes) -> bytes:
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, context)


def decrypt(key: bytes, sealed: bytes, context: bytes) -> bytes | None:
    """The plain bytes, or None when key, bytes or context are not the ones used."""
    if len(sealed) < _NONCE_BYTES:
        return None
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context)
    except InvalidTag:
        return None


@dataclass(frozen=True, slots=True)
class SealingKey:
    """A pair to which anyone may seal a secret that only its holder can open."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        return cls(secrets.token_bytes(SEALING_SEED_BYTES))

    @property
    def public(self) -> bytes:
        lattice, curve = self._halves()
        return lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()

    def open(self, sealed: bytes, context: bytes) -> bytes | None:
        private = hpke.MLKEM768X25519PrivateKey(*self._halves())
        try:
            return _SUITE.decrypt(sealed, private, info=context)
        except (InvalidTag, ValueError):
            return None

    def _halves(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        return (
            MLKEM768PrivateKey.from_seed_bytes(self.seed[:_MLKEM_SEED]),
            X25519PrivateKey.from_private_bytes(self.seed[_MLKEM_SEED:]),
        )


def seal_to(public: bytes, plain: bytes, context: bytes) -> bytes:
    key = hpke.MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC]),
        X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:]),
    )
    return _SUITE.encrypt(plain, key, info=context)


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A person's Ed25519 key: nobody else can put an entry in that person's name."""

    seed: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        return cls(secrets.token_bytes(KEY_BYTES))

    @property
    def public(self) -> bytes:
        return self._private().public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        return self._private().sign(data)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def signed_by(public: bytes, signature: bytes, data: bytes) -> bool:
    try:
        _public_key(public).verify(signature, data)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True


@lru_cache(maxsize=256)
def _public_key(public: bytes) -> Ed25519PublicKey:
    """Kept, because a log has many entries of few people."""
    return Ed25519PublicKey.from_public_bytes(public)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What a signed-in person may open. It lives in memory and in the pipe to the session only."""

    account: Account
    vault_id: str
    root: bytes
    """Public signing key of the first manager, as pinned under the person's own passphrase."""
    keys: Mapping[Compartment, bytes] = field(repr=False)
    salts: Mapping[Compartment, bytes] = field(repr=False)
    signing_seed: bytes = field(repr=False)
    device_key: bytes = field(repr=False)
    signers: Mapping[AccountId, bytes] = field(repr=False)
    """Public signing keys of everybody whom the vault vouches for."""
    sealing_seed: bytes = field(default=b"", repr=False)
    """Private half of the pair to which keys of closed records are sealed; empty for none."""
    device_folder: str = ""
    """Where this computer remembers how the log ended; empty for nowhere."""
    signed_in_at: str = ""
    failed_before: int = 0
    """Attempts under this name that failed since the last sign-in."""
    kdf: KdfPolicy = field(default_factory=KdfPolicy)
    """What was accepted at sign-in; never handed over, so a session process has the default."""

    def holds(self, compartment: Compartment) -> bool:
        return compartment in self.keys

    @property
    def signing(self) -> SigningKey:
        return SigningKey(self.signing_seed)

    @property
    def sealing(self) -> SealingKey:
        return SealingKey(self.sealing_seed)

    @property
    def personal_key(self) -> bytes:
        """Key of what only this person may read back, such as where the visit stood."""
        return keyed_hash(self.signing_seed, self.vault_id.encode(), b"pact-personal")

    def to_bytes(self) -> bytes:
        """For the pipe from the sign-in process to the session process, never for a disk."""
        account = self.account
        return canonical_json(
            {
                "account": [
                    account.account_id,
                    account.sign_in_name,
                    account.display_name,
                    account.role.value,
                    account.staff_code,
                    account.active,
                ],
                "vault_id": self.vault_id,
                "root": self.root.hex(),
                "keys": {name.value: key.hex() for name, key in self.keys.items()},
                "salts": {name.value: salt.hex() for name, salt in self.salts.items()},
                "signing_seed": self.signing_seed.hex(),
                "sealing_seed": self.sealing_seed.hex(),
                "device_key": self.device_key.hex(),
                "signers": {name: public.hex() for name, public in self.signers.items()},
                "device_folder": self.device_folder,
                "signed_in_at": self.signed_in_at,
                "failed_before": self.failed_before,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        found = json.loads(data)
        account_id, sign_in_name, display_name, role, staff_code, active = found["account"]
        return cls(
            account=Account(
                AccountId(account_id), sign_in_name, display_name, Role(role), staff_code, active
            ),
            vault_id=found["vault_id"],
            root=bytes.fromhex(found["root"]),
            keys={Compartment(n): bytes.fromhex(key) for n, key in found["keys"].items()},
            salts={Compartment(n): bytes.fromhex(salt) for n, salt in found["salts"].items()},
            signing_seed=bytes.fromhex(found["signing_seed"]),
            sealing_seed=bytes.fromhex(found["sealing_seed"]),
            device_key=bytes.fromhex(found["device_key"]),
            signers={AccountId(n): bytes.fromhex(p) for n, p in found["signers"].items()},
            device_folder=found["device_folder"],
            signed_in_at=found["signed_in_at"],
            failed_before=found["failed_before"],
        )
