# SPDX-License-Identifier: GPL-3.0-or-later
"""What the patient agrees to: each recipient, each group of facts, each answer on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets import (
    ActionButton,
    Combo,
    DateEdit,
    Field,
    NoteLine,
    PlainLabel,
    TickBox,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.consent import Capacity, ConsentForm, ConsentItem, PatientCopy
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.referral import SENSITIVE_ITEMS
from pact_desktop.error_texts import sentence
from pact_desktop.terms import term

SMALL_ITEMS = (
    ConsentItem.AGE_AND_SEX,
    ConsentItem.LANGUAGE,
    ConsentItem.SUPPORT_WANTED,
    ConsentItem.LOCATION,
)
FULL_ITEMS = tuple(item for item in ConsentItem if item in SENSITIVE_ITEMS - set(SMALL_ITEMS))


@dataclass(frozen=True, slots=True)
class Agreed:
    """Everything this part holds, as a plain value."""

    recipient: bool = False
    police: bool = False
    items: frozenset[ConsentItem] = frozenset()
    until: date | None = None
    form: ConsentForm = ConsentForm.SPOKEN
    capacity: Capacity = Capacity.CLEAR
    copy: PatientCopy = PatientCopy.NOT_SAFE
    statistics: bool = False
    fixed: bool = False
    """Shown as it was; only the line of the recipient may still be taken back."""
    waits: bool = False
    """Until it is confirmed that the patient is alone: ticks can be taken back, none be given."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """The lines of this part in words; a text that is empty hides its line."""

    name: str = ""
    told: str = ""
    police_name: str = ""
    police_told: str = ""
    called: str = ""
    """For a patient under 18: who was told and when, or that nobody was."""
    was_called: bool = False
    without: str = ""
    """What stands in place of consent, when something does."""
    unconfirmed: bool = False
    """A colleague has still to confirm it."""


class Agreement(QWidget):
    """Nothing is ticked for the patient.

    Signals:
        changed: a tick or a choice.
        recipient_ticked, police_ticked: a line of who may receive the form.
        private_wanted: confirm first that the patient is alone with staff.
        call_wanted: enter the call to the centre for social work.
        without_wanted: pass it on without consent, because life is in danger.
        colleague_wanted: a colleague confirms what stands in place of consent.
    """

    changed = Signal()
    recipient_ticked = Signal(bool)
    police_ticked = Signal(bool)
    private_wanted = Signal()
    call_wanted = Signal()
    without_wanted = Signal()
    colleague_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        space_out(column, gap=6)
        self._ask = PlainLabel(role="small", tone="text2")
        self._ask.setWordWrap(True)
        column.addWidget(self._ask)
        self._build_private(column)
        self._build_call(column)
        self._receive = PlainLabel(role="overline", tone="text3")
        self.recipient, self.police = TickBox(), TickBox()
        self.recipient.clicked.connect(self.recipient_ticked)
        self.police.clicked.connect(self.police_ticked)
        self._without = NoteLine(icon="info")
        self.without = ActionButton(kind="quiet")
        self.without.clicked.connect(self.without_wanted)
        self.colleague = ActionButton(kind="small", icon_name="users")
        self.colleague.clicked.connect(self.colleague_wanted)
        for widget in (self._receive, self.recipient, self.police, self._without):
            column.addWidget(widget)
        column.addWidget(self.colleague, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(_divider())
        self._pass_on = PlainLabel(role="overline", tone="text3")
        self._only_full = PlainLabel(role="overline", tone="text3")
        self.items: dict[ConsentItem, TickBox] = {}
        column.addWidget(self._pass_on)
        column.addLayout(self._item_grid(SMALL_ITEMS))
        column.addWidget(self._only_full)
        column.addLayout(self._item_grid(FULL_ITEMS))
        column.addWidget(_divider())
        self._build_terms(column)
        column.addWidget(self.without)
        self.show_recipients(Recipients())
        self.show_agreed(Agreed())

    def retranslate(self) -> None:
        self._ask.setText(tr("Ask for each line. Nothing is ticked for the patient."))
        self._receive.setText(tr("May receive the form"))
        self._pass_on.setText(tr("May be passed on"))
        self._only_full.setText(tr("Only on the full form"))
        for item, box in self.items.items():
            box.setText(term(catalog(), item).replace("&", "&&"))
        self._until.set_label(tr("Agreed until, dd.mm.yyyy"))
        self._copy.set_label(tr("Copy for the patient"))
        self._form.set_label(tr("How the patient agreed"))
        self._capacity.set_label(tr("Can the patient decide now?"))
        for combo, kind in (
            (self.copy, PatientCopy),
            (self.form, ConsentForm),
            (self.capacity, Capacity),
        ):
            combo.set_options([(value, term(catalog(), value)) for value in kind])
        self.statistics.setText(tr("May be counted, without anything that names the patient"))
        self.without.setText(tr("Life in danger: pass on without consent …"))
        self.colleague.setText(tr("Colleague confirms …"))
        self._private_note.set_text(sentence(catalog(), Refusal(RefusalCode.NOT_PRIVATE)))
        self.private.setText(tr("Go to step 3"))

    # What is shown --------------------------------------------------------------------------

    def show_recipients(self, lines: Recipients) -> None:
        self.recipient.setText(lines.name.replace("&", "&&"))
        self.recipient.set_hint(lines.told)
        self.recipient.setVisible(bool(lines.name))
        self._receive.setVisible(bool(lines.name))
        self.police.setText(lines.police_name.replace("&", "&&"))
        self.police.set_hint(lines.police_told)
        self.police.setVisible(bool(lines.police_name))
        self._call_note.set_note(
            lines.called,
            "check-circle" if lines.was_called else "phone",
            "ok" if lines.was_called else "text2",
        )
        self._call_area.setVisible(bool(lines.called))
        self.call.setText(tr("Change …") if lines.was_called else tr("Called …"))
        self._without.set_text(lines.without)
        self._without.setVisible(bool(lines.without))
        self.colleague.setVisible(lines.unconfirmed)
        self.setEnabled(bool(lines.name))

    def show_agreed(self, agreed: Agreed) -> None:
        open_to_change = agreed.recipient and not agreed.fixed
        self._private_area.setVisible(agreed.waits)
        for box, ticked in ((self.recipient, agreed.recipient), (self.police, agreed.police)):
            box.setChecked(ticked)
            box.setEnabled(ticked or not agreed.waits)
        for item, box in self.items.items():
            box.setChecked(item in agreed.items)
            box.setEnabled(open_to_change and (item in agreed.items or not agreed.waits))
        if not self.until.line.hasFocus():
            self.until.set_value(agreed.until)
        self.copy.set_value(agreed.copy)
        self.form.set_value(agreed.form)
        self.capacity.set_value(agreed.capacity)
        self.statistics.setChecked(agreed.statistics)
        for widget in (self.until, self.copy, self.form, self.capacity, self.statistics):
            widget.setEnabled(open_to_change and not agreed.waits)

    def agreed(self) -> Agreed:
        """What stands here; a date that is none counts as not entered."""
        copy, form = self.copy.value(), self.form.value()
        capacity = self.capacity.value()
        return Agreed(
            recipient=self.recipient.isChecked(),
            police=self.police.isChecked(),
            items=frozenset(item for item, box in self.items.items() if box.isChecked()),
            until=self._until_date(),
            form=form if isinstance(form, ConsentForm) else ConsentForm.SPOKEN,
            capacity=capacity if isinstance(capacity, Capacity) else Capacity.CLEAR,
            copy=copy if isinstance(copy, PatientCopy) else PatientCopy.NOT_SAFE,
            statistics=self.statistics.isChecked(),
        )

    def first_open(self) -> QWidget:
        """Where agreeing begins: the first line, or the way to the step that it waits for."""
        return self.recipient if self.recipient.isEnabled() else self.private

    def show_date_problem(self, words: str) -> None:
        self._until.set_problem(words)

    def _until_date(self) -> date | None:
        try:
            return self.until.value()
        except Refusal:
            return None

    # Building -------------------------------------------------------------------------------

    def _build_private(self, column: QVBoxLayout) -> None:
        self._private_area = QFrame()
        self._private_area.setProperty("kind", "sunken")
        row = QHBoxLayout(self._private_area)
        space_out(row, (12, 8, 8, 8), 8)
        self._private_note = NoteLine(icon="lock-simple", tone="caution")
        self.private = ActionButton(kind="small")
        self.private.clicked.connect(self.private_wanted)
        row.addWidget(self._private_note, 1)
        row.addWidget(self.private)
        column.addWidget(self._private_area)

    def _build_call(self, column: QVBoxLayout) -> None:
        self._call_area = QFrame()
        self._call_area.setProperty("kind", "sunken")
        row = QHBoxLayout(self._call_area)
        space_out(row, (12, 8, 8, 8), 8)
        self._call_note = NoteLine(icon="phone")
        self.call = ActionButton(kind="small", icon_name="phone-call")
        self.call.clicked.connect(self.call_wanted)
        row.addWidget(self._call_note, 1)
        row.addWidget(self.call)
        column.addWidget(self._call_area)

    def _item_grid(self, items: Sequence[ConsentItem]) -> QGridLayout:
        grid = QGridLayout()
        space_out(grid, gap=8, down=2)
        for position, item in enumerate(items):
            box = self.items[item] = TickBox()
            box.clicked.connect(self.changed)
            grid.addWidget(box, position // 2, position % 2)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        return grid

    def _build_terms(self, column: QVBoxLayout) -> None:
        self.until, self.copy = DateEdit(), Combo()
        self.form, self.capacity = Combo(), Combo()
        self._until, self._copy = Field("", self.until), Field("", self.copy)
        self._form, self._capacity = Field("", self.form), Field("", self.capacity)
        self.until.line.editingFinished.connect(self.changed)
        for combo in (self.copy, self.form, self.capacity):
            combo.setMinimumContentsLength(8)
            combo.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.chosen.connect(self.changed)
        grid = QGridLayout()
        space_out(grid, gap=10, down=8)
        for position, field in enumerate((self._until, self._copy, self._form, self._capacity)):
            grid.addWidget(field, position // 2, position % 2)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        column.addLayout(grid)
        self.statistics = TickBox()
        self.statistics.clicked.connect(self.changed)
        column.addWidget(self.statistics)


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
