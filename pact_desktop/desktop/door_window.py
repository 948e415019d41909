# SPDX-License-Identifier: GPL-3.0-or-later
"""The process before sign-in: the first start or the door, cover and urgent help, no record."""

from functools import cache
from pathlib import Path

from pact_desktop.desktop.application import Application, Places, local_clock
from pact_desktop.desktop.background import Background
from pact_desktop.desktop.door import Door
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.processes import replace_with_session
from pact_desktop.desktop.screens.set_up.presenter import SetUpPresenter
from pact_desktop.desktop.screens.set_up.view import SetUpView
from pact_desktop.desktop.screens.sign_in.presenter import SignInPresenter
from pact_desktop.desktop.screens.sign_in.view import SignInView
from pact_desktop.desktop.screens.urgent_help.presenter import UrgentHelpPresenter
from pact_desktop.desktop.screens.urgent_help.view import UrgentHelpView
from pact_desktop.services.accounts import KeyRing, is_set_up
from pact_desktop.services.content import Content, load_content
from pact_desktop.services.public_notice import public_notice


class DoorWindow:
    """Builds the window of the sign-in process; `keyring` is set once somebody signed in."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.window = MainWindow(local_clock, application.settings, locks=False)
        self.keyring: KeyRing | None = None
        self.background = Background(self.window.notices.fail, self.window)
        self.content = cache(load_content)
        application.on_error(self.window.notices.fail)
        self.window.settings_changed.connect(application.keep)
        self.window.set_notice(application.notice)
        self.window.set_urgent_help(self._urgent_help)
        navigator = self.window.navigator
        navigator.register("sign_in", self._sign_in)
        navigator.register("set_up", self._set_up)
        navigator.go("sign_in" if is_set_up(application.places.data) else "set_up")

    def _door(self) -> Door:
        places = self.application.places
        return Door(
            folder=places.data,
            device_folder=places.device,
            clock=local_clock,
            settings=self.application.settings,
            notice=public_notice(places.data),
            background=self.background,
            speak=self.application.speak,
        )

    def _sign_in(self) -> SignInView:
        view = SignInView()
        view.presenter = SignInPresenter(view, self._door(), signed_in=self._signed_in)
        if self.application.places.locked:
            view.show_locked("")
        return view

    def _set_up(self) -> SetUpView:
        view = SetUpView()
        view.presenter = SetUpPresenter(
            view,
            self._door(),
            self.content(),
            finished=self._set_up_finished,
            print_pdf=self._print,
            choose_file=self._choose_file,
        )
        return view

    def _urgent_help(self) -> UrgentHelpView:
        view = UrgentHelpView()
        content: Content = self.content()
        view.presenter = UrgentHelpPresenter.before_sign_in(
            view, content, public_notice(self.application.places.data), closed=lambda: None
        )
        return view

    def _set_up_finished(self) -> None:
        self.window.set_notice(public_notice(self.application.places.data))
        self.window.navigator.go("sign_in")

    def _signed_in(self, keyring: KeyRing) -> None:
        self.keyring = keyring
        self.application.qt.quit()

    def _print(self, pdf: bytes, job: str) -> None:
        from pact_desktop.desktop.screens.print_page import before_session  # noqa: PLC0415 printing is loaded when wanted

        navigator = self.window.navigator
        navigator.register("print_page", lambda: before_session(closed=navigator.back))
        navigator.go("print_page", pdf=pdf, job=job)

    def _choose_file(self, name: str) -> Path | None:
        from pact_desktop.desktop.file_dialog import choose_save_path  # noqa: PLC0415 as above

        return choose_save_path(self.window, name)


def run_sign_in(places: Places) -> int:
    """Show the door; after a right passphrase this process becomes the session."""
    door = DoorWindow(Application(places))
    door.window.showMaximized()
    door.application.qt.exec()
    door.background.stop()
    if door.keyring is not None:
        replace_with_session(door.keyring.to_bytes(), places.arguments)
    return 0
