# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame says where one is, folds when there is little room, and works by keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import theme
from pact_desktop.desktop.notices import AnswerButton, Question, Toast
from pact_desktop.desktop.widgets import BannerText
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.settings import Settings
from tests.desktop.window_support import BareScreen, Bench, PrivateScreen

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_title_says_only_the_product_word(bench: Bench) -> None:
    """Taskbar and Alt+Tab never show a name or a step."""
    for name in ("open", "private"):
        bench.go(name)
        assert bench.window.windowTitle() == "Intake"


def test_a_private_view_is_marked(bench: Bench) -> None:
    """The chip stands in the header exactly while the screen may not be read by others."""
    bench.go("private")
    assert "Private view" in bench.visible_words()
    bench.go("open")
    assert "Private view" not in bench.visible_words()


def test_the_rail_shows_places_or_steps(bench: Bench) -> None:
    """Outside a visit the places, inside one its steps; never both."""
    rail = bench.window.shell.rail
    bench.go("open")
    assert rail.places.isVisible()
    assert not rail.steps.isVisible()
    bench.go("private")
    assert rail.steps.isVisible()
    assert not rail.places.isVisible()


def test_the_patient_bar_belongs_to_visits(bench: Bench) -> None:
    """Name and facts stand above a visit and nowhere else."""
    bench.go("open")
    assert "Đorđević, Milica" not in bench.visible_words()
    bench.go("private")
    assert "Đorđević, Milica" in bench.visible_words()


def test_a_step_leads_to_its_screen_with_the_visit(bench: Bench) -> None:
    """The third step is reached by Alt+3 and knows which visit it is."""
    bench.private()
    QTest.keyClick(bench.window, Qt.Key.Key_3, ALT)
    current = bench.window.navigator.current
    assert current is not None
    assert current.name == "open"
    assert bench.window.navigator.arguments == {"screening_id": "S-1"}


def test_a_locked_step_stays_locked(bench: Bench) -> None:
    """Alt+4 does not lead around the private step."""
    bench.private()
    QTest.keyClick(bench.window, Qt.Key.Key_4, ALT)
    current = bench.window.navigator.current
    assert current is not None
    assert current.name == "private"


def test_the_primary_works_by_ctrl_enter_also_from_a_note(bench: Bench) -> None:
    """The hand stays on the keyboard while typing."""
    screen = bench.private()
    pressed: list[bool] = []
    screen.primary_pressed.connect(lambda: pressed.append(True))
    screen.note.setFocus()
    QTest.keyClick(screen.note, Qt.Key.Key_Return, CTRL)
    assert pressed == [True]
    assert screen.note.toPlainText() == ""


def test_a_gate_that_is_closed_stays_closed(bench: Bench) -> None:
    """Ctrl+Enter does not pass a primary that is disabled."""
    screen = bench.private()
    screen.set_primary("Continue to questions", enabled=False)
    pressed: list[bool] = []
    screen.primary_pressed.connect(lambda: pressed.append(True))
    QTest.keyClick(bench.window, Qt.Key.Key_Return, CTRL)
    assert pressed == []


def test_back_goes_to_the_screen_before(bench: Bench) -> None:
    """With the arguments it had."""
    bench.window.navigator.go("open", day="today")
    bench.go("private")
    bench.window.navigator.back()
    assert bench.window.navigator.arguments == {"day": "today"}


def test_a_banner_stays_and_the_more_serious_wins(bench: Bench) -> None:
    """A storage problem is not pushed aside by a hint."""
    bench.go("open")
    bench.window.notices.fail(Fault(FaultCode.STORAGE_FULL))
    bench.window.notices.warn(BannerText("Deputy contact person not set", tone="caution"))
    assert bench.window.shell.banner.property("tone") == "alert"
    assert "Deputy contact person not set" not in bench.visible_words()


def test_a_refusal_is_told_in_words(bench: Bench) -> None:
    """What happened and what to do, never a code."""
    bench.go("open")
    bench.window.notices.fail(Refusal(RefusalCode.NAME_MISSING))
    together = " ".join(bench.visible_words())
    assert "Enter a name." in together
    assert "name-missing" not in together


def test_an_unknown_error_shows_nothing_of_itself(bench: Bench) -> None:
    """The words of an exception may hold what somebody typed."""
    bench.go("open")
    bench.window.notices.fail(ValueError("Đorđević, Milica"))
    assert "Đorđević" not in " ".join(bench.visible_words())


def test_trying_again_does_it_again(bench: Bench) -> None:
    """The banner of a problem carries the one thing to do."""
    bench.go("open")
    tried: list[bool] = []
    fault = Fault(FaultCode.STORAGE_FAILED)
    bench.window.notices.fail(fault, again=lambda: tried.append(True))
    bench.window.shell.banner.action.emit()
    assert tried == [True]
    assert not bench.window.shell.banner.isVisible()


def test_a_toast_can_be_undone(bench: Bench) -> None:
    """What went well is said in one line with a way back."""
    bench.go("open")
    undone: list[bool] = []
    bench.window.notices.say(Toast("Visit paused", "Undo", lambda: undone.append(True)))
    toast = bench.window.shell.toast
    assert toast.isVisible()
    next(b for b in toast.findChildren(type(bench.window.shell.footer.back))).click()
    assert undone == [True]
    assert not toast.isVisible()


def test_escape_takes_the_toast_away(bench: Bench) -> None:
    """The line can be dismissed without the mouse, and nothing else happens."""
    screen = bench.go("open")
    bench.window.notices.say("Saved")
    QTest.keyClick(screen.findChildren(QLineEdit)[0], Qt.Key.Key_Escape)
    assert not bench.window.shell.toast.isVisible()


def test_a_question_returns_the_focus(bench: Bench) -> None:
    """After a dialog the focus is where it came from."""
    screen = bench.private()
    screen.note.setFocus()
    answers: list[int] = []
    question = Question("Leave?", "", (AnswerButton("Stay"), AnswerButton("Leave")))
    bench.window.notices.ask(question, answers.append)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert answers == [0]
    assert screen.note.hasFocus()


def test_the_ring_shows_where_the_keyboard_is(bench: Bench) -> None:
    """Each stop has a ring; a row of answers has one around all of it."""
    screen = bench.private()
    screen.row.focus_here()
    QApplication.processEvents()
    ring = bench.window.ring
    assert ring.isVisible()
    targets = [ring.target]
    QTest.keyClick(screen.row.buttons()[0], Qt.Key.Key_Tab)
    targets.append(ring.target)
    assert targets == [screen.row, screen.list]
    assert ring.isVisible()


def test_a_screen_without_a_control_hands_the_keyboard_to_its_way_back(bench: Bench) -> None:
    """A ring around the whole content would say nothing."""
    bench.go("open")
    bench.window.navigator.register("bare", BareScreen)
    bench.go("bare")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert bench.window.shell.footer.isAncestorOf(focused)


def test_f6_visits_the_areas(bench: Bench) -> None:
    """Content, footer, rail and header are one key apart."""
    screen = bench.private()
    screen.row.focus_here()
    shell = bench.window.shell
    seen = []
    for _ in range(4):
        QTest.keyClick(bench.window, Qt.Key.Key_F6)
        focused = QApplication.focusWidget()
        assert focused is not None
        seen.append([area.isAncestorOf(focused) for area in shell.areas()].index(True))
    assert seen == [1, 2, 3, 0]


@pytest.mark.parametrize(
    ("size", "folds"),
    [
        ((1366, 100), set()),
        ((1024, 100), {"rail"}),
        ((1366, 150), {"rail"}),
        ((1366, 200), {"rail", "patient"}),
    ],
)
def test_the_frame_folds_by_logical_width(
    bench: Bench, qapp: QApplication, size: tuple[int, int], folds: set[str]
) -> None:
    """Large text and a small window are the same thing to the frame."""
    width, scale = size
    theme.apply_theme(qapp, theme.Theme(scale=scale))
    bench.window.resize(width, 696)
    bench.private()
    bench.window.refit()
    QApplication.processEvents()
    shell = bench.window.shell
    assert (shell.rail.width() == theme.size("rail_compact")) is ("rail" in folds)
    assert shell.patient_bar.isVisible() is ("patient" not in folds)
    assert "Đorđević, Milica" in bench.visible_words()
    assert bench.window.width() == width


def test_text_size_is_one_key_away(bench: Bench) -> None:
    """Ctrl and plus makes everything larger, Ctrl and 0 as before; it is remembered."""
    bench.go("open")
    kept: list[Settings] = []
    bench.window.settings_changed.connect(kept.append)
    QTest.keyClick(bench.window, Qt.Key.Key_Plus, CTRL)
    assert theme.current().scale == 115
    QTest.keyClick(bench.window, Qt.Key.Key_0, CTRL)
    assert theme.current().scale == 100
    assert [settings.text_scale for settings in kept] == [115, 100]


def test_labels_of_the_frame_are_not_cut(bench: Bench) -> None:
    """At the smallest window nothing of the footer is squeezed."""
    bench.window.resize(1024, 600)
    screen = bench.private()
    screen.set_secondary("Sačuvaj kao nacrt")
    screen.set_saved("Saved 10:42")
    QApplication.processEvents()
    for label in bench.window.shell.footer.findChildren(QLabel):
        if label.isVisible():
            assert label.width() >= label.sizeHint().width()
    assert isinstance(screen, PrivateScreen)


def test_every_control_of_the_frame_has_a_name(bench: Bench) -> None:
    """A screen reader finds a name on whatever Tab reaches."""
    bench.private()
    for widget in bench.window.shell.header.findChildren(type(bench.window.shell.header.user)):
        assert widget.accessibleName()
    for button in bench.window.shell.rail.steps.findChildren(
        type(bench.window.shell.rail.steps._buttons[0])  # noqa: SLF001 painted, not reachable else
    ):
        assert button.accessibleName()


def test_the_footer_gives_way_in_order(qtbot: QtBot, bench: Bench, qapp: QApplication) -> None:
    """Large text keeps the words of the buttons; key cap and saved time step back, not cut."""
    theme.apply_theme(qapp, theme.Theme(scale=200))
    bench.window.resize(1024, 600)
    screen = bench.private()
    screen.set_primary("Konfirmo dhe vazhdo")
    screen.set_secondary("Pyet një koleg")
    screen.set_saved("U ruajt 10:42")
    footer = bench.window.shell.footer

    def whole() -> bool:
        buttons = (footer.primary, footer.secondary)
        return all(button.width() >= button.sizeHint().width() for button in buttons)

    qtbot.waitUntil(whole)
    assert footer.primary.property("keyCap") == ""
    assert "U ruajt 10:42" in bench.visible_words()
