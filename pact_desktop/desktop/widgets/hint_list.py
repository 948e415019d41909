# SPDX-License-Identifier: GPL-3.0-or-later
"""A card of short hints, each with a small icon."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets.cards import Card
from pact_desktop.desktop.widgets.notes import NoteLine


class HintList(Card):
    """Help beside the work; built again only when its words change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._lines: list[NoteLine] = []

    def show_hints(self, title: str, hints: Sequence[tuple[str, str]]) -> None:
        """Pairs of icon name and words."""
        body = self.body
        self.set_heading(title)
        if tuple(hints) != self._shown:
            self._shown = tuple(hints)
            for line in self._lines:
                body.removeWidget(line)
                line.hide()
                line.deleteLater()
            self._lines = []
            for icon, words in hints:
                line = NoteLine(words, icon=icon)
                self._lines.append(line)
                body.addWidget(line)
        self.setVisible(bool(hints))
