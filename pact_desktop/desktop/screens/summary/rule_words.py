# SPDX-License-Identifier: GPL-3.0-or-later
"""The rule of the suggestion in plain words, so that nobody has to trust it blindly."""

from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.concern import Concern, ConcernLevel
from pact_desktop.domain.indicators import IndicatorSet
from pact_desktop.terms import term


def rule_words(concern: Concern, indicator_set: IndicatorSet) -> str:
    """The line that fitted here, then the whole rule from the top."""
    parts = [
        tr("Here this line fitted: {line}").format(line=term(catalog(), concern.line)),
        tr("The first line that fits is suggested, from the top:"),
        _level(
            ConcernLevel.STRONG,
            tr(
                "the patient speaks of it; or the signs of the next line are there and touch act, "
                "means and purpose (under 18: act and purpose)."
            ),
        ),
        _level(
            ConcernLevel.REASONABLE,
            tr(
                "two strong signs; or one strong and another; or three medium; or two medium and "
                "one weak. They come from two areas, or the patient said one of them."
            ),
        ),
        _level(
            ConcernLevel.SOME,
            tr(
                "anything that counts and is more than one weak sign; a worrying answer; or "
                "concern of the staff."
            ),
        ),
        _level(ConcernLevel.NONE, tr("nothing that counts, or one weak sign alone.")),
        tr(
            "A sign with an ordinary explanation is shown and not counted, unless it is strong or "
            "the patient said it. What was not asked or not answered never lowers the level. Under "
            "18, or with an age that is not certain, it is one level higher."
        ),
        tr("Signs prove nothing. The level is your judgement."),
    ]
    if not indicator_set.ratified:
        parts.append(tr("No panel has agreed to this set yet; its strengths are a proposal."))
    return "\n\n".join(parts)


def _level(level: ConcernLevel, words: str) -> str:
    return tr("{level}: {rule}").format(level=term(catalog(), level), rule=words)
