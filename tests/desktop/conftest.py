# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test of the window starts in the light theme at 100 percent, in English."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop import theme
from pact_desktop.desktop.translator import speak
from pact_desktop.desktop.words import catalog
from pact_desktop.i18n.catalog import Catalog
from tests.desktop.visit_support import open_visit  # noqa: F401 the fixture of a visit


@pytest.fixture(autouse=True)
def plain_start(qapp: QApplication) -> Iterator[None]:
    """The look and the words a test begins with, whatever the one before it chose."""
    # Without an event loop Qt keeps what was to be deleted, and each theme would dress it again.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    if theme.current() != theme.Theme() or not qapp.styleSheet():
        theme.apply_theme(qapp, theme.Theme())
    if catalog().locale != "en":
        speak(qapp, Catalog.source())
    yield
    for window in qapp.topLevelWidgets():
        window.close()
