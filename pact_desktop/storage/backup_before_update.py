# SPDX-License-Identifier: GPL-3.0-or-later
"""Copies the records before a migration changes them: without that copy it does not begin."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.backup import BackupKind
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage import audit_log, vault
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.backup_making import Made, Wanted, make, new_id
from pact_desktop.storage.backup_sources import Sources
from pact_desktop.storage.durable_file import make_folder
from pact_desktop.storage.keys import KeyRing

FOLDER: Final = "backups"
"""Beside the records: an update does not wait for a stick."""
_OF_THE_COPY: Final = frozenset(
    {
        FaultCode.BACKUP_FULL,
        FaultCode.BACKUP_READ_ONLY,
        FaultCode.BACKUP_NOT_WRITTEN,
        FaultCode.STORAGE_FULL,
        FaultCode.STORAGE_READ_ONLY,
        FaultCode.STORAGE_FAILED,
    }
)


def copy_before_update(
    place: Path,
    connection: Connection,
    keyring: KeyRing,
    *,
    older: Collection[Compartment],
    moment: datetime,
    sources: Sources,
) -> Made:
    """A backup of the records as they are, read back before the update begins.

    The caller holds the transaction that the update runs in, so that nothing comes between.
    Raises Fault(UPDATE_NOT_BEGUN), or what is wrong with the records themselves.
    """
    stored = vault.load(place)
    stored.verified(keyring.root)
    seen = keyring.holds(Compartment.AUDIT) and Compartment.AUDIT not in older
    wanted = Wanted(
        backup_id=new_id(),
        kind=BackupKind.BEFORE_UPDATE,
        folder=place.parent / FOLDER,
        moment=moment,
        vault=stored,
        keyring=keyring,
        # A log whose form this program no longer reads is not asked where it ends.
        end=audit_log.head(connection) if seen else Head(0, audit_log.START),
        log_seen=seen,
    )
    try:
        make_folder(wanted.folder)
        return make(place, wanted, sources)
    except Fault as fault:
        if fault.code in _OF_THE_COPY:
            raise Fault(FaultCode.UPDATE_NOT_BEGUN) from None
        raise
