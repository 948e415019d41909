# SPDX-License-Identifier: GPL-3.0-or-later
"""Every test of the window starts in the light theme at 100 percent, in English."""

import pytest
from PySide6.QtWidgets import QApplication

from pact_desktop.desktop import theme
from pact_desktop.desktop.translator import speak
from pact_desktop.i18n.catalog import Catalog
from tests.desktop.refer_support import desk_of  # noqa: F401 the fixture of a window
from tests.desktop.visit_support import open_visit  # noqa: F401 the fixture of a visit


@pytest.fixture(autouse=True)
def plain_start(qapp: QApplication) -> None:
    """The look and the words a test begins with, whatever the one before it chose."""
    if theme.current() != theme.Theme() or not qapp.styleSheet():
        theme.apply_theme(qapp, theme.Theme())
    speak(qapp, Catalog.source())
