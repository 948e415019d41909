# SPDX-License-Identifier: GPL-3.0-or-later
"""Words to read aloud: the staff's language beside the patient's."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.patient_text import PatientText, reads_right_to_left
from pact_desktop.desktop.widgets.spacing import space_out


class SideBySide(QFrame):
    """Two texts on a sunken ground; one below the other in a narrow window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "sunken")
        self.staff_head = PlainLabel(role="overline", tone="text3")
        self.patient_head = PlainLabel(role="overline", tone="text3")
        self.staff = PlainLabel(role="body")
        self.staff.setWordWrap(True)
        self.patient = PatientText()
        self.missing = PlainLabel(role="small", tone="text2")
        self.missing.setWordWrap(True)
        self._columns = QHBoxLayout(self)
        space_out(self._columns, (16, 12, 16, 12), 16)
        self._columns.addLayout(_column(self.staff_head, self.staff), 2)
        divider = QFrame()
        divider.setProperty("kind", "divider_upright")
        self._columns.addWidget(divider)
        self._columns.addLayout(_column(self.patient_head, self.patient, self.missing), 3)

    def show_heads(self, staff: str, patient: str) -> None:
        self.staff_head.setText(staff)
        self.patient_head.setText(patient)

    def show_texts(self, staff: str, patient: str, locale: str, *, missing: str) -> None:
        """`missing` is said when the patient's language has no text yet."""
        self.staff.setText(staff)
        self.patient.show_text(patient, locale)
        self.patient.setVisible(bool(patient))
        self.missing.setText(missing)
        self.missing.setVisible(not patient)
        rtl = bool(patient) and reads_right_to_left(locale)
        self.patient_head.setAlignment(
            Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        )

    def set_narrow(self, *, narrow: bool) -> None:
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    space_out(column, gap=4)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column
