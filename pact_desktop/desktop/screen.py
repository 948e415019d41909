# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen is to the frame around it: open or private, its footer, its visit."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.frame import (
    Arguments,
    Chrome,
    Footer,
    Place,
    Step,
    StepState,
    VisitFrame,
)
from pact_desktop.desktop.wishes import Wishes

if TYPE_CHECKING:
    from pact_desktop.desktop.background import Background
    from pact_desktop.desktop.navigator import Navigator
    from pact_desktop.desktop.notices import Notices
    from pact_desktop.services.session import Session

__all__ = [
    "Arguments",
    "Chrome",
    "Footer",
    "Place",
    "Screen",
    "Step",
    "StepState",
    "VisitFrame",
    "Work",
]


@dataclass(frozen=True, slots=True)
class Work:
    """What a presenter is given to work with."""

    session: "Session"
    background: "Background"
    navigator: "Navigator"
    notices: "Notices"
    wishes: Wishes = field(default_factory=Wishes)


class Screen(QWidget):
    """Base of every view. Class attributes say what it is; signals go both ways."""

    name: ClassVar[str] = ""
    private: bool = False
    """May not be read by a companion; observations change it with their wording."""
    place: ClassVar[str] = ""
    """The place of the rail that is lit while this screen is open."""
    chrome: Chrome = Chrome.FULL

    # From the frame to the screen
    entered = Signal(dict)
    left = Signal()
    primary_pressed = Signal()
    secondary_pressed = Signal()
    extra_pressed = Signal()
    back_pressed = Signal()
    help_pressed = Signal()
    new_pressed = Signal()
    """Ctrl+N, for a screen whose list can grow."""
    privacy_ended = Signal()
    pause_pressed = Signal()
    width_changed = Signal(int)
    """Logical width of the window, whenever it changes; fold by it."""

    # From the screen to the frame
    go = Signal(str, dict)
    """Name of a screen and its arguments."""
    closed = Signal()
    """Only for urgent help, which lies over whatever was there."""
    frame_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.footer = Footer()
        self.visit: VisitFrame | None = None
        self.presenter: object = None
        """Kept here, because nothing else holds the presenter."""

    # The frame asks -------------------------------------------------------------------------

    def enter(self, arguments: Arguments) -> None:
        self.entered.emit(arguments)

    def leave(self) -> None:
        self.left.emit()

    def first_focus(self) -> QWidget | None:
        """The first useful place; None leaves it to the tab order."""
        return None

    def retranslate(self) -> None:
        """Sets again the words that Python set; those of the form change by themselves."""

    # The screen tells -----------------------------------------------------------------------

    def set_footer(self, footer: Footer) -> None:
        if footer != self.footer:
            self.footer = footer
            self.frame_changed.emit()

    def set_primary(self, text: str, key: str = "Ctrl Enter", *, enabled: bool = True) -> None:
        self._change_footer(primary=text, primary_key=key, primary_enabled=enabled)

    def set_secondary(self, text: str, *, kind: str = "secondary", enabled: bool = True) -> None:
        self._change_footer(secondary=text, secondary_kind=kind, secondary_enabled=enabled)

    def set_lead(self, place: str) -> None:
        """Which of the two buttons is the primary now, where that may change; see Footer."""
        self._change_footer(lead=place)

    def set_extra(self, text: str) -> None:
        """One more secondary button, before the other."""
        self._change_footer(extra=text)

    def set_back(self, text: str) -> None:
        self._change_footer(back=text)

    def set_saved(self, text: str) -> None:
        self._change_footer(saved=text)

    def set_note(self, text: str) -> None:
        self._change_footer(note=text)

    def set_visit(self, visit: VisitFrame | None) -> None:
        if visit != self.visit:
            self.visit = visit
            self.frame_changed.emit()

    def set_private(self, private: bool) -> None:  # noqa: FBT001 (reads as a plain word)
        if private != self.private:
            self.private = private
            self.frame_changed.emit()

    def logical_width(self) -> int:
        """Width of the window at 100 percent; the frame and the screens fold by it."""
        return round(self.window().width() * 100 / theme.current().scale)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _change_footer(self, **changes: str | bool) -> None:
        self.set_footer(replace(self.footer, **changes))  # type: ignore[arg-type]  # names of Footer
