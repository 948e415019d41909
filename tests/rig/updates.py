# SPDX-License-Identifier: GPL-3.0-or-later
"""A later program changes the form of all four files, and what is left when that is disturbed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import PactError
from pact_desktop.services import accounts, screenings
from pact_desktop.storage import migrations, store
from pact_desktop.storage.backup_before_update import FOLDER
from pact_desktop.storage.backup_reading import BackupFile
from pact_desktop.storage.database import Database, schema_name
from pact_desktop.storage.keys import KeyRing
from tests.rig.journeys import Desk, waiting_visit
from tests.rig.trials import Told

_SCRIPTS: Final = "later"
_STEP: Final = '''
"""A later form of the {name} compartment."""

from alembic import op

revision = "{name}_9002"
down_revision = "{before}"


def upgrade() -> None:
    """A new table, and a new column of one that has rows, filled."""
    op.execute("CREATE TABLE {schema}.later (word TEXT)")
    op.execute("INSERT INTO {schema}.later VALUES ('one')")
    op.execute("ALTER TABLE {schema}.{table} ADD COLUMN later TEXT")
    op.execute("UPDATE {schema}.{table} SET later = 'two'")
'''
_FILLED: Final = {
    Compartment.CONFIG: "account",
    Compartment.IDENTITY: "patient",
    Compartment.CASES: "answer",
    Compartment.AUDIT: "chain",
}
"""A table with rows in each of the files."""


def install(desk: Desk) -> None:
    """A version with one more step for each file lies ready beside the records."""
    for compartment in Compartment:
        name, before = compartment.value, migrations.HEADS[compartment]
        scripts = shutil.copytree(migrations.SCRIPTS / name, desk.home / _SCRIPTS / name)
        step = _STEP.format(
            name=name,
            before=before,
            schema=schema_name(compartment),
            table=_FILLED[compartment],
        )
        (Path(scripts) / "versions" / f"{name}_9002.py").write_text(step)


@contextmanager
def later_program(desk: Desk) -> Iterator[None]:
    """As if that version were the one that runs."""
    scripts = desk.home / _SCRIPTS
    heads = {compartment: f"{compartment.value}_9002" for compartment in Compartment}
    kept = (migrations.SCRIPTS, migrations.HEADS)
    migrations.SCRIPTS, migrations.HEADS = scripts, heads  # type: ignore[misc]
    try:
        yield
    finally:
        migrations.SCRIPTS, migrations.HEADS = kept  # type: ignore[misc]


def update(desk: Desk) -> Iterator[str]:
    """Whoever signs in first after the installation brings the records up to date."""
    with later_program(desk):
        session = desk.at_work("nadia")
        yield "up to date"
        accounts.lock(session)


def update_in_pieces(desk: Desk) -> Iterator[str]:
    """The control: each file in a transaction of its own."""
    whole = migrations.bring_up_to_date

    def one_by_one(connection: Connection, compartments: list[Compartment]) -> None:
        for compartment in compartments:
            whole(connection, [compartment])
            connection.commit()
            connection.exec_driver_sql("BEGIN EXCLUSIVE")

    store.bring_up_to_date = one_by_one  # type: ignore[attr-defined]
    try:
        yield from update(desk)
    finally:
        store.bring_up_to_date = whole  # type: ignore[attr-defined]


def after_update(desk: Desk, told: Told) -> Iterator[str]:
    """All four files of the old form or all of the new, and the copy of before is there then."""
    keyring = desk.keyring("nadia")
    found = _forms(desk, keyring)
    if len(found) > 1:
        yield "half: some files of the old form and some of the new"
        return
    if told.saved and found != {"9002"}:
        yield "lost: told as up to date, and not there"
    if found == {"9002"} and not any(_whole(path) for path in (desk.data / FOLDER).glob("*")):
        yield "changed without a whole copy of before"
    # Whoever was interrupted signs in again, and it must work this time.
    try:
        with later_program(desk):
            session = desk.at_work("nadia")
    except PactError as error:
        yield f"the records do not open: {error.code}"
        return
    if not session.store.log_check.whole:
        yield "the log of the records is not whole"
    if len(screenings.load_screening(session, waiting_visit(session)).answers) != 2:
        yield "lost: answers"
    session.store.close()
    if _forms(desk, keyring) != {"9002"}:
        yield "still not up to date"


def _forms(desk: Desk, keyring: KeyRing) -> set[str]:
    """The number at the end of each file's revision."""
    database = Database(desk.records, keyring.keys)
    try:
        with database.connect() as connection:
            found = [migrations.revision(connection, one) for one in Compartment]
    finally:
        database.close()
    return {str(one).rpartition("_")[2] for one in found}


def _whole(path: Path) -> bool:
    try:
        with BackupFile(path) as file:
            file.check()
    except PactError:
        return False
    return True
