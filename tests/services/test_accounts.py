# SPDX-License-Identifier: GPL-3.0-or-later
"""Setting a facility up, signing in and out, and who may give access to whom."""

import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest

from pact_desktop.domain.accounts import Compartment, Role
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.passphrases import canonical
from pact_desktop.i18n.locales import SCREEN_LOCALES
from pact_desktop.i18n.serbian import to_latin
from pact_desktop.services import accounts
from pact_desktop.services.accounts import NewStaff, PendingSetUp
from pact_desktop.services.content import Content
from pact_desktop.services.public_notice import public_notice
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log
from pact_desktop.storage.facility import load_facility
from pact_desktop.storage.keys import KeyRing
from tests.factories import (
    CHEAP,
    IT_ADMINISTRATOR,
    MANAGER,
    NURSE,
    STAFF,
    SteppableClock,
    a_facility,
    new_staff,
    passphrase_of,
)

OpenAs = Callable[[str], Session]
NEW_NURSE = NewStaff("nina", "Nina Nova", Role.NURSE, "quiet-harbour-violin-tundra")


def begin(folder: Path, *people: tuple[str, str, Role]) -> PendingSetUp:
    return accounts.begin_set_up(
        folder / "data",
        a_facility(),
        new_staff(*(people or STAFF)),
        SteppableClock(),
        device_folder=folder / "device",
        kdf=CHEAP,
    )


def enter(data: Path, device: Path, name: str, words: str | None = None) -> KeyRing:
    return accounts.sign_in(
        data,
        name,
        words or passphrase_of(name),
        SteppableClock(),
        device_folder=device,
        boot_clock=lambda: 1_000.0,
        kdf=CHEAP,
    )


def actions(session: Session) -> list[str]:
    with session.store.reading_config() as connection:
        return [str(entry.get("action")) for entry in audit_log.entries(connection)]


def test_nothing_is_set_up_before_the_code_is_typed_back(tmp_path: Path) -> None:
    """Records that no paper could ever rescue are not begun."""
    pending = begin(tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(Refusal) as refused:
        accounts.confirm_recovery(pending, "0000-0000-0000-0000-0000-0000-0000")
    assert refused.value.code is RefusalCode.RECOVERY_CODE_WRONG
    assert not accounts.is_set_up(tmp_path / "data")
    with pytest.raises(Refusal) as refused:
        enter(tmp_path / "data", tmp_path / "device", "mira")
    assert refused.value.code is RefusalCode.NOT_SET_UP
    accounts.confirm_recovery(pending, pending.recovery_code.lower().replace("-", " "))
    assert accounts.is_set_up(tmp_path / "data")
    assert enter(tmp_path / "data", tmp_path / "device", "mira").account.role is Role.MANAGER


def test_code_of_another_set_up_is_refused(tmp_path: Path) -> None:
    """Only the code on this sheet counts, even when its check letters are right."""
    pending, other = begin(tmp_path), begin(tmp_path)
    with pytest.raises(Refusal):
        accounts.confirm_recovery(pending, other.recovery_code)


@pytest.mark.usefixtures("data_folder")
def test_set_up_happens_once(tmp_path: Path) -> None:
    """A facility with records is never set up over, nor by a set-up begun earlier."""
    with pytest.raises(Refusal) as refused:
        begin(tmp_path)
    assert refused.value.code is RefusalCode.ALREADY_SET_UP
    first, second = begin(tmp_path / "x"), begin(tmp_path / "x")
    accounts.confirm_recovery(first, first.recovery_code)
    with pytest.raises(Refusal) as refused:
        accounts.confirm_recovery(second, second.recovery_code)
    assert refused.value.code is RefusalCode.ALREADY_SET_UP


def test_lost_vault_does_not_look_like_a_new_computer(
    data_folder: Path, device_folder: Path, tmp_path: Path
) -> None:
    """Records without their key file are said to be incomplete; set-up does not replace them."""
    for path in (data_folder / "records").glob("vault*"):
        path.unlink()
    assert accounts.is_set_up(data_folder)
    with pytest.raises(Fault) as refused:
        enter(data_folder, device_folder, "nadia")
    assert refused.value.code is FaultCode.STORAGE_INCOMPLETE
    with pytest.raises(Refusal):
        begin(tmp_path)


CRASH = """
import os, sys
from pathlib import Path
from tests.services.test_accounts import begin
from pact_desktop.services import accounts
from pact_desktop.storage import vault
folder, steps = Path(sys.argv[1]), int(sys.argv[2])
pending = begin(folder)
count = 0
def trace(event, arguments):
    global count
    watched = event in {"open", "os.rename", "os.mkdir"}
    if watched and str(folder) in str(arguments):
        count += 1
        if count == steps:
            os._exit(9)
sys.addaudithook(trace)
accounts.confirm_recovery(pending, pending.recovery_code)
"""


def test_crash_in_the_middle_leaves_a_facility_that_is_not_set_up(tmp_path: Path) -> None:
    """Killed at each step of the way: either not set up, and setting up again works, or done."""
    root, states = Path(__file__).parents[2], []
    for steps in range(1, 120, 9):
        folder = tmp_path / f"{steps}"
        done = subprocess.run(
            [sys.executable, "-c", CRASH, str(folder), str(steps)],
            check=False,
            env={"PYTHONPATH": str(root), "PATH": ""},
        )
        set_up = accounts.is_set_up(folder / "data")
        states.append((done.returncode, set_up))
        if not set_up:
            pending = begin(folder)
            accounts.confirm_recovery(pending, pending.recovery_code)
        assert enter(folder / "data", folder / "device", "nadia").holds(Compartment.IDENTITY)
        if done.returncode == 0:
            break
    assert (9, False) in states
    assert states[-1] == (0, True)


@pytest.mark.parametrize(
    ("people", "code"),
    [
        ([NURSE, MANAGER], RefusalCode.FACILITY_INCOMPLETE),
        ([MANAGER, IT_ADMINISTRATOR], RefusalCode.FACILITY_INCOMPLETE),
        ([MANAGER, NURSE, ("Mira", "Other", Role.DOCTOR)], RefusalCode.ACCOUNT_NAME_TAKEN),
        ([MANAGER, ("nadia", "  ", Role.NURSE)], RefusalCode.NAME_MISSING),
    ],
)
def test_staff_that_could_not_work_is_refused(
    people: list[tuple[str, str, Role]], code: RefusalCode, tmp_path: Path
) -> None:
    """A manager first, a clinician at least, and names that tell people apart."""
    with pytest.raises(Refusal) as refused:
        begin(tmp_path, *people)
    assert refused.value.code is code


def test_set_up_leaves_facility_accounts_notice_and_log(open_as: OpenAs, data_folder: Path) -> None:
    """After set-up everything that the first day needs is there."""
    session = open_as("nadia")
    with session.store.reading_config() as connection:
        assert load_facility(connection) == a_facility()
    shown = {
        account.staff_code: account.display_name for account in accounts.list_accounts(session)
    }
    assert shown == {
        "M01": "Mira Marić",
        "N01": "Nadia Nikolić",
        "D01": "Dren Dervishi",
        "T01": "Ivo Ilić",
    }
    assert public_notice(data_folder) is not None
    assert actions(session)[0] == "facility-set-up"
    assert actions(session)[-2:] == ["recovery-confirmed", "signed-in"]


def test_recovery_sheet_opens_every_file(
    data_folder: Path, recovery_code: str, tmp_path: Path
) -> None:
    """The paper alone opens all four files; another paper opens none."""
    assert accounts.recovery_opens(data_folder, recovery_code)
    assert not accounts.recovery_opens(data_folder, begin(tmp_path / "x").recovery_code)
    assert not accounts.recovery_opens(data_folder, "not a code")


def test_failed_attempts_delay_and_are_told_in_the_log(
    data_folder: Path, device_folder: Path, clock: SteppableClock, content: Content
) -> None:
    """Three wrong passphrases make everybody wait, whether the name exists or not."""
    uptime = [1_000.0]

    def attempt(name: str, words: str) -> KeyRing:
        return accounts.sign_in(
            data_folder,
            name,
            words,
            clock,
            device_folder=device_folder,
            boot_clock=lambda: uptime[0],
            kdf=CHEAP,
        )

    for name in ("nadia", "nobody"):
        codes = []
        for _ in range(4):
            with pytest.raises(Refusal) as refused:
                attempt(name, "wrong-wrong-wrong-wrong")
            codes.append((refused.value.code, refused.value.facts))
        assert codes == [
            *[(RefusalCode.SIGN_IN_FAILED, {})] * 3,
            (RefusalCode.SIGN_IN_DELAYED, {"seconds": 1}),
        ]
    uptime[0] += 1
    keyring = attempt("Nadia ", passphrase_of("nadia"))
    session = accounts.open_session(data_folder, keyring, clock, content)
    with session.store.reading_config() as connection:
        failed, entered = audit_log.entries(connection)[-2:]
    assert (failed["action"], failed["count"]) == ("sign-in-failed", 3)
    assert entered["action"] == "signed-in"
    session.store.close()


def test_names_for_the_list_at_sign_in(data_folder: Path, device_folder: Path) -> None:
    """A facility that switched the list on sees its staff on its own computer."""
    names = accounts.sign_in_names(data_folder, device_folder=device_folder)
    assert names == ["dren", "ivo", "mira", "nadia"]


def test_keyring_survives_the_pipe(
    staff_keyring: KeyRing, data_folder: Path, clock: SteppableClock, content: Content
) -> None:
    """The session process works with what the sign-in process wrote into the pipe."""
    handed = KeyRing.from_bytes(staff_keyring.to_bytes())
    assert handed.keys == staff_keyring.keys
    session = accounts.open_session(data_folder, handed, clock, content)
    assert session.account == staff_keyring.account
    session.store.close()


def test_secrets_are_not_in_what_gets_logged(staff_keyring: KeyRing, tmp_path: Path) -> None:
    """A keyring, a new person or a pending set-up in a traceback gives nothing away."""
    pending = begin(tmp_path)
    shown = repr(staff_keyring) + repr(NEW_NURSE) + repr(pending)
    assert NEW_NURSE.passphrase not in shown
    assert pending.recovery_code not in shown
    assert repr(staff_keyring.signing_seed) not in shown
    assert not any(repr(key) in shown for key in staff_keyring.keys.values())


def test_lock_keeps_where_the_visit_stood_for_that_person_alone(open_as: OpenAs) -> None:
    """The nurse finds her visit again; the administrator cannot read which one it was."""
    session = open_as("nadia")
    accounts.lock(session, "visit:8f3c")
    session = open_as("nadia")
    assert accounts.resume_point(session) == "visit:8f3c"
    with session.store.reading_config() as connection:
        sealed = connection.exec_driver_sql("SELECT sealed FROM resume_point").scalar_one()
    assert b"8f3c" not in sealed
    assert accounts.resume_point(open_as("ivo")) == ""
    session = open_as("nadia")
    accounts.lock(session)
    assert accounts.resume_point(open_as("nadia")) == ""


def test_anchor_is_the_same_at_the_next_look(open_as: OpenAs) -> None:
    """What the person wrote down at the end can be compared later."""
    session = open_as("nadia")
    anchor = accounts.session_anchor(session)
    assert accounts.session_anchor(session) == anchor
    assert accounts.session_anchor(open_as("ivo")) == ""
    assert accounts.session_anchor(open_as("mira")) > anchor


def test_new_nurse_needs_a_colleague_to_read_names(
    open_as: OpenAs, data_folder: Path, device_folder: Path
) -> None:
    """The manager makes the account, a nurse or doctor gives the key of the names."""
    created = accounts.create_account(open_as("mira"), NEW_NURSE)
    assert (created.staff_code, created.role) == ("N02", Role.NURSE)
    before = enter(data_folder, device_folder, "nina", NEW_NURSE.passphrase)
    assert set(before.keys) == set(Compartment) - {Compartment.IDENTITY}
    session = open_as("nadia")
    assert accounts.waiting_colleagues(session) == [created]
    accounts.confirm_colleague(session, created.account_id)
    assert accounts.waiting_colleagues(session) == []
    assert actions(session)[-1] == "account-created"
    after = enter(data_folder, device_folder, "nina", NEW_NURSE.passphrase)
    assert after.keys == session.store.keyring.keys


def test_manager_cannot_help_anybody_to_names(open_as: OpenAs) -> None:
    """Neither for a nurse of her own making nor for herself."""
    session = open_as("mira")
    created = accounts.create_account(session, NEW_NURSE)
    assert accounts.waiting_colleagues(session) == []
    for account in (created, session.account):
        with pytest.raises(Refusal) as refused:
            accounts.confirm_colleague(session, account.account_id)
        assert refused.value.code is RefusalCode.NOT_ALLOWED
    with pytest.raises(Refusal):
        accounts.confirm_colleague(open_as("nadia"), session.account.account_id)


@pytest.mark.parametrize("name", ["nadia", "dren", "ivo"])
def test_only_the_manager_makes_accounts(name: str, open_as: OpenAs) -> None:
    """Nobody else adds people."""
    with pytest.raises(Refusal) as refused:
        accounts.create_account(open_as(name), NEW_NURSE)
    assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_second_manager_can_make_accounts_too(
    open_as: OpenAs, data_folder: Path, device_folder: Path, clock: SteppableClock, content: Content
) -> None:
    """Whom the first manager vouched for as manager can vouch for others."""
    words = "copper-meadow-lattice-sparrow"
    accounts.create_account(open_as("mira"), NewStaff("maja", "Maja Second", Role.MANAGER, words))
    open_as("ivo").store.close()
    keyring = enter(data_folder, device_folder, "maja", words)
    session = accounts.open_session(data_folder, keyring, clock, content)
    accounts.create_account(session, NEW_NURSE)
    session.store.close()
    assert enter(data_folder, device_folder, "nina", NEW_NURSE.passphrase).holds(Compartment.CASES)


@pytest.mark.parametrize(
    "words",
    [
        "1 Sample street, Sample",
        "dana deputy sara 2026",
        "Мира-Нина-Нова-Дрен",
        "nina nina nadia 1",
    ],
)
def test_passphrase_of_names_known_here_is_refused(
    words: str, manager_session: Session, tmp_path: Path
) -> None:
    """The place, who is responsible, colleagues and oneself: by the manager and at set-up."""
    new = NewStaff("nina", "Nina Nova", Role.NURSE, words)
    with pytest.raises(Refusal) as refused:
        accounts.create_account(manager_session, new)
    assert refused.value.code is RefusalCode.PASSPHRASE_TOO_COMMON
    staff = [*new_staff(*STAFF), new]
    with pytest.raises(Refusal) as refused:
        accounts.begin_set_up(
            tmp_path / "other",
            a_facility(),
            staff,
            SteppableClock(),
            device_folder=tmp_path / "key",
            kdf=CHEAP,
        )
    assert refused.value.code is RefusalCode.PASSPHRASE_TOO_COMMON


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("locale", SCREEN_LOCALES)
def test_offered_words_sign_in_at_every_keyboard(
    form: Literal["NFC", "NFD"],
    locale: str,
    open_as: OpenAs,
    data_folder: Path,
    device_folder: Path,
) -> None:
    """As offered, with spaces, in capitals, in plain Latin letters."""
    words = accounts.offer_passphrase(locale)
    new = NewStaff("zana", "Zana Zeka", Role.MANAGER, words)
    manager = open_as("mira")
    accounts.create_account(manager, new)
    for typed in (words, words.replace("-", " "), words.upper(), to_latin(words), canonical(words)):
        shown = unicodedata.normalize(form, typed)
        assert enter(data_folder, device_folder, "zana", shown).account.sign_in_name == "zana"


def test_taken_name_is_refused(manager_session: Session) -> None:
    """Also in other letters of the same size."""
    with pytest.raises(Refusal) as refused:
        accounts.create_account(
            manager_session, NewStaff("NADIA", "Another", Role.NURSE, NEW_NURSE.passphrase)
        )
    assert refused.value.code is RefusalCode.ACCOUNT_NAME_TAKEN


def test_second_reader_is_a_clinician_with_the_right_passphrase(session: Session) -> None:
    """The doctor proves who he is at the nurse's screen; a manager cannot be second reader."""
    doctor = accounts.verify_colleague(session, "dren", passphrase_of("dren"))
    assert doctor in {account.account_id for account in accounts.list_accounts(session)}
    with pytest.raises(Refusal) as refused:
        accounts.verify_colleague(session, "dren", "not-his-passphrase")
    assert refused.value.code is RefusalCode.SIGN_IN_FAILED
    with pytest.raises(Refusal) as refused:
        accounts.verify_colleague(session, "mira", passphrase_of("mira"))
    assert refused.value.code is RefusalCode.NOT_ALLOWED


def test_vault_of_another_facility_does_not_open_these_records(
    data_folder: Path, device_folder: Path, tmp_path: Path, clock: SteppableClock, content: Content
) -> None:
    """A key file copied from another facility on the same computer opens nothing here."""
    shutil.copytree(device_folder, tmp_path / "x" / "device")
    pending = begin(tmp_path / "x")
    accounts.confirm_recovery(pending, pending.recovery_code)
    for path in (tmp_path / "x" / "data" / "records").glob("vault*"):
        shutil.copyfile(path, data_folder / "records" / path.name)
    keyring = enter(data_folder, device_folder, "nadia")
    with pytest.raises(Fault) as refused:
        accounts.open_session(data_folder, keyring, clock, content)
    assert refused.value.code is FaultCode.STORAGE_FOREIGN


def test_folder_of_random_files_is_not_taken_for_records(
    tmp_path: Path, device_folder: Path
) -> None:
    """Somebody's other folder is neither opened nor filled."""
    place = tmp_path / "elsewhere" / "records"
    place.mkdir(parents=True)
    (place / "holiday.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(Fault) as refused:
        enter(tmp_path / "elsewhere", device_folder, "nadia")
    assert refused.value.code is FaultCode.STORAGE_INCOMPLETE
    assert [path.name for path in place.iterdir()] == ["holiday.jpg"]
