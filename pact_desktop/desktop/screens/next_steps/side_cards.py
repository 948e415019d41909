# SPDX-License-Identifier: GPL-3.0-or-later
"""Beside the offers: how the patient may be reached, what came of the visit, and the papers."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    Combo,
    DateEdit,
    Field,
    LineEdit,
    NoteLine,
    PlainLabel,
    TickBox,
)
from pact_desktop.desktop.widgets.flow_layout import FlowLayout
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, ptr, tr
from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.patient import SafeContact, SafeContactMode
from pact_desktop.domain.screening import STOPPED, NotPossibleReason, Outcome
from pact_desktop.domain.text import TypedField, fits
from pact_desktop.i18n.formats import format_time
from pact_desktop.terms import term

_WITH_PHONE: Final = frozenset(
    {SafeContactMode.CALL, SafeContactMode.TEXT_MESSAGE, SafeContactMode.OTHER_PERSON}
)
_LIMITED: Final = {
    "reason": TypedField.RETURN_REASON,
    "phone": "phone",
    "hours": "safe-hours",
    "may_answer": "may-answer",
    "may_say": "may-say",
}
TICKED_OUTCOMES: Final = (
    Outcome.INFORMATION_ONLY,
    Outcome.COME_BACK,
    Outcome.DECLINED,
    Outcome.OTHER_VIOLENCE,
    Outcome.URGENT_DANGER,
)
"""Outcomes that a person ticks; the others come from what was done."""


@dataclass(frozen=True, slots=True)
class ReturnVisit:
    """The appointment as it is typed; `wrong` when day and time do not make one."""

    at: datetime | None = None
    reason: str = ""
    wrong: bool = False


class ContactCard(Card):
    """Starting point: we do not call.

    Signals:
        changed: a choice at once, a text after a pause in typing.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._typing = TypingPause(self)
        self._typing.timeout.connect(self.changed)
        self._start = PlainLabel(role="small", tone="text2")
        self._start.setWordWrap(True)
        self.mode, self.day, self.hour = Combo(), DateEdit(), LineEdit()
        self.reason, self.phone, self.hours = LineEdit(), LineEdit(), LineEdit()
        self.may_answer, self.may_say = LineEdit(), LineEdit()
        self.no_message = TickBox()
        self._fields = {
            name: Field("", editor)
            for name, editor in (
                ("mode", self.mode), ("day", self.day), ("hour", self.hour),
                ("reason", self.reason), ("phone", self.phone), ("hours", self.hours),
                ("may_answer", self.may_answer), ("may_say", self.may_say),
            )
        }  # fmt: skip
        for name, limit in _LIMITED.items():
            self._fields[name].limit_to(limit)
        self._arrange()
        self.mode.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.mode.chosen.connect(self._choose)
        self.day.edited.connect(self._typing.key)
        for line in (
            self.hour, self.reason, self.phone, self.hours, self.may_answer, self.may_say,
        ):  # fmt: skip
            line.textEdited.connect(self._typing.key)
        self.no_message.clicked.connect(self.changed)

    def _arrange(self) -> None:
        grid = QGridLayout()
        space_out(grid, gap=10, down=8)
        grid.addWidget(self._fields["day"], 0, 0)
        grid.addWidget(self._fields["hour"], 0, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        self.body.addWidget(self._start)
        self.body.addWidget(self._fields["mode"])
        for name in ("phone", "hours", "may_answer"):
            self.body.addWidget(self._fields[name])
        self.body.addLayout(grid)
        self.body.addWidget(self._fields["reason"])
        self.body.addWidget(self._fields["may_say"])
        self.body.addWidget(self.no_message)

    def retranslate(self) -> None:
        self.set_heading(tr("Safe contact"))
        self._start.setText(tr("Starting point: we do not call. The patient comes to us."))
        self.mode.set_options([(value, term(catalog(), value)) for value in SafeContactMode])
        labels = {
            "mode": tr("May we contact the patient?"),
            "day": tr("Return visit, dd.mm.yyyy"),
            "hour": tr("Time, hh:mm"),
            "reason": tr("Health reason to give"),
            "phone": tr("Number that is safe"),
            "hours": tr("When it is safe"),
            "may_answer": tr("Who else may answer"),
            "may_say": tr("If someone else answers, say"),
        }
        for name, words in labels.items():
            self._fields[name].set_label(words)
        self.no_message.setText(tr("Leave no message"))

    def show_contact(self, contact: SafeContact) -> None:
        if self._typing.isActive():
            return
        self.mode.set_value(contact.mode)
        for line, field, words in (
            (self.phone, "phone", contact.phone),
            (self.hours, "safe-hours", contact.safe_hours),
            (self.may_answer, "may-answer", contact.may_answer),
            (self.may_say, "may-say", contact.may_say),
        ):
            # What is too long is not stored and stays to be shortened.
            if not line.hasFocus() and fits(line.value(), field):
                line.setText(words)
        self.no_message.setChecked(contact.leave_no_message)
        self._fold()

    def show_return(self, visit: ReturnVisit) -> None:
        if self._typing.isActive() or self._fields["day"].problem():
            return
        if not self.day.line.hasFocus():
            self.day.set_value(visit.at.date() if visit.at else None)
        if not self.hour.hasFocus():
            self.hour.setText(format_time(visit.at) if visit.at else "")
        if not self.reason.hasFocus():
            self.reason.setText(visit.reason)

    def contact(self, before: SafeContact) -> SafeContact:
        """What stands in the fields; one with too long a text leaves that part as it was."""
        mode = self.mode.value()

        def kept(line: LineEdit, field: str, earlier: str) -> str:
            return line.value() if fits(line.value(), field) else earlier

        return SafeContact(
            mode=mode if isinstance(mode, SafeContactMode) else SafeContactMode.NOT_ASKED,
            phone=kept(self.phone, "phone", before.phone),
            safe_hours=kept(self.hours, "safe-hours", before.safe_hours),
            may_answer=kept(self.may_answer, "may-answer", before.may_answer),
            may_say=kept(self.may_say, "may-say", before.may_say),
            leave_no_message=self.no_message.isChecked(),
        )

    def return_visit(self, now: datetime) -> ReturnVisit:
        """A day without a time is the start of the morning; a time without a day is none."""
        reason = self.reason.value()
        try:
            day = self.day.value()
        except Refusal:
            return ReturnVisit(None, reason, wrong=True)
        hour = _time_of(self.hour.value()) if self.hour.value() else time(8)
        if day is None:
            return ReturnVisit(None, reason)
        if hour is None or day < now.date():
            return ReturnVisit(None, reason, wrong=True)
        return ReturnVisit(datetime.combine(day, hour, now.tzinfo), reason)

    def show_problem(self, words: str) -> None:
        self._fields["day"].set_problem(words)

    def hand_over(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.changed.emit()

    def _choose(self) -> None:
        self._fold()
        self.changed.emit()

    def _fold(self) -> None:
        """Numbers are asked for only when one may be used."""
        mode = self.mode.value()
        for name in ("phone", "hours", "may_answer", "may_say"):
            self._fields[name].setVisible(mode in _WITH_PHONE)
        self.no_message.setVisible(mode in _WITH_PHONE)


class OutcomeCard(Card):
    """Each is a full result.

    Signals:
        changed: a tick.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.boxes: dict[Outcome, TickBox] = {}
        self.stopped = NoteLine(icon="info")
        self.body.addWidget(self.stopped)
        area = QWidget()
        flow = FlowLayout(area, across=20, down=2)
        for outcome in TICKED_OUTCOMES:
            box = self.boxes[outcome] = TickBox()
            box.clicked.connect(self.changed)
            flow.addWidget(box)
        self.body.addWidget(area)

    def retranslate(self) -> None:
        self.set_heading(tr("What came of the visit"))
        for outcome, box in self.boxes.items():
            box.setText(term(catalog(), outcome))

    def show_outcomes(
        self, outcomes: frozenset[Outcome], why_stopped: NotPossibleReason | None = None
    ) -> None:
        """A stop is not ticked here, but said with its reason."""
        stops = [term(catalog(), outcome) for outcome in Outcome if outcome in outcomes & STOPPED]
        if stops and why_stopped is not None:
            stops.append(term(catalog(), why_stopped))
        self.stopped.set_text(" · ".join(stops))
        self.stopped.setVisible(bool(stops))
        for outcome, box in self.boxes.items():
            box.setChecked(outcome in outcomes)

    def chosen(self) -> frozenset[Outcome]:
        return frozenset(outcome for outcome, box in self.boxes.items() if box.isChecked())


class PapersCard(Card):
    """Papers of the visit; the ones a companion could read are absent where that is unsafe.

    Signals:
        card_wanted, slip_wanted, note_wanted: a button.
    """

    card_wanted = Signal()
    slip_wanted = Signal()
    note_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.card, self.slip = ActionButton(kind="small"), ActionButton(kind="small")
        self.note = ActionButton(kind="small")
        self.card.set_icon("identification-card")
        self.slip.set_icon("printer")
        self.note.set_icon("clipboard-text")
        self.card.clicked.connect(self.card_wanted)
        self.slip.clicked.connect(self.slip_wanted)
        self.note.clicked.connect(self.note_wanted)
        area = QWidget()
        flow = FlowLayout(area, across=8, down=8)
        for button in (self.card, self.slip, self.note):
            flow.addWidget(button)
        self._why = PlainLabel(role="small", tone="text2")
        self._why.setWordWrap(True)
        self.body.addWidget(area)
        self.body.addWidget(self._why)

    def retranslate(self) -> None:
        # Translators: sheets to print, not identity papers.
        self.set_heading(ptr("printed", "Papers"))
        self.card.setText(tr("Patient card …"))
        self.slip.setText(tr("Visit slip …"))
        self.note.setText(tr("Visit note …"))
        self._why.setText(tr("No card and no slip: the person who came along could be involved."))

    def show_papers(self, *, copies_are_safe: bool) -> None:
        self.card.setVisible(copies_are_safe)
        self.slip.setVisible(copies_are_safe)
        self._why.setVisible(not copies_are_safe)


def _time_of(typed: str) -> time | None:
    hours, _, minutes = typed.replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        return None
