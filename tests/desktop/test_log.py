# SPDX-License-Identifier: GPL-3.0-or-later
"""Log: the manager reads, narrows, compares with paper, prints and saves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.screens import log
from pact_desktop.desktop.screens.log.view import LogView
from pact_desktop.domain.audit import AuditAction, AuditEvent, AuditKind
from pact_desktop.domain.patient import Patient
from pact_desktop.services import patients, screenings
from pact_desktop.services.accounts import session_anchor
from pact_desktop.services.audit import read_log
from pact_desktop.storage.audit_anchor import Head
from pact_desktop.terms.log import case_words
from tests.desktop.desk_support import rows_shown
from tests.desktop.refer_support import Desk, Elsewhere, open_desk
from tests.desktop.visit_support import accessible_problems, dress, type_text
from tests.factories import MONDAY_MORNING, SteppableClock, a_birth_date

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
Opened = tuple[Desk, LogView]


@pytest.fixture
def seen(open_as: OpenAs, clock: SteppableClock) -> Patient:
    """What the nurse did yesterday."""
    nurse = open_as("nadia")
    new = patients.NewPatient(family_name="Marković", given_name="Ana", birth_date=a_birth_date())
    patient = patients.register_patient(nurse, new)
    patients.register_patient(nurse, new)
    screenings.start_screening(nurse, patient)
    clock.step(days=1)
    return patient


@pytest.fixture
def open_log(qtbot: QtBot, open_as: OpenAs, seen: Patient) -> Iterator[Callable[..., Opened]]:
    del seen
    desks: list[Desk] = []

    def opened(*, width: int = 1366, entries: int = 0) -> Opened:
        session = open_as("mira")
        for _ in range(entries):
            with session.store.changing(AuditEvent(AuditAction.FACILITY_CHANGED)):
                pass
        desk = open_desk(session, width=width)
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.activateWindow()
        qtbot.waitActive(desk.window)
        view = desk.enter("log", log.build)
        assert isinstance(view, LogView)
        return desk, view

    dress()
    yield opened
    for desk in desks:
        desk.close()


def whats(view: LogView) -> list[str]:
    return [row[2] for row in rows_shown(view.table)]


def choose(desk: Desk, view: LogView, what: str) -> None:
    """Goes to the newest row with these words."""
    row = whats(view).index(what)
    view.table.setCurrentIndex(view.table.model().index(row, 0))
    desk.settle()


def test_newest_entry_is_on_top_and_is_the_look_itself(
    open_log: Callable[..., Opened], seen: Patient
) -> None:
    """Who, what, when, and the number of the record; no name of a patient anywhere."""
    desk, view = open_log()
    rows = rows_shown(view.table)
    assert rows[0][1:] == ("Mira Marić", "Log opened", "")
    started = next(row for row in rows if row[2] == "Visit started")
    assert started == ("23 Nov 2026, 08:30", "Nadia Nikolić", "Visit started",
                       case_words(seen.case_number))  # fmt: skip
    assert not any("Marković" in cell or "Ana" in cell for row in rows for cell in row)
    assert desk.problems == []


def test_chosen_entry_is_told_in_full(open_log: Callable[..., Opened], seen: Patient) -> None:
    """With role and code; a record without a visit is told by letters that are explained."""
    desk, view = open_log()
    choose(desk, view, "Visit started")
    assert view.entry.who.property("text") == "Nadia Nikolić · Nurse · N01"
    assert view.entry.record.property("text") == f"Record {case_words(seen.case_number)}"
    assert not view.entry.note.isVisible()
    without_visit = next(row for row in rows_shown(view.table) if row[3].startswith("("))
    view.table.setCurrentIndex(
        view.table.model().index(rows_shown(view.table).index(without_visit), 0)
    )
    desk.settle()
    assert "No visit has this record yet" in view.entry.note.text()


def test_person_and_kind_narrow_the_list(open_log: Callable[..., Opened]) -> None:
    """At once when they are chosen; Show all brings everything back."""
    desk, view = open_log()
    everything = len(rows_shown(view.table))
    assert not view.wanted.clear.isVisible()
    choose(desk, view, "Visit started")
    view.entry.only_person.click()
    desk.settle()
    assert {row[1] for row in rows_shown(view.table)} == {"Nadia Nikolić"}
    view.wanted.kind.set_value(AuditKind.SIGN_IN)
    view.wanted.kind.chosen.emit(AuditKind.SIGN_IN)
    desk.settle()
    assert whats(view) == ["Signed in"]
    view.wanted.clear.click()
    desk.settle()
    assert len(rows_shown(view.table)) > everything
    assert view.wanted.person.currentText() == "Everybody"


def test_day_is_typed_and_a_wrong_one_is_said_at_the_field(
    open_log: Callable[..., Opened],
) -> None:
    """What is shown stays until what was typed makes sense."""
    desk, view = open_log()
    before = rows_shown(view.table)
    type_text(view.wanted.day.line, "32.13.2026")
    QTest.keyClick(view.wanted.day.line, Qt.Key.Key_Return)
    desk.settle()
    assert "Enter a full date" in view.wanted.day_field.problem()
    assert rows_shown(view.table) == before
    view.wanted.day.line.clear()
    type_text(view.wanted.day.line, f"{MONDAY_MORNING:%d.%m.%Y}")
    QTest.keyClick(view.wanted.day.line, Qt.Key.Key_Return)
    desk.settle()
    assert view.wanted.day_field.problem() == ""
    assert {row[0][:11] for row in rows_shown(view.table)} == {"23 Nov 2026"}


def test_record_is_typed_or_taken_from_an_entry(
    open_log: Callable[..., Opened], seen: Patient
) -> None:
    """A record without a visit can only be taken; its letters alone find nothing."""
    desk, view = open_log()
    type_text(view.wanted.record, case_words(seen.case_number).lower())
    QTest.keyClick(view.wanted.record, Qt.Key.Key_Return)
    desk.settle()
    assert whats(view)[-2:] == ["Visit started", "Patient registered"]
    view.wanted.clear.click()
    desk.settle()
    position = next(i for i, row in enumerate(rows_shown(view.table)) if row[3].startswith("("))
    letters = rows_shown(view.table)[position][3]
    view.table.setCurrentIndex(view.table.model().index(position, 0))
    desk.settle()
    view.entry.only_record.click()
    desk.settle()
    assert view.wanted.record.text() == letters
    assert whats(view)[-1:] == ["Patient registered"]
    view.wanted.record.clear()
    type_text(view.wanted.record, letters)
    QTest.keyClick(view.wanted.record, Qt.Key.Key_Return)
    desk.settle()
    assert view.empty.isVisible()
    view.empty.action.emit()
    desk.settle()
    assert not view.empty.isVisible()


def test_record_that_is_too_long_is_said_at_its_field(open_log: Callable[..., Opened]) -> None:
    """Nothing is looked up, nothing is lost."""
    desk, view = open_log()
    view.wanted.record.setText("X" * 60)
    view.wanted.changed.emit()
    desk.settle()
    assert "too long" in view.wanted.record_field.problem()
    assert desk.problems == []


def test_long_log_comes_part_by_part(
    open_log: Callable[..., Opened], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Older entries come below; the first part stays."""
    monkeypatch.setitem(read_log.__kwdefaults__, "limit", 10)
    desk, view = open_log(entries=25)
    first = rows_shown(view.table)
    assert len(first) == 10
    assert view.older.isVisible()
    while view.older.isVisible():
        view.older.click()
        desk.settle()
    assert rows_shown(view.table)[:10] == first
    assert whats(view)[-1] == "Facility set up"


def test_number_from_paper_is_compared(open_log: Callable[..., Opened]) -> None:
    """It fits, it does not fit, or it is no number at all: three different answers."""
    desk, view = open_log()
    state = view.state
    assert "as it was written" in state.verdict.property("text")
    type_text(state.code, session_anchor(desk.session))
    state.compare.click()
    desk.settle()
    assert str(state.answer.property("text")).startswith("It fits")
    state.code.setText(Head(5, bytes(32)).anchor)
    QTest.keyClick(state.code, Qt.Key.Key_Return)
    desk.settle()
    assert "Keep the paper" in state.answer.property("text")
    state.code.clear()
    type_text(state.code, "12345")
    QTest.keyClick(state.code, Qt.Key.Key_Return)
    desk.settle()
    assert not state.answer.isVisible()
    assert "letter by letter" in state.code_field.problem()


def test_print_leads_to_the_print_page(open_log: Callable[..., Opened]) -> None:
    """With a neutral name, and a way back."""
    desk, view = open_log()
    QTest.keyClick(view, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    current = desk.work.navigator.current
    assert isinstance(current, Elsewhere)
    pdf = current.arguments["pdf"]
    assert isinstance(pdf, bytes)
    assert pdf.startswith(b"%PDF")
    assert current.arguments["back"] == ("log", {})
    assert current.arguments["job"] == "log"
    assert rows_shown(view.table) == []


def test_table_is_saved_where_the_manager_says(
    open_log: Callable[..., Opened], tmp_path: Path, qtbot: QtBot
) -> None:
    """For this user alone, and what was saved is told."""
    desk, view = open_log()
    said: list[object] = []
    desk.work.notices.said.connect(said.append)
    view.save.click()
    dialog = desk.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    assert dialog.nameFilters() == ["CSV (*.csv)"]
    path = tmp_path / "log.csv"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.settle()
    qtbot.waitUntil(path.exists)
    assert "Nadia" not in path.read_text("utf-8-sig")
    assert "N01" in path.read_text("utf-8-sig")
    assert len(said) == 1


def test_table_that_cannot_be_written_is_told(
    open_log: Callable[..., Opened], tmp_path: Path
) -> None:
    """A stick that was pulled out is no silent success."""
    desk, view = open_log()
    view.save.click()
    dialog = desk.window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "nowhere" / "log.csv"))
    dialog.reject()
    desk.settle()
    assert len(desk.problems) == 1


@pytest.mark.parametrize("width", [1366, 1024, 700])
def test_everything_has_a_name_for_a_screen_reader(
    width: int, open_log: Callable[..., Opened]
) -> None:
    """In a narrow window too, where the pane folds away and comes with F1."""
    desk, view = open_log(width=width)
    assert accessible_problems(view) == []
    assert view.about_button.isVisible() is (width < 1180)
    view.table.setFocus()
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    desk.settle()
    assert view.entry.only_person.hasFocus()
    assert view.state.compare.isVisible()
