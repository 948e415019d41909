# SPDX-License-Identifier: GPL-3.0-or-later
"""What a visit's answers point to, and whether the judgement was made in view of them."""

from pact_desktop.domain.concern import Concern, suggest_concern
from pact_desktop.domain.indicators import IndicatorSet
from pact_desktop.domain.screening import Screening, effective_answers


def suggested_concern(indicator_set: IndicatorSet, screening: Screening) -> Concern:
    """What the answers in force point to; hidden ones have no value."""
    return suggest_concern(
        indicator_set,
        effective_answers(indicator_set, screening.answers, is_child=screening.is_child),
        is_child=screening.is_child,
        staff_concern=screening.staff_concern,
    )


def judgement_is_outdated(indicator_set: IndicatorSet, screening: Screening) -> bool:
    """A level was set, and what was answered since points higher than anybody has looked at."""
    made = screening.judgement
    return made is not None and not made.answers_to(
        suggested_concern(indicator_set, screening).level
    )
