# SPDX-License-Identifier: GPL-3.0-or-later
"""The reception desk on a real store: the window with the screens that lead to a visit."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView

from pact_desktop.desktop.background import Background
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.settings import Settings
from tests.desktop.visit_support import Elsewhere

if TYPE_CHECKING:
    from pact_desktop.services.session import Session


@dataclass
class Desk:
    """One signed-in person and the window."""

    session: "Session"
    window: MainWindow
    background: Background
    work: Work
    problems: list[BaseException]

    def settle(self) -> None:
        """Wait until the store has answered everything, and nothing more was asked."""
        QApplication.processEvents()
        while self.background.busy:
            QTest.qWait(5)
        QApplication.processEvents()

    def enter(self, name: str, build: Callable[[Work], Screen], **arguments: object) -> Screen:
        if name not in self.work.navigator.names():
            self.work.navigator.register(name, lambda: build(self.work))
        view = self.work.navigator.go(name, **arguments)
        self.settle()
        return view

    @property
    def place(self) -> str:
        current = self.work.navigator.current
        return "" if current is None else current.name or current.objectName()

    def close(self) -> None:
        if self.work.navigator.current is not None:
            self.work.navigator.current.leave()
        self.settle()
        self.background.stop()
        self.settle()
        self.window.close()


def open_desk(session: "Session", *elsewhere: str) -> Desk:
    """`elsewhere` are screens that a test is led to and does not look at."""
    problems: list[BaseException] = []
    window = MainWindow(session.clock, Settings())
    window.resize(1366, 736)
    background = Background(problems.append, window)
    work = Work(session, background, window.navigator, window.notices)
    for name in elsewhere:
        window.navigator.register(name, lambda name=name: Elsewhere(name))
    window.show()
    return Desk(session, window, background, work, problems)


def rows_shown(table: QTableView) -> list[tuple[str, ...]]:
    """What stands in the cells of a table, row by row."""
    model = table.model()
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]
