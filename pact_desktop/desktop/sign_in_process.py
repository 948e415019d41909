# SPDX-License-Identifier: GPL-3.0-or-later
"""The window before anybody signed in: set-up, sign-in, urgent help, the cover; never a record."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from pact_desktop.desktop.background import Background
from pact_desktop.desktop.door import Door
from pact_desktop.desktop.help_without_session import build_help
from pact_desktop.desktop.limits_without_session import limits_page
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.printing import print_job, printer_names
from pact_desktop.desktop.processes import replace_with_session, replace_with_sign_in
from pact_desktop.desktop.save_dialog import ask_where_to_save
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.sign_in.presenter import SignInPresenter
from pact_desktop.desktop.screens.sign_in.view import SignInView
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.services.accounts import KeyRing, is_set_up
from pact_desktop.services.content import load_content
from pact_desktop.services.public_notice import public_notice
from pact_desktop.services.session import Clock

if TYPE_CHECKING:
    from pact_desktop.desktop.application import Application


class SignInProcess:
    """Leads to a keyring and hands it to the next process."""

    def __init__(self, application: "Application", clock: Clock) -> None:
        self.application, self._clock = application, clock
        self.window = MainWindow(clock, application.settings, locks=False)
        self.keyring: KeyRing | None = None
        self.restored = False
        """This process has had the keys of all records, so another one does the signing in."""
        self.background = Background(self.window.notices.fail, self.window)
        application.on_error(self.window.notices.fail)
        self.window.settings_changed.connect(application.keep)
        self.window.set_notice(application.notice)
        self.window.set_urgent_help(self._urgent_help)
        self.window.navigator.register("sign_in", self._sign_in)
        self.window.navigator.register("set_up", self._set_up)
        self.window.navigator.register("restore", self._restore)
        self.window.navigator.register("limits", lambda: limits_page(at_door=True))

    def run(self) -> int:
        self.begin()
        status = self.application.qt.exec()
        self.background.stop()
        self.application.clipboard.forget()
        if self.restored:
            replace_with_sign_in(self.application.places.arguments)
        if self.keyring is not None:
            arguments = self.application.places.arguments
            replace_with_session(self.keyring.to_bytes(), arguments)
        return status

    def begin(self) -> None:
        """Shows the window with the door, or with the assistant of the very first start."""
        first = "sign_in" if is_set_up(self.application.places.data) else "set_up"
        self.window.showMaximized()
        self.window.navigator.go(first)

    def _door(self) -> Door:
        places = self.application.places
        return Door(
            folder=places.data,
            device_folder=places.device,
            clock=self._clock,
            settings=self.application.settings,
            notice=public_notice(places.data),
            background=self.background,
            speak=self.application.speak,
        )

    def _sign_in(self) -> Screen:
        view = SignInView()
        view.presenter = SignInPresenter(view, self._door(), signed_in=self._signed_in)
        view.limits_wanted.connect(lambda: self.window.navigator.go("limits"))
        if self.application.places.locked:
            view.show_locked("", kept=not self.application.places.not_kept)
        return view

    def _set_up(self) -> Screen:
        # Only the very first start needs it, with paper and keys behind it.
        from pact_desktop.desktop.screens.set_up.presenter import SetUpPresenter  # noqa: PLC0415
        from pact_desktop.desktop.screens.set_up.view import SetUpView  # noqa: PLC0415

        view = SetUpView()
        view.presenter = SetUpPresenter(
            view,
            self._door(),
            load_content(),
            finished=self._set_up_finished,
            print_pdf=self._print,
            choose_file=partial(ask_where_to_save, self.window),
            clear_banner=self.window.notices.clear_banner,
        )
        view.restore_wanted.connect(lambda: self.window.navigator.go("restore"))
        return view

    def _restore(self) -> Screen:
        # Only a computer without records needs it, with the database behind it.
        from pact_desktop.desktop.screens.restore.presenter import (  # noqa: PLC0415
            RestorePresenter,
        )
        from pact_desktop.desktop.screens.restore.view import RestoreView  # noqa: PLC0415

        view = RestoreView()
        view.presenter = RestorePresenter(
            view,
            self._door(),
            finished=self._restored,
            given_up=lambda: self.window.navigator.go("set_up"),
        )
        return view

    def _restored(self) -> None:
        self.restored = True
        self.application.qt.quit()

    def _set_up_finished(self) -> None:
        self.window.set_notice(public_notice(self.application.places.data))
        self.window.navigator.go("sign_in")

    def _signed_in(self, keyring: KeyRing) -> None:
        self.keyring = keyring
        self.application.qt.quit()

    def _urgent_help(self) -> Screen:
        return build_help(public_notice(self.application.places.data))

    def _print(self, pdf: bytes, job_name: str, printed: Callable[[], object]) -> None:
        names = printer_names()
        if not names:
            self.window.notices.fail(Fault(FaultCode.PRINTER_FAILED))
            return
        self.background.run_beside(
            self.window, print_job(pdf, names[0], job_name=job_name), lambda _nothing: printed()
        )
