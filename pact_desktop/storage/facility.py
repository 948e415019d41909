# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows of the facility and of what it knows about the services around it."""

import msgspec
from sqlalchemy import Connection, delete, insert, select

from pact_desktop.domain.facility import Facility, ReferralService
from pact_desktop.storage.record_tables import facility, referral_service

_ONLY = 1


def load_facility(connection: Connection) -> Facility | None:
    details = connection.execute(select(facility.c.details)).scalar_one_or_none()
    return None if details is None else msgspec.convert(details, Facility)


def save_facility(connection: Connection, changed: Facility) -> None:
    connection.execute(delete(facility))
    connection.execute(
        insert(facility).values(facility_number=_ONLY, details=msgspec.to_builtins(changed))
    )


def load_services(connection: Connection) -> list[ReferralService]:
    """What was confirmed, corrected or added here; the rest of the directory is in the pack."""
    rows = connection.execute(
        select(referral_service.c.details).order_by(referral_service.c.service_id)
    )
    return [msgspec.convert(details, ReferralService) for details in rows.scalars()]


def save_service(connection: Connection, changed: ReferralService) -> None:
    connection.execute(
        delete(referral_service).where(referral_service.c.service_id == changed.service_id)
    )
    connection.execute(
        insert(referral_service).values(
            service_id=changed.service_id,
            confirmed_on=changed.confirmed_on,
            details=msgspec.to_builtins(changed),
        )
    )
