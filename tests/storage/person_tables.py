# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables that lead to a person, by their columns, for whoever checks that none is left out."""

from pact_desktop.storage.erasure import PERSON_COLUMNS
from pact_desktop.storage.metadata import CASES, IDENTITY, metadata


def person_tables() -> set[str]:
    """Names of the tables of `identity` and `cases` with a row for a person."""
    return {
        table.name
        for table in metadata.sorted_tables
        if table.schema in {IDENTITY, CASES} and set(PERSON_COLUMNS) & set(table.c.keys())
    }
