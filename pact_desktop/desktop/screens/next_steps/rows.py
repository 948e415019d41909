# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of step 7: a mark, two lines of words, and what is answered or pressed at the end."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets import PlainLabel
from pact_desktop.desktop.widgets.spacing import space_out


class ActionRow(QFrame):
    """One offer or one action; below each other in a narrow window."""

    def __init__(self, mark: QWidget, answer: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "row")
        self.heading = PlainLabel(role="strong")
        self.detail = PlainLabel(role="small", tone="text2")
        for label in (self.heading, self.detail):
            label.setWordWrap(True)
        words = QVBoxLayout()
        space_out(words, gap=1)
        words.addWidget(self.heading)
        words.addWidget(self.detail)
        self._row = QHBoxLayout(self)
        space_out(self._row, (16, 10, 12, 10), 12)
        lead = QHBoxLayout()
        space_out(lead, gap=14)
        lead.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        lead.addLayout(words, 1)
        self._row.addLayout(lead, 1)
        self._row.addWidget(answer, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_words(self, heading: str, detail: str) -> None:
        self.heading.setText(heading)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))

    def set_narrow(self, *, narrow: bool) -> None:
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def card_head(heading: PlainLabel, remark: PlainLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    space_out(row, (16, 12, 16, 12), 12)
    row.addWidget(heading)
    row.addStretch(1)
    row.addWidget(remark)
    return row


def divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
