# SPDX-License-Identifier: GPL-3.0-or-later
"""The one collection of tables; a table's schema is the compartment file that it lives in."""

from typing import Final

from sqlalchemy import MetaData

from pact_desktop.domain.accounts import Compartment

CONFIG: Final = Compartment.CONFIG.value
IDENTITY: Final = Compartment.IDENTITY.value
CASES: Final = Compartment.CASES.value
AUDIT: Final = Compartment.AUDIT.value

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
"""Shared by `tables` and `record_tables`. A foreign key never leaves its compartment."""
