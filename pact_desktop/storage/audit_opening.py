# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done with the log when somebody signs in: verified, compared with what was remembered.

A log that was tampered with does not keep anybody from the records: work goes on, everybody is
told at every sign-in, and what was remembered stays as it was, so that the break never heals by
itself.
"""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from pact_desktop.domain.audit import AuditAction, FindingKind, LogCheck, LogFinding
from pact_desktop.storage import audit_log
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.storage.audit_check import SIGNATURES_AT_SIGN_IN, Mark, check_log
from pact_desktop.storage.audit_log import Writer
from pact_desktop.storage.audit_marks import (
    remember_in_config,
    remembered,
    remembered_in_config,
)
from pact_desktop.storage.audit_reading import latest
from pact_desktop.storage.file_marks import require_one_moment
from pact_desktop.storage.keys import KeyRing

_ELSEWHERE = frozenset({FindingKind.OLDER_COPY, FindingKind.OTHER_HISTORY})
"""What a comparison with something remembered finds."""


def check_at_opening(connection: Connection, keyring: KeyRing, writer: Writer) -> LogCheck:
    """Verifies the log, takes over what waits, and lets it go on.

    Raises Fault(STORAGE_DAMAGED) when the log has lost its own end: nothing could be written;
    and for another file that is older than the rest: saves that the log names are missing in it.
    """
    require_one_moment(connection)
    known = remembered(keyring)
    in_config = remembered_in_config(connection)
    marks = [*known.marks, *([in_config] if in_config else [])]
    check = _checked(connection, keyring, marks, known.own)
    found = [_explained(connection, finding) for finding in check.findings]
    if keyring.device_folder and known.own is None:
        found += _forgotten(connection, keyring)
    forged = audit_log.merge_admin_events(connection, writer, keyring.signers)
    if forged:
        found.append(LogFinding(FindingKind.EVENT_FORGED))
    check = replace(check, findings=tuple(found))
    if check.whole:
        remember_in_config(connection, audit_log.head(connection))
    return check


def _checked(
    connection: Connection, keyring: KeyRing, marks: Iterable[Mark], own: Mark | None
) -> LogCheck:
    """Signatures from where this person saw the log last; from further back once that differs."""
    signers, known = keyring.signers, tuple(marks)
    since = own.head if own is not None and isinstance(own.head, Head) else None
    check = check_log(connection, signers, marks=known, since=since, most=SIGNATURES_AT_SIGN_IN)
    if not check.whole and since is not None:
        check = check_log(connection, signers, marks=known, most=SIGNATURES_AT_SIGN_IN)
    if not check.whole:
        audit_log.step_over_break(connection)
    return check


def _explained(connection: Connection, finding: LogFinding) -> LogFinding:
    """An older copy that somebody put back and said so is no break; it only has to be told."""
    if finding.kind not in _ELSEWHERE or finding.seen_at is None:
        return finding
    restored = max(latest(connection, AuditAction.BACKUP_RESTORED).values(), default=None)
    if restored is None or restored < finding.seen_at:
        return finding
    return replace(finding, kind=FindingKind.RESTORED, seen_at=restored)


def _forgotten(connection: Connection, keyring: KeyRing) -> list[LogFinding]:
    """This person was here before, and this computer does not know it any more."""
    before = latest(connection, AuditAction.SIGNED_IN).get(keyring.account.account_id)
    if before is None:
        return []
    return [LogFinding(FindingKind.NOT_REMEMBERED, seen_at=before)]
