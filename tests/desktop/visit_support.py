# SPDX-License-Identifier: GPL-3.0-or-later
"""A visit on a real store with the real kit, driven as a user would and waited for by signal."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pact_desktop.desktop import theme
from pact_desktop.desktop.background import Background
from pact_desktop.desktop.frame import User
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.visit import VisitContext
from pact_desktop.desktop.words import set_catalog
from pact_desktop.domain.patient import AdministrativeGender, BirthDate, MayBeChild
from pact_desktop.domain.screening import Companion, Screening, VisitStep
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services import screenings
from pact_desktop.services.patients import NewPatient, register_patient
from pact_desktop.settings import Settings

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

PICTURES = Path(__file__).parents[1] / "pictures"
WIDTH, HEIGHT = 1366, 696
"""What a maximised window has on a screen of 1366 x 768 with title bar and task bar."""


@dataclass
class Bench:
    """One open visit and the parts of the program that its steps need."""

    session: "Session"
    work: Work
    window: MainWindow
    screening: Screening
    problems: list[BaseException]
    built: set[str] = field(default_factory=set)

    def enter(self, name: str, build: Callable[[Work], Screen]) -> Screen:
        if name not in self.built:
            self.built.add(name)
            self.work.navigator.register(name, lambda: build(self.work))
        view = self.work.navigator.go(name, screening_id=self.screening.screening_id)
        self.settle()
        return view

    def settle(self) -> None:
        """Wait until the store has answered everything, and nothing more was asked."""
        QApplication.processEvents()
        while self.work.background.busy:
            QTest.qWait(5)
        QApplication.processEvents()

    @property
    def stored(self) -> Screening:
        """The visit as the store has it now."""
        self.settle()
        return screenings.load_screening(self.session, self.screening.screening_id)

    @property
    def visit(self) -> VisitContext:
        return VisitContext.of(self.work)

    def key(self, key: Qt.Key, words: str = "") -> None:
        """A key pressed where the focus is."""
        target = QApplication.focusWidget() or self.window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(
                target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, words)
            )
        self.settle()

    def close(self) -> None:
        """Nothing may still run on the store's thread when the store is closed."""
        self.window.close()
        self.settle()
        self.work.background.stop()
        put_away(self.window)


def put_away(window: QWidget) -> None:
    """Deletes a window now: when garbage is collected may be in the middle of anything else."""
    window.close()
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def type_text(widget: QWidget, text: str) -> None:
    """Every letter of the region; the key simulation of the test library knows only some."""
    widget.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def open_bench(
    session: "Session",
    *,
    companion: Companion = Companion.PRESENT,
    years: int = 24,
    language: str = "ar",
) -> Bench:
    """A registered patient with a started visit; the store works on its own thread."""
    problems: list[BaseException] = []
    window = MainWindow(session.clock, Settings())
    window.resize(WIDTH, HEIGHT)
    window.shell.set_facility("Health Centre Podbrdo")
    window.shell.set_user(User("Amra Hodžić", "Nurse"))
    background = Background(problems.append, window)
    navigator = window.navigator
    patient = register_patient(session, _layla(session, years, language))
    screening = screenings.start_screening(session, patient, companion=companion)
    for name in ("today", *(step.value.replace("-", "_") for step in VisitStep)):
        navigator.register(name, lambda name=name: Elsewhere(name))
    work = Work(session, background, navigator, window.notices)
    window.show()
    window.activateWindow()
    return Bench(session, work, window, screening, problems)


def _layla(session: "Session", years: int, language: str) -> NewPatient:
    return NewPatient(
        family_name="Al-Hassan",
        given_name="Layla",
        birth_date=BirthDate.exact(
            session.today.replace(year=session.today.year - years, month=1, day=1),
            today=session.today,
        ),
        may_be_child=MayBeChild.NO,
        gender=AdministrativeGender.FEMALE,
        language=language,
    )


class Elsewhere(Screen):
    """Stands for a step that the test at hand does not look at."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)


def picture(widget: QWidget, name: str) -> Path:
    """Keeps a picture of the screen as it is drawn now, to be looked at."""
    QApplication.processEvents()
    QTest.qWait(30)
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{name}.png"
    grabbed = widget.grab()
    grabbed.save(str(path))
    return path


def dress(name: str = "light", scale: int = 100) -> None:
    app = QApplication.instance()
    wanted = theme.Theme(name, scale)
    if isinstance(app, QApplication) and (theme.current() != wanted or not app.styleSheet()):
        theme.apply_theme(app, wanted)


OpenVisit = Callable[..., Bench]


@pytest.fixture
def open_visit(
    session: "Session",
    qapp: QApplication,  # noqa: ARG001 the windows need it
) -> Iterator[OpenVisit]:
    """Opens visits; their windows and threads are gone before the store is closed."""
    opened: list[Bench] = []

    def open_one(**facts: object) -> Bench:
        opened.append(open_bench(session, **facts))
        return opened[-1]

    yield open_one
    for bench in opened:
        bench.close()
    set_catalog(Catalog.source())
    dress()


def accessible_problems(view: QWidget) -> list[str]:
    """Controls without a name, and names that two controls share."""
    names: dict[str, str] = {}
    problems = []
    for widget in view.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        found = QAccessible.queryAccessibleInterface(widget)
        name = found.text(QAccessible.Text.Name) if found is not None else ""
        kind = type(widget).__name__
        if not name:
            problems.append(f"{kind} {widget.objectName()} has no name")
        elif name in names:
            problems.append(f"{kind} and {names[name]} are both called {name}")
        names[name] = kind
    return problems
