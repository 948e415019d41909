# SPDX-License-Identifier: GPL-3.0-or-later
"""What a rig does to its own processes: the same "random" numbers each time, and no waiting."""

import random
import secrets
from collections.abc import Callable
from typing import Final

from sqlalchemy import Dialect, Engine

from pact_desktop.storage import database

_PATCHED: Final = ("token_bytes", "choice", "randbelow")
"""What the program draws with; `token_hex` draws with `token_bytes`."""


def draw_the_same(seed: int) -> None:
    """For a process of its own: from now on its secrets are none."""
    source = random.Random(seed)  # noqa: S311 that is what it is for
    secrets.token_bytes = lambda nbytes=None: source.randbytes(32 if nbytes is None else nbytes)
    secrets.choice = source.choice
    secrets.randbelow = source.randrange  # type: ignore[assignment]


def compile_once() -> None:
    """Lets a forked process find the statements compiled that its parent has run already."""
    make: Callable[..., Engine] = database._engine  # noqa: SLF001 only here, for speed
    known: dict[object, object] = {}
    dialects: list[Dialect] = []

    def engine(driver: object) -> Engine:
        made = make(driver).execution_options(compiled_cache=known)
        dialects.append(made.dialect)
        made.dialect = dialects[0]
        return made

    database._engine = engine  # noqa: SLF001
