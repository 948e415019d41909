# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of the directory in the words of its screen."""

import re
from datetime import date
from typing import Final

from pact_desktop.desktop.screens.services_list.details import Details, Fact
from pact_desktop.desktop.screens.services_list.lead_card import LeadText
from pact_desktop.desktop.service_words import age_chip, languages_of, offers_of, service_name
from pact_desktop.desktop.widgets import ChipText, Row
from pact_desktop.desktop.words import catalog, tr, trn
from pact_desktop.domain.facility import (
    EntryAge,
    ParticipantPack,
    ReferralService,
    ServiceId,
    ServiceKind,
)
from pact_desktop.i18n.formats import format_date, format_days_ago
from pact_desktop.i18n.names import fold
from pact_desktop.terms import serves_term, term

_CODE: Final = re.compile(r"(?:^|; )([SC]\d{1,3}) ")
"""Number of a publication in the list of sources of a pack."""
_NEXT: Final = re.compile(r"; (?=[SC]\d{1,3} )")


def state_chip(service: ReferralService, today: date) -> ChipText:
    """Confirmed and how long ago, a lead that nobody called, or nothing to call at all."""
    if not service.working:
        return ChipText(tr("No longer works"), "neutral", "x")
    if service.confirmed_on is None and not service.phones:
        if service.kind is ServiceKind.COORDINATOR:
            return ChipText(tr("Number not known"), "neutral", "question")
        return ChipText(tr("Ask the coordinator"), "neutral", "question")
    return age_chip(service, today)


def row_of(service: ReferralService, pack: ParticipantPack | None, today: date) -> Row:
    return Row(
        service.service_id,
        (
            service_name(service, pack),
            term(catalog(), service.kind),
            _first_number(service),
            state_chip(service, today),
        ),
    )


def _first_number(service: ReferralService) -> str:
    """One number whole, and that there are more: they stand with the details."""
    more = ", …" if len(service.phones) > 1 else ""
    return "".join(service.phones[:1]) + more


def search_text(service: ReferralService, pack: ParticipantPack | None) -> str:
    """Everything an entry can be found by, without accents and in one script."""
    parts = (
        service.name,
        service_name(service, pack),
        term(catalog(), service.kind),
        serves_term(catalog(), service.serves),
        service.address,
        languages_of(service),
        *offers_of(service),
    )
    return fold(" ".join(parts)) + " " + " ".join(service.phones)


def is_to_call(service: ReferralService, today: date) -> bool:
    return service.working and service.age(today) is not EntryAge.FRESH


def lead_words(place: str, services: list[ReferralService], today: date) -> str:
    """`North Macedonia: 3 of 11 services confirmed, 8 to call`; the last part only if needed."""
    working = [service for service in services if service.working]
    to_call = sum(is_to_call(service, today) for service in working)
    done = len(working) - to_call
    first = tr("{place}: {done} of {total} services confirmed.").format(
        place=place, done=done, total=len(working)
    )
    if not to_call:
        return first
    second = trn("{count} is still to call.", "{count} are still to call.", to_call)
    return f"{first} {second.format(count=to_call)}"


def details_of(service: ReferralService, pack: ParticipantPack | None, today: date) -> Details:
    return Details(
        name=service_name(service, pack),
        chip=state_chip(service, today),
        facts=tuple(_facts(service, pack)),
        checked=_checked_words(service, today),
        working=service.working,
    )


def _facts(service: ReferralService, pack: ParticipantPack | None) -> list[Fact]:
    whom = (term(catalog(), service.kind), serves_term(catalog(), service.serves))
    facts = (
        ("list", " · ".join(part for part in whom if part)),
        ("phone", ", ".join(service.phones) or tr("No number is known")),
        ("clock", service.hours),
        ("house", service.address),
        ("first-aid-kit", ", ".join(offers_of(service))),
        ("globe", languages_of(service)),
        ("info", own_remark(service, pack)),
    )
    return [(icon, words) for icon, words in facts if words]


def _checked_words(service: ReferralService, today: date) -> str:
    locale = catalog().locale
    if service.closed_on is not None:
        return tr("Marked as no longer working by {who}, {when}.").format(
            who=service.closed_by, when=format_date(service.closed_on, locale)
        )
    if service.confirmed_on is None:
        if service.added_here:
            return tr("Added here. Nobody here has called it yet, so it cannot be printed.")
        if not service.phones:
            return tr("A lead without a number. Find the number, then call it and confirm it.")
        return tr("A lead. Nobody here has called it yet, so it cannot be printed.")
    who, when = service.confirmed_by, format_date(service.confirmed_on, locale)
    ago = format_days_ago(service.confirmed_on, today, catalog())
    if not service.spoken_to:
        return tr("Confirmed by {who}, {when} ({ago}).").format(who=who, when=when, ago=ago)
    return tr("Confirmed by {who}, {when} ({ago}). Spoke with {person}.").format(
        who=who, when=when, ago=ago, person=service.spoken_to
    )


def lead_of(service: ReferralService, pack: ParticipantPack | None) -> LeadText:
    """What the pack says, whatever was corrected since; a service of one's own has no source."""
    shipped = shipped_entry(service.service_id, pack)
    if shipped is None or pack is None:
        return LeadText(origin=tr("Added by this facility. There is no published source."))
    codes = ", ".join(dict.fromkeys(_CODE.findall(shipped.source)))
    place = pack.text("name", catalog().locale)
    origin = (
        tr("Source {codes} of the list for {place}, dated {date}.")
        if shipped.source_date
        else tr("Source {codes} of the list for {place}, without a date.")
    ).format(codes=codes, place=place, date=shipped.source_date)
    number = ", ".join(shipped.phones)
    remark = pack.remark_of(shipped, catalog().locale)
    return LeadText(
        origin=origin,
        number=tr("Number there: {number}").format(number=number)
        if number
        else tr("No number there"),
        mark=_mark_words(shipped.confidence),
        full="\n".join(part for part in (remark, *_NEXT.split(shipped.source)) if part),
    )


def shipped_entry(service_id: ServiceId, pack: ParticipantPack | None) -> ReferralService | None:
    """The entry as the pack has it."""
    entries = pack.services if pack else ()
    return next((entry for entry in entries if entry.service_id == service_id), None)


def own_remark(service: ReferralService, pack: ParticipantPack | None) -> str:
    """A note that this facility wrote; a remark of the pack is shown beside its source."""
    return "" if _is_of_pack(service, pack) else service.remark


def _is_of_pack(service: ReferralService, pack: ParticipantPack | None) -> bool:
    shipped = shipped_entry(service.service_id, pack)
    return shipped is not None and shipped.remark == service.remark


def _mark_words(mark: str) -> str:
    return {
        "L": tr("Read in the source. Not checked by anybody since."),
        "L*": tr("Read in an old source, or one without a date."),
        "C": tr("The number exists. Nobody checked who answers."),
        "O": tr("General knowledge, not verified."),
    }.get(mark, "")
