# SPDX-License-Identifier: GPL-3.0-or-later
"""The red line over every screen when the log is not as it was written; nothing takes it away."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets.banners import announce
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.notes import IconMark
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr


class LogAlarm(QFrame):
    """Told to everybody at every sign-in, in words that a companion may read.

    Signals:
        log_wanted: the manager wants to see what was found.
    """

    log_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "banner")
        self.setProperty("tone", "alert")
        self._leads_to_log = False
        self.words = PlainLabel(role="strong")
        self.words.setWordWrap(True)
        self.open = ActionButton(kind="quiet")
        self.open.clicked.connect(self.log_wanted)
        row = QHBoxLayout(self)
        space_out(row, (24, 6, 16, 6), gap=10)
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(IconMark("warning-circle", tone="alert", px=20), 0, middle)
        row.addWidget(self.words, 1)
        row.addWidget(self.open)
        self.hide()
        self.retranslate()

    def sound(self, *, leads_to_log: bool) -> None:
        """From now on it is there; only the manager is led to the log."""
        self._leads_to_log = leads_to_log
        self.retranslate()
        self.show()
        announce(self, self.words.text(), at_once=True)

    def retranslate(self) -> None:
        self.words.setText(
            tr("The log of this program was changed from outside. See under Log what was found.")
            if self._leads_to_log
            else tr(
                "The log of this program was changed from outside. "
                "Work goes on, and what you enter is kept. Tell the manager today."
            )
        )
        self.open.setText(tr("Open the log"))
        self.open.setVisible(self._leads_to_log)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
