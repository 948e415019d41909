# SPDX-License-Identifier: GPL-3.0-or-later
"""Walks the log from its first entry to its end and says what is not as it was written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.audit import AuditAction, FindingKind, LogCheck, LogFinding
from pact_desktop.storage.audit_anchor import Anchor, Head
from pact_desktop.storage.audit_epochs import FirstKeys
from pact_desktop.storage.audit_log import (
    START,
    admin_event_holds,
    chain_row,
    digest_of,
    following_key,
    mac_of,
    signed_part,
)
from pact_desktop.storage.audit_reading import parsed
from pact_desktop.storage.keys import signed_by

SIGNATURES_AT_SIGN_IN: Final = 2_000
"""So many of the newest are verified at most; every link between entries always is."""
_LENGTHS: Final = (32, 32, 64)
_LOOKED_INTO: Final = 200
"""Breaks whose cause is looked for; more of them have the same one."""
_ROWS: Final = (
    "SELECT sequence, CAST(body AS BLOB), previous, mac, signature FROM audit.entry"
    " ORDER BY sequence"
)
"""Taken from the driver as it is: building statement and rows would cost half of the time.

As bytes, because a file that was tampered with may hold what is no text.
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A point at which the log was seen whole: by this program, or as a code on paper."""

    head: Head | Anchor
    seen_at: datetime | None = None

    def fits(self, digest: bytes) -> bool:
        if isinstance(self.head, Anchor):
            return self.head.fits(digest)
        return self.head.digest == digest


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row as the file holds it; columns may be of any type in a file that was tampered with."""

    sequence: int
    text: bytes
    previous: bytes
    mac: bytes
    signature: bytes

    @property
    def digest(self) -> bytes:
        return _digest(self.sequence, self.text, self.previous, self.mac, self.signature)


def _digest(sequence: int, text: bytes, previous: bytes, mac: bytes, signature: bytes) -> bytes:
    """Nothing follows from an entry whose columns are not what they should be.

    Their lengths count too: the bytes of one column could be moved into the next.
    """
    try:
        if (len(previous), len(mac), len(signature)) != _LENGTHS:
            return b""
        return digest_of(sequence, previous, mac, signature, text)
    except (TypeError, OverflowError):
        return b""


@dataclass(slots=True)
class _Findings:
    """What was found, with neighbours of one kind as one finding."""

    found: list[LogFinding] = field(default_factory=list)
    breaks: int = 0

    def add(self, kind: FindingKind, sequence: int, until: int = 0) -> None:
        last = max(sequence, until)
        before = self.found[-1] if self.found else None
        if before is not None and before.kind is kind and before.until >= sequence - 1:
            self.found[-1] = replace(before, until=max(before.until, last))
        else:
            self.found.append(LogFinding(kind, sequence, last))


def check_log(
    connection: Connection,
    signers: Mapping[AccountId, bytes],
    *,
    marks: Sequence[Mark] = (),
    since: Head | None = None,
    most: int | None = None,
    first_keys: FirstKeys | None = None,
) -> LogCheck:
    """Verifies numbers and links of all entries, and the signatures of those after `since`.

    Whoever remembers `since` verified what came before it, and the links show that it is still
    the same. `most` bounds the signatures to the newest; without either, all are verified. With
    the first keys (`audit_epochs`), which the recovery sheet opens, the MACs are too.
    Raises Fault(STORAGE_DAMAGED) when the log has lost its own end and nothing can be added.
    """
    walk = _Walk(connection, signers, marks, first_keys)
    walk.start = since.sequence if since is not None else 0
    if most is not None:
        walk.start = max(walk.start, walk.chain.sequence - most)
    walk.through(connection.exec_driver_sql(_ROWS))
    walk.end()
    return LogCheck(walk.number, walk.signatures, tuple(walk.findings.found))


class _Walk:
    """One pass over the log."""

    def __init__(
        self,
        connection: Connection,
        signers: Mapping[AccountId, bytes],
        marks: Sequence[Mark],
        first_keys: FirstKeys | None,
    ) -> None:
        self.chain: Final = chain_row(connection)
        self.findings: Final = _Findings()
        self.start = 0
        self.number = 0
        """Of the last entry that was read."""
        self.signatures = 0
        self._signers: Final = signers
        self._marks: Final = marks
        self._marked: Final = {mark.head.sequence for mark in marks}
        self._anew: Final = {} if first_keys is None else first_keys.anew
        self._key = None if first_keys is None else first_keys.first
        self._key_number = 0
        """Of the entry that the key is for; before the first one its key waits."""
        self._digest = START
        self._before: Sequence[Any] | None = None

    def through(self, rows: Iterable[Sequence[Any]]) -> None:
        """Every row; one that follows and needs no more than that is only hashed."""
        quiet = self.start if self._key is None else 0
        for row in rows:
            sequence = row[0]
            if (
                1 < sequence <= quiet
                and sequence == self.number + 1
                and row[2] == self._digest
                and sequence not in self._marked
            ):
                self.number, self._before, self._digest = sequence, row, _digest(*row)
            else:
                self.step(_Entry(*row))

    def step(self, entry: _Entry) -> None:
        if entry.sequence < 1:
            self.findings.add(FindingKind.ORDER_BROKEN, entry.sequence)
            return
        if entry.sequence != self.number + 1:
            self.findings.add(FindingKind.ENTRIES_MISSING, self.number + 1, entry.sequence - 1)
        elif entry.previous != self._digest:
            self._break(entry)
        if entry.sequence > self.start:
            self.signatures += 1
            self._require_signature(entry)
        if self._key is not None:
            self._require_mac(entry)
        self.number, self._digest = entry.sequence, entry.digest
        self._before = astuple(entry)
        if self.number == 1:
            self._require_beginning(entry)
        if self.number in self._marked:
            self._compare(self._marks)

    def end(self) -> None:
        end, findings = self.chain.sequence, self.findings
        if end > self.number:
            findings.add(FindingKind.ENTRIES_MISSING, self.number + 1, end)
        elif end < self.number or self.chain.digest != self._digest:
            findings.add(FindingKind.END_CHANGED, self.number)
        if self._key is not None and self.chain.next_key != self._key_at(end + 1):
            findings.add(FindingKind.KEY_BROKEN, end + 1)
        for mark in self._marks:
            if mark.head.sequence > max(end, self.number):
                self._tell(FindingKind.OLDER_COPY, mark)

    def _compare(self, marks: Sequence[Mark]) -> None:
        for mark in marks:
            if mark.head.sequence == self.number and not mark.fits(self._digest):
                self._tell(FindingKind.OTHER_HISTORY, mark)

    def _tell(self, kind: FindingKind, mark: Mark) -> None:
        first = self.number + 1 if kind is FindingKind.OLDER_COPY else mark.head.sequence
        finding = LogFinding(kind, first, mark.head.sequence, mark.seen_at)
        if finding not in self.findings.found:
            self.findings.found.append(finding)

    def _break(self, entry: _Entry) -> None:
        """An entry does not follow the one before it: one of them was changed, or their order."""
        self.findings.breaks += 1
        before = None if self._before is None else _Entry(*self._before)
        if self.findings.breaks > _LOOKED_INTO:
            self.findings.add(FindingKind.ORDER_BROKEN, entry.sequence)
        elif before is not None and self._wrong(before) is not None:
            self.findings.add(FindingKind.ENTRY_CHANGED, before.sequence)
        elif self._wrong(entry) is not None:
            self.findings.add(FindingKind.ENTRY_CHANGED, entry.sequence)
        else:
            self.findings.add(FindingKind.ORDER_BROKEN, entry.sequence)

    def _require_signature(self, entry: _Entry) -> None:
        wrong = self._wrong(entry)
        if wrong is not None:
            self.findings.add(wrong, entry.sequence)

    def _wrong(self, entry: _Entry) -> FindingKind | None:
        """What is wrong with one entry by itself."""
        body = parsed(entry.text)
        if body is None or not entry.digest:
            return FindingKind.ENTRY_CHANGED
        public = self._signers.get(AccountId(body.account))
        if public is None:
            return FindingKind.AUTHOR_UNKNOWN
        said = signed_part(entry.sequence, entry.previous, entry.mac, entry.text)
        if not signed_by(public, entry.signature, said):
            return FindingKind.ENTRY_CHANGED
        if body.merged and not self._merged_holds(body.merged, body.merged_signature):
            return FindingKind.EVENT_FORGED
        return None

    def _merged_holds(self, text: str, signature: str) -> bool:
        try:
            return admin_event_holds(text, bytes.fromhex(signature), self._signers)
        except ValueError:
            return False

    def _require_mac(self, entry: _Entry) -> None:
        key = self._key_at(entry.sequence)
        if not entry.digest or entry.mac != mac_of(key, entry.sequence, entry.previous, entry.text):
            self.findings.add(FindingKind.KEY_BROKEN, entry.sequence)

    def _key_at(self, sequence: int) -> bytes:
        """The key of an entry; keys go on where entries are missing."""
        key = self._key or b""
        while self._key_number < sequence:
            self._key_number += 1
            if self._key_number > 1:
                key = following_key(key)
            key = self._begun_anew(key)
        self._key = key
        return key

    def _begun_anew(self, key: bytes) -> bytes:
        """The key of this entry where it was begun anew; the one before must have said so."""
        at = self._key_number
        for beginning in self._anew.get(at, ()):
            elsewhere = self.number == at - 1 and beginning.previous != self._digest
            if elsewhere or not beginning.follows(key):
                self.findings.add(FindingKind.KEY_BROKEN, at)
            key = beginning.key
        return key

    def _require_beginning(self, entry: _Entry) -> None:
        body = parsed(entry.text)
        if body is None or body.action != AuditAction.FACILITY_SET_UP:
            self.findings.add(FindingKind.ENTRIES_MISSING, 1, 1)


def holds(connection: Connection, point: Head | Anchor) -> bool:
    """Whether the log once ended there: the end of a backup, or a code on paper."""
    elsewhere = {FindingKind.OLDER_COPY, FindingKind.OTHER_HISTORY, FindingKind.ENTRIES_MISSING}
    check = check_log(connection, {}, marks=[Mark(point)], most=0)
    return not any(finding.kind in elsewhere for finding in check.findings)


def follows_from(connection: Connection, first_keys: FirstKeys) -> bool:
    """Whether every MAC follows from the first keys; this is what an auditor runs."""
    return not check_log(connection, {}, most=0, first_keys=first_keys).findings
