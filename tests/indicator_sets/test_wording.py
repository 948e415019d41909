# SPDX-License-Identifier: GPL-3.0-or-later
"""The words of the shipped sets: neutral in every language, complete in English."""

import pytest

from pact_desktop.domain.indicators import (
    AgeGroup,
    Element,
    Indicator,
    IndicatorSet,
    ItemRole,
    LearnedBy,
    VisitPart,
)
from pact_desktop.interchange.indicator_sets import check_indicator_set, load_indicator_set
from pact_desktop.resources import shipped
from tests.indicator_sets.neutral_words import NEVER, OPEN_VIEW, found_in

FOLDERS = sorted((shipped("indicator_sets") / "indicators").glob("*/*"))
SETS = [load_indicator_set(folder) for folder in FOLDERS]

pytestmark = pytest.mark.parametrize("indicator_set", SETS, ids=[known.set_id for known in SETS])


def indicators(indicator_set: IndicatorSet) -> list[Indicator]:
    return [item for item in indicator_set.items if item.role is ItemRole.INDICATOR]


def test_set_has_no_problem(indicator_set: IndicatorSet) -> None:
    """Nothing is left out, no translation is stale, every case holds."""
    folder = shipped("indicator_sets") / "indicators" / indicator_set.set_id / indicator_set.version
    assert [problem.as_line() for problem in check_indicator_set(folder)] == []


def test_words_are_neutral_in_every_language(indicator_set: IndicatorSet) -> None:
    """No word that names a person or a crime stands anywhere a patient or companion may look."""
    for locale, texts in indicator_set.words.items():
        assert found_in(texts, locale, NEVER) == {}, locale


def test_open_view_gives_nothing_away(indicator_set: IndicatorSet) -> None:
    """Short wording, groups and ordinary explanations may be read by the companion."""
    for locale, texts in indicator_set.words.items():
        shown = {
            key: text
            for key, text in texts.items()
            if key.endswith(".short") or key.startswith(("group.", "explanation.", "title"))
        }
        assert found_in(shown, locale, NEVER, OPEN_VIEW) == {}, locale


def test_short_wording_is_short_and_told_apart(indicator_set: IndicatorSet) -> None:
    """Two rows never look the same to the nurse, in any language."""
    for locale in indicator_set.words:
        shorts = [
            indicator_set.text(f"{item.link_id}.short", locale).casefold()
            for item in indicator_set.items
            if item.part is not VisitPart.QUESTIONS
        ]
        assert len(set(shorts)) == len(shorts), locale
        assert all(0 < len(short) <= 44 for short in shorts), locale


def test_observations_need_no_question(indicator_set: IndicatorSet) -> None:
    """The first step is seen, heard or known; nothing in it waits for privacy."""
    rows = [item for item in indicator_set.items if item.part is VisitPart.OBSERVATIONS]
    assert 14 <= len(rows) <= 15
    assert [row.link_id for row in rows] == list(indicator_set.quick_look)
    assert all(row.learned_by is not LearnedBy.ASKED for row in rows)
    assert 2 <= len({row.group for row in rows}) <= 4


def test_every_row_says_what_it_looks_like(indicator_set: IndicatorSet) -> None:
    """The side pane is never half empty."""
    for item in indicator_set.items:
        assert indicator_set.text(f"{item.link_id}.about", "en"), item.link_id
        if item.part is not VisitPart.QUESTIONS:
            assert indicator_set.text(f"{item.link_id}.example.1", "en"), item.link_id


def test_every_indicator_leans_on_something(indicator_set: IndicatorSet) -> None:
    """A source, or the honest word that it is our proposal."""
    assert all(item.sources for item in indicators(indicator_set))


def test_clinical_findings_can_have_a_medical_explanation(indicator_set: IndicatorSet) -> None:
    """A clear medical explanation sets a finding aside."""
    for item in indicators(indicator_set):
        if item.learned_by is LearnedBy.CLINICAL:
            assert "medical-explanation" in item.explanations, item.link_id


def test_elements_follow_the_tagging_rule(indicator_set: IndicatorSet) -> None:
    """Act, means and exploitation are tagged as indicators.md 3.2 says, by place in the tables."""
    for item in indicators(indicator_set):
        assert item.elements == expected_elements(item.link_id), item.link_id


def expected_elements(link_id: str) -> tuple[Element, ...]:
    letter = link_id[0]
    if letter == "J" or link_id in {"M01", "M02", "M03", "M04", "H02", "H03", "A07"}:
        return (Element.ACT,)
    if letter in "AHG" or link_id in {"E06", "E08", "E10", "F05"}:
        return (Element.MEANS,)
    if letter in "IL" or link_id in {"C07", "C08", "C12", "K02", "K03", "K04", "K09"}:
        return (Element.EXPLOITATION,)
    return ()


def test_domains_follow_the_tables(indicator_set: IndicatorSet) -> None:
    """The letter of an indicator is its domain: A is D1, E is D4 (no D is used), M is D12."""
    for item in indicators(indicator_set):
        assert item.domain == f"D{'ABCEFGHIJKLMN'.index(item.link_id[0]) + 1}", item.link_id


def test_questions_fit_the_age(indicator_set: IndicatorSet) -> None:
    """Eight questions for adults, five in simple words under 18, each with its follow-ups."""
    questions = [item for item in indicator_set.items if item.role is ItemRole.QUESTION]
    assert len(questions) == (5 if indicator_set.age is AgeGroup.CHILD else 8)
    is_child = indicator_set.age is AgeGroup.CHILD
    for item in questions:
        assert list(indicator_set.follow_ups(item.link_id, is_child=is_child)), item.link_id
        assert indicator_set.text(f"{item.link_id}.follow_up_title", "en"), item.link_id


def test_set_says_that_nobody_ratified_it(indicator_set: IndicatorSet) -> None:
    """The set never claims a review that did not happen."""
    assert indicator_set.status == "draft"
    assert not indicator_set.ratified


def test_there_are_at_least_sixty_indicators(indicator_set: IndicatorSet) -> None:
    """Over both sets, each counted once; every item of this set is among them."""
    distinct = {item.link_id for known in SETS for item in indicators(known)}
    assert len(distinct) >= 60
    assert {item.link_id for item in indicators(indicator_set)} <= distinct
