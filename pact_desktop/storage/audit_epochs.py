# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the keys of the log begin anew: who kept an old one cannot write codes of later entries.

The digests go on from entry to entry, so that every number on paper still fits. Only the keys of
the codes start again, from a key that goes sealed to the recovery sheet, as the first one did.
"""

import secrets
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from pact_desktop.domain.accounts import AccountId
from pact_desktop.storage.audit_log import FIRST_KEY_CONTEXT, chain_row
from pact_desktop.storage.keys import (
    KEY_BYTES,
    SealingKey,
    SigningKey,
    canonical_json,
    seal_to,
    signed_by,
)
from pact_desktop.storage.tables import audit_chain, audit_key_epoch

_EPOCH: Final = b"pact audit epoch"


def begin_epoch(
    connection: Connection, account_id: AccountId, signing: SigningKey, recovery_public: bytes
) -> None:
    """From the next entry on; in the file under its new key and nowhere else."""
    chain, first = chain_row(connection), secrets.token_bytes(KEY_BYTES)
    begins = chain.sequence + 1
    sealed = seal_to(recovery_public, first, FIRST_KEY_CONTEXT)
    connection.execute(delete(audit_key_epoch).where(audit_key_epoch.c.first_sequence == begins))
    connection.execute(
        insert(audit_key_epoch).values(
            first_sequence=begins,
            sealed_first_key=sealed,
            account=account_id,
            vouched=signing.sign(_vouched(begins, sealed)),
        )
    )
    connection.execute(update(audit_chain).values(next_key=first))


def first_keys(
    connection: Connection, pair: SealingKey, signers: Mapping[AccountId, bytes]
) -> dict[int, bytes] | None:
    """The key of the first entry of each epoch by its number; None when the sheet opens none.

    A beginning that nobody of the facility signed is left out: entries after it do not follow.
    """
    first = pair.open(chain_row(connection).sealed_first_key, FIRST_KEY_CONTEXT)
    if first is None:
        return None
    found = {1: first}
    for row in connection.execute(select(audit_key_epoch)):
        public = signers.get(AccountId(row.account), b"")
        sealed = bytes(row.sealed_first_key)
        key = pair.open(sealed, FIRST_KEY_CONTEXT)
        if key is not None and signed_by(public, row.vouched, _vouched(row.first_sequence, sealed)):
            found[row.first_sequence] = key
    return found


def _vouched(first_sequence: int, sealed: bytes) -> bytes:
    return _EPOCH + canonical_json({"first": first_sequence, "sealed": sealed.hex()})
