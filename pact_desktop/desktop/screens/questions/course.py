# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of the private questions: which are open, where one is, what comes next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pact_desktop.domain.indicators import (
    AnswerValue,
    Indicator,
    IndicatorId,
    IndicatorSet,
    ItemRole,
    VisitPart,
)
from pact_desktop.domain.screening import Answer, Screening, is_enabled, next_question

ANSWER_KEYS: Final = (
    AnswerValue.YES,
    AnswerValue.NO,
    AnswerValue.DOES_NOT_KNOW,
    AnswerValue.PREFERS_NOT_TO_SAY,
    AnswerValue.NOT_ASKED,
)
"""Answers in the order of the digits 1 to 5; the order never changes."""


@dataclass(frozen=True, slots=True)
class Course:
    """The open questions of one visit, in the order of the set."""

    indicator_set: IndicatorSet
    answers: Mapping[IndicatorId, Answer]
    is_child: bool

    @classmethod
    def of(cls, indicator_set: IndicatorSet, screening: Screening) -> "Course":
        return cls(indicator_set, screening.answers, screening.is_child)

    @property
    def questions(self) -> tuple[Indicator, ...]:
        return tuple(
            item
            for item in self.indicator_set.part(VisitPart.QUESTIONS, is_child=self.is_child)
            if item.role is ItemRole.QUESTION and self._open(item)
        )

    @property
    def answered(self) -> int:
        return sum(item.link_id in self.answers for item in self.questions)

    @property
    def enough_asked(self) -> bool:
        """Nothing more needs to be asked, though more may be."""
        following = next_question(self.indicator_set, self.answers, is_child=self.is_child)
        return following is None and self.answered < len(self.questions)

    def first(self) -> Indicator | None:
        """Where to begin or go on: the first question without an answer, else the first."""
        waiting = (q for q in self.questions if q.link_id not in self.answers)
        return next(waiting, self.questions[0] if self.questions else None)

    def number(self, link_id: IndicatorId) -> int:
        """Position from 1; 0 when the question is not open."""
        ids = [question.link_id for question in self.questions]
        return ids.index(link_id) + 1 if link_id in ids else 0

    def after(self, link_id: IndicatorId) -> Indicator | None:
        number = self.number(link_id)
        return self.questions[number] if number < len(self.questions) else None

    def before(self, link_id: IndicatorId) -> Indicator | None:
        number = self.number(link_id)
        return self.questions[number - 2] if number > 1 else None

    def follow_ups(self, link_id: IndicatorId) -> tuple[Indicator, ...]:
        """What may be ticked under this question with the answer it has now."""
        answer = self.answers.get(link_id)
        if answer is None:
            return ()
        return tuple(
            item
            for item in self.indicator_set.follow_ups(link_id, is_child=self.is_child)
            if item.role is ItemRole.INDICATOR
            and any(
                condition.question == link_id and condition.answer is answer.value
                for condition in item.enable_when
            )
        )

    def hidden_by(self, link_id: IndicatorId, value: AnswerValue) -> tuple[IndicatorId, ...]:
        """Ticked follow-ups that another answer to this question would hide."""
        return tuple(
            item.link_id
            for item in self.follow_ups(link_id)
            if item.link_id in self.answers
            and self.answers[item.link_id].value is AnswerValue.YES
            and not is_enabled(
                self.indicator_set,
                item.link_id,
                {**self.answers, link_id: Answer(link_id, value)},
                is_child=self.is_child,
            )
        )

    @property
    def disclosures(self) -> tuple[Indicator, ...]:
        """What the patient may say clearly at any time, whatever was asked."""
        return tuple(
            item
            for item in self.indicator_set.items
            if item.role is ItemRole.DISCLOSURE and self._open(item)
        )

    def _open(self, item: Indicator) -> bool:
        return is_enabled(self.indicator_set, item.link_id, self.answers, is_child=self.is_child)
