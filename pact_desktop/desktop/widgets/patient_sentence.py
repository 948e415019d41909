# SPDX-License-Identifier: GPL-3.0-or-later
"""One sentence in the patient's language, to read aloud or to show large."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.patient_text import PatientText
from pact_desktop.desktop.widgets.spacing import space_out


class PatientSentence(QFrame):
    """A card with the sentence in its own direction, or a line that there is none yet.

    Signals:
        large_wanted: show it over the whole screen.
    """

    large_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        layout = QVBoxLayout(self)
        space_out(layout, (16, 14, 16, 14), 8)
        self.heading = PlainLabel(role="overline", tone="text3")
        self.heading.setWordWrap(True)
        self.sentence = PatientText()
        self.missing = PlainLabel(role="small", tone="text2")
        self.missing.setWordWrap(True)
        self.large = ActionButton(kind="small", icon_name="magnifying-glass")
        self.large.clicked.connect(self.large_wanted)
        for widget in (self.heading, self.sentence, self.missing):
            layout.addWidget(widget)
        layout.addWidget(self.large, 0, Qt.AlignmentFlag.AlignLeft)

    def show_sentence(self, heading: str, text: str, locale: str, *, missing: str) -> None:
        """`missing` stands there when the language has no text yet."""
        self.heading.setText(heading)
        self.sentence.show_text(text, locale)
        self.sentence.setVisible(bool(text))
        self.missing.setText(missing)
        self.missing.setVisible(not text)
        self.large.setVisible(bool(text))
