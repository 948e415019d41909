# SPDX-License-Identifier: GPL-3.0-or-later
"""Every state of the window from which one key has to hide everything."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from pact_desktop.desktop.main_window import MainWindow
from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.save_dialog import ask_where_to_save
from pact_desktop.desktop.widgets import Combo
from pact_desktop.desktop.widgets.large_text import LargeText
from pact_desktop.services.documents import recovery_sheet

State = Callable[[MainWindow, str], object]
"""Brings the window with a visit into a state."""


def _plain(window: MainWindow, visit: str) -> None:
    window.navigator.go("in_private", screening_id=visit)


def _question(window: MainWindow, visit: str) -> None:
    _plain(window, visit)
    answers = (AnswerButton("Go back"), AnswerButton("Close visit", "primary"))
    question = Question("Close the visit of the patient?", "The referral stays a draft.", answers)
    window.notices.ask(question, lambda _answer: None)


def _list(window: MainWindow, _visit: str) -> None:
    screen = window.navigator.go("register")
    QApplication.processEvents()
    next(combo for combo in screen.findChildren(Combo) if combo.isVisible()).showPopup()


def _menu(window: MainWindow, visit: str) -> None:
    _plain(window, visit)
    window.menu.popup(window.mapToGlobal(window.rect().center()))


def _print_page(window: MainWindow, visit: str) -> None:
    pdf = recovery_sheet("ABCD-EFGH-JKLM-NPQR", "en", made_on=date(2026, 11, 23))
    window.navigator.go("print_page", pdf=pdf, job="7KQ-42M-X", screening_id=visit)


def _file_dialog(window: MainWindow, visit: str) -> None:
    _print_page(window, visit)
    ask_where_to_save(window, "7KQ-42M-X.pdf", lambda _path: None)


def _large_text(window: MainWindow, visit: str) -> None:
    screen = window.navigator.go("in_private", screening_id=visit)
    screen.findChildren(LargeText)[0].show_words("We can talk in private.", "en", back="Back")


STATES: Final[Mapping[str, State]] = {
    "a private screen": _plain,
    "a question": _question,
    "an open list": _list,
    "a menu": _menu,
    "the print page": _print_page,
    "the file dialog": _file_dialog,
    "text for the patient in large": _large_text,
}


def press_cover(window: MainWindow) -> None:
    """The key, where the focus is."""
    modal = QApplication.activeModalWidget()
    target = QApplication.activePopupWidget() or QApplication.focusWidget() or modal or window
    QTest.keyClick(target, Qt.Key.Key_F12)


def lies_open(window: MainWindow) -> list[QWidget]:
    """What can be seen besides the window itself."""
    return [top for top in QApplication.topLevelWidgets() if top.isVisible() and top is not window]


def leave(window: MainWindow) -> None:
    """Back to the window alone."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
    for top in lies_open(window):
        top.close()
        if isinstance(top, QFileDialog):
            top.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
