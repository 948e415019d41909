# SPDX-License-Identifier: GPL-3.0-or-later
"""Order, shape and breaking of text on paper."""

import unicodedata

import pytest

from pact_desktop.documents.bidi import levels, needs_shaping, runs_of_line
from pact_desktop.documents.fonts import (
    covered_characters,
    missing_characters,
    require_glyphs,
)
from pact_desktop.documents.pages import PageFrame, Paper, build
from pact_desktop.documents.paragraphs import PlainParagraph, TextStyle
from pact_desktop.documents.printable import kept_together, typed, worded
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.locales import LANGUAGES, language_name
from tests.documents.papers import picture, text_of

RTL = TextStyle(12, 18, direction="rtl")
LTR = TextStyle(12, 18)

LETTERS = {
    "sq": "ÇçËë",
    "bs, hr, sr-Latn": "ČčĆćĐđŠšŽžǅǆ",
    "cnr": "ŚśŹź",
    "sr-Cyrl": "ЂђЈјЉљЊњЋћЏџ",
    "mk": "ЃѓЅѕЌќЀѐЍѝ",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىئؤأإآ،؟",
    "fa, ps, ur": "پچژگکیۍۀہے۔ټډړږښڼ",
}


def visual(text: str, base: int) -> str:
    """The runs of a line as seen from the left, each from right to left turned round."""
    runs = runs_of_line(text, levels(text, base=base), base=base)
    return "".join(run.text[::-1] if run.level % 2 else run.text for run in runs)


@pytest.mark.parametrize("language", LETTERS)
def test_the_font_has_the_letters(language: str) -> None:
    """No letter of a language we print is missing."""
    require_glyphs(LETTERS[language])


def test_a_missing_glyph_is_named_by_its_number() -> None:
    """A translator is told which character, without the text around it."""
    with pytest.raises(Fault) as refused:
        require_glyphs("abc 漢")

    assert refused.value.code is FaultCode.GLYPH_MISSING
    assert refused.value.facts["characters"] == "U+6F22"


def test_private_characters_are_never_covered() -> None:
    """A typed private character cannot borrow a glyph of the program."""
    assert not any(unicodedata.category(chr(code)) == "Co" for code in covered_characters())
    assert missing_characters("\ue000") == {"\ue000"}


def test_a_right_to_left_line_starts_at_the_right() -> None:
    """Latin words keep their order inside it."""
    assert visual("خذ Amlodipin 5 mg الآن", 1) == "نآلا Amlodipin 5 mg ذخ"


def test_a_number_kept_together_keeps_its_order() -> None:
    """A blood pressure and a phone number are read as they were written."""
    text = f"الضغط {kept_together('140/90 mmHg')} اليوم"

    assert "140/90 mmHg" in visual(text, 1)


def test_plain_latin_and_cyrillic_are_not_shaped() -> None:
    """They go out letter by letter, so that they are read back exactly."""
    assert not needs_shaping("Uputnica za podršku – Упутница 1/2")
    assert needs_shaping("С́утра")
    assert needs_shaping("مرحبا")


def test_brackets_survive_in_right_to_left_text() -> None:
    """An unpaired direction mark from outside cannot turn the page."""
    assert typed("\u202eabc\u2066 (د)") == "abc (د)"
    assert worded("\u200fabc") == "\u200fabc"


def page(text: str, style: TextStyle, width_share: float = 1.0) -> bytes:
    paper = Paper(Catalog.source())
    margin = 60 + (1 - width_share) * 150
    return build(paper, [PlainParagraph(text, style)], PageFrame(margin=margin, numbered=False))


def test_wrapped_right_to_left_lines_keep_every_word() -> None:
    """Words are neither lost nor doubled when a line is full."""
    words = ["خذ", "قرصا", "Amlodipin", "5", "mg", "كل", "صباح", "بعد", "الطعام"] * 12

    text = text_of(page(" ".join(words), RTL))

    read = unicodedata.normalize("NFKC", text)
    for word in set(words):
        assert read.split().count(word) == 12


def test_arabic_is_read_back_as_letters() -> None:
    """Joined letters and ligatures come back as the letters they stand for."""
    sentence = "يمكنك طلب مترجم لا تعرفه. العلاج لا يتوقف على إجاباتك."

    read = unicodedata.normalize("NFKC", text_of(page(sentence, RTL)))

    assert " ".join(read.split()) == sentence


@pytest.mark.parametrize(("style", "side"), [(LTR, "left"), (RTL, "right")])
def test_text_stands_at_the_side_where_reading_starts(style: TextStyle, side: str) -> None:
    """Seen on the picture: the ink is on that half of the page."""
    image = picture(page("مرحبا" if side == "right" else "hello", style), scale=0.5).convert("L")
    dark = image.point(lambda grey: 255 if grey < 128 else 0).getbbox()

    assert dark is not None
    middle = (dark[0] + dark[2]) / 2
    assert (middle > image.width / 2) == (side == "right")


def test_names_of_all_languages_can_be_printed() -> None:
    """The language of a patient is on every form."""
    for locale in ("en", "mk", "sq", "sr-Cyrl", "ar"):
        for language in LANGUAGES:
            require_glyphs(language_name(language, locale))


def test_a_word_longer_than_the_line_is_broken_by_letters() -> None:
    """It runs on, it does not run out of the page."""
    paragraph = PlainParagraph("x" * 500, LTR)
    width, height = paragraph.wrap(200, 10_000)

    assert width == 200
    assert height > 18 * 10


def test_a_paragraph_splits_between_lines() -> None:
    """Two parts hold the same lines as the whole."""
    text = " ".join(f"w{number}" for number in range(400))
    whole = PlainParagraph(text, LTR)
    whole.wrap(200, 10_000)
    lines = whole.line_count

    first, rest = PlainParagraph(text, LTR).split(200, 18 * 5 + 1)
    first.wrap(200, 10_000)
    rest.wrap(200, 10_000)

    assert (first.line_count, rest.line_count) == (5, lines - 5)
