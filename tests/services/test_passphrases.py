# SPDX-License-Identifier: GPL-3.0-or-later
"""Offered passphrases are strong; predictable ones of one's own are refused."""

import pytest

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.services.passphrases import check_passphrase, offer_passphrase

PEOPLE = ("Health house Sample", "Nadia Nikolić")


def test_offer_is_four_words_that_pass_the_check() -> None:
    """A person who takes what is offered never has to try again."""
    offers = {offer_passphrase() for _ in range(200)}
    assert len(offers) == 200
    for offer in offers:
        assert offer.count("-") >= 3
        check_passphrase(offer, context=PEOPLE)


@pytest.mark.parametrize("words", ["", "fourteen chars", "č" * 14])
def test_short_passphrase_is_refused_with_the_limit(words: str) -> None:
    """The refusal carries the number that the sentence needs."""
    with pytest.raises(Refusal) as refused:
        check_passphrase(words)
    assert refused.value.code is RefusalCode.PASSPHRASE_TOO_SHORT
    assert refused.value.facts == {"minimum": 15}


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
        "... ... ... ... ... !!!",
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
    ],
)
def test_own_sentences_are_accepted(words: str) -> None:
    """No rule about digits or signs, any script, spaces allowed."""
    check_passphrase(words, context=PEOPLE)
