# SPDX-License-Identifier: GPL-3.0-or-later
"""The way out without shame: why it was not possible today, and when the patient returns."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pact_desktop.desktop.widgets import Combo, DateEdit, Field, LineEdit
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.screening import NotPossibleReason
from pact_desktop.terms import term


class NotPossibleDialog(FormDialog):
    """Everything in it may stay empty; a stop needs no justification."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reason = Combo()
        self.day = DateEdit()
        self.time = LineEdit()
        self.health_reason = LineEdit()
        self.reason_field = Field("", self.reason)
        self.day_field = Field("", self.day)
        self.time_field = Field("", self.time)
        self.health_field = Field("", self.health_reason)
        self.body.addWidget(self.reason_field)
        row = QHBoxLayout()
        space_out(row, gap=12)
        row.addWidget(self.day_field, 2)
        row.addWidget(self.time_field, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.health_field)
        self.retranslate()

    def retranslate(self) -> None:
        self.word(
            tr("Not possible today?"),
            tr("Do not insist. Treat, give a return date, and stop here."),
            safe=tr("Go back"),
            main=tr("Stop and go to next steps"),
        )
        self.reason_field.set_label(tr("Reason"))
        self.reason.set_options([(r, term(catalog(), r)) for r in NotPossibleReason])
        self.day_field.set_label(tr("Return visit, dd.mm.yyyy"))
        self.time_field.set_label(tr("Time, hh:mm"))
        self.health_field.set_label(tr("Health reason to give"))
        self.health_field.set_hint(tr("Something anyone may hear, such as a dressing or a result"))

    @property
    def chosen_reason(self) -> NotPossibleReason:
        value = self.reason.value()
        return value if isinstance(value, NotPossibleReason) else NotPossibleReason.NOT_STATED

    def return_day(self) -> date | None:
        """Raises Refusal(DATE_INVALID) and says so at the field."""
        try:
            day = self.day.value()
        except Refusal:
            self.day_field.set_problem(tr("Enter the date like 30.11.2026"))
            raise
        self.day_field.set_problem("")
        return day

    def return_time(self) -> tuple[int, int] | None:
        """Hour and minute; None when empty. Raises ValueError and says so at the field."""
        typed = self.time.value().replace(".", ":")
        if not typed:
            return None
        hour, _, minute = typed.partition(":")
        if hour.isdecimal() and (minute or "0").isdecimal() and len(typed) <= len("00:00"):
            found = int(hour), int(minute or 0)
            if found[0] < 24 and found[1] < 60:  # noqa: PLR2004 hours and minutes
                self.time_field.set_problem("")
                return found
        self.time_field.set_problem(tr("Enter the time like 10:30"))
        raise ValueError(typed)
