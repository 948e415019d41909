# SPDX-License-Identifier: GPL-3.0-or-later
"""From a stick and a sheet of paper back to work: all of it, or nothing that looks like it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from pact_desktop.domain.accounts import Account, Compartment, Role
from pact_desktop.domain.audit import AuditAction, FindingKind
from pact_desktop.domain.errors import Fault, FaultCode, PactError, Refusal, RefusalCode
from pact_desktop.domain.patient import MayBeChild
from pact_desktop.services import accounts, backups, patients, restoring, sealing
from pact_desktop.services.public_notice import public_notice
from pact_desktop.services.session import Session
from pact_desktop.services.set_up import NewStaff
from pact_desktop.storage import audit_log, audit_reading, recovery_code, vault
from tests.factories import (
    CHEAP,
    DOCTOR,
    MANAGER,
    NURSE,
    SteppableClock,
    a_birth_date,
    new_staff,
    passphrase_of,
)

Open = Callable[[str], Session]
NEW_NURSE = ("lea", "Lea Lekić", Role.NURSE)


@pytest.fixture
def backup(open_as: Open, tmp_path: Path) -> Path:
    """A facility with one patient, on a stick."""
    nurse = open_as("nadia")
    patients.register_patient(
        nurse,
        patients.NewPatient(
            family_name="Marković",
            given_name="Ana",
            birth_date=a_birth_date(),
            may_be_child=MayBeChild.NO,
        ),
    )
    manager = open_as("mira")
    (tmp_path / "stick").mkdir()
    made = backups.make_backup(manager, tmp_path / "stick")
    manager.store.close()
    return made.path


@pytest.fixture
def new_home(tmp_path: Path) -> Path:
    """A new computer: neither records nor a key of its own."""
    return tmp_path / "new home"


def begun(path: Path, home: Path, code: str) -> restoring.PendingRestore:
    return restoring.begin_restore(
        path, home / "data", code, SteppableClock(), device_folder=home / "device", kdf=CHEAP
    )


def restored(path: Path, home: Path, code: str, *people: tuple[str, str, Role]) -> None:
    restoring.finish_restore(begun(path, home, code), new_staff(*(people or (MANAGER, NURSE))))


def at_work(home: Path, name: str, content: object) -> Session:
    keyring = accounts.sign_in(
        home / "data",
        name,
        passphrase_of(name),
        SteppableClock(),
        device_folder=home / "device",
        kdf=CHEAP,
    )
    return accounts.open_session(home / "data", keyring, SteppableClock(), content)  # type: ignore[arg-type]


def accounts_of(session: Session) -> dict[str, Account]:
    return {account.staff_code: account for account in accounts.list_accounts(session)}


def test_what_was_backed_up_is_there_again(
    backup: Path, new_home: Path, recovery_code: str, content: object
) -> None:
    """On another computer, with other passphrases, the nurse finds her patient."""
    pending = begun(backup, new_home, recovery_code)
    assert pending.facility.name == "Health house Sample"
    assert pending.log.whole
    assert not accounts.is_set_up(new_home / "data")
    made = restoring.finish_restore(pending, new_staff(MANAGER, NEW_NURSE)).accounts
    assert [account.staff_code for account in made] == ["M02", "N02"]
    nurse = at_work(new_home, "lea", content)
    assert nurse.store.log_check.whole
    (found,) = patients.find_patients(nurse, "markovic")
    assert found.patient.family_name == "Marković"
    nurse.store.close()
    notice = public_notice(new_home / "data")
    assert notice is not None
    assert notice.facility_name == "Health house Sample"


def test_the_manager_still_opens_no_names(
    backup: Path, new_home: Path, recovery_code: str, content: object
) -> None:
    """Whoever brought the sheet does not get with it what the role does not have."""
    restored(backup, new_home, recovery_code)
    manager = at_work(new_home, "mira", content)
    assert not manager.store.holds(Compartment.IDENTITY)
    manager.store.close()
    nurse = at_work(new_home, "nadia", content)
    assert nurse.store.holds(Compartment.IDENTITY)
    nurse.store.close()


def test_earlier_accounts_end_and_keep_their_names(
    backup: Path, new_home: Path, recovery_code: str, content: object
) -> None:
    """Old visits still name their author; the same person comes back under the same name."""
    restored(backup, new_home, recovery_code)
    manager = at_work(new_home, "mira", content)
    known = accounts_of(manager)
    assert {code: account.active for code, account in known.items()} == {
        "M01": False, "N01": False, "D01": False, "T01": False, "M02": True, "N02": True,
    }  # fmt: skip
    assert known["N01"].display_name == "Nadia Nikolić"
    assert known["N02"].sign_in_name == "nadia"
    doctor = new_staff(DOCTOR)[0]
    assert accounts.create_account(manager, doctor).staff_code == "D02"
    taken = NewStaff("dren (D01)", "Somebody Else", Role.DOCTOR, passphrase_of("other"))
    with pytest.raises(Refusal) as refused:
        accounts.create_account(manager, taken)
    assert refused.value.code is RefusalCode.ACCOUNT_NAME_TAKEN
    assert set(known) < set(accounts_of(manager))
    manager.store.close()


def test_passphrases_of_before_open_nothing(
    backup: Path, new_home: Path, recovery_code: str
) -> None:
    """A backup carries no way in but the sheet."""
    restored(backup, new_home, recovery_code, MANAGER, NEW_NURSE)
    for name in ("nadia", "dren", "ivo"):
        with pytest.raises(Refusal) as refused:
            accounts.sign_in(
                new_home / "data",
                name,
                passphrase_of(name),
                SteppableClock(),
                device_folder=new_home / "device",
                kdf=CHEAP,
            )
        assert refused.value.code is RefusalCode.SIGN_IN_FAILED


def test_the_log_goes_on_and_says_what_happened(
    backup: Path, new_home: Path, recovery_code: str, content: object
) -> None:
    """Entries of people who are gone still count; the restore stands behind them."""
    pending = begun(backup, new_home, recovery_code)
    restoring.finish_restore(pending, new_staff(MANAGER, NURSE))
    manager = at_work(new_home, "mira", content)
    with manager.store.reading_config() as connection:
        entries = audit_log.entries(connection)
        assert audit_reading.latest(connection, AuditAction.BACKUP_RESTORED)
    manager.store.close()
    after = entries[pending.contents.sequence :]
    assert [entry["action"] for entry in after] == [
        "backup-restored", *["account-ended"] * 4, *["account-created"] * 2, "signed-in",
    ]  # fmt: skip
    assert after[0]["subject"] == pending.contents.backup_id


def test_the_same_sheet_opens_what_was_restored(
    backup: Path, new_home: Path, recovery_code: str, content: object, tmp_path: Path
) -> None:
    """Nobody has to print and hide a new one; and a backup of it is restored again."""
    restored(backup, new_home, recovery_code)
    assert accounts.recovery_opens(new_home / "data", recovery_code)
    manager = at_work(new_home, "mira", content)
    second = backups.make_backup(manager, tmp_path / "stick")
    backups.rehearse_restore(manager, second.path, recovery_code)
    assert backups.examine_backup(manager, second.path).contents.sequence > 0
    manager.store.close()
    later = tmp_path / "later home"
    restored(second.path, later, recovery_code)
    nurse = at_work(later, "nadia", content)
    assert len(patients.find_patients(nurse, "markovic")) == 1
    assert accounts_of(nurse)["N01"].sign_in_name == "nadia (N01)"
    assert accounts_of(nurse)["N02"].sign_in_name == "nadia (N02)"
    nurse.store.close()


def test_a_restore_on_the_same_computer_is_told_as_one(
    backup: Path, new_home: Path, recovery_code: str, content: object
) -> None:
    """Records that end earlier than this computer remembers: said, and not called damage."""
    restored(backup, new_home, recovery_code)
    for _ in range(4):
        accounts.lock(at_work(new_home, "nadia", content))
    (new_home / "data" / "records").rename(new_home / "broken records")
    restored(backup, new_home, recovery_code)
    nurse = at_work(new_home, "nadia", content)
    assert nurse.store.log_check.whole
    kinds = {finding.kind for finding in nurse.store.log_check.findings}
    assert kinds == {FindingKind.RESTORED}
    nurse.store.close()


def test_records_that_are_there_are_never_replaced(
    backup: Path, data_folder: Path, device_folder: Path, recovery_code: str
) -> None:
    """Also when they are damaged; also when they came between the two steps."""
    before = {path.name: path.read_bytes() for path in (data_folder / "records").iterdir()}
    with pytest.raises(Refusal) as refused:
        restoring.begin_restore(
            backup, data_folder, recovery_code, SteppableClock(), device_folder=device_folder
        )
    assert refused.value.code is RefusalCode.RESTORE_PLACE_TAKEN
    (data_folder / "records").rename(data_folder / "away")
    pending = restoring.begin_restore(
        backup, data_folder, recovery_code, SteppableClock(), device_folder=device_folder, kdf=CHEAP
    )
    (data_folder / "away").rename(data_folder / "records")
    with pytest.raises(Refusal) as refused:
        restoring.finish_restore(pending, new_staff(MANAGER, NURSE))
    assert refused.value.code is RefusalCode.RESTORE_PLACE_TAKEN
    after = {path.name: path.read_bytes() for path in (data_folder / "records").iterdir()}
    assert after == before


def test_a_new_folder_is_new(tmp_path: Path) -> None:
    """Nothing is unpacked among somebody's other files."""
    folder = tmp_path / "folder"
    restoring.require_new_folder(folder)
    (folder / "records-unfinished").mkdir(parents=True)
    restoring.require_new_folder(folder)
    (folder / "a file").write_text("x")
    with pytest.raises(Refusal) as refused:
        restoring.require_new_folder(folder)
    assert refused.value.code is RefusalCode.RESTORE_PLACE_TAKEN


@pytest.mark.parametrize("code", ["wrong", "another", "right but damaged", "right but cut"])
def test_what_cannot_be_restored_leaves_nothing(
    code: str, backup: Path, new_home: Path, recovery_code: str
) -> None:
    """A sentence, and no folder that looks like records."""
    typed = {"wrong": "ABCD", "another": _another_sheet()}.get(code, recovery_code)
    whole = backup.read_bytes()
    if code == "right but damaged":
        backup.write_bytes(whole[:-9] + b"x" + whole[-8:])
    elif code == "right but cut":
        backup.write_bytes(whole[:-1])
    with pytest.raises(PactError) as told:
        begun(backup, new_home, typed)
    assert told.value.code in {
        RefusalCode.RECOVERY_CODE_WRONG,
        RefusalCode.RECOVERY_CODE_OTHER,
        FaultCode.BACKUP_DAMAGED,
        FaultCode.BACKUP_CUT,
    }
    assert not (new_home / "data" / "records").exists()
    assert not (new_home / "data" / "records-unfinished").exists()


def _another_sheet() -> str:
    return recovery_code.to_code(recovery_code.new_seed())


def test_a_passphrase_that_is_refused_is_asked_again(
    backup: Path, new_home: Path, recovery_code: str, content: object
) -> None:
    """What was unpacked waits; nobody has to find the stick again."""
    pending = begun(backup, new_home, recovery_code)
    manager, nurse = new_staff(MANAGER, NURSE)
    with pytest.raises(Refusal) as refused:
        restoring.finish_restore(
            pending, [NewStaff("mira", "Mira Marić", Role.MANAGER, "short"), nurse]
        )
    assert refused.value.code is RefusalCode.PASSPHRASE_TOO_SHORT
    with pytest.raises(Refusal) as refused:
        restoring.finish_restore(pending, [manager])
    assert refused.value.code is RefusalCode.FACILITY_INCOMPLETE
    restoring.finish_restore(pending, [manager, nurse])
    at_work(new_home, "nadia", content).store.close()


def test_a_restore_that_is_given_up_leaves_nothing(
    backup: Path, new_home: Path, recovery_code: str
) -> None:
    """And the stick is as it was."""
    before = backup.read_bytes()
    restoring.abandon_restore(begun(backup, new_home, recovery_code))
    assert list((new_home / "data").iterdir()) == []
    assert backup.read_bytes() == before


def test_a_restore_that_was_cut_off_begins_again(
    backup: Path, new_home: Path, recovery_code: str, content: object
) -> None:
    """What lies beside from an earlier attempt is no obstacle."""
    begun(backup, new_home, recovery_code)
    restored(backup, new_home, recovery_code)
    at_work(new_home, "nadia", content).store.close()


def test_the_new_key_file_holds_nobody_of_before(
    backup: Path, new_home: Path, recovery_code: str
) -> None:
    """Two slots, signed by the new manager; of the others only what old entries lean on."""
    restored(backup, new_home, recovery_code)
    stored = vault.load(new_home / "data" / "records")
    stored.verified(stored.header.root)
    assert len(stored.slots) == 2
    assert {grant.user for grant in stored.grants} == {slot.user for slot in stored.slots}
    assert len(stored.header.past_signers) == 4


def test_somebody_else_cannot_sign_in_an_earlier_name(
    backup: Path, new_home: Path, recovery_code: str
) -> None:
    """A signer of before who stands in a slot again: the key file is refused."""
    restored(backup, new_home, recovery_code)
    stored = vault.load(new_home / "data" / "records")
    slot = stored.slots[1]
    from msgspec.structs import replace  # noqa: PLC0415 here alone

    forged = replace(stored, header=replace(stored.header, past_signers={slot.user: slot.signing}))
    with pytest.raises(Fault) as told:
        forged.verified(stored.header.root)
    assert told.value.code is FaultCode.STORAGE_DAMAGED


WORK = """
import sys
from pathlib import Path
from pact_desktop.services import restoring
from tests.factories import CHEAP, MANAGER, NURSE, SteppableClock, new_staff
path, home = Path(sys.argv[1]), Path(sys.argv[2])
pending = restoring.begin_restore(path, home / "data", sys.stdin.readline().strip(),
    SteppableClock(), device_folder=home / "device", kdf=CHEAP)
restoring.finish_restore(pending, new_staff(MANAGER, NURSE))
print("restored", flush=True)
"""
CALLS = "openat,pwrite64,write,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,mkdir,rmdir"


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_killed_in_the_middle_there_is_all_or_nothing(
    backup: Path, tmp_path: Path, recovery_code: str, content: object
) -> None:
    """Kill -9 at calls spread over the whole restore; afterwards it works from the beginning."""
    count = traced(backup, tmp_path / "dry", recovery_code, None)
    random, ends = Random(20261124), set()  # noqa: S311 the same points each time
    for number in (*sorted(random.sample(range(1, count + 1), 6)), count):
        home = tmp_path / f"killed-{number}"
        told = traced(backup, home, recovery_code, number)
        whole = accounts.is_set_up(home / "data")
        assert whole or not told
        if not whole:
            restored(backup, home, recovery_code)
        at_work(home, "nadia", content).store.close()
        ends.add(whole)
    assert False in ends


def traced(backup: Path, home: Path, code: str, kill_at: int | None) -> int:
    """How many calls touched the new home; with `kill_at`, whether success was told (1) or not."""
    home.mkdir()
    trace = home.with_suffix(".trace")
    command = ["strace", "-f", "-q", "-o", str(trace), "-e", f"trace={CALLS}"]
    if kill_at is not None:
        command += ["-e", f"inject={CALLS}:signal=SIGKILL:when={kill_at}"]
    for place in (home, home / "data", home / "device", home / "data" / "records-unfinished"):
        command += ["-P", str(place)]
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [*command, sys.executable, "-c", WORK, str(backup), str(home)],
        input=code + "\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    told = "restored" in done.stdout
    if kill_at is None:
        assert told, done.stderr
        return len(trace.read_text().splitlines())
    return int(told)


@pytest.mark.parametrize("name", ["Dren Dervishi", "Дрен Дервиши"])
def test_record_about_somebody_stays_closed_to_them_under_another_account(  # noqa: PLR0917
    name: str,
    open_as: Open,
    tmp_path: Path,
    new_home: Path,
    recovery_code: str,
    content: object,
) -> None:
    """Everybody has a new account after a restore: neither sheet nor emergency opens it to them."""
    nurse = open_as("nadia")
    own = {one.sign_in_name: one.account_id for one in accounts.list_accounts(nurse)}
    patient = patients.register_patient(nurse, patients.NewPatient("Hodžić", "Lejla"))
    sealing.close_record(nurse, patient.patient_id, [own["nadia"]], about=own["dren"])
    manager = open_as("mira")
    (tmp_path / "stick").mkdir()
    made = backups.make_backup(manager, tmp_path / "stick")
    manager.store.close()
    restored(made.path, new_home, recovery_code, MANAGER, ("dren", name, Role.DOCTOR))
    doctor = at_work(new_home, "dren", content)
    assert sealing.recover_closed_records(doctor, recovery_code) == 0
    assert patients.find_patients(doctor, "hodzic") == []
    doctor.store.close()
