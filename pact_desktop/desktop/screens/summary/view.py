# SPDX-License-Identifier: GPL-3.0-or-later
"""Why a level is suggested, the clinician's own judgement, and danger beside it."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.summary.reasons import WhySuggested
from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    ErrorSummary,
    Field,
    NoteLine,
    PlainLabel,
    RadioRow,
    ScrollPage,
    TextArea,
)
from pact_desktop.desktop.widgets.colleague_dialog import ColleagueDialog
from pact_desktop.desktop.widgets.danger_card import DangerCard
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.reason_list import ReasonList
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.domain.text import TypedField
from pact_desktop.terms import term

NARROW = 980


class SummaryView(Screen):
    """Three cards. No digit, no colour and no dial says how much anything weighs.

    Signals:
        judged: a level was chosen or the sentence changed.
        danger_changed: an answer of the danger card or its level.
        explained: how the suggestion is made is wanted.
        second_read: the colleague confirmed in the dialog.
        urgent_wanted: the page of urgent help, as with F9.
    """

    name, private = "summary", True
    judged = Signal()
    danger_changed = Signal()
    explained = Signal()
    second_read = Signal()
    urgent_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    how: ActionButton
    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "summary")
        self.how.clicked.connect(self.explained)
        self._typing = TypingPause(self)
        self._typing.timeout.connect(self._send_typed)
        self.danger = DangerCard()
        self.danger.changed.connect(self.danger_changed)
        self.danger.urgent_wanted.connect(self.urgent_wanted)
        page = QWidget()
        self._columns = QHBoxLayout(page)
        space_out(self._columns, (0, 0, 0, 14), 14)
        self._columns.addWidget(self._build_why(), 41)
        self._columns.addWidget(self._build_judgement(), 37)
        self._columns.addWidget(self.danger, 32)
        self.work_area.setWidget(page)
        self.second_reader = ColleagueDialog(self)
        self.second_reader.confirmed.connect(self.second_read)
        self.rule = FormDialog(self)
        self.width_changed.connect(self._reflow)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self._why_card.set_heading(tr("Why this is suggested"))
        self._judgement_head.setText(tr("Your judgement"))
        self._decide.setText(tr("You decide. The suggestion only helps."))
        hints = {
            ConcernLevel.NONE: tr("Information card for everyone"),
            ConcernLevel.SOME: tr("Next private moment, return visit"),
            ConcernLevel.REASONABLE: tr("Offer support, safety talk, referral if wished"),
            ConcernLevel.STRONG: tr("As above, and the contact person the same day"),
        }
        for level, row in self.levels.items():
            row.setText(term(catalog(), level))
            row.set_hint(hints[level])
            row.setAccessibleName(term(catalog(), level))
        self.sentence_field.set_label(tr("Your reason, in one sentence"))
        self._lowering.set_text(
            tr("Raising needs no reason. Lowering needs one; from strong, a second reader too.")
        )
        self.danger.retranslate()
        self.second_reader.set_words(
            tr("Read the summary with a colleague"),
            tr(
                "Lowering the level from strong concern needs a second reader. Your colleague "
                "reads the reasons and your sentence, and confirms here."
            ),
            main=tr("Confirm as second reader"),
        )

    @override
    def first_focus(self) -> QWidget | None:
        """At the suggestion, which is not chosen by it.

        Below one another the levels lie far under the reasons, which are read first: there it is
        the head of the page, and nothing scrolls away.
        """
        if self._columns.direction() == QBoxLayout.Direction.TopToBottom:
            return self.how
        return self._level_to_choose()

    def _level_to_choose(self) -> QWidget:
        chosen = next((row for row in self.levels.values() if row.isChecked()), None)
        suggested = next((row for row in self.levels.values() if row.property("chipText")), None)
        return chosen or suggested or self.levels[ConcernLevel.NONE]

    # What is shown --------------------------------------------------------------------------

    def show_why(self, why: WhySuggested) -> None:
        self.reasons.show_reasons(
            [
                (group.heading, [(line.text, line.where, line.counted) for line in group.lines])
                for group in why.groups
            ],
            why.notes,
            counted=tr("Counted"),
            not_counted=tr("Not counted"),
        )

    def show_suggestion(self, suggested: ConcernLevel) -> None:
        for level, row in self.levels.items():
            row.set_chip(tr("Suggested") if level is suggested else "")

    def show_judgement(self, level: ConcernLevel | None, sentence: str) -> None:
        """What stands when the step comes up; afterwards the fields are the user's."""
        for value, row in self.levels.items():
            row.setAutoExclusive(False)
            row.setChecked(value is level)
            row.setAutoExclusive(True)
        self.sentence.set_value(sentence)
        self._typing.stop()

    def show_colleague(self, words: str) -> None:
        """Whose level stands, and what that colleague wrote; empty when it is one's own."""
        self._colleague.set_text(words)
        self._colleague.setVisible(bool(words))

    def show_danger(
        self,
        answers: Mapping[DangerQuestion, DangerAnswer],
        level: DangerLevel | None,
        suggested: DangerLevel | None,
        *,
        arriving: bool,
    ) -> None:
        self.danger.show_danger(answers, level, suggested, arriving=arriving)

    def show_rule(self, text: str) -> None:
        self.rule.word(tr("How the suggestion is made"), text, safe=tr("Close"), main="")
        self.rule.show_over()

    def show_problems(self, *, level: str = "", sentence: str = "") -> None:
        """Problems stand at the field and, with the same words, in the summary on top."""
        self.sentence_field.set_problem(sentence)
        found: list[tuple[str, QWidget]] = []
        if level:
            found.append((level, self._level_to_choose()))
        if sentence:
            found.append((sentence, self.sentence))
        self.problems.show_problems(found)

    def chosen_level(self) -> ConcernLevel | None:
        return next((level for level, row in self.levels.items() if row.isChecked()), None)

    def typed_sentence(self) -> str:
        return self.sentence.value()

    def set_answering(self, *, allowed: bool) -> None:
        for row in self.levels.values():
            row.setEnabled(allowed)
        self.sentence.setReadOnly(not allowed)
        self.danger.set_answering(allowed=allowed)

    def hand_over(self) -> None:
        if self._typing.isActive():
            self._send_typed()

    # What the user does ---------------------------------------------------------------------

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.sentence and event.type() == QEvent.Type.FocusOut:
            self.hand_over()
        return super().eventFilter(watched, event)

    def _send_typed(self) -> None:
        self._typing.stop()
        self.judged.emit()

    # Building -------------------------------------------------------------------------------

    def _build_why(self) -> Card:
        self._why_card = Card()
        self.reasons = ReasonList()
        self._why_card.body.addWidget(self.reasons)
        self._why_card.body.addStretch(1)
        return self._why_card

    def _build_judgement(self) -> Card:
        card = Card()
        self._judgement_head = PlainLabel(role="subtitle")
        self._decide = PlainLabel(role="small", tone="text2")
        self._decide.setWordWrap(True)
        self._decide.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        space_out(head, gap=12)
        head.addWidget(self._judgement_head)
        head.addWidget(self._decide, 1)
        card.body.addLayout(head)
        group = QWidget()
        rows = QVBoxLayout(group)
        space_out(rows, gap=5)
        self.levels: dict[ConcernLevel, RadioRow] = {}
        for level in ConcernLevel:
            row = self.levels[level] = RadioRow()
            row.clicked.connect(self.judged)
            rows.addWidget(row)
        self._colleague = NoteLine(icon="users", tone="text")
        self._colleague.hide()
        card.body.addWidget(group)
        card.body.addWidget(self._colleague)
        self.sentence = TextArea(lines=2)
        self.sentence.edited.connect(self._typing.key)
        self.sentence.installEventFilter(self)
        self.sentence_field = Field("", self.sentence)
        self.sentence_field.limit_to(TypedField.JUDGEMENT)
        self._lowering = NoteLine(icon="info", tone="text3")
        card.body.addWidget(self.sentence_field)
        card.body.addWidget(self._lowering)
        card.body.addStretch(1)
        return card

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.lead.setVisible(width >= NARROW)
