# SPDX-License-Identifier: GPL-3.0-or-later
"""First form of the cases compartment."""

import sqlalchemy as sa
from alembic import op

revision = "cases_0001"
down_revision = None


def upgrade() -> None:
    """Makes every table of this compartment."""
    op.create_table(
        "screening",
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("case_number", sa.String(length=40), nullable=False),
        sa.Column("set_id", sa.String(length=120), nullable=False),
        sa.Column("set_version", sa.String(length=40), nullable=False),
        sa.Column("set_digest", sa.String(length=128), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("started_at", sa.String(length=40), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_by", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("visit_reason", sa.Text(), nullable=False),
        sa.Column("companion", sa.String(length=40), nullable=False),
        sa.Column("companion_relation", sa.Text(), nullable=False),
        sa.Column("interpreter", sa.String(length=40), nullable=False),
        sa.Column("interpreter_code", sa.Text(), nullable=False),
        sa.Column("full_wording", sa.Boolean(), nullable=False),
        sa.Column("staff_concern", sa.Boolean(), nullable=False),
        sa.Column("no_mark_seen", sa.Boolean(), nullable=False),
        sa.Column("danger", sa.String(length=40), nullable=True),
        sa.Column("outcomes", sa.JSON(), nullable=False),
        sa.Column("not_possible_reason", sa.String(length=40), nullable=True),
        sa.Column("return_visit_at", sa.String(length=40), nullable=True),
        sa.Column("return_visit_on", sa.Date(), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("child_steps", sa.JSON(), nullable=False),
        sa.Column("paused_at", sa.String(length=40), nullable=True),
        sa.Column("finished_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("screening_id", name=op.f("pk_screening")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_screening_case_number"), "screening", ["case_number"], unique=False, schema="cases"
    )
    op.create_index(
        op.f("ix_screening_return_visit_on"),
        "screening",
        ["return_visit_on"],
        unique=False,
        schema="cases",
    )
    op.create_index(
        op.f("ix_screening_started_on"), "screening", ["started_on"], unique=False, schema="cases"
    )
    op.create_index(
        op.f("ix_screening_status"), "screening", ["status"], unique=False, schema="cases"
    )
    op.create_table(
        "answer",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("link_id", sa.String(length=40), nullable=False),
        sa.Column("set_id", sa.String(length=120), nullable=False),
        sa.Column("set_version", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("explanations", sa.JSON(), nullable=False),
        sa.Column("other_explanation", sa.Text(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("not_asked_reason", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.String(length=40), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=True),
        sa.Column("superseded_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["screening_id"], ["cases.screening.screening_id"], name=op.f("fk_answer_screening_id")
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_answer")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_answer_screening_id"), "answer", ["screening_id"], unique=False, schema="cases"
    )
    op.create_table(
        "body_mark",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("mark_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("view", sa.String(length=40), nullable=False),
        sa.Column("region", sa.String(length=40), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("length_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("appearance", sa.String(length=40), nullable=False),
        sa.Column("tender", sa.Boolean(), nullable=False),
        sa.Column("photo_consented", sa.Boolean(), nullable=False),
        sa.Column("own_words", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["cases.screening.screening_id"],
            name=op.f("fk_body_mark_screening_id"),
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_body_mark")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_body_mark_screening_id"),
        "body_mark",
        ["screening_id"],
        unique=False,
        schema="cases",
    )
    op.create_table(
        "danger_answer",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("superseded_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["cases.screening.screening_id"],
            name=op.f("fk_danger_answer_screening_id"),
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_danger_answer")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_danger_answer_screening_id"),
        "danger_answer",
        ["screening_id"],
        unique=False,
        schema="cases",
    )
    op.create_table(
        "draft",
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["cases.screening.screening_id"],
            name=op.f("fk_draft_screening_id"),
        ),
        sa.PrimaryKeyConstraint("screening_id", "field", "item", name=op.f("pk_draft")),
        schema="cases",
    )
    op.create_table(
        "judgement",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("suggested", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.String(length=40), nullable=False),
        sa.Column("judged_at", sa.String(length=40), nullable=False),
        sa.Column("second_reader", sa.String(length=40), nullable=True),
        sa.Column("superseded_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["cases.screening.screening_id"],
            name=op.f("fk_judgement_screening_id"),
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_judgement")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_judgement_screening_id"),
        "judgement",
        ["screening_id"],
        unique=False,
        schema="cases",
    )
    op.create_table(
        "offer",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("offer", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=False),
        sa.Column("superseded_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["screening_id"], ["cases.screening.screening_id"], name=op.f("fk_offer_screening_id")
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_offer")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_offer_screening_id"), "offer", ["screening_id"], unique=False, schema="cases"
    )
    op.create_table(
        "private_moment",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("screening_id", sa.String(length=40), nullable=False),
        sa.Column("alone", sa.String(length=40), nullable=False),
        sa.Column("interpreter", sa.String(length=40), nullable=False),
        sa.Column("interpreter_code", sa.Text(), nullable=False),
        sa.Column("limits_said", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("confirmed_at", sa.String(length=40), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", sa.String(length=40), nullable=True),
        sa.Column("sitting", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["cases.screening.screening_id"],
            name=op.f("fk_private_moment_screening_id"),
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_private_moment")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_private_moment_screening_id"),
        "private_moment",
        ["screening_id"],
        unique=False,
        schema="cases",
    )
    op.create_table(
        "referral",
        sa.Column("referral_id", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=10), nullable=False),
        sa.Column("case_number", sa.String(length=40), nullable=False),
        sa.Column("screening_id", sa.String(length=40), nullable=True),
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("priority", sa.String(length=40), nullable=False),
        sa.Column("is_child", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("full_form_reason", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("paper_locale", sa.String(length=40), nullable=False),
        sa.Column("stale_override_reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("stripped_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["screening_id"],
            ["cases.screening.screening_id"],
            name=op.f("fk_referral_screening_id"),
        ),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referral")),
        sa.UniqueConstraint("reference", name=op.f("uq_referral_reference")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_referral_case_number"), "referral", ["case_number"], unique=False, schema="cases"
    )
    op.create_index(
        op.f("ix_referral_screening_id"), "referral", ["screening_id"], unique=False, schema="cases"
    )
    op.create_index(
        op.f("ix_referral_status"), "referral", ["status"], unique=False, schema="cases"
    )
    op.create_table(
        "consent",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("referral_id", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("decision", sa.String(length=40), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("interpreter_code", sa.Text(), nullable=False),
        sa.Column("statistics", sa.Boolean(), nullable=False),
        sa.Column("patient_copy", sa.String(length=40), nullable=False),
        sa.Column("legal_basis", sa.String(length=40), nullable=False),
        sa.Column("second_staff", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.String(length=40), nullable=True),
        sa.Column("recorded_by", sa.String(length=40), nullable=True),
        sa.Column("names_before", sa.Integer(), nullable=False),
        sa.Column("superseded_at", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["referral_id"], ["cases.referral.referral_id"], name=op.f("fk_consent_referral_id")
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_consent")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_consent_referral_id"), "consent", ["referral_id"], unique=False, schema="cases"
    )
    op.create_table(
        "referral_status",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("referral_id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["cases.referral.referral_id"],
            name=op.f("fk_referral_status_referral_id"),
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_referral_status")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_referral_status_referral_id"),
        "referral_status",
        ["referral_id"],
        unique=False,
        schema="cases",
    )
    op.create_table(
        "issued_form",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("referral_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.String(length=40), nullable=False),
        sa.Column("issued_by", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("paper_locale", sa.String(length=40), nullable=False),
        sa.Column("service_name", sa.Text(), nullable=False),
        sa.Column("consent", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["cases.referral.referral_id"],
            name=op.f("fk_issued_form_referral_id"),
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_issued_form")),
        schema="cases",
    )
    op.create_index(
        op.f("ix_issued_form_referral_id"),
        "issued_form",
        ["referral_id"],
        unique=False,
        schema="cases",
    )
    op.create_table(
        "tombstone",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("erased_at", sa.String(length=40), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("held_since", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_tombstone")),
        schema="cases",
    )
    op.create_table(
        "visit_count",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("visits", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", "kind", name=op.f("pk_visit_count")),
        schema="cases",
    )
