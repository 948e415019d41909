# SPDX-License-Identifier: GPL-3.0-or-later
"""Words to read aloud: the staff's language on one side, the patient's on the other."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.cards import ScrollPage
from pact_desktop.desktop.widgets.editors import Combo
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.words import tr

RIGHT_TO_LEFT = frozenset({"ar", "fa", "prs", "ps", "ur", "ckb", "he"})
_RLM = "\u200f"


def is_right_to_left(locale: str) -> bool:
    return locale.partition("-")[0] in RIGHT_TO_LEFT


class PatientText(PlainLabel):
    """Text in the patient's language with its own direction, whatever the screen has."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "patient") -> None:
        super().__init__("", parent, role=role)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)

    def show_text(self, text: str, locale: str) -> None:
        """A mark at the start keeps a paragraph right-to-left that begins with a Latin word."""
        rtl = is_right_to_left(locale)
        direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(direction)
        lines = text.split("\n")
        self.setText("\n".join(_RLM + line for line in lines) if rtl else text)


class LargeText(QDialog):
    """Only the patient's sentence, large, and a way back."""

    def __init__(self, text: str, locale: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Intake"))
        self.setModal(True)
        frame = QFrame()
        frame.setProperty("kind", "plain_dialog")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        words = PatientText(role="patient_large")
        words.show_text(text, locale)
        page = ScrollPage()
        page.setWidget(words)
        back = ActionButton(tr("Back"), kind="secondary", icon_name="arrow-left", key_cap="Esc")
        back.clicked.connect(self.reject)
        column = QVBoxLayout(frame)
        edge = theme.space("xxl")
        column.setContentsMargins(edge, edge, edge, edge)
        column.addWidget(page, 1)
        column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeading)


class ReadAloud(QWidget):
    """Both texts side by side; the patient's can be shown alone and large."""

    language_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locale = ""
        self._patient_text = ""
        self._languages = Combo()
        self._larger = ActionButton(kind="secondary", icon_name="magnifying-glass")
        self._staff_name = PlainLabel(role="caption")
        self._patient_name = PlainLabel(role="caption")
        self._staff = PlainLabel(role="body")
        self._staff.setWordWrap(True)
        self._staff.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        self._patient = PatientText()
        self._missing = PlainLabel(role="small")
        self._missing.setWordWrap(True)
        self._languages.chosen.connect(lambda tag: self.language_chosen.emit(str(tag)))
        self._larger.clicked.connect(self.show_large)
        self._arrange()
        self._name()

    def _arrange(self) -> None:
        self._top = QHBoxLayout()
        self._top.setSpacing(theme.space("s"))
        self._top.addStretch(1)
        self._top.addWidget(self._languages)
        self._top.addWidget(self._larger)
        panel = QFrame()
        panel.setProperty("kind", "sunken")
        divider = QFrame()
        divider.setProperty("kind", "divider_upright")
        grid = QGridLayout(panel)
        grid.setContentsMargins(*[theme.space("l")] * 4)
        grid.setHorizontalSpacing(theme.space("l"))
        grid.addWidget(self._staff_name, 0, 0)
        grid.addWidget(self._staff, 1, 0)
        grid.addWidget(divider, 0, 1, 2, 1)
        grid.addWidget(self._patient_name, 0, 2)
        grid.addWidget(self._patient, 1, 2)
        grid.addWidget(self._missing, 2, 0, 1, 3)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space("s"))
        column.addLayout(self._top)
        column.addWidget(panel, 1)

    def set_languages(self, languages: Sequence[tuple[str, str]]) -> None:
        self._languages.set_options(languages)

    def set_texts(self, staff: str, patient: str, patient_locale: str) -> None:
        """An empty patient's text leaves the staff's and says to use an interpreter."""
        self._locale, self._patient_text = patient_locale, patient
        self._staff.setText(staff)
        self._patient.show_text(patient, patient_locale)
        self._languages.set_value(patient_locale)
        self._larger.setEnabled(bool(patient))
        self._missing.setVisible(not patient)

    def show_large(self) -> None:
        large = LargeText(self._patient_text, self._locale, self.window())
        large.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        large.showFullScreen()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name()

    def _name(self) -> None:
        self._larger.setText(tr("Larger"))
        self._staff_name.setText(tr("Your language"))
        self._patient_name.setText(tr("Patient’s language"))
        self._languages.setAccessibleName(tr("Patient’s language"))
        self._missing.setText(tr("No text in this language yet. Use an interpreter."))
