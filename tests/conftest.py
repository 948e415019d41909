# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests share: a steppable clock and a real encrypted store with people signed in."""

import gc
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.factories import CHEAP, STAFF, SteppableClock, a_facility, new_staff, passphrase_of

if TYPE_CHECKING:
    from pact_desktop.services.content import Content
    from pact_desktop.services.session import Session
    from pact_desktop.storage.keys import KeyRing

# Imports of the program stay inside the fixtures, so that tests of one layer load no other.


@pytest.fixture(autouse=True)
def no_window_is_left() -> Iterator[None]:
    """As in the program, a widget is deleted on the window's thread alone."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from tests.windows import delete_windows  # noqa: PLC0415

        gc.disable()
        delete_windows()


@pytest.fixture
def clock() -> SteppableClock:
    return SteppableClock()


@pytest.fixture(scope="session")
def content() -> "Content":
    from pact_desktop.services.content import load_content  # noqa: PLC0415

    return load_content()


@pytest.fixture(scope="session")
def built_facility(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """One facility set up for the whole run; tests work on copies. Gives the recovery code too."""
    from pact_desktop.services import accounts  # noqa: PLC0415

    home = tmp_path_factory.mktemp("built")
    pending = accounts.begin_set_up(
        home / "data",
        a_facility(),
        new_staff(*STAFF),
        SteppableClock(),
        device_folder=home / "device",
        kdf=CHEAP,
    )
    accounts.confirm_recovery(pending, pending.recovery_code)
    return home, pending.recovery_code


@pytest.fixture
def recovery_code(built_facility: tuple[Path, str]) -> str:
    return built_facility[1]


@pytest.fixture
def data_folder(tmp_path: Path, built_facility: tuple[Path, str]) -> Path:
    """A facility of its own for this test."""
    shutil.copytree(built_facility[0] / "data", tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def device_folder(tmp_path: Path, built_facility: tuple[Path, str]) -> Path:
    shutil.copytree(built_facility[0] / "device", tmp_path / "device")
    return tmp_path / "device"


@pytest.fixture(scope="session")
def keyring_of(built_facility: tuple[Path, str]) -> "Callable[[str], KeyRing]":
    """The keyring of somebody of `factories.STAFF`, by sign-in name."""
    from pact_desktop.services import accounts  # noqa: PLC0415

    home = built_facility[0]
    known: dict[str, KeyRing] = {}

    def sign_in(name: str) -> "KeyRing":
        if name not in known:
            keyring = accounts.sign_in(
                home / "data",
                name,
                passphrase_of(name),
                SteppableClock(),
                device_folder=home / "device",
                kdf=CHEAP,
            )
            # One test must not remember the log of another one's copy.
            known[name] = replace(keyring, device_folder="")
        return known[name]

    return sign_in


@pytest.fixture
def staff_keyring(keyring_of: "Callable[[str], KeyRing]") -> "KeyRing":
    """The nurse's."""
    return keyring_of("nadia")


@pytest.fixture
def open_as(
    data_folder: Path,
    keyring_of: "Callable[[str], KeyRing]",
    built_facility: tuple[Path, str],
    clock: SteppableClock,
    content: "Content",
) -> "Iterator[Callable[[str], Session]]":
    """Opens a session by sign-in name; who was there before goes home first."""
    from pact_desktop.services import accounts  # noqa: PLC0415
    from pact_desktop.storage import vault  # noqa: PLC0415

    opened: list[Session] = []

    def open_session(name: str) -> "Session":
        close_all()
        keyring = keyring_of(name)
        if vault.load(data_folder / "records").salts != keyring.salts:
            # The keys were changed meanwhile: whoever comes now signs in for themselves.
            keyring = replace(
                accounts.sign_in(
                    data_folder,
                    name,
                    passphrase_of(name),
                    clock,
                    device_folder=built_facility[0] / "device",
                    kdf=CHEAP,
                ),
                device_folder="",
            )
        opened.append(accounts.open_session(data_folder, keyring, clock, content))
        return opened[-1]

    def close_all() -> None:
        while opened:
            opened.pop().store.close()

    yield open_session
    close_all()


@pytest.fixture
def session(open_as: "Callable[[str], Session]") -> "Session":
    """The nurse at work."""
    return open_as("nadia")


@pytest.fixture
def manager_session(open_as: "Callable[[str], Session]") -> "Session":
    """The manager at work; not in the same test as `session`, use `open_as` for that."""
    return open_as("mira")
