# SPDX-License-Identifier: GPL-3.0-or-later
"""The composition root: reads the words, builds what they need, and nothing else."""

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from platformdirs import user_data_path

from pact_desktop.command_line.arguments import parse
from pact_desktop.command_line.language import catalog_of
from pact_desktop.diagnostics import note_error, note_uncaught_errors, place_of, start_logging
from pact_desktop.domain.errors import PactError
from pact_desktop.error_texts import sentence
from pact_desktop.i18n.catalog import Catalog

NEUTRAL_NAME = "Intake"
"""What folders and processes are called: a word that says nothing about the work."""


def main(words: Sequence[str]) -> int:
    """Run the program; the exit status is 0 only when everything asked for was done."""
    arguments = parse(words)
    # Windows consoles may know fewer letters than a path or a sentence needs.
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # a real console stream
    start_logging(_data_folder(arguments) / "log" if arguments.word is None else None)
    note_uncaught_errors()
    try:
        return _run(arguments)
    except PactError as error:
        note_error(error)
        print(sentence(_catalog(arguments), error), file=sys.stderr)  # noqa: T201 this is the command line
        if arguments.word is None:
            _tell(error, _data_folder(arguments))
        return 1
    except Exception as error:  # noqa: BLE001 the command line ends with a line, never without
        note_error(error)
        print(f"The program stopped: {place_of(error)}", file=sys.stderr)  # noqa: T201 this is the command line
        return 1


def _run(arguments: argparse.Namespace) -> int:
    words = {"demo": _demo, "self-check": _self_check, "backup": _backup, "audit": _audit}
    return words.get(arguments.word, _window)(arguments)


def _tell(error: PactError, data: Path) -> None:
    """Whoever started the program by a double click sees no command line."""
    from pact_desktop.desktop.stopped import tell  # noqa: PLC0415 Qt is loaded only for a window

    tell(error, data)


def _data_folder(arguments: argparse.Namespace) -> Path:
    folder: Path | None = arguments.data
    return folder or user_data_path(NEUTRAL_NAME, appauthor=False)


def _catalog(arguments: argparse.Namespace) -> Catalog:
    """A demonstration speaks its own language: the records of this computer are none of it."""
    own = arguments.demo_language if arguments.word == "demo" else None
    return catalog_of(_data_folder(arguments), arguments.language or own)


def _window(arguments: argparse.Namespace) -> int:
    from pact_desktop.desktop.application import Places, run_session, run_sign_in  # noqa: PLC0415 Qt is loaded only for a window

    places = Places(
        data=_data_folder(arguments),
        language=arguments.language,
        arguments=_passed_on(arguments),
        locked=arguments.locked,
        not_kept=arguments.not_kept,
    )
    return run_session(places) if arguments.session else run_sign_in(places)


def _passed_on(arguments: argparse.Namespace) -> tuple[str, ...]:
    """What the next process must be told again."""
    passed: list[str] = []
    if arguments.data:
        passed += ["--data", str(arguments.data.resolve())]
    if arguments.language:
        passed += ["--language", arguments.language]
    return tuple(passed)


def _demo(arguments: argparse.Namespace) -> int:
    from pact_desktop.command_line.demo import TakePictures, demonstrate  # noqa: PLC0415 loads storage and paper

    take_pictures: TakePictures | None = None
    if arguments.screens:
        from pact_desktop.desktop import pictures  # noqa: PLC0415 loads Qt

        take_pictures = pictures.take_pictures
    return demonstrate(
        arguments.out,
        screen_locale=arguments.demo_language,
        paper_locale=arguments.paper,
        theme=arguments.theme,
        take_pictures=take_pictures,
    )


def _self_check(arguments: argparse.Namespace) -> int:
    from pact_desktop.command_line.self_check import self_check  # noqa: PLC0415 loads everything
    from pact_desktop.desktop.form_check import check_forms  # noqa: PLC0415 loads Qt
    from pact_desktop.desktop.screen_capture import way_to_hide  # noqa: PLC0415 the same

    return self_check(
        as_json=arguments.json, check_forms=check_forms, hides_windows=way_to_hide() is not None
    )


def _backup(arguments: argparse.Namespace) -> int:
    from pact_desktop.command_line.backup import back_up  # noqa: PLC0415 loads the storage

    return back_up(arguments, _data_folder(arguments), _catalog(arguments), _local_clock)


def _audit(arguments: argparse.Namespace) -> int:
    from pact_desktop.command_line.audit import verify  # noqa: PLC0415 loads the storage

    return verify(arguments, _data_folder(arguments), _catalog(arguments), _local_clock)


def _local_clock() -> datetime:
    """The one clock of the command line."""
    return datetime.now(UTC).astimezone()  # noqa: TID251 this is that clock
