# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of patients, visits, referrals and the facility, each in the compartment it belongs to.

Names, phones and papers stand in `identity` alone; `cases` knows a person by the case number.
What a person answered is never overwritten: an earlier row is marked with `superseded_at`.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    TypeDecorator,
)
from typing_extensions import override

from pact_desktop.storage.metadata import CASES, CONFIG, IDENTITY, metadata


class Moment(TypeDecorator[datetime]):
    """An aware moment as ISO 8601 text with its offset, so that the hour reads as it was lived."""

    impl = String(40)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else value.isoformat()

    @override
    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        del dialect
        return None if value is None else datetime.fromisoformat(value)


_CODE: Final = String(40)
_ID: Final = String(40)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, default="")


def _code(name: str) -> Column[str]:
    return Column(name, _CODE, nullable=False, default="")


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, default=False)


def _row_number() -> Column[int]:
    return Column("row_number", Integer, primary_key=True, autoincrement=True)


def _of_screening() -> Column[str]:
    return Column(
        "screening_id", _ID, ForeignKey("cases.screening.screening_id"), nullable=False, index=True
    )


def _superseded_at() -> Column[datetime]:
    return Column("superseded_at", Moment, nullable=True)


patient = Table(
    "patient",
    metadata,
    Column("patient_id", _ID, primary_key=True),
    Column("case_number", _ID, nullable=False, unique=True),
    _text("family_name"),
    _text("given_name"),
    _text("fathers_name"),
    _text("alias"),
    _code("birth_kind"),
    Column("birth_date", Date, nullable=True, index=True),
    Column("birth_years", Integer, nullable=True),
    Column("birth_estimated_on", Date, nullable=True),
    _code("may_be_child"),
    _code("gender"),
    _code("language"),
    _flag("interpreter_needed"),
    _code("citizenship"),
    Column("safe_contact", JSON, nullable=False),
    Column("phone_digits", String(40), nullable=False, default="", index=True),
    Column("registered_at", Moment, nullable=True),
    schema=IDENTITY,
)

name_key = Table(
    "name_key",
    metadata,
    _row_number(),
    Column(
        "patient_id", _ID, ForeignKey("identity.patient.patient_id"), nullable=False, index=True
    ),
    Column("key", Text, nullable=False, index=True),
    schema=IDENTITY,
)

referral_person = Table(
    "referral_person",
    metadata,
    Column("referral_id", _ID, primary_key=True),
    _text("caregiver"),
    _text("papers"),
    _text("location"),
    schema=IDENTITY,
)

issued_paper = Table(
    "issued_paper",
    metadata,
    Column("referral_id", _ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("pdf", LargeBinary, nullable=False),
    schema=IDENTITY,
)
"""Forms of referrals, byte for byte as they left; they may name the person."""

screening = Table(
    "screening",
    metadata,
    Column("screening_id", _ID, primary_key=True),
    Column("case_number", _ID, nullable=False, index=True),
    Column("set_id", String(120), nullable=False),
    Column("set_version", _CODE, nullable=False),
    Column("set_digest", String(128), nullable=False),
    Column("status", _CODE, nullable=False, index=True),
    _flag("is_child"),
    Column("started_at", Moment, nullable=False),
    Column("started_on", Date, nullable=False, index=True),
    Column("started_by", _ID, nullable=False),
    _code("step"),
    _text("visit_reason"),
    _code("companion"),
    _text("companion_relation"),
    _code("interpreter"),
    _text("interpreter_code"),
    _flag("full_wording"),
    _flag("staff_concern"),
    _flag("no_mark_seen"),
    Column("danger", _CODE, nullable=True),
    Column("outcomes", JSON, nullable=False),
    Column("not_possible_reason", _CODE, nullable=True),
    Column("return_visit_at", Moment, nullable=True),
    Column("return_visit_on", Date, nullable=True, index=True),
    _text("return_reason"),
    Column("child_steps", JSON, nullable=False),
    Column("paused_at", Moment, nullable=True),
    Column("finished_at", Moment, nullable=True),
    schema=CASES,
)

answer = Table(
    "answer",
    metadata,
    _row_number(),
    _of_screening(),
    Column("link_id", _CODE, nullable=False),
    Column("set_id", String(120), nullable=False),
    Column("set_version", _CODE, nullable=False),
    Column("value", _CODE, nullable=False),
    Column("explanations", JSON, nullable=False),
    _text("other_explanation"),
    _text("own_words"),
    _text("not_asked_reason"),
    Column("answered_at", Moment, nullable=True),
    Column("answered_by", _ID, nullable=True),
    _superseded_at(),
    schema=CASES,
)

private_moment = Table(
    "private_moment",
    metadata,
    _row_number(),
    _of_screening(),
    _code("alone"),
    _code("interpreter"),
    _text("interpreter_code"),
    _flag("limits_said"),
    _code("language"),
    Column("confirmed_at", Moment, nullable=False),
    Column("confirmed_by", _ID, nullable=False),
    Column("ended_at", Moment, nullable=True),
    Column("sitting", _ID, nullable=False),
    schema=CASES,
)

body_mark = Table(
    "body_mark",
    metadata,
    _row_number(),
    _of_screening(),
    Column("mark_id", _ID, nullable=False),
    Column("position", Integer, nullable=False),
    _code("view"),
    _code("region"),
    Column("x", Float, nullable=False),
    Column("y", Float, nullable=False),
    _code("kind"),
    Column("length_mm", Integer, nullable=True),
    Column("width_mm", Integer, nullable=True),
    _code("appearance"),
    _flag("tender"),
    _flag("photo_consented"),
    _text("own_words"),
    _superseded_at(),
    schema=CASES,
)

danger_answer = Table(
    "danger_answer",
    metadata,
    _row_number(),
    _of_screening(),
    _code("question"),
    _code("answer"),
    _superseded_at(),
    schema=CASES,
)

offer = Table(
    "offer",
    metadata,
    _row_number(),
    _of_screening(),
    _code("offer"),
    _code("answer"),
    _superseded_at(),
    schema=CASES,
)

judgement = Table(
    "judgement",
    metadata,
    _row_number(),
    _of_screening(),
    Column("level", Integer, nullable=False),
    Column("suggested", Integer, nullable=False),
    _text("sentence"),
    Column("judged_by", _ID, nullable=False),
    Column("judged_at", Moment, nullable=False),
    Column("second_reader", _ID, nullable=True),
    _superseded_at(),
    schema=CASES,
)

draft = Table(
    "draft",
    metadata,
    Column("screening_id", _ID, ForeignKey("cases.screening.screening_id"), primary_key=True),
    Column("field", _CODE, primary_key=True),
    Column("item", _ID, primary_key=True),
    Column("words", Text, nullable=False),
    schema=CASES,
)
"""What was typed and is not part of the visit yet; the one piece that is replaced in place."""

referral = Table(
    "referral",
    metadata,
    Column("referral_id", _ID, primary_key=True),
    Column("reference", String(10), nullable=False, unique=True),
    Column("case_number", _ID, nullable=False, index=True),
    Column(
        "screening_id", _ID, ForeignKey("cases.screening.screening_id"), nullable=True, index=True
    ),
    Column("service_id", String(120), nullable=False),
    _code("priority"),
    _flag("is_child"),
    Column("created_at", Moment, nullable=False),
    Column("created_by", _ID, nullable=False),
    Column("details", JSON, nullable=False),
    _code("form"),
    _text("full_form_reason"),
    _code("channel"),
    _code("paper_locale"),
    _text("stale_override_reason"),
    Column("status", _CODE, nullable=False, index=True),
    Column("stripped_on", Date, nullable=True),
    schema=CASES,
)
"""`stripped_on`: since when only the fact of the referral is kept, not what its form said."""


def _of_referral() -> Column[str]:
    return Column(
        "referral_id", _ID, ForeignKey("cases.referral.referral_id"), nullable=False, index=True
    )


consent = Table(
    "consent",
    metadata,
    _row_number(),
    _of_referral(),
    Column("recipient", String(120), nullable=False),
    _code("decision"),
    Column("items", JSON, nullable=False),
    Column("valid_until", Date, nullable=True),
    _code("form"),
    _code("capacity"),
    _code("language"),
    _text("interpreter_code"),
    _flag("statistics"),
    _code("patient_copy"),
    _code("legal_basis"),
    Column("second_staff", _ID, nullable=True),
    _text("reason"),
    Column("recorded_at", Moment, nullable=True),
    Column("recorded_by", _ID, nullable=True),
    Column("names_before", Integer, nullable=False, default=0),
    _superseded_at(),
    schema=CASES,
)
"""`names_before`: how often the directory had given the recipient another name by then."""

referral_status = Table(
    "referral_status",
    metadata,
    _row_number(),
    _of_referral(),
    _code("status"),
    Column("at", Moment, nullable=False),
    Column("by", _ID, nullable=False),
    _code("code"),
    schema=CASES,
)

issued_form = Table(
    "issued_form",
    metadata,
    _row_number(),
    _of_referral(),
    Column("number", Integer, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("issued_by", _ID, nullable=False),
    _code("channel"),
    _code("paper_locale"),
    _text("service_name"),
    Column("consent", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    schema=CASES,
)

visit_count = Table(
    "visit_count",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("kind", _CODE, primary_key=True),
    Column("visits", Integer, nullable=False),
    schema=CASES,
)
"""What remains of visits that were erased: how many there were in a year."""

tombstone = Table(
    "tombstone",
    metadata,
    _row_number(),
    Column("record", String(40), nullable=False, default=""),
    Column("erased_at", Moment, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("held_since", Moment, nullable=True),
    schema=CASES,
)
"""The random number of a record that was erased whole, so that no backup brings it back; empty
where only old visits of a record went. No column of it is searched for by `storage.erasure`."""

facility = Table(
    "facility",
    metadata,
    Column("facility_number", Integer, primary_key=True, autoincrement=False),
    Column("details", JSON, nullable=False),
    schema=CONFIG,
)

referral_service = Table(
    "referral_service",
    metadata,
    Column("service_id", String(120), primary_key=True),
    Column("confirmed_on", Date, nullable=True),
    Column("details", JSON, nullable=False),
    schema=CONFIG,
)
