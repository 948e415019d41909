# SPDX-License-Identifier: GPL-3.0-or-later
"""A main window with two invented screens, one that a companion may read and one not."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.frame import Place, Step, StepState, User, VisitFrame
from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import ChipText, Combo, LineEdit, PlainLabel, Segments, TextArea
from pact_desktop.services.public_notice import PublicNotice
from pact_desktop.settings import Settings
from tests.desktop.typing_keys import press

NOTICE = PublicNotice(
    "RS",
    "en",
    "Health Centre Podbrdo",
    "Keep your health booklet ready.",
    "Monday – Friday: 07:00 – 20:00\nSunday: on call",
    (),
)
VISIT = VisitFrame(
    "Đorđević, Milica",
    "Female · about 17 years · 23 Nov 2026, 10:31 · speaks Romani",
    (
        ChipText("Age not certain", "info", "info"),
        ChipText("Came with someone", "neutral", "users"),
    ),
    (
        Step("details", "Details", "10:31", StepState.DONE),
        Step("private", "Observations", "6 of 14", StepState.CURRENT),
        Step("open", "In private"),
        Step("questions", "Questions", "after step 3", StepState.LOCKED),
    ),
    {"screening_id": "S-1"},
)


class OpenScreen(Screen):
    """A list for today."""

    name, private = "open", False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.addWidget(PlainLabel("Today", role="title"))
        self.search = LineEdit()
        column.addWidget(self.search)
        column.addStretch(1)


class PrivateScreen(Screen):
    """A row of answers, a list and a note."""

    name, private = "private", True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        self.title = PlainLabel("Possible signs", role="title")
        self.row = Segments([("yes", "Yes"), ("no", "No")], strong=("yes",), label="row 1")
        self.list = Combo()
        self.list.set_options([("a", "House Jasen"), ("b", "Legal aid office")])
        self.note = TextArea()
        for widget in (self.title, self.row, self.list, self.note):
            column.addWidget(widget)
        column.addStretch(1)
        self.set_primary("Continue")
        self.set_back("Details")
        self.set_visit(VISIT)


class BareScreen(Screen):
    """Words alone, and the way back."""

    name, private = "bare", False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        QVBoxLayout(self).addWidget(PlainLabel("Nothing is due", role="title"))
        self.set_back("Back")


class HelpScreen(Screen):
    """Urgent help, as far as the window is concerned."""

    name, private = "urgent_help", True

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        QVBoxLayout(self).addWidget(PlainLabel("Act first", role="title"))


class Bench:
    """The window, a boot clock that a test can move, and what the window asked for."""

    def __init__(self, qtbot: QtBot, *, locks: bool = True) -> None:
        self.seconds = 100.0
        self.window = MainWindow(
            lambda: datetime(2026, 11, 23, 10, 53, tzinfo=UTC),
            Settings(),
            seconds=lambda: self.seconds,
            locks=locks,
        )
        self.locked: list[str] = []
        self.privacy_ended: list[bool] = []
        self.window.lock_requested.connect(self.locked.append)
        self.window.privacy_ended.connect(lambda: self.privacy_ended.append(True))
        self.window.set_notice(NOTICE)
        self.window.set_urgent_help(HelpScreen)
        self.window.navigator.register("open", OpenScreen)
        self.window.navigator.register("private", PrivateScreen)
        self.window.shell.set_user(User("Amra Hodžić", "Nurse"))
        self.window.shell.set_places(
            [Place("open", "Today", "house"), Place("later", "Follow-up", "arrows-left-right", 3)]
        )
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()

    def go(self, name: str) -> Screen:
        screen = self.window.navigator.go(name)
        QApplication.processEvents()
        return screen

    def private(self) -> PrivateScreen:
        screen = self.go("private")
        assert isinstance(screen, PrivateScreen)
        return screen

    def press(self, key: Qt.Key) -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        press(target, key)
        QApplication.processEvents()

    def visible_words(self) -> set[str]:
        """Every word that can be seen or read out in any window now."""
        words: set[str] = set()
        for top in QApplication.topLevelWidgets():
            for widget in (top, *top.findChildren(QWidget)):
                if widget.isVisible():
                    words |= {widget.accessibleName(), widget.windowTitle()}
                    text = getattr(widget, "text", None)
                    words.add(str(text()) if callable(text) else str(text or ""))
        return words
