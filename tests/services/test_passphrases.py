# SPDX-License-Identifier: GPL-3.0-or-later
"""Offered passphrases are strong; predictable ones of one's own are refused."""

import lzma
import subprocess
import sys
from importlib import resources

import pytest

from pact_desktop.domain.accounts import Account, AccountId, Role
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import Facility, FocalPerson
from pact_desktop.domain.passphrases import same_passphrase
from pact_desktop.i18n.locales import SCREEN_LOCALES
from pact_desktop.services import passphrases
from pact_desktop.services.passphrases import check_passphrase, known_names, offer_passphrase

HERE = Facility(
    "Health house Sample",
    "RS",
    address="Lipa 4, Podbrdo",
    focal_person=FocalPerson("Vesna Ilić"),
)
NADIA = Account(AccountId("1"), "nadian", "Nadia Nikolić", Role.NURSE, "N01")
PEOPLE = known_names(HERE, [NADIA])


@pytest.mark.parametrize("locale", SCREEN_LOCALES)
def test_offer_passes_the_check(locale: str) -> None:
    """A person who takes what is offered never has to try again, and finds it with spaces too."""
    offers = {offer_passphrase(locale) for _ in range(100)}
    assert len(offers) == 100
    for offer in offers:
        assert offer.count("-") == (3 if locale == "en" else 4)
        assert same_passphrase(offer, offer.replace("-", " ").upper())
        check_passphrase(offer, context=PEOPLE)


@pytest.mark.parametrize("words", ["", "fourteen chars", "č" * 14])
def test_short_passphrase_is_refused_with_the_limit(words: str) -> None:
    """The refusal carries the number that the sentence needs."""
    with pytest.raises(Refusal) as refused:
        check_passphrase(words)
    assert refused.value.code is RefusalCode.PASSPHRASE_TOO_SHORT
    assert refused.value.facts == {"minimum": 15}


@pytest.mark.parametrize("words", ["a      b      c      d", "uz - - - - - je - - - - - to - na"])
def test_joints_do_not_make_a_passphrase_longer(words: str) -> None:
    """What counts is what a guesser has to find."""
    with pytest.raises(Refusal) as refused:
        check_passphrase(words)
    assert refused.value.code is RefusalCode.PASSPHRASE_TOO_SHORT


@pytest.mark.parametrize(
    "words",
    [
        "aaaaaaaaaaaaaaaaaaaa",
        "1234567890123456",
        "qwertyuiopasdfghjkl",
        "QWERTZUIOPasdfghjkl",
        "abcabcabcabcabcabc",
        "Password-Password-1234",
        "correct horse battery staple",
        "lozinka lozinka 2026",
        "nadia nikolic nadia",
        "Nikolić-Sample-Health",
        "Podbrdo podbrdo Lipa",
        "u Podbrdu 2026 Podbrdo",
        "подбрдо-надија-николић",
        "НИКОЛИЋ из Подбрда",
        "vesna-ilic-vesna",
        "nadian nadian 2026",
        "pact desktop pact desktop",
        "Пријем-Пријем-Пријем-26",
        "PaCT prijem zdravlje 1",
        "... ... ... ... ... !!!",
        "sunshine princess",
        "Sunshine-Football-99",
        "Šúnshine -- FOOTBÄLL",
        "manchesterunited1",
    ],
)
def test_predictable_passphrase_is_refused(words: str) -> None:
    """Rows of keys, repetitions, familiar words and the names of this place."""
    with pytest.raises(Refusal) as refused:
        check_passphrase(words, context=PEOPLE)
    assert refused.value.code is RefusalCode.PASSPHRASE_TOO_COMMON


@pytest.mark.parametrize(
    "words",
    [
        "moj pas jede tri jabuke",
        "четири зелени мачки спијат",
        "katër-mace-të-gjelbra",
        "8f!kQ2_zR7wp#Lm4x",
        "teal-lantern-nadia-orchard",
        "iz podbrda vozi zeleni autobus",
        "impact of compact orchards",
    ],
)
def test_own_sentences_are_accepted(words: str) -> None:
    """No rule about digits or signs, any script, spaces allowed."""
    check_passphrase(words, context=PEOPLE)


def test_list_of_common_passwords_is_as_its_readme_says() -> None:
    """Sorted, each once, in the form in which it is compared; the number is the one told."""
    folder = resources.files("pact_desktop.services") / "passphrase_data"
    lines = lzma.decompress((folder / "common_passwords.txt.xz").read_bytes()).splitlines()
    assert lines == sorted(set(lines))
    assert f"{len(lines):,} entries" in (folder / "README.md").read_text(encoding="utf-8")
    assert all(4 <= len(line.decode()) <= 24 for line in lines)
    for line in (lines[0], lines[len(lines) // 2], lines[-1]):
        word = line.decode()
        repeated = word * (15 // len(word) + 1)
        with pytest.raises(Refusal):
            check_passphrase(repeated)


def test_list_is_not_read_before_a_passphrase_is_checked() -> None:
    """The window starts without it."""
    code = (
        "from pact_desktop.services import passphrases as p;"
        "assert p._common.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_very_long_passphrase_is_not_compared_piece_by_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is longer than two common ones is none of them; 20,000 characters took 11 s."""
    longest = max(passphrases._common().decode().split("\n"), key=len)  # noqa: SLF001 its own list
    assert passphrases._is_common(f"{longest}{longest}qzx")  # noqa: SLF001 the longest that is one
    assert not passphrases._is_common(f"{longest}{longest}qzxw")  # noqa: SLF001
    looked: list[str] = []
    monkeypatch.setattr(passphrases, "_is_listed", looked.append)
    check_passphrase("".join(chr(97 + number * number % 23) for number in range(20_000)))
    assert looked == []
