# SPDX-License-Identifier: GPL-3.0-or-later
"""First form of the audit compartment."""

import sqlalchemy as sa
from alembic import op

revision = "audit_0001"
down_revision = None


def upgrade() -> None:
    """Makes every table of this compartment."""
    op.create_table(
        "chain",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("next_key", sa.LargeBinary(), nullable=False),
        sa.Column("pseudonym_key", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_first_key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_chain")),
        schema="audit",
    )
    op.create_table(
        "key_epoch",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_sequence", sa.Integer(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_first_key", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("vouched", sa.LargeBinary(), nullable=False),
        sa.Column("handed_over", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_key_epoch")),
        schema="audit",
    )
    op.create_table(
        "entry",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("previous", sa.LargeBinary(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_entry")),
        schema="audit",
    )
    op.create_table(
        "emergency_use",
        sa.Column("use_id", sa.String(length=40), nullable=False),
        sa.Column("record", sa.String(length=40), nullable=False),
        sa.Column("used_at", sa.String(length=40), nullable=False),
        sa.Column("used_by", sa.String(length=40), nullable=False),
        sa.Column("confirmed_by", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("read_at", sa.String(length=40), nullable=True),
        sa.Column("read_by", sa.String(length=40), nullable=True),
        sa.Column("read_words", sa.Text(), nullable=False),
        sa.Column("named_at", sa.String(length=40), nullable=True),
        sa.Column("named_by", sa.String(length=40), nullable=True),
        sa.PrimaryKeyConstraint("use_id", name=op.f("pk_emergency_use")),
        schema="audit",
    )
    op.create_index(
        op.f("ix_emergency_use_record"), "emergency_use", ["record"], unique=False, schema="audit"
    )
