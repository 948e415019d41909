# SPDX-License-Identifier: GPL-3.0-or-later
"""A panel's set file: every slip is told with its line, and a wrong set is never used."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.indicators import AnswerValue, IndicatorId, LearnedBy, Strength
from pact_desktop.interchange.indicator_sets import check_indicator_set, load_indicator_set
from pact_desktop.resources import shipped

HEAD = """\
id: small
version: 1.0.0
status: draft
ratified_by: ""
publisher: "A panel"
date: 2026-11-24
age: adult
title: "Small"
quick_look: [A01]
groups: {arrival: Arrival, questions: Questions}
explanations: {shyness: Shyness}
sources:
  - {code: UK, title: "Guidance", read: quoted}
items:
"""
ITEM = """\
  - id: A01
    part: observations
    group: arrival
    domain: D1
    learned_by: observed
    strength: strong
    explanations: [shyness]
    sources: [UK]
    full: "Another person answers"
    short: "Who answers"
    not_seen: "nobody came along."
"""
QUESTION = """\
  - id: Q1
    part: questions
    group: questions
    domain: D6
    learned_by: asked
    role: question
    concern_when: no
    full: "Not safe"
    ask: "Do you feel safe?"
"""
FOLLOW_UP = """\
  - id: G02
    part: questions
    group: questions
    domain: D6
    learned_by: asked
    enable_when: [{question: Q1, answer: no}]
    full: "Someone would hurt the patient"
"""
SMALL = HEAD + ITEM + QUESTION + FOLLOW_UP

WriteSet = Callable[[str], Path]


@pytest.fixture
def write_set(tmp_path: Path) -> WriteSet:
    def write(text: str) -> Path:
        folder = tmp_path / "small" / "1.0.0"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "set.yaml").write_text(text, encoding="utf-8")
        return folder

    return write


def told(folder: Path) -> list[str]:
    return [problem.as_line() for problem in check_indicator_set(folder)]


def test_small_set_is_read(write_set: WriteSet) -> None:
    """What a panel wrote comes out as written, with words under their keys."""
    loaded = load_indicator_set(write_set(SMALL))
    item = loaded.item(IndicatorId("A01"))
    assert (item.strength, item.learned_by) == (Strength.STRONG, LearnedBy.OBSERVED)
    assert loaded.item(IndicatorId("Q1")).concern_when is AnswerValue.NO
    assert loaded.item(IndicatorId("G02")).enable_when[0].answer is AnswerValue.NO
    assert loaded.text("A01.short", "mk") == "Who answers"
    assert loaded.text("Q1.ask", "en") == "Do you feel safe?"
    assert not loaded.ratified


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("strength: strong", "strength: huge", "20: strength: Invalid enum value 'huge'"),
        ("group: arrival\n", "group: lost\n", "15: A01: unknown group “lost”"),
        ("[shyness]", "[sleep]", "15: A01: unknown explanation “sleep”"),
        ("sources: [UK]", "sources: [XX]", "15: A01: unknown source “XX”"),
        ("id: Q1", "id: A01", "26: A01 stands in the set twice"),
        ("quick_look: [A01]", "quick_look: [A99]", "9: quick_look names unknown A99"),
        ("question: Q1,", "question: Q9,", "35: G02: enable_when names unknown Q9"),
        ("question: Q1, answer: no", "question: A01, answer: not-asked",
         "35: G02: A01 never has the answer not-asked"),
        ("role: question\n", "role: question\n    enable_when: [{question: G02, answer: yes}]\n",
         "26: Q1: enable_when goes in a circle"),
        ("question: Q1,", "question: G02,", "35: G02: enable_when goes in a circle"),
        ('short: "Who answers"', 'short: "Suspected"',
         "15: A01: short says what a companion must not read"),
        ('    short: "Who answers"\n', "", "15: A01: short is missing"),
        ('    ask: "Do you feel safe?"\n', "", "26: Q1: a question needs ask, the sentence to say"),
        ("learned_by: asked\n    role", "learned_by: observed\n    role",
         "26: Q1: what stands under questions is learned by asking"),
        ("version: 1.0.0", "version: 1.0.1", "2: version 1.0.1 stands in the folder 1.0.0"),
        ("id: small", "id: other", "1: id other stands in the folder small"),
        ("concern_when: no", "concern_when: not-asked", "26: Q1: concern_when must be yes or no"),
        ("age: adult", "age: adults", "7: age: Invalid enum value 'adults'"),
        ("status: draft", "state: draft", "3: unknown key “state”"),
        ('title: "Small"', "title: 7", "8: title: Expected str, got int"),
        ("date: 2026-11-24", "date: 24.11.2026", "6: date: Invalid RFC3339 encoded date"),
    ],
)  # fmt: skip
def test_each_slip_is_told_with_its_line(
    write_set: WriteSet, old: str, new: str, problem: str
) -> None:
    """The author finds the place without knowing the program."""
    assert old in SMALL
    assert f"set.yaml:{problem}" in told(write_set(SMALL.replace(old, new, 1)))


def test_all_slips_are_told_together(write_set: WriteSet) -> None:
    """Nobody mends one line, reads again, and finds the next."""
    text = SMALL.replace("strength: strong", "strength: huge\n    colour: red\n    domain2: x")
    text = text.replace("learned_by: observed", "learned_by: 7")
    assert len(told(write_set(text))) == 4


def test_wrong_set_is_refused_with_its_first_problem(write_set: WriteSet) -> None:
    """The program says which file, line and problem, and uses nothing of it."""
    with pytest.raises(Refusal) as refused:
        load_indicator_set(write_set(SMALL.replace("strength: strong", "strength: huge")))
    assert refused.value.code is RefusalCode.SET_INVALID
    assert refused.value.facts["line"] == 20
    assert str(refused.value.facts["file"]).endswith("/set.yaml:20")


def test_set_without_observations_cannot_be_installed(write_set: WriteSet) -> None:
    """The observation step is never empty."""
    assert "set.yaml:14: the set has no observations" in told(
        write_set(HEAD.replace("[A01]", "[]") + QUESTION)
    )


@pytest.mark.parametrize("text", [HEAD, HEAD + "  []\n", "items: 7\n", "id: []\nitems: {}\n"])
def test_set_of_the_wrong_shape_is_refused(write_set: WriteSet, text: str) -> None:
    """Missing keys and wrong types are problems, not a crash."""
    with pytest.raises(Refusal):
        load_indicator_set(write_set(text))


@pytest.mark.parametrize("value", ["7", "[]", "{}", "true", "", '"x"', "[[[]]]", "-999999999"])
def test_no_value_in_any_place_breaks_the_reader(write_set: WriteSet, value: str) -> None:
    """Every line of a small set is replaced in turn: it is read or refused."""
    lines = SMALL.splitlines()
    for number, line in enumerate(lines):
        key = line.split(":")[0]
        changed = [*lines[:number], f"{key}: {value}", *lines[number + 1 :]]
        check_indicator_set(write_set("\n".join(changed) + "\n"))


def test_failing_case_is_told(write_set: WriteSet) -> None:
    """A panel that changes a strength sees which case is decided otherwise now."""
    folder = write_set(SMALL)
    (folder / "cases.yaml").write_text(
        "cases:\n  - case: Two signs\n    answers: {A01: yes}\n"
        "    expect: {level: strong, line: some-signs}\n",
        encoding="utf-8",
    )
    assert told(folder) == ["cases.yaml:2: Two signs: level: expected strong, the rule gives some"]
    load_indicator_set(folder)


def test_digest_changes_with_a_word_and_not_with_a_comment(tmp_path: Path) -> None:
    """A visit keeps the digest of the very words it was made with."""
    original = next((shipped("indicator_sets") / "indicators" / "pact-adult").iterdir())
    folder = tmp_path / "pact-adult" / original.name
    shutil.copytree(original, folder)
    before = load_indicator_set(folder).digest
    text = (folder / "set.yaml").read_text(encoding="utf-8")
    (folder / "set.yaml").write_text("# read by nobody\n" + text, encoding="utf-8")
    assert load_indicator_set(folder).digest == before
    changed = text.replace("Who answers", "Who speaks")
    (folder / "set.yaml").write_text(changed, encoding="utf-8")
    assert load_indicator_set(folder).digest != before
