# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole window with one screen in it, on a facility that has invented services."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.background import Background
from pact_desktop.desktop.frame import Place, User
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.words import catalog
from pact_desktop.domain.facility import ServiceId, ServiceKind
from pact_desktop.domain.patient import AdministrativeGender, BirthDate, MayBeChild, Patient
from pact_desktop.domain.screening import (
    Companion,
    Screening,
)
from pact_desktop.services import screenings
from pact_desktop.services.facility import add_service, confirm_service, directory
from pact_desktop.services.patients import NewPatient, register_patient
from pact_desktop.settings import Settings
from pact_desktop.terms import term
from tests.desktop.visit_support import dress
from tests.factories import a_birth_date
from tests.private_part import open_private_part

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

PLACES = [
    Place("today", "Today", "house"),
    Place("follow_up", "Follow-up", "arrows-left-right", 3),
    Place("services_list", "Services", "phone"),
    Place("facility", "Facility", "house"),
    Place("staff", "Staff", "identification-card"),
]
HOUSE = ServiceId("house")
HOSPITAL = ServiceId("hospital")
LEGAL_AID = ServiceId("legal-aid")
SOCIAL_WORK = ServiceId("social-work")
UNCONFIRMED = ServiceId("unconfirmed")
POLICE = ServiceId("police-here")

_SERVICES = (
    (HOUSE, ServiceKind.SHELTER, "House “Jasen”", "women", ("ar",),
     ("safe-accommodation", "mental-health"), 12),
    (HOSPITAL, ServiceKind.HEALTH, "Regional hospital", "everyone", (), ("mental-health",), 5),
    (LEGAL_AID, ServiceKind.LEGAL_AID, "Legal aid office", "everyone", (),
     ("legal", "documents"), 96),
    (SOCIAL_WORK, ServiceKind.SOCIAL_WORK, "Centre for social work Sample", "children", (),
     ("child-protection",), 3),
    (POLICE, ServiceKind.POLICE, "Police station Sample", "everyone", (), (), 3),
    (UNCONFIRMED, ServiceKind.COUNSELLING, "Counselling Sample", "women", (), (), None),
)  # fmt: skip


def add_services(manager: "Session") -> None:
    """Invented services, called at different times; one was never called."""
    for service_id, kind, name, serves, languages, offers, days in _SERVICES:
        service = add_service(
            manager, service_id=service_id, kind=kind, name=name, phones=("000 000 000",),
            hours="00:00-24:00", serves=serves, languages=languages, offers=offers,
        )  # fmt: skip
        if days is not None:
            confirm_service(manager, service)
            called = manager.today - timedelta(days=days)
            stored = next(s for s in directory(manager) if s.service_id == service_id)
            confirm_service(manager, replace(stored, confirmed_on=called))


@dataclass
class Desk:
    """One person at work in front of the whole window."""

    session: "Session"
    window: MainWindow
    work: Work
    problems: list[BaseException] = field(default_factory=list)

    def enter(self, name: str, build: Callable[[Work], Screen], **arguments: object) -> Screen:
        if name not in self.work.navigator.names():
            self.work.navigator.register(name, lambda: build(self.work))
        screen = self.work.navigator.go(name, **arguments)
        self.settle()
        return screen

    def settle(self) -> None:
        """Wait until the store has answered everything, also what the answers asked for."""
        quiet = 0
        while quiet < 3:
            QApplication.processEvents()
            quiet = 0 if self.work.background.busy else quiet + 1
            QTest.qWait(5)

    def close(self) -> None:
        """Before the store is closed, or its thread would still use it."""
        self.work.background.stop()

    def rest(self) -> None:
        """Wait for what happens after a pause in typing, too."""
        self.settle()
        QTest.qWait(420)
        self.settle()


class Elsewhere(Screen):
    """Stands for a screen that the test at hand does not look at; remembers how it came."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.arguments: dict[str, object] = {}
        self.entered.connect(self._keep)

    def _keep(self, arguments: dict[str, object]) -> None:
        self.arguments = arguments


def open_desk(
    session: "Session",
    *,
    without: Sequence[str] = (),
    width: int = 1366,
    height: int = 696,
) -> Desk:
    """The window of a session; `without` names the screens that will be the real ones."""
    window = MainWindow(session.clock, Settings(), locks=False)
    problems: list[BaseException] = []
    background = Background(problems.append, window)
    work = Work(session, background, window.navigator, window.notices)
    for name in (
        "today", "details", "observations", "in_private", "questions", "body_map", "summary",
        "next_steps", "referral", "patient_card", "print_page",
    ):  # fmt: skip
        if name not in without:
            window.navigator.register(name, lambda name=name: Elsewhere(name))
    account = session.account
    window.shell.set_user(User(account.display_name, term(catalog(), account.role)))
    window.shell.set_facility("Health Centre Sample")
    window.shell.set_places(PLACES)
    window.resize(width, height)
    window.show()
    return Desk(session, window, work, problems)


OpenDesk = Callable[["Session"], Desk]


@pytest.fixture
def desk_of(qtbot: QtBot) -> Iterator[OpenDesk]:
    """Opens windows that have the keyboard; they are closed before the store is."""
    desks: list[Desk] = []

    def opened(session: "Session") -> Desk:
        desk = open_desk(session)
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.activateWindow()
        qtbot.waitActive(desk.window)
        return desk

    dress()
    yield opened
    for desk in desks:
        desk.close()


def registered(session: "Session", family_name: str = "Marković") -> Patient:
    """An invented adult without a visit."""
    new = NewPatient(
        family_name=family_name,
        given_name="Ana",
        birth_date=a_birth_date(),
        may_be_child=MayBeChild.NO,
    )
    return register_patient(session, new)


def visit_of(
    session: "Session", *, years: int = 24, language: str = "ar", doubtful: bool = False
) -> tuple[Screening, Patient]:
    """A started visit of an invented patient, alone with staff and an interpreter by phone."""
    today = session.today
    birth = (
        BirthDate.estimated(years, today=today)
        if doubtful
        else BirthDate.exact(today.replace(year=today.year - years, month=1, day=1), today=today)
    )
    patient = register_patient(
        session,
        NewPatient(
            family_name="Al-Hassan", given_name="Layla", birth_date=birth,
            may_be_child=MayBeChild.NOT_SURE if doubtful else MayBeChild.NO,
            gender=AdministrativeGender.FEMALE, language=language,
        ),
    )  # fmt: skip
    screening = screenings.start_screening(session, patient, companion=Companion.PRESENT)
    screening = open_private_part(
        session, screening.screening_id, interpreter_code="14", language=language
    )
    return screening, patient


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)
