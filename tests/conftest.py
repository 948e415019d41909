# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests share: a steppable clock and a real encrypted store with people signed in."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.accounts import KEYRING, Account, AccountId, Compartment
from tests.factories import MANAGER, NURSE, SteppableClock, a_facility

if TYPE_CHECKING:
    from pact_desktop.services.content import Content
    from pact_desktop.services.session import Session


@pytest.fixture
def clock() -> SteppableClock:
    return SteppableClock()


@pytest.fixture(scope="session")
def content() -> "Content":
    from pact_desktop.services.content import load_content

    return load_content()


@pytest.fixture(scope="session")
def _built(tmp_path_factory):
    from pact_desktop.storage.facility import save_facility
    from pact_desktop.storage.keys import KeyRing, SealingKey, SigningKey
    from pact_desktop.storage.store import Store

    place = tmp_path_factory.mktemp("built")
    keys = {name: secrets.token_bytes(32) for name in Compartment}
    seeds = {n: SigningKey.generate() for n in ("nadia", "mira")}
    signers = {AccountId(n): s.public for n, s in seeds.items()}
    rings = {}
    for name, display, role in (NURSE, MANAGER):
        account = Account(AccountId(name), name, display, role, name[:2].upper())
        held = {c: k for c, k in keys.items() if c in KEYRING[role]}
        rings[name] = KeyRing(account, "v", b"", held, {}, seeds[name].seed, b"d" * 32, signers)
    Store.create(place, rings["nadia"], SealingKey.generate().public)
    store = Store.open(place, rings["nadia"], rings["nadia"].account, SteppableClock())
    with store.changing(AuditEvent(AuditAction.FACILITY_SET_UP)) as connection:
        save_facility(connection, a_facility())
    store.close()
    return place, rings


@pytest.fixture
def data_folder(tmp_path: Path, _built) -> Path:
    shutil.copytree(_built[0], tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def session(data_folder: Path, _built, clock, content) -> "Iterator[Session]":
    from pact_desktop.services.session import Session
    from pact_desktop.storage.store import Store

    ring = _built[1]["nadia"]
    store = Store.open(data_folder, ring, ring.account, clock)
    yield Session(ring.account, store, clock, content)
    store.close()


@pytest.fixture
def manager_session(data_folder: Path, _built, clock, content) -> "Iterator[Session]":
    """Not together with `session`: one program at a time."""
    from pact_desktop.services.session import Session
    from pact_desktop.storage.store import Store

    ring = _built[1]["mira"]
    store = Store.open(data_folder, ring, ring.account, clock)
    yield Session(ring.account, store, clock, content)
    store.close()
