# SPDX-License-Identifier: GPL-3.0-or-later
"""First form of the config compartment."""

import sqlalchemy as sa
from alembic import op

revision = "config_0001"
down_revision = None


def upgrade() -> None:
    """Makes every table of this compartment."""
    op.create_table(
        "account",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("sign_in_name", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("staff_code", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_account")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_account_sign_in_name")),
        sa.UniqueConstraint("staff_code", name=op.f("uq_account_staff_code")),
        schema="config",
    )
    op.create_table(
        "admin_event",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_admin_event")),
        schema="config",
    )
    op.create_table(
        "audit_mark",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_mark")),
        schema="config",
    )
    op.create_table(
        "backup",
        sa.Column("backup_id", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("epochs", sa.JSON(), nullable=False),
        sa.Column("on_same_disk", sa.Boolean(), nullable=False),
        sa.Column("tested_at", sa.Text(), nullable=True),
        sa.Column("destroyed_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("backup_id", name=op.f("pk_backup")),
        schema="config",
    )
    op.create_table(
        "facility",
        sa.Column("facility_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("facility_number", name=op.f("pk_facility")),
        schema="config",
    )
    op.create_table(
        "file_mark",
        sa.Column("compartment", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("compartment", name=op.f("pk_file_mark")),
        schema="config",
    )
    op.create_table(
        "key_change",
        sa.Column("compartment", sa.Text(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("compartment", name=op.f("pk_key_change")),
        schema="config",
    )
    op.create_table(
        "referral_service",
        sa.Column("service_id", sa.String(length=120), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("service_id", name=op.f("pk_referral_service")),
        schema="config",
    )
    op.create_table(
        "resume_point",
        sa.Column("account_id", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_resume_point")),
        schema="config",
    )
    op.create_table(
        "unfinished_erasure",
        sa.Column("compartment", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("compartment", name=op.f("pk_unfinished_erasure")),
        schema="config",
    )
