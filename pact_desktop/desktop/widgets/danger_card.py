# SPDX-License-Identifier: GPL-3.0-or-later
"""Danger on its own axis: four questions, and a level that a person sets."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop.widgets.buttons import ActionButton
from pact_desktop.desktop.widgets.cards import Card
from pact_desktop.desktop.widgets.labels import PlainLabel, tip
from pact_desktop.desktop.widgets.notes import NoteLine
from pact_desktop.desktop.widgets.segments import Segments
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, ptr, tr
from pact_desktop.domain.danger import DangerAnswer, DangerLevel, DangerQuestion
from pact_desktop.terms import term


class DangerCard(Card):
    """Answers are shown as a short list once all four are given, and asked before.

    Signals:
        changed: an answer or the level was chosen.
    """

    changed = Signal()
    urgent_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._head = PlainLabel(role="subtitle")
        self._separate = PlainLabel(role="small", tone="text2")
        self.level = Segments()
        self.level.chosen.connect(self.changed)
        self._suggested = NoteLine(icon="info")
        self._ask: dict[DangerQuestion, tuple[PlainLabel, Segments]] = {}
        self._told: dict[DangerQuestion, tuple[PlainLabel, PlainLabel]] = {}
        self._asking, self._telling = QWidget(), QWidget()
        self._build_questions()
        self.change = ActionButton(kind="quiet", icon_name="pencil-simple")
        self.change.clicked.connect(lambda: self._show_questions(asking=True))
        self._first = PlainLabel(role="small", tone="text2")
        self._first.setWordWrap(True)
        self.urgent = ActionButton(icon_name="first-aid-kit", key_cap="F9")
        self.urgent.clicked.connect(self.urgent_wanted)
        self._arrange()
        self.retranslate()

    def retranslate(self) -> None:
        self._head.setText(tr("Danger"))
        self._separate.setText(tr("Separate from the level"))
        self.level.set_label(tr("Danger"))
        self.level.set_options(
            [
                (DangerLevel.NONE, ptr("danger level", "None")),
                (DangerLevel.POSSIBLE, ptr("danger level", "Possible")),
                (DangerLevel.IMMEDIATE, ptr("danger level", "Immediate")),
            ],
            strong=(DangerLevel.POSSIBLE, DangerLevel.IMMEDIATE),
        )
        short = _short_questions()
        for question, (label, answers) in self._ask.items():
            words = short[question]
            label.setText(words)
            label.setToolTip(tip(term(catalog(), question)))
            answers.set_label(term(catalog(), question))
            answers.set_options([(value, term(catalog(), value)) for value in DangerAnswer])
            self._told[question][0].setText(words)
        self.change.setText(tr("Change answers"))
        self._first.setText(tr("If danger is immediate, act first and write later."))
        self.urgent.setText(tr("Urgent help"))

    # What is shown --------------------------------------------------------------------------

    def show_danger(
        self,
        answers: Mapping[DangerQuestion, DangerAnswer],
        level: DangerLevel | None,
        suggested: DangerLevel | None,
        *,
        arriving: bool,
    ) -> None:
        """The suggestion is only said; a person chooses the level."""
        self.level.set_value(level)
        said = "" if suggested is None else term(catalog(), suggested)
        self._suggested.set_text(tr("The answers point to: {level}").format(level=said))
        self._suggested.setVisible(suggested is not None and suggested is not level)
        for question, (_, asked) in self._ask.items():
            asked.set_value(answers.get(question))
            told = answers.get(question)
            self._told[question][1].setText(term(catalog(), told) if told else "")
        if arriving:
            self._show_questions(asking=len(answers) < len(DangerQuestion))

    def answers(self) -> dict[DangerQuestion, DangerAnswer]:
        given = {question: asked.value() for question, (_, asked) in self._ask.items()}
        return {q: value for q, value in given.items() if isinstance(value, DangerAnswer)}

    def chosen_level(self) -> DangerLevel | None:
        level = self.level.value()
        return level if isinstance(level, DangerLevel) else None

    def question_segments(self) -> dict[DangerQuestion, Segments]:
        return {question: asked for question, (_, asked) in self._ask.items()}

    def set_answering(self, *, allowed: bool) -> None:
        self.level.setEnabled(allowed)
        self._asking.setEnabled(allowed)

    # Building -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        space_out(head, gap=12)
        space_out(foot, gap=12)
        head.addWidget(self._head)
        head.addStretch(1)
        head.addWidget(self._separate)
        foot.addWidget(self._first, 1)
        foot.addWidget(self.urgent)
        self.body.addLayout(head)
        for widget in (self.level, self._suggested, self._asking, self._telling):
            self.body.addWidget(widget)
        self.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addLayout(foot)
        self.body.addStretch(1)

    def _build_questions(self) -> None:
        asking, telling = QVBoxLayout(self._asking), QVBoxLayout(self._telling)
        space_out(asking, gap=4)
        space_out(telling, (0, 4, 0, 0), 6)
        for question in DangerQuestion:
            label, answers = PlainLabel(role="small", tone="text"), Segments()
            label.setWordWrap(True)
            answers.setProperty("tight", True)  # noqa: FBT003 a property of the kit
            answers.chosen.connect(self.changed)
            self._ask[question] = (label, answers)
            asking.addWidget(label)
            asking.addWidget(answers)
            telling.addLayout(self._told_row(question))

    def _told_row(self, question: DangerQuestion) -> QHBoxLayout:
        words, answer = PlainLabel(role="small", tone="text"), PlainLabel(role="label")
        words.setWordWrap(True)
        self._told[question] = (words, answer)
        row = QHBoxLayout()
        space_out(row, gap=12)
        row.addWidget(words, 1)
        row.addWidget(answer, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _show_questions(self, *, asking: bool) -> None:
        self._asking.setVisible(asking)
        self._telling.setVisible(not asking)
        self.change.setVisible(not asking)


def _short_questions() -> dict[DangerQuestion, str]:
    """One line each, so that all four fit beside the judgement; the tooltip has the sentence."""
    return {
        DangerQuestion.FEARED_PERSON_NEAR: tr("Feared person is here or waiting"),
        DangerQuestion.HARM_IF_NOT_BACK: tr("Harm if the patient does not go back"),
        DangerQuestion.OTHERS_AT_RISK: tr("Anyone else at risk"),
        DangerQuestion.ACUTE: tr("Strangulation, weapon, suicide, captivity, illness"),
    }
