# SPDX-License-Identifier: GPL-3.0-or-later
"""What is known at arrival, in words that a companion may read."""

from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets import (
    Card,
    DateEdit,
    ErrorSummary,
    Field,
    LineEdit,
    NoteLine,
    PlainLabel,
    ScrollPage,
    Segments,
    TextArea,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.patient import BirthDate, BirthDateKind, MayBeChild
from pact_desktop.domain.screening import Companion, InterpreterMode
from pact_desktop.domain.text import TypedField
from pact_desktop.terms import term

NARROW = 980
NO_LEAD = 760


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """The details of the visit itself."""

    visit_reason: str = field(default="", repr=False)
    companion: Companion = Companion.UNKNOWN
    companion_relation: str = field(default="", repr=False)
    interpreter: InterpreterMode = InterpreterMode.NOT_NEEDED
    interpreter_code: str = ""


class DetailsView(Screen):
    """Two columns: the visit, and the age that decides which rules apply.

    Signals:
        visit_changed: a detail of the visit was chosen or typed.
        age_changed: something about birth and age was chosen or typed.
    """

    name, private = "details", False
    visit_changed = Signal()
    age_changed = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "details")
        self._visit_typing = self._timer(self.visit_changed)
        self._age_typing = self._timer(self.age_changed)
        page = QWidget()
        self._columns = QHBoxLayout(page)
        space_out(self._columns, (0, 0, 0, 14), 16)
        self._columns.addLayout(self._build_visit(), 55)
        self._columns.addLayout(self._build_age(), 45)
        self.work_area.setWidget(page)
        self.width_changed.connect(self._reflow)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._visit_card.set_heading(tr("This visit"))
        self.reason_field.set_label(tr("Reason for the visit"))
        self._companion_label.setText(tr("Did someone come along?"))
        self.companion.set_label(self._companion_label.text())
        self.companion.set_options([(value, term(catalog(), value)) for value in Companion])
        self.relation_field.set_label(tr("Relation to the patient, as they say"))
        self._language_card.set_heading(tr("Interpreter"))
        self.interpreter.set_label(tr("Interpreter"))
        self.interpreter.set_options([(v, term(catalog(), v)) for v in InterpreterMode])
        self.code_field.set_label(tr("Interpreter’s code, not the name"))
        self._neutral.set_text(tr("Not the person who came along, a relative or a child."))
        self._age_card.set_heading(tr("Birth and age"))
        self.kind.set_label(tr("Birth and age"))
        self.kind.set_options(
            [
                (BirthDateKind.EXACT, tr("Date known")),
                (BirthDateKind.ESTIMATED, tr("Age estimated")),
                (BirthDateKind.UNKNOWN, tr("Not known")),
            ]
        )
        self.date_field.set_label(tr("Date of birth, dd.mm.yyyy"))
        self.years_field.set_label(tr("Estimated age, in years"))
        self._doubt_label.setText(tr("Could the patient be under 18?"))
        self.doubt.set_label(self._doubt_label.text())
        self.doubt.set_options([(value, term(catalog(), value)) for value in MayBeChild])

    @override
    def first_focus(self) -> QWidget | None:
        return self.reason

    # What is shown --------------------------------------------------------------------------

    def visit_facts(self) -> VisitFacts:
        companion, interpreter = self.companion.value(), self.interpreter.value()
        return VisitFacts(
            visit_reason=self.reason.value(),
            companion=companion if isinstance(companion, Companion) else Companion.UNKNOWN,
            companion_relation=self.relation.value(),
            interpreter=(
                interpreter
                if isinstance(interpreter, InterpreterMode)
                else InterpreterMode.NOT_NEEDED
            ),
            interpreter_code=self.code.value(),
        )

    def show_visit(self, facts: VisitFacts, *, arriving: bool = False) -> None:
        """A field that is being typed in is left alone, unless the visit has just come up."""
        self.companion.set_value(facts.companion)
        self.interpreter.set_value(facts.interpreter)
        self.relation_field.setVisible(facts.companion is Companion.PRESENT)
        needed = facts.interpreter is not InterpreterMode.NOT_NEEDED
        self.code_field.setVisible(needed)
        self._neutral.setVisible(needed)
        if self._visit_typing.isActive() and not arriving:
            return
        for editor, words in (
            (self.relation, facts.companion_relation),
            (self.code, facts.interpreter_code),
        ):
            if arriving or not editor.hasFocus():
                editor.setText(words)
        if arriving or not (self.reason.hasFocus() or self.reason.value() == facts.visit_reason):
            self.reason.set_value(facts.visit_reason)
        if arriving:
            self._visit_typing.stop()
            self._age_typing.stop()

    def show_age(self, birth: BirthDate, may_be_child: MayBeChild, years: int | None) -> None:
        self.kind.set_value(birth.kind)
        self.doubt.set_value(may_be_child)
        self.show_kind(birth.kind)
        if self._age_typing.isActive():
            return
        if birth.kind is BirthDateKind.EXACT and not self.date.line.hasFocus():
            self.date.set_value(birth.value)
        if birth.kind is BirthDateKind.ESTIMATED and not self.years.hasFocus():
            self.years.setText("" if years is None else str(years))

    def show_kind(self, kind: BirthDateKind) -> None:
        """The fields that belong to what is known."""
        self.date_field.setVisible(kind is BirthDateKind.EXACT)
        self.years_field.setVisible(kind is BirthDateKind.ESTIMATED)
        uncertain = kind is not BirthDateKind.EXACT
        self._doubt_label.setVisible(uncertain)
        self.doubt.setVisible(uncertain)

    def show_path(self, words: str, tone: str) -> None:
        self._path.set_note(words, "info", tone)

    def show_problems(self, *, date: str = "", years: str = "") -> None:
        self.date_field.set_problem(date)
        self.years_field.set_problem(years)

    def set_answering(self, *, allowed: bool) -> None:
        for widget in (self.companion, self.interpreter, self.kind, self.doubt):
            widget.setEnabled(allowed)
        for editor in (self.reason, self.relation, self.code, self.years, self.date.line):
            editor.setReadOnly(not allowed)

    def hand_over(self) -> None:
        for timer, signal in (
            (self._visit_typing, self.visit_changed),
            (self._age_typing, self.age_changed),
        ):
            if timer.isActive():
                timer.stop()
                signal.emit()

    # Building -------------------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hand_over()
        return super().eventFilter(watched, event)

    def _timer(self, signal: SignalInstance) -> TypingPause:
        timer = TypingPause(self)
        timer.timeout.connect(signal)
        return timer

    def _build_visit(self) -> QVBoxLayout:
        self.reason = TextArea(lines=2)
        self.reason.edited.connect(self._visit_typing.key)
        self.reason_field = Field("", self.reason)
        self._companion_label = PlainLabel(role="label")
        self.companion, self.interpreter = Segments(), Segments()
        self.relation, self.code = LineEdit(), LineEdit()
        self.relation_field, self.code_field = Field("", self.relation), Field("", self.code)
        self.reason_field.limit_to(TypedField.VISIT_REASON)
        self.relation_field.limit_to(TypedField.COMPANION_RELATION)
        self.code_field.limit_to(TypedField.INTERPRETER_CODE)
        for editor in (self.relation, self.code):
            editor.textEdited.connect(self._visit_typing.key)
        for typed in (self.reason, self.relation, self.code):
            typed.installEventFilter(self)
        for segments in (self.companion, self.interpreter):
            segments.chosen.connect(self.visit_changed)
        self._neutral = NoteLine(icon="info")
        self._visit_card, self._language_card = Card(), Card()
        left = Qt.AlignmentFlag.AlignLeft
        self._visit_card.body.addWidget(self.reason_field)
        self._visit_card.body.addWidget(self._companion_label)
        self._visit_card.body.addWidget(self.companion, 0, left)
        self._visit_card.body.addWidget(self.relation_field)
        self._language_card.body.addWidget(self.interpreter, 0, left)
        self._language_card.body.addWidget(self.code_field)
        self._language_card.body.addWidget(self._neutral)
        return _column(self._visit_card, self._language_card)

    def _build_age(self) -> QVBoxLayout:
        self.kind, self.doubt = Segments(), Segments()
        self.date, self.years = DateEdit(), LineEdit()
        self.date_field, self.years_field = Field("", self.date), Field("", self.years)
        self._doubt_label = PlainLabel(role="label")
        self._path = NoteLine(icon="info", tone="info")
        for segments in (self.kind, self.doubt):
            segments.chosen.connect(self.age_changed)
        self.date.edited.connect(lambda _text: self._age_typing.key())
        self.years.textEdited.connect(self._age_typing.key)
        for editor in (self.date.line, self.years):
            editor.installEventFilter(self)
        self._age_card = Card()
        left = Qt.AlignmentFlag.AlignLeft
        self._age_card.body.addWidget(self.kind, 0, left)
        self._age_card.body.addWidget(self.date_field)
        self._age_card.body.addWidget(self.years_field)
        self._age_card.body.addWidget(self._doubt_label)
        self._age_card.body.addWidget(self.doubt, 0, left)
        self._age_card.body.addWidget(self._path)
        return _column(self._age_card)

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.lead.setVisible(width >= NO_LEAD)


def _column(*cards: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    space_out(column, gap=12)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return column
