# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers of referrals as they left: the bytes beside the names, everything else in `cases`.

A paper may name the person, so it lies in `identity`; nothing here is ever changed or replaced.
"""

from typing import Any

import msgspec
from sqlalchemy import Connection, Row, insert, select

from pact_desktop.domain.accounts import AccountId
from pact_desktop.domain.consent import Consent
from pact_desktop.domain.referral import Channel, IssuedForm, ReferralId
from pact_desktop.storage.record_tables import issued_form, issued_paper


def insert_issue(
    connection: Connection, referral_id: ReferralId, issue: IssuedForm, pdf: bytes
) -> None:
    connection.execute(
        insert(issued_form).values(
            referral_id=referral_id,
            number=issue.number,
            issued_at=issue.issued_at,
            issued_by=issue.issued_by,
            channel=issue.channel.value,
            paper_locale=issue.paper_locale,
            service_name=issue.service_name,
            consent=msgspec.to_builtins(issue.consent, order="deterministic"),
            digest=issue.digest,
        )
    )
    connection.execute(
        insert(issued_paper).values(referral_id=referral_id, number=issue.number, pdf=pdf)
    )


def issues_of(connection: Connection, referral_id: ReferralId) -> tuple[IssuedForm, ...]:
    """Every version that left, the first one first."""
    rows = connection.execute(
        select(issued_form)
        .where(issued_form.c.referral_id == referral_id)
        .order_by(issued_form.c.number)
    )
    return tuple(map(_issue, rows))


def names_when_sent(connection: Connection) -> dict[ReferralId, str]:
    """To whom the last version of every form left, by the name of then."""
    rows = connection.execute(
        select(issued_form.c.referral_id, issued_form.c.service_name).order_by(issued_form.c.number)
    )
    return {ReferralId(row.referral_id): row.service_name for row in rows}


def paper_of(connection: Connection, referral_id: ReferralId, number: int) -> bytes | None:
    """The bytes of one version, or None when they are not there."""
    return connection.execute(
        select(issued_paper.c.pdf).where(
            issued_paper.c.referral_id == referral_id, issued_paper.c.number == number
        )
    ).scalar_one_or_none()


def _issue(row: Row[Any]) -> IssuedForm:
    return IssuedForm(
        number=row.number,
        issued_at=row.issued_at,
        issued_by=AccountId(row.issued_by),
        channel=Channel(row.channel),
        paper_locale=row.paper_locale,
        service_name=row.service_name,
        consent=msgspec.convert(row.consent, Consent),
        digest=row.digest,
    )
