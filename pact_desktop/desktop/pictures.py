# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every screen of an invented facility, as a person would see them at 1366 x 768."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.background import Background
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.screen import Arguments
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.desktop.theme import Theme, apply_theme
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.sealing import EMERGENCY_SECONDS, EmergencyReason
from pact_desktop.services.accounts import sign_in
from pact_desktop.services.emergency import open_in_emergency
from pact_desktop.services.stage import PictureStage, PictureVisits

Announce = Callable[[str, Path], None]

WIDTH, HEIGHT = 1366, 768
_MANAGER_SCREENS = (
    "today",
    "follow_up",
    "facility",
    "services_list",
    "staff",
    "log",
    "backup",
    "keeping",
    "due",
    "emergencies",
)
_SETTLE_MS = 350
"""Longer than the pause after typing, so that what follows it is on the picture."""


class _Camera:
    """Waits until the window has nothing more to do, then keeps what it shows."""

    def __init__(self, out: Path, theme: str, announce: Announce) -> None:
        self._out, self._theme, self._announce = out, theme, announce
        self._number = 0
        self._errors: list[BaseException] = []

    def watch(self, window: MainWindow) -> None:
        """A screen that tells of an error is no picture of the program."""
        window.notices.failed.connect(self._errors.append)

    def settle(self, background: Background) -> None:
        loop = QEventLoop()
        for _ in range(2):
            QTimer.singleShot(_SETTLE_MS, loop.quit)
            loop.exec()
            while background.busy:
                background.idle.connect(loop.quit)
                loop.exec()

    def shoot(self, widget: QWidget, name: str, background: Background) -> None:
        """Raises Fault(FILE_NOT_WRITTEN), or the error that a screen has told of."""
        self.settle(background)
        if self._errors:
            raise self._errors[0]
        self._number += 1
        path = self._out / f"screen-{self._number:02}-{name}-{self._theme}.png"
        if not widget.grab().save(str(path)):
            raise Fault(FaultCode.FILE_NOT_WRITTEN)
        self._announce("png", path)


def take_pictures(stage: PictureStage, out: Path, announce: Announce) -> None:
    """One picture of every screen; raises Fault when a screen cannot be shown or kept."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = Application(Places(data=stage.data, device=stage.device, language=stage.locale))
    apply_theme(application.qt, Theme(stage.theme, stage.text_scale))
    camera = _Camera(out, stage.theme, announce)
    _before_sign_in(application, stage, camera)
    _clinician(application, stage, camera)
    _doctor(application, stage, camera)
    _manager(application, stage, camera)


def _before_sign_in(application: Application, stage: PictureStage, camera: _Camera) -> None:
    process = SignInProcess(application, stage.clock)
    camera.watch(process.window)
    process.begin()
    _fit(process.window)
    for name in ("set_up", "sign_in"):
        process.window.navigator.go(name)
        camera.shoot(process.window, name, process.background)
    process.background.stop()
    process.window.close()


def _clinician(application: Application, stage: PictureStage, camera: _Camera) -> None:
    process = _session(application, stage, stage.clinician, camera)
    session, window = process.session, process.window
    if session is None:
        raise Fault(FaultCode.STORAGE_FAILED)
    made: list[PictureVisits] = []
    process.background.run(window, lambda: stage.prepare(session), made.append)
    camera.settle(process.background)
    if not made:
        raise Fault(FaultCode.STORAGE_FAILED)
    visits = made[0]
    adult: Arguments = {"screening_id": visits.adult}
    child: Arguments = {"screening_id": visits.child}
    for name, screen, arguments in (
        ("today", "today", {}),
        ("patients", "patients", {"query": "djordj"}),
        ("patients_closed", "patients", {"query": "zupan"}),
        ("register", "register", {}),
        ("details", "details", adult),
        ("observations", "observations", adult),
        ("in_private", "in_private", adult),
        ("questions", "questions", adult | {"link_id": IndicatorId("Q3")}),
        ("body_map", "body_map", adult),
        ("summary", "summary", adult),
        ("next_steps", "next_steps", adult),
        ("next_steps_child", "next_steps", child),
        ("referral", "referral", adult | {"referral_id": visits.referral}),
        ("patient_card", "patient_card", adult | {"locale": "ar"}),
        ("follow_up", "follow_up", {}),
        ("due", "due", {}),
        ("closing", "closing", {"patient_id": visits.patient}),
        ("erase", "erase", {"patient_id": visits.patient}),
        ("person_copy", "person_copy", {"patient_id": visits.patient}),
        ("limits", "limits", {}),
    ):
        window.navigator.go(screen, **arguments)
        camera.shoot(window, name, process.background)
    window.navigator.go("observations", **adult)
    window.urgent_help()
    camera.shoot(window, "urgent_help", process.background)
    window.close_help()
    window.cover()
    camera.shoot(window, "cover", process.background)
    window.uncover()
    _finish(process)


def _doctor(application: Application, stage: PictureStage, camera: _Camera) -> None:
    """A closed record in an emergency, with the line that shows the time of it."""
    process = _session(application, stage, stage.doctor, camera)
    session, window = process.session, process.window
    if session is None:
        raise Fault(FaultCode.STORAGE_FAILED)
    navigator = window.navigator
    navigator.go("patients", query="zupan")
    camera.shoot(window, "doctor_patients", process.background)
    navigator.go("emergency", wanted="Lejla Zupan")
    camera.shoot(window, "doctor_emergency", process.background)
    process.background.run(
        window,
        lambda: open_in_emergency(
            session,
            "Lejla Zupan",
            EmergencyReason.UNCONSCIOUS,
            "She cannot speak and came alone",
            stage.manager,
        ),
        lambda _patient: navigator.emergency_opened.emit(EMERGENCY_SECONDS),
    )
    navigator.go("patients", query="zupan")
    camera.shoot(window, "doctor_patients_open", process.background)
    _finish(process)


def _manager(application: Application, stage: PictureStage, camera: _Camera) -> None:
    process = _session(application, stage, stage.manager, camera)
    for name in _MANAGER_SCREENS:
        process.window.navigator.go(name)
        camera.shoot(process.window, f"manager_{name}", process.background)
    _finish(process)


def _session(
    application: Application, stage: PictureStage, who: tuple[str, str], camera: _Camera
) -> SessionProcess:
    """A session in this very process: what is shown here is invented."""
    name, passphrase = who
    keyring = sign_in(stage.data, name, passphrase, stage.clock, device_folder=stage.device)
    # Nobody touches the window: by the clock of a slow computer it would cover itself and lock.
    process = SessionProcess(application, stage.clock, on=lambda: 0.0)
    camera.watch(process.window)
    process.begin(keyring.to_bytes())
    _fit(process.window)
    camera.settle(process.background)
    return process


def _finish(process: SessionProcess) -> None:
    process.end()
    process.window.close()


def _fit(window: MainWindow) -> None:
    window.showNormal()
    window.resize(WIDTH, HEIGHT)
