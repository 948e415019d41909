# SPDX-License-Identifier: GPL-3.0-or-later
"""A still line for work that takes longer than a moment: words first, the bar second."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.progress import ProgressLine
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr

_ALL = 100


class WaitingLine(QWidget):
    """What is done now, and how much of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.line = ProgressLine()
        self.line.set_inline(inline=True)
        column = QVBoxLayout(self)
        space_out(column)
        column.addWidget(self.line)
        column.addStretch(1)

    def begin(self, words: str) -> None:
        self._words = words
        self.line.set_progress(0, _ALL, words)

    def show_percent(self, percent: int) -> None:
        # Translators: what is being done and how much of it, for example "Copying …, 40 %".
        words = tr("{what} {percent} %").format(what=self._words, percent=percent)
        self.line.set_progress(percent, _ALL, words)
