# SPDX-License-Identifier: GPL-3.0-or-later
"""What was copied here is marked as secret, and is gone after half a minute or at the lock."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.clipboard import SECRET_MARKS, ClipboardGuard
from pact_desktop.desktop.tokens import number
from pact_desktop.desktop.widgets import LineEdit, TextArea


class Table:
    """The desk of a person: the clipboard, and who put something there last."""

    def __init__(self, qapp: QApplication) -> None:
        self.clipboard: QClipboard = qapp.clipboard()
        self.clipboard.clear()
        self.ours = True
        self.guard = ClipboardGuard(self.clipboard, owns=lambda _mode: self.ours)

    def another_program_copies(self, text: str) -> None:
        self.ours = False
        self.clipboard.setText(text)


@pytest.fixture
def table(qapp: QApplication) -> Iterator[Table]:
    made = Table(qapp)
    yield made
    # Now, not when garbage is collected: it would look after the next test's clipboard too.
    shiboken6.delete(made.guard)


def test_two_guards_do_not_answer_each_other(table: Table) -> None:
    """Each finds the marks of the other and leaves it at that."""
    other = ClipboardGuard(table.clipboard, owns=lambda _mode: True)
    changes: list[object] = []
    table.clipboard.changed.connect(changes.append)
    table.clipboard.setText("7KQ-42M-X")
    table.clipboard.changed.disconnect(changes.append)
    assert len(changes) <= 3
    shiboken6.delete(other)


@pytest.mark.parametrize("make", [LineEdit, TextArea])
def test_a_copied_text_is_marked_and_taken_back(
    qtbot: QtBot, table: Table, make: type[LineEdit] | type[TextArea]
) -> None:
    """From every field: it can be pasted, no list of clipboards keeps it, and then it is gone."""
    field = make("Đorđević, Milica")
    qtbot.addWidget(field)
    field.selectAll()
    field.copy()
    data = table.clipboard.mimeData()
    assert data.text() == "Đorđević, Milica"
    assert {name: bytes(data.data(name).data()) for name in SECRET_MARKS} == SECRET_MARKS
    table.guard.forget()
    assert table.clipboard.text() == ""
    assert not table.guard.holds


def test_the_time_is_half_a_minute(qtbot: QtBot, table: Table) -> None:
    """Long enough to paste, and the clock itself takes it back."""
    assert number("time", "clipboard_s") == 30
    table.guard._timer.setInterval(1)  # noqa: SLF001 nobody waits half a minute for a test
    table.clipboard.setText("7KQ-42M-X")
    qtbot.waitUntil(lambda: table.clipboard.text() == "", timeout=1000)


def test_what_another_program_copied_stays(table: Table) -> None:
    """Also when it came after something of ours: nobody's own work is wiped."""
    table.clipboard.setText("7KQ-42M-X")
    table.another_program_copies("a recipe")
    table.guard.forget()
    assert table.clipboard.text() == "a recipe"
    assert table.clipboard.mimeData().formats() == ["text/plain"]


def test_a_manager_of_clipboards_does_not_keep_ours(table: Table) -> None:
    """It takes over what was copied, so that it belongs to it; the text tells."""
    table.clipboard.setText("7KQ-42M-X")
    table.another_program_copies("7KQ-42M-X")
    table.guard.forget()
    assert table.clipboard.text() == ""


def test_the_same_text_copied_twice_is_marked_twice(table: Table) -> None:
    """A key that is pressed twice does not take the marks away."""
    for _ in range(2):
        table.clipboard.setText("7KQ-42M-X")
    assert table.clipboard.mimeData().hasFormat("x-kde-passwordManagerHint")


def test_copying_again_starts_the_time_again(table: Table) -> None:
    """Only the last text is there, and only that is taken back."""
    table.clipboard.setText("one")
    table.clipboard.setText("two")
    assert table.clipboard.text() == "two"
    table.guard.forget()
    assert table.clipboard.text() == ""


def test_nothing_copied_is_nothing_to_forget(table: Table) -> None:
    """An empty clipboard is not an entry."""
    table.clipboard.clear()
    assert not table.guard.holds
