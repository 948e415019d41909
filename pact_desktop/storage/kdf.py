# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns a passphrase into a key, at a cost that a guesser has to pay too."""

import os
import time
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.passphrases import canonical

SALT_BYTES: Final = 16
_LENGTH: Final = 32
_MIB: Final = 1024
_TARGET_SECONDS: Final = 0.5
_SHARE_OF_MEMORY: Final = 8
"""At most one part in eight of the machine's memory is taken for one sign-in."""


@dataclass(frozen=True, slots=True)
class KdfCost:
    """Parameters of Argon2id; memory in KiB."""

    memory: int
    iterations: int
    lanes: int

    def at_least(self, other: "KdfCost") -> bool:
        return self.memory >= other.memory and self.iterations >= other.iterations


FLOOR: Final = KdfCost(64 * _MIB, 3, 4)
PREFERRED: Final = KdfCost(256 * _MIB, 3, 4)
CEILING: Final = KdfCost(2 * 1024 * _MIB, 16, 16)


@dataclass(frozen=True, slots=True)
class KdfPolicy:
    """What a sign-in accepts and what a new slot costs.

    The shipped program uses `KdfPolicy()` everywhere; only tests name a lower floor.
    """

    floor: KdfCost = FLOOR
    cost: KdfCost | None = field(default=None)
    """None: measured on this machine."""

    def for_new_slot(self) -> KdfCost:
        return self.cost or calibrated()

    def dearer(self, cost: KdfCost, seconds: float) -> KdfCost | None:
        """What a slot that opened in `seconds` should cost; None when it costs enough here.

        One step at a time, by the same rule as `calibrated`, and never a step down.
        """
        if self.cost is not None:
            return None if cost.at_least(self.cost) else self.cost
        following = KdfCost(cost.memory * 2, cost.iterations, cost.lanes)
        fits = following.memory * _MIB <= _machine_memory() // _SHARE_OF_MEMORY
        if not fits or cost.memory >= PREFERRED.memory or seconds >= _TARGET_SECONDS:
            return None
        return following

    def require(self, cost: KdfCost) -> None:
        """Raises Fault(STORAGE_DAMAGED): someone made guessing cheap, or signing in impossible."""
        in_bounds = cost.at_least(self.floor) and CEILING.at_least(cost)
        if not in_bounds or not 1 <= cost.lanes <= CEILING.lanes:
            raise Fault(FaultCode.STORAGE_DAMAGED, file="vault.json")


def derive(passphrase: str, salt: bytes, cost: KdfCost) -> bytes:
    """The same words give the same key, whichever keyboard typed them (`canonical`)."""
    return Argon2id(
        salt=salt,
        length=_LENGTH,
        iterations=cost.iterations,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    ).derive(canonical(passphrase).encode())


def calibrated() -> KdfCost:
    """About half a second to a second here: never under the floor, 256 MiB where it fits."""
    wanted = FLOOR
    while wanted.memory < PREFERRED.memory:
        following = KdfCost(wanted.memory * 2, wanted.iterations, wanted.lanes)
        if following.memory * _MIB > _machine_memory() // _SHARE_OF_MEMORY:
            break
        if _seconds(wanted) >= _TARGET_SECONDS:
            break
        wanted = following
    return wanted


def _seconds(cost: KdfCost) -> float:
    start = time.perf_counter()
    derive("measure", bytes(SALT_BYTES), cost)
    return time.perf_counter() - start


def _machine_memory() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 4 * 1024 * _MIB * _MIB
