# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of the region are found again in every spelling, and different names stay apart."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pact_desktop.i18n.names import SIMILAR, fold, fold_variants, similarity

ONE_PERSON = (
    # Serbian, Croatian, Bosnian, Montenegrin; both scripts, with and without accents
    "Ђорђевић Đorđević Djordjević Djordjevic Dordevic Ðorđević ĐORĐEVIĆ Đorđevic",
    "Ђорђевић Gjorgjeviq Gjorgjević Gjorgjevic Gjorgjevikj Ѓорѓевиќ Ѓорѓевић",
    "Ђурић Đurić Djurić Djuric Duric Gjuriq",
    "Хоџић Hodžić Hodzic Hoxhiq Hodzhich Ho\u01c6ić HOD\u017dIĆ",
    "Ковачевић Kovačević Kovacevic Kovaçeviq Kovachevich Ковачевиќ Kovachevikj",
    "Петровић Petrović Petrovic Petroviq Petrovikj Petrovich Петровиќ",
    "Трајковиќ Trajković Trajkovic Trajkovik Trajkoviq Trajkovikj",
    "Живковић Živković Zivkovic Zhivkoviq Zhivkovich",
    "Шабановић Šabanović Sabanovic Shabanoviq Shabanovic",
    "Љубица Ljubica Ǉubica Lubica",
    "Његош Njegoš Njegos ǋegoš",
    "Соња Sonja Соња Sonya",
    "Марија Marija Maria Mariya Мария",
    "Жељко Željko Zeljko Zhelko",
    "Цвијетић Cvijetić Cvijetic",
    "Śekloća Sekloca Sjekloća Шеклоћа",
    "Źenović Zenovic Ženović",
    "Милош Miloš Milos Millosh",
    "Џемаил Džemail Dzemail Xhemail Dzhemail",
    "Чедо Čedo Cedo Çedo Chedo",
    # Albanian
    "Hoxha Hodža Хоџа Hodza",
    "Shqipe Šćipe Scipe",
    "Xhevahire Dževahire Dzevahire",
    "Gëzim Gezim Гезим",
    "Ajshe Ajša Ajše Ajsa Ајша",
    "Çela Cela Čela",
    "Kryeziu Krieziu",
    "Rrahmani Rahmani Рахмани",
    "Dhimitri Dimitri",
    "Qerim Ćerim Ќерим Kerim",
    "Qamil Kamil Ćamil",
    "Qemal Kemal Ćemal",
    "Ymer Umer",
    # Macedonian
    "Ѓорѓи Gjorgji Đorđi Djordji",
    "Ќосевски Kjosevski Ćosevski Qosevski",
    "Ѕвезда Dzvezda",
    "Џорџ Džordž Xhorxh",
    "Љупчо Ljupčo Ljupcho Lupco",
    # Turkish
    "Işık Isik ISIK Işik",
    "Yılmaz Yilmaz Jilmaz",
    "İbrahim Ibrahim Ибрахим Ibraheem",
    "Gül Gul",
    "Öztürk Ozturk",
    # Russian and Ukrainian, as passports and clerks write them
    "Сергей Sergej Sergey Sergei",
    "Дмитрий Dmitrij Dmitriy Dmitry Dmitrii",
    "Алёна Alena Алена",
    "Юлія Julija Yuliya Julia",
    "Щербак Shcherbak Ščerbak",
    "Хрущёв Hruščev Khrushchev",
    # Names of Arabic origin in Latin letters
    "Muhamed Mohammed Muhammad Mohamad Muhammet Muhamet",
    "Ahmed Ahmad Ahmet",
    "Jusuf Yusuf Yousef Youssef",
    "Husein Hussein Hussain Hossein Husejin",
    "Abdurrahman Abdelrahman Abdulrahman Abd-al-Rahman",
    "al-Masri El-Masri Almasri Al-Masri",
    "Khalid Khaled Halid Haled",
    "Omar Umar Omer Ömer Omer",
    "Zeynep Zejneb Zainab Zejnep",
    "Othman Osman Uthman Usman",
    # Hyphens and apostrophes
    "O’Neill O'Neill ONeill O´Neill",
)
PAIRS = [
    (spellings.split()[0], other) for spellings in ONE_PERSON for other in spellings.split()[1:]
]
TWO_PERSONS = [
    ("Marković", "Mirković"),
    ("Marković", "Marinković"),
    ("Petrović", "Petković"),
    ("Jovanović", "Ivanović"),
    ("Nikolić", "Nikolovski"),
    ("Hodžić", "Hadžić"),
    ("Đurić", "Đukić"),
    ("Ana", "Ina"),
    ("Ana", "Anja"),
    ("Marija", "Marina"),
    ("Milan", "Milun"),
    ("Stojan", "Stefan"),
    ("Hasan", "Husein"),
    ("Ahmed", "Mehmed"),
    ("Mahmud", "Muhamed"),
    ("Arben", "Arbër"),
    ("Shkelzen", "Shkumbin"),
    ("Berisha", "Beqiri"),
    ("Elena", "Alena"),
    ("Ковач", "Ковачевић"),
    ("Omer", "Amar"),
    ("Fatos", "Fatmir"),
]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_one_person_is_found_in_every_spelling(one: str, other: str) -> None:
    """Two spellings of one name share a reading."""
    assert fold_variants(one) & fold_variants(other), (fold_variants(one), fold_variants(other))
    assert similarity(one, other) == 1.0


@pytest.mark.parametrize(("one", "other"), TWO_PERSONS)
def test_two_names_stay_two(one: str, other: str) -> None:
    """Folding must not make one person out of two."""
    assert not fold_variants(one) & fold_variants(other)
    assert similarity(one, other) < SIMILAR


def test_there_are_more_than_a_hundred_pairs() -> None:
    """The list covers the region, not a few cases."""
    assert len(PAIRS) > 100


def test_the_five_spellings_of_the_brief_are_one() -> None:
    """The best-known case, without readings."""
    spellings = ["Ђорђевић", "Đorđević", "Djordjevic", "Gjorgjeviq", "Dordevic"]
    assert len({fold(name) for name in spellings}) == 1


def test_order_of_the_parts_does_not_matter() -> None:
    """Family name first or last, with or without a comma or hyphen."""
    assert similarity("Петровић Ана", "Ana Petrović") == 1.0
    assert similarity("Petrović-Marić, Ana", "Ana Petrović Marić") == 1.0


def test_a_slip_of_the_hand_is_worth_a_look() -> None:
    """One doubled, missing or swapped letter in a long name still comes up."""
    assert similarity("Stojanovska Elizabeta", "Stojanovska Elisabeta") >= SIMILAR
    assert similarity("Krasniqi Blerina", "Krasniqi Blerna") >= SIMILAR


def test_no_name_is_like_nothing() -> None:
    """A patient without a name is not similar to anybody."""
    assert fold("") == ""
    assert similarity("", "Ana") == 0.0
    assert similarity("-", "-") == 0.0


@given(st.text(max_size=40))
def test_folding_twice_changes_no_reading(name: str) -> None:
    """What is stored folded and folded again for a search still meets."""
    assert fold(name) in fold_variants(name) or not fold(name)
    assert fold(name) == fold(unicodedata.normalize("NFD", name)) or any(
        unicodedata.normalize("NFKC", unicodedata.normalize("NFD", ch)) != ch for ch in name
    )


@given(st.sampled_from([pair[0] for pair in PAIRS]))
def test_case_does_not_matter(name: str) -> None:
    """Capitals on a form and small letters in a search are the same."""
    assert fold(name.upper()) == fold(name) == fold(name.lower())
