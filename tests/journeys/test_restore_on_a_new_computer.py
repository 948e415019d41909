# SPDX-License-Identifier: GPL-3.0-or-later
"""The old computer is gone: a stick, a sheet and two people lead back to the records."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.screens.restore.pages import Page
from pact_desktop.desktop.screens.restore.view import RestoreView
from pact_desktop.desktop.screens.set_up.view import SetUpView
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.domain.accounts import Role
from pact_desktop.services import accounts, backups
from tests.factories import SteppableClock

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def backup(open_as: "Callable[[str], Session]", tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    session = open_as("mira")
    made = backups.make_backup(session, tmp_path / "stick")
    session.store.close()
    return made.path


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SignInProcess]:
    home = tmp_path / "new computer"
    process = SignInProcess(
        Application(Places(data=home / "data", device=home / "device", language="en")),
        SteppableClock(),
    )
    process.begin()
    yield process
    settle(process)
    process.background.stop()
    process.window.close()


def settle(door: SignInProcess) -> None:
    QApplication.processEvents()
    while door.background.busy:
        QTest.qWait(5)
    QApplication.processEvents()


def at_restore(door: SignInProcess) -> RestoreView:
    """From the first page of the assistant, by its second button."""
    set_up = door.window.navigator.current
    assert isinstance(set_up, SetUpView)
    assert set_up.footer.secondary == "Restore from a backup …"
    set_up.secondary_pressed.emit()
    view = door.window.navigator.current
    assert isinstance(view, RestoreView)
    return view


def choose(door: SignInProcess, view: RestoreView, path: Path) -> None:
    view.form.choose.click()
    (dialog,) = door.window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    settle(door)
    QApplication.processEvents()


def fill_words(view: RestoreView, role: Role) -> str:
    choice = view.form.words[role]
    words = choice.chosen
    choice.typed.line.setText(words)
    return words


def each_missing_name_says_whose(view: RestoreView) -> None:
    """Field and link name the person; what was filled in is there again afterwards."""
    people = (view.form.manager, view.form.clinician)
    edits = [edit for person in people for edit in (person.name, person.sign_in)]
    assert len({edit.accessibleName() for edit in edits}) == len(edits)
    offered = [edit.text() for edit in edits]
    for edit in edits:
        edit.clear()
    view.onward.emit()
    links = [link.accessibleName() for link in view.errors.findChildren(QPushButton)]
    assert len(set(links)) == len(edits)
    for edit, words in zip(edits, offered, strict=True):
        edit.setText(words)


def test_from_a_stick_and_a_sheet_back_to_work(
    door: SignInProcess, backup: Path, recovery_code: str, tmp_path: Path
) -> None:
    """A nurse who has never seen a command line does it, with the manager beside her."""
    view = at_restore(door)
    view.onward.emit()
    assert view.errors.isVisible()
    choose(door, view, backup)
    view.form.code.setText("K7QX")
    view.onward.emit()
    settle(door)
    assert view.page is Page.FILE
    assert "does not match" in view.form.code_field.problem()

    view.form.code.setText(recovery_code.lower().replace("-", " "))
    view.onward.emit()
    settle(door)
    assert view.page is Page.FOUND
    said = [str(note.property("text")) for note in view.form.found]
    assert said[0] == "Health house Sample, made: 23 Nov 2026, 08:30"
    assert "Mira Marić" in said[2]
    assert not accounts.is_set_up(tmp_path / "new computer" / "data")
    view.onward.emit()
    assert view.page is Page.FOUND
    assert view.errors.isVisible()

    view.form.newest.setChecked(True)
    view.onward.emit()
    assert view.page is Page.PEOPLE
    assert view.form.manager.name.text() == "Mira Marić"
    each_missing_name_says_whose(view)
    view.form.clinician.name.setText("Lea Lekić")
    view.form.clinician.sign_in.setText("mira")
    view.onward.emit()
    assert view.form.clinician.sign_in_field.problem()
    view.form.clinician.sign_in.setText("lea")
    view.onward.emit()
    assert view.page is Page.MANAGER_WORDS
    fill_words(view, Role.MANAGER)
    view.onward.emit()
    assert view.page is Page.CLINICIAN_WORDS
    words = fill_words(view, Role.NURSE)
    view.onward.emit()
    settle(door)
    assert view.page is Page.DONE
    assert view.form.code.text() == ""
    assert view.form.words[Role.NURSE].offer.text() == ""

    home = tmp_path / "new computer"
    keyring = accounts.sign_in(
        home / "data", "lea", words, SteppableClock(), device_folder=home / "device"
    )
    assert keyring.account.staff_code == "D02"
    # The keys of all records were in this process, so it is not the one that signs in.
    view.onward.emit()
    assert door.restored


@pytest.mark.parametrize("how", ["back", "stopped", "left"])
def test_a_restore_that_is_given_up_leaves_nothing(
    how: str, door: SignInProcess, backup: Path, recovery_code: str, tmp_path: Path
) -> None:
    """And the assistant of the first start is as it was."""
    view = at_restore(door)
    choose(door, view, backup)
    view.form.code.setText(recovery_code)
    view.onward.emit()
    if how == "stopped":
        assert view.page is Page.WAITING
        view.backward.emit()
    settle(door)
    if how == "back":
        assert view.page is Page.FOUND
        view.backward.emit()
    elif how == "left":
        door.window.navigator.go("set_up")
    settle(door)
    assert how == "left" or view.page is Page.FILE
    data = tmp_path / "new computer" / "data"
    assert list(data.glob("records*")) == []
    if how != "left":
        view.backward.emit()
    assert isinstance(door.window.navigator.current, SetUpView)


def test_a_file_that_is_no_backup_is_one_sentence(
    door: SignInProcess, recovery_code: str, tmp_path: Path
) -> None:
    """On top of the page, with the way to choose another."""
    other = tmp_path / "letter.intake-backup"
    other.write_text("Dear colleague")
    view = at_restore(door)
    choose(door, view, other)
    view.form.code.setText(recovery_code)
    view.onward.emit()
    settle(door)
    assert view.page is Page.FILE
    assert view.errors.isVisible()
    assert view.form.code.text() == recovery_code
