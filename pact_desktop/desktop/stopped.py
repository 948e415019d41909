# SPDX-License-Identifier: GPL-3.0-or-later
"""The last thing the program can say when it cannot start: one sentence in a plain window."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from pact_desktop import settings as kept
from pact_desktop.desktop.application import SETTINGS_FILE, catalog_for, qt_application
from pact_desktop.desktop.widgets import PlainLabel
from pact_desktop.domain.errors import PactError
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.services.public_notice import public_notice

_WIDTH, _EDGE = 520, 24


def catalog_here(data: Path) -> Catalog:
    """The words of this computer, or of the facility."""
    return catalog_for(kept.load(data / SETTINGS_FILE), public_notice(data))


def stopped_window(error: PactError, catalog: Catalog) -> QWidget:
    """In the letters of the system: what failed may be the program's own."""
    window = QWidget()
    # Translators: title of every window; it says nothing about the work.
    window.setWindowTitle(catalog.gettext("Intake"))
    window.setMinimumWidth(_WIDTH)
    column = QVBoxLayout(window)
    column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
    words = PlainLabel(sentence(catalog, error))
    words.setWordWrap(True)
    close = QPushButton(catalog.gettext("Close"))
    close.clicked.connect(window.close)
    column.addWidget(words)
    column.addWidget(close)
    return window


def tell(error: PactError, data: Path) -> None:
    """Shows the sentence until somebody closes it."""
    application = qt_application()
    window = stopped_window(error, catalog_here(data))
    window.show()
    application.exec()
