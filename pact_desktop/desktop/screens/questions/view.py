# SPDX-License-Identifier: GPL-3.0-or-later
"""One private question with its answers, what else was said, and the patient's own words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    ChoiceRows,
    EmptyState,
    Field,
    PlainLabel,
    ProgressLine,
    ScrollPage,
    SidePane,
    TextArea,
)
from pact_desktop.desktop.widgets.hint_list import HintList
from pact_desktop.desktop.widgets.keys import on_key
from pact_desktop.desktop.widgets.large_text import LargeText
from pact_desktop.desktop.widgets.patient_sentence import PatientSentence
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.tick_panel import Choice, SunkenPanel, TickPanel
from pact_desktop.desktop.words import tr
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.text import TypedField

NARROW = 760


@dataclass(frozen=True, slots=True)
class QuestionText:
    """Everything about one question as it stands now, in words."""

    link_id: IndicatorId
    number: int
    total: int
    answered: int
    question: str
    value: AnswerValue | None
    answers: tuple[tuple[AnswerValue, str], ...]
    follow_up_title: str = ""
    follow_ups: tuple[Choice, ...] = ()
    disclosures: tuple[Choice, ...] = ()
    ticked: frozenset[IndicatorId] = frozenset()
    own_words: str = field(default="", repr=False)
    own_words_note: str = ""
    not_asked_reason: str = ""


class QuestionsView(Screen):
    """Question, choices 1 to 5, follow-ups beside them, own words below.

    Signals:
        answered: the value chosen, None after clearing.
        ticked: a follow-up or a clear statement, and whether it is ticked.
        typed: own words and the reason for not asking, as they stand.
        stopped: the patient or the nurse wants no more questions.
        asked_on: go on although enough was asked.
        confirmed_again: back to step 3, because the private moment is over.
        next_wanted: Enter outside a text field.
    """

    name, private = "questions", True
    answered = Signal(object)
    ticked = Signal(str, bool)
    typed = Signal(str, str)
    stopped = Signal()
    asked_on = Signal()
    confirmed_again = Signal()
    next_wanted = Signal()

    work_area: ScrollPage
    side: SidePane

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "questions")
        self.shown: IndicatorId | None = None
        self._patient_text, self._patient_locale = "", ""
        self._values: list[AnswerValue] = []
        self.question_card = Card()
        self.progress = ProgressLine()
        self.question = PlainLabel(role="question")
        self.choices = ChoiceRows()
        self.about_button = ActionButton(kind="small", icon_name="info", key_cap="F1")
        self._typing = TypingPause(self)
        self._typing.timeout.connect(self._send_typed)
        self._build_question()
        self._build_rests()
        self._build_side()
        self.fold = SideFold(self, self.side, self.about_button)
        self.width_changed.connect(self._reflow)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            on_key(self, key, self.next_wanted.emit)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.hint.setText(tr("Use your own words. Ask once; do not press."))
        self.own_field.set_label(tr("In the patient’s own words"))
        self.reason_field.set_label(tr("Why it was not asked"))
        self.stop.setText(tr("Stop here"))
        self.sentence.large.setText(tr("Show large"))
        self.about_button.setText(tr("Patient’s language"))
        self.enough.set_words(
            tr("Nothing more needs to be asked"),
            tr("The first answers give no reason to go on. You may still ask the other questions."),
            tr("Ask the other questions"),
        )
        self.again.set_words(
            tr("Confirm again that the patient is alone"),
            tr("The private part ended. What you typed is still here."),
            tr("Go to step 3"),
        )

    @override
    def first_focus(self) -> QWidget | None:
        rows = self.choices.findChildren(QRadioButton)
        stops = (row for row in rows if row.focusPolicy() == Qt.FocusPolicy.StrongFocus)
        return next(stops, None)

    # What is shown --------------------------------------------------------------------------

    def show_question(self, text: QuestionText) -> None:
        """Draws the question; what is being typed under the same question is left alone."""
        self._choose_page(self.question_card)
        new = text.link_id != self.shown
        self.shown = text.link_id
        words = tr("Question {number} of {total}").format(number=text.number, total=text.total)
        self.progress.set_progress(text.answered, text.total, words)
        self.question.setText(text.question)
        if new or [value for value, _ in text.answers] != self._values:
            self._values = [value for value, _ in text.answers]
            self.choices.set_options([(value, words) for value, words in text.answers])
            self.choices.set_label(text.question)
        self.choices.set_value(text.value)
        self.follow_ups.show_choices(text.follow_up_title, text.follow_ups, text.ticked)
        self.disclosures.show_choices("", text.disclosures, text.ticked)
        self.reason_field.setVisible(text.value is AnswerValue.NOT_ASKED)
        self.own_field.set_hint(text.own_words_note)
        if new or not self._typing.isActive():
            self._fill(text, new=new)
        if new:
            self.choices.focus_here()

    def show_enough(self) -> None:
        self._choose_page(self.enough)

    def show_again(self) -> None:
        """The private moment is over; the question waits until it is confirmed again."""
        self._choose_page(self.again)

    def show_patient_sentence(self, heading: str, text: str, locale: str) -> None:
        self._patient_text, self._patient_locale = text, locale
        self.sentence.show_sentence(
            heading,
            text,
            locale,
            missing=tr("No text in this language yet. Use an interpreter."),
        )

    def show_about(self, title: str, about: str) -> None:
        self.about.show_hints(title, [("info", about)] if about else [])

    def show_hints(self, title: str, hints: Sequence[tuple[str, str]]) -> None:
        self.hints.show_hints(title, hints)

    def set_answering(self, *, allowed: bool) -> None:
        """Fields stay readable and typed text stays; only new answers are stopped."""
        for widget in (self.choices, self.follow_ups, self.disclosures):
            widget.setEnabled(allowed)
        self.own_words.setReadOnly(not allowed)
        self.reason.setReadOnly(not allowed)

    def typed_words(self) -> tuple[str, str]:
        """Own words and the reason for not asking, as they stand."""
        return self.own_words.value(), self.reason.value()

    def hand_over(self) -> None:
        if self._typing.isActive():
            self._send_typed()

    # What the user does ---------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched in {self.own_words, self.reason}:
            self.hand_over()
        return super().eventFilter(watched, event)

    def _send_typed(self) -> None:
        self._typing.stop()
        self.typed.emit(*self.typed_words())

    def _fill(self, text: QuestionText, *, new: bool) -> None:
        for area, stored in (
            (self.own_words, text.own_words),
            (self.reason, text.not_asked_reason),
        ):
            if new or (not area.hasFocus() and area.value() != stored):
                area.set_value(stored)
        self._typing.stop()

    # Building -------------------------------------------------------------------------------

    def _build_question(self) -> None:
        body = self.question_card.body
        self.progress.set_inline(inline=True)
        self.question.setWordWrap(True)
        self.hint = PlainLabel(role="small", tone="text2")
        self.hint.setWordWrap(True)
        self.choices.chosen.connect(self.answered)
        self.stop = ActionButton(kind="small", icon_name="hand-palm")
        self.stop.clicked.connect(self.stopped)
        top = QHBoxLayout()
        space_out(top, gap=12)
        top.addWidget(self.progress)
        top.addStretch(1)
        top.addWidget(self.about_button)
        top.addWidget(self.stop)
        body.addLayout(top)
        body.addWidget(self.question)
        body.addWidget(self.hint)
        self._columns = QHBoxLayout()
        space_out(self._columns, gap=12)
        self._columns.addLayout(self._build_answers(), 1)
        self._columns.addWidget(self._build_panel(), 1, Qt.AlignmentFlag.AlignTop)
        body.addLayout(self._columns, 1)

    def _build_answers(self) -> QVBoxLayout:
        """Own words stand right under the answer, so that a long list beside it hides nothing."""
        self.own_words = TextArea(lines=2)
        self.own_field = Field("", self.own_words)
        self.own_field.setProperty("optional", True)  # noqa: FBT003 a property of the kit
        self.own_words.edited.connect(self._typing.key)
        self.own_field.limit_to(TypedField.OWN_WORDS)
        self.own_words.installEventFilter(self)
        column = QVBoxLayout()
        space_out(column, gap=12)
        column.addWidget(self.choices)
        column.addWidget(self.own_field)
        column.addStretch(1)
        return column

    def _build_panel(self) -> QWidget:
        self.panel = SunkenPanel()
        self.follow_ups, self.disclosures = TickPanel(), TickPanel()
        self.reason = TextArea(lines=2)
        self.reason_field = Field("", self.reason)
        self.reason.edited.connect(self._typing.key)
        self.reason_field.limit_to(TypedField.NOT_ASKED_REASON)
        self.reason.installEventFilter(self)
        for panel in (self.follow_ups, self.disclosures):
            panel.ticked.connect(self.ticked)
        self.panel.body.addWidget(self.follow_ups)
        self.panel.body.addWidget(self.reason_field)
        self.panel.body.addWidget(self.disclosures)
        return self.panel

    def _build_rests(self) -> None:
        """The two resting states that take the place of the question."""
        self.enough = EmptyState(icon="check-circle")
        self.enough.action.connect(self.asked_on)
        self.again = EmptyState(icon="lock")
        self.again.action.connect(self.confirmed_again)
        page = QWidget()
        layout = QVBoxLayout(page)
        space_out(layout)
        self._pages: list[QWidget] = [self.question_card]
        for state in (self.enough, self.again):
            card = Card()
            card.body.addWidget(state)
            self._pages.append(card)
        for shown in self._pages:
            layout.addWidget(shown)
        self.work_area.setWidget(page)
        self._choose_page(self.question_card)

    def _build_side(self) -> None:
        self.sentence = PatientSentence()
        self.sentence.large_wanted.connect(self._show_large)
        self.large = LargeText(self)
        self.about, self.hints = HintList(), HintList()
        self.side.body.addWidget(self.sentence)
        self.side.body.addWidget(self.about)
        self.side.body.addWidget(self.hints)
        self.side.body.addStretch(1)

    def _show_large(self) -> None:
        self.large.show_words(self._patient_text, self._patient_locale, back=tr("Back"))

    def _choose_page(self, wanted: QWidget) -> None:
        for page in self._pages:
            page.setVisible(page is wanted or page.isAncestorOf(wanted))

    def _reflow(self, width: int) -> None:
        down = width < NARROW
        self.progress.set_inline(inline=not down)
        self.about_button.set_compact(compact=down)
        self._columns.setDirection(
            QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        )
