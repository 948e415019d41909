# SPDX-License-Identifier: GPL-3.0-or-later
"""The line over every screen while a closed record is open in an emergency, with its time."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets.banners import announce
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.notes import IconMark
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr

_TOLD_AT = 60
"""Seconds that are left when a screen reader says so once more."""


class EmergencyBar(QFrame):
    """In words that a companion may read, and nobody's name.

    Signals:
        end_wanted: it is over before its time.
    """

    end_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", "caution")
        self._left = 0
        self.words = PlainLabel(role="strong")
        self.words.setWordWrap(True)
        self.end = ActionButton(kind="quiet")
        self.end.clicked.connect(self.end_wanted)
        row = QHBoxLayout(self)
        space_out(row, (24, 6, 16, 6), gap=10)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(IconMark("clock", tone="caution", px=20), 0, middle)
        row.addWidget(self.words, 1)
        row.addWidget(self.end)
        self.hide()
        self.retranslate()

    def show_left(self, seconds: int) -> None:
        """0 takes it away."""
        began = self._left == 0 and seconds > 0
        self._left = seconds
        self.retranslate()
        self.setVisible(seconds > 0)
        if began or seconds == _TOLD_AT:
            announce(self, self.words.text(), at_once=True)

    def retranslate(self) -> None:
        minutes, seconds = divmod(self._left, 60)
        # Translators: {time} are minutes and seconds, "14:05".
        self.words.setText(
            tr("A closed record is open. Time left: {time}").format(time=f"{minutes}:{seconds:02}")
        )
        self.end.setText(tr("End now"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
