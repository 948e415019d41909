# SPDX-License-Identifier: GPL-3.0-or-later
"""A suggestion as a person reads it: what was said, noticed and found, and what is not counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pact_desktop.desktop.words import catalog, quoted, tr, trn
from pact_desktop.domain.concern import Concern, NotCounted, Reason, RuleLine
from pact_desktop.domain.indicators import (
    AgeGroup,
    AnswerValue,
    Indicator,
    IndicatorId,
    IndicatorSet,
    ItemRole,
    VisitPart,
)
from pact_desktop.domain.judging import answers_in_force
from pact_desktop.domain.screening import Answer, BodyMark, NotPossibleReason, Screening
from pact_desktop.i18n.formats import join_list
from pact_desktop.terms import region_term, term


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """One reason; a line that is not counted says why in its text."""

    text: str
    where: str = ""
    counted: bool | None = True
    """None for what is only described, such as a mark: no rule counts it."""


@dataclass(frozen=True, slots=True)
class ReasonGroup:
    """Reasons under one heading."""

    heading: str
    lines: tuple[ReasonLine, ...]


@dataclass(frozen=True, slots=True)
class WhySuggested:
    """Everything in the first column of the summary."""

    groups: tuple[ReasonGroup, ...]
    notes: tuple[str, ...] = ()


_Placed = tuple[int, ReasonLine]
"""A line with its place in the order."""


class ReasonWriter:
    """Puts reasons into words, in the language of the screen."""

    def __init__(self, sets: Sequence[IndicatorSet], screening: Screening) -> None:
        """The set in force, then others that answers were asked from before the path changed."""
        self._set, *self._others = sets
        # What is hidden has no value anywhere, also not as a remark.
        self._screening = replace(screening, answers=answers_in_force(sets, screening))
        self._locale = catalog().locale

    def why(self, concern: Concern) -> WhySuggested:
        said: list[_Placed] = []
        noticed: list[_Placed] = []
        found: list[_Placed] = []
        for reason in concern.reasons:
            item = self._used(reason.link_id).item(reason.link_id)
            place = {VisitPart.QUESTIONS: said, VisitPart.OBSERVATIONS: noticed}.get(
                item.part, found
            )
            place.append((self._order(item), self._line(reason, item)))
        if self._screening.staff_concern:
            noticed.append((len(self._set.items), ReasonLine(tr("Concern of the staff"))))
        found += [(len(self._set.items), line) for line in self._marks()]
        groups = (
            ReasonGroup(tr("What the patient said"), _sorted(said)),
            ReasonGroup(tr("What was noticed"), _sorted(noticed)),
            ReasonGroup(tr("Findings"), _sorted(found)),
        )
        return WhySuggested(
            tuple(group for group in groups if group.lines), tuple(self._notes(concern))
        )

    # Lines ----------------------------------------------------------------------------------

    def _line(self, reason: Reason, item: Indicator) -> ReasonLine:
        text = self._text(item.link_id)
        answer = self._screening.answers.get(item.link_id)
        if answer is not None and answer.own_words:
            text = f"{text} – {quoted(answer.own_words)}"
        if reason.not_counted is not None:
            text = f"{text} – {self._why_not(reason)}"
        return ReasonLine(text, self._where(item), counted=reason.counted)

    def _why_not(self, reason: Reason) -> str:
        if reason.not_counted is NotCounted.PROTECTIVE and reason.protective is not None:
            speaks = self._text(reason.protective)
            return tr("not counted, because of: {reason}").format(reason=speaks)
        used = self._used(reason.link_id)
        words = [used.text(f"explanation.{code}", self._locale) for code in reason.explanations]
        if reason.other_explanation:
            words.append(quoted(reason.other_explanation))
        listed = join_list([word[:1].lower() + word[1:] for word in words], self._locale)
        return tr("not counted, because of: {reason}").format(reason=listed)

    def _where(self, item: Indicator) -> str:
        """`row 2`, `question 3` with what was ticked under it, or the set of the other path."""
        number = self._number(item)
        if not number:
            return self._asked_on_other_path(item.link_id)
        if item.part is VisitPart.QUESTIONS:
            return tr("question {number}").format(number=number)
        return tr("row {number}").format(number=number)

    def _asked_on_other_path(self, link_id: IndicatorId) -> str:
        """`Question set for adults` for what was answered before the path changed."""
        answer = self._screening.answers.get(link_id)
        for used in self._others:
            if answer is not None and answer.set_id == used.set_id:
                child = used.age is AgeGroup.CHILD
                return tr("Question set for under 18") if child else tr("Question set for adults")
        return ""

    def _number(self, item: Indicator) -> int:
        child = self._screening.is_child
        if item.part is not VisitPart.QUESTIONS:
            rows = [i.link_id for i in self._set.part(item.part, is_child=child)]
            return rows.index(item.link_id) + 1 if item.link_id in rows else 0
        questions = self._questions()
        parents = [item.link_id, *(condition.question for condition in item.enable_when)]
        answered = [link_id for link_id in parents if link_id in self._screening.answers]
        return next(
            (questions.index(link_id) + 1 for link_id in answered if link_id in questions), 0
        )

    def _order(self, item: Indicator) -> int:
        """Clear statements first, then in the order in which it was asked or seen."""
        if item.role is ItemRole.DISCLOSURE:
            return -1
        rank = self._number(item) * 2
        return rank if item.role is ItemRole.QUESTION else rank + 1

    def _used(self, link_id: IndicatorId) -> IndicatorSet:
        """The set that has the words of an item: the one in force, if it knows the item."""
        for used in (self._set, *self._others):
            if any(item.link_id == link_id for item in used.items):
                return used
        return self._set

    def _text(self, link_id: IndicatorId) -> str:
        return self._used(link_id).text(f"{link_id}.full", self._locale)

    def _questions(self) -> list[IndicatorId]:
        return [
            item.link_id
            for item in self._set.part(VisitPart.QUESTIONS, is_child=self._screening.is_child)
            if item.role is ItemRole.QUESTION
        ]

    def _marks(self) -> Iterable[ReasonLine]:
        """Marks are described, not judged: they are listed and never counted by themselves."""
        kinds: dict[str, list[tuple[int, BodyMark]]] = {}
        for number, mark in enumerate(self._screening.marks, 1):
            kinds.setdefault(term(catalog(), mark.kind), []).append((number, mark))
        for kind, marks in kinds.items():
            places = list(dict.fromkeys(region_term(catalog(), mark.region) for _, mark in marks))
            listed = join_list([p[:1].lower() + p[1:] for p in places], self._locale)
            numbers = ", ".join(str(number) for number, _ in marks)
            where = trn("mark {numbers}", "marks {numbers}", len(marks)).format(numbers=numbers)
            yield ReasonLine(f"{kind}: {listed}", where, counted=None)

    # Notes ----------------------------------------------------------------------------------

    def _notes(self, concern: Concern) -> Iterable[str]:
        if concern.line is RuleLine.NOTHING:
            yield tr("Nothing was noted.")
        if concern.raised_for_child:
            yield tr("One level higher, because the patient is under 18 or the age is not certain.")
        questions = self._questions()
        open_numbers = [
            questions.index(link_id) + 1 for link_id in concern.unanswered if link_id in questions
        ]
        if open_numbers:
            listed = _ranges(sorted(open_numbers))
            yield trn(
                "Not asked or not answered: question {numbers}. This never lowers the suggestion.",
                "Not asked or not answered: questions {numbers}. This never lowers the suggestion.",
                len(open_numbers),
            ).format(numbers=listed)
        for number, link_id in enumerate(questions, 1):
            answer = self._screening.answers.get(link_id)
            if answer is not None and answer.value is AnswerValue.NOT_ASKED:
                why = answer.not_asked_reason
                said = quoted(why) if why else term(catalog(), NotPossibleReason.NOT_STATED)
                # Translators: "Question 3 was not asked: Reason not stated".
                words = tr("Question {number} was not asked: {reason}")
                yield words.format(number=number, reason=said)
        for link_id, answer in self._screening.answers.items():
            if _speaks_against(self._used(link_id), link_id, answer):
                yield tr("Speaks against concern: {text}").format(text=self._text(link_id))


def _speaks_against(indicator_set: IndicatorSet, link_id: IndicatorId, answer: Answer) -> bool:
    try:
        item = indicator_set.item(link_id)
    except KeyError:
        return False
    return item.role is ItemRole.PROTECTIVE and answer.value is AnswerValue.YES


def _sorted(lines: Iterable[tuple[int, ReasonLine]]) -> tuple[ReasonLine, ...]:
    return tuple(line for _, line in sorted(lines, key=lambda pair: pair[0]))


def _ranges(numbers: list[int]) -> str:
    """`2, 4–8`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs)
