# SPDX-License-Identifier: GPL-3.0-or-later
"""Services of the directory in words: how fresh an entry is, what it offers, whom it serves."""

from datetime import date
from typing import Final

from pact_desktop.desktop.widgets import ChipText
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import EntryAge, ParticipantPack, ReferralService, ServiceId
from pact_desktop.domain.referral import SupportKind
from pact_desktop.i18n.formats import format_days_ago, join_list
from pact_desktop.i18n.locales import language_name
from pact_desktop.terms import serves_term, term

_TONES: Final = {
    EntryAge.FRESH: ("ok", "check"),
    EntryAge.AGEING: ("caution", "clock"),
    EntryAge.STALE: ("alert", "warning-circle"),
    EntryAge.NOT_CONFIRMED: ("caution", "phone"),
}


def age_chip(service: ReferralService, today: date) -> ChipText:
    """When somebody here last called; the amber ones are called before they are used."""
    tone, icon = _TONES[service.age(today)]
    if service.confirmed_on is None:
        return ChipText(tr("Not confirmed"), tone, icon)
    # Translators: how long ago a number was called; {when} is "today" or "12 days ago".
    said = tr("Checked {when}").format(when=format_days_ago(service.confirmed_on, today, catalog()))
    return ChipText(said, tone, icon)


def service_name(service: ReferralService, pack: ParticipantPack | None) -> str:
    """In the language of the screen; a name that the facility wrote stays as it is."""
    return pack.service_name(service, catalog().locale) if pack else service.name


def sent_name(name: str, service_id: ServiceId | None, pack: ParticipantPack | None) -> str:
    """The same for a name that stands on a page that left."""
    return pack.name_in(catalog().locale, name, service_id) if pack else name


def about_service(service: ReferralService) -> str:
    """What it offers, and for whom."""
    first = ", ".join(offers_of(service)) or term(catalog(), service.kind)
    return " · ".join(part for part in (first, serves_term(catalog(), service.serves)) if part)


def offers_of(service: ReferralService) -> list[str]:
    """What it is known to offer; a code that this version does not know is left out."""
    known = {kind.value for kind in SupportKind}
    return [term(catalog(), SupportKind(code)) for code in service.offers if code in known]


def languages_of(service: ReferralService) -> str:
    """Languages spoken there, as one list."""
    locale = catalog().locale
    return join_list([language_name(tag, locale) for tag in service.languages], locale)


def phone_problem(phone: str) -> str:
    """What to do about a number that cannot be one; inside lines may be short."""
    if phone and not any(letter.isdigit() for letter in phone):
        return tr("Enter a telephone number with its digits.")
    return ""
