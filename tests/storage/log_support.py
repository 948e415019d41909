# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody with the keys and a script of his own could do to the log, for tests and rigs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Row, select

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, AuditEvent, FindingKind
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage import audit_log
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_epochs import begin_epoch
from pact_desktop.storage.audit_log import Writer
from pact_desktop.storage.database import Database
from pact_desktop.storage.keys import KeyRing, SigningKey, canonical_json
from pact_desktop.storage.store import Store
from pact_desktop.storage.tables import audit_chain, audit_entry, audit_mark
from tests.factories import SteppableClock

SEEN: Final = AuditEvent(AuditAction.PATIENT_SEEN, case_number=CaseNumber("C-17"), subject="p1")

Edit = Callable[[Connection], None]


def opened(place: Path, keyring: KeyRing) -> Store:
    return Store.open(place, keyring, keyring.account, SteppableClock())


def look(place: Path, keyring: KeyRing, times: int = 5) -> Head:
    """Somebody signs in, looks so many times, and goes home; gives the end of the log."""
    store = opened(place, keyring)
    for _ in range(times):
        with store.reading(SEEN):
            pass
    store.remember_end()
    end = store.head
    store.close()
    assert end is not None
    return end


def found_at_opening(place: Path, keyring: KeyRing) -> set[FindingKind]:
    """What the next sign-in is told."""
    store = opened(place, keyring)
    store.close()
    return {finding.kind for finding in store.log_check.findings}


def tamper(place: Path, keyring: KeyRing, edit: Edit) -> None:
    """Runs an edit with every key that this person holds."""
    database = Database(place, keyring.keys)
    with database.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        edit(connection)
        connection.commit()
    database.close()


# What an edit does; each leaves a log that looks in order at a glance ------------------------


def deleted(connection: Connection, at: int = 8) -> None:
    connection.execute(audit_entry.delete().where(audit_entry.c.sequence == at))


def deleted_and_renumbered(connection: Connection, at: int = 8) -> None:
    deleted(connection, at)
    connection.exec_driver_sql(
        "UPDATE audit.entry SET sequence = sequence - 1 WHERE sequence > ?", (at,)
    )
    connection.exec_driver_sql("UPDATE audit.chain SET sequence = sequence - 1")


def edited(connection: Connection, at: int = 8) -> None:
    body = _row(connection, at).body
    changed = body.replace('"count":1', '"count":0')
    assert changed != body
    connection.execute(
        audit_entry.update().where(audit_entry.c.sequence == at).values(body=changed)
    )


def exchanged(connection: Connection, at: int = 8) -> None:
    """Two neighbours change places."""
    number = audit_entry.c.sequence
    for old, new in ((at, -at), (at + 1, at), (-at, at + 1)):
        connection.execute(audit_entry.update().where(number == old).values(sequence=new))


def doubled(connection: Connection, at: int = 8) -> None:
    """An entry is there once more, at the end."""
    row, end = _row(connection, at), audit_log.head(connection)
    copy = {**row._mapping, "sequence": end.sequence + 1}  # noqa: SLF001 the columns of a row
    connection.execute(audit_entry.insert().values(copy))
    connection.execute(audit_chain.update().values(sequence=end.sequence + 1))


def cut(connection: Connection, at: int = 8) -> None:
    """The tail is gone, and the end says so as if it had never been there."""
    connection.execute(audit_entry.delete().where(audit_entry.c.sequence > at))
    row = _row(connection, at)
    digest = audit_log.digest_of(at, row.previous, row.mac, row.signature, row.body.encode())
    connection.execute(audit_chain.update().values(sequence=at, digest=digest))


def emptied(connection: Connection) -> None:
    connection.execute(audit_entry.delete())
    connection.execute(audit_chain.update().values(sequence=0, digest=audit_log.START))


def forged(connection: Connection, name: AccountId) -> None:
    """An entry in somebody's name, chained as it should be, without that person's key."""
    writer = Writer(name, "s", SigningKey.generate())
    audit_log.append(connection, writer, SEEN, SteppableClock()())


def rewritten(connection: Connection, at: int, signing: Mapping[AccountId, SigningKey]) -> None:
    """From an entry on everything is written anew, with the key of today and real signatures.

    It needs the signing key of everybody who wrote since: one accomplice has only their own.
    """
    key = audit_log.chain_row(connection).next_key
    rows = connection.execute(
        select(audit_entry).where(audit_entry.c.sequence >= at).order_by(audit_entry.c.sequence)
    ).all()
    previous = rows[0].previous
    for row in rows:
        body = row.body
        if row.sequence == at:
            body = body.replace('"count":1', '"count":0')
        mac = audit_log.mac_of(key, row.sequence, previous, body.encode())
        author = AccountId(body.partition('"account":"')[2].partition('"')[0])
        said = audit_log.signed_part(row.sequence, previous, mac, body.encode())
        signature = signing[author].sign(said)
        connection.execute(
            audit_entry.update()
            .where(audit_entry.c.sequence == row.sequence)
            .values(body=body, previous=previous, mac=mac, signature=signature)
        )
        previous = audit_log.digest_of(row.sequence, previous, mac, signature, body.encode())
        key = audit_log.following_key(key)
    connection.execute(audit_chain.update().values(digest=previous, next_key=key))


def begun_anew(
    connection: Connection,
    at: int,
    signing: Mapping[AccountId, SigningKey],
    recovery_public: bytes,
) -> None:
    """As `rewritten`, from a first key of their own that goes to the sheet as after a change."""
    end = audit_log.chain_row(connection).sequence
    before = connection.execute(
        select(audit_entry.c.previous).where(audit_entry.c.sequence == at)
    ).scalar_one()
    connection.execute(audit_chain.update().values(sequence=at - 1, digest=before))
    author, key = next(iter(signing.items()))
    begin_epoch(connection, author, key, recovery_public)
    rewritten(connection, at, signing)
    connection.execute(audit_chain.update().values(sequence=end))


def filled(connection: Connection, writers: Sequence[Writer], count: int) -> None:
    """So many more entries by these people in turn, as `audit_log.append` writes them one by one.

    A statement for each of a hundred thousand would take minutes.
    """
    chain = audit_log.chain_row(connection)
    sequence, previous, key = chain.sequence, chain.digest, chain.next_key
    case = audit_log.pseudonym(connection, CaseNumber("CASE23456789"))
    rows = []
    for number in range(count):
        writer = writers[number % len(writers)]
        sequence += 1
        text = canonical_json(
            {
                "account": writer.account_id,
                "session": writer.session_id,
                "at": SteppableClock()().isoformat(timespec="milliseconds"),
                "action": AuditAction.ANSWER_RECORDED.value,
                "subject": f"{number:032x}",
                "reason": "",
                "count": 1,
                "case": case,
            }
        )
        mac = audit_log.mac_of(key, sequence, previous, text)
        said = audit_log.signed_part(sequence, previous, mac, text)
        signature = writer.signing.sign(said)
        rows.append((sequence, text.decode(), previous, mac, signature))
        previous = audit_log.digest_of(sequence, previous, mac, signature, text)
        key = audit_log.following_key(key)
    connection.exec_driver_sql("INSERT INTO audit.entry VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute(
        audit_chain.update().values(sequence=sequence, digest=previous, next_key=key)
    )


def forgotten_in_config(connection: Connection) -> None:
    """What the configuration remembers is moved to where the log ends now."""
    end = audit_log.head(connection)
    connection.execute(audit_mark.update().values(sequence=end.sequence, digest=end.digest))


def remembering(keyring: KeyRing, folder: Path) -> KeyRing:
    """The same person at a computer that remembers."""
    return replace(keyring, device_folder=str(folder))


def _row(connection: Connection, at: int) -> Row[tuple[object, ...]]:
    return connection.execute(select(audit_entry).where(audit_entry.c.sequence == at)).one()
