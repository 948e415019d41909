# SPDX-License-Identifier: GPL-3.0-or-later
"""A date as a line of text with its pattern said in the label."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from pact_desktop.desktop.widgets.editors import LineEdit
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.i18n.formats import parse_date


class DateEdit(QWidget):
    """dd.mm.yyyy, typed freely and judged only when asked; Qt's date field draws broken arrows."""

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = LineEdit()
        self._line.setMaxLength(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._line)
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(self.edited)

    @property
    def line(self) -> QLineEdit:
        return self._line

    def text(self) -> str:
        return self._line.text().strip()

    def value(self) -> date | None:
        """The date, None when empty; raises Refusal(DATE_INVALID)."""
        if not self.text():
            return None
        try:
            return parse_date(self.text())
        except ValueError:
            raise Refusal(RefusalCode.DATE_INVALID) from None

    def set_value(self, day: date | None) -> None:
        self._line.setText(f"{day:%d.%m.%Y}" if day else "")
