# SPDX-License-Identifier: GPL-3.0-or-later
"""The keys of closed records: who holds one, and how it gets to them.

Each record has a random key of its own. It lies sealed to the people who are named, to the
recovery sheet, and to the managers: these have no key to the file that it lies in, so that one of
them can open a record only together with a nurse or doctor who has (docs/decisions/0016).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.sealing import SealedId
from pact_desktop.storage.database import IN_FILES
from pact_desktop.storage.keys import KeyRing, SealingKey, canonical_json, seal_to, signed_by
from pact_desktop.storage.sealed_tables import sealed_box, sealed_record

RECOVERY: Final = "recovery"
"""Holder of the box that only the recovery sheet opens."""


class BoxKind(StrEnum):
    NAMED = "named"
    EMERGENCY = "emergency"
    """Of a manager, for two people together."""
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody to whom the key of a record is sealed."""

    holder: str
    kind: BoxKind
    public: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Box:
    record_id: SealedId
    holder: str
    kind: BoxKind
    epoch: int
    sealed: bytes = field(repr=False)
    granter: AccountId
    signature: bytes = field(default=b"", repr=False)

    def context(self, vault_id: str) -> bytes:
        """Names the use, the facility, the record and its holder: no box fits another place."""
        return canonical_json(
            {
                "purpose": "pact closed record 1",
                "vault": vault_id,
                "record": self.record_id,
                "holder": self.holder,
                "kind": self.kind.value,
                "epoch": self.epoch,
            }
        )

    def signed_part(self, vault_id: str) -> bytes:
        return self.context(vault_id) + self.granter.encode() + self.sealed

    def opened(self, pair: SealingKey, keyring: KeyRing) -> bytes | None:
        """The key; None when it is for somebody else, or nobody known to the key file gave it."""
        signer = keyring.signers.get(self.granter, b"")
        if not signed_by(signer, self.signature, self.signed_part(keyring.vault_id)):
            return None
        return pair.open(self.sealed, self.context(keyring.vault_id))


def save_boxes(
    connection: Connection,
    record_id: SealedId,
    *,
    epoch: int,
    key: bytes,
    holders: Iterable[Holder],
    keyring: KeyRing,
) -> None:
    """The record's key to these people and to nobody else; earlier boxes are gone."""
    connection.execute(
        delete(sealed_box).where(sealed_box.c.record_id == record_id), execution_options=IN_FILES
    )
    own = keyring.account.account_id
    for one in holders:
        bare = Box(record_id, one.holder, one.kind, epoch, b"", own)
        sealed = seal_to(one.public, key, bare.context(keyring.vault_id))
        box = Box(record_id, one.holder, one.kind, epoch, sealed, own)
        connection.execute(
            insert(sealed_box).values(
                record_id=record_id,
                holder=one.holder,
                kind=one.kind.value,
                sealed=sealed,
                granter=box.granter,
                signature=keyring.signing.sign(box.signed_part(keyring.vault_id)),
            ),
            execution_options=IN_FILES,
        )


def records(connection: Connection) -> list[tuple[SealedId, int]]:
    """Every closed record, whoever can open it, with the epoch of its key."""
    rows = connection.execute(
        select(sealed_record.c.record_id, sealed_record.c.epoch), execution_options=IN_FILES
    )
    return [(SealedId(row.record_id), row.epoch) for row in rows]


def boxes_of(connection: Connection, record_id: SealedId, epoch: int) -> list[Box]:
    rows = connection.execute(
        select(sealed_box).where(sealed_box.c.record_id == record_id).order_by(sealed_box.c.holder),
        execution_options=IN_FILES,
    )
    return [
        Box(
            record_id,
            row.holder,
            BoxKind(row.kind),
            epoch,
            row.sealed,
            AccountId(row.granter),
            row.signature,
        )
        for row in rows
    ]
