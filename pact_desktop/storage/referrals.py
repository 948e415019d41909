# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of referrals, of what the patient decided about each recipient, and of the loop."""

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Row, delete, insert, select, update

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.consent import (
    Capacity,
    Consent,
    ConsentDecision,
    ConsentForm,
    ConsentItem,
    LegalBasis,
    PatientCopy,
)
from pact_desktop.domain.facility import ServiceId
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import (
    PRINTABLE,
    UNSENT,
    WAITING,
    Channel,
    FormKind,
    Priority,
    Reference,
    Referral,
    ReferralDetails,
    ReferralId,
    ReferralStatus,
    StatusChange,
)
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.storage.facility import load_services
from pact_desktop.storage.issued_forms import issues_of
from pact_desktop.storage.record_tables import consent, referral, referral_person, referral_status

_NOT_ASKED: Final = ConsentDecision.NOT_ASKED.value
PERSONAL: Final = ("caregiver", "papers", "location")
"""Details that name or find a person: kept in `identity`, never in `cases`."""


def case_of_referral(
    connection: Connection, referral_id: ReferralId
) -> tuple[CaseNumber, Reference] | None:
    """The two random numbers that the log needs."""
    row = connection.execute(
        select(referral.c.case_number, referral.c.reference).where(
            referral.c.referral_id == referral_id
        )
    ).first()
    return None if row is None else (CaseNumber(row.case_number), Reference(row.reference))


def id_of_reference(connection: Connection, reference: Reference) -> ReferralId | None:
    found = connection.execute(
        select(referral.c.referral_id).where(referral.c.reference == reference)
    ).scalar_one_or_none()
    return None if found is None else ReferralId(found)


def load_referral(
    connection: Connection, referral_id: ReferralId, *, with_person: bool
) -> Referral | None:
    """The referral; without the identity compartment its personal details are empty."""
    row = connection.execute(select(referral).where(referral.c.referral_id == referral_id)).first()
    if row is None:
        return None
    lines = _newest_lines(connection, referral_id)
    fallen = _fallen_away(connection, lines, row.status)
    standing = tuple(_consent(line) for line in lines if line.row_number not in fallen)
    loaded = replace(
        _referral(row, standing, _history(connection, referral_id)),
        issues=issues_of(connection, referral_id),
        lapsed=_lapsed(line for line in lines if line.row_number in fallen),
    )
    if not with_person:
        return loaded
    person = connection.execute(
        select(*(referral_person.c[name] for name in PERSONAL)).where(
            referral_person.c.referral_id == referral_id
        )
    ).first()
    if person is None:
        return loaded
    return replace(loaded, details=replace(loaded.details, **person._asdict()))


def insert_referral(connection: Connection, new: Referral) -> None:
    connection.execute(insert(referral).values(**_columns(new)))


def save_referral(connection: Connection, changed: Referral) -> None:
    """The referral's own row; consents and steps of the loop are added, never rewritten."""
    values = _columns(changed)
    del values["status"]
    connection.execute(
        update(referral).where(referral.c.referral_id == changed.referral_id).values(**values)
    )
    _save_person(connection, changed)


def add_status(connection: Connection, referral_id: ReferralId, change: StatusChange) -> None:
    connection.execute(
        insert(referral_status).values(
            referral_id=referral_id,
            status=change.status.value,
            at=change.at,
            by=change.by,
            code=change.code,
        )
    )
    connection.execute(
        update(referral)
        .where(referral.c.referral_id == referral_id)
        .values(status=change.status.value)
    )


def save_consent(
    connection: Connection, referral_id: ReferralId, given: Consent, at: datetime
) -> None:
    """The decision about one recipient; what was decided before stays as superseded."""
    connection.execute(
        update(consent)
        .where(
            consent.c.referral_id == referral_id,
            consent.c.recipient == given.recipient,
            consent.c.superseded_at.is_(None),
        )
        .values(superseded_at=at)
    )
    names = {service.service_id: service.names_before for service in load_services(connection)}
    connection.execute(
        insert(consent).values(
            referral_id=referral_id,
            names_before=names.get(given.recipient, 0),
            **_consent_columns(given),
        )
    )


def make_drafts(connection: Connection, recipient: ServiceId, change: StatusChange) -> None:
    """What was ready for this recipient is a draft again."""
    ready = connection.execute(
        select(referral.c.referral_id).where(
            referral.c.service_id == recipient, referral.c.status == ReferralStatus.READY.value
        )
    ).scalars()
    for found in list(ready):
        add_status(connection, ReferralId(found), change)


def remove_drafts(connection: Connection, screening_id: ScreeningId) -> int:
    """Erases what was prepared and never sent; how many there were."""
    ids = list(
        connection.execute(
            select(referral.c.referral_id).where(
                referral.c.screening_id == screening_id, referral.c.status.in_(_codes(UNSENT))
            )
        ).scalars()
    )
    for table in (consent, referral_status, referral_person, referral):
        connection.execute(delete(table).where(table.c.referral_id.in_(ids)))
    return len(ids)


def waiting_referrals(connection: Connection) -> list[Referral]:
    """Sent and not yet answered, without consents or personal details."""
    return _listed(connection, WAITING)


def referrals_in_loop(connection: Connection) -> list[Referral]:
    """Every referral that was sent, whatever came of it."""
    return _listed(connection, set(ReferralStatus) - UNSENT)


def referrals_of_case(connection: Connection, case_number: CaseNumber) -> list[ReferralId]:
    """Every referral of one person, drafts too, the first one first."""
    rows = connection.execute(
        select(referral.c.referral_id, referral.c.created_at).where(
            referral.c.case_number == case_number
        )
    )
    return [ReferralId(found) for found, _ in sorted(rows, key=lambda row: row.created_at)]


def referrals_of_screening(connection: Connection, screening_id: ScreeningId) -> list[ReferralId]:
    rows = connection.execute(
        select(referral.c.referral_id, referral.c.created_at).where(
            referral.c.screening_id == screening_id
        )
    )
    return [ReferralId(found) for found, _ in sorted(rows, key=lambda row: row.created_at)]


def _codes(statuses: Iterable[ReferralStatus]) -> list[str]:
    return sorted(status.value for status in statuses)


def _listed(connection: Connection, statuses: Iterable[ReferralStatus]) -> list[Referral]:
    rows = connection.execute(select(referral).where(referral.c.status.in_(_codes(statuses)))).all()
    steps: dict[str, list[StatusChange]] = {}
    for row in connection.execute(
        select(referral_status)
        .where(referral_status.c.referral_id.in_([row.referral_id for row in rows]))
        .order_by(referral_status.c.row_number)
    ):
        steps.setdefault(row.referral_id, []).append(_status_change(row))
    return [_referral(row, (), tuple(steps.get(row.referral_id, ()))) for row in rows]


def _save_person(connection: Connection, of: Referral) -> None:
    connection.execute(
        delete(referral_person).where(referral_person.c.referral_id == of.referral_id)
    )
    personal = {name: getattr(of.details, name) for name in PERSONAL}
    if any(personal.values()):
        connection.execute(insert(referral_person).values(referral_id=of.referral_id, **personal))


def _newest_lines(connection: Connection, referral_id: ReferralId) -> list[Row[Any]]:
    rows = connection.execute(
        select(consent)
        .where(consent.c.referral_id == referral_id, consent.c.superseded_at.is_(None))
        .order_by(consent.c.row_number)
    )
    return list(rows)


def _fallen_away(connection: Connection, lines: Iterable[Row[Any]], status: str) -> set[int]:
    """Lines about a recipient that has another name since, where a paper could still leave."""
    if status not in _codes(PRINTABLE):
        return set()
    names = {service.service_id: service.names_before for service in load_services(connection)}
    return {
        line.row_number
        for line in lines
        if line.names_before < names.get(ServiceId(line.recipient), 0)
    }


def _lapsed(lines: Iterable[Row[Any]]) -> frozenset[ServiceId]:
    """Recipients to whom something could be passed on, of lines that fell away."""
    return frozenset(
        ServiceId(line.recipient)
        for line in lines
        if (line.decision, line.legal_basis) != (_NOT_ASKED, LegalBasis.CONSENT.value)
    )


def _history(connection: Connection, referral_id: ReferralId) -> tuple[StatusChange, ...]:
    rows = connection.execute(
        select(referral_status)
        .where(referral_status.c.referral_id == referral_id)
        .order_by(referral_status.c.row_number)
    )
    return tuple(map(_status_change, rows))


def _status_change(row: Row[Any]) -> StatusChange:
    return StatusChange(ReferralStatus(row.status), row.at, AccountId(row.by), row.code)


def _consent_columns(of: Consent) -> dict[str, object]:
    columns = {column.name: getattr(of, column.name) for column in fields(of)}
    return {
        **columns,
        "decision": of.decision.value,
        "items": sorted(item.value for item in of.items),
        "form": of.form.value,
        "capacity": of.capacity.value,
        "patient_copy": of.patient_copy.value,
        "legal_basis": of.legal_basis.value,
    }


def _consent(row: Row[Any]) -> Consent:
    return Consent(
        recipient=ServiceId(row.recipient),
        decision=ConsentDecision(row.decision),
        items=frozenset(ConsentItem(code) for code in row.items),
        valid_until=row.valid_until,
        form=ConsentForm(row.form),
        capacity=Capacity(row.capacity),
        language=row.language,
        interpreter_code=row.interpreter_code,
        statistics=row.statistics,
        patient_copy=PatientCopy(row.patient_copy),
        legal_basis=LegalBasis(row.legal_basis),
        second_staff=None if row.second_staff is None else AccountId(row.second_staff),
        reason=row.reason,
        recorded_at=row.recorded_at,
        recorded_by=None if row.recorded_by is None else AccountId(row.recorded_by),
    )


def _columns(of: Referral) -> dict[str, object]:
    details = msgspec.to_builtins(of.details, order="deterministic")
    return {
        "referral_id": of.referral_id,
        "reference": of.reference,
        "case_number": of.case_number,
        "screening_id": of.screening_id,
        "service_id": of.service_id,
        "priority": of.priority.value,
        "is_child": of.is_child,
        "created_at": of.created_at,
        "created_by": of.created_by,
        "details": details | dict.fromkeys(PERSONAL, ""),
        "form": of.form.value,
        "full_form_reason": of.full_form_reason,
        "channel": of.channel.value,
        "paper_locale": of.paper_locale,
        "stale_override_reason": of.stale_override_reason,
        "status": of.status.value,
    }


def _referral(
    row: Row[Any], consents: tuple[Consent, ...], history: tuple[StatusChange, ...]
) -> Referral:
    return Referral(
        referral_id=ReferralId(row.referral_id),
        reference=Reference(row.reference),
        case_number=CaseNumber(row.case_number),
        screening_id=None if row.screening_id is None else ScreeningId(row.screening_id),
        service_id=ServiceId(row.service_id),
        priority=Priority(row.priority),
        is_child=row.is_child,
        created_at=row.created_at,
        created_by=AccountId(row.created_by),
        details=msgspec.convert(row.details, ReferralDetails),
        consents=consents,
        form=FormKind(row.form),
        full_form_reason=row.full_form_reason,
        channel=Channel(row.channel),
        paper_locale=row.paper_locale,
        stale_override_reason=row.stale_override_reason,
        history=history,
        stripped_on=row.stripped_on,
    )
