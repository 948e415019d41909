# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program cannot do, read from `docs/limits.md`: the one home of that text.

Its translations lie beside it, one file for each language, paragraph by paragraph. A paragraph
that was changed has none until somebody translates it again, and is shown in English.
"""

import io
import re
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from typing import Final

from babel.messages.pofile import PoFileError, read_po

from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.locales import LOCALES
from pact_desktop.i18n.serbian import to_latin
from pact_desktop.resources import shipped

FILE_NAME: Final = "limits.md"
FOLDER_NAME: Final = "limits"
PARTS: Final = 3
"""For the nurse and the doctor, for the manager, for IT, in this order."""
_WRITTEN_AS: Final = {"sr-Latn": "sr-Cyrl"}
"""Serbian in Latin letters is made from Cyrillic."""
_LEAD: Final = re.compile(r"\*\*(?P<lead>.+?)\*\*\s*(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class LimitsLine:
    """One paragraph or one point of a list, as plain text."""

    text: str
    lead: str = ""
    """Its first words, which stand out."""
    is_point: bool = False


@dataclass(frozen=True, slots=True)
class LimitsPart:
    """What one kind of reader has to know."""

    heading: str
    lines: tuple[LimitsLine, ...]
    untranslated: int = 0
    """How many of the lines are in English because nobody has translated them."""


def limits_for(locale: str, folder: Path | None = None) -> tuple[LimitsPart, ...]:
    """The three parts, in the words of a language as far as it has them."""
    home = folder or shipped("docs")
    catalog = _catalog(locale, home / FOLDER_NAME)
    latin = locale in _WRITTEN_AS
    return tuple(
        _part(heading, paragraphs, catalog, latin=latin)
        for heading, paragraphs in english_parts((home / FILE_NAME).read_text(encoding="utf-8"))
    )


def english_parts(written: str) -> list[tuple[str, list[str]]]:
    """Headings with their paragraphs and points, each on one line as it is written."""
    parts: list[tuple[str, list[str]]] = []
    for section in re.split(r"^## ", written, flags=re.MULTILINE)[1:]:
        heading, _, body = section.partition("\n")
        parts.append((heading.strip(), _paragraphs(body)))
    return parts


def _paragraphs(body: str) -> list[str]:
    """A blank line or the next point ends a paragraph; a rule between parts is none."""
    pieces = re.split(r"\n\s*\n|\n(?=- )", body.strip())
    joined = (" ".join(piece.split()) for piece in pieces)
    return [piece for piece in joined if piece and set(piece) != {"-"}]


def _part(heading: str, paragraphs: list[str], catalog: Catalog, *, latin: bool) -> LimitsPart:
    said = [catalog.gettext(text) for text in (heading, *paragraphs)]
    untranslated = sum(text in catalog.missing for text in paragraphs)
    if latin:
        source = (heading, *paragraphs)
        said = [w if w == e else to_latin(w) for w, e in zip(said, source, strict=True)]
    return LimitsPart(said[0], tuple(_line(text) for text in said[1:]), untranslated)


def _line(written: str) -> LimitsLine:
    is_point = written.startswith("- ")
    text = written.removeprefix("- ")
    found = _LEAD.fullmatch(text)
    lead, rest = (found["lead"], found["rest"]) if found else ("", text)
    return LimitsLine(_plain(rest), _plain(lead), is_point)


def _plain(text: str) -> str:
    """Without the marks of the written file: the screen shows no markup."""
    return re.sub(r"\*\*?|`", "", text)


def _catalog(locale: str, folder: Path) -> Catalog:
    """English where the language has no file or it cannot be read."""
    tag = _WRITTEN_AS.get(locale, locale)
    path = folder / f"{tag}.po"
    if tag not in LOCALES or not path.is_file():
        return _all_english(locale)
    try:
        po = read_po(io.BytesIO(path.read_bytes()), locale=LOCALES[tag].babel, abort_invalid=True)
    except (OSError, PoFileError, ValueError):
        return _all_english(locale)
    return Catalog.from_po(tag, po)


def _all_english(locale: str) -> Catalog:
    """Counts what it is asked for, unless English is what was asked."""
    return Catalog(locale, NullTranslations())
