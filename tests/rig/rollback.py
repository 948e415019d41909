# SPDX-License-Identifier: GPL-3.0-or-later
"""Files of yesterday put back: each alone, some together, and all of them."""

import os
import shutil
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Final

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import PactError
from pact_desktop.services import accounts
from pact_desktop.storage import vault
from pact_desktop.storage.database import file_name
from tests.rig.journeys import JOURNEYS, Desk
from tests.rig.trials import content

_DATABASES: Final = tuple(file_name(compartment) for compartment in Compartment)
_KEY_FILES: Final = (vault.FILE_NAME, vault.COPY_NAME)


def together() -> list[tuple[str, ...]]:
    """Every choice of the four files, and all of them with the key file."""
    some = [
        chosen
        for count in range(1, len(_DATABASES) + 1)
        for chosen in combinations(_DATABASES, count)
    ]
    return [*some, (*_DATABASES, *_KEY_FILES)]


def unnoticed_without_memory(prepared: Path, journey: str) -> list[str]:
    """The control: the memory beside the device key is gone too."""
    return unnoticed(prepared, journey, forget=True)


def unnoticed(prepared: Path, journey: str, *, forget: bool = False) -> list[str]:
    """What was put back after a day's work and not found when somebody signed in."""
    home = prepared.parent / f"rollback-{os.getpid()}"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(prepared, home)
    desk = Desk(home, content())
    for _ in JOURNEYS[journey](desk):
        pass
    found = list(_unnoticed(prepared, desk, forget=forget))
    shutil.rmtree(home)
    return [f"{journey}: {one}" for one in found]


def _unnoticed(prepared: Path, desk: Desk, *, forget: bool) -> Iterator[str]:
    today = desk.home.with_suffix(".today")
    shutil.rmtree(today, ignore_errors=True)
    shutil.copytree(desk.home, today)
    for chosen in together():
        shutil.rmtree(desk.home)
        shutil.copytree(today, desk.home)
        for name in chosen:
            shutil.copyfile(Desk(prepared, content()).records / name, desk.records / name)
        for memory in desk.device.glob("seen-*.json") if forget else ():
            memory.unlink()
        if not noticed(desk):
            yield ", ".join(chosen)
    shutil.rmtree(today)


def noticed(desk: Desk) -> bool:
    """Refused, or told to everybody who signs in before a record is shown."""
    try:
        session = desk.at_work("nadia")
    except PactError:
        return True
    told = not session.store.log_check.whole
    accounts.lock(session)
    return told
