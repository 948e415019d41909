# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in the window while the records are opened, or cannot be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.screen import Chrome, Screen
from pact_desktop.desktop.widgets import EmptyState
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.diagnostics import note_error
from pact_desktop.domain.errors import PactError
from pact_desktop.error_texts import sentence


class OpeningScreen(Screen):
    """One line of text; after a problem the sentence and the way back to sign-in."""

    name, private = "opening", False
    chrome = Chrome.NONE
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        self.state = EmptyState()
        self.state.action.connect(self.closed)
        column.addWidget(self.state)
        self._problem: BaseException | None = None
        self.retranslate()

    @override
    def retranslate(self) -> None:
        if self._problem is None:
            self.state.set_words(tr("Opening the records …"))
            return
        words = (
            sentence(catalog(), self._problem)
            if isinstance(self._problem, PactError)
            else tr("Something went wrong. What was saved is kept.")
        )
        self.state.set_words(
            tr("The records could not be opened. Nothing was changed."),
            words,
            tr("Back to sign-in"),
        )

    def show_nothing_here(self) -> None:
        """The administrator of computers reads no records; there is no other page yet."""
        self.state.set_words(
            tr("Your role has no pages here"), tr("Ask the manager."), tr("Back to sign-in")
        )

    def show_problem(self, error: BaseException) -> None:
        note_error(error)
        self._problem = error
        self.retranslate()
