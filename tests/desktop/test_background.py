# SPDX-License-Identifier: GPL-3.0-or-later
"""Work for the store runs in order on one thread, and its results arrive on the user's."""

import threading
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.background import Background
from pact_desktop.domain.errors import Fault, FaultCode


class Desk:
    """A background with the errors it told nobody else about."""

    def __init__(self) -> None:
        self.errors: list[BaseException] = []
        self.background = Background(self.errors.append)
        self.owner = QObject()


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    del qtbot
    return Desk()


def test_results_arrive_on_the_users_thread(qtbot: QtBot, desk: Desk) -> None:
    """What touches widgets never runs on the store's thread."""
    threads: list[str] = []
    with qtbot.waitSignal(desk.background.idle):
        desk.background.run(
            desk.owner,
            lambda: threads.append(threading.current_thread().name),
            lambda _none: threads.append(threading.current_thread().name),
        )
    assert threads[0].startswith("store")
    assert threads[1] == threading.main_thread().name
    desk.background.stop()


def test_what_needs_no_store_holds_up_no_write(qtbot: QtBot, desk: Desk) -> None:
    """A page on its way to the printer, and an answer that is stored meanwhile."""
    slow, stored = threading.Event(), list[str]()
    desk.background.run_beside(desk.owner, slow.wait)
    desk.background.run(desk.owner, lambda: "stored", stored.append)
    qtbot.waitUntil(lambda: stored == ["stored"])
    assert desk.background.busy
    slow.set()
    qtbot.waitUntil(lambda: not desk.background.busy)
    desk.background.stop()


def test_a_page_that_fails_at_the_end_is_no_record_that_was_lost(desk: Desk) -> None:
    """It is waited for, and what was not kept is said only of records."""

    def fail() -> None:
        raise Fault(FaultCode.PRINTER_FAILED)

    desk.background.run_beside(desk.owner, fail)
    desk.background.run(desk.owner, fail)
    assert len(desk.background.stop()) == 1


def test_nothing_overtakes_a_write(qtbot: QtBot, desk: Desk) -> None:
    """Twenty jobs end in the order in which they were asked for, all on one thread."""
    done: list[int] = []
    seen: set[int] = set()

    def work(number: int) -> int:
        seen.add(threading.get_ident())
        return number

    with qtbot.waitSignal(desk.background.idle):
        for number in range(20):
            desk.background.run(desk.owner, partial(work, number), done.append)
    assert done == list(range(20))
    assert len(seen) == 1
    desk.background.stop()


def test_an_error_goes_to_whoever_asked(qtbot: QtBot, desk: Desk) -> None:
    """A caller that wants its own errors gets them, and nobody is told twice."""
    own: list[BaseException] = []

    def fail() -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    with qtbot.waitSignal(desk.background.idle):
        desk.background.run(desk.owner, fail, failed=own.append)
        desk.background.run(desk.owner, fail)
    assert len(own) == len(desk.errors) == 1
    desk.background.stop()


def test_a_closed_screen_gets_nothing(qtbot: QtBot, desk: Desk) -> None:
    """A result for a deleted owner is dropped; an error of its write is still told."""
    delivered: list[object] = []

    def fail() -> None:
        raise Fault(FaultCode.STORAGE_FULL)

    with qtbot.waitSignal(desk.background.idle):
        desk.background.run(desk.owner, lambda: 1, delivered.append)
        desk.background.run(desk.owner, fail, delivered.append)
        shiboken6.delete(desk.owner)
    assert delivered == []
    assert len(desk.errors) == 1
    desk.background.stop()


def test_stopping_waits_for_what_was_asked(desk: Desk) -> None:
    """A lock writes everything before the process ends."""
    written: list[int] = []
    for number in range(5):
        desk.background.run(desk.owner, partial(written.append, number))
    desk.background.stop()
    assert written == [0, 1, 2, 3, 4]


def test_opening_is_a_job_like_any_other(qtbot: QtBot, desk: Desk) -> None:
    """The session is opened on the store's thread and handed over once."""
    opened: list[str] = []
    with qtbot.waitSignal(desk.background.idle):
        desk.background.start(lambda: threading.current_thread().name, opened.append)
    assert opened[0].startswith("store")
    desk.background.stop()
