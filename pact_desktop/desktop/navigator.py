# SPDX-License-Identifier: GPL-3.0-or-later
"""Goes from screen to screen by name; screens are built on first use and kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from pact_desktop.desktop.screen import Arguments, Screen

Factory = Callable[[], Screen]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the user was: a screen and what it was entered with."""

    name: str
    arguments: Arguments


class Navigator(QObject):
    """Knows the screens by name only; puts the chosen one on top of the stack."""

    changed = Signal(object)
    """The screen that is shown now."""
    pause_requested = Signal(dict)
    """The user wants to leave the visit for later; with the arguments of the visit."""
    urgent_help_requested = Signal()
    places_changed = Signal(list)
    """The places of the rail with their counts, whenever a screen has counted again."""
    facility_changed = Signal(object)
    """What header and cover say about the facility, whenever a screen has changed it."""

    emergency_opened = Signal(int)
    """A closed record was opened in an emergency; for how many seconds."""

    def __init__(self, stack: QStackedWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._factories: dict[str, Factory] = {}
        self._screens: dict[str, Screen] = {}
        self._trail: list[_Place] = []

    @property
    def current(self) -> Screen | None:
        return self._screens.get(self._trail[-1].name) if self._trail else None

    @property
    def arguments(self) -> Arguments:
        return dict(self._trail[-1].arguments) if self._trail else {}

    def register(self, name: str, factory: Factory) -> None:
        self._factories[name] = factory

    def names(self) -> Iterable[str]:
        return tuple(self._factories)

    def go(self, name: str, **arguments: object) -> Screen:
        """Leaves the current screen and enters another; raises KeyError for an unknown name."""
        screen = self._screen(name)
        if self.current is not None:
            self.current.leave()
        self._trail.append(_Place(name, arguments))
        del self._trail[:-20]
        self._show(screen, arguments)
        return screen

    def back(self) -> None:
        """Returns to the screen before, as it was entered then."""
        if len(self._trail) > 1:
            self._return_to(len(self._trail) - 2)

    def forget_way(self) -> None:
        """Nothing leads back to where one was before."""
        del self._trail[:-1]

    def screen(self, name: str) -> Screen:
        """The screen of this name, built if need be; for tests and pictures."""
        return self._screen(name)

    def _return_to(self, position: int) -> None:
        if self.current is not None:
            self.current.leave()
        place = self._trail[position]
        del self._trail[position + 1 :]
        self._show(self._screen(place.name), place.arguments)

    def _show(self, screen: Screen, arguments: Arguments) -> None:
        # Shown before it is entered: what it loads may arrive at once.
        self._stack.setCurrentWidget(screen)
        screen.enter(dict(arguments))
        self.changed.emit(screen)

    def _screen(self, name: str) -> Screen:
        if name not in self._screens:
            screen = self._factories[name]()
            screen.go.connect(self._follow)
            screen.pause_pressed.connect(lambda: self.pause_requested.emit(self.arguments))
            self._screens[name] = screen
            self._stack.addWidget(screen)
        return self._screens[name]

    def _follow(self, name: str, arguments: Arguments) -> None:
        if name == "back":
            self.back()
        else:
            self.go(name, **arguments)
