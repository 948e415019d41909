# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of words that are offered: enough, short, distinct at every keyboard, and harmless."""

import math
import re
from importlib import resources
from pathlib import Path

import pytest

from pact_desktop.domain.passphrases import plain_word
from pact_desktop.i18n.locales import SCREEN_LOCALES
from pact_desktop.i18n.serbian import is_cyrillic
from pact_desktop.services.passphrases import BITS_OFFERED, offer_passphrase, offered_words

LISTS = ("mk", "sq", "sr-Cyrl")
LEFT_OUT = Path(__file__).parent / "passphrase_words" / "left_out.txt"
SECTION = re.compile(r"^\[(\w+) ([^]]+)\]$", re.MULTILINE)


def _left_out(kind: str, locale: str) -> set[str]:
    """What one list leaves out, from every section that names it."""
    _, *parts = SECTION.split(LEFT_OUT.read_text(encoding="utf-8"))
    sections = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    found = {
        word
        for name, locales, words in sections
        if name == kind and locale in locales.split()
        for word in words.split()
    }
    assert found
    return found


@pytest.mark.parametrize("locale", SCREEN_LOCALES)
def test_list_is_long_enough_and_distinct_in_plain_letters(locale: str) -> None:
    """What is drawn at random is what a guesser has to find."""
    words = offered_words(locale)
    plain = {plain_word(word) for word in words}
    assert None not in plain
    assert len(plain) == len(words) >= 4096
    count = len(offer_passphrase(locale).split("-"))
    assert count * math.log2(len(words)) >= BITS_OFFERED
    assert (count - 1) * math.log2(len(words)) < BITS_OFFERED


@pytest.mark.parametrize("locale", LISTS)
def test_words_are_short_small_and_sorted(locale: str) -> None:
    """Three to nine letters, as shown and as folded."""
    words = offered_words(locale)
    assert list(words) == sorted(words)
    assert all(word.islower() and word.isalpha() for word in words)
    assert all(3 <= len(shape) <= 9 for word in words for shape in (word, plain_word(word) or ""))


@pytest.mark.parametrize("locale", LISTS)
def test_no_word_is_one_that_is_left_out(locale: str) -> None:
    """Names, offence, violence, sexuality, illness, and what the program is for."""
    words = _left_out("words", locale)
    beginnings = tuple(_left_out("beginnings", locale))
    for word in offered_words(locale):
        plain = plain_word(word) or ""
        assert not {word, plain} & words
        assert not plain.startswith(beginnings)


def test_script_is_that_of_the_screen() -> None:
    """Serbian in both scripts is one list."""
    cyrillic, latin = offered_words("sr-Cyrl"), offered_words("sr-Latn")
    assert all(map(is_cyrillic, cyrillic))
    assert all(map(is_cyrillic, offered_words("mk")))
    assert not any(map(is_cyrillic, latin))
    assert [plain_word(word) for word in cyrillic] == [plain_word(word) for word in latin]
    assert offered_words("bs-Latn") == offered_words("cnr-Latn") == latin


def test_english_words_that_are_left_out_exist_and_are_gone() -> None:
    """Each line of the file does something."""
    folder = resources.files("pact_desktop.services") / "passphrase_data"
    gone = (folder / "words_en_left_out.txt").read_text(encoding="utf-8").split()
    listed = (resources.files("xkcdpass") / "static" / "eff-long").read_text().split()
    assert set(gone) < set(listed)
    assert set(offered_words("en")) == set(listed) - set(gone)
