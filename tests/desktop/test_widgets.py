# SPDX-License-Identifier: GPL-3.0-or-later
"""Fields, tables, summaries and the other parts of the kit do what a person expects of them."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets import (
    ActionButton,
    ChipText,
    Column,
    Combo,
    DateEdit,
    ErrorSummary,
    Field,
    LineEdit,
    PassphraseEdit,
    PatientText,
    QuestionDialog,
    RadioRow,
    Row,
    RowTable,
    SearchEdit,
    TextArea,
    TickBox,
)
from pact_desktop.domain.errors import Refusal
from tests.desktop.cut_words import cut_words
from tests.desktop.typing_keys import press, type_text

Show = Callable[..., QWidget]


@pytest.fixture
def shown(qtbot: QtBot) -> Show:
    """Puts widgets into a window and shows it; the window lives as long as the test."""
    kept: list[QWidget] = []

    def show(*widgets: QWidget) -> QWidget:
        window = QWidget()
        kept.append(window)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        return window

    return show


def test_a_field_names_its_editor(shown: Show) -> None:
    """A screen reader says the label above a field, with its problem and its hint."""
    editor = LineEdit()
    field = Field("Family name", editor, hint="As on the paper, if there is one")
    shown(field)
    assert editor.accessibleName() == "Family name"
    field.set_problem("Enter the family name")
    assert editor.accessibleDescription() == (
        "Enter the family name. As on the paper, if there is one"
    )
    assert editor.property("invalid") == "true"
    field.set_problem("")
    assert editor.property("invalid") == "false"


def test_an_optional_field_says_so(shown: Show) -> None:
    """The word "optional" stands after the label; nothing carries a star."""
    field = Field("Phone", LineEdit(), optional=True)
    shown(field)
    assert "optional" in [label.text() for label in field.findChildren(QLabel)]


@pytest.mark.parametrize(
    ("typed", "day"),
    [("14.03.2009", date(2009, 3, 14)), ("", None), (" 1.2.1990 ", date(1990, 2, 1))],
)
def test_a_date_is_read_as_it_is_written_here(qtbot: QtBot, typed: str, day: date | None) -> None:
    """Day, month and year with points; an empty field is no date and no mistake."""
    editor = DateEdit()
    qtbot.addWidget(editor)
    editor.line.setText(typed)
    assert editor.value() == day


@pytest.mark.parametrize("typed", ["31.02.2009", "yesterday", "2009", "14/03/09"])
def test_what_is_no_date_is_refused(qtbot: QtBot, typed: str) -> None:
    """The field does not guess."""
    editor = DateEdit()
    qtbot.addWidget(editor)
    editor.line.setText(typed)
    with pytest.raises(Refusal):
        editor.value()


def test_tab_leaves_a_text_area(shown: Show) -> None:
    """Nobody is caught in a note."""
    area, after = TextArea(), QLineEdit()
    shown(area, after)
    area.setFocus()
    press(area, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    assert area.toPlainText() == ""


def test_a_saved_note_does_not_move_the_cursor(qtbot: QtBot) -> None:
    """What comes back from the store while somebody types leaves the cursor alone."""
    area = TextArea()
    qtbot.addWidget(area)
    type_text(area, "Жена каже")
    cursor = area.textCursor()
    cursor.setPosition(3)
    area.setTextCursor(cursor)
    area.set_value("Жена каже")
    assert area.textCursor().position() == 3


def test_the_list_gives_values_and_ignores_the_wheel(qtbot: QtBot) -> None:
    """A drop-down list speaks in values, and only the user's own choice is told."""
    combo = Combo()
    qtbot.addWidget(combo)
    told: list[object] = []
    combo.chosen.connect(told.append)
    combo.set_options([("rom", "Romani"), ("sq", "Shqip")])
    combo.set_value("sq")
    assert combo.value() == "sq"
    assert told == []
    combo.set_options([("sq", "Albanian"), ("rom", "Romani")])
    assert combo.value() == "sq"


def test_a_search_settles_after_typing_and_escape_clears_it(qtbot: QtBot, shown: Show) -> None:
    """The store is asked once the typing pauses, not at every letter."""
    search = SearchEdit()
    shown(search)
    with qtbot.waitSignal(search.settled) as settled:
        type_text(search, "Ђорђе")
    assert settled.args == ["Ђорђе"]
    with qtbot.waitSignal(search.settled) as settled:
        press(search, Qt.Key.Key_Escape)
    assert settled.args == [""]
    assert search.text() == ""


def test_a_passphrase_is_hidden_until_it_is_shown(shown: Show) -> None:
    """The button reveals it, clearing hides it again."""
    field = PassphraseEdit()
    shown(field)
    type_text(field.line, "čaša voda")
    assert field.line.echoMode() is QLineEdit.EchoMode.Password
    field.findChildren(ActionButton)[0].click()
    assert field.line.echoMode() is QLineEdit.EchoMode.Normal
    assert field.passphrase() == "čaša voda"
    field.clear()
    assert field.passphrase() == ""
    assert field.line.echoMode() is QLineEdit.EchoMode.Password


def test_caps_lock_is_told_in_words(shown: Show) -> None:
    """A capital without Shift means Caps Lock; a small letter takes the words away again."""
    field = PassphraseEdit()
    shown(field)
    caps = next(label for label in field.findChildren(QLabel) if label.text().startswith("Caps"))
    assert not caps.isVisible()
    press(field.line, Qt.Key.Key_A, "A")
    assert caps.isVisible()
    press(field.line, Qt.Key.Key_A, "A", Qt.KeyboardModifier.ShiftModifier)
    assert not caps.isVisible()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(shown: Show) -> None:
    """Each problem stands once as a link in the words of its field."""
    summary, name, age = ErrorSummary(), LineEdit(), LineEdit()
    shown(summary, name, age)
    summary.show_problems([("Enter the family name", name), ("Enter an age from 0 to 120", age)])
    assert summary.hasFocus()
    assert summary.accessibleName() == "There is a problem with 2 answers"
    links = summary.findChildren(QPushButton)
    assert [link.text() for link in links] == [
        "Enter the family name",
        "Enter an age from 0 to 120",
    ]
    links[1].click()
    assert age.hasFocus()
    summary.clear()
    assert not summary.isVisible()


def test_the_summary_counts_answers_and_keeps_its_height(shown: Show) -> None:
    """Two things to say of one answer are one problem; what is solved is crossed out."""
    summary, name, age = ErrorSummary(), LineEdit(), LineEdit()
    window = shown(summary, name, age)
    summary.show_problems([("Enter a name", name), ("Use letters", name), ("Enter an age", age)])
    assert summary.accessibleName() == "There is a problem with 2 answers"
    layout = window.layout()
    assert layout is not None
    layout.activate()
    high, below = summary.height(), age.y()
    age.setFocus()
    summary.show_left([("Enter a name", name)])
    assert summary.accessibleName() == "There is a problem with 1 answer"
    summary.show_left([])
    layout.activate()
    assert all(link.property("solved") == "true" for link in summary.findChildren(QPushButton))
    assert (summary.height(), age.y()) == (high, below)
    assert age.hasFocus()
    summary.show_problems([])
    assert not summary.isVisible()


ROWS = [
    Row("a", ("10:31", "Đorđević, Milica", ChipText("2 of 7", "accent"))),
    Row("b", ("10:20", "Петров, Никола", ChipText("Finished", "ok", "check"))),
]


@pytest.fixture
def table(shown: Show) -> RowTable:
    made = RowTable()
    made.set_columns(
        [Column("Time", "muted", 68), Column("Patient", "strong"), Column("Step", "chip", 120)]
    )
    made.set_rows(ROWS)
    shown(made)
    return made


def test_enter_opens_a_row(table: RowTable) -> None:
    """The keyboard goes through a list and opens from it."""
    opened: list[object] = []
    table.opened.connect(opened.append)
    table.select_first()
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Return)
    assert opened == ["b"]


def test_a_renewed_list_keeps_the_row(table: RowTable) -> None:
    """New rows arriving from the store do not move the person to another patient."""
    table.select("b")
    picked: list[object] = []
    table.picked.connect(picked.append)
    table.set_rows([Row("c", ROWS[0].cells), *ROWS])
    assert table.current_key() == "b"
    assert set(picked) <= {"b"}


def test_a_number_is_never_cut(shown: Show) -> None:
    """Half a telephone number is no number; the columns that share give the room."""
    number = "+381 11 785 0000, +381 11 785 0001"
    made = RowTable()
    made.set_columns([Column("Service", "strong"), Column("Number", "text", 64, whole=True)])
    before = made.columnWidth(1)
    assert before == theme.scaled(64)
    shown(made)
    made.set_rows([Row("a", ("Shelter", number)), Row("b", ("Hospital", "112"))])
    wanted = painting.text_size(number, theme.table_font("body")).width()
    assert made.columnWidth(1) >= wanted + theme.space("l") + theme.space("xs")
    made.set_rows([Row("b", ("Hospital", "112"))])
    assert made.columnWidth(1) == before


def test_tab_leaves_a_table(qtbot: QtBot, table: RowTable) -> None:
    """A table is one tab stop."""
    after = QLineEdit()
    layout = table.window().layout()
    assert layout is not None
    layout.addWidget(after)
    qtbot.waitUntil(after.isVisible)
    table.setFocus()
    press(table, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after


def test_a_chip_cell_is_read_as_its_word(table: RowTable) -> None:
    """What is painted is also said."""
    index = table.model().index(1, 2)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Finished"


def test_the_whole_row_of_a_tick_box_is_clickable(qtbot: QtBot) -> None:
    """The words are part of the target, and a long hint makes the row higher and not wider."""
    tick = TickBox("House Jasen", hint="agreed at 11:20, by voice, interpreter 14")
    tick.resize(200, tick.heightForWidth(200))
    qtbot.addWidget(tick)
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton, pos=tick.rect().center())
    assert tick.isChecked()
    assert tick.heightForWidth(160) > tick.heightForWidth(600)


def test_level_rows_are_one_group(shown: Show) -> None:
    """Choosing one level takes the other back."""
    some, strong = RadioRow("Some concern", hint="Return visit"), RadioRow("Strong concern")
    shown(some, strong)
    QTest.mouseClick(some, Qt.MouseButton.LeftButton)
    QTest.mouseClick(strong, Qt.MouseButton.LeftButton)
    assert not some.isChecked()
    assert strong.isChecked()


def test_escape_gives_the_safe_answer(qtbot: QtBot) -> None:
    """Esc never loses anything, and the safe answer has the focus."""
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = QuestionDialog(
        "Close the visit without printing?",
        "The referral stays as a draft.",
        [("Go back", "secondary"), ("Close visit", "primary")],
        parent,
    )
    with qtbot.waitExposed(dialog):
        dialog.open()
    assert QApplication.focusWidget() is dialog.buttons[0]
    with qtbot.waitSignal(dialog.answered) as answered:
        press(dialog, Qt.Key.Key_Escape)
    assert answered.args == [0]


def test_patient_text_keeps_its_own_direction(qtbot: QtBot) -> None:
    """Arabic stays right-to-left also when a line begins with a Latin word."""
    text = PatientText()
    qtbot.addWidget(text)
    text.show_text("Amlodipin خذ", "ar")
    assert text.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert text.text().startswith("\u200f")
    text.show_text("Merr ilaçin", "sq")
    assert text.layoutDirection() is Qt.LayoutDirection.LeftToRight


def test_no_control_is_smaller_than_a_finger_needs(qtbot: QtBot) -> None:
    """Nothing clickable is under 28, nothing in the main path under 36, at 100 percent."""
    del qtbot
    least = theme.size("min_target")
    for kind in ("primary", "secondary", "quiet", "danger", "toolbar"):
        assert ActionButton("Go", kind=kind).sizeHint().height() >= least
    assert ActionButton("Go", kind="small").sizeHint().height() >= theme.size("small_control")
    assert TickBox("Go").sizeHint().height() >= theme.size("tick_row")


def test_a_folded_button_keeps_its_name(qtbot: QtBot) -> None:
    """An icon alone has an accessible name and a tooltip."""
    button = ActionButton("Urgent help", kind="toolbar", icon_name="first-aid-kit")
    qtbot.addWidget(button)
    wide = button.sizeHint().width()
    button.set_compact(compact=True)
    assert button.sizeHint().width() < wide
    assert button.accessibleName() == button.toolTip() == "Urgent help"


def test_a_choice_that_is_too_long_ends_in_an_ellipsis_and_is_said_in_full(qtbot: QtBot) -> None:
    """Nothing is cut in the middle of a letter, at any size of the text."""
    words = "Right upper arm, outer side, near the elbow"
    combo = Combo()
    qtbot.addWidget(combo)
    combo.set_options([(1, words)])
    combo.resize(180, 40)
    combo.show()
    shown = combo.shown_words()
    assert shown.endswith("…")
    assert words.startswith(shown[:-1])
    assert combo.fontMetrics().horizontalAdvance(shown) < 180 - 30
    asked = QHelpEvent(QEvent.Type.ToolTip, QPoint(5, 5), combo.mapToGlobal(QPoint(5, 5)))
    QApplication.sendEvent(combo, asked)
    assert QToolTip.text() == words
    QToolTip.hideText()
    combo.resize(900, 40)
    assert combo.shown_words() == words


def test_choices_that_are_cut_are_found(qtbot: QtBot) -> None:
    """The tests of all screens look for them."""
    window = QWidget()
    qtbot.addWidget(window)
    plain, kit = QComboBox(window), Combo(window)
    plain.addItem("Right upper arm, outer side")
    kit.set_options([(1, "Right upper arm, outer side")])
    kit.move(0, 60)
    for combo in (plain, kit):
        combo.resize(60, 40)
    window.show()
    assert len(cut_words(window)) == 2
    for combo in (plain, kit):
        combo.resize(400, 40)
    assert cut_words(window) == []
