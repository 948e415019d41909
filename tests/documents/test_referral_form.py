# SPDX-License-Identifier: GPL-3.0-or-later
"""The printed referral form."""

import io
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from pact_desktop.documents.referral_form import render_referral_form
from pact_desktop.domain.consent import ConsentItem
from pact_desktop.domain.facility import ServiceKind
from pact_desktop.domain.indicators import IndicatorId
from pact_desktop.domain.patient import BirthDate, MayBeChild
from pact_desktop.domain.referral import FormKind, Priority
from pact_desktop.domain.referral_content import FormSources, form_content
from pact_desktop.domain.referral_values import SetSigns, SignGroup, Signs
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.locales import PAPER_LOCALES
from tests.documents.papers import (
    TODAY,
    LongCatalog,
    a_childs_visit,
    a_consent,
    a_facility,
    a_form_of_a_child,
    a_patient,
    a_referral,
    a_service,
    by_law,
    page_count,
    sources,
    text_of,
    words_of,
)

EVERYTHING = frozenset(ConsentItem)
NEVER = (
    "victim", "traffick", "score", "risk", "level", "suspect", "diagnos", "exploit", "indicator",
    "жртв", "trgovin", "viktim",
)  # fmt: skip


def printed(
    made: FormSources | None = None, catalog: Catalog | None = None, **options: bool
) -> bytes:
    content = form_content(made or sources(), TODAY)
    return render_referral_form(content, catalog or Catalog.source(), **options)


def full(
    kind: ServiceKind = ServiceKind.SHELTER,
    items: frozenset[ConsentItem] = EVERYTHING,
    **details: str,
) -> bytes:
    referral = a_referral(FormKind.FULL, consents=(a_consent(items),))
    referral = replace(referral, details=replace(referral.details, **details))
    return printed(sources(referral, service=a_service(kind)))


def of_a_child() -> bytes:
    referral = a_referral(is_child=True, priority=Priority.EMERGENCY, consents=(by_law(),))
    return printed(sources(referral, service=a_service(ServiceKind.SOCIAL_WORK)))


def test_the_short_form_is_one_page_and_a_page_of_slips() -> None:
    """What is read stands on one page, with the slip to tear off."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed())).pages]

    assert len(pages) == 2
    assert "Reply slip" in pages[0]
    assert "Page 1 of 2" in pages[0]
    assert "Follow-up slip" in pages[1]


def test_the_words_and_values_can_be_copied_out() -> None:
    """Whoever receives the file can search and copy it."""
    text = words_of(printed())

    for words in ("7KQ-42M-X", "Дом здравља Подбрдо", "Кућа „Јасен“", "18 to 24 years",
                  "Arabic, interpreter needed", "within 72 hours"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("make", [printed, full, of_a_child])
def test_no_paper_uses_a_word_that_endangers(make: Callable[[], bytes]) -> None:
    """Neither form nor slips say what the referral may be about."""
    text = text_of(make()).lower()

    assert [word for word in NEVER if word in text] == []


@pytest.mark.parametrize("make", [printed, full, of_a_child])
def test_the_properties_of_the_file_are_neutral(make: Callable[[], bytes]) -> None:
    """A printer queue or a file manager shows a form, nothing else."""
    document = PdfReader(io.BytesIO(make()))
    information = document.metadata

    assert information.title == "Form"
    assert not information.author
    assert not information.subject
    assert not any("reportlab" in str(value).lower() for value in information.values())
    assert document.trailer["/Root"]["/Lang"] == "en"


def test_every_font_is_embedded() -> None:
    """The page looks the same on every computer, also one without our letters."""
    for page in PdfReader(io.BytesIO(printed())).pages:
        for font in page["/Resources"]["/Font"].values():
            described = font.get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in described
            assert "FiraGO" in font.get_object()["/BaseFont"]


def test_the_same_form_gives_the_same_bytes() -> None:
    """A second print can be compared with the first, whatever was printed in between."""
    first = printed()
    full(own_words="ﷺ Њујорк С́утра")

    assert printed() == first


def test_what_was_not_agreed_to_reads_like_what_nobody_knows() -> None:
    """Nobody can tell a refusal from an empty field."""
    refused = full(items=EVERYTHING - {ConsentItem.CITIZENSHIP})
    referral = a_referral(FormKind.FULL, consents=(a_consent(EVERYTHING),))
    empty = printed(sources(referral, patient=a_patient(citizenship="")))

    assert text_of(refused) == text_of(empty)


def test_a_name_not_agreed_to_is_not_in_the_file() -> None:
    """Not visible, and not hidden in it either."""
    pdf = full(items=EVERYTHING - {ConsentItem.NAME})

    assert "Layla" not in text_of(pdf)
    assert "Layla" in text_of(full())


def test_signs_are_codes_by_group() -> None:
    """The full form gives codes under the name of their group, and no text of a sign."""
    content = form_content(
        sources(a_referral(FormKind.FULL, consents=(a_consent(EVERYTHING),))), TODAY
    )
    group = SignGroup("work", (IndicatorId("I01"), IndicatorId("I02")), {"en": "Work and pay"})
    content = replace(
        content,
        values={**content.values, "F1": Signs((SetSigns("pact-adult", "0.1.0", (group,)),))},
    )

    text = words_of(render_referral_form(content, Catalog.source()))

    assert "Work and pay: I01 and I02" in text
    assert "pact-adult" in text


def test_the_health_summary_is_a_page_of_its_own() -> None:
    """It goes into an envelope of its own, and only to a health service."""
    pages = [p.extract_text() for p in PdfReader(io.BytesIO(full(ServiceKind.HEALTH))).pages]

    assert [i for i, text in enumerate(pages) if "Penicillin" in text] == [len(pages) - 1]
    assert "Penicillin" not in text_of(full(ServiceKind.SHELTER))


def test_the_form_of_a_child_has_the_law_in_place_of_consent() -> None:
    """Block E stands there, and a second member of staff signs."""
    text = words_of(of_a_child())

    assert "Under 18, or age not certain" in text
    assert "passed on for the protection of a child" in text
    assert "Second member of staff" in text
    assert "The person agrees" not in text


def of_doubtful_age(
    form: FormKind, years: int | None = 18, catalog: Catalog | None = None
) -> bytes:
    referral = a_referral(form, is_child=True, priority=Priority.EMERGENCY, consents=(by_law(),))
    born = BirthDate.unknown() if years is None else BirthDate.estimated(years, today=TODAY)
    patient = a_patient(birth_date=born, may_be_child=MayBeChild.NOT_SURE)
    return printed(
        sources(referral, service=a_service(ServiceKind.SOCIAL_WORK), patient=patient), catalog
    )


def test_a_doubtful_age_never_reads_like_an_adults() -> None:
    """The words come first, the same on both forms."""
    short, full_form = (words_of(of_doubtful_age(form)) for form in FormKind)

    assert "May be under 18 · 16 to 24 years, not certain" in short
    assert "18 to 24 years" not in short
    assert "May be under 18 · About 18 years" in full_form


def test_an_age_nobody_knows_is_not_said_to_be_uncertain() -> None:
    """Once is enough."""
    for form in FormKind:
        text = words_of(of_doubtful_age(form, years=None))
        assert "May be under 18 · Age not known" in text
        assert "not known, not certain" not in text


@pytest.mark.parametrize("locale", PAPER_LOCALES)
def test_the_short_form_of_a_doubtful_age_keeps_its_pages(locale: str) -> None:
    """The longer words about the age push nothing to another page."""
    assert page_count(of_doubtful_age(FormKind.MINIMUM, catalog=Catalog.load(locale))) == 2


def slip_is_torn_off_the_first_page(pdf: bytes) -> bool:
    """Below what is read on page 1: its reference stands there twice, on page 2 three times."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return [text.count("7KQ-42M-X") for text in pages] == [2, 3]


@pytest.mark.parametrize("long", [False, True], ids=["short", "long"])
@pytest.mark.parametrize("locale", PAPER_LOCALES)
def test_the_short_form_of_a_child_has_its_slip_on_its_page(locale: str, *, long: bool) -> None:
    """Also with as much as staff usually type, with consent, and with the note on status."""
    made = a_form_of_a_child(long=long)
    agreed = replace(made.referral, consents=(a_consent(EVERYTHING),))
    noted = replace(made.facility, address=f"{made.facility.address}, Kosovë")

    for variant in (made, replace(made, referral=agreed), replace(made, facility=noted)):
        pdf = printed(variant, Catalog.load(locale))
        assert slip_is_torn_off_the_first_page(pdf)
        assert "0117" in text_of(pdf)


def test_what_fits_no_page_is_not_cut() -> None:
    """The slip begins the next page, and all of the words are there."""
    made = a_form_of_a_child(long=True, screening=a_childs_visit("word " * 400 + "end"))

    pdf = printed(made)

    assert text_of(pdf).count("word") == 400
    assert not slip_is_torn_off_the_first_page(pdf)


def test_nothing_is_to_be_torn_off_below_the_last_slip() -> None:
    """One line above each slip."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(printed())).pages]

    assert [text.count("Tear off here") for text in pages] == [1, 2]
    assert pages[1].rindex("Tear off here") < pages[1].rindex("Follow-up slip")


def test_slips_that_come_back_carry_no_name_and_no_reason() -> None:
    """The slip may lie on any desk."""
    pdf = full()
    slips = text_of(pdf).split("Reply slip", 1)[1]

    for word in ("Layla", "Al-Hassan", "passport", "Arabic", "Pregnancy", "Ward 2"):
        assert word not in slips


def test_a_preview_says_so_and_a_form_does_not() -> None:
    """Paper taken from the preview is not taken for an issued form."""
    assert "Preview" in text_of(printed(preview=True))
    assert "Preview" not in text_of(printed())


def test_a_page_holds_forty_percent_longer_words() -> None:
    """A wordy translation makes no more pages and loses nothing."""
    pdf = printed(catalog=LongCatalog.source())

    assert page_count(pdf) == 2
    assert "7KQ-42M-X" in text_of(pdf)


HOSTILE = (
    "<img src='file:///etc/passwd'>",
    "<b>bold</b> & <para> unclosed < >",
    "\u202edesrever\u202c \u2066iso\u2069",
    "a\x00b\x07c\x1b[31m",
    "{name} %s {0}",
    "\U000f0000\ue000",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_printed_as_it_stands(text: str) -> None:
    """Markup is not read, controls are gone, the rest of the form is unharmed."""
    pdf = full(own_words=text, staff_observation=text, safety_arrangements=text)

    shown = words_of(pdf)
    assert "Signature of the person" in shown
    assert not set(shown) & set("\u202e\u202c\u2066\u2069\x00\x07\x1b\ue000\U000f0000")
    for visible in re.findall(r"[A-Za-z<>{}&/]{3,}", text.replace("\x1b[31m", "")):
        assert visible in shown.replace(" ", "") or visible in shown


def test_ten_thousand_characters_flow_over_pages() -> None:
    """Nothing is cut off, however much was typed."""
    words = " ".join(f"word{number:04}" for number in range(1200))
    joined = "x" * 3000

    text = text_of(full(own_words=words, staff_observation=joined))

    assert all(f"word{number:04}" in text for number in range(1200))
    assert text.replace("\n", "").replace("\r", "").count("x") >= 3000


def test_every_field_may_be_as_long_as_it_can_be_typed() -> None:
    """A referral is never stopped by a long value, in any field."""
    long = "word " * 800
    referral = a_referral(FormKind.FULL, consents=(a_consent(EVERYTHING),), is_child=True)
    texts = ("contact_name", "access_needs", "at_facility_until", "location", "citizenship",
             "papers", "own_words", "staff_observation", "not_known", "done_here",
             "health_summary", "safety_arrangements", "withhold_from", "withhold_reason",
             "caregiver", "caregiver_not_informed_reason")  # fmt: skip
    details = replace(referral.details, **dict.fromkeys(texts, long))
    facility = a_facility(name="n" * 120, address="a\n" * 300, phone_hours="h" * 120)

    for kind in ServiceKind:
        made = sources(replace(referral, details=details), service=a_service(kind, "s" * 120))
        assert "Signature of the person" in words_of(printed(replace(made, facility=facility)))


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=400))
def test_any_text_makes_a_form(text: str) -> None:
    """No character that can be typed stops a referral."""
    pdf = full(location=text, own_words=text, health_summary=text)

    assert "Signature of the person" in words_of(pdf)


def test_a_character_without_a_glyph_is_a_box_with_a_note() -> None:
    """The reader sees that something is missing, and why."""
    with_box = words_of(full(own_words="漢字"))

    assert "□" in with_box
    assert "□ stands for a character that could not be printed." in with_box
    assert "□" not in words_of(full())


@pytest.mark.parametrize("name", ["Kosovo", "Kosova", "Kosovë", "Косово", "КОСОВО"])
def test_the_name_always_has_its_asterisk_and_footnote(name: str) -> None:
    """Wherever it was typed, once and with the note on the page."""
    text = words_of(printed(replace(sources(), facility=a_facility(address=f"1, {name}"))))

    assert f"{name}*" in text
    assert f"{name}**" not in text
    assert "UNSCR 1244/1999" in text
    assert "UNSCR 1244/1999" not in words_of(printed())


def test_a_persons_name_keeps_its_own_spelling() -> None:
    """A person may be called Kosova."""
    referral = a_referral(FormKind.FULL, consents=(a_consent(EVERYTHING),))

    text = words_of(printed(sources(referral, patient=a_patient(given_name="Kosova"))))

    assert "Kosova Al-Hassan" in text
    assert "UNSCR" not in text


def test_an_arabic_name_reads_in_order() -> None:
    """A name in another script keeps its letters inside a page read from the left."""
    referral = a_referral(FormKind.FULL, consents=(a_consent(EVERYTHING),))
    patient = a_patient(given_name="ليلى", family_name="الحسن")

    text = text_of(printed(sources(referral, patient=patient)))

    assert "ليلى الحسن" in text


def test_a_loose_accent_is_read_back() -> None:
    """Montenegrin letters with a loose accent stay two characters of text."""
    assert "С́утра З́еница" in text_of(full(own_words="С́утра З́еница"))


@pytest.mark.parametrize("locale", [tag for tag in PAPER_LOCALES if tag != "en"])
def test_the_short_form_keeps_its_pages_in_every_language(locale: str) -> None:
    """One page to read and one of slips, in the language as it is translated now."""
    pdf = printed(catalog=Catalog.load(locale))

    assert page_count(pdf) == 2
    assert locale in text_of(pdf)
