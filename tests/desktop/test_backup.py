# SPDX-License-Identifier: GPL-3.0-or-later
"""Backup: the manager makes one onto a stick, tests one with the sheet, sees when it is time."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.places import places_of
from pact_desktop.desktop.screen import Screen, Work
from pact_desktop.desktop.screens import facility, today
from pact_desktop.desktop.screens.backup.presenter import BackupPresenter
from pact_desktop.desktop.screens.backup.view import BackupView
from pact_desktop.desktop.screens.today.view import TodayView
from pact_desktop.desktop.steps import Steps
from pact_desktop.desktop.sticks import Stick, sticks
from pact_desktop.desktop.theme import running_application
from pact_desktop.desktop.translator import speak
from pact_desktop.desktop.widgets import NoteLine
from pact_desktop.domain.accounts import Compartment, Role
from pact_desktop.domain.key_change import KeyChangeReason
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services import backups, key_changes, old_copies
from tests.desktop import desk_support
from tests.desktop.desk_support import rows_shown
from tests.desktop.refer_support import Desk, open_desk
from tests.desktop.visit_support import accessible_problems, dress, type_text
from tests.factories import SteppableClock

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
Opened = tuple[Desk, BackupView]


@pytest.fixture
def stick(tmp_path: Path) -> Stick:
    folder = tmp_path / "blue"
    folder.mkdir()
    return Stick("BLUE", folder, 14_200_000_000)


@pytest.fixture
def open_backup(qtbot: QtBot, open_as: OpenAs, stick: Stick) -> Iterator[Callable[[], Opened]]:
    desks: list[Desk] = []

    def build(work: Work) -> Screen:
        view = BackupView()
        view.presenter = BackupPresenter(
            view, work, lambda: [stick] if stick.folder.exists() else []
        )
        return view

    def opened() -> Opened:
        desk = open_desk(open_as("mira"))
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.activateWindow()
        qtbot.waitActive(desk.window)
        view = desk.enter("backup", build)
        assert isinstance(view, BackupView)
        return desk, view

    dress()
    yield opened
    for desk in desks:
        desk.close()


def standing(view: BackupView) -> list[str]:
    body = view.standing.body
    widgets = (body.itemAt(number).widget() for number in range(1, body.count()))
    return [str(widget.property("text")) for widget in widgets if widget is not None]


def make_one(desk: Desk, view: BackupView) -> Path:
    QTest.keyClick(desk.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    view.making.main.click()
    desk.settle()
    (found,) = sorted(stick_files(view), key=lambda path: path.stat().st_mtime)[-1:]
    return found


def stick_files(view: BackupView) -> list[Path]:
    value = view.making.places.value()
    assert isinstance(value, Path)
    return list(value.glob("*.intake-backup"))


def test_only_the_manager_has_this_place() -> None:
    """What is not for somebody is absent, not grey."""
    assert [role for role in Role if "backup" in {place.name for place in places_of(role)}] == [
        Role.MANAGER
    ]


def test_a_facility_without_a_backup_is_told_what_it_would_lose(
    open_backup: Callable[[], Opened],
) -> None:
    """Two buttons, a banner, and no empty table."""
    _, view = open_backup()
    assert view.banner.isVisible()
    assert "lost" in str(view.banner.property("text"))
    assert view.empty.isVisible()
    assert not view.table.isVisible()
    assert standing(view) == ["No backup yet", "No backup was tested yet"]
    assert accessible_problems(view) == []


def test_a_backup_goes_onto_the_stick_that_is_there(
    open_backup: Callable[[], Opened], stick: Stick
) -> None:
    """Ctrl+N and Enter: the stick is chosen already; the end says where it lies."""
    desk, view = open_backup()
    path = make_one(desk, view)
    assert path.parent == stick.folder
    assert view.making.isVisible()
    assert view.making.title.text() == "The backup is made"
    assert str(view.making.notes[0].property("text")) == path.name
    assert accessible_problems(view.making) == []
    view.making.safe.click()
    assert not view.making.isVisible()
    (row,) = rows_shown(view.table)
    assert row[:2] == ("today, 08:30", "M01")
    assert row[4] == "Not tested"
    # The test's stick and its records lie on one disk, and that is said.
    assert standing(view)[0] == "Last backup: today"
    assert "same disk" in standing(view)[2]
    assert desk.problems == []


def test_a_stick_that_was_taken_out_is_told_and_another_is_chosen(
    open_backup: Callable[[], Opened], stick: Stick
) -> None:
    """The sentence stands where the choice is; nothing has to be begun anew."""
    desk, view = open_backup()
    view.make.click()
    shutil.rmtree(stick.folder)
    view.making.main.click()
    desk.settle()
    assert view.making.isVisible()
    assert "could not be written" in str(view.making.problem.property("text"))
    stick.folder.mkdir()
    view.making.again.click()
    view.making.main.click()
    desk.settle()
    assert view.making.title.text() == "The backup is made"


def test_whoever_waits_may_stop(open_backup: Callable[[], Opened], stick: Stick) -> None:
    """Esc while it runs: it ends at the next step, and the stick is as it was."""
    desk, view = open_backup()
    view.make.click()
    view.making.main.click()
    assert view.making.is_waiting
    view.making.reject()
    desk.settle()
    assert view.making.isVisible()
    assert not view.making.is_waiting
    assert list(stick.folder.iterdir()) == []
    assert desk.problems == []


def test_leaving_stops_what_runs(open_backup: Callable[[], Opened], stick: Stick) -> None:
    """As a lock in the middle does: no dialog stays, no half file is left."""
    desk, view = open_backup()
    view.make.click()
    view.making.main.click()
    view.leave()
    desk.settle()
    assert not view.making.isVisible()
    assert list(stick.folder.iterdir()) == []


def test_another_folder_is_asked_for(open_backup: Callable[[], Opened], stick: Stick) -> None:
    """Without a stick the dialog of the program itself is offered, which the cover can hide."""
    desk, view = open_backup()
    stick.folder.rmdir()
    view.make.click()
    view.making.main.click()
    (dialog,) = view.window().findChildren(QFileDialog)
    assert dialog.testOption(QFileDialog.Option.DontUseNativeDialog)
    stick.folder.mkdir()
    dialog.fileSelected.emit(str(stick.folder))
    desk.settle()
    assert view.making.title.text() == "The backup is made"
    dialog.reject()


def chosen(desk: Desk, view: BackupView, path: Path) -> None:
    """The file that the manager picks in the dialog."""
    view.test.click()
    (dialog,) = view.window().findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    desk.settle()


def test_a_backup_is_opened_with_the_sheet(
    open_backup: Callable[[], Opened], recovery_code: str
) -> None:
    """First read, then the code is asked for; a slip can be mended, the rest is one sentence."""
    desk, view = open_backup()
    path = make_one(desk, view)
    view.making.safe.click()
    chosen(desk, view, path)
    testing = view.testing
    assert testing.isVisible()
    assert testing.title.text() == "Nothing is missing in this backup"
    assert accessible_problems(testing) == []
    type_text(testing.code, "K7QX")
    testing.main.click()
    desk.settle()
    assert "does not match" in testing.code_field.problem()
    testing.code.clear()
    type_text(testing.code, recovery_code)
    testing.main.click()
    desk.settle()
    assert testing.title.text() == "The backup opens"
    assert testing.code.text() == ""
    testing.safe.click()
    (row,) = rows_shown(view.table)
    assert row[4] == "Tested 23 Nov 2026"
    assert standing(view)[1] == "Last test: today"
    assert desk.problems == []


def test_a_damaged_backup_is_one_sentence(open_backup: Callable[[], Opened]) -> None:
    """No code is asked for what cannot be used."""
    desk, view = open_backup()
    path = make_one(desk, view)
    view.making.safe.click()
    with path.open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\x00")
        file.seek(-2, 2)
        file.write(b"\x00\x00")
    chosen(desk, view, path)
    assert view.testing.title.text() == "This backup cannot be used"
    assert "damaged" in str(view.testing.found.property("text"))


def test_a_test_is_due_every_month(
    open_backup: Callable[[], Opened],
    clock: SteppableClock,
    recovery_code: str,
    stick: Stick,
) -> None:
    """The banner asks for the more serious thing first."""
    desk, view = open_backup()
    path = make_one(desk, view)
    backups.rehearse_restore(desk.session, path, recovery_code)
    clock.step(days=8)
    view.enter({})
    desk.settle()
    assert str(view.banner.property("heading")) == "It is time for a new backup"
    clock.step(days=32)
    backups.make_backup(desk.session, stick.folder)
    view.enter({})
    desk.settle()
    assert standing(view)[0] == "Last backup: today"
    assert standing(view)[1] == "Last test: 40 days ago"
    assert "same disk" in str(view.banner.property("heading"))


def test_backups_with_keys_from_before_are_named_until_they_are_destroyed(
    open_backup: Callable[[], Opened], clock: SteppableClock, stick: Stick
) -> None:
    """First a new one is asked for: nobody destroys the only backup there is."""
    desk, view = open_backup()
    old = backups.make_backup(desk.session, stick.folder).backup
    key_changes.change_keys(desk.session, [Compartment.CASES], KeyChangeReason.ASKED)
    enter_again(desk, view)
    assert [row[4] for row in rows_shown(view.table)] == ["Old keys"]
    assert "keys from before" in str(view.banner.property("heading"))
    assert "Make a new backup first" in str(view.banner.property("text"))
    clock.step(hours=1)
    backups.make_backup(desk.session, stick.folder)
    enter_again(desk, view)
    assert [row[4] for row in rows_shown(view.table)] == ["Not tested", "Old keys"]
    assert "Destroy them" in str(view.banner.property("text"))
    old_copies.note_copy_destroyed(desk.session, old.backup_id)
    enter_again(desk, view)
    assert rows_shown(view.table)[1][4].startswith("Destroyed")
    assert "keys" not in str(view.banner.property("heading"))


def enter_again(desk: Desk, view: BackupView) -> None:
    view.enter({})
    desk.settle()


@pytest.mark.parametrize("language", ["en", "mk", "sq", "sr-Cyrl"])
@pytest.mark.parametrize(("theme", "scale"), [("light", 100), ("dark", 150), ("light", 200)])
def test_nothing_is_cut(
    language: str, theme: str, scale: int, open_backup: Callable[[], Opened], stick: Stick
) -> None:
    """In a narrow window the buttons go below the title, and below each other."""
    speak(running_application(), Catalog.load(language))
    desk, view = open_backup()
    dress(theme, scale)
    desk.settle()
    for button in (view.make, view.test):
        assert button.width() >= button.minimumSizeHint().width()
    view.making.ask([stick])
    desk.settle()
    assert view.making.main.isVisible()
    view.making.close_now()
    dress()


@pytest.mark.usefixtures("qapp")
def test_how_far_it_is_is_told_once_for_each_percent() -> None:
    """From another thread, many times a second."""
    steps, heard = Steps(), []
    steps.progressed.connect(heard.append)
    assert all(steps(number / 5_000) for number in range(5_001))
    assert heard == list(range(101))
    steps.stop()
    assert not steps(1.0)


def test_disks_that_are_built_in_are_no_sticks() -> None:
    """What the system started from is never offered."""
    assert Path("/") not in {stick.folder for stick in sticks()}


@pytest.fixture
def open_other(qtbot: QtBot, open_as: OpenAs) -> Iterator[Callable[[str], desk_support.Desk]]:
    """A desk with another screen in front."""
    desks: list[desk_support.Desk] = []

    def opened(name: str) -> desk_support.Desk:
        desks.append(desk_support.open_desk(open_as(name)))
        qtbot.addWidget(desks[-1].window)
        return desks[-1]

    dress()
    yield opened
    for desk in desks:
        desk.close()


def lines_of(card: QWidget) -> list[str]:
    return [str(note.property("text")) for note in card.findChildren(NoteLine)]


@pytest.mark.parametrize("name", ["nadia", "mira"])
def test_today_tells_everybody_how_old_the_last_backup_is(
    name: str,
    open_as: OpenAs,
    open_other: Callable[[str], desk_support.Desk],
    clock: SteppableClock,
    stick: Stick,
) -> None:
    """A nurse cannot make one; she can remind the manager."""
    backups.make_backup(open_as("mira"), stick.folder)
    clock.step(days=12)
    view = open_other(name).enter("today", today.build)
    assert isinstance(view, TodayView)
    assert "Last backup: 12 days ago" in lines_of(view.facility)


def test_the_page_of_the_facility_tells_it_too(
    open_as: OpenAs, open_other: Callable[[str], desk_support.Desk], stick: Stick
) -> None:
    """With the test, and with a file that lies beside the records."""
    backups.make_backup(open_as("mira"), stick.folder)
    said = lines_of(open_other("mira").enter("facility", facility.build))
    for words in (
        "Last backup: today",
        "No backup was tested yet",
        "The last backup lies on the same disk as the records",
    ):
        assert words in said
