# SPDX-License-Identifier: GPL-3.0-or-later
"""Content files from strangers: each is read or refused with a place, and breaks nothing."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.interchange.content_files import (
    Problems,
    digest_of,
    read_translations,
    read_words,
    read_yaml,
)


def problems_of(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "set.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    problems = Problems()
    read_yaml(path, problems)
    return [problem.as_line() for problem in problems.found]


def test_words_of_a_panel_stay_words(tmp_path: Path) -> None:
    """`no` and dates are kept as written; only true, false and whole numbers are not text."""
    path = tmp_path / "set.yaml"
    path.write_text("a: no\nb: 2026-11-24\nc: true\nd: 7\ne: '7'\nf: 0.1.0\ng:\n", encoding="utf-8")
    document = read_yaml(path, Problems())
    assert document is not None
    assert document.value == {
        "a": "no", "b": "2026-11-24", "c": True, "d": 7, "e": "7", "f": "0.1.0", "g": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: &x [1]\nb: *x\n", "set.yaml:1: anchors and aliases (& and *) are not allowed"),
        ("a: !!python/object:os.system x\n", "set.yaml:1: tags (!) are not allowed"),
        ("a: !!binary x\n", "set.yaml:1: tags (!) are not allowed"),
        ("a: 1\na: 2\n", "set.yaml:2: the key “a” stands here twice"),
        ("? [1, 2]\n: 3\n", "set.yaml:1: a key must be a plain word"),
        ("- 1\n", "set.yaml:1: the file must hold keys and values"),
        ("", "set.yaml:1: the file must hold keys and values"),
        ("a: 1\n---\nb: 2\n", "set.yaml:2: only one document is allowed in a file"),
        (b"a: \xff\xfe\n", "set.yaml:1: the file is not UTF-8 text"),
        ("a: \x00\n", "set.yaml:1: not YAML: a character is not allowed"),
        ("a: " + "[" * 5000 + "]" * 5000, "set.yaml:1: nested deeper than 12 levels"),
        ("a: [" + "1," * 60_000 + "1]", "set.yaml:1: more than 50000 values"),
        ("a" * (1024 * 1024 + 1), "set.yaml:1: the file is longer than 1048576 bytes"),
    ],
)
def test_hostile_yaml_is_refused_in_words(tmp_path: Path, text: str | bytes, problem: str) -> None:
    """What a content file never needs is refused with file and line."""
    assert problems_of(tmp_path, text) == [problem]


def test_alias_bomb_is_refused_at_once(tmp_path: Path) -> None:
    """Ten levels of ten aliases each are refused at the first anchor."""
    levels = ["a0: &a0 [x, x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)
    ]
    assert problems_of(tmp_path, "\n".join(levels)) == [
        "set.yaml:1: anchors and aliases (& and *) are not allowed"
    ]


def test_syntax_error_names_its_line(tmp_path: Path) -> None:
    """A slip in the writing is told with the line it stands on."""
    (line,) = problems_of(tmp_path, "a: 1\nb: [1, 2\nc: 3\n")
    assert line.startswith("set.yaml:3: not YAML:")


def test_missing_file_is_a_problem(tmp_path: Path) -> None:
    """A folder without its file is told like any other problem."""
    problems = Problems()
    assert read_yaml(tmp_path / "set.yaml", problems) is None
    assert problems.found[0].text == "the file cannot be read"


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever stands in a YAML file, reading gives a document or a problem."""
    path = tmp_path_factory.mktemp("any") / "set.yaml"
    path.write_bytes(text.encode(errors="surrogatepass"))
    problems = Problems()
    document = read_yaml(path, problems)
    assert (document is None) == bool(problems.found)


@given(st.binary(max_size=300))
def test_any_bytes_as_po_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """A broken translation file never breaks the program."""
    path = tmp_path_factory.mktemp("po") / "mk.po"
    path.write_bytes(b'msgctxt "a"\nmsgid "b"\nmsgstr "c"\n' + data)
    read_translations(path, "texts/mk.po", Problems())


PO = 'msgctxt "A01.short"\nmsgid "Who answers"\nmsgstr "{}"\n'


def words_of(tmp_path: Path, locale: str, text: str) -> tuple[dict[str, dict[str, str]], Problems]:
    (tmp_path / "texts").mkdir(exist_ok=True)
    (tmp_path / "texts" / f"{locale}.po").write_text(text, encoding="utf-8")
    problems = Problems()
    return read_words(tmp_path, {"A01.short": "Who answers"}, problems), problems


def test_translation_is_found_by_its_key(tmp_path: Path) -> None:
    """A translated text stands under the key that the English has."""
    words, problems = words_of(tmp_path, "mk", PO.format("Кој одговара"))
    assert words["mk"] == {"A01.short": "Кој одговара"}
    assert not problems.found


def test_serbian_latin_is_made_from_cyrillic(tmp_path: Path) -> None:
    """Nobody translates the same words a second time for the other script."""
    words, _ = words_of(tmp_path, "sr-Cyrl", PO.format("Ко одговара"))
    assert words["sr-Latn"] == {"A01.short": "Ko odgovara"}


def test_translation_of_older_english_is_left_out(tmp_path: Path) -> None:
    """Words that were translated from other English words are reported and not shown."""
    words, problems = words_of(tmp_path, "mk", PO.replace("Who", "Which").format("Кој"))
    assert "mk" not in words
    assert [problem.text for problem in problems.found] == [
        "A01.short: the English words changed since"
    ]
    assert not problems.blocking


def test_unfinished_translation_is_left_out(tmp_path: Path) -> None:
    """Empty and fuzzy entries are not shown."""
    empty, _ = words_of(tmp_path, "mk", PO.format(""))
    fuzzy, _ = words_of(tmp_path, "mk", "#, fuzzy\n" + PO.format("Кој"))
    assert "mk" not in empty
    assert "mk" not in fuzzy


@pytest.mark.parametrize("locale", ["en", "mk_MK", "klingon-language"])
def test_unfit_language_name_is_a_problem(tmp_path: Path, locale: str) -> None:
    """A file name must be a language tag; English stands in the YAML."""
    _, problems = words_of(tmp_path, locale, PO.format("x"))
    with pytest.raises(Refusal) as refused:
        problems.refuse(RefusalCode.SET_INVALID, tmp_path / "pact-adult" / "0.1.0")
    assert str(refused.value.facts["file"]).startswith("pact-adult/0.1.0/texts/")


def test_direction_characters_are_taken_out(tmp_path: Path) -> None:
    """A translation cannot turn the text around it."""
    words, _ = words_of(tmp_path, "ar", PO.format("\u202eabc\u202c"))
    assert words["ar"] == {"A01.short": "abc"}


def test_digest_looks_at_content_not_at_files() -> None:
    """Order of keys does not matter, a changed word does, and what the program makes does not."""
    words = {"en": {"a": "x"}, "sr-Cyrl": {"a": "Да"}}
    same = digest_of({"b": 1, "a": 2}, words)
    assert same == digest_of({"a": 2, "b": 1}, words)
    assert same == digest_of({"a": 2, "b": 1}, {**words, "sr-Latn": {"a": "Da"}})
    assert same != digest_of({"a": 2, "b": 1}, {"en": {"a": "y"}})
