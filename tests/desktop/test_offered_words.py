# SPDX-License-Identifier: GPL-3.0-or-later
"""All of the offered words can be read, at every size of the text, on large and small windows."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop.application import Application, Places
from pact_desktop.desktop.screens.set_up.pages import Page
from pact_desktop.desktop.screens.set_up.view import SetUpView
from pact_desktop.desktop.sign_in_process import SignInProcess
from pact_desktop.desktop.theme import Theme, apply_theme
from pact_desktop.desktop.widgets.passphrase_choice import PassphrasePanel
from pact_desktop.domain.accounts import Role
from tests.desktop.cut_words import cut_words
from tests.desktop.visit_support import put_away
from tests.factories import SteppableClock

LONG = {
    "sr-Cyrl": "електрика-новогодњи-домаћинство-шљивовица-чаробњак",
    "sr-Latn": "električni-novogodišnji-domaćinstvo-šljivovica-čarobnjak",
    "sq": "shkëlqyer-gjithmonë-perëndim-mbrëmje-shqyrtues",
}
PAGES = {Role.MANAGER: Page.MANAGER_WORDS, Role.NURSE: Page.CLINICIAN_WORDS}


SIZES = ((1366, 768), (1024, 600))


@pytest.fixture(params=[(locale, scale) for locale in LONG for scale in (100, 150, 200)], ids=str)
def door(request: pytest.FixtureRequest, qapp: QApplication, tmp_path: Path) -> Iterator[QWidget]:
    locale, scale = request.param
    places = Places(data=tmp_path / "data", device=tmp_path / "device", language=locale)
    application = Application(places)
    apply_theme(qapp, Theme("light", scale))
    process = SignInProcess(application, SteppableClock())
    process.begin()
    process.window.showNormal()
    yield process.window
    process.background.stop()
    put_away(process.window)
    apply_theme(qapp, Theme())


def _whole(qtbot: QtBot, widget: QWidget) -> None:
    """The layout needs some passes; what follows from one is asked for in the next."""
    found: list[str] = []

    def looked() -> bool:
        found[:] = cut_words(widget)
        return not found

    try:
        qtbot.waitUntil(looked)
    except AssertionError:
        pytest.fail("\n".join(found))


def test_nothing_of_an_offer_is_cut_at_first_start(door: QWidget, qtbot: QtBot) -> None:
    """On the pages of both people, no word has less room than it needs, and no line too much."""
    view = door.findChild(SetUpView)
    assert view is not None
    for size in SIZES:
        door.resize(*size)
        for role, page in PAGES.items():
            for words in (*LONG.values(), "kafe-mal-det-zog"):
                view.show_words(role, "Arta Krasniqi", words)
                view.show_page(page)
                _whole(qtbot, door)
                offer = view.form.words[role].offer
                lines = offer.height() / offer.fontMetrics().height()
                shortest = offer.fontMetrics().horizontalAdvance(words) / offer.width()
                assert shortest <= lines < shortest + 2


def test_an_offer_that_no_form_has_drawn_is_whole(qtbot: QtBot) -> None:
    """The same for somebody who gets an account later, in a dialog as narrow as it goes."""
    host = QWidget()
    panel = PassphrasePanel()
    QVBoxLayout(host).addWidget(panel)
    panel.choice.offer.setText(LONG["sr-Cyrl"])
    host.show()
    for width in (900, 420, 640):
        host.resize(width, 700)
        _whole(qtbot, host)
    put_away(host)
