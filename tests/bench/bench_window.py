# SPDX-License-Identifier: GPL-3.0-or-later
"""How long staff wait: to the first window, for a screen, for an answer, for the cover.

Figures only, nothing here can fail for being slow; run with `python3 dev.py bench`.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.services import accounts, patients, screenings
from pact_desktop.services.session import Session
from pact_desktop.storage.keys import KeyRing
from tests.desktop.cover_states import STATES, leave, lies_open, press_cover
from tests.factories import STAFF, SteppableClock, a_facility, new_staff, passphrase_of

TIMES = 7
COVERS = 200
LATE = 0.1
OPEN_SCREENS = ("today", "patients", "register", "follow_up")
VISIT_SCREENS = ("details", "observations", "in_private", "body_map", "summary", "next_steps")
FIRST_PAINT = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from pact_desktop.desktop.application import Application, Places, local_clock
from pact_desktop.desktop.sign_in_process import SignInProcess

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            print(time.time() - float(sys.argv[1]), flush=True)
            application.qt.exit()
        return False

application = Application(Places(data=Path(sys.argv[2])))
process = SignInProcess(application, local_clock)
process.begin()
watch = Watch()
process.window.navigator.current.installEventFilter(watch)
application.qt.exec()
process.background.stop()
"""


def say(what: str, seconds: list[float]) -> None:
    middle, worst = statistics.median(seconds) * 1000, max(seconds) * 1000
    print(f"{what:<44} median {middle:7.1f} ms   worst {worst:7.1f} ms   n={len(seconds)}")  # noqa: T201 the figures


def took(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


@pytest.fixture
def process(
    qapp: QApplication,  # noqa: ARG001 the window needs it
    data_folder: Path,
    device_folder: Path,
    staff_keyring: KeyRing,
) -> Iterator[SessionProcess]:
    """The nurse's window with her records open."""
    places = Places(data=data_folder, device=device_folder, language="en")
    process = SessionProcess(Application(places), SteppableClock())
    process.begin(staff_keyring.to_bytes())
    settle(process)
    process.window.showNormal()
    process.window.resize(1366, 736)
    yield process
    process.end()
    process.window.close()


def settle(process: SessionProcess) -> None:
    QApplication.processEvents()
    while process.background.busy:
        QTest.qWait(1)
    QApplication.processEvents()


def session_of(process: SessionProcess) -> Session:
    assert process.session is not None
    return process.session


def a_visit(session: Session) -> ScreeningId:
    patient = patients.register_patient(
        session,
        patients.NewPatient(
            family_name="Ajdini",
            birth_date=BirthDate.estimated(30, today=session.today),
            may_be_child=MayBeChild.NO,
        ),
    )
    return screenings.start_screening(session, patient).screening_id


def bench_first_window(data_folder: Path) -> None:
    """From the start of the process to the painted sign-in."""
    seconds = []
    for _ in range(TIMES):
        command = [sys.executable, "-c", FIRST_PAINT, str(time.time()), str(data_folder)]
        seconds.append(float(subprocess.check_output(command, text=True)))
    say("start to painted sign-in", seconds)


def bench_sign_in(tmp_path: Path) -> None:
    """With the cost that this computer was calibrated to at set-up."""
    pending = accounts.begin_set_up(
        tmp_path / "data",
        a_facility(),
        new_staff(*STAFF),
        SteppableClock(),
        device_folder=tmp_path / "device",
    )
    accounts.confirm_recovery(pending, pending.recovery_code)

    def sign_in() -> KeyRing:
        return accounts.sign_in(
            tmp_path / "data",
            "nadia",
            passphrase_of("nadia"),
            SteppableClock(),
            device_folder=tmp_path / "device",
        )

    say("passphrase to keyring", [took(sign_in) for _ in range(TIMES)])


def bench_screens(process: SessionProcess) -> None:
    """The first time a screen is built; afterwards it is only filled."""
    visit = a_visit(session_of(process))
    screens = [(name, {}) for name in OPEN_SCREENS]
    screens += [(name, {"screening_id": visit}) for name in VISIT_SCREENS]

    def go(name: str, arguments: dict[str, object]) -> None:
        process.window.navigator.go(name, **arguments)
        settle(process)
        process.window.repaint()

    for name, arguments in screens:
        first = took(lambda name=name, arguments=arguments: go(name, arguments))
        again = []
        for _ in range(TIMES):
            go("today", {})
            again.append(took(lambda name=name, arguments=arguments: go(name, arguments)))
        say(f"open {name}, first", [first])
        say(f"open {name}, again", again)


def bench_answer(process: SessionProcess) -> None:
    """From the key to the painted row, and to "saved"."""
    visit = a_visit(session_of(process))
    process.window.navigator.go("observations", screening_id=visit)
    settle(process)
    shown, saved = [], []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3) * 4:
        began = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget() or process.window, key)
        process.window.repaint()
        shown.append(time.perf_counter() - began)
        settle(process)
        saved.append(time.perf_counter() - began)
    say("answer shown", shown)
    say("answer saved on disk", saved)


@pytest.mark.parametrize("name", STATES)
def bench_cover(process: SessionProcess, name: str) -> None:
    """From the key to the painted notice, whatever lies open."""
    visit = a_visit(session_of(process))
    seconds = []
    for _ in range(COVERS):
        STATES[name](process.window, visit)
        settle(process)
        seconds.append(took(partial(press_cover, process.window)))
        assert process.window.covered
        assert lies_open(process.window) == []
        process.window.uncover()
        settle(process)
        leave(process.window)
    late = sum(one > LATE for one in seconds)
    say(f"cover from {name}", seconds)
    print(f"{'':<44} {late} of {len(seconds)} later than {LATE * 1000:.0f} ms")  # noqa: T201 the figures


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such reading")
def bench_memory(process: SessionProcess) -> None:
    """The peak of this process, which also ran the tests before it."""
    import resource  # noqa: PLC0415 only where there is one

    visit = a_visit(session_of(process))
    for name in (*OPEN_SCREENS, *VISIT_SCREENS):
        process.window.navigator.go(name, screening_id=visit)
        settle(process)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak memory with every screen built':<44} {peak:14.0f} MiB")  # noqa: T201 the figures
