# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the keys of the log begin anew: who kept an old one cannot write codes of later entries.

The digests go on from entry to entry, so that every number on paper still fits. Only the keys of
the codes start again, from a key that goes sealed to the recovery sheet, as the first one did.

The key before hands over to the new one, with a code over the entry that it follows. That key is
gone once an entry is written: nobody can begin anew in the past and write from there on another
history under keys of their own.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, insert, select, update

from pact_desktop.domain.accounts import AccountId
from pact_desktop.storage.audit_log import FIRST_KEY_CONTEXT, chain_row
from pact_desktop.storage.keys import (
    KEY_BYTES,
    SealingKey,
    SigningKey,
    authenticate,
    canonical_json,
    same,
    seal_to,
    signed_by,
)
from pact_desktop.storage.tables import audit_chain, audit_key_epoch

_EPOCH: Final = b"pact audit epoch"
_HANDED_OVER: Final = b"pact audit handed over"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where the keys begin anew, and the key of the entry there."""

    previous: bytes
    """Digest of the entry before."""
    key: bytes = field(repr=False)
    vouched: bytes
    handed_over: bytes

    def follows(self, key: bytes) -> bool:
        """Whether whoever began anew held the key that it would have gone on with."""
        return same(_handed_over(key, self.vouched), self.handed_over)


@dataclass(frozen=True, slots=True)
class FirstKeys:
    """The key of the first entry, and every beginning since then by the number of its entry."""

    first: bytes = field(repr=False)
    anew: Mapping[int, tuple[Beginning, ...]] = field(default_factory=dict)


def begin_epoch(
    connection: Connection, account_id: AccountId, signing: SigningKey, recovery_public: bytes
) -> None:
    """From the next entry on; in the file under its new key and nowhere else."""
    chain, first = chain_row(connection), secrets.token_bytes(KEY_BYTES)
    begins = chain.sequence + 1
    sealed = seal_to(recovery_public, first, FIRST_KEY_CONTEXT)
    said = _vouched(begins, chain.digest, sealed)
    connection.execute(
        insert(audit_key_epoch).values(
            first_sequence=begins,
            previous=chain.digest,
            sealed_first_key=sealed,
            account=account_id,
            vouched=signing.sign(said),
            handed_over=_handed_over(chain.next_key, said),
        )
    )
    connection.execute(update(audit_chain).values(next_key=first))


def first_keys(
    connection: Connection, pair: SealingKey, signers: Mapping[AccountId, bytes]
) -> FirstKeys | None:
    """The keys that the sheet opens; None when it does not open the first one.

    A beginning that nobody of the facility signed is left out: entries after it do not follow.
    """
    first = pair.open(chain_row(connection).sealed_first_key, FIRST_KEY_CONTEXT)
    if first is None:
        return None
    found: dict[int, tuple[Beginning, ...]] = {}
    rows = select(audit_key_epoch).order_by(audit_key_epoch.c.number)
    for row in connection.execute(rows):
        public = signers.get(AccountId(row.account), b"")
        previous, sealed = bytes(row.previous), bytes(row.sealed_first_key)
        said = _vouched(row.first_sequence, previous, sealed)
        key = pair.open(sealed, FIRST_KEY_CONTEXT)
        if key is not None and signed_by(public, row.vouched, said):
            made = Beginning(previous, key, said, bytes(row.handed_over))
            found[row.first_sequence] = (*found.get(row.first_sequence, ()), made)
    return FirstKeys(first, found)


def _vouched(first_sequence: int, previous: bytes, sealed: bytes) -> bytes:
    said = {"first": first_sequence, "previous": previous.hex(), "sealed": sealed.hex()}
    return _EPOCH + canonical_json(said)


def _handed_over(key: bytes, vouched: bytes) -> bytes:
    return authenticate(key, _HANDED_OVER + vouched)
