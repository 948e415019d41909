# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates, times and lists as the facility writes them, the same on screen and paper."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from babel.dates import format_date as cldr_date
from babel.lists import format_list

from pact_desktop.i18n.locales import SOURCE, babel_locale

if TYPE_CHECKING:
    from pact_desktop.i18n.catalog import Catalog

_NUMBERS: Final = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\.?")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_ENGLISH: Final = re.compile(r"(\d{1,2})([a-z]{3})[a-z]*(\d{4})")
_ENGLISH_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip


def format_date(day: date, locale: str) -> str:
    """`23.11.2026`; in English `23 Nov 2026`, which no reader takes for another day."""
    if locale == SOURCE:
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1].capitalize()} {day.year:04}"
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def format_time(moment: datetime) -> str:
    return f"{moment.hour:02}:{moment.minute:02}"


def format_datetime(moment: datetime, locale: str) -> str:
    return f"{format_date(moment.date(), locale)}, {format_time(moment)}"


def format_long_date(day: date, locale: str) -> str:
    """`Monday 23 November 2026`, with the week day, in the language of the locale."""
    if locale == SOURCE:
        return cldr_date(day, "EEEE d MMMM y", locale="en")
    if locale == "cnr-Latn":
        # CLDR mixes variants here: its week begins with a Serbian "ponedeljak".
        weekday = cldr_date(day, "EEEE", locale="bs_Latn")
        return f"{weekday}, {cldr_date(day, 'd. MMMM y.', locale='sr_Latn_ME')}"
    return cldr_date(day, "full", locale=babel_locale(locale))


def format_moment(moment: datetime, now: datetime, catalog: "Catalog") -> str:
    """`today, 07:02` within the day, otherwise date and time."""
    if moment.date() == now.date():
        # Translators: a time of this day, for example "today, 07:02".
        return catalog.gettext("today, {time}").format(time=format_time(moment))
    return format_datetime(moment, catalog.locale)


def format_days_ago(day: date, today: date, catalog: "Catalog") -> str:
    """`today`, `yesterday` or `12 days ago`; only for things that age."""
    days = (today - day) // timedelta(days=1)
    if days <= 0:
        # Translators: when something was last checked or copied.
        return catalog.gettext("today")
    if days == 1:
        # Translators: when something was last checked or copied.
        return catalog.gettext("yesterday")
    # Translators: when something was last checked or copied.
    return catalog.ngettext("{n} day ago", "{n} days ago", days).format(n=days)


def parse_date(text: str) -> date:
    """A date as typed: `23.11.2026`, `23/11/2026`, `2026-11-23` or `23 Nov 2026`.

    Raises ValueError when it is not a full date; two-digit years are never guessed.
    """
    compact = "".join(text.split()).lower()
    if found := _NUMBERS.fullmatch(compact):
        day, month, year = (int(part) for part in found.groups())
    elif found := _ISO.fullmatch(compact):
        year, month, day = (int(part) for part in found.groups())
    elif (found := _ENGLISH.fullmatch(compact)) and found[2] in _ENGLISH_MONTHS:
        day, month, year = int(found[1]), _ENGLISH_MONTHS.index(found[2]) + 1, int(found[3])
    else:
        msg = "not a date"
        raise ValueError(msg)
    return date(year, month, day)


def join_list(items: Sequence[str], locale: str) -> str:
    """`A, B and C` in the language of the locale."""
    return format_list(items, locale=babel_locale(locale)) if items else ""
