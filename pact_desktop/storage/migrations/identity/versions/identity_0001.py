# SPDX-License-Identifier: GPL-3.0-or-later
"""First form of the identity compartment."""

import sqlalchemy as sa
from alembic import op

revision = "identity_0001"
down_revision = None


def upgrade() -> None:
    """Makes every table of this compartment."""
    op.create_table(
        "patient",
        sa.Column("patient_id", sa.String(length=40), nullable=False),
        sa.Column("case_number", sa.String(length=40), nullable=False),
        sa.Column("family_name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=False),
        sa.Column("fathers_name", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("birth_kind", sa.String(length=40), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("birth_years", sa.Integer(), nullable=True),
        sa.Column("birth_estimated_on", sa.Date(), nullable=True),
        sa.Column("may_be_child", sa.String(length=40), nullable=False),
        sa.Column("gender", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("interpreter_needed", sa.Boolean(), nullable=False),
        sa.Column("citizenship", sa.String(length=40), nullable=False),
        sa.Column("safe_contact", sa.JSON(), nullable=False),
        sa.Column("phone_digits", sa.String(length=40), nullable=False),
        sa.Column("registered_at", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("patient_id", name=op.f("pk_patient")),
        sa.UniqueConstraint("case_number", name=op.f("uq_patient_case_number")),
        schema="identity",
    )
    op.create_index(
        op.f("ix_patient_birth_date"), "patient", ["birth_date"], unique=False, schema="identity"
    )
    op.create_index(
        op.f("ix_patient_phone_digits"),
        "patient",
        ["phone_digits"],
        unique=False,
        schema="identity",
    )
    op.create_table(
        "referral_person",
        sa.Column("referral_id", sa.String(length=40), nullable=False),
        sa.Column("caregiver", sa.Text(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", name=op.f("pk_referral_person")),
        schema="identity",
    )
    op.create_table(
        "issued_paper",
        sa.Column("referral_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("referral_id", "number", name=op.f("pk_issued_paper")),
        schema="identity",
    )
    op.create_table(
        "name_key",
        sa.Column("row_number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("patient_id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["patient_id"], ["identity.patient.patient_id"], name=op.f("fk_name_key_patient_id")
        ),
        sa.PrimaryKeyConstraint("row_number", name=op.f("pk_name_key")),
        schema="identity",
    )
    op.create_index(op.f("ix_name_key_key"), "name_key", ["key"], unique=False, schema="identity")
    op.create_index(
        op.f("ix_name_key_patient_id"), "name_key", ["patient_id"], unique=False, schema="identity"
    )
    op.create_table(
        "sealed_record",
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_sealed_record")),
        schema="identity",
    )
    op.create_table(
        "sealed_box",
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("holder", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("granter", sa.String(length=40), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["identity.sealed_record.record_id"],
            name=op.f("fk_sealed_box_record_id"),
        ),
        sa.PrimaryKeyConstraint("record_id", "holder", name=op.f("pk_sealed_box")),
        schema="identity",
    )
