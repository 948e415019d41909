# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door for what the program says by itself: toasts, banners, questions, errors."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal

from pact_desktop.desktop.widgets.banners import BannerText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import Fault, PactError
from pact_desktop.error_texts import sentence

Action = Callable[[], object]

_SERIOUS: Final = ("info", "ok", "caution", "alert")


@dataclass(frozen=True, slots=True)
class Toast:
    """A passing event that went well, with a way back; never an error, never a name."""

    text: str
    action_text: str = ""
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class AnswerButton:
    """One answer of a question; its words say what happens."""

    text: str
    kind: str = "secondary"


@dataclass(frozen=True, slots=True)
class Question:
    """A decision that would lose or send something; `safe` is the answer of Esc."""

    title: str
    text: str
    answers: tuple[AnswerButton, ...]
    safe: int = 0


class Notices(QObject):
    """Says things to whoever shows them; the window listens."""

    said = Signal(object)
    warned = Signal(object)
    banner_cleared = Signal()
    asked = Signal(object, object)
    failed = Signal(object)
    """An error was told; for whoever must not go on after one."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._banner: BannerText | None = None

    @property
    def banner(self) -> BannerText | None:
        return self._banner

    def say(self, toast: Toast | str) -> None:
        self.said.emit(Toast(toast) if isinstance(toast, str) else toast)

    def warn(self, banner: BannerText) -> None:
        """Shows a lasting state; a less serious one does not push a more serious one aside."""
        shown = self._banner
        if shown is not None and _SERIOUS.index(shown.tone) > _SERIOUS.index(banner.tone):
            return
        self._banner = banner
        self.warned.emit(banner)

    def clear_banner(self) -> None:
        self._banner = None
        self.banner_cleared.emit()

    def ask(self, question: Question, done: Callable[[int], object]) -> None:
        """Shows a question and returns at once; `done` gets the number of the answer."""
        self.asked.emit(question, done)

    def fail(self, error: BaseException, *, again: Action | None = None) -> None:
        """Tells of an error in words, and the log of its kind and place."""
        note_error(error)
        self.failed.emit(error)
        self.warn(
            BannerText(
                self._title(error),
                self._sentence(error),
                tone="caution" if _is_refusal(error) else "alert",
                action_text=tr("Try again") if again else "",
                action=again,
            )
        )

    def _title(self, error: BaseException) -> str:
        if _is_refusal(error):
            return tr("This was not done")
        return tr("The program could not finish this")

    def _sentence(self, error: BaseException) -> str:
        if isinstance(error, PactError):
            return sentence(catalog(), error)
        return tr("What was saved before is kept. Try again; if it stays, tell the administrator.")


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, PactError) and not isinstance(error, Fault)
