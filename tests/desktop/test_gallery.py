# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole kit on one page, as pictures to lay beside the mock-up of the components."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pact_desktop.desktop import theme
from pact_desktop.desktop.focus_ring import FocusRing
from tests.desktop.gallery import build_gallery

PICTURES = Path(__file__).parents[1] / "pictures"


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_kit_on_one_page(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    """Everything is drawn, nothing is squeezed, and the ring stands around one button."""
    theme.apply_theme(qapp, theme.Theme(name))
    page = build_gallery()
    ring = FocusRing(page)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    focused = page.findChild(QWidget, "focused")
    assert focused is not None
    focused.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    PICTURES.mkdir(exist_ok=True)
    assert page.grab().save(str(PICTURES / f"components-en-{name}.png"))
    assert ring.isVisible()
    cut = [
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible() and label.height() < label.heightForWidth(label.width())
    ]
    assert cut == []
