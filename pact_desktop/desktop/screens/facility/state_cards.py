# SPDX-License-Identifier: GPL-3.0-or-later
"""What the manager needs to see and cannot change here, as cards of short lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from pact_desktop.desktop.widgets import Card, NoteLine


@dataclass(frozen=True, slots=True)
class StateLine:
    """One state with its icon and tone."""

    text: str
    icon: str = "check"
    tone: str = "ok"


@dataclass(frozen=True, slots=True)
class StateCard:
    """One subject and its lines."""

    heading: str
    lines: tuple[StateLine, ...]


def show_states(column: QVBoxLayout, cards: Sequence[StateCard]) -> None:
    """Builds the cards anew; there are a handful of them."""
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
    for content in cards:
        card = Card(content.heading)
        for line in content.lines:
            note = NoteLine()
            note.set_note(line.text, line.icon, line.tone)
            card.body.addWidget(note)
        column.addWidget(card)
