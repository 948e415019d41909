# SPDX-License-Identifier: GPL-3.0-or-later
"""The facility, its directory of services, and whom to call when help is urgent."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from pact_desktop.domain.accounts import Permission
from pact_desktop.domain.audit import AuditAction, AuditEvent
from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.facility import (
    ContactRole,
    Facility,
    FocalPerson,
    ParticipantPack,
    ReferralService,
    ServiceId,
    ServiceKind,
)
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import ReferralStatus, StatusChange
from pact_desktop.domain.text import NAME_LIMIT, SENTENCE_LIMIT, clean
from pact_desktop.services.public_notice import (
    PublicNotice,
    notice_of,
    public_notice,
    write_public_notice,
)
from pact_desktop.services.session import Session
from pact_desktop.services.typed_text import CODE_LIMIT
from pact_desktop.storage import facility as rows
from pact_desktop.storage import referrals

__all__ = [
    "PublicNotice",
    "UrgentContact",
    "add_service",
    "change_facility",
    "cleaned_facility",
    "close_service",
    "confirm_service",
    "correct_service",
    "directory",
    "facility",
    "log_urgent_call",
    "notice_of",
    "pack_of",
    "public_notice",
    "urgent_contacts",
    "write_public_notice",
]

MOST_PHONES: Final = 6
BETWEEN_PHONES: Final = " · "
"""Between the numbers of one service on one line."""


@dataclass(frozen=True, slots=True)
class UrgentContact:
    """One line of the urgent page. `confirmed` is false for a number nobody here has checked."""

    role: ContactRole
    name: str
    phone: str
    hours: str = ""
    confirmed: bool = False
    service_id: ServiceId | None = None
    remark: str = ""
    """Of emergency numbers only: what is known about whom each reaches, as the directory has it."""
    source_date: str = ""


_NEVER_CALLED: Final = ReferralService(ServiceId(""), "", ServiceKind.HEALTH)
_URGENT_KINDS: Final = {
    ServiceKind.EMERGENCY: ContactRole.EMERGENCY,
    ServiceKind.POLICE: ContactRole.POLICE,
    ServiceKind.SOCIAL_WORK: ContactRole.SOCIAL_WORK,
    ServiceKind.CHILD_LINE: ContactRole.CHILD_LINE,
    ServiceKind.SUPPORT_LINE: ContactRole.SUPPORT_LINE,
    ServiceKind.COORDINATOR: ContactRole.COORDINATOR,
}


def facility(session: Session) -> Facility:
    """Raises Refusal(NOT_SET_UP)."""
    with session.store.reading_config() as connection:
        found = rows.load_facility(connection)
    if found is None:
        raise Refusal(RefusalCode.NOT_SET_UP)
    return found


def change_facility(session: Session, changed: Facility) -> Facility:
    """All but the periods of keeping, which `retention.change_periods` changes.

    Raises Refusal: NOT_ALLOWED, NAME_MISSING, PACK_INVALID, TEXT_TOO_LONG.
    """
    session.require(Permission.MANAGE_FACILITY)
    kept = cleaned_facility(changed)
    if kept.participant not in session.content.packs:
        raise Refusal(RefusalCode.PACK_INVALID, file=kept.participant, problem="not installed")
    with session.store.changing(AuditEvent(AuditAction.FACILITY_CHANGED)) as connection:
        stored = rows.load_facility(connection)
        if stored is not None:
            kept = replace(kept, retention=stored.retention)
        rows.save_facility(connection, kept)
    write_public_notice(session.store.place.parent, kept)
    return kept


def cleaned_facility(typed: Facility) -> Facility:
    """Raises Refusal: NAME_MISSING, TEXT_TOO_LONG."""
    short: dict[str, Any] = {
        name: clean(getattr(typed, name), field=name.replace("_", "-"), limit=NAME_LIMIT)
        for name in ("name", "participant", "phone", "phone_hours", "security_phone")
    }
    long: dict[str, Any] = {
        name: clean(
            getattr(typed, name), field=name.replace("_", "-"), limit=SENTENCE_LIMIT, lines=True
        )
        for name in ("address", "security_words", "cover_notice", "opening_hours")
    }
    if not short["name"]:
        raise Refusal(RefusalCode.NAME_MISSING)
    return replace(
        typed,
        **short,
        **long,
        focal_person=_cleaned_person(typed.focal_person, "focal-person"),
        deputy=_cleaned_person(typed.deputy, "deputy"),
    )


def pack_of(session: Session) -> ParticipantPack | None:
    """What is known about the participant this facility is in."""
    return session.content.packs.get(facility(session).participant)


def directory(session: Session) -> list[ReferralService]:
    """The pack's entries as this facility confirmed or corrected them, and its own additions."""
    with session.store.reading_config() as connection:
        known_here = {entry.service_id: entry for entry in rows.load_services(connection)}
    pack = pack_of(session)
    shipped = [] if pack is None else list(pack.services)
    ids = {entry.service_id for entry in shipped}
    added = [entry for key, entry in known_here.items() if entry.added_here and key not in ids]
    return [known_here.get(entry.service_id, entry) for entry in shipped] + added


def confirm_service(session: Session, service: ReferralService) -> ReferralService:
    """Somebody here called and checked: the entry with its corrections counts from today.

    A day that differs from the stored one is the day of that call; it is never in the future.
    Raises Refusal: NOT_ALLOWED (also for another kind), SERVICE_UNKNOWN, NAME_MISSING,
    DATE_INVALID, TEXT_TOO_LONG.
    """
    known = _entry(session, service.service_id)
    _require_kind(known, service)
    earlier_call = None if service.confirmed_on == known.confirmed_on else service.confirmed_on
    checked_on = earlier_call or session.today
    if checked_on > session.today:
        raise Refusal(RefusalCode.DATE_INVALID)
    checked = replace(
        service,
        added_here=known.added_here,
        confirmed_on=checked_on,
        confirmed_by=session.account.display_name,
        closed_on=None,
        closed_by="",
    )
    return _save(session, checked, known=known)


def correct_service(session: Session, service: ReferralService) -> ReferralService:
    """Corrections without a call: another name or number, which nobody called, is unconfirmed.

    Raises Refusal: NOT_ALLOWED (also for another kind), SERVICE_UNKNOWN, NAME_MISSING,
    TEXT_TOO_LONG.
    """
    known = _entry(session, service.service_id)
    _require_kind(known, service)
    corrected = replace(
        _cleaned_service(service),
        added_here=known.added_here,
        closed_on=known.closed_on,
        closed_by=known.closed_by,
    )
    same = (corrected.name, corrected.phones) == (known.name, known.phones)
    called = known if same else _NEVER_CALLED
    corrected = replace(
        corrected,
        confirmed_on=called.confirmed_on,
        confirmed_by=called.confirmed_by,
        spoken_to=called.spoken_to,
    )
    return _save(session, corrected, "corrected", known=known)


def close_service(session: Session, service_id: ServiceId) -> ReferralService:
    """It no longer works: nobody is sent there and no number of it is shown in a hurry.

    The entry stays in the directory, and a confirmed call brings it back.
    Raises Refusal: NOT_ALLOWED, SERVICE_UNKNOWN.
    """
    closed = replace(
        _entry(session, service_id),
        confirmed_on=None,
        confirmed_by="",
        spoken_to="",
        closed_on=session.today,
        closed_by=session.account.display_name,
    )
    return _save(session, closed, "no-longer-working")


def add_service(
    session: Session,
    *,
    kind: ServiceKind,
    name: str,
    phones: Sequence[str] = (),
    hours: str = "",
    address: str = "",
    serves: str = "",
    languages: Sequence[str] = (),
    offers: Sequence[str] = (),
    remark: str = "",
    service_id: str = "",
) -> ReferralService:
    """A service that no pack names; like any other it counts only when confirmed."""
    session.require(Permission.CONFIRM_DIRECTORY)
    wanted = clean(service_id, field="service-id", limit=CODE_LIMIT)
    taken = {entry.service_id for entry in directory(session)}
    own_id = wanted if wanted and wanted not in taken else f"here-{secrets.token_hex(6)}"
    added = ReferralService(
        ServiceId(own_id),
        name,
        kind,
        tuple(phones),
        hours,
        address,
        serves,
        tuple(languages),
        tuple(offers),
        remark=remark,
        added_here=True,
    )
    return _save(session, added, "added")


def urgent_contacts(
    facility: Facility, services: Iterable[ReferralService], pack: ParticipantPack | None
) -> list[UrgentContact]:
    """Whom to call, in the order of the page; unchecked numbers are shown and marked.

    Entries of the pack that the directory does not hold are added, so that a facility without
    a directory still has the national numbers. A number that an entry of its own says more about is
    not repeated among the emergency numbers; a kind of service without any number has a line
    without one.
    """
    entries = list(services)
    ids = {entry.service_id for entry in entries}
    entries += [] if pack is None else [e for e in pack.services if e.service_id not in ids]
    own = (
        UrgentContact(ContactRole.SECURITY, "", facility.security_phone, confirmed=True),
        _person_line(ContactRole.FOCAL_PERSON, facility.focal_person),
        _person_line(ContactRole.DEPUTY, facility.deputy),
    )
    lines = [line for line in own if line.phone]
    works = [entry for entry in entries if entry.kind in _URGENT_KINDS and entry.working]
    named = {p for entry in works if entry.kind is not ServiceKind.EMERGENCY for p in entry.phones}
    for entry in works:
        emergency = entry.kind is ServiceKind.EMERGENCY
        lines += [
            UrgentContact(
                _URGENT_KINDS[entry.kind],
                entry.name,
                phone,
                entry.hours,
                entry.confirmed_on is not None,
                entry.service_id,
                entry.remark if emergency else "",
                entry.source_date if emergency else "",
            )
            for phone in entry.phones
            if not emergency or phone not in named
        ]
    with_number = {line.role for line in lines}
    lines += [
        UrgentContact(role, "", "") for role in _URGENT_KINDS.values() if role not in with_number
    ]
    order = list(ContactRole)
    return sorted(lines, key=lambda line: order.index(line.role))


def joined_contacts(contacts: Iterable[UrgentContact]) -> list[tuple[UrgentContact, list[str]]]:
    """One line for each service, with all its numbers: page and sheet are read at a glance."""
    lines: list[tuple[UrgentContact, list[str]]] = []
    for contact in contacts:
        same = (
            contact.service_id is not None
            and lines
            and (lines[-1][0].service_id == contact.service_id)
        )
        if same:
            lines[-1][1].append(contact.phone)
        else:
            lines.append((contact, [contact.phone]))
    return lines


def log_urgent_call(
    session: Session, contact: UrgentContact, case_number: CaseNumber | None = None
) -> None:
    """Writes down that a call was made, to whom and when; needs no patient."""
    event = AuditEvent(
        AuditAction.URGENT_CALL_LOGGED,
        case_number,
        subject=contact.service_id or contact.role.value,
    )
    with session.store.changing(event):
        pass


def _entry(session: Session, service_id: ServiceId) -> ReferralService:
    """Raises Refusal: NOT_ALLOWED, SERVICE_UNKNOWN."""
    session.require(Permission.CONFIRM_DIRECTORY)
    known = {entry.service_id: entry for entry in directory(session)}.get(service_id)
    if known is None:
        raise Refusal(RefusalCode.SERVICE_UNKNOWN)
    return known


def _require_kind(known: ReferralService, changed: ReferralService) -> None:
    """What was agreed to for a shelter must not reach the police by a correction.

    A wrong entry is closed and another one added. Raises Refusal(NOT_ALLOWED).
    """
    if changed.kind is not known.kind:
        raise Refusal(RefusalCode.NOT_ALLOWED)


def _save(
    session: Session,
    service: ReferralService,
    reason: str = "",
    *,
    known: ReferralService | None = None,
) -> ReferralService:
    """Under another name it may be somebody else: what patients said about it is asked anew.

    Their lines are not written to, because closed records cannot be: each knows by itself how
    many names there had been (`storage.referrals`).
    """
    kept = _cleaned_service(service)
    renamed = known is not None and known.name != kept.name
    if known is not None:
        kept = replace(kept, names_before=known.names_before + renamed)
    event = AuditEvent(
        AuditAction.DIRECTORY_ENTRY_CONFIRMED, subject=kept.service_id, reason=reason
    )
    with session.store.changing(event) as connection:
        rows.save_service(connection, kept)
        if renamed:
            begun_anew = StatusChange(ReferralStatus.DRAFT, session.now, session.account.account_id)
            referrals.make_drafts(connection, kept.service_id, begun_anew)
    return kept


def _cleaned_service(service: ReferralService) -> ReferralService:
    phones = (clean(phone, field="phone", limit=CODE_LIMIT) for phone in service.phones)
    texts: dict[str, Any] = {
        name: clean(getattr(service, name), field=name.replace("_", "-"), limit=SENTENCE_LIMIT)
        for name in ("hours", "address", "serves", "remark")
    }
    name = clean(service.name, field="name", limit=NAME_LIMIT)
    if not name:
        raise Refusal(RefusalCode.NAME_MISSING)
    kept = tuple(phone for phone in phones if phone)[:MOST_PHONES]
    spoken_to = clean(service.spoken_to, field="spoken-to", limit=NAME_LIMIT)
    return replace(service, name=name, phones=kept, spoken_to=spoken_to, **texts)


def _cleaned_person(person: FocalPerson, field: str) -> FocalPerson:
    return FocalPerson(
        name=clean(person.name, field=f"{field}-name", limit=NAME_LIMIT),
        phone=clean(person.phone, field=f"{field}-phone", limit=CODE_LIMIT),
        hours=clean(person.hours, field=f"{field}-hours", limit=NAME_LIMIT),
    )


def _person_line(role: ContactRole, person: FocalPerson) -> UrgentContact:
    return UrgentContact(role, person.name, person.phone, person.hours, confirmed=True)
