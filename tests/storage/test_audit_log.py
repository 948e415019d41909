# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody rewrites what was looked at and changed, not even with the keys of the log."""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import StaticPool

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, AuditEvent, FindingKind
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.storage import audit_log, vault
from pact_desktop.storage import recovery_code as codes
from pact_desktop.storage.audit_anchor import Anchor, Head, parse_anchor
from pact_desktop.storage.audit_check import Mark, check_log, follows_from, holds
from pact_desktop.storage.audit_epochs import first_keys
from pact_desktop.storage.audit_log import Writer
from pact_desktop.storage.database import Database
from pact_desktop.storage.keys import KeyRing, SealingKey, SigningKey
from pact_desktop.storage.tables import audit_chain, audit_entry, metadata
from tests.factories import SteppableClock
from tests.storage.log_support import (
    SEEN,
    Edit,
    begun_anew,
    cut,
    deleted,
    deleted_and_renumbered,
    doubled,
    edited,
    emptied,
    exchanged,
    filled,
    forged,
    found_at_opening,
    look,
    opened,
    remembering,
    rewritten,
    tamper,
)


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


def without_signature(connection: Connection) -> None:
    connection.execute(
        audit_entry.update().where(audit_entry.c.sequence == 8).values(signature=b"")
    )


def of_wrong_type(connection: Connection) -> None:
    connection.exec_driver_sql(
        "UPDATE audit.entry SET mac = 'text', body = x'ff' WHERE sequence = 8"
    )


def without_beginning(connection: Connection) -> None:
    connection.execute(audit_entry.delete().where(audit_entry.c.sequence < 3))


def numbered_below_zero(connection: Connection) -> None:
    deleted(connection)
    connection.exec_driver_sql(
        "INSERT INTO audit.entry SELECT -1, body, previous, mac, signature"
        " FROM audit.entry WHERE sequence = 9"
    )


@pytest.mark.parametrize(
    ("edit", "kind"),
    [
        (deleted, FindingKind.ENTRIES_MISSING),
        (deleted_and_renumbered, FindingKind.ENTRY_CHANGED),
        (edited, FindingKind.ENTRY_CHANGED),
        (exchanged, FindingKind.ENTRY_CHANGED),
        (doubled, FindingKind.ENTRY_CHANGED),
        (cut, FindingKind.OLDER_COPY),
        (emptied, FindingKind.OLDER_COPY),
        (without_signature, FindingKind.ENTRY_CHANGED),
        (of_wrong_type, FindingKind.ENTRY_CHANGED),
        (without_beginning, FindingKind.ENTRIES_MISSING),
        (numbered_below_zero, FindingKind.ORDER_BROKEN),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_edited_log_is_found_at_the_next_start(
    edit: Edit, kind: FindingKind, place: Path, staff_keyring: KeyRing
) -> None:
    """Whoever holds every key of a nurse still cannot change the past unnoticed."""
    look(place, staff_keyring)
    tamper(place, staff_keyring, edit)
    assert kind in found_at_opening(place, staff_keyring)


@pytest.mark.parametrize("edit", [deleted, deleted_and_renumbered, edited, cut, emptied, doubled])
def test_break_never_heals_by_working_on(edit: Edit, place: Path, staff_keyring: KeyRing) -> None:
    """Work goes on, each look is written down, and the break is told at every sign-in."""
    look(place, staff_keyring)
    tamper(place, staff_keyring, edit)
    for times in range(3):
        store = opened(place, staff_keyring)
        assert not store.log_check.whole, times
        with store.reading(SEEN):
            pass
        store.remember_end()
        store.close()
    store = opened(place, staff_keyring)
    with store.reading_config() as connection:
        subjects = [entry.get("subject") for entry in audit_log.entries(connection)]
    assert subjects[-3:] == ["p1", "p1", "p1"]
    store.close()


def test_log_without_its_end_is_not_opened(place: Path, staff_keyring: KeyRing) -> None:
    """Nothing could be written down any more, so nothing is shown."""
    look(place, staff_keyring)
    tamper(place, staff_keyring, lambda connection: connection.execute(audit_chain.delete()))
    with pytest.raises(Fault) as refused:
        opened(place, staff_keyring)
    assert refused.value.code is FaultCode.STORAGE_DAMAGED


def test_entry_in_another_name_is_found(
    place: Path, staff_keyring: KeyRing, keyring_of: Callable[[str], KeyRing]
) -> None:
    """Chained as it should be, and still not signed by the one whom it names."""
    look(place, staff_keyring)
    doctor = keyring_of("dren").account.account_id
    tamper(place, staff_keyring, partial(forged, name=doctor))
    assert found_at_opening(place, staff_keyring) == {FindingKind.ENTRY_CHANGED}
    tamper(place, staff_keyring, partial(forged, name=AccountId("nobody")))
    assert FindingKind.AUTHOR_UNKNOWN in found_at_opening(place, staff_keyring)


def test_old_entry_that_was_edited_is_found_also_where_signatures_are_not_read(
    place: Path, staff_keyring: KeyRing
) -> None:
    """The links cover every column: an edit far back needs no signature to show."""
    look(place, staff_keyring, times=30)
    tamper(place, staff_keyring, edited)
    database = Database(place, staff_keyring.keys)
    with database.connect() as connection:
        check = check_log(connection, staff_keyring.signers, most=0)
    database.close()
    assert check.signatures == 0
    assert [(found.kind, found.sequence) for found in check.findings] == [
        (FindingKind.ENTRY_CHANGED, 8)
    ]


@pytest.mark.parametrize("how", ["rewritten", "begun anew"])
def test_own_tail_written_anew_is_found_by_the_auditor(
    how: str, place: Path, staff_keyring: KeyRing, recovery_code: str
) -> None:
    """The key that is kept only reaches forward: with the first key a rewritten tail shows."""
    end = look(place, staff_keyring)
    assert audited(place, staff_keyring, recovery_code)
    own = {staff_keyring.account.account_id: staff_keyring.signing}
    change = partial(rewritten, at=end.sequence - 2, signing=own)
    if how == "begun anew":
        recovery_public = vault.load(place).header.recovery_public
        change = partial(begun_anew, **change.keywords, recovery_public=recovery_public)
    tamper(place, staff_keyring, change)
    assert not audited(place, staff_keyring, recovery_code)
    assert found_at_opening(place, staff_keyring) == {FindingKind.OTHER_HISTORY}


def audited(place: Path, keyring: KeyRing, recovery_code: str) -> bool:
    """What an auditor does with the recovery sheet."""
    seed = codes.to_seed(recovery_code)
    assert seed is not None
    pair = codes.recovery_key(seed, keyring.vault_id)
    database = Database(place, keyring.keys)
    with database.connect() as connection:
        first = first_keys(connection, pair, keyring.signers)
        assert first is not None
        result = follows_from(connection, first)
    database.close()
    return result


def test_key_of_an_entry_is_gone_when_it_is_written(place: Path, staff_keyring: KeyRing) -> None:
    """What is kept after an entry is neither its key nor leads back to it."""
    store = opened(place, staff_keyring)
    keys = []
    for _ in range(3):
        with store.changing(SEEN) as connection:
            keys.append(audit_log.chain_row(connection).next_key)
    assert len(set(keys)) == 3
    assert [audit_log.following_key(key) for key in keys[:-1]] == keys[1:]
    with store.reading_config() as connection:
        kept = repr(connection.exec_driver_sql("SELECT * FROM audit.chain").all())
    assert repr(keys[0]) not in kept
    assert repr(keys[2]) in kept
    store.close()


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
    assert (waiting, store.log_check.findings) == (0, ())
    store.close()


def test_event_put_into_another_persons_mouth_is_found(
    place: Path, keyring_of: Callable[[str], KeyRing]
) -> None:
    """The administrator cannot leave an event that somebody else is said to have caused."""

    def forge(connection: Connection) -> None:
        writer = Writer(keyring_of("nadia").account.account_id, "s", keyring_of("ivo").signing)
        audit_log.append_admin_event(connection, writer, SEEN, SteppableClock()())
        connection.exec_driver_sql("INSERT INTO admin_event VALUES (99, 'no json', x'00')")

    tamper(place, keyring_of("ivo"), forge)
    for _ in range(2):
        assert found_at_opening(place, keyring_of("mira")) == {FindingKind.EVENT_FORGED}


def test_account_that_the_key_file_does_not_know_is_told(
    place: Path, staff_keyring: KeyRing
) -> None:
    """An older key file that lacks somebody who wrote since then is no proof for that person."""
    look(place, staff_keyring)
    manager_only = replace(staff_keyring, signers={})
    assert found_at_opening(place, manager_only) == {FindingKind.AUTHOR_UNKNOWN}


def test_long_log_is_verified_at_a_sign_in_in_a_moment(
    place: Path, staff_keyring: KeyRing, device_folder: Path
) -> None:
    """Twenty thousand entries, a hundred of them new; the rig does it with a hundred thousand."""
    nurse = remembering(staff_keyring, device_folder)
    writer = Writer(nurse.account.account_id, "s", nurse.signing)
    tamper(place, nurse, lambda connection: filled(connection, [writer], 20_000))
    end = look(place, nurse, times=0)
    look(place, staff_keyring, times=100)
    database = Database(place, nurse.keys)
    with database.connect() as connection:
        began = time.process_time()
        check = check_log(connection, nurse.signers, since=end)
        seconds = time.process_time() - began
    database.close()
    assert check.whole
    assert (check.entries, check.signatures) == (end.sequence + 100, 100)
    assert seconds < 1, "ten times what it took where it was measured"


# The short code on paper ---------------------------------------------------------------------


def test_code_is_short_enough_for_paper_and_moves_with_every_look(
    place: Path, staff_keyring: KeyRing
) -> None:
    """`00123-K7Q-X2M-FA7`: a number and nine letters."""
    first, second = (look(place, staff_keyring, times=1) for _ in range(2))
    assert second.sequence == first.sequence + 1
    assert second.anchor[:5] == f"{second.sequence:05d}"
    assert [len(part) for part in second.anchor.split("-")] == [5, 3, 3, 3]
    assert second.anchor != first.anchor


@given(
    sequence=st.integers(1, 10**12),
    digest=st.binary(min_size=32, max_size=32),
    spaced=st.booleans(),
    lower=st.booleans(),
)
@settings(max_examples=30, deadline=None)
def test_every_code_is_read_back_as_it_was_written(
    sequence: int, digest: bytes, *, spaced: bool, lower: bool
) -> None:
    """However somebody types it: small letters, no groups, the letter O for the digit."""
    typed = Head(sequence, digest).anchor.replace("0", "o")
    typed = typed.replace("-", " ") if spaced else typed.replace("-", "")
    anchor = parse_anchor(typed.lower() if lower else typed)
    assert anchor.sequence == sequence
    assert anchor.fits(digest)
    assert not anchor.fits(bytes(byte ^ 255 for byte in digest))


@given(st.text(max_size=30))
@settings(max_examples=200)
def test_anything_else_that_is_typed_is_told_from_a_broken_log(typed: str) -> None:
    """A slip of the pen must never look like a log that was tampered with."""
    try:
        found: object = parse_anchor(typed)
    except Refusal as refused:
        found = refused.code
    assert isinstance(found, Anchor) or found is RefusalCode.LOG_CODE_WRONG


def test_one_wrong_letter_is_a_slip_of_the_pen() -> None:
    """31 of 32 are caught; the others are told as a number that the log never had."""
    code = Head(1482, bytes(range(32))).anchor
    slips = [
        code[:at] + letter + code[at + 1 :]
        for at in range(len(code))
        for letter in "23456789ABCDEFGHJKMNPQRSTVWXYZ"
        if code[at] not in {"-", letter}
    ]
    caught = 0
    for slip in slips:
        try:
            parse_anchor(slip)
        except Refusal:
            caught += 1
    assert caught > 0.9 * len(slips)


@given(sequence=st.integers(1, 99_999), digest=st.binary(min_size=32, max_size=32))
@settings(max_examples=100, deadline=None)
def test_a_letter_left_out_is_always_a_slip_of_the_pen(sequence: int, digest: bytes) -> None:
    """The number has five places, so what is missing is missed; no check letter passes it."""
    code = Head(sequence, digest).anchor
    for at in range(len(code)):
        if code[at] != "-":
            with pytest.raises(Refusal):
                parse_anchor(code[:at] + code[at + 1 :])


# For every edit ------------------------------------------------------------------------------

SIGNERS = {AccountId(f"a{number}"): SigningKey(bytes([number]) * 32) for number in range(3)}
PUBLIC = {account: key.public for account, key in SIGNERS.items()}
LENGTH = 12


@pytest.fixture(scope="module")
def written() -> list[tuple[int, str, bytes, bytes, bytes]]:
    """A short log by three people."""
    connection = an_empty_log()
    for number in range(LENGTH):
        account = AccountId(f"a{number % 3}")
        action = AuditAction.PATIENT_SEEN if number else AuditAction.FACILITY_SET_UP
        writer = Writer(account, "s", SIGNERS[account])
        audit_log.append(connection, writer, AuditEvent(action), SteppableClock()())
    rows = [tuple(row) for row in connection.execute(audit_entry.select())]
    chain = connection.execute(audit_chain.select()).one()
    connection.close()
    return [*rows, tuple(chain)]


def an_empty_log() -> Connection:
    """In memory, without the cipher: it is the chain that is tried here."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    connection = engine.connect()
    connection.exec_driver_sql("ATTACH ':memory:' AS audit")
    metadata.create_all(connection, tables=[audit_entry, audit_chain])
    audit_log.begin_chain(connection, SealingKey.generate().public)
    return connection


def restored(written: list[tuple[object, ...]]) -> Connection:
    connection = an_empty_log()
    connection.execute(audit_chain.delete())
    connection.execute(audit_chain.insert().values(written[-1]))
    for row in written[:-1]:
        connection.execute(audit_entry.insert().values(row))
    return connection


@given(
    row=st.integers(0, LENGTH - 1),
    column=st.integers(1, 4),
    byte=st.integers(0, 500),
    bit=st.integers(0, 7),
)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_bit_of_every_column_counts(
    written: list[tuple[object, ...]], row: int, column: int, byte: int, bit: int
) -> None:
    """Without reading a single signature, and named to the entry when they are read."""
    changed = list(written[row])
    value = changed[column]
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[byte % len(data)] ^= 1 << bit
    changed[column] = bytes(data)
    if column == 1:
        with suppress(UnicodeDecodeError):
            changed[column] = data.decode()
    connection = restored([*written[:row], tuple(changed), *written[row + 1 :]])
    assert not check_log(connection, PUBLIC, most=0).whole
    full = check_log(connection, PUBLIC)
    assert row + 1 in {
        number for found in full.findings for number in range(found.sequence, found.until + 1)
    }
    connection.close()


@pytest.mark.parametrize("column", [2, 3, 4])
def test_bytes_cannot_move_from_one_column_into_the_next(
    written: list[tuple[object, ...]], column: int
) -> None:
    """The hash of all columns together would be the same."""
    changed = list(written[5])
    parts = [changed[2], changed[3], changed[4], changed[1].encode()]
    parts[column - 2], parts[column - 1] = (
        parts[column - 2][:-1],
        parts[column - 2][-1:] + parts[column - 1],
    )
    changed[2], changed[3], changed[4], changed[1] = parts
    connection = restored([*written[:5], tuple(changed), *written[6:]])
    assert not check_log(connection, PUBLIC, most=0).whole
    connection.close()


@given(order=st.permutations(range(LENGTH)), keep=st.integers(0, LENGTH))
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_only_the_log_itself_is_whole(
    written: list[tuple[object, ...]], order: list[int], keep: int
) -> None:
    """Any other order and any shorter log is found, and the true one is not."""
    rows = [(number, *written[old][1:]) for number, old in enumerate(order[:keep], 1)]
    connection = restored([*rows, written[-1]])
    is_the_log = order[:keep] == list(range(LENGTH))
    assert check_log(connection, PUBLIC, most=0).whole is is_the_log
    assert holds(connection, Head(LENGTH, written[-1][2])) is is_the_log
    connection.close()


def test_mark_is_a_point_that_the_log_passed_through(written: list[tuple[object, ...]]) -> None:
    """Also as a code, also long ago, and never a point that only looks like one."""
    connection = restored(written)
    middle = Head(5, written[5][2])
    for point in (middle, parse_anchor(middle.anchor)):
        assert holds(connection, point)
        assert check_log(connection, PUBLIC, marks=[Mark(point)]).findings == ()
    for point in (Head(5, bytes(32)), Head(LENGTH + 1, middle.digest)):
        assert not holds(connection, point)
        assert not holds(connection, parse_anchor(point.anchor))
    connection.close()
