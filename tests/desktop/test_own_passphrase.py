# SPDX-License-Identifier: GPL-3.0-or-later
"""A person changes the own passphrase from the menu under the name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.own_passphrase import OwnPassphrase
from pact_desktop.desktop.theme import running_application
from pact_desktop.desktop.translator import speak
from pact_desktop.desktop.user_menu import UserMenu
from pact_desktop.desktop.widgets.own_passphrase_dialog import OwnPassphraseDialog
from pact_desktop.desktop.wishes import Wishes
from pact_desktop.domain.errors import Refusal
from pact_desktop.i18n.catalog import Catalog
from tests.desktop.cut_words import cut_words
from tests.desktop.refer_support import Desk, open_desk, press
from tests.desktop.visit_support import accessible_problems, dress, type_text
from tests.factories import passphrase_of
from tests.screen_walk import LONGEST_OFFER
from tests.services.test_accounts import enter

if TYPE_CHECKING:
    from pact_desktop.services.session import Session

OpenAs = Callable[[str], "Session"]
Asked = Callable[[str], tuple[Desk, OwnPassphraseDialog]]


@pytest.fixture
def asked(qtbot: QtBot, open_as: OpenAs) -> Iterator[Asked]:
    """The window of somebody with the dialog open."""
    desks: list[Desk] = []
    kept: list[OwnPassphrase] = []

    def opened(name: str) -> tuple[Desk, OwnPassphraseDialog]:
        desk = open_desk(open_as(name))
        desks.append(desk)
        qtbot.addWidget(desk.window)
        desk.window.activateWindow()
        qtbot.waitActive(desk.window)
        desk.work.navigator.go("today")
        kept.append(OwnPassphrase(desk.work, desk.window))
        kept[-1].ask()
        desk.settle()
        return desk, kept[-1].dialog

    dress()
    yield opened
    for desk in desks:
        desk.close()


def go_on(desk: Desk, dialog: OwnPassphraseDialog) -> None:
    dialog.main.click()
    desk.settle()


def to_words(desk: Desk, dialog: OwnPassphraseDialog, name: str) -> str:
    """Types the present one and goes on; gives the words that are offered then."""
    type_text(dialog.present.line, passphrase_of(name))
    go_on(desk, dialog)
    return dialog.words.offer.text()


def may_enter(data: Path, device: Path, words: str) -> bool:
    try:
        enter(data, device, "nadia", words)
    except Refusal:
        return False
    return True


def test_the_offered_words_open_from_now_on(
    asked: Asked, data_folder: Path, device_folder: Path
) -> None:
    """Typed once more to learn them; afterwards no field keeps anything."""
    desk, dialog = asked("nadia")
    words = to_words(desk, dialog, "nadia")
    assert dialog.choosing
    assert dialog.words.owner.text() == "Nadia Nikolić"
    type_text(dialog.words.typed.line, words)
    go_on(desk, dialog)
    assert not dialog.isVisible()
    assert desk.problems == []
    left = (dialog.present, dialog.words.typed, dialog.words.own_edit)
    assert [edit.passphrase() for edit in left] == ["", "", ""]
    assert dialog.words.offer.text() == ""
    desk.session.store.close()
    assert may_enter(data_folder, device_folder, words)
    assert not may_enter(data_folder, device_folder, passphrase_of("nadia"))


def test_wrong_present_one_is_said_at_its_field(
    asked: Asked, data_folder: Path, device_folder: Path
) -> None:
    """Nobody chooses words first and learns afterwards that nothing was changed."""
    desk, dialog = asked("nadia")
    go_on(desk, dialog)
    assert dialog.present_field.problem() == "Enter your present passphrase"
    type_text(dialog.present.line, "wrong-wrong-wrong-wrong")
    go_on(desk, dialog)
    assert not dialog.choosing
    assert "not your present passphrase" in dialog.present_field.problem()
    assert dialog.present.passphrase() == ""
    assert dialog.present.line.hasFocus()
    for _ in range(2):
        type_text(dialog.present.line, "wrong-wrong-wrong-wrong")
        go_on(desk, dialog)
    type_text(dialog.present.line, passphrase_of("nadia"))
    go_on(desk, dialog)
    assert not dialog.choosing
    assert "Time to wait" in dialog.present_field.problem()
    desk.session.store.close()
    assert may_enter_after_waiting(data_folder, device_folder)


def may_enter_after_waiting(data: Path, device: Path) -> bool:
    """The count is taken away, as a wait does it for the next attempt."""
    (data / "records" / "throttle.json").unlink()
    return may_enter(data, device, passphrase_of("nadia"))


def test_own_words_are_held_to_the_rules(asked: Asked) -> None:
    """The sentence stands at the field, and what was typed stays."""
    desk, dialog = asked("nadia")
    to_words(desk, dialog, "nadia")
    dialog.words.own.click()
    for line in (dialog.words.own_edit.line, dialog.words.typed.line):
        type_text(line, "nadianikolicnadianikolic")
    go_on(desk, dialog)
    assert dialog.choosing
    assert "easy to guess" in dialog.words.own_field.problem()
    dialog.words.own_edit.clear()
    dialog.words.typed.clear()
    for line in (dialog.words.own_edit.line, dialog.words.typed.line):
        type_text(line, passphrase_of("nadia"))
    go_on(desk, dialog)
    assert "Choose another one" in dialog.words.own_field.problem()


def test_words_typed_wrongly_change_nothing(
    asked: Asked, data_folder: Path, device_folder: Path
) -> None:
    """Who did not note the words would be shut out tomorrow."""
    desk, dialog = asked("nadia")
    to_words(desk, dialog, "nadia")
    type_text(dialog.words.typed.line, "something-else-entirely")
    go_on(desk, dialog)
    assert dialog.words.typed_field.problem() == "This is not the same as above"
    desk.session.store.close()
    assert may_enter(data_folder, device_folder, passphrase_of("nadia"))


def test_esc_goes_back_and_then_forgets_everything(asked: Asked) -> None:
    """Nothing that was typed or offered is left in a dialog that is closed."""
    desk, dialog = asked("nadia")
    offered = to_words(desk, dialog, "nadia")
    press(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert not dialog.choosing
    assert dialog.words.offer.text() == ""
    press(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert dialog.present.passphrase() == ""
    dialog.ask()
    assert to_words(desk, dialog, "nadia") != offered


def test_the_keyboard_is_enough(asked: Asked) -> None:
    """Return goes on from the present one; every control has a name."""
    desk, dialog = asked("nadia")
    assert dialog.present.line.hasFocus()
    assert accessible_problems(dialog) == []
    type_text(dialog.present.line, passphrase_of("nadia"))
    press(dialog.present.line, Qt.Key.Key_Return)
    desk.settle()
    assert dialog.choosing
    assert dialog.words.typed.line.hasFocus()
    assert accessible_problems(dialog) == []


@pytest.mark.parametrize("language", ["en", "mk", "sq", "sr-Cyrl"])
@pytest.mark.parametrize(("theme", "scale"), [("light", 100), ("dark", 150), ("light", 200)])
def test_nothing_is_cut(language: str, theme: str, scale: int, asked: Asked) -> None:
    """With the longest words on offer, and with a problem at a field; also in a small window."""
    speak(running_application(), Catalog.load(language))
    desk, dialog = asked("nadia")
    dialog.done(0)
    dress(theme, scale)
    dialog.ask()
    desk.settle()
    seen = cut_words(dialog)
    to_words(desk, dialog, "nadia")
    dialog.words.offer.setText(LONGEST_OFFER)
    go_on(desk, dialog)
    seen += cut_words(dialog)
    dialog.words.own.click()
    go_on(desk, dialog)
    assert seen + cut_words(dialog) == []
    assert dialog.height() <= desk.window.height()
    speak(running_application(), Catalog.source())
    dress()


def test_the_menu_offers_it_once_somebody_is_signed_in(qtbot: QtBot) -> None:
    """Before that there is nobody whose passphrase it could be."""
    menu = UserMenu(Wishes())
    qtbot.addWidget(menu)
    asked_for: list[bool] = []
    menu.passphrase_requested.connect(lambda: asked_for.append(True))

    def offered() -> list[str]:
        return [action.text() for action in menu.actions()]

    assert "Change passphrase …" not in offered()
    menu.offer_passphrase()
    next(a for a in menu.actions() if a.text() == "Change passphrase …").trigger()
    assert asked_for == [True]
