# SPDX-License-Identifier: GPL-3.0-or-later
"""When the program cannot start, whoever double-clicked it is told why, in words of the place."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from pact_desktop import settings as kept
from pact_desktop.desktop.application import SETTINGS_FILE
from pact_desktop.desktop.stopped import catalog_here, stopped_window
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.error_texts import sentence


@pytest.mark.parametrize("language", ["en", "mk"])
def test_one_sentence_and_a_way_out(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    """In the language chosen on this computer; the title says nothing."""
    kept.save(tmp_path / SETTINGS_FILE, kept.Settings(language=language))
    catalog = catalog_here(tmp_path)
    error = Fault(FaultCode.FONT_MISSING)
    window = stopped_window(error, catalog)
    qtbot.addWidget(window)
    window.show()
    label, close = window.findChild(QLabel), window.findChild(QPushButton)
    assert catalog.locale == language
    assert label.text() == sentence(catalog, error)
    assert window.windowTitle() == catalog.gettext("Intake")
    close.click()
    assert not window.isVisible()


def test_an_unknown_place_is_told_in_the_language_of_the_computer(tmp_path: Path) -> None:
    """Nothing has to be there for the sentence to be said."""
    assert catalog_here(tmp_path / "nothing").gettext("Close")
