# SPDX-License-Identifier: GPL-3.0-or-later
"""Files for translators: complete, stable, and careful with work already done."""

import shutil
from pathlib import Path

import pytest

from pact_desktop.domain.errors import Refusal
from pact_desktop.interchange.indicator_sets import load_indicator_set
from pact_desktop.interchange.templates import write_template
from pact_desktop.resources import shipped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "pact-adult" / "0.1.0"
    shutil.copytree(
        shipped("indicator_sets") / "indicators" / "pact-adult" / "0.1.0",
        copy,
        ignore=shutil.ignore_patterns("texts"),
    )
    return copy


def translate(path: Path, key: str, text: str) -> None:
    """Fill in the translation of one key, as a translator would."""
    before, found, after = path.read_text(encoding="utf-8").partition(f'msgctxt "{key}"\n')
    assert found
    path.write_text(
        before + found + after.replace('msgstr ""', f'msgstr "{text}"', 1), encoding="utf-8"
    )


def test_staff_language_gets_every_text(folder: Path) -> None:
    """A language of staff is offered all keys of the set."""
    text = write_template(folder, "mk").read_text(encoding="utf-8")
    for key in load_indicator_set(folder).words["en"]:
        assert f'msgctxt "{key}"\n' in text


def test_patient_language_gets_only_what_is_said(folder: Path) -> None:
    """Nobody translates staff words into a language that only patients speak."""
    text = write_template(folder, "ar").read_text(encoding="utf-8")
    assert text.count("msgctxt") == 8
    assert 'msgctxt "Q1.ask"' in text


def test_translation_stays_when_the_file_is_written_again(folder: Path) -> None:
    """Writing again keeps the work, and gives the same bytes."""
    path = write_template(folder, "mk")
    translate(path, "A01.short", "Кој одговара")
    write_template(folder, "mk")
    first = path.read_bytes()
    write_template(folder, "mk")
    assert path.read_bytes() == first
    assert load_indicator_set(folder).text("A01.short", "mk") == "Кој одговара"


def test_translation_of_changed_english_is_marked(folder: Path) -> None:
    """The old words stay in the file for the translator, and are not shown meanwhile."""
    path = write_template(folder, "mk")
    translate(path, "A01.short", "Кој одговара")
    text = (folder / "set.yaml").read_text(encoding="utf-8")
    (folder / "set.yaml").write_text(text.replace("Who answers", "Who replies"), encoding="utf-8")
    write_template(folder, "mk")
    assert "Кој одговара" in path.read_text(encoding="utf-8")
    assert load_indicator_set(folder).text("A01.short", "mk") == "Who replies"


@pytest.mark.parametrize("locale", ["en", "../mk", "mk.po", ""])
def test_unfit_locale_is_refused(folder: Path, locale: str) -> None:
    """Only a language can be the name of the file."""
    with pytest.raises(Refusal):
        write_template(folder, locale)
    assert not (folder / "texts").exists()


def test_folder_without_content_is_refused(tmp_path: Path) -> None:
    """There is nothing to translate in an empty folder."""
    with pytest.raises(Refusal):
        write_template(tmp_path, "mk")
