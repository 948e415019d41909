# SPDX-License-Identifier: GPL-3.0-or-later
"""A log that cannot carry anything about a patient: known fields in, exceptions by place only."""

import json
import logging
import os
import re
import sys
import time
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Final

from typing_extensions import override

FIELDS: Final = frozenset({"code", "count", "event", "file", "locale", "ms", "screen", "version"})
"""The only facts a line may carry; each a code or a number."""

_CODE: Final = re.compile(r"[A-Za-z0-9._-]{1,60}")
_LOGGER: Final = logging.getLogger("pact_desktop")
_EVENT: Final = "pact_event"
_LONGEST_FILE: Final = 512 * 1024
_OLD_FILES: Final = 3


def start_logging(folder: Path | None) -> None:
    """Log to a file in the folder, or nowhere; files made from now on are the user's alone.

    Other people's libraries may log too: of them only name, level and place are kept.
    """
    os.umask(0o077)
    logging.lastResort = None
    logging.raiseExceptions = False
    root = logging.getLogger()
    for handler in root.handlers:
        if isinstance(handler, RotatingFileHandler):
            handler.close()
    root.handlers = [_handler(folder)]
    root.setLevel(logging.WARNING)
    _LOGGER.setLevel(logging.INFO)


def note(event: str, **facts: str | int) -> None:
    """Write down that something happened: a code and allow-listed facts, never a text."""
    _LOGGER.info("", extra={_EVENT: {"event": event, **facts}})


def note_error(error: BaseException) -> None:
    """Write down where something went wrong and of which type; its message is never kept."""
    _LOGGER.error("", exc_info=error, extra={_EVENT: {"event": "error"}})


def places(error: BaseException | None) -> list[dict[str, object]]:
    """An exception and what caused it, each as its type and the lines it passed."""
    found: list[dict[str, object]] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        steps = traceback.extract_tb(error.__traceback__)
        lines = [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps]
        found.append({"type": type(error).__qualname__, "at": lines})
        error = error.__cause__ or error.__context__
    return found


def place_of(error: BaseException) -> str:
    """Type and last line of an error, for a person who will report it; never its message."""
    found = places(error)[0]
    lines = found["at"]
    return f"{found['type']} at {lines[-1] if isinstance(lines, list) and lines else '?'}"


class _Lines(logging.Formatter):
    """One JSON object a line; the record's message and arguments are left out."""

    @override
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "from": record.name,
            "place": f"{Path(record.pathname).name}:{record.lineno}",
        }
        line |= _allowed(getattr(record, _EVENT, {}))
        if record.exc_info:
            line["errors"] = places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def _allowed(facts: dict[str, object]) -> dict[str, object]:
    return {
        name: value
        for name, value in facts.items()
        if name in FIELDS
        and (isinstance(value, int) or (isinstance(value, str) and _CODE.fullmatch(value)))
    }


def _handler(folder: Path | None) -> logging.Handler:
    if folder is None:
        return logging.NullHandler()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "intake.log", maxBytes=_LONGEST_FILE, backupCount=_OLD_FILES, encoding="utf-8"
        )
    except OSError:
        # No log is no reason to keep a nurse from working.
        return logging.NullHandler()
    handler.setFormatter(_Lines())
    return handler


def note_uncaught_errors() -> None:
    """Send what nobody caught to the log, and its places to the terminal, without its message."""

    def uncaught(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
        note_error(error)
        for found in places(error):
            sys.stderr.write(f"{found['type']} at {found['at']}\n")

    sys.excepthook = uncaught
