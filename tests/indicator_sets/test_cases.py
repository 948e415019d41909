# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases that clinicians read: the rule decides each of them as they expect."""

from pathlib import Path

import pytest

from pact_desktop.domain.concern import ConcernLevel
from pact_desktop.interchange.content_files import Problems
from pact_desktop.interchange.indicator_set_cases import CaseFile, differences, read_cases
from pact_desktop.interchange.indicator_sets import load_indicator_set
from pact_desktop.resources import shipped

FOLDERS = sorted((shipped("indicator_sets") / "indicators").glob("*/*"))


def cases_of(folder: Path) -> list[CaseFile]:
    problems = Problems()
    cases = [case for case, _line in read_cases(folder, problems)]
    assert [problem.as_line() for problem in problems.found] == []
    return cases


@pytest.mark.parametrize(
    ("folder", "case"),
    [
        pytest.param(folder, case, id=f"{folder.parent.name}: {case.case}")
        for folder in FOLDERS
        for case in cases_of(folder)
    ],
)
def test_case_is_decided_as_expected(folder: Path, case: CaseFile) -> None:
    """Level, line of the rule, and what counted."""
    assert differences(case, load_indicator_set(folder)) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_cases_reach_every_level(folder: Path) -> None:
    """Each level a patient can be given is shown by a case; a child never stays at some."""
    levels = {case.expect.level for case in cases_of(folder)}
    wanted = {level.name.lower() for level in ConcernLevel}
    if "child" in folder.parent.name:
        wanted.remove("some")
    assert levels == wanted


def test_there_are_enough_cases() -> None:
    """At least 25 over both sets."""
    assert sum(len(cases_of(folder)) for folder in FOLDERS) >= 25
