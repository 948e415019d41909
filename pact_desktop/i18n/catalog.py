# SPDX-License-Identifier: GPL-3.0-or-later
"""The program's words in one language, read straight from the translator's file."""

import io
import re
from collections.abc import Iterable
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from string import Formatter
from typing import Final, Self

from babel.messages import Catalog as PoCatalog
from babel.messages import Message as PoMessage
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from typing_extensions import override

from pact_desktop.i18n.locales import LOCALES, SOURCE
from pact_desktop.resources import shipped

DOMAIN: Final = "pact_desktop"
NOT_REVIEWED: Final = "nobody yet"
_UNREADABLE: Final = (OSError, PoFileError, ValueError, LookupError, TypeError, AttributeError)
"""What babel raises for a file that is damaged, or says of itself what nobody knows."""
_REVIEW: Final = re.compile(rb'^"X-Review: (.*?)\\n"', re.MULTILINE)


class CatalogueMissingError(Exception):
    """A language was asked for that has no readable catalogue."""


class _English(NullTranslations):
    """The end of the line: gives the English text and keeps count of what was missing."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: Final[set[str]] = set()

    @override
    def gettext(self, message: str) -> str:
        self.missing.add(message)
        return message

    @override
    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.missing.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)

    @override
    def pgettext(self, context: str, message: str) -> str:
        self.missing.add(message)
        return message


class Catalog:
    """Words in one language. Documents are given one, so that paper may differ from the screen."""

    def __init__(
        self, locale: str, translations: NullTranslations, po: PoCatalog | None = None
    ) -> None:
        self.locale: Final = locale
        self._english = _English()
        translations.add_fallback(self._english)
        self._translations = translations
        self._po = po
        self.rejected: tuple[str, ...] = ()
        self.reviewed_by = ""
        """Who read this catalogue as a native clinician; empty while nobody has."""

    @classmethod
    def load(cls, tag: str, folder: Path | None = None) -> Self:
        """The catalogue of a locale; English needs no file.

        Raises CatalogueMissingError when there is none for this tag or it cannot be read.
        """
        if tag == SOURCE:
            return cls.source()
        if tag not in LOCALES:
            raise CatalogueMissingError(tag)
        path = (folder or shipped("translations")) / tag / f"{DOMAIN}.po"
        try:
            data = path.read_bytes()
            po = read_po(io.BytesIO(data), locale=LOCALES[tag].babel, abort_invalid=True)
            catalog = cls.from_po(tag, po)
        except _UNREADABLE as error:
            raise CatalogueMissingError(tag) from error
        catalog.reviewed_by = reviewer(data)
        return catalog

    @classmethod
    def from_po(cls, tag: str, po: PoCatalog) -> Self:
        """A catalogue without the entries whose placeholders differ from their source."""
        unusable = [message for message in po if message.id and not is_usable(message)]
        for message in unusable:
            po.delete(message.id, message.context)
        compiled = io.BytesIO()
        write_mo(compiled, po)
        compiled.seek(0)
        catalog = cls(tag, GNUTranslations(compiled), po)
        catalog.rejected = tuple(
            msgid_of(message) for message in unusable if any(texts_of(message))
        )
        return catalog

    @classmethod
    def source(cls) -> Self:
        return cls(SOURCE, NullTranslations())

    @property
    def missing(self) -> frozenset[str]:
        """English texts that were asked for and shown in English."""
        return frozenset() if self.locale == SOURCE else frozenset(self._english.missing)

    @property
    def direction(self) -> str:
        return LOCALES[self.locale].direction

    def gettext(self, message: str) -> str:
        return self._translations.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self._translations.ngettext(one, many, n)

    def pgettext(self, context: str, message: str) -> str:
        return self._translations.pgettext(context, message) if message else ""

    def lookup(self, message: str, context: str | None = None) -> str | None:
        """The translation, or None when there is none; for Qt, which brings its own source."""
        if not message or self._po is None:
            return None
        found = self._po.get(message, context)
        if found is None or found.fuzzy or not any(texts_of(found)):
            return None
        return texts_of(found)[0] or None


def reviewer(data: bytes) -> str:
    """Who has read a file, from its header; empty while nobody has."""
    found = _REVIEW.search(data)
    said = found[1].decode(errors="replace").strip() if found else NOT_REVIEWED
    return "" if said == NOT_REVIEWED else said


def texts_of(message: PoMessage) -> tuple[str, ...]:
    """The translations of an entry: one, or one for each plural form."""
    string = message.string
    return (string,) if isinstance(string, str) else tuple(string or ())


def sources_of(message: PoMessage) -> tuple[str, ...]:
    """The English of an entry: one text, or singular and plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def msgid_of(message: PoMessage) -> str:
    return sources_of(message)[0]


def placeholders(text: str) -> frozenset[str] | None:
    """Names in braces; None when the braces do not pair up."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def placeholders_agree(sources: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether every form of a translation fills in what its source fills in.

    A plural form may leave out its number ("one patient"), as the English singular may.
    """
    wanted = [placeholders(source) for source in sources]
    if None in wanted:
        # Braces that are not placeholders: nothing is formatted, nothing can break.
        return True
    every = frozenset[str]().union(*(names for names in wanted if names is not None))
    plural = len(wanted) > 1
    for text in texts:
        names = placeholders(text)
        if names is None or not names <= every:
            return False
        if len(every - names) > (1 if plural else 0):
            return False
    return True


def is_usable(message: PoMessage) -> bool:
    """Whether an entry may be shown: complete in all forms and with its placeholders kept."""
    texts = texts_of(message)
    return bool(texts) and all(texts) and placeholders_agree(sources_of(message), texts)
