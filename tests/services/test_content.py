# SPDX-License-Identifier: GPL-3.0-or-later
"""The content of the program: the right set for each patient, and old visits in their own words."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import AgeGroup
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.screening import Screening, ScreeningId, ScreeningStatus
from pact_desktop.resources import shipped
from pact_desktop.services.content import Content, check_content, load_content, load_help


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy = tmp_path / "indicator_sets"
    shutil.copytree(shipped("indicator_sets"), copy)
    return copy


def visit_with(content: Content) -> Screening:
    return Screening(
        screening_id=ScreeningId("s1"),
        case_number=CaseNumber("c1"),
        set_id=content.adult.set_id,
        set_version=content.adult.version,
        set_digest=content.adult.digest,
        status=ScreeningStatus.IN_PROGRESS,
        is_child=False,
        started_at=datetime(2026, 11, 24, tzinfo=UTC),
        started_by=AccountId("a1"),
    )


def new_version(root: Path) -> None:
    """A second version of the adult set beside the first."""
    old = root / "indicators" / "pact-adult" / "0.1.0"
    new = root / "indicators" / "pact-adult" / "0.10.0"
    shutil.copytree(old, new)
    text = (new / "set.yaml").read_text(encoding="utf-8")
    (new / "set.yaml").write_text(
        text.replace("version: 0.1.0", "version: 0.10.0"), encoding="utf-8"
    )


def test_each_patient_gets_the_set_of_their_age() -> None:
    """Adults and patients under 18 are asked different questions."""
    content = load_content()
    assert content.active_set(is_child=False).age is AgeGroup.ADULT
    assert content.active_set(is_child=True).age is AgeGroup.CHILD
    assert content.guidance.steps("urgent.adult", "en")
    assert content.packs


def test_newest_version_is_used_and_the_old_one_kept(root: Path) -> None:
    """A new version replaces the set; a visit made with the old one keeps its own."""
    visit = visit_with(load_content(root))
    new_version(root)
    content = load_content(root)
    assert content.adult.version == "0.10.0"
    assert content.set_of(visit).version == "0.1.0"


def test_changed_set_is_not_used_for_an_old_visit(root: Path) -> None:
    """Words that were changed in place are never shown as if they had been asked."""
    visit = replace(visit_with(load_content(root)), set_digest="0" * 64)
    with pytest.raises(Refusal) as refused:
        load_content(root).set_of(visit)
    assert refused.value.code is RefusalCode.SET_INVALID


def test_missing_set_is_told(root: Path) -> None:
    """A visit of a set that is not installed here says so."""
    content = load_content(root)
    with pytest.raises(Refusal) as refused:
        content.set_of(replace(visit_with(content), set_version="9.9.9"))
    assert refused.value.facts["problem"] == "not installed"


def test_report_names_folder_file_and_line(root: Path) -> None:
    """A panel sees all problems of all folders at once."""
    assert check_content(root) == {}
    for file in (
        root / "indicators" / "pact-child" / "0.1.0" / "set.yaml",
        root / "guidance" / "pact-guidance" / "0.1.0" / "guidance.yaml",
    ):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("status: draft", "status: final"), encoding="utf-8")
    report = check_content(root)
    assert set(report) == {"indicators/pact-child/0.1.0", "guidance/pact-guidance/0.1.0"}
    assert report["indicators/pact-child/0.1.0"][0].as_line().startswith("set.yaml:4: status:")


def test_missing_words_of_a_patient_language_are_seen(root: Path) -> None:
    """A patient's language without words is told apart from one that has them."""
    content = load_content(root)
    assert content.adult.has("Q1.ask", "en")
    assert not content.adult.has("Q1.ask", "xx")


@pytest.mark.parametrize("missing", ["indicators/pact-child", "guidance"])
def test_program_does_not_start_with_half_the_content(root: Path, missing: str) -> None:
    """A missing set or guidance is told at start, not in the middle of a visit."""
    shutil.rmtree(root / missing)
    with pytest.raises(Refusal) as refused:
        load_content(root)
    assert refused.value.code is RefusalCode.SET_INVALID


def test_urgent_help_takes_what_can_be_read(root: Path) -> None:
    """A broken file takes nothing with it: not the steps, not the numbers of another place."""
    (root / "indicators" / "pact-adult" / "0.1.0" / "set.yaml").write_text("no", encoding="utf-8")
    (root / "participants" / "MK" / "0.1.0" / "pack.yaml").write_text("no", encoding="utf-8")
    found = load_help(root)
    assert found.guidance is not None
    assert found.guidance.steps("urgent.adult", "en")
    assert "RS" in found.packs
    assert "MK" not in found.packs
    (root / "guidance" / "pact-guidance" / "0.1.0" / "guidance.yaml").write_bytes(b"\xff")
    assert load_help(root).guidance is None
