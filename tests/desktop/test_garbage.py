# SPDX-License-Identifier: GPL-3.0-or-later
"""What lies in a cycle is deleted on the window's thread, whichever thread is busy."""

import gc
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.garbage import GarbageTurns


@pytest.fixture
def collector_as_before() -> Iterator[None]:
    before = gc.isenabled()
    gc.enable()
    yield
    if not before:
        gc.disable()


class Cycle:
    """Stands for a widget that only the collector can find."""

    def __init__(self, deleted_on: list[int]) -> None:
        self.itself = self
        self._deleted_on = deleted_on

    def __del__(self) -> None:
        self._deleted_on.append(threading.get_ident())


def allocate() -> list[list[int]]:
    """Far more than the collector waits for, all of it alive together."""
    return [[] for _ in range(gc.get_threshold()[0] * 20)]


def work_elsewhere() -> None:
    busy = threading.Thread(target=allocate)
    busy.start()
    busy.join()


@pytest.mark.usefixtures("collector_as_before")
def test_no_other_thread_deletes_an_object_of_the_window(qtbot: QtBot) -> None:
    """The store's thread may allocate as much as it likes."""
    deleted_on: list[int] = []
    turns = GarbageTurns()
    Cycle(deleted_on)
    work_elsewhere()
    assert deleted_on == []
    _kept = allocate()
    qtbot.waitUntil(lambda: bool(deleted_on))
    assert deleted_on == [threading.get_ident()]
    turns.deleteLater()
