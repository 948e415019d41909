# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes backups of a facility below the services, as the tests of the file need them."""

from pathlib import Path
from typing import Any

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.backup import BackupKind
from pact_desktop.domain.errors import Fault, Refusal
from pact_desktop.storage import audit_log, vault
from pact_desktop.storage.backup_making import Made, Wanted, make, new_id
from pact_desktop.storage.backup_reading import BackupFile, Step, always
from pact_desktop.storage.backup_sources import Sources
from pact_desktop.storage.backups import last_seen
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.store import Store
from tests.factories import SteppableClock


def opened(place: Path, keyring: KeyRing) -> Store:
    return Store.open(place, keyring, keyring.account, SteppableClock())


def made(store: Store, folder: Path, step: Step = always, **changes: Any) -> Made:
    """A backup of an open store, as the service makes it."""
    with Sources(store.place) as sources, store.still() as connection:
        known: dict[str, Any] = {
            "backup_id": new_id(),
            "kind": BackupKind.ASKED,
            "folder": folder,
            "moment": SteppableClock()(),
            "vault": vault.load(store.place),
            "keyring": store.keyring,
            "end": audit_log.head(connection)
            if store.holds(Compartment.AUDIT)
            else last_seen(connection),
            "log_seen": store.holds(Compartment.AUDIT),
        }
        return make(store.place, Wanted(**(known | changes)), sources, step)


def verdict(path: Path) -> str:
    """How a file is judged without any secret: `whole`, or the code of what is wrong."""
    try:
        with BackupFile(path) as file:
            file.check()
    except (Fault, Refusal) as error:
        return error.code.value
    return "whole"
