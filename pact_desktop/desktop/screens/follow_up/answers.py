# SPDX-License-Identifier: GPL-3.0-or-later
"""The answers that may come next for a referral, in words and in the order of the slips."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.referral import NEXT_STATUS, DeclineReason, OutcomeCode, ReferralStatus
from pact_desktop.terms import term

_ORDER: Final = (
    ReferralStatus.RECEIVED,
    ReferralStatus.ACCEPTED,
    ReferralStatus.DECLINED,
    ReferralStatus.IN_PROGRESS,
    ReferralStatus.OUTCOME,
    ReferralStatus.REDIRECTED,
    ReferralStatus.WITHDRAWN,
)
"""What a service can say. An entry in error is not its answer and needs a second person."""
_RARE: Final = frozenset({ReferralStatus.REDIRECTED, ReferralStatus.WITHDRAWN})
NOT_TOLD: Final = ""
"""The person did not agree that the facility is told what came of it."""


@dataclass(frozen=True, slots=True)
class AnswerOption:
    """One answer; `codes` are what the slip says more exactly, one of which must be chosen."""

    status: ReferralStatus
    words: str
    heading: str = ""
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerShortcut:
    """A button beside the track; without a status it opens all answers."""

    words: str
    status: ReferralStatus | None = None


def options(status: ReferralStatus) -> tuple[AnswerOption, ...]:
    """What may be answered now; empty when nothing more can come."""
    return tuple(_option(following) for following in _following(status))


def shortcuts(status: ReferralStatus) -> tuple[AnswerShortcut, ...]:
    """The usual answers, each a button; the rare ones behind one more."""
    following = _following(status)
    usual = [one for one in following if one not in _RARE]
    if not usual:
        return tuple(AnswerShortcut(_words(one), one) for one in following)
    # Translators: button; opens the list of all answers a service may give.
    return (*(AnswerShortcut(_button(one), one) for one in usual), AnswerShortcut(tr("Other …")))


def code_words(status: ReferralStatus, code: str) -> str:
    """What a reason or an outcome means; empty for an answer without one."""
    if status is ReferralStatus.DECLINED and code:
        return term(catalog(), DeclineReason(code))
    if status is ReferralStatus.OUTCOME:
        return term(catalog(), OutcomeCode(code)) if code else tr("Not told")
    return ""


def _following(status: ReferralStatus) -> list[ReferralStatus]:
    return [one for one in _ORDER if one in NEXT_STATUS[status]]


def _option(status: ReferralStatus) -> AnswerOption:
    if status is ReferralStatus.DECLINED:
        heading = tr("Not accepted, because:")
        return AnswerOption(status, _words(status), heading, _coded(DeclineReason))
    if status is ReferralStatus.OUTCOME:
        # Translators: the person did not agree that the facility hears what came of it.
        untold = (NOT_TOLD, tr("Not told: the person does not agree"))
        return AnswerOption(
            status, _words(status), tr("What came of it:"), (untold, *_coded(OutcomeCode))
        )
    return AnswerOption(status, _words(status))


def _words(status: ReferralStatus) -> str:
    if status is ReferralStatus.OUTCOME:
        # Translators: the last step of a referral: what came of it.
        return tr("Outcome")
    return term(catalog(), status)


def _button(status: ReferralStatus) -> str:
    """The dots say that something more is asked."""
    asking = {
        # Translators: button; opens the list of reasons.
        ReferralStatus.DECLINED: tr("Not accepted …"),
        # Translators: button; opens the list of what may have come of a referral.
        ReferralStatus.OUTCOME: tr("Outcome …"),
    }
    return asking.get(status) or _words(status)


def _coded(values: Iterable[Enum]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value.value), term(catalog(), value)) for value in values)


def option_of(
    status: ReferralStatus | None, offered: Sequence[AnswerOption]
) -> AnswerOption | None:
    return next((option for option in offered if option.status is status), None)
