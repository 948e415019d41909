# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers are given by digit, arrow and mouse, and taken back by Backspace."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.widgets import ChoiceRows, Segments
from tests.desktop.typing_keys import press

OPTIONS = [("yes", "Yes"), ("no", "No"), ("not-seen", "Not seen")]


class Row:
    """One row of answers in a window, with what it told."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        self.segments = Segments(OPTIONS, strong=("yes",), label="row 2: Looks away")
        self.note = QLineEdit()
        column.addWidget(self.segments)
        column.addWidget(self.note)
        self.chosen: list[object] = []
        self.moved: list[int] = []
        self.segments.chosen.connect(self.chosen.append)
        self.segments.row_move.connect(self.moved.append)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.segments.focus_here()

    def press(self, key: Qt.Key) -> None:
        press(QApplication.focusWidget() or self.window, key)


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    return Row(qtbot)


def test_a_digit_answers_and_keeps_the_row(row: Row) -> None:
    """2 is the second answer, and the focus stays where it can be corrected."""
    row.press(Qt.Key.Key_2)
    assert row.segments.value() == "no"
    assert row.chosen == ["no"]
    assert row.segments.has_focus()
    assert row.moved == []


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_0])
def test_an_answer_can_be_taken_back(row: Row, key: Qt.Key) -> None:
    """Backspace or 0 leaves the row as if it had never been answered."""
    row.press(Qt.Key.Key_1)
    row.press(key)
    assert row.segments.value() is None
    assert row.chosen == ["yes", None]


def test_nothing_is_told_when_there_was_nothing_to_clear(row: Row) -> None:
    """Backspace on an open row does not write an event."""
    row.press(Qt.Key.Key_Backspace)
    assert row.chosen == []


def test_arrows_only_move_in_an_open_row(row: Row) -> None:
    """Looking along the answers does not give one."""
    row.press(Qt.Key.Key_Right)
    assert row.segments.value() is None
    assert row.segments.buttons()[1].hasFocus()
    row.press(Qt.Key.Key_Space)
    assert row.segments.value() == "no"


def test_arrows_change_an_answered_row(row: Row) -> None:
    """In an answered row the answer goes along with the arrow, as in any radio group."""
    row.press(Qt.Key.Key_1)
    row.press(Qt.Key.Key_Right)
    assert row.segments.value() == "no"
    row.press(Qt.Key.Key_Left)
    row.press(Qt.Key.Key_Left)
    assert row.segments.value() == "yes"


def test_up_and_down_go_to_other_rows(row: Row) -> None:
    """Rows are walked with Up, Down and Enter, whatever is answered."""
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return):
        row.press(key)
    assert row.moved == [-1, 1, 1]
    assert row.segments.value() is None


def test_a_digit_in_a_note_is_only_a_digit(row: Row) -> None:
    """While a text field has the focus no digit answers anything."""
    row.note.setFocus()
    press(row.note, Qt.Key.Key_1, "1")
    assert row.note.text() == "1"
    assert row.segments.value() is None


def test_the_row_is_one_tab_stop(row: Row) -> None:
    """Tab reaches the answered segment, or the first, and nothing else of the row."""
    tab = Qt.FocusPolicy.TabFocus.value
    stops = [b for b in row.segments.buttons() if b.focusPolicy().value & tab]
    assert stops == [row.segments.buttons()[0]]
    row.press(Qt.Key.Key_3)
    stops = [b for b in row.segments.buttons() if b.focusPolicy().value & tab]
    assert stops == [row.segments.buttons()[2]]


def test_a_stored_answer_is_shown_without_being_told_again(row: Row) -> None:
    """Loading a visit must not write its answers a second time."""
    row.segments.set_value("not-seen")
    assert row.segments.value() == "not-seen"
    assert row.chosen == []


def test_a_reader_hears_answer_and_row(row: Row) -> None:
    """The name of a segment says what it answers."""
    assert row.segments.buttons()[0].accessibleName() == "Yes, row 2: Looks away"


def test_other_words_keep_the_answer(row: Row) -> None:
    """Switching to short wording changes the words and not what was answered."""
    row.press(Qt.Key.Key_1)
    row.segments.set_options([("yes", "Noted"), ("no", "Not noted"), ("not-seen", "Not seen")])
    assert row.segments.value() == "yes"
    assert row.segments.buttons()[0].text() == "Noted"


def test_a_click_answers(row: Row) -> None:
    """The whole segment is the target of the mouse."""
    QTest.mouseClick(row.segments.buttons()[1], Qt.MouseButton.LeftButton)
    assert row.chosen == ["no"]


def test_question_rows_answer_by_digit_and_arrow(qtbot: QtBot) -> None:
    """The five answers of a question work as the rows of observations do."""
    rows = ChoiceRows([("yes", "Yes"), ("no", "No"), ("not-asked", "Not asked")], label="Question")
    qtbot.addWidget(rows)
    told: list[object] = []
    rows.chosen.connect(told.append)
    with qtbot.waitExposed(rows):
        rows.show()
    rows.focus_here()
    for key in (Qt.Key.Key_3, Qt.Key.Key_Up, Qt.Key.Key_Backspace, Qt.Key.Key_9):
        press(QApplication.focusWidget() or rows, key)
    assert told == ["not-asked", "no", None]
    assert rows.value() is None


def test_level_rows_have_no_digits(qtbot: QtBot) -> None:
    """No number beside a level can be read as a score, and none chooses it."""
    rows = ChoiceRows()
    rows.set_options([("some", "Some concern"), ("strong", "Strong concern")], keys=False)
    qtbot.addWidget(rows)
    with qtbot.waitExposed(rows):
        rows.show()
    rows.focus_here()
    press(QApplication.focusWidget() or rows, Qt.Key.Key_1)
    assert rows.value() is None


def test_answers_stand_below_each_other_where_there_is_no_room(row: Row) -> None:
    """Large text on a small screen cuts no answer, and back again in a wide window."""
    segments = row.segments
    natural = segments.sizeHint()
    segments.setMaximumWidth(natural.width() // 2)
    row.window.resize(natural.width() // 2 + 40, 400)
    QApplication.processEvents()
    assert segments.sizeHint().height() == 3 * natural.height()
    tops = [button.geometry().top() for button in segments.buttons()]
    assert len(set(tops)) == 3
    segments.setMaximumWidth(2000)
    row.window.resize(900, 400)
    QApplication.processEvents()
    assert segments.sizeHint().height() == natural.height()
