# SPDX-License-Identifier: GPL-3.0-or-later
"""The page on what the program cannot do: from the menu of the user and from the door."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.limits_without_session import part_of
from pact_desktop.desktop.screens.limits.view import LimitsView
from pact_desktop.desktop.screens.sign_in.view import SignInView
from pact_desktop.desktop.session_process import SessionProcess
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.domain.accounts import Role
from pact_desktop.storage.keys import KeyRing
from tests.desktop.cut_words import cut_words
from tests.desktop.typing_keys import press
from tests.desktop.visit_support import accessible_problems, dress, put_away
from tests.factories import SteppableClock


@pytest.fixture
def door(qapp: QApplication, tmp_path: Path) -> Iterator[SignInProcess]:
    del qapp
    places = Places(data=tmp_path / "data", device=tmp_path / "device", language="en")
    process = SignInProcess(Application(places), SteppableClock())
    process.begin()
    process.window.showNormal()
    process.window.resize(1366, 696)
    process.window.navigator.go("sign_in")
    yield process
    process.background.stop()
    put_away(process.window)
    dress()


def at_limits(door: SignInProcess) -> LimitsView:
    sign_in = door.window.navigator.current
    assert isinstance(sign_in, SignInView)
    sign_in.limits.click()
    view = door.window.navigator.current
    assert isinstance(view, LimitsView)
    QApplication.processEvents()
    return view


def words(view: LimitsView) -> str:
    return " ".join(w.text() for w in view.work_area.findChildren(QLabel) if w.isVisible())


def test_it_is_read_before_anybody_signs_in_and_leads_back(door: SignInProcess) -> None:
    """It needs no record, and the way back needs no mouse."""
    view = at_limits(door)
    assert "It does not decide." in words(view)
    assert view.work_area.hasFocus()
    assert accessible_problems(view) == []
    assert cut_words(door.window) == []
    view.way_back.setFocus()
    press(view.way_back, Qt.Key.Key_Space)
    assert isinstance(door.window.navigator.current, SignInView)


def test_the_keyboard_scrolls_the_text_and_changes_the_part(door: SignInProcess) -> None:
    """A long text is no use to somebody who cannot get down in it."""
    view = at_limits(door)
    view.parts.buttons()[2].click()
    QApplication.processEvents()
    assert "What software cannot stop." in words(view)
    assert "It does not decide." not in words(view)
    bar = view.work_area.verticalScrollBar()
    assert bar.maximum() > 0
    press(view.work_area, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    view.parts.buttons()[0].click()
    assert bar.value() == 0


def test_it_speaks_the_language_of_the_screen_and_says_what_is_english(
    door: SignInProcess,
) -> None:
    """The part of the nurse is translated; the others say that they are not."""
    view = at_limits(door)
    assert view.partly.isHidden()
    door.application.speak("mk")
    QApplication.processEvents()
    assert "Не одлучува." in words(view)
    view.parts.buttons()[1].click()
    assert not view.partly.isHidden()
    assert "What a thief gets." in words(view)
    door.application.speak("en")


@pytest.mark.parametrize("scale", [150, 200])
def test_large_text_has_room(door: SignInProcess, scale: int) -> None:
    """Nothing of it is cut, and nothing scrolls sideways."""
    dress("dark", scale)
    door.window.refit()
    view = at_limits(door)
    assert cut_words(door.window) == []
    inner = view.work_area.widget()
    assert inner is not None
    assert inner.minimumSizeHint().width() <= view.work_area.viewport().width()


def test_the_menu_of_the_user_leads_there_and_back(
    qapp: QApplication, data_folder: Path, device_folder: Path, staff_keyring: KeyRing
) -> None:
    """From the screen where she was, to her own part, and back to that screen."""
    del qapp
    places = Places(data=data_folder, device=device_folder, language="en")
    process = SessionProcess(Application(places), SteppableClock())
    process.begin(staff_keyring.to_bytes())
    settle(process)
    process.window.navigator.go("patients")
    settle(process)
    entry = next(a for a in process.window.menu.actions() if a.text().startswith("What this"))
    entry.trigger()
    view = process.window.navigator.current
    assert isinstance(view, LimitsView)
    QApplication.processEvents()
    assert view.private
    assert not view.way_back.isVisible()
    assert "It does not decide." in words(view)
    view.back_pressed.emit()
    settle(process)
    current = process.window.navigator.current
    assert current is not None
    assert current.name == "patients"
    process.end()
    put_away(process.window)


def settle(process: SessionProcess) -> None:
    QApplication.processEvents()
    while process.background.busy:
        QTest.qWait(1)
    QApplication.processEvents()


def test_each_role_begins_with_its_own_part() -> None:
    """The others are one key away."""
    assert [part_of(role) for role in (Role.NURSE, Role.DOCTOR, Role.MANAGER)] == [0, 0, 1]
    assert part_of(Role.IT_ADMINISTRATOR) == 2
    assert part_of(None) == 0
