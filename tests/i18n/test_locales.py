# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language has a script, a name of its own and a name in every other."""

import re

from pact_desktop.i18n.locales import LANGUAGES, LOCALES, language_name, own_language_name


def test_no_serbian_without_its_script() -> None:
    """Languages with two scripts name one, so that paper never comes out in the other."""
    assert not {"sr", "bs", "cnr"} & LOCALES.keys()


def test_every_spoken_language_has_a_name_in_every_language() -> None:
    """A list of languages never shows a code, also for Romani, Dari and Montenegrin."""
    for tag in LOCALES:
        for language in LANGUAGES:
            name = language_name(language, tag)
            assert name
            assert not re.fullmatch(r"[a-z]{2,3}", name) or name == "dari", (tag, language)


def test_every_spoken_language_has_its_own_name() -> None:
    """A patient points at the name she knows."""
    names = [own_language_name(language) for language in LANGUAGES]
    assert len(set(names)) == len(names)
    assert names[LANGUAGES.index("sq")] == "Shqip"


def test_only_arabic_runs_from_the_right() -> None:
    """The direction of a page follows from its language."""
    assert [tag for tag, info in LOCALES.items() if info.direction == "rtl"] == ["ar"]
