# SPDX-License-Identifier: GPL-3.0-or-later
"""Where an entry comes from; what a source says may be read in private view only."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets import ActionButton, Card, NoteLine, PlainLabel
from pact_desktop.desktop.words import tr


@dataclass(frozen=True, slots=True)
class LeadText:
    """The origin of one entry in words."""

    origin: str = ""
    number: str = ""
    """The number as the source has it."""
    mark: str = ""
    """How sure the source is."""
    full: str = ""
    """Titles and remark; they may hold words that no open view shows."""


class LeadCard(Card):
    """Origin in short; the full source on demand.

    Signals:
        full_wanted: the user pressed the button that shows or hides the full source.
    """

    full_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._lines = [
            NoteLine(icon=icon, tone="text2") for icon in ("clipboard-text", "phone", "info")
        ]
        self.full = PlainLabel(role="small", tone="text")
        self.full.setWordWrap(True)
        self.switch = ActionButton(kind="quiet", icon_name="eye")
        self.switch.clicked.connect(self.full_wanted)
        for line in self._lines:
            self.body.addWidget(line)
        self.body.addWidget(self.full)
        self.body.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        self._text, self._is_full = LeadText(), False
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(tr("Where this comes from"))
        self.switch.setText(tr("Hide the source") if self._is_full else tr("Show the source"))
        self.switch.set_icon("eye-slash" if self._is_full else "eye")

    def show_lead(self, text: LeadText, *, full: bool) -> None:
        self._text, self._is_full = text, full
        parts = (text.origin, text.number, text.mark)
        for line, words in zip(self._lines, parts, strict=True):
            line.set_text(words)
            line.setVisible(bool(words))
        self.full.setText(text.full if full else "")
        self.full.setVisible(full and bool(text.full))
        self.switch.setVisible(bool(text.full))
        self.retranslate()
