# SPDX-License-Identifier: GPL-3.0-or-later
"""Every value and every error of the field has words; none is shown as a code."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest

from pact_desktop import domain
from pact_desktop.domain.body_map import APPEARANCES, REGIONS
from pact_desktop.domain.errors import Fault, FaultCode, Refusal, RefusalCode
from pact_desktop.domain.indicators import AnswerValue
from pact_desktop.domain.text import TypedField
from pact_desktop.error_texts import FAULTS, REFUSALS, sentence
from pact_desktop.i18n.catalog import Catalog, placeholders
from pact_desktop.interchange.indicator_sets import load_indicator_set
from pact_desktop.resources import shipped
from pact_desktop.terms import (
    appearance_term,
    exploitation_term,
    language_term,
    region_term,
    term,
)

PACKAGE = Path(domain.__file__).parents[1]
ENGLISH = Catalog.source()
ERRORS = (RefusalCode, FaultCode)
DEFAULTS = {"example", "ending"}
"""Facts that a sentence brings itself."""


def _enumerations() -> Iterator[type[Enum]]:
    for module in pkgutil.iter_modules(domain.__path__):
        name = f"{domain.__name__}.{module.name}"
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == name:
                yield value


NAMED_BY_THEIR_STEP = {TypedField}
"""Places where something is typed; a person is told the step."""
SHOWN = sorted(
    set(_enumerations()) - set(ERRORS) - NAMED_BY_THEIR_STEP, key=lambda kind: kind.__name__
)


@pytest.mark.parametrize("kind", SHOWN, ids=lambda kind: kind.__name__)
def test_every_value_has_words(kind: type[Enum]) -> None:
    """And no two values of one kind look the same."""
    words = [term(ENGLISH, value) for value in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_the_open_view_has_its_own_answers() -> None:
    """Short wording, and only for answers: a value of another kind keeps its words."""
    shown = [term(ENGLISH, value, short=True) for value in AnswerValue][:3]
    assert shown == ["Noted", "Not noted", "Not seen"]


def test_every_place_on_the_body_has_words() -> None:
    """And so has every look of a mark."""
    assert len({region_term(ENGLISH, code) for code in REGIONS}) == len(REGIONS)
    assert len({appearance_term(ENGLISH, code) for code in APPEARANCES}) == len(APPEARANCES)


def test_every_kind_of_exploitation_in_a_set_has_words() -> None:
    """What a panel marks, the full form can name."""
    for folder in (shipped("indicator_sets") / "indicators").glob("*/*"):
        for item in load_indicator_set(folder).items:
            assert all(exploitation_term(ENGLISH, code) for code in item.exploitation)


def test_a_language_is_never_a_code() -> None:
    """Also when it is not known."""
    assert language_term(ENGLISH, "und") == "Not known"
    assert language_term(ENGLISH, "rom") == "Romani"
    assert language_term(ENGLISH, "") == "Not known"


@pytest.mark.parametrize("code", RefusalCode)
def test_every_refusal_has_a_sentence(code: RefusalCode) -> None:
    """A whole one, that says what to do."""
    said = sentence(ENGLISH, Refusal(code))
    assert said.endswith(".")
    assert "{" not in said


@pytest.mark.parametrize("code", FaultCode)
def test_every_fault_has_a_sentence(code: FaultCode) -> None:
    """A whole one, that says what to do."""
    said = sentence(ENGLISH, Fault(code))
    assert said.endswith(".")
    assert "{" not in said


def _raised() -> Iterator[tuple[str, set[str], str]]:
    """Code, facts and place of each error the package raises with a code written out."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"Refusal", "Fault"}
                and node.args
                and isinstance(node.args[0], ast.Attribute)
            ):
                facts = {keyword.arg or "**" for keyword in node.keywords}
                yield node.args[0].attr, facts, f"{path.name}:{node.lineno}"


def test_every_error_brings_what_its_sentence_names() -> None:
    """No sentence with a gap where a number should stand."""
    texts = {code.name: text.text for code, text in {**REFUSALS, **FAULTS}.items()}
    gaps = [
        (place, code)
        for code, facts, place in _raised()
        if "**" not in facts and (placeholders(texts[code]) or frozenset()) - DEFAULTS - facts
    ]
    assert gaps == []
