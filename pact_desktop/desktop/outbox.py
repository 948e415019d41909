# SPDX-License-Identifier: GPL-3.0-or-later
"""Changes on their way to the store: done in order, and kept here until the store has them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Self

from PySide6.QtCore import QObject, Signal

from pact_desktop.desktop.screen import Work
from pact_desktop.desktop.widgets.banners import BannerText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import Fault, Refusal
from pact_desktop.error_texts import sentence

Change = Callable[[], Any]
"""A service call on the store's thread."""
_ATTEMPTS: Final = 2
"""An error that nobody foresaw is tried once more on request, then the change is given up."""


class NotKeptError(Exception):
    """Something that was entered could not be stored at the last moment."""


@dataclass(slots=True)
class _Run:
    """Changes sent together; after the first that fails none of the later ones is done."""

    broken: bool = False


@dataclass(eq=False, slots=True)
class _Waiting:
    """A change that the store has not confirmed, and who wants to hear of it."""

    change: Change
    done: Callable[[Any], object]
    refused: Callable[[BaseException], object]
    typed: object
    sent: bool = False
    stored: bool = False
    attempts: int = 0
    found: Any = field(default=None, repr=False)
    error: BaseException | None = None

    def perform(self, run: _Run) -> None:
        """On the store's thread. Never raises: an error waits for the user's thread."""
        self.error = None
        if run.broken:
            return
        try:
            self.found = self.change()
            self.stored = True
        except Refusal as error:
            self.error = error
        except BaseException as error:  # noqa: BLE001 told on the user's thread
            run.broken, self.error = True, error
            self.attempts += 1


class Outbox(QObject):
    """Nothing that was entered is dropped while the program runs, unless the user is told.

    Signals:
        stopped: the store does not take changes; they wait until `try_again`.
        recovered: everything that waited is stored.
    """

    stopped = Signal()
    recovered = Signal()

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._waiting: list[_Waiting] = []
        self._run = _Run()
        self._blocked = False
        self._wanted = False
        """To try again, as soon as nothing is on its way."""
        self._retrying = False
        self._told = False
        """A banner says what was given up; it stays when the rest is stored."""
        self._problem: BaseException | None = None

    @classmethod
    def of(cls, work: Work) -> Self:
        """The one of this sign-in."""
        found = work.navigator.findChild(cls)
        return found if found is not None else cls(work, work.navigator)

    @property
    def blocked(self) -> bool:
        """True while the store does not take changes."""
        return self._blocked

    @property
    def empty(self) -> bool:
        return not self._waiting

    def typed(self) -> list[object]:
        """What the changes on their way said of typed text, the latest last."""
        return [waiting.typed for waiting in self._waiting if waiting.typed is not None]

    def send(
        self,
        change: Change,
        done: Callable[[Any], object],
        refused: Callable[[BaseException], object],
        *,
        typed: object = None,
    ) -> None:
        """Store a change after all that were sent before.

        `refused` is told when a rule says no, or when the change was given up: what is stored is
        right then, and the change is gone. `typed` is kept beside the change for `self.typed`.
        """
        waiting = _Waiting(change, done, refused, typed)
        self._waiting.append(waiting)
        if not self._blocked:
            self._dispatch(waiting)

    def try_again(self) -> None:
        """Send again, in their order, all changes that were not kept."""
        if self._blocked:
            self._wanted = True
            self._go_on()

    def remind(self) -> None:
        """Say again that the store does not answer, for a screen that has just come up."""
        if self._blocked and self._problem is not None:
            self._show(self._problem)

    def try_last(self) -> None:
        """Once more everything that is not stored, before the records are closed.

        Called on the store's thread, after all that was sent. Raises NotKeptError.
        """
        lost = 0
        for waiting in self._waiting:
            if waiting.stored:
                continue
            run = _Run()
            waiting.perform(run)
            lost += not waiting.stored
            if isinstance(waiting.error, (Fault, OSError)):
                break
        if lost:
            raise NotKeptError

    # ----------------------------------------------------------------------------------------

    def _dispatch(self, waiting: _Waiting) -> None:
        waiting.sent = True
        run = self._run
        self._work.background.run(
            self, lambda: waiting.perform(run), lambda _: self._answered(waiting)
        )

    def _answered(self, waiting: _Waiting) -> None:
        waiting.sent = False
        error = waiting.error
        if waiting.stored:
            self._waiting.remove(waiting)
            waiting.done(waiting.found)
        elif isinstance(error, Refusal):
            self._waiting.remove(waiting)
            waiting.refused(error)
        elif error is not None:
            note_error(error)
            if isinstance(error, (Fault, OSError)) or waiting.attempts < _ATTEMPTS:
                self._block(error)
            else:
                self._give_up(waiting, error)
        self._go_on()

    def _go_on(self) -> None:
        """Sends what waits once nothing is on its way, so that none overtakes another."""
        if self._wanted and not any(waiting.sent for waiting in self._waiting):
            self._wanted, self._blocked, self._retrying = False, False, True
            self._run = _Run()
            for waiting in list(self._waiting):
                self._dispatch(waiting)
        if self._retrying and not self._waiting:
            self._retrying, self._problem = False, None
            if not self._told:
                self._work.notices.clear_banner()
            self._told = False
            self.recovered.emit()

    def _block(self, error: BaseException) -> None:
        self._blocked, self._retrying, self._problem = True, False, error
        self._told = False
        self._show(error)
        self.stopped.emit()

    def _give_up(self, waiting: _Waiting, error: BaseException) -> None:
        """A mistake of the program in one change must not hold up every other."""
        self._waiting.remove(waiting)
        self._blocked = self._wanted = self._told = True
        waiting.refused(error)
        self._work.notices.clear_banner()
        self._work.notices.warn(
            BannerText(
                title=tr("One entry could not be kept"),
                text=tr(
                    "The program made a mistake with it. Everything else is stored. "
                    "Look what is missing here and enter it again, or write it on paper."
                ),
                tone="alert",
            )
        )

    def _show(self, error: BaseException) -> None:
        kept = tr("Answering is stopped. What you typed is still here.")
        why = sentence(catalog(), error) if isinstance(error, Fault) else ""
        self._work.notices.warn(
            BannerText(
                title=tr("The last answer could not be kept"),
                text=f"{why} {kept}".strip(),
                tone="alert",
                action_text=tr("Try again"),
                action=self.try_again,
            )
        )
