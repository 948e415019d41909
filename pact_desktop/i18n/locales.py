# SPDX-License-Identifier: GPL-3.0-or-later
"""The languages of staff, paper and patients, each under a tag that names its script."""

from dataclasses import dataclass
from typing import Final, Literal

from babel import Locale

Direction = Literal["ltr", "rtl"]
SOURCE: Final = "en"


@dataclass(frozen=True, slots=True)
class LocaleInfo:
    """One language in one script, and where the program may be asked to use it."""

    tag: str
    own_name: str
    english_name: str
    babel: str
    """Name of the CLDR data; `cnr` has none of its own there."""
    direction: Direction = "ltr"
    screen: bool = False
    paper: bool = False
    card: bool = False


def _table(*rows: LocaleInfo) -> dict[str, LocaleInfo]:
    return {row.tag: row for row in rows}


LOCALES: Final = _table(
    LocaleInfo("en", "English", "English", "en_150", screen=True, paper=True, card=True),
    LocaleInfo("mk", "Македонски", "Macedonian", "mk", screen=True, paper=True, card=True),
    LocaleInfo("sq", "Shqip", "Albanian", "sq", screen=True, paper=True, card=True),
    LocaleInfo(
        "sr-Cyrl", "Српски", "Serbian (Cyrillic)", "sr_Cyrl", screen=True, paper=True, card=True
    ),
    LocaleInfo(
        "sr-Latn", "Srpski", "Serbian (Latin)", "sr_Latn", screen=True, paper=True, card=True
    ),
    LocaleInfo("bs-Latn", "Bosanski", "Bosnian", "bs_Latn", paper=True, card=True),
    LocaleInfo("cnr-Latn", "Crnogorski", "Montenegrin", "sr_Latn_ME", paper=True, card=True),
    LocaleInfo("ar", "العربية", "Arabic", "ar_001", direction="rtl", card=True),
)
"""`sr-Latn` is made from `sr-Cyrl`, so it costs nothing to show it on the screen as well."""

SCREEN_LOCALES: Final = tuple(tag for tag, info in LOCALES.items() if info.screen)
PAPER_LOCALES: Final = tuple(tag for tag, info in LOCALES.items() if info.paper)
CARD_LOCALES: Final = tuple(tag for tag, info in LOCALES.items() if info.card)

NOT_KNOWN: Final = "und"

LANGUAGES: Final = (
    "sq", "mk", "sr", "bs", "hr", "cnr", "rom", "tr", "en",
    "ar", "fa", "prs", "ps", "ur", "ku", "ckb", "uk", "ru", "fr", "es",
    "bn", "ne", "hi", "pa", "so", "ti", "am", "vi", "tl", "zh", "ro", "hu", "bg", "el", "de", "it",
)  # fmt: skip
"""Languages that patients speak, in the order of use in the region (referral.md 3.1 and 4)."""

_OWN_NAMES: Final = {
    "cnr": "Crnogorski",
    "rom": "Romani čhib",
    "prs": "دری",
    "sr": "Српски / Srpski",
    "ku": "Kurmancî",
    "tl": "Tagalog",
}
_MISSING_IN_CLDR: Final[dict[str, dict[str, str]]] = {
    "cnr": {
        "en": "Montenegrin",
        "mk": "црногорски",
        "sq": "malazezisht",
        "sr-Cyrl": "црногорски",
        "sr-Latn": "crnogorski",
        "bs-Latn": "crnogorski",
        "cnr-Latn": "crnogorski",
        "ar": "الجبل الأسود",
    },
    "rom": {
        "en": "Romani",
        "mk": "ромски",
        "sq": "romisht",
        "sr-Cyrl": "ромски",
        "sr-Latn": "romski",
        "bs-Latn": "romski",
        "cnr-Latn": "romski",
    },
    "prs": {
        "en": "Dari",
        "mk": "дари",
        "sq": "darisht",
        "sr-Cyrl": "дари",
        "sr-Latn": "dari",
        "bs-Latn": "dari",
        "cnr-Latn": "dari",
        "ar": "الدرية",
    },
}
_CLDR_NAME: Final = {"tl": "fil"}


def babel_locale(tag: str) -> Locale:
    """The CLDR locale for one of our tags; raises KeyError for a tag that is not ours."""
    return Locale.parse(LOCALES[tag].babel)


def language_name(language: str, tag: str) -> str:
    """The name of a spoken language, written in the language of `tag`; its code if unknown."""
    own = _MISSING_IN_CLDR.get(language, {})
    if tag in own:
        return own[tag]
    code = _CLDR_NAME.get(language, language)
    named = babel_locale(tag).languages.get(code) or own.get(SOURCE)
    return named or Locale.parse("en").languages.get(code, language)


def own_language_name(language: str) -> str:
    """The name of a spoken language as its own speakers write it."""
    if language in _OWN_NAMES:
        return _OWN_NAMES[language]
    code = _CLDR_NAME.get(language, language)
    name = Locale.parse(code).language_name or language
    return name[0].upper() + name[1:]
