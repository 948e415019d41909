# SPDX-License-Identifier: GPL-3.0-or-later
"""The words `audit verify`: is the log as it was written? One line for each finding.

Ends with 0 when it is, with 3 when something was found, and with 1, as every word of the program,
when it could not be done.
Nothing is written into the log and no entry is shown, so whoever has a key may run it.
"""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pact_desktop.command_line.conversation import CODE, PASSPHRASE, SIGN_IN_NAME, Conversation
from pact_desktop.domain.audit import LogFinding
from pact_desktop.domain.errors import FaultCode, PactError
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.messages import Message, msg
from pact_desktop.services.accounts import KdfPolicy
from pact_desktop.services.log_verification import (
    PartState,
    Verified,
    check_structure,
    require_verifiable,
    verify_signed_in,
    verify_with_sheet,
)
from pact_desktop.services.session import Clock
from pact_desktop.terms.log import finding_sentence

WHOLE, NOT_LOOKED_AT, CHANGED = 0, 1, 3
_OF_THE_FILES: Final = frozenset(
    {FaultCode.STORAGE_DAMAGED, FaultCode.STORAGE_INCOMPLETE, FaultCode.STORAGE_FOREIGN}
)
"""Faults that are themselves what was looked for."""

# Translators: the command line of the program, for the manager and the IT administrator.
_IS_WHOLE: Final = msg(
    "The log is as it was written. Entries: {entries}. Signatures verified: {signatures}."
)
_FROM_FIRST_KEY: Final = msg("Every entry follows from the first key of the log.")
_END: Final = msg("Number of the log: {code}")
_IS_CHANGED: Final = msg("The log is not as it was written. Keep this folder as it is.")
_FILES: Final = msg("Seen without a key. What is in the files shows only after a sign-in.")
_PARTS: Final[Mapping[PartState, Message]] = {
    PartState.IN_ORDER: msg("{file}: as it should be"),
    PartState.INTERRUPTED: msg("{file}: a change was cut off; the next start takes it back"),
    PartState.MISSING: msg("{file}: missing"),
    PartState.CUT: msg("{file}: not complete"),
    PartState.DAMAGED: msg("{file}: changed or damaged"),
    PartState.FOREIGN: msg("{file}: belongs to another facility or computer"),
}


def verify(
    arguments: argparse.Namespace,
    data: Path,
    catalog: Catalog,
    clock: Clock,
    *,
    device_folder: Path | None = None,
    kdf: KdfPolicy | None = None,
) -> int:
    """The exit status; what was found stands on standard output."""
    talk = Conversation(catalog)
    try:
        if arguments.structure:
            return _structure(talk, data, device_folder, as_json=arguments.json)
        require_verifiable(
            data,
            codes=arguments.anchor,
            with_sheet=arguments.sheet,
            device_folder=device_folder,
        )
        began = time.perf_counter()
        if arguments.sheet:
            found = verify_with_sheet(data, talk.ask_secretly(CODE), codes=arguments.anchor)
        else:
            name = talk.ask(SIGN_IN_NAME)
            found = verify_signed_in(
                data,
                name,
                talk.ask_secretly(PASSPHRASE),
                clock,
                codes=arguments.anchor,
                device_folder=device_folder,
                kdf=kdf,
            )
    except PactError as error:
        return _could_not(talk, error, as_json=arguments.json)
    if arguments.json:
        _print_json(_as_json(talk.catalog, found, time.perf_counter() - began))
    else:
        _tell(talk, found)
    return WHOLE if found.check.whole else CHANGED


def _tell(talk: Conversation, found: Verified) -> None:
    for finding in found.check.findings:
        print(finding_sentence(talk.catalog, finding))  # noqa: T201 this is the command line
    if found.check.whole:
        counts = {"entries": found.check.entries, "signatures": found.check.signatures}
        talk.say(_IS_WHOLE, **{name: str(count) for name, count in counts.items()})
        if found.from_first_key:
            talk.say(_FROM_FIRST_KEY)
    else:
        talk.say(_IS_CHANGED)
    talk.say(_END, code=found.end)


def _structure(talk: Conversation, data: Path, device_folder: Path | None, *, as_json: bool) -> int:
    parts = check_structure(data, device_folder=device_folder)
    if as_json:
        _print_json({"parts": [{"file": part.name, "state": part.state} for part in parts]})
    else:
        for part in parts:
            talk.say(_PARTS[part.state], file=part.name)
        talk.say(_FILES)
    return WHOLE if all(part.in_order for part in parts) else CHANGED


def _could_not(talk: Conversation, error: PactError, *, as_json: bool) -> int:
    """A damaged file is an answer; a wrong passphrase is none."""
    is_answer = error.code in _OF_THE_FILES
    if as_json:
        _print_json({"whole": False if is_answer else None, "error": error.code.value})
    stream = sys.stdout if is_answer and not as_json else sys.stderr
    print(sentence(talk.catalog, error), file=stream)
    return CHANGED if is_answer else NOT_LOOKED_AT


def _as_json(catalog: Catalog, found: Verified, seconds: float) -> dict[str, Any]:
    return {
        "whole": found.check.whole,
        "entries": found.check.entries,
        "signatures": found.check.signatures,
        "from_first_key": found.from_first_key,
        "end": found.end,
        "seconds": round(seconds, 3),
        "findings": [_finding(catalog, finding) for finding in found.check.findings],
    }


def _finding(catalog: Catalog, finding: LogFinding) -> dict[str, Any]:
    return {
        "kind": finding.kind.value,
        "serious": finding.serious,
        "first": finding.sequence,
        "last": finding.until,
        "seen_at": finding.seen_at.isoformat() if finding.seen_at else None,
        "text": finding_sentence(catalog, finding),
    }


def _print_json(found: Mapping[str, Any]) -> None:
    print(json.dumps(found, ensure_ascii=False))  # noqa: T201 this is the command line
