# SPDX-License-Identifier: GPL-3.0-or-later
"""One key hides everything at once, whatever lies open over a real visit."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.session_process import SessionProcess
from tests.canaries import Marks, a_visit_with
from tests.desktop.cover_states import STATES, leave, lies_open, press_cover
from tests.factories import SteppableClock

if TYPE_CHECKING:
    from pact_desktop.services.session import Session
    from pact_desktop.storage.keys import KeyRing


@pytest.fixture
def visit(open_as: "Callable[[str], Session]") -> str:
    session = open_as("nadia")
    made = a_visit_with(session, Marks.draw())
    session.store.close()
    return made


@pytest.fixture
def process(
    qapp: QApplication,
    data_folder: Path,
    device_folder: Path,
    staff_keyring: "KeyRing",
    visit: str,
) -> Iterator[SessionProcess]:
    del qapp, visit
    places = Places(data=data_folder, device=device_folder, language="en")
    made = SessionProcess(Application(places), SteppableClock())
    made.begin(staff_keyring.to_bytes())
    settle(made)
    made.window.showNormal()
    made.window.resize(1366, 736)
    yield made
    leave(made.window)
    made.end()
    made.window.close()


def settle(process: SessionProcess) -> None:
    QApplication.processEvents()
    while process.background.busy:
        QTest.qWait(1)
    QApplication.processEvents()


@pytest.mark.parametrize("name", STATES)
def test_the_cover_comes_at_once(process: SessionProcess, visit: str, name: str) -> None:
    """Nothing but the notice can be seen, again and again; how fast is measured by the bench."""
    window = process.window
    for _ in range(5):
        STATES[name](window, visit)
        settle(process)
        press_cover(window)
        assert window.covered
        assert lies_open(window) == []
        assert window.cover_page.isVisible()
        press_cover(window)
        settle(process)
        assert not window.covered
        leave(window)


def test_each_state_is_what_it_says(process: SessionProcess, visit: str) -> None:
    """A list that did not open would be covered in no time."""
    more = {}
    for name, bring in STATES.items():
        bring(process.window, visit)
        settle(process)
        more[name] = len(lies_open(process.window))
        leave(process.window)
    assert more == {name: int(name not in {"a private screen", "the print page"}) for name in more}
