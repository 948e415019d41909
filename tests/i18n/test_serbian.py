# SPDX-License-Identifier: GPL-3.0-or-later
"""Serbian Latin is made from Cyrillic, letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.i18n.serbian import is_cyrillic, to_latin


@pytest.mark.parametrize(
    ("cyrillic", "latin"),
    [
        ("Љубав, Његош и Џеп", "Ljubav, Njegoš i Džep"),
        ("ЉУБАВ ЊЕГОШ ЏЕП", "LJUBAV NJEGOŠ DŽEP"),
        ("Ђорђе, Ћира, Чедо, Шаћир, Жика", "Đorđe, Ćira, Čedo, Šaćir, Žika"),
        ("Упутница {count} од {Укупно}", "Uputnica {count} od {Укупно}"),
        ("Њ. Њ.", "Nj. Nj."),
        ("Intake 12 %", "Intake 12 %"),
    ],
)
def test_letters_and_capitals(cyrillic: str, latin: str) -> None:
    """Double letters keep the case of the word; placeholders are left alone."""
    assert to_latin(cyrillic) == latin


@given(st.text(alphabet="абвгдђежзијклљмнњопрстћуфхцчџшАБВЂЉЊЏ .,-0123456789", max_size=60))
def test_no_cyrillic_is_left_over(text: str) -> None:
    """A Latin page has no Cyrillic letter in it."""
    assert not is_cyrillic(to_latin(text))
    assert to_latin(to_latin(text)) == to_latin(text)
