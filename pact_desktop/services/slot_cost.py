# SPDX-License-Identifier: GPL-3.0-or-later
"""Guessing gets dearer with the computer: a slot that opens too fast is wrapped anew at sign-in."""

from pathlib import Path

from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import Fault
from pact_desktop.storage import sign_in as slots
from pact_desktop.storage import vault
from pact_desktop.storage.folder_lock import FolderLock
from pact_desktop.storage.kdf import KdfPolicy


def raise_cost(
    place: Path,
    person: slots.Person,
    passphrase: str,
    seconds: float,
    *,
    root: bytes,
    key: bytes,
    policy: KdfPolicy,
) -> None:
    """One step dearer when opening took only `seconds`; the passphrase and the keys stay.

    Where the records are open already, or the disk fails, everything stays as it is: nobody is
    kept from work, and the next sign-in tries again.
    """
    try:
        lock = FolderLock(place)
    except Fault:
        return
    try:
        stored = vault.load(place)
        slot = stored.slot(person.account.account_id)
        wanted = None if slot is None else policy.dearer(slots.cost_of(slot), seconds)
        if slot is None or wanted is None or stored.changing is not None:
            return
        stored.verified(root)
        dearer = slots.wrapped_anew(
            slot,
            person,
            passphrase,
            vault_id=stored.vault_id,
            root=root,
            device_key=key,
            cost=wanted,
        )
        renewed = tuple(dearer if known is slot else known for known in stored.slots)
        vault.save(place, vault.following(stored, slots=renewed, grants=stored.grants))
    except Fault as fault:
        note_error(fault)
    finally:
        lock.release()
