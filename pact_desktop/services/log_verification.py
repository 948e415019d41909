# SPDX-License-Identifier: GPL-3.0-or-later
"""Verifies the whole log outside of a session; nothing is written, no entry is shown.

With a name and passphrase every link and signature is checked, with the recovery sheet also that
every entry follows from the first key, which nobody at the facility has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.audit import LogCheck
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.services import accounts
from pact_desktop.services.session import Clock
from pact_desktop.services.set_up import is_set_up, records_place
from pact_desktop.storage import device_key, recovery_code, vault
from pact_desktop.storage.audit_anchor import parse_anchor
from pact_desktop.storage.audit_check import Mark
from pact_desktop.storage.audit_marks import remembered
from pact_desktop.storage.audit_verify import Opener, verify_log
from pact_desktop.storage.file_structure import Part, PartState, parts_of
from pact_desktop.storage.kdf import KdfPolicy
from pact_desktop.storage.rotation import put_in_order
from pact_desktop.storage.vault import Vault

__all__ = [
    "Part",
    "PartState",
    "Verified",
    "check_structure",
    "require_verifiable",
    "verify_signed_in",
    "verify_with_sheet",
]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found, and where the log ends."""

    check: LogCheck
    end: str
    from_first_key: bool
    """The recovery sheet was there, so the keys of the entries were followed too."""


def require_verifiable(
    folder: Path,
    *,
    codes: Sequence[str] = (),
    with_sheet: bool = False,
    device_folder: Path | None = None,
) -> None:
    """Before anybody types a secret: raises what both ways raise without having seen one."""
    for code in codes:
        parse_anchor(code)
    if with_sheet:
        _stored(folder)
    else:
        accounts.require_records(folder, device_folder=device_folder)


def verify_signed_in(
    folder: Path,
    sign_in_name: str,
    passphrase: str,
    clock: Clock,
    *,
    codes: Sequence[str] = (),
    device_folder: Path | None = None,
    kdf: KdfPolicy | None = None,
) -> Verified:
    """Everything that the keys of this person reach; `codes` were read from paper.

    Raises the refusals of `accounts.sign_in`, Refusal(NOT_ALLOWED) without the key of the log,
    Refusal(LOG_CODE_WRONG), and the faults of files that cannot be read.
    """
    anchors = [Mark(parse_anchor(code)) for code in codes]
    keyring = accounts.sign_in(
        folder, sign_in_name, passphrase, clock, device_folder=device_folder, kdf=kdf
    )
    if not keyring.holds(Compartment.AUDIT):
        raise Refusal(RefusalCode.NOT_ALLOWED)
    opener = Opener(keyring.keys, keyring.salts, keyring.signers)
    marks = [*anchors, *remembered(keyring).marks]
    check, end = verify_log(records_place(folder), opener, marks)
    return Verified(check, end.anchor, from_first_key=False)


def verify_with_sheet(folder: Path, code: str, *, codes: Sequence[str] = ()) -> Verified:
    """What an auditor does who brings the recovery sheet; needs no account and no device key.

    Raises Refusal: NOT_SET_UP, RECOVERY_CODE_WRONG, LOG_CODE_WRONG, and faults as above.
    """
    anchors = [Mark(parse_anchor(one)) for one in codes]
    stored = _stored(folder)
    signers = stored.verified(stored.header.root)
    seed = recovery_code.to_seed(code)
    pair = None if seed is None else recovery_code.recovery_key(seed, stored.vault_id)
    keys = None if pair is None else vault.recovered_keys(stored, pair)
    if pair is None or keys is None:
        raise Refusal(RefusalCode.RECOVERY_CODE_WRONG)
    opener = Opener(keys, stored.salts, signers, pair)
    check, end = verify_log(records_place(folder), opener, anchors)
    return Verified(check, end.anchor, from_first_key=True)


def check_structure(folder: Path, *, device_folder: Path | None = None) -> list[Part]:
    """What can be seen without any secret. Raises Refusal(NOT_SET_UP)."""
    if not is_set_up(folder):
        raise Refusal(RefusalCode.NOT_SET_UP)
    return parts_of(records_place(folder), device_folder or device_key.default_folder())


def _stored(folder: Path) -> Vault:
    if not is_set_up(folder):
        raise Refusal(RefusalCode.NOT_SET_UP)
    put_in_order(records_place(folder))
    return vault.load(records_place(folder))
