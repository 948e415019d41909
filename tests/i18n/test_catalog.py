# SPDX-License-Identifier: GPL-3.0-or-later
"""A translator's file is what the program shows, and a broken sentence in it is never shown."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.i18n.catalog import (
    Catalog,
    CatalogueMissingError,
    placeholders,
    placeholders_agree,
)

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n%10==1 && n%100!=11 ? 0 : 1);\\n"\n'
)


def a_catalog(folder: Path, *entries: str, header: str = "") -> Catalog:
    """A Macedonian catalogue with these entries."""
    (folder / "mk").mkdir()
    lead = HEADER + (f'"X-Review: {header}\\n"\n' if header else "")
    text = "\n".join((lead, *entries))
    (folder / "mk" / "pact_desktop.po").write_text(text, encoding="utf-8")
    return Catalog.load("mk", folder)


def test_a_sentence_is_shown_in_its_language(tmp_path: Path) -> None:
    """Straight from the file, without any build step."""
    catalog = a_catalog(tmp_path, 'msgid "Nurse"\nmsgstr "Медицинска сестра"\n')
    assert catalog.gettext("Nurse") == "Медицинска сестра"
    assert catalog.missing == frozenset()


def test_a_missing_sentence_is_english_and_counted(tmp_path: Path) -> None:
    """Nothing disappears from the screen when a translation is late."""
    catalog = a_catalog(tmp_path, 'msgid "Doctor"\nmsgstr ""\n')
    assert catalog.gettext("Doctor") == "Doctor"
    assert catalog.pgettext("role", "Manager") == "Manager"
    assert catalog.ngettext("{n} day", "{n} days", 3) == "{n} days"
    assert catalog.missing == {"Doctor", "Manager", "{n} day"}


def test_context_tells_two_meanings_apart(tmp_path: Path) -> None:
    """The same English word may need two words."""
    catalog = a_catalog(
        tmp_path,
        'msgctxt "answer"\nmsgid "No"\nmsgstr "Не"\n',
        'msgctxt "count"\nmsgid "No"\nmsgstr "Број"\n',
    )
    assert (catalog.pgettext("answer", "No"), catalog.pgettext("count", "No")) == ("Не", "Број")
    assert catalog.lookup("No", "answer") == "Не"
    assert catalog.lookup("No") is None


def test_counted_sentences_follow_the_rule_of_the_language(tmp_path: Path) -> None:
    """Macedonian says 21 like 1."""
    catalog = a_catalog(
        tmp_path,
        'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} ден"\nmsgstr[1] "{n} дена"\n',
    )
    forms = [catalog.ngettext("{n} day", "{n} days", n).format(n=n) for n in (1, 2, 11, 21)]
    assert forms == ["1 ден", "2 дена", "11 дена", "21 ден"]


def test_a_translation_with_other_placeholders_is_not_used(tmp_path: Path) -> None:
    """A slip of the translator must not stop the program in the middle of a visit."""
    catalog = a_catalog(
        tmp_path,
        'msgid "Wait {seconds} s."\nmsgstr "Чекајте {секунди} с."\n',
        'msgid "Open {file}."\nmsgstr "Отворете {file."\n',
    )
    assert catalog.gettext("Wait {seconds} s.") == "Wait {seconds} s."
    assert catalog.gettext("Open {file}.") == "Open {file}."
    assert set(catalog.rejected) == {"Wait {seconds} s.", "Open {file}."}


def test_half_of_a_counted_sentence_is_not_used(tmp_path: Path) -> None:
    """One form missing would show English for some numbers only."""
    catalog = a_catalog(
        tmp_path, 'msgid "{n} day"\nmsgid_plural "{n} days"\nmsgstr[0] "{n} ден"\nmsgstr[1] ""\n'
    )
    assert catalog.ngettext("{n} day", "{n} days", 1) == "{n} day"


def test_nothing_stays_nothing(tmp_path: Path) -> None:
    """Gettext gives the header of the file for an empty text; nobody wants to see that."""
    assert a_catalog(tmp_path).gettext("") == ""


@pytest.mark.parametrize("tag", ["de", "sr", "", "../mk"])
def test_an_unknown_language_is_said_so(tag: str) -> None:
    """Never a guess, never a file outside the folder."""
    with pytest.raises(CatalogueMissingError):
        Catalog.load(tag)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00\xff",
        'msgid "a\n',
        "no catalogue at all",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=nobody-knows\\n"\n',
    ],
)
def test_a_damaged_file_is_said_so_or_empty(tmp_path: Path, text: str) -> None:
    """No traceback reaches a nurse because of a file that somebody edited."""
    (tmp_path / "mk").mkdir()
    (tmp_path / "mk" / "pact_desktop.po").write_text(text, encoding="latin-1")
    try:
        catalog = Catalog.load("mk", tmp_path)
    except CatalogueMissingError:
        return
    assert catalog.gettext("Nurse") == "Nurse"


def test_review_is_said_only_when_it_happened(tmp_path: Path) -> None:
    """A catalogue that nobody read never claims a reader."""
    assert a_catalog(tmp_path, header="nobody yet").reviewed_by == ""


def test_a_reviewer_is_named(tmp_path: Path) -> None:
    """Who read it stands in the file."""
    assert a_catalog(tmp_path, header="A. B., nurse, 2027").reviewed_by == "A. B., nurse, 2027"


def test_english_needs_no_file() -> None:
    """The source is its own catalogue and misses nothing."""
    catalog = Catalog.load("en")
    assert catalog.ngettext("{n} day", "{n} days", 1) == "{n} day"
    assert catalog.gettext("Nurse") == "Nurse"
    assert catalog.missing == frozenset()


@given(st.text(max_size=30), st.text(max_size=30))
def test_what_agrees_can_be_filled_in(source: str, text: str) -> None:
    """Whatever passes the guard takes the facts of its source without an error."""
    names = placeholders(source)
    if names is None or not placeholders_agree([source], [text]):
        return
    assert placeholders(text) == names
