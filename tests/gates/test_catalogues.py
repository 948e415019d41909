# SPDX-License-Identifier: GPL-3.0-or-later
"""Every catalogue says what the source says, in all its forms, and can be printed."""

import io
import unicodedata
from functools import cache
from pathlib import Path

import pymupdf_fonts
import pytest
import uharfbuzz
from babel.messages import Catalog as PoCatalog
from babel.messages.pofile import read_po

from pact_desktop.documents.fonts import MISSING
from pact_desktop.i18n.catalog import (
    Catalog,
    msgid_of,
    placeholders_agree,
    reviewer,
    sources_of,
    texts_of,
)
from pact_desktop.i18n.locales import LOCALES
from pact_desktop.interchange.catalogue_files import GENERATED, in_latin, read_catalogue
from pact_desktop.interchange.translating import content_folders, drift
from pact_desktop.resources import shipped
from tests.indicator_sets.neutral_words import NEVER, OPEN_VIEW, found_in

ROOT = Path(__file__).parents[2]
TAGS = [tag for tag in LOCALES if tag != "en"]
COMPLETE = ("mk", "sq", "sr-Cyrl", "sr-Latn")
"""Languages of the screen: nothing in them may be left in English."""

OPEN_SCREENS = ("sign_in", "today", "patients", "register", "details", "observations", "set_up")
OPEN_PLACES = (
    *(f"ui/screens/{name}.ui" for name in OPEN_SCREENS),
    *(f"pact_desktop/desktop/screens/{name}/" for name in OPEN_SCREENS),
    "pact_desktop/desktop/cover.py",
    "pact_desktop/desktop/frame_bars.py",
    "pact_desktop/desktop/main_window.py",
    "pact_desktop/desktop/user_menu.py",
    "pact_desktop/documents/patient_card.py",
    "pact_desktop/documents/visit_slip.py",
    "pact_desktop/i18n/",
    "pact_desktop/settings.py",
)
"""Where a companion may read along (design.md section 2)."""

NAMED_ON_THE_FULL_FORM = "pact_desktop/terms/codes.py"
"""The one list of kinds of exploitation: chosen in private, printed by consent alone."""

OUR_WORK = {
    "en": r"concern|screening|detection|alarm|panic|\bsos\b|uncooperative|irregular|indicator",
    "mk": r"скрининг|аларм|паника|сомнеж",
    "sq": r"skrining|alarm|panik|dyshim",
    "sr-Cyrl": r"скрининг|аларм|паник|сумњ",
    "sr-Latn": r"skrining|alarm|panik|sumnj",
    "bs-Latn": r"skrining|alarm|panik|sumnj",
    "cnr-Latn": r"skrining|alarm|panik|sumnj",
    "ar": r"إنذار|ذعر",
}
"""Words for what this program is for; private view may use the mildest of them."""


@cache
def catalogue(tag: str) -> PoCatalog:
    if tag == "en":
        template = (ROOT / "translations" / "pact_desktop.pot").read_bytes()
        return read_po(io.BytesIO(template))
    found = read_catalogue(_file(tag), tag)
    assert found is not None
    return found


def _file(tag: str) -> Path:
    return shipped("translations") / tag / "pact_desktop.po"


def _shown(tag: str, *, in_open_view: bool) -> dict[str, str]:
    """English and what is shown for it, from places of one kind."""
    source = {(message.id, message.context): message for message in catalogue("en") if message.id}
    shown = {}
    for message in catalogue(tag):
        if not message.id:
            continue
        places = [place for place, _ in source[message.id, message.context].locations]
        if places == [NAMED_ON_THE_FULL_FORM]:
            continue
        if not in_open_view or any(place.startswith(OPEN_PLACES) for place in places):
            texts = sources_of(message) if tag == "en" else texts_of(message)
            shown[msgid_of(message)] = " / ".join(texts)
    return shown


def test_nothing_has_drifted() -> None:
    """Run `python dev.py translate` after changing an English text."""
    assert [path.relative_to(ROOT).as_posix() for path in drift(ROOT)] == []


@pytest.mark.parametrize("tag", TAGS)
def test_placeholders_and_forms_are_those_of_the_source(tag: str) -> None:
    """A wrong brace or a missing form would show English in the middle of a language."""
    bad = [
        msgid_of(message)
        for message in catalogue(tag)
        if message.id
        and any(texts_of(message))
        and not (
            all(texts_of(message)) and placeholders_agree(sources_of(message), texts_of(message))
        )
    ]
    assert bad == []


@pytest.mark.parametrize("tag", TAGS)
def test_the_program_reads_every_catalogue(tag: str) -> None:
    """With the same code that runs in the facility, and without leaving anything out."""
    assert Catalog.load(tag).rejected == ()


@pytest.mark.parametrize("tag", COMPLETE)
def test_languages_of_the_screen_are_complete(tag: str) -> None:
    """Staff never meet an English sentence in their own language."""
    empty = [msgid_of(m) for m in catalogue(tag) if m.id and not all(texts_of(m) or ("",))]
    assert empty == []


@pytest.mark.parametrize("tag", ["bs-Latn", "cnr-Latn", "ar"])
def test_languages_of_paper_are_complete(tag: str) -> None:
    """A form or card is in one language from top to bottom."""
    empty = [msgid_of(m) for m in catalogue(tag) if m.id and not all(texts_of(m) or ("",))]
    assert empty == []


@pytest.mark.parametrize("tag", GENERATED)
def test_generated_catalogues_equal_their_source(tag: str) -> None:
    """Latin Serbian is made, never written."""
    made = in_latin(catalogue(GENERATED[tag]), tag)
    assert {(m.id, m.context): texts_of(m) for m in made if m.id} == {
        (m.id, m.context): texts_of(m) for m in catalogue(tag) if m.id
    }


@pytest.mark.parametrize("tag", TAGS)
def test_no_catalogue_claims_a_review_without_a_name(tag: str) -> None:
    """Whoever read it is named with a profession; a bare word is no review."""
    header = _file(tag).read_bytes()
    assert b"X-Review: " in header
    said = reviewer(header)
    assert not said or "," in said


@pytest.mark.parametrize("tag", ["en", *TAGS])
def test_no_text_names_a_crime_or_blames(tag: str) -> None:
    """On any screen, in any error, on any paper."""
    assert found_in(_shown(tag, in_open_view=False), tag, NEVER) == {}


@pytest.mark.parametrize("tag", ["en", *TAGS])
def test_open_view_gives_nothing_away(tag: str) -> None:
    """Whoever looks over the shoulder sees an ordinary intake."""
    assert found_in(_shown(tag, in_open_view=True), tag, NEVER, OPEN_VIEW, OUR_WORK) == {}


def _printable(text: str) -> set[str]:
    return {ch for ch in text if unicodedata.category(ch) not in {"Cc", "Cf", "Zl", "Zp"}}


@pytest.mark.parametrize("face", ["figo", "figbo"])
def test_the_font_has_every_character(face: str) -> None:
    """In each catalogue and in the words of each panel; a box in a form is a lost word."""
    known = {chr(code) for code in uharfbuzz.Face(pymupdf_fonts.myfont(face)).unicodes} | {MISSING}
    texts = {tag: [t for m in catalogue(tag) for t in texts_of(m)] for tag in TAGS}
    texts["en"] = [text for m in catalogue("en") if m.id for text in sources_of(m)]
    for folder in content_folders(ROOT):
        for path in sorted(folder.glob("texts/*.po")):
            with path.open("rb") as file:
                texts[path.relative_to(ROOT).as_posix()] = [
                    text for m in read_po(file) if m.id for text in (*texts_of(m), *sources_of(m))
                ]
    lost = {where: set().union(*map(_printable, found)) - known for where, found in texts.items()}
    assert {where: sorted(chars) for where, chars in lost.items() if chars} == {}
