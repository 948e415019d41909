# SPDX-License-Identifier: GPL-3.0-or-later
"""Staff: the manager adds people and ends accounts, and never learns a passphrase."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screens import staff
from pact_desktop.desktop.screens.staff.view import StaffView
from pact_desktop.desktop.widgets import QuestionDialog
from pact_desktop.domain.accounts import Compartment, Role
from pact_desktop.domain.errors import Refusal
from pact_desktop.services import accounts, backups, key_changes, old_copies
from tests.desktop.refer_support import Desk, open_desk, press
from tests.desktop.visit_support import accessible_problems, dress, type_text
from tests.services.test_accounts import enter

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
Opened = tuple[Desk, StaffView]


@pytest.fixture
def open_staff(qtbot: QtBot, open_as: OpenAs) -> Iterator[Callable[[], Opened]]:
    desks: list[Desk] = []

    def opened() -> Opened:
        desk = open_desk(open_as("mira"))
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.activateWindow()
        qtbot.waitActive(desk.window)
        view = desk.enter("staff", staff.build)
        assert isinstance(view, StaffView)
        return desk, view

    dress()
    yield opened
    for desk in desks:
        desk.close()


def shown(view: StaffView) -> dict[str, tuple[str, ...]]:
    """Code -> what else the row says."""
    model = view.table.model()
    rows = [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return {row[1]: (row[0], *row[2:]) for row in rows}


def choose(desk: Desk, view: StaffView, code: str) -> None:
    known = {a.staff_code: a.account_id for a in accounts.list_accounts(desk.session)}
    view.table.select(known[code])
    desk.settle()


def fill_person(desk: Desk, view: StaffView, role: Role = Role.NURSE) -> None:
    """What the manager types, up to the moment when the person sits down."""
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    type_text(view.adding.display_name, "Nina Nova")
    type_text(view.adding.sign_in_name, "nina")
    view.adding.role.set_value(role)
    view.adding.main.click()
    desk.settle()


def answer(desk: Desk, number: int) -> None:
    """Presses a button of the question that is open."""
    asked = [w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog)]
    open_now = next(dialog for dialog in asked if dialog.isVisible())
    open_now.buttons[number].click()
    desk.settle()


def test_the_list_says_who_works_here(open_staff: Callable[[], Opened], open_as: OpenAs) -> None:
    """Role, code and state of everybody, also of who never came."""
    open_as("nadia")
    _, view = open_staff()
    assert shown(view) == {
        "D01": ("Dren Dervishi", "Doctor", "never", "Not yet signed in"),
        "T01": ("Ivo Ilić", "IT administrator", "never", "Not yet signed in"),
        "M01": ("Mira Marić", "Manager", "today, 08:30", "Active"),
        "N01": ("Nadia Nikolić", "Nurse", "today, 08:30", "Active"),
    }


def test_a_new_nurse_signs_in_with_the_words_she_was_shown(
    open_staff: Callable[[], Opened], data_folder: Path, device_folder: Path
) -> None:
    """They are shown once; until a colleague confirms her she opens no names."""
    desk, view = open_staff()
    fill_person(desk, view)
    words = view.adding.words.offer.text()
    type_text(view.adding.words.typed.line, words)
    view.adding.main.click()
    desk.settle()
    assert not view.adding.isVisible()
    assert view.adding.words.offer.text() == ""
    assert view.adding.words.typed.passphrase() == ""
    assert shown(view)["N02"] == ("Nina Nova", "Nurse", "never", "To be confirmed")
    assert "colleague" in view.note.property("text")
    desk.session.store.close()
    assert not enter(data_folder, device_folder, "nina", words).holds(Compartment.IDENTITY)


def test_own_words_that_are_easy_to_guess_are_refused_in_place(
    open_staff: Callable[[], Opened],
) -> None:
    """The sentence stands at the field, and nothing that was typed is lost."""
    desk, view = open_staff()
    fill_person(desk, view)
    view.adding.words.own.click()
    for line in (view.adding.words.own_edit.line, view.adding.words.typed.line):
        type_text(line, "ninaninanovanova")
    view.adding.main.click()
    desk.settle()
    assert view.adding.isVisible()
    assert "easy to guess" in view.adding.words.own_field.problem()
    assert view.adding.words.own_edit.passphrase() == "ninaninanovanova"
    assert len(shown(view)) == 4


def test_words_typed_wrongly_make_no_account(open_staff: Callable[[], Opened]) -> None:
    """Somebody who did not note the words would be locked out tomorrow."""
    desk, view = open_staff()
    fill_person(desk, view)
    type_text(view.adding.words.typed.line, "something-else-entirely")
    view.adding.main.click()
    desk.settle()
    assert view.adding.words.typed_field.problem()
    assert len(shown(view)) == 4


def test_gaps_and_taken_names_are_said_at_their_fields(open_staff: Callable[[], Opened]) -> None:
    """The manager sees all of them at once, and the focus is at the first."""
    desk, view = open_staff()
    view.add.click()
    type_text(view.adding.sign_in_name, "NADIA")
    view.adding.main.click()
    desk.settle()
    assert view.adding.display_name_field.problem() == "Enter a name"
    assert "in use" in view.adding.sign_in_name_field.problem()
    assert view.adding.role_field.problem() == "Choose a role"
    assert view.adding.display_name.hasFocus()
    assert not view.adding.choosing_words


def test_esc_goes_back_a_page_and_then_forgets_everything(
    open_staff: Callable[[], Opened],
) -> None:
    """The name stays for a second try; a closed dialog keeps no passphrase."""
    desk, view = open_staff()
    fill_person(desk, view)
    offered = view.adding.words.offer.text()
    press(view.adding, Qt.Key.Key_Escape)
    assert view.adding.isVisible()
    assert view.adding.display_name.value() == "Nina Nova"
    press(view.adding, Qt.Key.Key_Escape)
    assert not view.adding.isVisible()
    assert view.adding.words.offer.text() == ""
    fill_person(desk, view)
    assert view.adding.words.offer.text() not in {"", offered}


def test_ending_an_account_is_asked_first(
    open_staff: Callable[[], Opened], data_folder: Path, device_folder: Path
) -> None:
    """Going back changes nothing; after the answer the doctor is ended and stays in the list."""
    desk, view = open_staff()
    choose(desk, view, "D01")
    view.end.click()
    desk.settle()
    answer(desk, 0)
    assert shown(view)["D01"][-1] == "Not yet signed in"
    view.end.click()
    desk.settle()
    answer(desk, 1)
    assert shown(view)["D01"][-1] == "Ended"
    assert not view.end.isVisible()
    desk.session.store.close()
    with pytest.raises(Refusal):
        enter(data_folder, device_folder, "dren")


def test_the_question_says_how_long_it_takes_and_what_keeps_the_old_keys(
    open_staff: Callable[[], Opened], tmp_path: Path
) -> None:
    """Nobody is surprised by a pause, and sticks with the keys of before are not forgotten."""
    desk, view = open_staff()
    choose(desk, view, "D01")
    view.end.click()
    desk.settle()
    assert "about 2 s" in question()
    assert "Backups" not in question()
    answer(desk, 0)
    backups.make_backup(desk.session, tmp_path)
    view.end.click()
    desk.settle()
    assert "Backups made before keep the old keys" in question()
    answer(desk, 1)
    (old,) = key_changes.old_backups(desk.session)
    old_copies.note_copy_destroyed(desk.session, old.backup_id)
    assert key_changes.old_backups(desk.session) == []


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_the_whole_question_can_be_read(
    scale: int, open_staff: Callable[[], Opened], tmp_path: Path
) -> None:
    """At every size of the text: what is cut cannot be weighed."""
    desk, view = open_staff()
    dress(scale=scale)
    backups.make_backup(desk.session, tmp_path)
    choose(desk, view, "D01")
    view.end_wanted.emit(view.table.current_key())
    desk.settle()
    asked = [w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog)]
    dialog = next(one for one in asked if one.isVisible())
    for label in dialog.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width())
    answer(desk, 0)


def question() -> str:
    """All that the open question says."""
    asked = [w for w in QApplication.topLevelWidgets() if isinstance(w, QuestionDialog)]
    open_now = next(dialog for dialog in asked if dialog.isVisible())
    return " ".join(label.text() for label in open_now.findChildren(QLabel))


def test_nobody_can_end_their_own_account(open_staff: Callable[[], Opened]) -> None:
    """A facility always keeps a manager."""
    desk, view = open_staff()
    choose(desk, view, "M01")
    assert not view.end.isVisible()
    assert "your own account" in view.note.property("text")


def test_the_last_who_opens_names_is_kept_with_a_reason(
    open_staff: Callable[[], Opened],
) -> None:
    """The refusal is said in words, and the account still works."""
    desk, view = open_staff()
    for code in ("D01", "N01"):
        choose(desk, view, code)
        view.end.click()
        desk.settle()
        answer(desk, 1)
    assert [type(problem) for problem in desk.problems] == [Refusal]
    assert shown(view)["N01"][-1] != "Ended"


def test_the_keyboard_reaches_everything(open_staff: Callable[[], Opened]) -> None:
    """Enter on a row leads to what can be done about it; each control has a name of its own."""
    desk, view = open_staff()
    choose(desk, view, "D01")
    view.table.setFocus()
    press(view.table, Qt.Key.Key_Return)
    assert view.end.hasFocus()
    assert accessible_problems(view) == []


def test_in_a_narrow_window_the_details_open_with_f1(open_staff: Callable[[], Opened]) -> None:
    """All columns of the list can be read, the details are a key away."""
    desk, view = open_staff()
    desk.window.resize(1024, 600)
    desk.settle()
    assert not view.side.isVisible()
    assert view.about_button.isVisible()
    assert not view.table.horizontalScrollBar().isVisible()
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_F1)
    assert view.side.isVisible()
