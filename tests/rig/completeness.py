# SPDX-License-Identifier: GPL-3.0-or-later
"""Watches every statement while every service is used, and compares it with the log.

Nothing that was read of a record is given to a screen before the entry that says so is on the
disk, no row is changed without an entry in the same transaction, and nothing that can be carried
away is given out without one. Whoever was looked for and found nobody has seen nothing.
"""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Final, TypeVar

from pact_desktop import services
from pact_desktop.services.issued import IssuedDocument
from pact_desktop.services.session import Session
from tests.rig.journeys import Desk
from tests.rig.trials import content

Result = TypeVar("Result")

RECORDS: Final = ("identity", "cases", "temp", "closed")
"""Also the views over open and closed records, and the tables of closed ones in memory."""
NUMBERS: Final = frozenset(
    {"case_number", "patient_id", "screening_id", "referral_id", "reference", "service_id"}
)
"""Random numbers, which are looked up so that the entry can name the record."""
PARTS: Final = frozenset(
    {
        "pact_desktop.services.referral_cases",
        "pact_desktop.services.key_changes.ask_for_records",
        "pact_desktop.services.key_changes.write_anew",
        "pact_desktop.services.record_access.require_safe_copy",
        "pact_desktop.services.retention.due_now",
        "pact_desktop.services.screenings.add_visit",
        "pact_desktop.services.staff.save_vault",
        "pact_desktop.services.visit_change.change",
        "pact_desktop.services.visit_change.change_beside",
        "pact_desktop.services.visit_change.case_of_visit",
    }
)
"""Parts of services that other services are made of; no screen calls them."""
_SELECTED: Final = re.compile(r"^\s*SELECT\s(.*?)\sFROM\s", re.IGNORECASE | re.DOTALL)
_COLUMN: Final = re.compile(r"\b(identity|cases|temp|closed)\.(\w+)\.(\w+)")
_CHANGED: Final = re.compile(
    r"^\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(?:(main|identity|cases|audit|closed)\.)?\"?(\w+)",
    re.IGNORECASE,
)
_ENTRIES: Final = frozenset({("audit", "entry"), ("main", "admin_event")})
_OWN: Final = frozenset({"audit_mark", "file_mark", "admin_event", "unfinished_erasure"})
"""What the log keeps of itself in the configuration, and which files are to be written anew."""


@dataclass(slots=True)
class Call:
    """What one call of a service did, statement by statement."""

    name: str
    statements: list[str] = field(default_factory=list)
    given: object = None

    def problems(self) -> Iterator[str]:
        """Statement by statement: what an entry does not stand for when its transaction ends."""
        entered = committed = False
        read: set[str] = set()
        changed: set[str] = set()
        for statement in [*self.statements, "ROLLBACK"]:
            word = statement.split(maxsplit=1)[0].upper() if statement.strip() else ""
            if word in {"BEGIN", "COMMIT", "ROLLBACK"}:
                kept = entered and word == "COMMIT"
                if read and not (kept or committed or self.given == []):
                    yield f"{self.name} read {', '.join(sorted(read))} without an entry"
                if changed and word == "COMMIT" and not entered:
                    yield f"{self.name} changed {', '.join(sorted(changed))} without an entry"
                committed |= kept
                entered, read, changed = False, set(), set()
            elif found := _CHANGED.match(statement):
                schema, table = found.group(1) or "main", found.group(2)
                entered |= (schema, table) in _ENTRIES
                if schema != "audit" and table not in _OWN:
                    changed.add(f"{schema}.{table}")
            else:
                read |= content_of(statement)
        if self._carried_away() and not self.entries:
            yield f"{self.name} gave out a paper without an entry"

    @property
    def entries(self) -> int:
        return sum("INSERT INTO audit.entry" in one for one in self.statements)

    @property
    def on_records(self) -> int:
        return sum(any(f"{name}." in one for name in RECORDS) for one in self.statements)

    def _carried_away(self) -> bool:
        return isinstance(self.given, IssuedDocument | bytes)


_KEYS: Final = frozenset({"sealed_box"})
"""Keys of closed records, which are no part of a record and open nothing by themselves."""


def content_of(statement: str) -> set[str]:
    """Columns of records that a statement shows, numbers and keys left out."""
    selected = _SELECTED.match(statement)
    if selected is None:
        return set()
    columns = _COLUMN.findall(selected.group(1))
    return {
        f"{schema}.{table}.{name}"
        for schema, table, name in columns
        if name not in NUMBERS and table not in _KEYS
    }


class Watch:
    """Calls services and keeps what each of them did."""

    def __init__(self) -> None:
        self.calls: Final[list[Call]] = []
        self._seen: Final[set[int]] = set()

    def __call__(
        self, service: Callable[..., Result], session: Session, *given: Any, **named: Any
    ) -> Result:
        call = Call(f"{service.__module__}.{service.__name__}")
        self.calls.append(call)
        opened = session.store._database  # noqa: SLF001 the very bottom is what is watched
        assert opened is not None
        driver = opened._driver  # noqa: SLF001
        driver.set_trace_callback(call.statements.append)
        try:
            result = service(session, *given, **named)
            call.given = result
            return result
        finally:
            database = session.store._database  # noqa: SLF001
            # A change of keys closes the files and opens them again, a lock closes them for good.
            if database is not None and database._driver is driver:  # noqa: SLF001
                driver.set_trace_callback(None)


@dataclass(frozen=True, slots=True)
class Found:
    calls: int
    services: int
    statements: int
    entries: int
    problems: list[str]


def watched(prepared: Path, home: Path) -> Found:
    """Uses every service of a facility once at least, and judges what was seen."""
    from tests.rig.using import use_everything  # noqa: PLC0415 it needs this module

    shutil.copytree(prepared, home)
    watch = Watch()
    use_everything(watch, Desk(home, content()))
    used = {call.name for call in watch.calls}
    problems = [problem for call in watch.calls for problem in call.problems()]
    problems += [f"{name} was not used" for name in sorted(set(all_services()) - used)]
    return Found(
        calls=len(watch.calls),
        services=len(used),
        statements=sum(call.on_records for call in watch.calls),
        entries=sum(call.entries for call in watch.calls),
        problems=problems,
    )


def all_services() -> Iterator[str]:
    """Every public function that takes a session, by module and name."""
    for module in iter_modules(services.__path__):
        name = f"{services.__name__}.{module.name}"
        path = Path(str(import_module(name).__file__))
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            kinds = [ast.unparse(one.annotation) for one in node.args.args if one.annotation]
            whole = f"{name}.{node.name}"
            if kinds[:1] == ["Session"] and not PARTS & {name, whole}:
                yield whole
