# SPDX-License-Identifier: GPL-3.0-or-later
"""The revisions make exactly the tables that the statements are written for."""

from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from pact_desktop.domain.accounts import Compartment
from pact_desktop.storage import migrations, tables
from pact_desktop.storage.database import Database, schema_name
from pact_desktop.storage.keys import KeyRing
from pact_desktop.storage.metadata import metadata


def test_every_table_is_there_with_its_columns(data_folder: Path, staff_keyring: KeyRing) -> None:
    """A table or column that was declared without a revision would fail in a facility."""
    database = Database(data_folder / "records", staff_keyring.keys)
    assert tables.RECORD_TABLES
    with database.connect() as connection:
        inspector = inspect(connection)
        for compartment in Compartment:
            schema = schema_name(compartment)
            declared = {
                table.name: {column.name for column in table.columns}
                for table in metadata.tables.values()
                if table.schema == compartment.value
            }
            found = {
                name: {column["name"] for column in inspector.get_columns(name, schema=schema)}
                for name in inspector.get_table_names(schema=schema)
                if name != migrations.VERSION_TABLE
            }
            assert found == declared
            indexes = {
                (table.name, index.name)
                for table in metadata.tables.values()
                if table.schema == compartment.value
                for index in table.indexes
            }
            made = {
                (name, index["name"])
                for name in found
                for index in inspector.get_indexes(name, schema=schema)
                if not str(index["name"]).startswith("uq_")
            }
            assert made >= indexes
    database.close()


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
