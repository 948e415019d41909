# SPDX-License-Identifier: GPL-3.0-or-later
"""One passphrase, every keyboard: what was chosen is found again, and nothing else is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.domain.passphrases import canonical, plain_letters, plain_word, same_passphrase
from pact_desktop.i18n.serbian import to_latin

FORMS = ("NFC", "NFD")
CYRILLIC = "абвгдежзијклмнопрстћуфхцчшђљњџ"
LETTERS = "abcdefghijklmnopqrstuvwxyzčćžšđëç" + CYRILLIC + "ѓќѕ"
JOINTS = ("-", " ", "  ", "\u00a0", "\u2011", " \u2013 ", "\t")
words = st.lists(st.text(LETTERS, min_size=1, max_size=9), min_size=4, max_size=7)
SERBIAN = st.lists(st.text(CYRILLIC, min_size=1, max_size=9), min_size=4, max_size=7)


@given(words, st.data())
def test_four_words_are_found_again_however_they_are_typed(
    chosen: list[str], data: st.DataObject
) -> None:
    """Any Unicode form, capitals, joints, and blanks around."""
    passphrase = "-".join(chosen)
    typed = data.draw(st.sampled_from(JOINTS)).join(
        data.draw(st.sampled_from((word, word.upper(), word.capitalize()))) for word in chosen
    )
    around = data.draw(st.sampled_from(("", " ")))
    for form in FORMS:
        shown = unicodedata.normalize(form, around + typed + around)
        assert same_passphrase(passphrase, shown)


@given(SERBIAN)
def test_the_same_words_in_the_other_script(chosen: list[str]) -> None:
    """Cyrillic, Latin with its accents, Latin without them."""
    cyrillic = " ".join(chosen)
    latin = to_latin(cyrillic)
    bare = plain_letters(latin)
    assert canonical(cyrillic) == canonical(latin) == canonical(bare)


@given(words)
def test_what_is_folded_is_small_letters_with_hyphens_and_stays_so(chosen: list[str]) -> None:
    """So a folded passphrase can never meet one that counts to the last sign."""
    folded = canonical(" ".join(chosen))
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz-")
    assert folded.split("-") == [plain_word(word) for word in chosen]
    assert canonical(folded) == folded


@given(st.text(), st.sampled_from(FORMS))
def test_every_passphrase_is_found_again_in_every_form(typed: str, form: str) -> None:
    """Whatever people choose, composed or taken apart; and the folded text is its own."""
    assert same_passphrase(typed, unicodedata.normalize(form, typed))
    assert canonical(canonical(typed)) == canonical(typed)


@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=4, max_size=6),
    st.lists(st.text("abcdefgh", min_size=1, max_size=4), min_size=4, max_size=6),
)
def test_other_words_never_meet(some: list[str], others: list[str]) -> None:
    """Words that differ once folded stay different, and so does where one ends."""
    assert same_passphrase("-".join(some), " ".join(others)) == (some == others)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("Mačka-pas-konj", "macka-pas-konj"),
        ("Mačka Pas Konj", "Mačka-Pas-Konj"),
        ("moj pas jede 3 jabuke", "moj pas jede 3 Jabuke"),
        ("moj pas jede tri jabuke!", "moj-pas-jede-tri-jabuke!"),
        ("قطة كلب حصان شجرة", "قطة-كلب-حصان-شجرة"),
        ("hund straße katze maus", "hund strasse katze maus"),
        ("don't you dare now", "dont you dare now"),
        ("camac-suma", "čamac-šuma"),
    ],
)
def test_everything_else_counts_to_the_last_sign(typed: str, other: str) -> None:
    """Three words, a digit, a sign or another alphabet: nothing is folded."""
    assert not same_passphrase(typed, other)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Čamac ŽIVOT šuma ćuprija", "camac-zivot-suma-cuprija"),
        ("чамац живот шума ћуприја", "camac-zivot-suma-cuprija"),
        ("дрво куќа ѕвезда џеб", "drvo-kuka-dzvezda-dzeb"),
        ("мајка љубов ноќ бања", "majka-ljubov-nok-banja"),
        ("shkëlqyer çdo gjithë mbrëmje", "shkelqyer-cdo-gjithe-mbremje"),
        ("ǈubav Ǌegoš ǆep i", "ljubav-njegos-dzep-i"),
        (" - tree -- house - dog - cat - ", "tree-house-dog-cat"),
    ],
)
def test_frozen_table(typed: str, folded: str) -> None:
    """Whoever changes one of these locks somebody out."""
    assert canonical(typed) == folded


def test_table_of_every_letter_is_as_it_was() -> None:
    """A to z, the two Cyrillic alphabets of the region, Latin letters that no form takes apart."""
    small = "абвгдежзијклмнопрстћуфхцчшђљњѕџѓќѐѝđðǆǉǌčćžšëç"
    latin = "abvgdezzijklmnoprstcufhccsdljnjdzdzgkeidddzljnjcczsec"
    assert canonical(f"{small} a b c") == f"{latin}-a-b-c"
    assert canonical(f"{small.upper()} a b c") == f"{latin}-a-b-c"
