# SPDX-License-Identifier: GPL-3.0-or-later
"""Lets Qt ask our catalogue for the strings of forms and for its own."""

from PySide6.QtCore import QObject, Qt, QTranslator
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from pact_desktop.desktop.words import set_catalog
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.qt_texts import QT


class GettextTranslator(QTranslator):
    """Answers from a catalogue; what it lacks stays as it stands in the form."""

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog

    @override
    def isEmpty(self) -> bool:
        """Never: Qt would skip an empty translator and tell no window of the new language."""
        return False

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        # None and not "" where there is no translation: an empty text blanks the widget.
        del n
        return next(  # type: ignore[return-value]  # Qt takes None, its stub does not say so
            (
                found
                for place in (context, disambiguation, QT, None)
                if (found := self._catalog.lookup(sourceText, place or None))
            ),
            None,
        )


_installed: list[GettextTranslator] = []


def speak(app: QApplication, catalog: Catalog) -> None:
    """Switches every open and future window to this language, with its direction."""
    set_catalog(catalog)
    for old in _installed:
        app.removeTranslator(old)
    # Qt does not own a translator; it has to be kept here.
    _installed[:] = [GettextTranslator(catalog)]
    rtl = catalog.direction == "rtl"
    app.setLayoutDirection(
        Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    )
    app.installTranslator(_installed[0])
