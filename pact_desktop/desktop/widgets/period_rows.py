# SPDX-License-Identifier: GPL-3.0-or-later
"""How long each kind of record is kept, and which rule says so; every line may be left open."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets.cards import Card
from pact_desktop.desktop.widgets.editors import Combo, LineEdit
from pact_desktop.desktop.widgets.fields import Field
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.periods import LONGEST_PERIOD, Kept, Period, Retention, Unit
from pact_desktop.terms import term

_NUMBER_WIDTH: Final = 110
_UNIT_WIDTH: Final = 210


class _Row(Card):
    """One kind: open, or a number of days, months or years with its rule."""

    def __init__(self, kind: Kept) -> None:
        super().__init__(" ")
        self.kind: Final = kind
        self.unit, self.count, self.basis = Combo(), LineEdit(), LineEdit()
        self.unit_field = Field("", self.unit)
        self.count_field = Field("", self.count)
        self.basis_field = Field("", self.basis)
        self.unit_field.setFixedWidth(theme.scaled(_UNIT_WIDTH))
        self.count_field.setFixedWidth(theme.scaled(_NUMBER_WIDTH))
        line = QHBoxLayout()
        space_out(line, gap=12)
        line.addWidget(self.unit_field)
        line.addWidget(self.count_field)
        line.addWidget(self.basis_field, 1)
        line.addStretch(0)
        self.body.addLayout(line)
        self.unit.chosen.connect(self.show_what_is_needed)

    def show_what_is_needed(self) -> None:
        """An open period has neither a number nor a rule."""
        decided = isinstance(self.unit.value(), Unit)
        self.count_field.setVisible(decided)
        self.basis_field.setVisible(decided)

    def retranslate(self) -> None:
        kept, name = self.unit.value(), term(catalog(), self.kind)
        self.set_heading(name)
        self.unit_field.set_label(tr("Period"))
        self.count_field.set_label(tr("How many"))
        self.basis_field.set_label(tr("Law or rule that says so"))
        options = [(unit, term(catalog(), unit)) for unit in Unit]
        # Translators: a period of keeping that is not decided yet.
        self.unit.set_options([("", tr("Left open")), *options])
        self.unit.set_value(kept or "")
        for editor in (self.unit, self.count, self.basis):
            editor.setAccessibleDescription(name)

    def period(self) -> Period | None:
        """Raises Refusal: PERIOD_INVALID, PERIOD_BASIS_MISSING."""
        unit, number = self.unit.value(), self.count.value()
        if not isinstance(unit, Unit):
            return None
        if not (number.isascii() and number.isdecimal()):
            raise Refusal(RefusalCode.PERIOD_INVALID, longest=LONGEST_PERIOD)
        return Period(int(number[:9]), unit, self.basis.value())

    def fill(self, period: Period | None) -> None:
        self.unit.set_value(period.unit if period else "")
        self.count.setText(str(period.count) if period else "")
        self.basis.setText(period.basis if period else "")
        self.show_what_is_needed()


class PeriodRows(QWidget):
    """One card for each kind.

    Signals:
        edited: something was typed or chosen.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: Final = [_Row(kind) for kind in Kept]
        column = QVBoxLayout(self)
        space_out(column, gap=12)
        for row in self.rows:
            column.addWidget(row)
            row.unit.chosen.connect(lambda _value: self.edited.emit())
            for line in (row.count, row.basis):
                line.textEdited.connect(lambda _text: self.edited.emit())
        self.retranslate()
        self.fill(Retention())

    @property
    def first(self) -> QWidget:
        return self.rows[0].unit

    def retranslate(self) -> None:
        for row in self.rows:
            row.retranslate()

    def fill(self, retention: Retention) -> None:
        for row in self.rows:
            row.fill(retention.periods.get(row.kind))

    def typed(self) -> tuple[Retention, Mapping[Field, Refusal]]:
        """The decided periods, and what is wrong at which field."""
        periods: dict[Kept, Period] = {}
        wrong: dict[Field, Refusal] = {}
        for row in self.rows:
            try:
                period = row.period()
            except Refusal as refusal:
                about_basis = refusal.code is RefusalCode.PERIOD_BASIS_MISSING
                wrong[row.basis_field if about_basis else row.count_field] = refusal
            else:
                if period is not None:
                    periods[row.kind] = period
        return Retention(periods), wrong

    def show_problems(self, problems: Mapping[Field, str]) -> None:
        for row in self.rows:
            for field in (row.count_field, row.basis_field):
                field.set_problem(problems.get(field, ""))
