# SPDX-License-Identifier: GPL-3.0-or-later
"""Danger, kept apart from concern: a few questions, three levels, a person decides."""

from collections.abc import Mapping
from enum import StrEnum


class DangerLevel(StrEnum):
    NONE = "none"
    POSSIBLE = "possible"
    IMMEDIATE = "immediate"


class DangerQuestion(StrEnum):
    """The questions of indicators.md 3.2; whether the patient is a child is known already."""

    FEARED_PERSON_NEAR = "feared-person-near"
    HARM_IF_NOT_BACK = "harm-if-not-back"
    OTHERS_AT_RISK = "others-at-risk"
    ACUTE = "acute"
    """Strangulation, weapon, thoughts of suicide, captivity or life-threatening illness."""


class DangerAnswer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


def suggest_danger(
    answers: Mapping[DangerQuestion, DangerAnswer], *, is_child: bool, urgent_finding: bool
) -> DangerLevel | None:
    """The level the answers point to, or None while nothing is known.

    Something acute is immediate. A feared person nearby is immediate when harm is expected
    or the patient is a child. Any other yes, and any "not known", is possible: what was not
    answered never lowers the level.
    """
    yes = {question for question, answer in answers.items() if answer is DangerAnswer.YES}
    if urgent_finding or DangerQuestion.ACUTE in yes:
        return DangerLevel.IMMEDIATE
    if DangerQuestion.FEARED_PERSON_NEAR in yes and (
        is_child or DangerQuestion.HARM_IF_NOT_BACK in yes
    ):
        return DangerLevel.IMMEDIATE
    if yes or DangerAnswer.NOT_KNOWN in answers.values():
        return DangerLevel.POSSIBLE
    return DangerLevel.NONE if answers.keys() >= set(DangerQuestion) else None
