# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of a session: opens the records, returns to where the person was, locks at the end."""

import json
import os
from typing import TYPE_CHECKING, Final

from pact_desktop.boot_clock import Seconds, awake, since_boot
from pact_desktop.desktop.background import Background
from pact_desktop.desktop.frame import User
from pact_desktop.desktop.help_without_session import build_help
from pact_desktop.desktop.limits_without_session import limits_page, part_of
from pact_desktop.desktop.lock_triggers import LockReason, LockTriggers
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.opening import OpeningScreen
from pact_desktop.desktop.places import places_of
from pact_desktop.desktop.processes import replace_with_sign_in, take_secret
from pact_desktop.desktop.registry import SCREENS, register_screens
from pact_desktop.desktop.screen import Arguments, Screen, Work
from pact_desktop.desktop.words import catalog
from pact_desktop.diagnostics import note, note_error
from pact_desktop.domain.accounts import Permission
from pact_desktop.terms import term

if TYPE_CHECKING:
    from pact_desktop.desktop.application import Application
    from pact_desktop.desktop.emergency_watch import EmergencyWatch
    from pact_desktop.desktop.own_passphrase import OwnPassphrase
    from pact_desktop.services.session import Clock, Session

LOCKED_FLAG: Final = "--locked"
"""Tells the sign-in process that somebody's work waits behind it."""
NOT_KEPT_FLAG: Final = "--not-kept"
"""Tells it that what was entered last could not be saved."""
_LONGEST_WRITING_S: Final = 10.0
"""A disk that takes longer is left alone: what it has not confirmed was never called saved."""
_BEFORE: Final = {"questions": "in_private", "print_page": "next_steps"}
"""Where a lock in the middle leads back to: the private moment is confirmed anew."""


class SessionProcess:
    """One person at work, from the hand-over of the keys to the lock."""

    def __init__(
        self,
        application: "Application",
        clock: "Clock",
        *,
        on: Seconds = since_boot,
        running: Seconds = awake,
    ) -> None:
        """`on` and `running` are the clocks that notice idle time and sleep."""
        self.application, self._clock = application, clock
        self.window = MainWindow(clock, application.settings, seconds=on)
        self.background = Background(self.window.notices.fail, self.window)
        self.triggers = LockTriggers(on=on, running=running, parent=self.window)
        self.session: Session | None = None
        self.work: Work | None = None
        self.own_passphrase: OwnPassphrase | None = None
        self.emergency: EmergencyWatch | None = None
        self._in_store: Session | None = None
        """The same session as the store's thread knows it, which may be a moment earlier."""
        self._reason: str | None = None
        self._unsaved: list[BaseException] | None = None
        """What could not be written at the end; None before the end."""
        application.on_error(self.window.notices.fail)
        self.window.settings_changed.connect(application.keep)
        self.window.set_notice(application.notice)
        self.window.lock_requested.connect(self._lock)
        self.triggers.lock_due.connect(self._lock)
        # Help does not wait for records, and is there when they cannot be opened.
        self.window.set_urgent_help(lambda: build_help(application.notice))
        self._opening = OpeningScreen()
        self._opening.closed.connect(lambda: self._lock(LockReason.ASKED))
        self.window.navigator.register("opening", lambda: self._opening)
        self.window.navigator.register("limits", limits_page)
        self.window.menu.limits_requested.connect(self._show_limits)

    def run(self) -> int:
        self.begin(take_secret())
        self.application.qt.aboutToQuit.connect(self.end)
        self.triggers.start(self.application.qt, self.window)
        status = self.application.qt.exec()
        unsaved = self.end()
        closed = self._reason is None and not unsaved
        if not closed and self._reason != LockReason.SESSION_END:
            # Also when the window was closed and something could not be kept: it is said.
            flags = [LOCKED_FLAG, *([NOT_KEPT_FLAG] if unsaved else [])]
            replace_with_sign_in([*self.application.places.arguments, *flags])
        if any(isinstance(error, TimeoutError) for error in unsaved):
            # The usual way out would wait for the disk, with the records in memory.
            os._exit(status)
        return status

    def begin(self, secret: bytes) -> None:
        """Shows the window, then opens the records behind it."""
        self.window.showMaximized()
        self.window.navigator.go("opening")
        self.background.start(lambda: self._open(secret), self._opened, self._opening.show_problem)

    # Opening, on the store's thread -----------------------------------------------------------

    def _open(self, secret: bytes) -> "tuple[Session, str]":
        # Imported here, after the first paint: these bring the database and the paper along.
        from pact_desktop.services.accounts import (  # noqa: PLC0415
            KeyRing,
            open_session,
            resume_point,
        )
        from pact_desktop.services.content import load_content  # noqa: PLC0415

        keyring = KeyRing.from_bytes(secret)
        data = self.application.places.data
        session = open_session(data, keyring, self._clock, load_content())
        self._in_store = session
        return session, resume_point(session)

    def _opened(self, opened: "tuple[Session, str]") -> None:
        self.session, resume = opened
        account, window = self.session.account, self.window
        work = Work(
            self.session,
            self.background,
            window.navigator,
            window.notices,
            window.wishes,
        )
        self.work = work
        register_screens(work)
        shell = window.shell
        shell.set_user(User(account.display_name, term(catalog(), account.role)))
        shell.set_places(places_of(account.role))
        shell.allow_find(allowed=account.allows(Permission.REGISTER_PATIENT))
        shell.find_requested.connect(lambda: work.navigator.go("patients"))
        shell.new_patient_requested.connect(self._new_patient)
        window.set_urgent_help(self._urgent_help)
        self._offer_passphrase(work)
        self._offer_emergency(work)
        self._count_waiting()
        places = places_of(account.role)
        if not places:
            self._opening.show_nothing_here()
            return
        name, arguments = where(resume)
        work.navigator.go(name, **arguments)
        self._tell_of_log(work)
        self._remind_of_colleagues(work)
        self._tell_of_unreadable(work)

    def _show_limits(self) -> None:
        """The part for the role of whoever asks; the others are one key away."""
        role = self.session.account.role if self.session else None
        self.window.navigator.go("limits", part=part_of(role))

    def _count_waiting(self) -> None:
        from pact_desktop.services.visits import day_counts  # noqa: PLC0415 open by now

        session = self.session
        if session is None or not session.account.allows(Permission.FOLLOW_UP):
            return
        role = session.account.role
        self.background.run(
            self.window,
            lambda: day_counts(session).unanswered_referrals,
            lambda waiting: self.window.shell.set_places(places_of(role, waiting=waiting)),
        )

    def _tell_of_log(self, work: Work) -> None:
        from pact_desktop.desktop.log_notice import tell_of_log  # noqa: PLC0415 open by now

        tell_of_log(work, self.window.shell)

    def _remind_of_colleagues(self, work: Work) -> None:
        from pact_desktop.desktop.colleagues import (  # noqa: PLC0415 open by now
            remind_of_colleagues,
        )

        remind_of_colleagues(work)

    def _offer_passphrase(self, work: Work) -> None:
        from pact_desktop.desktop.own_passphrase import (  # noqa: PLC0415 open by now
            OwnPassphrase,
        )

        self.own_passphrase = OwnPassphrase(work, self.window)
        self.window.menu.passphrase_requested.connect(self.own_passphrase.ask)
        self.window.menu.offer_passphrase()

    def _offer_emergency(self, work: Work) -> None:
        from pact_desktop.desktop.emergency_watch import (  # noqa: PLC0415 open by now
            EmergencyWatch,
        )

        if not work.session.may(Permission.OPEN_IN_EMERGENCY):
            return
        self.emergency = EmergencyWatch(work, self.window.shell.emergency, self.window)
        self.emergency.leaving.connect(self.window.dismiss_dialogs)
        self.window.menu.emergency_requested.connect(lambda: work.navigator.go("emergency"))
        self.window.menu.offer_emergency()

    def _tell_of_unreadable(self, work: Work) -> None:
        from pact_desktop.desktop.closed_notice import (  # noqa: PLC0415 open by now
            tell_of_unreadable,
        )

        tell_of_unreadable(work)

    def _new_patient(self) -> None:
        if self.session and self.session.account.allows(Permission.REGISTER_PATIENT):
            self.window.navigator.go("register")

    def _urgent_help(self) -> Screen:
        from pact_desktop.desktop.screens.urgent_help import build  # noqa: PLC0415 when asked

        if self.work is None:
            raise LookupError("no session is open")
        return build(self.work)

    # Ending -----------------------------------------------------------------------------------

    def _lock(self, reason: str) -> None:
        if self._reason is not None:
            return
        self._reason = reason
        note("lock", code=reason)
        # Nobody sees how the work is put away.
        self.window.cover()
        self.application.qt.quit()

    def end(self) -> list[BaseException]:
        """Writes what waits, closes the records and forgets the clipboard; only once.

        Gives what could not be written. Nothing that goes wrong here keeps the records open.
        """
        if self._unsaved is not None:
            return self._unsaved
        self._unsaved = unsaved = list[BaseException]()
        self.application.on_error(unsaved.append)
        self._put_away()
        unsaved += self.background.stop(_LONGEST_WRITING_S)
        for error in unsaved:
            note_error(error)
        self.application.clipboard.forget()
        self.triggers.stop()
        return unsaved

    def _put_away(self) -> None:
        navigator = self.window.navigator
        resume = point(navigator.current, navigator.arguments) if self.session else None
        if self.emergency is not None and self.emergency.running:
            # It is closed at the next sign-in, and the place may be inside of it.
            resume = ""
        if navigator.current is not None:
            navigator.current.leave()
        if self.work is not None:
            from pact_desktop.desktop.outbox import Outbox  # noqa: PLC0415 open by now

            self.background.run(self.window, Outbox.of(self.work).try_last)
        self.background.run(self.window, lambda: self._close(resume))

    def _close(self, resume: str | None) -> None:
        """On the store's thread. A session nobody has seen yet keeps its old place."""
        session = self._in_store
        if session is None:
            return
        from pact_desktop.services.accounts import lock, resume_point  # noqa: PLC0415 open by now

        lock(session, resume_point(session) if resume is None else resume)


def point(screen: Screen | None, arguments: Arguments) -> str:
    """Where the person is, as kept encrypted until the next sign-in: names of screens and ids."""
    if screen is None or screen.name not in SCREENS:
        return ""
    kept = {name: value for name, value in arguments.items() if isinstance(value, str)}
    return json.dumps({"screen": screen.name, "arguments": kept})


def where(resume: str) -> tuple[str, Arguments]:
    """The screen to begin with; today when there is no better place."""
    try:
        kept = json.loads(resume) if resume else {}
        name, arguments = kept["screen"], dict(kept["arguments"])
    except (ValueError, KeyError, TypeError):
        return "today", {}
    if name in _BEFORE:
        # A paper that belongs to no visit leads back to none.
        name = _BEFORE[name] if "screening_id" in arguments else "today"
    return (name, arguments) if name in SCREENS else ("today", {})
