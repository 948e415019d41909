# SPDX-License-Identifier: GPL-3.0-or-later
"""Guidance: the words staff act on are there, in order, and a wrong file is told."""

import shutil
from pathlib import Path

import pytest

from pact_desktop.domain.errors import Refusal
from pact_desktop.domain.guidance import Guidance
from pact_desktop.interchange.guidance import check_guidance, load_guidance
from pact_desktop.resources import shipped
from tests.indicator_sets.neutral_words import NEVER, OPEN_VIEW, found_in


@pytest.fixture(scope="module")
def folder() -> Path:
    return shipped("indicator_sets") / "guidance" / "pact-guidance" / "0.1.0"


@pytest.fixture(scope="module")
def guidance(folder: Path) -> Guidance:
    return load_guidance(folder)


def test_shipped_guidance_has_no_problem(folder: Path) -> None:
    """What ships can be read."""
    assert [problem.as_line() for problem in check_guidance(folder) if problem.blocking] == []


def test_urgent_help_has_six_steps_for_each_age(guidance: Guidance) -> None:
    """Both lists begin with staying near and never with a form."""
    adult = guidance.steps("urgent.adult", "en")
    child = guidance.steps("urgent.child", "en")
    assert len(adult) == len(child) == 6
    assert adult[0].text == "Keep the patient in the clinical area"
    assert "social work" in child[1].text
    assert all(step.detail for step in (*adult, *child))


@pytest.mark.parametrize(
    "section",
    ["private.ways", "private.not-possible", "limits", "talk.do", "talk.do-not", "child.tell",
     "do-not.adult", "do-not.child", "card", "card.labels", "card.rights", "urgent.doubt"],
)  # fmt: skip
def test_sections_that_screens_show_are_there(guidance: Guidance, section: str) -> None:
    """A screen finds the section it asks for."""
    assert guidance.steps(section, "en")


def test_every_line_names_its_sources(guidance: Guidance) -> None:
    """Only the bare labels of the card come without a source."""
    without = {key for key, sources in guidance.source_of.items() if not sources}
    assert without == set(guidance.sections["card.labels"])


def test_patient_is_never_read_a_text_of_another_language(guidance: Guidance) -> None:
    """Staff fall back to English; a screen can tell that the patient's language has no text."""
    assert guidance.text("patient.limits.adult", "xx") == guidance.text(
        "patient.limits.adult", "en"
    )
    assert not guidance.has("patient.limits.adult", "xx")
    assert guidance.speaks("en", "limits")


def test_card_gives_nothing_away_in_any_language(guidance: Guidance) -> None:
    """The card says nothing about why it is given."""
    for locale, texts in guidance.words.items():
        card = {key: text for key, text in texts.items() if key.startswith("patient.card.")}
        assert found_in(card, locale, NEVER, OPEN_VIEW) == {}, locale


def test_guidance_is_neutral_in_every_language(guidance: Guidance) -> None:
    """Staff may read "danger" in private view, and nothing stronger."""
    for locale, texts in guidance.words.items():
        assert found_in(texts, locale, NEVER) == {}, locale


def test_limits_say_the_exception_and_the_freedom(guidance: Guidance) -> None:
    """Before anything is asked, a patient hears what cannot stay secret and that they may stop."""
    for key in ("patient.limits.adult", "patient.limits.child"):
        text = guidance.text(key, "en")
        assert "must tell" in text
        assert "stop" in text
        assert "treatment" in text


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("key: talk.do.pause", "key: talk.do.thanks", "the key “talk.do.thanks” stands twice"),
        ("sources: [COE, UK]", "sources: [NOBODY]", "unknown source “NOBODY”"),
        ("status: draft", "status: final", "status: Invalid"),
        ('text: "Place"', 'words: "Place"', "unknown key “words”"),
    ],
)  # fmt: skip
def test_slips_are_told(folder: Path, tmp_path: Path, old: str, new: str, problem: str) -> None:
    """A wrong guidance file is refused with every problem."""
    copy = tmp_path / "pact-guidance" / "0.1.0"
    shutil.copytree(folder, copy)
    text = (copy / "guidance.yaml").read_text(encoding="utf-8")
    assert old in text
    (copy / "guidance.yaml").write_text(text.replace(old, new), encoding="utf-8")
    assert any(problem in found.text for found in check_guidance(copy))
    with pytest.raises(Refusal):
        load_guidance(copy)


def test_nobody_stands_for_words_that_nobody_read(guidance: Guidance) -> None:
    """The screens say so, in every language, until a native clinician has read the words."""
    assert guidance.reviewed_by == {}
    assert [guidance.reviewer(locale) for locale in ("en", "mk", "ar", "sr-Latn")] == [""] * 4


def test_who_read_a_language_is_known_from_its_file(folder: Path, tmp_path: Path) -> None:
    """Both scripts of Serbian count as read; another language does not."""
    copy = tmp_path / folder.parent.name / folder.name
    shutil.copytree(folder, copy)
    path = copy / "texts" / "sr-Cyrl.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("Reviewed by: nobody yet.", "Reviewed by: A. B., nurse, 2027"),
        encoding="utf-8",
    )
    read = load_guidance(copy)
    assert read.reviewer("sr-Cyrl") == read.reviewer("sr-Latn") == "A. B., nurse, 2027"
    assert read.reviewer("mk") == ""
