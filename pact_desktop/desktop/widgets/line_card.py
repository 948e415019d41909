# SPDX-License-Identifier: GPL-3.0-or-later
"""A card of short lines that are shown anew each time."""

from collections.abc import Sequence

from pact_desktop.desktop.widgets.cards import Card
from pact_desktop.desktop.widgets.notes import NoteLine

Line = tuple[str, str, str]
"""Words, icon and tone."""


class LineCard(Card):
    """Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__(" ")
        self._lines: list[NoteLine] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        for note in self._lines:
            self.body.removeWidget(note)
            note.hide()
            note.deleteLater()
        self._lines = [NoteLine() for _ in lines]
        for note, (words, icon, tone) in zip(self._lines, lines, strict=True):
            note.set_note(words, icon, tone)
            self.body.addWidget(note)
        self.setVisible(bool(lines))

    def words(self) -> list[str]:
        """What is said, line by line."""
        return [str(note.property("text")) for note in self._lines]
