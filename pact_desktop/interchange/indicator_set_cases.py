# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases beside an indicator set: what was noted, and what the rule must suggest."""

from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from pact_desktop.domain.concern import Concern, ConcernLevel, RuleLine, suggest_concern
from pact_desktop.domain.indicators import AgeGroup, AnswerValue, IndicatorId, IndicatorSet
from pact_desktop.domain.screening import Answer, effective_answers
from pact_desktop.interchange.content_files import Problems, convert, read_yaml

CASES_FILE: Final = "cases.yaml"

_LEVELS: Final = {level.name.lower(): level for level in ConcernLevel}


class ExpectFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """What the rule must say. Lists that are left out are not looked at."""

    level: Literal["none", "some", "reasonable", "strong"]
    line: RuleLine
    raised_for_child: bool = False
    counted: tuple[str, ...] | None = None
    not_counted: dict[str, str] = {}
    unanswered: tuple[str, ...] | None = None


class CaseFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """One case, readable by a clinician."""

    case: Annotated[str, msgspec.Meta(min_length=1)]
    because: str = ""
    answers: dict[str, AnswerValue] = {}
    also_considered: dict[str, tuple[str, ...]] = {}
    staff_concern: bool = False
    expect: ExpectFile


def read_cases(folder: Path, problems: Problems) -> list[tuple[CaseFile, int]]:
    """The cases of a set with their lines; none when the folder has no such file."""
    if not (folder / CASES_FILE).exists():
        return []
    document = read_yaml(folder / CASES_FILE, problems)
    if document is None:
        return []
    values = document.value.get("cases")
    if not isinstance(values, list):
        problems.add(CASES_FILE, 1, "“cases” must be a list")
        return []
    found = []
    for position, value in enumerate(values):
        place = ("cases", position)
        if (case := convert(document, value, CaseFile, place, problems)) is None:
            continue
        found.append((case, document.line(place)))
    return found


def check_cases(folder: Path, indicator_set: IndicatorSet, problems: Problems) -> None:
    """Add a problem for each case that names an unknown item or that the rule decides otherwise."""
    for case, line in read_cases(folder, problems):
        for text in differences(case, indicator_set):
            problems.add(CASES_FILE, line, f"{case.case}: {text}", blocking=False)


def differences(case: CaseFile, indicator_set: IndicatorSet) -> list[str]:
    """What the rule says otherwise than the case expects; empty when they agree."""
    known = {item.link_id for item in indicator_set.items}
    unknown = [key for key in (*case.answers, *case.also_considered) if key not in known]
    if unknown:
        return [f"{key} is not in the set" for key in unknown]
    return _compared(case.expect, _concern(case, indicator_set))


def _concern(case: CaseFile, indicator_set: IndicatorSet) -> Concern:
    is_child = indicator_set.age is AgeGroup.CHILD
    answers = {
        IndicatorId(key): Answer(
            IndicatorId(key), value, explanations=case.also_considered.get(key, ())
        )
        for key, value in case.answers.items()
    }
    return suggest_concern(
        indicator_set,
        effective_answers(indicator_set, answers, is_child=is_child),
        is_child=is_child,
        staff_concern=case.staff_concern,
    )


def _compared(expect: ExpectFile, concern: Concern) -> list[str]:
    counted = [reason.link_id for reason in concern.reasons if reason.counted]
    not_counted = {
        str(reason.link_id): reason.not_counted.value
        for reason in concern.reasons
        if reason.not_counted
    }
    pairs: list[tuple[str, object, object]] = [
        ("level", _LEVELS[expect.level], concern.level),
        ("line", expect.line, concern.line),
        ("raised_for_child", expect.raised_for_child, concern.raised_for_child),
        ("not_counted", expect.not_counted, not_counted),
    ]
    if expect.counted is not None:
        pairs.append(("counted", sorted(expect.counted), sorted(counted)))
    if expect.unanswered is not None:
        pairs.append(("unanswered", sorted(expect.unanswered), sorted(concern.unanswered)))
    return [
        f"{name}: expected {_shown(wanted)}, the rule gives {_shown(given)}"
        for name, wanted, given in pairs
        if wanted != given
    ]


def _shown(value: object) -> str:
    if isinstance(value, ConcernLevel):
        return value.name.lower()
    return str(value.value) if isinstance(value, RuleLine) else str(value)
