# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody rewrites what was looked at and changed, not even with the keys of the log."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage import audit_log
from pact_desktop.storage import recovery_code as codes
from pact_desktop.storage.audit_log import Writer
from pact_desktop.storage.database import Database
from pact_desktop.storage.keys import KeyRing, SigningKey, authenticate
from pact_desktop.storage.store import Store
from pact_desktop.storage.tables import audit_chain, audit_entry
from tests.factories import SteppableClock

SEEN = AuditEvent(AuditAction.PATIENT_SEEN, case_number=CaseNumber("C-17"), subject="p1")


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


def opened(place: Path, keyring: KeyRing) -> Store:
    return Store.open(place, keyring, keyring.account, SteppableClock())


def look(place: Path, keyring: KeyRing, times: int = 5) -> None:
    store = opened(place, keyring)
    for _ in range(times):
        with store.reading(SEEN):
            pass
    store.close()


def tamper(place: Path, keyring: KeyRing, edit: Callable[[Connection], None]) -> None:
    """What somebody with all the keys and a script of his own would do."""
    database = Database(place, keyring.keys)
    with database.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        edit(connection)
        connection.commit()
    database.close()


def deleted_entry(connection: Connection) -> None:
    connection.execute(audit_entry.delete().where(audit_entry.c.sequence == 8))


def deleted_and_renumbered(connection: Connection) -> None:
    deleted_entry(connection)
    connection.exec_driver_sql("UPDATE audit.entry SET sequence = sequence - 1 WHERE sequence > 8")
    connection.exec_driver_sql("UPDATE audit.chain SET sequence = sequence - 1")


def edited_entry(connection: Connection) -> None:
    connection.exec_driver_sql(
        "UPDATE audit.entry SET body = replace(body, 'patient-seen', 'patients-searched')"
    )


def exchanged_entries(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE audit.entry SET sequence = -8 WHERE sequence = 8")
    connection.exec_driver_sql("UPDATE audit.entry SET sequence = 8 WHERE sequence = 9")
    connection.exec_driver_sql("UPDATE audit.entry SET sequence = 9 WHERE sequence = -8")


def doubled_entry(connection: Connection) -> None:
    connection.exec_driver_sql(
        "INSERT INTO audit.entry SELECT (SELECT max(sequence) + 1 FROM audit.entry), body, mac,"
        " signature FROM audit.entry WHERE sequence = 9"
    )


def cut_tail(connection: Connection) -> None:
    connection.execute(audit_entry.delete().where(audit_entry.c.sequence > 8))


def emptied(connection: Connection) -> None:
    connection.execute(audit_entry.delete())
    connection.execute(audit_chain.update().values(sequence=0, mac=bytes(32)))


def without_chain(connection: Connection) -> None:
    connection.execute(audit_chain.delete())


def written_with_another_signature(connection: Connection) -> None:
    """An entry in the nurse's name, chained correctly, by somebody without her signing key."""
    nurse = audit_log.entries(connection)[-1]["account"]
    writer = Writer(AccountId(nurse), "s", SigningKey.generate())
    audit_log.append(connection, writer, SEEN, SteppableClock()())


@pytest.mark.parametrize(
    "edit",
    [
        deleted_entry,
        deleted_and_renumbered,
        edited_entry,
        exchanged_entries,
        doubled_entry,
        cut_tail,
        emptied,
        without_chain,
        written_with_another_signature,
    ],
    ids=lambda edit: edit.__name__,
)
def test_edited_log_is_found_at_the_next_start(
    edit: Callable[[Connection], None], place: Path, staff_keyring: KeyRing
) -> None:
    """Whoever holds every key of a nurse still cannot change the past unnoticed."""
    look(place, staff_keyring)
    tamper(place, staff_keyring, edit)
    with pytest.raises(Fault) as refused:
        opened(place, staff_keyring)
    assert refused.value.code is FaultCode.STORAGE_DAMAGED


def test_tail_rewritten_with_the_current_key_is_found_by_the_auditor(
    place: Path, staff_keyring: KeyRing, recovery_code: str
) -> None:
    """The key that is kept only reaches forward: an entry replaced by its own author shows."""
    look(place, staff_keyring)
    assert audited(place, staff_keyring, recovery_code)

    def replace_own_last_entry(connection: Connection) -> None:
        last = connection.execute(
            audit_entry.select().order_by(audit_entry.c.sequence.desc()).limit(1)
        ).one()
        key = connection.execute(audit_chain.select()).one().next_key
        body = last.body.replace("patient-seen", "patients-searched")
        mac = authenticate(key, body.encode())
        connection.execute(
            audit_entry.update()
            .where(audit_entry.c.sequence == last.sequence)
            .values(
                body=body,
                mac=mac,
                signature=staff_keyring.signing.sign(b"pact audit entry" + mac + body.encode()),
            )
        )
        connection.execute(audit_chain.update().values(mac=mac))

    tamper(place, staff_keyring, replace_own_last_entry)
    opened(place, staff_keyring).close()
    assert not audited(place, staff_keyring, recovery_code)


def audited(place: Path, keyring: KeyRing, recovery_code: str) -> bool:
    """What an auditor does with the recovery sheet."""
    seed = codes.to_seed(recovery_code)
    assert seed is not None
    pair = codes.recovery_key(seed, keyring.vault_id)
    database = Database(place, keyring.keys)
    with database.connect() as connection:
        sealed = connection.execute(audit_chain.select()).one().sealed_first_key
        first = pair.open(sealed, audit_log.FIRST_KEY_CONTEXT)
        assert first is not None
        result = audit_log.recompute_macs(connection, first)
    database.close()
    return result


def test_log_names_no_case_number(place: Path, staff_keyring: KeyRing) -> None:
    """The same case gives the same pseudonym, and the number itself is nowhere in the log."""
    look(place, staff_keyring, times=2)
    store = opened(place, staff_keyring)
    with store.reading_config() as connection:
        entries = [e for e in audit_log.entries(connection) if e.get("subject") == "p1"]
        assert {entry["case"] for entry in entries} == {
            audit_log.pseudonym(connection, CaseNumber("C-17"))
        }
        assert not any("C-17" in str(entry) for entry in entries)
    store.close()


def test_what_the_administrator_does_reaches_the_log(
    place: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """He has no key of the log; his own signed event is taken over at the next sign-in."""
    store = opened(place, keyring_of("ivo"))
    with store.changing(AuditEvent(AuditAction.CONTENT_INSTALLED, subject="set-2")):
        pass
    store.close()
    store = opened(place, keyring_of("mira"))
    with store.reading_config() as connection:
        last = audit_log.entries(connection)[-1]
        waiting = connection.exec_driver_sql("SELECT count(*) FROM admin_event").scalar_one()
    assert "content-installed" in last["merged"]
    assert waiting == 0
    store.close()


def test_event_put_into_another_persons_mouth_is_found(
    place: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The administrator cannot leave an event that somebody else is said to have caused."""

    def forge(connection: Connection) -> None:
        writer = Writer(keyring_of("nadia").account.account_id, "s", keyring_of("ivo").signing)
        audit_log.append_admin_event(connection, writer, SEEN, SteppableClock()())

    tamper(place, keyring_of("ivo"), forge)
    with pytest.raises(Fault) as refused:
        opened(place, keyring_of("mira"))
    assert refused.value.code is FaultCode.STORAGE_DAMAGED


def test_anchor_is_short_enough_for_paper_and_moves_with_every_look(
    place: Path, staff_keyring: KeyRing
) -> None:
    """`00123-K7QX2MFA`: a number and eight letters."""
    store = opened(place, staff_keyring)
    first = store.head
    with store.reading(SEEN):
        pass
    second = store.head
    assert first is not None
    assert second is not None
    assert second.sequence == first.sequence + 1
    assert second.anchor[:5] == f"{second.sequence:05d}"
    assert len(second.anchor) == 14
    assert second.anchor != first.anchor
    store.close()
