# SPDX-License-Identifier: GPL-3.0-or-later
"""The concern rule: counted signs in, a suggested level with its reasons out; no number shown.

The rule is that of indicators.md 3.2: structured professional judgement, modelled on the ILO
combination rule, the Albanian form and the Kosovo* danger rating; a proposal until ratified.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from pact_desktop.domain.indicators import (
    AnswerValue,
    Element,
    Indicator,
    IndicatorId,
    IndicatorSet,
    ItemRole,
    LearnedBy,
    Strength,
)

if TYPE_CHECKING:
    from pact_desktop.domain.screening import Answer


class ConcernLevel(IntEnum):
    """Ordered, so that raising and lowering can be told apart; never shown as a number."""

    NONE = 0
    SOME = 1
    REASONABLE = 2
    STRONG = 3


class RuleLine(Enum):
    """The line of the rule that fitted, from the top."""

    DISCLOSED = "disclosed"
    COUNT_AND_ELEMENTS = "count-and-elements"
    COUNT = "count"
    SOME_SIGNS = "some-signs"
    WORRYING_ANSWER = "worrying-answer"
    STAFF_CONCERN = "staff-concern"
    ONE_WEAK_SIGN = "one-weak-sign"
    NOTHING = "nothing"


class NotCounted(Enum):
    """Why a marked sign is shown but not counted."""

    EXPLAINED = "explained"
    PROTECTIVE = "protective"


@dataclass(frozen=True, slots=True)
class Reason:
    """One marked sign as the rule sees it."""

    link_id: IndicatorId
    learned_by: LearnedBy
    not_counted: NotCounted | None = None
    explanations: tuple[str, ...] = ()
    other_explanation: str = ""
    protective: IndicatorId | None = None

    @property
    def counted(self) -> bool:
        return self.not_counted is None


@dataclass(frozen=True, slots=True)
class Concern:
    """A suggestion and everything it rests on."""

    level: ConcernLevel
    line: RuleLine
    raised_for_child: bool
    reasons: tuple[Reason, ...]
    elements: frozenset[Element]
    unanswered: tuple[IndicatorId, ...]
    """Questions not asked or not answered; they never lower the level."""


def suggest_concern(
    indicator_set: IndicatorSet,
    answers: Mapping[IndicatorId, "Answer"],
    *,
    is_child: bool,
    staff_concern: bool = False,
) -> Concern:
    """Suggest a level from the answers that are in force (see `screening.effective_answers`)."""
    marked = [
        item
        for item in indicator_set.items
        if item.fits_age(is_child=is_child)
        and item.link_id in answers
        and answers[item.link_id].value is item.concern_when
    ]
    protective = [item for item in marked if item.role is ItemRole.PROTECTIVE]
    signs = [item for item in marked if item.role is ItemRole.INDICATOR]
    reasons = tuple(
        _reason(item, answers[item.link_id], protective, is_child=is_child) for item in signs
    )
    counted = [item for item, reason in zip(signs, reasons, strict=True) if reason.counted]
    elements = frozenset(element for item in counted for element in item.elements)
    line, level = _fitting_line(marked, counted, elements, is_child=is_child, concern=staff_concern)
    raised = is_child and level in {ConcernLevel.SOME, ConcernLevel.REASONABLE}
    return Concern(
        level=ConcernLevel(level + 1) if raised else level,
        line=line,
        raised_for_child=raised,
        reasons=reasons
        + tuple(
            Reason(item.link_id, item.learned_by)
            for item in marked
            if item.role in {ItemRole.QUESTION, ItemRole.DISCLOSURE}
        ),
        elements=elements,
        unanswered=_unanswered(indicator_set, answers, is_child=is_child),
    )


def _reason(
    item: Indicator, answer: "Answer", protective: list[Indicator], *, is_child: bool
) -> Reason:
    """An ordinary explanation or protective information cancels medium and weak, never asked."""
    firm = (
        item.strength_for(is_child=is_child) is Strength.STRONG
        or item.learned_by is LearnedBy.ASKED
    )
    if firm:
        return Reason(item.link_id, item.learned_by)
    if answer.explained:
        return Reason(
            item.link_id,
            item.learned_by,
            NotCounted.EXPLAINED,
            explanations=answer.explanations,
            other_explanation=answer.other_explanation,
        )
    for other in protective:
        if item.domain in other.lowers_domains:
            return Reason(
                item.link_id, item.learned_by, NotCounted.PROTECTIVE, protective=other.link_id
            )
    return Reason(item.link_id, item.learned_by)


def _fitting_line(
    marked: list[Indicator],
    counted: list[Indicator],
    elements: frozenset[Element],
    *,
    is_child: bool,
    concern: bool,
) -> tuple[RuleLine, ConcernLevel]:
    if any(item.role is ItemRole.DISCLOSURE for item in marked):
        return RuleLine.DISCLOSED, ConcernLevel.STRONG
    if _count_is_met(counted, is_child=is_child):
        needed = {Element.ACT, Element.EXPLOITATION}
        if not is_child:
            needed.add(Element.MEANS)
        if elements >= needed:
            return RuleLine.COUNT_AND_ELEMENTS, ConcernLevel.STRONG
        return RuleLine.COUNT, ConcernLevel.REASONABLE
    line = _line_of_few(marked, counted, is_child=is_child, concern=concern)
    nothing = {RuleLine.ONE_WEAK_SIGN, RuleLine.NOTHING}
    return line, ConcernLevel.NONE if line in nothing else ConcernLevel.SOME


def _line_of_few(
    marked: list[Indicator], counted: list[Indicator], *, is_child: bool, concern: bool
) -> RuleLine:
    """The line where the count is not met."""
    only_one_weak = (
        len(counted) == 1 and counted[0].strength_for(is_child=is_child) is Strength.WEAK
    )
    if counted and not only_one_weak:
        return RuleLine.SOME_SIGNS
    if any(item.role is ItemRole.QUESTION for item in marked):
        return RuleLine.WORRYING_ANSWER
    if concern:
        return RuleLine.STAFF_CONCERN
    return RuleLine.ONE_WEAK_SIGN if counted else RuleLine.NOTHING


def _count_is_met(counted: list[Indicator], *, is_child: bool) -> bool:
    """Two strong; one strong and another; three medium; two medium and one weak.

    Over at least two domains, or with anything the patient said among them: signs of one
    observed domain are one behaviour seen several ways.
    """
    asked = any(item.learned_by is LearnedBy.ASKED for item in counted)
    if len({item.domain for item in counted}) < 2 and not asked:  # noqa: PLR2004 the rule's own number
        return False
    tally = Counter(item.strength_for(is_child=is_child) for item in counted)
    strong, medium, weak = (tally[s] for s in (Strength.STRONG, Strength.MEDIUM, Strength.WEAK))
    return (
        (strong >= 1 and strong + medium + weak >= 2)  # noqa: PLR2004 the rule's own number
        or medium >= 3  # noqa: PLR2004 the rule's own number
        or (medium >= 2 and weak >= 1)  # noqa: PLR2004 the rule's own number
    )


def _unanswered(
    indicator_set: IndicatorSet, answers: Mapping[IndicatorId, "Answer"], *, is_child: bool
) -> tuple[IndicatorId, ...]:
    settled = {AnswerValue.YES, AnswerValue.NO}
    return tuple(
        item.link_id
        for item in indicator_set.items
        if item.role is ItemRole.QUESTION
        and item.fits_age(is_child=is_child)
        and (item.link_id not in answers or answers[item.link_id].value not in settled)
    )
