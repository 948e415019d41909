# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes guessing at the sign-in window slow, for names that exist and names that do not.

It is a delay and never a lock-out: nobody may shut the only nurse out. Whoever can put an
older file back, or copies the vault away, is slowed only by the passphrase hash.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from pact_desktop.boot_clock import Seconds
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.storage.durable_file import write_durably
from pact_desktop.storage.faults import storage_faults
from pact_desktop.storage.keys import authenticate, canonical_json, keyed_hash, same

FILE_NAME: Final = "throttle.json"
_FREE_FAILURES: Final = 3
_LONG_AFTER: Final = 10
_LONG_SECONDS: Final = 15 * 60
_LONGEST_STEP: Final = 60
_NAMES_KEPT: Final = 1_000
_AFTER_TAMPERING: Final = 9
"""Failures assumed for everybody when the file is not ours: a minute, once."""


def delay_after(failures: int) -> int:
    """Seconds to wait: none up to 3 failures, then 1, 2, 4 ... 60, and 15 minutes from 10 on."""
    if failures < _FREE_FAILURES:
        return 0
    if failures >= _LONG_AFTER:
        return _LONG_SECONDS
    return min(_LONGEST_STEP, 1 << (failures - _FREE_FAILURES))


@dataclass(frozen=True, slots=True)
class _Count:
    failures: int
    failed_at: float


class Throttle:
    """Counts failures by name tag in a file that is authenticated under the device key."""

    def __init__(self, place: Path, device_key: bytes, boot_clock: Seconds) -> None:
        self._path: Final = place / FILE_NAME
        self._key: Final = keyed_hash(device_key, b"", b"pact-throttle")
        self._now: Final = boot_clock

    def require_turn(self, tag: str) -> None:
        """Raises Refusal(SIGN_IN_DELAYED, seconds)."""
        counts, assumed = self._load()
        count = counts.get(tag, _Count(assumed, self._now()))
        wait = self._remaining(count)
        if wait > 0:
            # A restart of the computer restarts the delay: time before it cannot be known.
            self._save({**counts, tag: self._anchored(count)})
            raise Refusal(RefusalCode.SIGN_IN_DELAYED, seconds=math.ceil(wait))

    def charge(self, tag: str) -> None:
        """Counts an attempt before it is made, so that a kill cannot make it free."""
        counts, _ = self._load()
        failures = counts[tag].failures if tag in counts else 0
        counts.pop(tag, None)
        self._save({**counts, tag: _Count(failures + 1, self._now())})

    def clear(self, tag: str) -> int:
        """Forgets the failures of a name; gives how many there were besides this attempt."""
        counts, _ = self._load()
        count = counts.pop(tag, None)
        self._save(counts)
        return max(0, count.failures - 1) if count else 0

    def _remaining(self, count: _Count) -> float:
        anchored = self._anchored(count)
        return anchored.failed_at + delay_after(count.failures) - self._now()

    def _anchored(self, count: _Count) -> _Count:
        return _Count(count.failures, min(count.failed_at, self._now()))

    def _load(self) -> tuple[dict[str, _Count], int]:
        with storage_faults():
            if not self._path.exists():
                return {}, 0
            text = self._path.read_bytes()
        try:
            return self._parsed(text), 0
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}, _AFTER_TAMPERING

    def _parsed(self, text: bytes) -> dict[str, _Count]:
        found = json.loads(text)
        body = canonical_json(found["body"])
        if not same(authenticate(self._key, body), bytes.fromhex(found["mac"])):
            raise ValueError
        return {tag: _Count(int(n), float(at)) for tag, (n, at) in found["body"].items()}

    def _save(self, counts: dict[str, _Count]) -> None:
        kept = list(counts.items())[-_NAMES_KEPT:]
        body: dict[str, Any] = {tag: [count.failures, count.failed_at] for tag, count in kept}
        mac = authenticate(self._key, canonical_json(body)).hex()
        write_durably(self._path, canonical_json({"body": body, "mac": mac}))
