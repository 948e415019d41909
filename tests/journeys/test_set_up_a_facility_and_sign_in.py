# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start in the window: a facility, two people, a recovery sheet, and then the door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.screens.set_up.pages import Page
from pact_desktop.desktop.screens.set_up.view import SetUpView
from pact_desktop.desktop.screens.sign_in.view import SignInView
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.domain.accounts import Role
from pact_desktop.domain.periods import Kept, Period, Unit
from pact_desktop.services.accounts import is_set_up, open_session, sign_in
from pact_desktop.services.content import load_content
from pact_desktop.services.retention import periods
from tests.desktop.visit_support import put_away
from tests.factories import SteppableClock

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def door(tmp_path: Path) -> Iterator[SignInProcess]:
    places = Places(data=tmp_path / "data", device=tmp_path / "device", language="en")
    process = SignInProcess(Application(places), SteppableClock())
    process.begin()
    yield process
    settle(process)
    process.background.stop()
    put_away(process.window)


def settle(door: SignInProcess) -> None:
    QApplication.processEvents()
    while door.background.busy:
        QTest.qWait(5)
    QApplication.processEvents()


def set_up_view(door: SignInProcess) -> SetUpView:
    view = door.window.navigator.current
    assert isinstance(view, SetUpView)
    return view


def fill_until_recovery(door: SignInProcess) -> str:
    """Everything up to the recovery sheet; gives the nurse's passphrase."""
    view = set_up_view(door)
    form = view.form
    form.participant.set_value("MK")
    view.participant_chosen.emit("MK")
    view.onward.emit()
    settle(door)
    form.facility_name.setText("Здравствен дом Подбрдо")
    view.onward.emit()
    assert view.page is Page.KEEPING
    view.onward.emit()
    form.manager_name.setText("Arta Krasniqi")
    form.manager_sign_in.setText("arta")
    form.clinician_name.setText("Амра Хоџиќ")
    form.clinician_sign_in.setText("amra")
    view.onward.emit()
    form.manager_typed.line.setText(form.words[Role.MANAGER].chosen)
    view.onward.emit()
    words = form.words[Role.NURSE].chosen
    form.clinician_typed.line.setText(words)
    view.onward.emit()
    settle(door)
    return words


def test_a_stranger_sets_up_a_facility_and_signs_in(door: SignInProcess, tmp_path: Path) -> None:
    """From nothing to a keyring, with the recovery code typed back on the way."""
    words = fill_until_recovery(door)
    view = set_up_view(door)
    assert view.page is Page.RECOVERY
    assert not is_set_up(tmp_path / "data")

    code = view.form.recovery_code.text()
    view.form.written_down.click()
    view.form.recovery_typed.setText("not the code")
    view.onward.emit()
    settle(door)
    assert view.form.recovery_typed_field.problem()
    assert not is_set_up(tmp_path / "data")

    view.form.recovery_typed.setText(code.lower().replace("-", " "))
    view.onward.emit()
    settle(door)
    assert is_set_up(tmp_path / "data")
    assert view.form.recovery_code.text() == ""

    view.onward.emit()
    entry = door.window.navigator.current
    assert isinstance(entry, SignInView)
    entry.name_edit.setText("amra")
    entry.passphrase.line.setText("these are not the words")
    entry.sign_in.click()
    settle(door)
    assert entry.problem.isVisible()
    assert entry.passphrase.passphrase() == ""
    assert door.keyring is None

    entry.passphrase.line.setText(words)
    entry.sign_in.click()
    settle(door)
    assert door.keyring is not None
    assert door.keyring.account.role is Role.NURSE


def test_periods_may_be_decided_at_the_start_or_left_open(
    door: SignInProcess, tmp_path: Path
) -> None:
    """A number without its rule is told; what is left open stays open."""
    view = set_up_view(door)
    view.form.pages.setCurrentIndex(Page.KEEPING)
    row = view.form.periods.rows[0]
    row.unit.set_value(Unit.YEARS)
    row.unit.chosen.emit(Unit.YEARS)
    row.count.setText("10")
    view.onward.emit()
    assert view.page is Page.KEEPING
    assert row.basis_field.problem()
    row.basis.setText("Rule book 7")
    view.form.pages.setCurrentIndex(Page.PLACE)
    words = fill_until_recovery(door)
    code = view.form.recovery_code.text()
    view.form.written_down.click()
    view.form.recovery_typed.setText(code)
    view.onward.emit()
    settle(door)
    place = tmp_path / "data"
    device = tmp_path / "device"
    keyring = sign_in(place, "amra", words, SteppableClock(), device_folder=device)
    session = open_session(place, keyring, SteppableClock(), load_content())
    assert periods(session).periods == {Kept.REFERRED: Period(10, Unit.YEARS, "Rule book 7")}
    session.store.close()


def test_gaps_are_told_page_by_page(door: SignInProcess) -> None:
    """Each page says what it lacks, and going on waits for it."""
    view = set_up_view(door)
    view.onward.emit()
    assert view.page is Page.PLACE
    assert view.form.participant_field.problem()
    view.form.participant.set_value("RS")
    view.participant_chosen.emit("RS")
    view.onward.emit()
    settle(door)
    assert view.page is Page.FACILITY
    view.onward.emit()
    assert view.form.facility_name_field.problem()


def test_the_same_sign_in_name_twice_is_refused_at_its_field(door: SignInProcess) -> None:
    """Two people cannot share a door."""
    view = set_up_view(door)
    view.form.pages.setCurrentIndex(Page.PEOPLE)
    for edit in (
        view.form.manager_name,
        view.form.clinician_name,
        view.form.manager_sign_in,
        view.form.clinician_sign_in,
    ):
        edit.setText("ana")
    view.onward.emit()
    assert view.form.clinician_sign_in_field.problem()
    assert view.page is Page.PEOPLE


def test_a_short_passphrase_of_ones_own_is_refused(door: SignInProcess) -> None:
    """Own words need 15 letters; nothing is written before that."""
    view = set_up_view(door)
    view.form.pages.setCurrentIndex(Page.MANAGER_WORDS)
    page = view.form.words[Role.MANAGER]
    page.own.setChecked(True)
    page.own_edit.line.setText("short")
    page.typed.line.setText("short")
    view.onward.emit()
    assert page.own_field.problem()
    assert view.page is Page.MANAGER_WORDS


def test_urgent_help_and_cover_work_before_anybody_signed_in(door: SignInProcess) -> None:
    """A danger does not wait for a passphrase."""
    door.window.urgent_help()
    assert door.window.helping
    door.window.close_help()
    door.window.cover()
    assert door.window.covered
    door.window.uncover()
    assert not door.window.covered


def test_a_place_that_keeps_nothing_is_told_before_anything_is_typed(
    door: SignInProcess, tmp_path: Path
) -> None:
    """Not on the last page, when the sheet is in the safe."""
    (tmp_path / "data").write_text("not a folder", encoding="utf-8")
    view = set_up_view(door)
    view.form.participant.set_value("RS")
    view.participant_chosen.emit("RS")
    view.onward.emit()
    settle(door)
    assert view.page is Page.PLACE
    assert door.window.notices.banner is not None


def shown_links(view: SetUpView) -> list[str]:
    if view.errors.isHidden():
        return []
    links = view.errors.findChildren(QPushButton)
    return [link.accessibleName() for link in links if link.property("solved") != "true"]


def test_a_problem_speaks_the_new_language_and_goes_with_the_answer(door: SignInProcess) -> None:
    """The first question is the language itself: what is wrong is said in it, and no longer."""
    view = set_up_view(door)
    form = view.form
    view.onward.emit()
    english = shown_links(view)
    assert english == ["Choose where the facility is"]
    form.language.setFocus()
    form.language.set_value("mk")
    form.language.chosen.emit("mk")
    assert shown_links(view) == ["Изберете каде е установата"]
    assert form.participant_field.problem() == "Изберете каде е установата"
    assert not view.errors.hasFocus()
    form.participant.set_value("MK")
    form.participant.chosen.emit("MK")
    assert shown_links(view) == []
    assert form.participant_field.problem() == ""
    form.language.chosen.emit("en")


def test_each_missing_name_is_told_by_whose_it_is(door: SignInProcess) -> None:
    """Four links that read alike would lead nowhere."""
    view = set_up_view(door)
    view.show_page(Page.PEOPLE)
    view.onward.emit()
    links = shown_links(view)
    assert len(links) == len(set(links)) == 4
    view.form.manager_name.setText("Arta Krasniqi")
    high = view.errors.height()
    assert shown_links(view) == links[1:]
    assert view.form.manager_name_field.problem() == ""
    assert view.form.clinician_name_field.problem() == links[2]
    for edit in (view.form.manager_sign_in, view.form.clinician_name, view.form.clinician_sign_in):
        edit.setText(f"ana{edit.objectName()}")
    QApplication.processEvents()
    assert shown_links(view) == []
    assert view.errors.isVisible()
    assert view.errors.height() == high
    view.form.manager_name.setText("")
    assert shown_links(view) == links[:1]
    view.form.manager_name.setText("Arta Krasniqi")
    view.onward.emit()
    assert not view.errors.isVisible()


def test_a_card_is_no_higher_than_what_stands_in_it(door: SignInProcess) -> None:
    """Room that is left over lies under the cards, not in them."""
    view = set_up_view(door)
    view.show_page(Page.PEOPLE)
    for edit in (view.form.manager_name, view.form.manager_sign_in, view.form.clinician_name):
        edit.setText("ana")
    door.window.resize(1280, 900)
    door.window.show()
    view.onward.emit()
    QApplication.processEvents()
    field = view.form.manager_name_field
    assert field.height() <= field.sizeHint().height()


def test_only_a_page_that_is_too_high_scrolls(door: SignInProcess) -> None:
    """The highest page gives none of the others its scroll bar."""
    view = set_up_view(door)
    door.window.showNormal()
    door.window.resize(1366, 600)
    bar = view.sheet.verticalScrollBar()
    scrolls = {}
    for page in Page:
        view.show_page(page)
        for _ in range(3):
            QApplication.processEvents()
        scrolls[page] = bar.maximum() > 0
    assert not scrolls[Page.PLACE]
    assert not scrolls[Page.DONE]
    assert scrolls[Page.KEEPING]


def test_the_hyphens_are_spoken_of_where_the_offered_words_are_typed(door: SignInProcess) -> None:
    """Own words may have none."""
    page = set_up_view(door).form.words[Role.MANAGER]
    assert "hyphens" in page.typed.line.accessibleDescription()
    page.own.setChecked(True)
    assert "hyphens" not in page.typed.line.accessibleDescription()


def test_the_code_is_typed_back_from_paper_and_not_from_the_screen(
    door: SignInProcess, tmp_path: Path
) -> None:
    """Only once there is a sheet; the code and the line for it are never seen together."""
    fill_until_recovery(door)
    view = set_up_view(door)
    form = view.form
    assert not form.recovery_typed_field.isVisibleTo(view)
    view.onward.emit()
    settle(door)
    assert shown_links(view) == ["Print the sheet, save it, or write the code down by hand"]
    assert not is_set_up(tmp_path / "data")

    form.written_down.click()
    assert shown_links(view) == []
    assert form.recovery_typed_field.isVisibleTo(view)
    assert not form.recovery_code.isVisibleTo(view)
    assert view.first_focus() is form.recovery_typed
    form.recovery_typed.setText("half of it")

    form.show_code.click()
    assert form.recovery_code.isVisibleTo(view)
    assert not form.recovery_typed_field.isVisibleTo(view)
    assert form.recovery_typed.text() == ""
    assert not form.show_code.isVisibleTo(view)


def test_a_failure_is_not_told_beside_the_success(door: SignInProcess, tmp_path: Path) -> None:
    """A folder that took no file is the past once the sheet is saved elsewhere."""
    fill_until_recovery(door)
    view = set_up_view(door)
    notices = door.window.notices
    for folder, told in (("missing", True), ("", False)):
        view.form.save_sheet.click()
        dialog = door.window.findChildren(QFileDialog)[-1]
        dialog.fileSelected.emit(str(tmp_path / folder / "sheet.pdf"))
        settle(door)
        assert (notices.banner is not None) is told
        assert door.window.shell.banner_area.isVisible() is told
    assert view.form.sheet_saved.text()


@pytest.mark.parametrize("how", ["print", "save"])
def test_the_typing_opens_only_when_the_sheet_was_really_made(
    how: str, door: SignInProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A printer that is missing and a dialog that was closed have made no sheet."""
    fill_until_recovery(door)
    view = set_up_view(door)
    form = view.form
    process = "pact_desktop.desktop.sign_in_process"
    if how == "print":
        monkeypatch.setattr(f"{process}.printer_names", list)
        form.print_sheet.click()
        settle(door)
        assert not view.types_code
        monkeypatch.setattr(f"{process}.printer_names", lambda: ["any"])
        monkeypatch.setattr(f"{process}.print_job", lambda *_, **__: lambda: None)
        form.print_sheet.click()
    else:
        form.save_sheet.click()
        dialog = door.window.findChild(QFileDialog)
        assert dialog is not None
        dialog.reject()
        settle(door)
        assert not view.types_code
        form.save_sheet.click()
        dialogs = door.window.findChildren(QFileDialog)
        dialogs[-1].fileSelected.emit(str(tmp_path / "sheet.pdf"))
    settle(door)
    assert view.types_code
    assert not form.recovery_code.isVisibleTo(view)
