# SPDX-License-Identifier: GPL-3.0-or-later
"""A person changes the own passphrase; nobody else notices, and nothing is lost on the way."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.services import accounts
from pact_desktop.services.content import Content
from pact_desktop.services.session import Session
from pact_desktop.storage import audit_log, vault
from tests.factories import passphrase_of
from tests.services.test_accounts import enter

OpenAs = Callable[[str], Session]
NEW = "copper-meadow-lattice-sparrow"


def slots_of(data_folder: Path) -> dict[str, vault.Slot]:
    return {slot.user: slot for slot in vault.load(data_folder / "records").slots}


def last_entry(session: Session) -> dict[str, object]:
    with session.store.reading_config() as connection:
        return dict(audit_log.entries(connection)[-1])


def refused(action: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as found:
        action()
    return found.value


@pytest.mark.parametrize("name", ["mira", "nadia", "dren", "ivo"])
def test_only_the_new_one_opens(
    name: str, open_as: OpenAs, data_folder: Path, device_folder: Path, content: Content
) -> None:
    """The same person with the same keys, at the same records."""
    before = enter(data_folder, device_folder, name)
    session = open_as(name)
    accounts.change_passphrase(session, passphrase_of(name), NEW)
    session.store.close()
    with pytest.raises(Refusal) as found:
        enter(data_folder, device_folder, name)
    assert found.value.code is RefusalCode.SIGN_IN_FAILED
    after = enter(data_folder, device_folder, name, NEW)
    assert (after.account, after.keys, after.signing_seed) == (
        before.account,
        before.keys,
        before.signing_seed,
    )
    again = accounts.open_session(data_folder, after, session.clock, content)
    assert again.store.log_check.whole
    again.store.close()


def test_the_log_says_who_changed_it(open_as: OpenAs) -> None:
    """By its code, without a word of either passphrase."""
    session = open_as("mira")
    accounts.change_passphrase(session, passphrase_of("mira"), NEW)
    entry = last_entry(session)
    assert (entry["action"], entry["subject"]) == ("passphrase-changed", "M01")


def test_nobody_else_notices(open_as: OpenAs, data_folder: Path, device_folder: Path) -> None:
    """Every other slot, every grant and every file key is byte for byte what it was."""
    before = vault.load(data_folder / "records")
    session = open_as("nadia")
    accounts.change_passphrase(session, passphrase_of("nadia"), NEW)
    after = vault.load(data_folder / "records")
    own = session.account.account_id
    assert [s for s in after.slots if s.user != own] == [s for s in before.slots if s.user != own]
    assert (after.grants, after.files, after.header) == (
        before.grants,
        before.files,
        before.header,
    )
    old, new = before.slot(own), after.slot(own)
    assert old is not None
    assert new is not None
    assert new.salt != old.salt
    assert new.wrapped != old.wrapped
    assert new.vouched(after.vault_id) == old.vouched(before.vault_id)
    session.store.close()
    for name in ("mira", "dren", "ivo"):
        assert enter(data_folder, device_folder, name).account.sign_in_name == name


def test_work_goes_on_in_the_same_session(
    open_as: OpenAs, data_folder: Path, device_folder: Path
) -> None:
    """A manager who has just changed hers still gives keys to others."""
    session = open_as("mira")
    accounts.change_passphrase(session, passphrase_of("mira"), NEW)
    accounts.change_passphrase(session, NEW, "quiet-harbour-violin-tundra")
    dren = next(a for a in accounts.list_accounts(session) if a.sign_in_name == "dren")
    accounts.end_account(session, dren.account_id)
    session.store.close()
    assert enter(data_folder, device_folder, "mira", "quiet-harbour-violin-tundra")


def test_wrong_present_one_changes_nothing_and_waits_as_at_the_sign_in(
    open_as: OpenAs, data_folder: Path
) -> None:
    """Somebody at an unlocked computer guesses no faster than at the sign-in page."""
    session, uptime = open_as("nadia"), [1_000.0]
    before = slots_of(data_folder)

    def attempt(present: str) -> None:
        accounts.change_passphrase(session, present, NEW, boot_clock=lambda: uptime[0])

    found = [refused(lambda: attempt("wrong-wrong-wrong-wrong")) for _ in range(4)]
    assert [(one.code, one.facts) for one in found] == [
        *[(RefusalCode.PASSPHRASE_WRONG, {})] * 3,
        (RefusalCode.SIGN_IN_DELAYED, {"seconds": 1}),
    ]
    assert refused(lambda: attempt(passphrase_of("nadia"))).code is RefusalCode.SIGN_IN_DELAYED
    assert slots_of(data_folder) == before
    uptime[0] += 1
    accounts.check_own_passphrase(session, passphrase_of("nadia"), boot_clock=lambda: uptime[0])
    entry = last_entry(session)
    assert (entry["action"], entry["count"]) == ("sign-in-failed", 3)
    attempt(passphrase_of("nadia"))
    assert slots_of(data_folder) != before


def test_waiting_holds_at_the_sign_in_too(
    open_as: OpenAs, data_folder: Path, device_folder: Path
) -> None:
    """One count for one name, wherever it was tried."""
    session = open_as("nadia")
    for _ in range(3):
        refused(lambda: accounts.check_own_passphrase(session, "wrong-wrong-wrong-wrong"))
    session.store.close()
    found = refused(lambda: enter(data_folder, device_folder, "nadia"))
    assert found.code is RefusalCode.SIGN_IN_DELAYED


def test_passphrase_of_a_colleague_is_a_wrong_one(session: Session, data_folder: Path) -> None:
    """Whoever sits here cannot take over with their own words."""
    before = slots_of(data_folder)
    found = refused(lambda: accounts.change_passphrase(session, passphrase_of("dren"), NEW))
    assert found.code is RefusalCode.PASSPHRASE_WRONG
    assert slots_of(data_folder) == before


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (passphrase_of("nadia"), RefusalCode.PASSPHRASE_SAME),
        ("Teal Lantern Nadia Orchard", RefusalCode.PASSPHRASE_SAME),
        ("copper-lattice", RefusalCode.PASSPHRASE_TOO_SHORT),
        ("nadianikolicnadianikolic", RefusalCode.PASSPHRASE_TOO_COMMON),
        ("health house sample 1234", RefusalCode.PASSPHRASE_TOO_COMMON),
        ("sample street sample street", RefusalCode.PASSPHRASE_TOO_COMMON),
        ("Dana Deputy dana deputy", RefusalCode.PASSPHRASE_TOO_COMMON),
        ("дрен дервиши мира марић", RefusalCode.PASSPHRASE_TOO_COMMON),
    ],
)
def test_the_new_one_is_held_to_the_rules_of_the_first(
    session: Session, data_folder: Path, new: str, code: RefusalCode
) -> None:
    """Refused before anything is tried or counted."""
    before, present = slots_of(data_folder), passphrase_of("nadia")
    # So that there is a count, also where nobody has signed in before.
    accounts.check_own_passphrase(session, present)
    counted = (data_folder / "records" / "throttle.json").read_bytes()
    assert refused(lambda: accounts.change_passphrase(session, present, new)).code is code
    assert slots_of(data_folder) == before
    assert (data_folder / "records" / "throttle.json").read_bytes() == counted


def test_a_disk_that_fails_leaves_the_present_one(
    session: Session, data_folder: Path, device_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody is shut out by a change that did not reach the disk."""

    def full(*_: object) -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    with monkeypatch.context() as broken:
        broken.setattr(vault, "write_durably", full)
        with pytest.raises(Fault):
            accounts.change_passphrase(session, passphrase_of("nadia"), NEW)
    session.store.close()
    assert enter(data_folder, device_folder, "nadia")


def test_cut_between_the_two_copies_leaves_the_new_one(
    session: Session, data_folder: Path, device_folder: Path
) -> None:
    """The newer copy counts, whichever of them it is."""
    place = data_folder / "records"
    older = (place / vault.COPY_NAME).read_bytes()
    accounts.change_passphrase(session, passphrase_of("nadia"), NEW)
    session.store.close()
    (place / vault.COPY_NAME).write_bytes(older)
    assert enter(data_folder, device_folder, "nadia", NEW)
    with pytest.raises(Refusal):
        enter(data_folder, device_folder, "nadia")
