# SPDX-License-Identifier: GPL-3.0-or-later
"""The process of one session: opens the store, shows the screens, and ends with a lock."""

from collections.abc import Callable
from typing import Final

from pact_desktop.desktop.application import Application, Places, local_clock
from pact_desktop.desktop.background import Background
from pact_desktop.desktop.frame import User
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.opening import OpeningScreen
from pact_desktop.desktop.processes import replace_with_sign_in, take_secret
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screen_list import SCREENS, places_of
from pact_desktop.desktop.screens import urgent_help
from pact_desktop.desktop.words import catalog
from pact_desktop.domain.accounts import Permission
from pact_desktop.services.accounts import KeyRing, lock, open_session, resume_point
from pact_desktop.services.content import load_content
from pact_desktop.services.session import Clock, Session
from pact_desktop.services.visits import day_counts
from pact_desktop.terms import term

_BEFORE_QUESTIONS: Final = {"questions": "in_private", "print_page": "next_steps"}
"""Where a lock in the middle leads back to: privacy is confirmed anew."""


class SessionWindow:
    """One person at work. `locked` is true once the records are closed again."""

    def __init__(
        self, application: Application, keyring: KeyRing, *, clock: Clock = local_clock
    ) -> None:
        self.application = application
        self.window = MainWindow(clock, application.settings)
        self.background = Background(self.window.notices.fail, self.window)
        self.session: Session | None = None
        self.locked = False
        self.wants_sign_in = False
        application.on_error(self._failed_badly)
        self.window.settings_changed.connect(application.keep)
        self.window.set_notice(application.notice)
        self.window.lock_requested.connect(self._lock)
        self.opening = OpeningScreen()
        self.opening.closed.connect(lambda: self._lock("asked"))
        navigator = self.window.navigator
        navigator.register("opening", lambda: self.opening)
        navigator.go("opening")
        data = application.places.data

        def open_all() -> tuple[Session, str, int]:
            session = open_session(data, keyring, clock, load_content())
            waits = session.account.allows(Permission.FOLLOW_UP)
            waiting = day_counts(session).unanswered_referrals if waits else 0
            return session, resume_point(session), waiting

        self.background.start(open_all, self._opened, self.opening.show_problem)

    def _opened(self, found: tuple[Session, str, int]) -> None:
        session, resume, waiting = found
        self.session = session
        window = self.window
        work = Work(session, self.background, window.navigator, window.notices)
        for name, build in SCREENS.items():
            window.navigator.register(name, _factory(build, work))
        window.set_urgent_help(_factory(urgent_help.build, work))
        account = session.account
        window.shell.set_user(User(account.display_name, term(catalog(), account.role)))
        places = places_of(account, waiting)
        window.shell.set_places(places)
        window.shell.allow_find(allowed=account.allows(Permission.REGISTER_PATIENT))
        self._resume(resume, places[0].name if places else "opening")

    def _resume(self, point: str, first: str) -> None:
        """Back to the visit that was open; else to the first place of the role."""
        name, _, screening_id = point.partition("|")
        name = _BEFORE_QUESTIONS.get(name, name)
        if name in SCREENS and screening_id:
            self.window.navigator.go(name, screening_id=screening_id)
        else:
            self.window.navigator.go(first)

    def _point(self) -> str:
        """Where the person is, for the next sign-in; only a visit is worth returning to."""
        current = self.window.navigator.current
        screening_id = self.window.navigator.arguments.get("screening_id", "")
        return f"{current.name}|{screening_id}" if current is not None and screening_id else ""

    def _lock(self, _reason: str) -> None:
        self.wants_sign_in = True
        self.close()

    def close(self) -> None:
        """Save what is typed, write down the lock, close the store, end the loop."""
        if self.locked:
            return
        self.locked = True
        point = self._point()
        self.window.cover()
        if self.window.navigator.current is not None:
            self.window.navigator.current.leave()
        session = self.session
        if session is not None:
            self.background.run(self.window, lambda: lock(session, point))
        self.background.stop()
        self.application.qt.clipboard().clear()
        self.application.qt.quit()

    def _failed_badly(self, error: BaseException) -> None:
        self.window.notices.fail(error)


def _factory(build: Callable[[Work], Screen], work: Work) -> Callable[[], Screen]:
    return lambda: build(work)


def run_session(places: Places) -> int:
    """Show the session whose keys wait on standard input; a lock becomes the door again."""
    keyring = KeyRing.from_bytes(take_secret())
    window = SessionWindow(Application(places), keyring)
    window.window.showMaximized()
    window.application.qt.aboutToQuit.connect(window.close)
    window.application.qt.exec()
    window.close()
    if window.wants_sign_in:
        replace_with_sign_in([*places.arguments, "--locked"])
    return 0


