# SPDX-License-Identifier: GPL-3.0-or-later
"""One key hides everything, from every state, and only the right person gets it back."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.notices import AnswerButton, Question
from pact_desktop.desktop.widgets import IconMark
from pact_desktop.services.public_notice import PublicNotice
from tests.desktop.cut_words import cut_words
from tests.desktop.typing_keys import press
from tests.desktop.window_support import Bench

QUESTION = Question(
    "Close the visit of the patient?",
    "The referral stays as a draft.",
    (AnswerButton("Go back"), AnswerButton("Close visit", "primary")),
)
F12, F9 = Qt.Key.Key_F12, Qt.Key.Key_F9


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def ask(bench: Bench) -> QDialog:
    bench.window.notices.ask(QUESTION, lambda _answer: None)
    return bench.window.findChildren(QDialog)[-1]


def test_the_cover_shows_the_notice_and_nothing_else(bench: Bench) -> None:
    """Time, date and opening hours; no name, no word of the work, no hint how to leave."""
    bench.private()
    bench.press(F12)
    words = bench.visible_words()
    assert bench.window.covered
    assert {"10:53", "Monday 23 November 2026", "Monday – Friday", "07:00 – 20:00"} <= words
    assert {"Health Centre Podbrdo", "Keep your health booklet ready."} <= words
    together = " ".join(words)
    for hidden in ("Đorđević", "Possible signs", "F12", "Amra", "Private view", "Continue"):
        assert hidden not in together


def test_a_facility_that_wrote_nothing_has_a_notice_too(bench: Bench) -> None:
    """On the first day the cover looks meant: advice for everybody, no name, no lonely mark."""
    fresh = PublicNotice("MK", "en", "", "", "", ())
    for notice in (None, fresh):
        bench.window.set_notice(notice)
        bench.go("open")
        bench.press(F12)
        words = bench.visible_words()
        assert {"10:53", "While you wait", "Wash your hands often."} <= words
        assert "You will be called. Please wait here." in words
        assert "Opening hours" not in words
        assert cut_words(bench.window) == []
        assert not any(mark.isVisible() for mark in bench.window.cover_page.findChildren(IconMark))
        bench.press(F12)


def test_it_works_from_a_question(bench: Bench) -> None:
    """A modal question is hidden, and comes back as it was."""
    bench.private()
    dialog = ask(bench)
    press(dialog, F12)
    assert bench.window.covered
    assert not dialog.isVisible()
    assert "Close the visit of the patient?" not in bench.visible_words()
    bench.press(F12)
    assert dialog.isVisible()


def test_a_question_that_comes_late_waits_behind_the_cover(bench: Bench) -> None:
    """What the store answers after the key must not open over the notice."""
    bench.private()
    bench.press(F12)
    dialog = ask(bench)
    assert bench.window.covered
    assert not QTest.qWaitForWindowExposed(dialog, 50)
    assert not dialog.isVisible()
    assert "Close the visit of the patient?" not in bench.visible_words()
    bench.press(F12)
    assert dialog.isVisible()
    assert QTest.qWaitForWindowExposed(dialog)


def test_a_question_that_comes_while_the_cover_is_lifted_is_seen(bench: Bench) -> None:
    """Between its arrival and the next turn of the program the key may be pressed again."""
    bench.private()
    bench.press(F12)
    dialog = ask(bench)
    bench.press(F12)
    assert not bench.window.covered
    assert QTest.qWaitForWindowExposed(dialog)
    QApplication.processEvents()
    assert dialog.isVisible()
    assert not dialog.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)


def test_it_works_from_an_open_list_and_a_menu(bench: Bench) -> None:
    """A list or menu that is open is closed first."""
    screen = bench.private()
    screen.list.showPopup()
    assert QApplication.activePopupWidget() is not None
    bench.press(F12)
    assert bench.window.covered
    assert QApplication.activePopupWidget() is None
    bench.press(F12)
    bench.window.menu.popup(bench.window.pos())
    bench.press(F12)
    assert bench.window.covered
    assert not bench.window.menu.isVisible()


def test_the_person_is_back_where_she_was(bench: Bench) -> None:
    """Within the free time the focus, the text and the cursor are as before."""
    screen = bench.private()
    screen.note.setPlainText("Каже да не може")
    screen.note.setFocus()
    cursor = screen.note.textCursor()
    cursor.setPosition(4)
    screen.note.setTextCursor(cursor)
    bench.press(F12)
    bench.seconds += 59
    bench.press(F12)
    assert not bench.window.covered
    assert screen.note.hasFocus()
    assert screen.note.textCursor().position() == 4
    assert bench.locked == []


def test_later_only_a_passphrase_opens_it(bench: Bench) -> None:
    """After a minute the same key asks for the lock and shows nothing."""
    bench.private()
    bench.press(F12)
    bench.seconds += 61
    bench.press(F12)
    assert bench.window.covered
    assert bench.locked == ["cover"]


def test_the_private_part_ends_when_covered(bench: Bench) -> None:
    """Somebody came in: the questions need privacy to be confirmed again."""
    screen = bench.private()
    told: list[bool] = []
    screen.privacy_ended.connect(lambda: told.append(True))
    bench.press(F12)
    assert told == [True]
    assert bench.privacy_ended == [True]


@pytest.mark.parametrize("name", ["private", "open"])
def test_only_a_private_view_covers_itself(bench: Bench, name: str) -> None:
    """After 45 seconds without a touch a private view is gone; today's list stays."""
    bench.go(name)
    bench.seconds += 44
    bench.window.idle.look()
    assert not bench.window.covered
    bench.seconds += 2
    bench.window.idle.look()
    assert bench.window.covered is (name == "private")


def test_a_touch_starts_the_time_again(bench: Bench) -> None:
    """Whoever types is not covered."""
    screen = bench.private()
    bench.seconds += 40
    press(screen.note, Qt.Key.Key_A, "a")
    bench.seconds += 40
    bench.window.idle.look()
    assert not bench.window.covered


def test_the_lock_comes_after_three_minutes(bench: Bench) -> None:
    """Everywhere, also on the cover, and also when the computer slept meanwhile."""
    bench.go("open")
    bench.seconds += 181
    bench.window.idle.look()
    assert bench.locked == ["idle"]


def test_a_key_after_a_long_sleep_does_not_save_the_session(bench: Bench) -> None:
    """The first touch after a night finds the time run out."""
    screen = bench.private()
    bench.seconds += 8 * 3600
    press(screen.note, Qt.Key.Key_A, "a")
    assert bench.locked == ["idle"]


def test_before_sign_in_nothing_locks(qtbot: QtBot) -> None:
    """There is nothing to lock at the door, and the cover opens at any time."""
    bench = Bench(qtbot, locks=False)
    bench.go("open")
    bench.press(F12)
    bench.seconds += 500
    bench.window.idle.look()
    bench.press(F12)
    assert bench.locked == []
    assert not bench.window.covered


def test_a_minimised_private_view_is_covered(bench: Bench) -> None:
    """Taskbar and window pictures show the notice."""
    bench.private()
    bench.window.showMinimized()
    QApplication.processEvents()
    assert bench.window.covered


def test_urgent_help_works_from_the_cover_and_goes_back_to_it(bench: Bench) -> None:
    """Closing help does not open the records to whoever stands there."""
    bench.private()
    bench.press(F12)
    bench.press(F9)
    assert bench.window.helping
    assert "Act first" in bench.visible_words()
    assert "Đorđević, Milica" not in bench.visible_words()
    press(bench.window.help_page, Qt.Key.Key_Escape)
    assert bench.window.covered


def test_urgent_help_does_not_renew_the_free_return(bench: Bench) -> None:
    """A minute after covering, no row of keys leads round the passphrase."""
    bench.private()
    bench.press(F12)
    bench.seconds += 160
    for key in (F9, F12, F12):
        bench.press(key)
    assert bench.window.covered
    assert bench.locked == ["cover"]


def test_urgent_help_from_a_question_keeps_the_question(bench: Bench) -> None:
    """Help first; the decision waits."""
    bench.private()
    dialog = ask(bench)
    press(dialog, F9)
    assert bench.window.helping
    assert not dialog.isVisible()
    press(bench.window.help_page, Qt.Key.Key_Escape)
    assert dialog.isVisible()


def test_keys_of_the_work_do_nothing_on_the_cover(bench: Bench) -> None:
    """Ctrl+Enter on the cover does not go on with the visit behind it."""
    screen = bench.private()
    pressed: list[bool] = []
    screen.primary_pressed.connect(lambda: pressed.append(True))
    bench.press(F12)
    press(bench.window.cover_page, Qt.Key.Key_Return, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert pressed == []


def test_the_picture_of_the_cover_is_calm(bench: Bench) -> None:
    """No focus ring and no colour of alarm on the notice."""
    bench.private()
    bench.press(F12)
    assert not bench.window.ring.isVisible()
    picture = bench.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert picture.width() == bench.window.width()


def test_a_held_key_does_not_flicker(bench: Bench) -> None:
    """Holding F12 covers once; repeats do not open it again."""
    screen = bench.private()
    bench.press(F12)
    repeat = QKeyEvent(QEvent.Type.KeyPress, F12, Qt.KeyboardModifier.NoModifier, autorep=True)
    QApplication.sendEvent(bench.window.cover_page, repeat)
    assert bench.window.covered
    assert screen is not None
