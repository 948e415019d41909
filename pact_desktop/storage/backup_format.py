# SPDX-License-Identifier: GPL-3.0-or-later
"""The form of a backup file: a first line, a signed manifest, the four encrypted files.

    intake-backup 1
    <manifest, one line of JSON>
    <signature of that line, in hex>
    <the four files, one after the other, as long as the manifest says>

No byte is without a check, no name says what the files hold, and nothing in it comes from a
passphrase: the keys of the files are sealed to the recovery sheet alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, BinaryIO, Final

import msgspec
from msgspec import Meta, Struct
from msgspec.structs import replace

from pact_desktop.domain.accounts import AccountId, Compartment
from pact_desktop.domain.backup import BackupId, BackupKind
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.storage import recovery_code
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.keys import (
    KEY_BYTES,
    SealingKey,
    SigningKey,
    authenticate,
    canonical_json,
    keyed_hash,
    same,
    seal_to,
    signed_by,
)
from pact_desktop.storage.vault import recovery_context

ENDING: Final = ".intake-backup"
FORMAT: Final = 1
ORDER: Final = (
    Compartment.CONFIG,
    Compartment.IDENTITY,
    Compartment.CASES,
    Compartment.AUDIT,
)
"""In which order the files follow each other; the manifest gives them no names."""
_MARK: Final = b"intake-backup "
_FIRST_LINE: Final = 32
_LONGEST_MANIFEST: Final = 1024 * 1024
_SIGNATURE_LINE: Final = 2 * 64 + 1
_SIGNED: Final = b"pact backup manifest 1\n"

Four = tuple[bytes, bytes, bytes, bytes]
Count = Annotated[int, Meta(ge=0, le=2**62)]
Code = Annotated[str, Meta(pattern=r"^[0-9A-Za-z.:+-]{1,60}$")]
"""What comes from a file and is written into the log or shown: a number or an identifier."""


class Member(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the files that follow."""

    size: Count
    sha256: bytes


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup says about itself; `read` has checked its signature, `unlock` the rest."""

    backup: Code
    vault: Code
    kind: BackupKind
    made_at: Code
    program: Code
    maker: Code
    """Account of whoever made it."""
    maker_signing: bytes
    sequence: Count
    head: bytes
    """Where the log ends; for a maker who cannot read the log, where it last was seen."""
    log_seen: bool
    """The maker could read the log, so `sequence` and `head` are its very end."""
    epochs: tuple[Count, Count, Count, Count]
    salts: Four
    recovery_public: bytes
    recovery_sealed: Four
    """The keys of the files, each sealed to the recovery sheet."""
    people: bytes
    """Who signed entries of the log, sealed to the recovery sheet as well."""
    members: tuple[Member, Member, Member, Member]
    mac: bytes = b""
    """Only who holds a key of the facility could make it."""

    @property
    def backup_id(self) -> BackupId:
        return BackupId(self.backup)

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    @property
    def end(self) -> Head:
        return Head(self.sequence, self.head)

    @property
    def file_salts(self) -> dict[Compartment, bytes]:
        return dict(zip(ORDER, self.salts, strict=True))

    def authenticated(self, config_key: bytes) -> bytes:
        key = keyed_hash(config_key, self.vault.encode(), b"pact-backup")
        return authenticate(key, _encoded(replace(self, mac=b"")))


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What the recovery sheet gave: every key of the files, and whose signatures count."""

    pair: SealingKey = field(repr=False)
    keys: Mapping[Compartment, bytes] = field(repr=False)
    signers: Mapping[AccountId, bytes] = field(repr=False)


def head_of_file(manifest: Manifest, signing: SigningKey) -> bytes:
    """The first three lines of the file."""
    body = _encoded(manifest)
    signature = signing.sign(_SIGNED + body).hex().encode("ascii")
    return b"".join((_MARK, b"%d\n" % FORMAT, body, b"\n", signature, b"\n"))


def read_manifest(file: BinaryIO) -> Manifest:
    """Reads the first three lines and leaves the file at the first of the four.

    Raises Fault: BACKUP_FOREIGN, BACKUP_NEWER, BACKUP_CUT, BACKUP_DAMAGED. The signature proves
    that one person made the whole of it, not yet that this person works at the facility.
    """
    _require_first_line(file.readline(_FIRST_LINE))
    body = _line(file, _LONGEST_MANIFEST)
    signature = _line(file, _SIGNATURE_LINE)
    try:
        manifest = msgspec.json.decode(body, type=Manifest)
        made, signed = manifest.made, bytes.fromhex(signature.decode("ascii"))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        raise damaged() from None
    if made.tzinfo is None or signature != signed.hex().encode("ascii"):
        raise damaged()
    if not signed_by(manifest.maker_signing, signed, _SIGNED + body):
        raise damaged()
    return manifest


def seal_people(signers: Mapping[AccountId, bytes], recovery_public: bytes, vault: str) -> bytes:
    listed = {user: signing.hex() for user, signing in signers.items()}
    return seal_to(recovery_public, canonical_json({"signers": listed}), _people_context(vault))


def unlock(manifest: Manifest, code: str) -> Unlocked:
    """Opens the sealed keys with the code of the recovery sheet.

    Raises Refusal(RECOVERY_CODE_WRONG) for a slip, Refusal(RECOVERY_CODE_OTHER) for the sheet of
    another facility, and Fault(BACKUP_DAMAGED) when nobody of the facility made this manifest.
    """
    seed = recovery_code.to_seed(code)
    if seed is None:
        raise Refusal(RefusalCode.RECOVERY_CODE_WRONG)
    pair = recovery_code.recovery_key(seed, manifest.vault)
    if not same(pair.public, manifest.recovery_public):
        raise Refusal(RefusalCode.RECOVERY_CODE_OTHER)
    keys = {
        compartment: _key(pair, sealed, recovery_context(manifest.vault, compartment, epoch))
        for compartment, sealed, epoch in zip(
            ORDER, manifest.recovery_sealed, manifest.epochs, strict=True
        )
    }
    if not same(manifest.authenticated(keys[Compartment.CONFIG]), manifest.mac):
        raise damaged()
    people = pair.open(manifest.people, _people_context(manifest.vault))
    if people is None:
        raise damaged()
    listed = json.loads(people)["signers"]
    signers = {AccountId(user): bytes.fromhex(signing) for user, signing in listed.items()}
    if signers.get(AccountId(manifest.maker)) != manifest.maker_signing:
        raise damaged()
    return Unlocked(pair, keys, signers)


def damaged() -> Fault:
    return Fault(FaultCode.BACKUP_DAMAGED)


def cut() -> Fault:
    return Fault(FaultCode.BACKUP_CUT)


def _require_first_line(line: bytes) -> None:
    if len(line) < len(_MARK) and _MARK.startswith(line):
        raise cut()
    if not line.startswith(_MARK):
        raise Fault(FaultCode.BACKUP_FOREIGN)
    number = line.removeprefix(_MARK)
    if not number.endswith(b"\n") and len(line) < _FIRST_LINE:
        raise cut()
    digits = number.removesuffix(b"\n")
    if digits == b"%d" % FORMAT:
        return
    newer = digits.isdigit() and not digits.startswith(b"0")
    raise Fault(FaultCode.BACKUP_NEWER) if newer else damaged()


def _line(file: BinaryIO, longest: int) -> bytes:
    line = file.readline(longest)
    if not line.endswith(b"\n"):
        raise damaged() if len(line) == longest else cut()
    return line.removesuffix(b"\n")


def _key(pair: SealingKey, sealed: bytes, context: bytes) -> bytes:
    key = pair.open(sealed, context)
    if key is None or len(key) != KEY_BYTES:
        raise damaged()
    return key


def _people_context(vault: str) -> bytes:
    return canonical_json({"purpose": "pact backup people 1", "vault": vault})


def _encoded(manifest: Manifest) -> bytes:
    return msgspec.json.encode(manifest, order="deterministic")
