# SPDX-License-Identifier: GPL-3.0-or-later
"""What a visit's answers point to, and whether the judgement was made in view of them.

Everywhere `sets` are the set in force, then every other set that answers of the visit were asked
from: a change of path takes no answer back, so it lowers no level before somebody has looked.
"""

from collections.abc import Sequence
from dataclasses import replace

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.concern import Concern, ConcernLevel, suggest_concern
from pact_desktop.domain.indicators import AgeGroup, IndicatorId, IndicatorSet
from pact_desktop.domain.screening import Answer, Screening, effective_answers, level_of_others


def suggested_concern(sets: Sequence[IndicatorSet], screening: Screening) -> Concern:
    """What the answers in force point to by the highest of the sets; hidden ones have no value."""
    found = [concern for _, concern in concern_by_set(sets, screening)]
    highest = max(found, key=lambda concern: (concern.level, bool(concern.reasons)))
    reasons = {reason.link_id: reason for of in (*found, highest) for reason in of.reasons}
    return replace(
        highest,
        raised_for_child=highest.raised_for_child and screening.is_child,
        reasons=tuple(reasons.values()),
        elements=frozenset().union(*(of.elements for of in found)),
        unanswered=found[0].unanswered,
    )


def concern_by_set(
    sets: Sequence[IndicatorSet], screening: Screening
) -> list[tuple[IndicatorSet, Concern]]:
    """What each set makes of the answers that are not hidden on its path."""
    return [
        (
            used,
            suggest_concern(
                used,
                effective_answers(used, screening.answers, is_child=is_child),
                is_child=is_child,
                staff_concern=screening.staff_concern,
            ),
        )
        for used, is_child in _with_age(sets, screening)
    ]


def answers_in_force(
    sets: Sequence[IndicatorSet], screening: Screening
) -> dict[IndicatorId, Answer]:
    """Those that are not hidden on the path they were given on, in the order they were given."""
    shown = {
        link_id
        for used, is_child in _with_age(sets, screening)
        for link_id in effective_answers(used, screening.answers, is_child=is_child)
    }
    return {link_id: answer for link_id, answer in screening.answers.items() if link_id in shown}


def has_urgent_finding(sets: Sequence[IndicatorSet], screening: Screening) -> bool:
    """Whether an answer in force tells of something that does not wait."""
    return any(
        used.item(link_id).urgent and answer.value is used.item(link_id).concern_when
        for used, is_child in _with_age(sets, screening)
        for link_id, answer in effective_answers(used, screening.answers, is_child=is_child).items()
    )


def judging_floor(
    sets: Sequence[IndicatorSet], screening: Screening, person: AccountId
) -> ConcernLevel:
    """The level that this person goes below with a reason only, from strong with a colleague."""
    suggested = suggested_concern(sets, screening).level
    return max(suggested, level_of_others(screening.judgements, person))


def judgement_is_outdated(sets: Sequence[IndicatorSet], screening: Screening) -> bool:
    """A level was set, and what was answered since points higher than anybody has looked at."""
    made = screening.judgement
    return made is not None and not made.answers_to(suggested_concern(sets, screening).level)


def _with_age(
    sets: Sequence[IndicatorSet], screening: Screening
) -> list[tuple[IndicatorSet, bool]]:
    """Each set with the path it is for."""
    return [(sets[0], screening.is_child)] + [
        (used, used.age is AgeGroup.CHILD) for used in sets[1:]
    ]
