# SPDX-License-Identifier: GPL-3.0-or-later
"""New keys for the files: everybody who stays works on, nobody opens them with an old key."""

import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from msgspec.structs import replace as changed
from sqlcipher3 import dbapi2

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage import recovery_code as codes
from pact_desktop.storage import rotation, vault
from pact_desktop.storage.audit_check import follows_from, holds
from pact_desktop.storage.audit_epochs import FirstKeys, first_keys
from pact_desktop.storage.audit_log import chain_row
from pact_desktop.storage.database import Database, file_name, is_whole, raw_key
from pact_desktop.storage.exported_copy import export, require_same
from pact_desktop.storage.keys import KeyRing, SigningKey
from pact_desktop.storage.tables import audit_key_epoch
from tests.rig import key_changes, tracing
from tests.rig.trials import prepared_in
from tests.storage.log_support import look, opened

ALL = tuple(Compartment)
CASES = Compartment.CASES
SEEN = AuditEvent(AuditAction.PATIENT_SEEN)


@pytest.fixture
def place(data_folder: Path) -> Path:
    return data_folder / "records"


def change(place: Path, keyring: KeyRing, compartments: Collection[Compartment] = ALL) -> KeyRing:
    store = opened(place, keyring)
    try:
        store.change_keys(compartments)
        return store.keyring
    finally:
        store.close()


def test_old_key_opens_nothing_of_a_new_file(place: Path, staff_keyring: KeyRing) -> None:
    """Whoever kept the keys and takes the files later has nothing."""
    before = {one: (place / file_name(one)).read_bytes() for one in ALL}
    now = change(place, staff_keyring)
    for one in ALL:
        data = (place / file_name(one)).read_bytes()
        pages = {data[at : at + 4096] for at in range(0, len(data), 4096)}
        old = before[one]
        assert not pages & {old[at : at + 4096] for at in range(0, len(old), 4096)}
        assert not is_whole(place / file_name(one), staff_keyring.keys[one])
        assert is_whole(place / file_name(one), now.keys[one])


@pytest.mark.parametrize("which", [(CASES,), (Compartment.AUDIT, Compartment.CONFIG), ALL])
def test_others_keep_their_keys_and_the_session_goes_on(
    which: tuple[Compartment, ...], place: Path, staff_keyring: KeyRing
) -> None:
    """Also in the middle of a day: the same store writes and reads on, the log links on."""
    look(place, staff_keyring)
    store = opened(place, staff_keyring)
    store.change_keys(which)
    with store.changing(SEEN):
        pass
    moved = {one for one in ALL if store.keyring.keys[one] != staff_keyring.keys[one]}
    assert moved == set(which)
    store.remember_end()
    store.close()
    again = opened(place, store.keyring)
    assert again.log_check.whole
    again.close()


def test_numbers_on_paper_still_fit_and_the_auditor_follows(
    place: Path, staff_keyring: KeyRing, recovery_code: str
) -> None:
    """The digests go on; only the keys of the codes begin anew, for whoever has the sheet."""
    earlier = look(place, staff_keyring)
    now = change(place, change(place, staff_keyring))
    later = look(place, now)
    seed = codes.to_seed(recovery_code)
    assert seed is not None
    pair = codes.recovery_key(seed, now.vault_id)
    database = Database(place, now.keys)
    with database.connect() as connection:
        assert holds(connection, earlier)
        assert holds(connection, later)
        keys = first_keys(connection, pair, now.signers)
        assert keys is not None
        assert follows_from(connection, keys)
        # An earlier key leads nowhere: this is what a leaver kept.
        assert not follows_from(connection, FirstKeys(keys.first))
        # A beginning in the name of somebody who did not sign it does not count.
        forged = audit_key_epoch.update().values(vouched=SigningKey.generate().sign(b"x"))
        connection.execute(forged)
        left = first_keys(connection, pair, now.signers)
        assert left is not None
        assert not follows_from(connection, left)
        connection.rollback()
    database.close()


def test_key_of_later_entries_is_not_in_what_a_leaver_kept(
    place: Path, staff_keyring: KeyRing
) -> None:
    """It is never written into a file that opens with an old key."""
    change(place, staff_keyring, [Compartment.AUDIT])
    kept = shutil.copytree(place, place.with_name("kept"))
    assert not is_whole(kept / "audit.db", staff_keyring.keys[Compartment.AUDIT])


def test_recovery_sheet_opens_the_new_files(
    place: Path, staff_keyring: KeyRing, recovery_code: str
) -> None:
    """The same paper, without anybody fetching it."""
    now = change(place, staff_keyring)
    seed = codes.to_seed(recovery_code)
    assert seed is not None
    pair = codes.recovery_key(seed, now.vault_id)
    assert vault.recovered_keys(vault.load(place), pair) == dict(now.keys)


def test_full_disk_changes_nothing(
    place: Path, staff_keyring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told before anything is written; the session works on with the old keys."""
    store = opened(place, staff_keyring)
    usage = shutil.disk_usage(place)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(Fault) as told:
        store.change_keys(ALL)
    assert told.value.code is FaultCode.STORAGE_FULL
    with store.changing(SEEN):
        pass
    assert store.keyring.keys == staff_keyring.keys
    store.close()


def test_disk_that_fails_after_the_point_of_no_return_is_caught_up_with(
    place: Path, staff_keyring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store opens again with whatever keys the files have by then, and nothing is lost."""
    store = opened(place, staff_keyring)
    real, left = Path.replace, [3]

    def failing(self: Path, target: Path) -> Path:
        if self.name.endswith(".next") and left[0]:
            left[0] -= 1
            raise OSError(errno.EIO, "no")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(Fault) as told:
        store.change_keys(ALL)
    assert told.value.code is FaultCode.STORAGE_FAILED
    with pytest.raises(Fault), store.changing(SEEN):
        pass
    with store.changing(SEEN):
        pass
    assert all(store.keyring.keys[one] != staff_keyring.keys[one] for one in ALL)
    store.close()
    assert sorted(path.name for path in place.glob("*.next*")) == []


def test_new_file_that_is_taken_away_leaves_the_old_one_in_use(
    place: Path, staff_keyring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever tidies up at the wrong moment loses nothing."""
    store = opened(place, staff_keyring)
    monkeypatch.setattr(rotation, "finish", cut_off_after(rotation.finish, 1))
    with pytest.raises(KeyboardInterrupt):
        store.change_keys(ALL)
    monkeypatch.undo()
    store.close()
    (place / "cases.db.next").unlink()
    rotation.put_in_order(place)
    stored = vault.load(place)
    stored.verified(staff_keyring.root)
    assert stored.epochs == {**dict.fromkeys(ALL, 2), CASES: 1}
    assert is_whole(place / "cases.db", staff_keyring.keys[CASES])


def cut_off_after(do: Callable[[Path], vault.Vault], times: int) -> Callable[[Path], vault.Vault]:
    left = [times]

    def done(place: Path) -> vault.Vault:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return do(place)

    return done


def test_what_lies_beside_without_the_key_file_saying_so_is_thrown_away(
    place: Path, staff_keyring: KeyRing
) -> None:
    """A change that was cut off early, or a file that somebody put there."""
    (place / "cases.db.next").write_bytes(os.urandom(8192))
    (place / "cases.db.next-journal").write_bytes(b"x")
    rotation.put_in_order(place)
    assert list(place.glob("*.next*")) == []
    opened(place, staff_keyring).close()


def test_change_that_nobody_with_the_key_signed_is_refused(
    place: Path, staff_keyring: KeyRing, keyring_of: Callable[[str], KeyRing]
) -> None:
    """An administrator who writes the key file cannot have a file of his own put in place."""
    admin, stored = keyring_of("ivo"), vault.load(place)
    own = os.urandom(8192)
    (place / "cases.db.next").write_bytes(own)
    file = vault.file_key(
        stored.header,
        CASES,
        2,
        os.urandom(32),
        own[:16],
        signer=admin.account.account_id,
        signing=admin.signing,
    )
    forged = changed(stored, generation=99, changing=vault.KeyChange((file,), ()))
    vault.save(place, forged)
    with pytest.raises(Fault) as told:
        rotation.put_in_order(place)
    assert told.value.code is FaultCode.STORAGE_DAMAGED
    assert is_whole(place / "cases.db", staff_keyring.keys[CASES])


def test_copy_that_differs_in_one_value_is_not_taken(
    place: Path, tmp_path: Path, staff_keyring: KeyRing
) -> None:
    """The proof compares every value of every table, and the form of the file."""
    old, new = staff_keyring.keys[Compartment.CONFIG], os.urandom(32)
    source, target = place / "config.db", tmp_path / "copy.db"
    export(source, target, old, new)
    require_same(source, target, old, new)
    for edit in (
        "UPDATE account SET display_name = display_name || ' '",
        "DELETE FROM account WHERE staff_code = 'N01'",
        "UPDATE account SET created_at = CAST(created_at AS BLOB) WHERE staff_code = 'N01'",
        "CREATE INDEX one ON account (created_at)",
        "PRAGMA user_version = 99",
    ):
        copy = tmp_path / "edited.db"
        shutil.copy(target, copy)
        driver = dbapi2.connect(str(copy), isolation_level=None)
        driver.set_key(raw_key(new))
        driver.execute(edit)
        driver.close()
        with pytest.raises(Fault):
            require_same(source, copy, old, new)


def test_key_file_names_the_old_key_nowhere(place: Path, staff_keyring: KeyRing) -> None:
    """In neither copy: the old boxes are gone when the change is through."""
    old = vault.load(place)
    change(place, staff_keyring)
    for name in (vault.FILE_NAME, vault.COPY_NAME):
        text = (place / name).read_bytes()
        stored = vault.load(place)
        assert stored.changing is None
        assert not {g.sealed for g in old.grants} & {g.sealed for g in stored.grants}
        assert b'"epoch":1' not in text


def test_chain_has_a_new_key(place: Path, staff_keyring: KeyRing) -> None:
    """Not one that follows from the key before."""
    store = opened(place, staff_keyring)
    with store.reading_config() as connection:
        before = chain_row(connection).next_key
    store.change_keys([Compartment.AUDIT])
    with store.reading_config() as connection:
        after = chain_row(connection)
    assert after.next_key != before
    store.close()


# A short form of the rig -------------------------------------------------------------------

POINTS = 14


@pytest.fixture(scope="module")
def worker() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as made:
        yield made


@pytest.mark.skipif(not tracing.is_here(), reason="needs strace, and a system that lets it attach")
def test_cut_off_or_failing_anywhere_it_is_exactly_old_or_exactly_new(
    worker: ProcessPoolExecutor, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Some points of what `python3 dev.py rig` reaches in full."""
    home = tmp_path_factory.mktemp("rig") / "prepared"
    prepared = worker.submit(prepared_in, home).result()
    points = worker.submit(key_changes.points_of, prepared).result()
    effects = ("signal=SIGKILL", "error=EIO", "error=ENOSPC")
    for number, point in enumerate(points[3 :: len(points) // POINTS]):
        case = replace(point, effect=effects[number % 3])
        outcome = worker.submit(key_changes.disturbed, prepared, case).result()
        assert outcome.struck
        assert outcome.problems == (), case
