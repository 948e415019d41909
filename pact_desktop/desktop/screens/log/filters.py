# SPDX-License-Identifier: GPL-3.0-or-later
"""By what the entries are chosen: person, kind, day, record."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets import ActionButton, Combo, DateEdit, Field, LineEdit
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.audit import AuditKind
from pact_desktop.terms import term

EVERYBODY, EVERYTHING = "", ""


class LogFilters(QWidget):
    """Four fields in a row, or two and two in a narrow window.

    Signals:
        changed: another person or kind was chosen, or Enter pressed in one of the lines.
        cleared: everything is wanted again.
    """

    changed = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._holder = parent
        self.person, self.kind = Combo(), Combo()
        self.day, self.record = DateEdit(), LineEdit()
        self.person_field, self.kind_field = Field("", self.person), Field("", self.kind)
        self.day_field, self.record_field = Field("", self.day), Field("", self.record)
        self.clear = ActionButton(kind="quiet", icon_name="x")
        for combo in (self.person, self.kind):
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.chosen.connect(lambda _value: self.changed.emit())
        for line in (self.day.line, self.record):
            line.returnPressed.connect(self.changed)
        self.clear.clicked.connect(self._clear)
        self._grid = QGridLayout(self)
        space_out(self._grid, (15, 12, 15, 12), gap=12, down=10)
        self._narrow: bool | None = None
        self.set_narrow(narrow=False)
        self.retranslate()

    # What is asked for ----------------------------------------------------------------------

    @property
    def chosen_kind(self) -> AuditKind | None:
        kind = self.kind.value()
        return kind if isinstance(kind, AuditKind) else None

    @property
    def empty(self) -> bool:
        lines = (self.day.text(), self.record.value())
        return not any((self.person.value(), self.kind.value(), *lines))

    def show_people(self, people: Sequence[tuple[object, str]]) -> None:
        self.person.set_options([(EVERYBODY, tr("Everybody")), *people])

    def show_problem(self, field: Field, words: str) -> None:
        field.set_problem(words)
        field.editor.setFocus()

    def forget_problems(self) -> None:
        for field in (self.day_field, self.record_field):
            field.set_problem("")

    # Words and places -----------------------------------------------------------------------

    def retranslate(self) -> None:
        self.person_field.set_label(tr("Person"))
        self.kind_field.set_label(tr("Kind"))
        self.day_field.set_label(tr("Day, dd.mm.yyyy"))
        # Translators: label of a field; a reference stands on the paper of a referral.
        self.record_field.set_label(tr("Record or reference"))
        self.clear.setText(tr("Show all"))
        kinds = [(kind, term(catalog(), kind)) for kind in AuditKind]
        self.kind.set_options([(EVERYTHING, tr("Everything")), *kinds])

    def set_narrow(self, *, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        fields = (self.person_field, self.kind_field, self.day_field, self.record_field)
        columns = 2 if narrow else len(fields)
        for position, field in enumerate(fields):
            self._grid.addWidget(field, position // columns, position % columns)
        for column in range(len(fields)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._grid.addWidget(self.clear, 2, 0, 1, columns, Qt.AlignmentFlag.AlignLeading)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            # A problem at a field is never squeezed by the list below.
            self._holder.setMinimumHeight(self._grid.totalHeightForWidth(self.width()))
        return done

    def _clear(self) -> None:
        self.person.set_value(EVERYBODY)
        self.kind.set_value(EVERYTHING)
        self.day.set_value(None)
        self.record.clear()
        self.forget_problems()
        self.cleared.emit()
