# SPDX-License-Identifier: GPL-3.0-or-later
"""The revisions make exactly the tables that the statements are written for."""

from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from pact_desktop.domain.accounts import Compartment
from pact_desktop.storage import migrations, tables
from pact_desktop.storage.database import Database, schema_name
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.metadata import metadata


@pytest.mark.parametrize("compartment", Compartment)
def test_revisions_make_what_is_declared(
    compartment: Compartment, data_folder: Path, staff_keyring: KeyRing
) -> None:
    """A table declared without a revision would fail in a facility (see `draft_revisions`)."""
    own = [table for table in metadata.sorted_tables if table.schema == compartment.value]
    renamed = {"schema_translate_map": {compartment.value: "main"}}
    with create_engine("sqlite://").connect().execution_options(**renamed) as connection:
        metadata.create_all(connection, tables=own)
        declared = made(connection, "main")
    database = Database(data_folder / "records", staff_keyring.keys)
    with database.connect() as connection:
        found = made(connection, schema_name(compartment))
    database.close()
    found.pop(migrations.VERSION_TABLE)
    assert found == declared
    assert tables.RECORD_TABLES


def made(connection: Connection, schema: str) -> dict[str, list[str]]:
    """What makes each table and index of a file, without regard to order and line breaks."""
    rows = connection.exec_driver_sql(
        f"SELECT name, sql FROM {schema}.sqlite_master WHERE sql IS NOT NULL"  # noqa: S608
    )
    return {row.name: sorted(row.sql.replace(",", " ").split()) for row in rows}


@pytest.mark.parametrize("compartment", Compartment)
def test_known_heads_are_the_scripts_heads(compartment: Compartment) -> None:
    """The constant that spares loading Alembic at every start tells the truth."""
    config = Config()
    place = Path(migrations.__file__).parent / compartment.value
    config.set_main_option("script_location", str(place))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == migrations.HEADS[compartment]


def test_no_foreign_key_leaves_its_file() -> None:
    """SQLite would not check it."""
    for table in metadata.tables.values():
        assert {key.column.table.schema for key in table.foreign_keys} <= {table.schema}
