# SPDX-License-Identifier: GPL-3.0-or-later
"""Values of the field in the reader's language, the same on screen and on paper."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from pact_desktop.domain.indicators import AnswerValue
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.locales import NOT_KNOWN, language_name
from pact_desktop.i18n.messages import Message
from pact_desktop.terms.body import APPEARANCES, REGIONS
from pact_desktop.terms.codes import CITIZENSHIPS, EXPLOITATION, SERVES
from pact_desktop.terms.people import PEOPLE
from pact_desktop.terms.records import RECORDS
from pact_desktop.terms.referral import REFERRAL
from pact_desktop.terms.visit import SHORT_ANSWERS, VISIT

Words = Mapping[Enum, Message]
TERMS: Final[Mapping[type[Enum], Words]] = {
    kind: words for table in (PEOPLE, VISIT, REFERRAL, RECORDS) for kind, words in table.items()
}


def term(catalog: Catalog, value: Enum, *, short: bool = False) -> str:
    """The words for a value of the domain.

    `short` gives the wording for a screen that a companion may read ("Noted", "Not noted").
    """
    if short and isinstance(value, AnswerValue) and value in SHORT_ANSWERS:
        return SHORT_ANSWERS[value].of(catalog)
    return TERMS[type(value)][value].of(catalog)


def region_term(catalog: Catalog, code: str) -> str:
    """The words for a place on the body, for example `left-wrist`."""
    return _of(catalog, REGIONS, code)


def appearance_term(catalog: Catalog, code: str) -> str:
    """The words for the look of a mark; empty when it was not described."""
    return _of(catalog, APPEARANCES, code)


def exploitation_term(catalog: Catalog, code: str) -> str:
    """The words for a kind of exploitation, for example `LAB`."""
    return _of(catalog, EXPLOITATION, code)


def serves_term(catalog: Catalog, code: str) -> str:
    """Whom a service is for; empty when it is not known."""
    return _of(catalog, SERVES, code)


def citizenship_term(catalog: Catalog, code: str) -> str:
    """`own`, `other` or `stateless`; empty when it was not recorded."""
    return _of(catalog, CITIZENSHIPS, code)


def language_term(catalog: Catalog, tag: str) -> str:
    """The name of a spoken language, as the reader calls it."""
    if tag in {"", NOT_KNOWN}:
        # Translators: the language the patient speaks is not known.
        return catalog.pgettext("language", "Not known")
    return language_name(tag, catalog.locale)


def _of(catalog: Catalog, table: Mapping[str, Message], code: str) -> str:
    return table[code].of(catalog) if code else ""
