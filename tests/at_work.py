# SPDX-License-Identifier: GPL-3.0-or-later
"""A session as it runs at a desk, in a process of its own that does what a test tells it.

Started by `tests.real_session`. Keys come by standard input, as from the sign-in; orders come on
a pipe, one JSON list a line, and each is answered by a line when the store has nothing more to do.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from pact_desktop.boot_clock import awake, since_boot
from pact_desktop.desktop import session_process
from pact_desktop.desktop.application import Application, Places, local_clock
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.diagnostics import start_logging
from pact_desktop.hardening import protect_process


class Clocks:
    """The clocks of this computer, which an order may put forward."""

    def __init__(self) -> None:
        self.passed = self.slept = 0.0

    def on(self) -> float:
        return since_boot() + self.passed + self.slept

    def running(self) -> float:
        return awake() + self.passed


class Orders(QObject):
    """Carries out what the test asks for, one after the other."""

    def __init__(self, process: SessionProcess, clocks: Clocks, descriptor: int) -> None:
        super().__init__()
        self._process, self._clocks = process, clocks
        # The process that comes after this one must not inherit it.
        os.set_inheritable(descriptor, False)  # noqa: FBT003 Python's own
        self._file = os.fdopen(descriptor, "r", encoding="utf-8", buffering=1)
        self._notifier = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def _read(self) -> None:
        line = self._file.readline()
        if line:
            name, *arguments = json.loads(line)
            do: Callable[..., None] = getattr(self, name)
            do(*arguments)
            self._answer()

    def _answer(self) -> None:
        """Not before the store has nothing more to do and everything is painted."""
        if self._process.background.busy or self._process.session is None:
            QTimer.singleShot(5, self, self._answer)
        else:
            QApplication.processEvents()
            sys.stdout.write("done\n")
            sys.stdout.flush()

    def wait(self) -> None:
        """Nothing more than the answer."""

    def go(self, name: str, arguments: dict[str, str]) -> None:
        self._process.window.navigator.go(name, **arguments)

    def type(self, words: str) -> None:
        """Into the first field of the screen that takes text; it is not saved yet."""
        screen = self._process.window.navigator.current
        assert screen is not None
        fields = [*screen.findChildren(QPlainTextEdit), *screen.findChildren(QLineEdit)]
        field = next(field for field in fields if field.isVisible() and not field.isReadOnly())
        field.setFocus()
        for letter in words:
            QTest.keyClick(field, letter)

    def copy(self, words: str) -> None:
        QApplication.clipboard().setText(words)

    def lock_by_key(self) -> None:
        QTest.keyClick(
            self._process.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, delay=-1
        )

    def cover(self) -> None:
        self._process.window.cover()

    def uncover(self) -> None:
        self._process.window.uncover()

    def time_passes(self, seconds: float) -> None:
        self._clocks.passed += seconds

    def computer_sleeps(self, seconds: float) -> None:
        self._clocks.slept += seconds

    def screen_comes(self) -> None:
        application = self._process.application.qt
        application.screenAdded.emit(application.primaryScreen())

    def disk_is_full(self) -> None:
        """No file of this process can grow any more."""
        import resource  # noqa: PLC0415 Windows has no such module

        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, most))

    def disk_hangs(self) -> None:
        """The store waits for an answer that does not come; the patience is cut to a moment."""
        session_process._LONGEST_WRITING_S = 0.3  # type: ignore[misc]  # noqa: SLF001 not 10 s
        self._process.background.run(self, lambda: time.sleep(600))
        self.lock_by_key()

    def describe(self, path: str) -> None:
        """Writes down what the system is told of each window: taskbar, switcher, screen readers."""
        told = [
            [one.windowTitle(), one.windowIconText(), one.windowRole(), one.accessibleName()]
            for one in QApplication.topLevelWidgets()
        ]
        names = [QApplication.applicationDisplayName(), QApplication.desktopFileName()]
        Path(path).write_text(json.dumps([told, names], ensure_ascii=False), encoding="utf-8")

    def fail(self, words: str) -> None:
        """Nobody expects this error, and its message holds what a patient said."""
        raise ValueError(words)

    def memory_ends(self) -> None:
        """This process gets no more memory than it has."""
        import resource  # noqa: PLC0415 Windows has no such module

        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize(), most))

    def crash(self, number: int) -> None:
        os.kill(os.getpid(), number)


def main(data: str, descriptor: str) -> None:
    protect_process()
    start_logging(Path(data) / "log")
    places = Places(data=Path(data), language="en", arguments=("--data", data))
    clocks = Clocks()
    application = Application(places)
    process = SessionProcess(application, local_clock, on=clocks.on, running=clocks.running)
    orders = Orders(process, clocks, int(descriptor))
    status = process.run()
    del orders
    sys.exit(status)


if __name__ == "__main__":
    main(*sys.argv[1:])
