# SPDX-License-Identifier: GPL-3.0-or-later
"""Brings each compartment to the newest form, forward only, all of them in one transaction."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from pact_desktop.domain.accounts import Compartment
from pact_desktop.domain.errors import Fault, FaultCode
from pact_desktop.storage.database import schema_name

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

SCRIPTS: Final = Path(__file__).parent
VERSION_TABLE: Final = "alembic_version"
HEADS: Final[Mapping[Compartment, str]] = {
    Compartment.CONFIG: "config_0001",
    Compartment.IDENTITY: "identity_0001",
    Compartment.CASES: "cases_0001",
    Compartment.AUDIT: "audit_0001",
}
"""Newest revision of each compartment, so that a start need not load Alembic to compare."""


def bring_up_to_date(
    connection: Connection, compartments: Iterable[Compartment], *, new: bool = False
) -> None:
    """Runs the missing revisions inside the caller's transaction.

    Raises Fault(STORAGE_NEWER) when the files were written by a newer program, and
    Fault(STORAGE_INCOMPLETE) when a file that should hold records was never filled.
    """
    for compartment in compartments if new else behind(connection, compartments):
        _upgrade(connection, compartment)


def behind(connection: Connection, compartments: Iterable[Compartment]) -> list[Compartment]:
    """Which compartments lack a revision; changes nothing and raises as `bring_up_to_date`."""
    found = {compartment: revision(connection, compartment) for compartment in compartments}
    if None in found.values():
        raise Fault(FaultCode.STORAGE_INCOMPLETE)
    older = [compartment for compartment, known in found.items() if known != HEADS[compartment]]
    for compartment in older:
        if found[compartment] not in _known(compartment):
            raise Fault(FaultCode.STORAGE_NEWER)
    return older


def revision(connection: Connection, compartment: Compartment) -> str | None:
    schema = schema_name(compartment)
    present = connection.exec_driver_sql(
        f"SELECT count(*) FROM {schema}.sqlite_master WHERE type = 'table' AND name = ?",  # noqa: S608 own names
        (VERSION_TABLE,),
    ).scalar_one()
    if not present:
        return None
    value = connection.exec_driver_sql(
        f"SELECT version_num FROM {schema}.{VERSION_TABLE}"  # noqa: S608 own names
    ).scalar_one_or_none()
    return None if value is None else str(value)


def _upgrade(connection: Connection, compartment: Compartment) -> None:
    from alembic.config import Config  # noqa: PLC0415 as in `_script`
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415

    script = _script(compartment)
    with EnvironmentContext(
        Config(),
        script,
        fn=lambda revisions, _: script._upgrade_revs("head", revisions),  # noqa: SLF001
    ) as environment:
        environment.configure(
            connection=connection,
            version_table=VERSION_TABLE,
            version_table_schema=schema_name(compartment),
            transactional_ddl=True,
            dialect_name="sqlite",
        )
        environment.run_migrations()


def _known(compartment: Compartment) -> set[str]:
    return {entry.revision for entry in _script(compartment).walk_revisions()}


def _script(compartment: Compartment) -> "ScriptDirectory":
    # Alembic takes a quarter of a second to load: only when there is something to do.
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS / compartment.value).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)
