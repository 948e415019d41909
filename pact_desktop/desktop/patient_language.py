# SPDX-License-Identifier: GPL-3.0-or-later
"""Which locale of a set or of the guidance a spoken language is read in."""

from collections.abc import Iterable
from typing import Final

from pact_desktop.i18n.locales import LOCALES, NOT_KNOWN, language_name, own_language_name

_LAST_DRAWABLE: Final = 0x0780
"""Latin, Greek, Cyrillic and Arabic letters; the fonts of old computers may lack the others."""


def locale_for(language: str, offered: Iterable[str]) -> str:
    """The offered locale of this language: `sr` finds `sr-Cyrl`; empty when there is none."""
    tags = list(offered)
    if language in tags:
        return language
    return next((tag for tag in tags if tag.split("-")[0] == language), "")


def both_names(language: str, staff_locale: str) -> str:
    """`العربية · Arabic`: as its speakers write it, then as the staff knows it."""
    if language in LOCALES:
        own = LOCALES[language].own_name
        named = language_name(language.split("-", maxsplit=1)[0], staff_locale)
    else:
        own, named = own_language_name(language), language_name(language, staff_locale)
    if own.casefold() == named.casefold():
        return own
    drawable = max(map(ord, own)) < _LAST_DRAWABLE
    return f"{own} · {named}" if drawable else named


def known(language: str) -> bool:
    return language not in {"", NOT_KNOWN}
