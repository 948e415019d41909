# SPDX-License-Identifier: GPL-3.0-or-later
"""First form of the config compartment."""

from alembic import op

from pact_desktop.storage import tables
from pact_desktop.storage.metadata import metadata

revision = "config_0001"
down_revision = None

__all__ = ["tables"]


def upgrade() -> None:
    """Makes every table of this compartment."""
    own = [table for table in metadata.sorted_tables if table.schema == "config"]
    metadata.create_all(op.get_bind(), tables=own, checkfirst=False)
