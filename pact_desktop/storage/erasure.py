# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes rows of people out of the records: all of a person, a visit, or the copy of a referral.

Tables are found by the columns that lead to a person, so that a table which is added later is
erased too. Rows of the log stay: they name nobody. What was erased is overwritten at once
(`secure_delete`); the free pages go when the file is written anew, which `Store` does after the
transaction or, if it was cut off, when the records are opened next.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import msgspec
from sqlalchemy import Column, Connection, delete, insert, select, update

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.patient import CaseNumber
from pact_desktop.domain.referral import ReferralDetails, ReferralId
from pact_desktop.domain.screening import ScreeningId
from pact_desktop.storage.metadata import CASES, IDENTITY, metadata
from pact_desktop.storage.record_tables import (
    consent,
    issued_form,
    issued_paper,
    patient,
    referral,
    referral_person,
    screening,
)
from pact_desktop.storage.tables import resume_point, unfinished_erasure

PERSON_COLUMNS: Final = ("case_number", "patient_id", "screening_id", "referral_id")
"""A row of `identity` or `cases` with one of these belongs to a person."""
_TOUCHED: Final = (Compartment.CONFIG, Compartment.IDENTITY, Compartment.CASES)


def erase_record(connection: Connection, case_number: CaseNumber) -> bool:
    """All of one person; False when nothing was there. Needs both keys."""
    ids: dict[str, Collection[str]] = {
        "case_number": [case_number],
        "patient_id": _ids(connection, patient.c.patient_id, patient.c.case_number, [case_number]),
        "screening_id": _ids(
            connection, screening.c.screening_id, screening.c.case_number, [case_number]
        ),
        "referral_id": _ids(
            connection, referral.c.referral_id, referral.c.case_number, [case_number]
        ),
    }
    return _erase(connection, ids) > 0


def erase_visits(connection: Connection, visits: Collection[ScreeningId]) -> None:
    """Visits with all that was said, found and sent in them; the person stays."""
    _erase(
        connection,
        {
            "screening_id": visits,
            "referral_id": _ids(
                connection, referral.c.referral_id, referral.c.screening_id, visits
            ),
        },
    )


def strip_copies(connection: Connection, copies: Collection[ReferralId], on: date) -> None:
    """Leaves of referrals that they were made, to whom, and what came of them."""
    connection.execute(
        update(referral)
        .where(referral.c.referral_id.in_(copies))
        .values(
            details=msgspec.to_builtins(ReferralDetails(), order="deterministic"),
            full_form_reason="",
            stale_override_reason="",
            stripped_on=on,
        )
    )
    connection.execute(update(consent).where(consent.c.referral_id.in_(copies)).values(reason=""))
    for row in connection.execute(
        select(issued_form.c.row_number, issued_form.c.consent).where(
            issued_form.c.referral_id.in_(copies)
        )
    ).all():
        connection.execute(
            update(issued_form)
            .where(issued_form.c.row_number == row.row_number)
            .values(consent={**row.consent, "reason": ""})
        )
    for table in (referral_person, issued_paper):
        connection.execute(delete(table).where(table.c.referral_id.in_(copies)))
    will_be_finished(connection)


def unfinished(connection: Connection) -> list[Compartment]:
    """Files whose free pages may still hold what was erased."""
    found = connection.execute(select(unfinished_erasure.c.compartment)).scalars()
    return [Compartment(name) for name in found]


def finished(connection: Connection, compartment: Compartment) -> None:
    connection.execute(
        delete(unfinished_erasure).where(unfinished_erasure.c.compartment == compartment.value)
    )


def _erase(connection: Connection, ids: Mapping[str, Collection[str]]) -> int:
    """Rows that are led to come before those they lean on."""
    gone = 0
    for table in reversed(metadata.sorted_tables):
        if table.schema not in {IDENTITY, CASES}:
            continue
        for column, values in ids.items():
            if column in table.c and values:
                gone += connection.execute(
                    delete(table).where(table.c[column].in_(values))
                ).rowcount
    # Where somebody stopped may hold the words of a search, and only that person can open it.
    connection.execute(delete(resume_point))
    will_be_finished(connection)
    return gone


def will_be_finished(connection: Connection) -> None:
    connection.execute(delete(unfinished_erasure))
    connection.execute(
        insert(unfinished_erasure), [{"compartment": touched.value} for touched in _TOUCHED]
    )


def _ids(
    connection: Connection,
    wanted: Column[str],
    by: Column[str],
    values: Collection[str],
) -> list[str]:
    return list(connection.execute(select(wanted).where(by.in_(values))).scalars())
