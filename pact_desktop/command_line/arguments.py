# SPDX-License-Identifier: GPL-3.0-or-later
"""The words that the program takes."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from pact_desktop import __version__
from pact_desktop.i18n.locales import LOCALES

DEMO_LANGUAGE = "en"


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What was asked for; ends the program with status 2 when the words do not fit together."""
    whole = parser()
    arguments = whole.parse_args(words)
    if arguments.word == "audit" and arguments.structure and arguments.anchor:
        # The number is compared with the log itself, which opens only with a key.
        whole.error("audit verify: argument --anchor: not allowed with argument --structure")
    return arguments


def parser() -> argparse.ArgumentParser:
    """The parser of the whole program; without a word it opens the window."""
    screens = [tag for tag, info in LOCALES.items() if info.screen]
    papers = [tag for tag, info in LOCALES.items() if info.paper]
    main = argparse.ArgumentParser(
        prog="pact-desktop",
        description="Intake and referral for health facilities.",
        epilog="--data and --language may stand before or after the words audit and backup.",
    )
    main.add_argument("--version", action="version", version=__version__)
    _add_place(main, default=None)
    main.add_argument("--session", action="store_true", help=argparse.SUPPRESS)
    main.add_argument("--locked", action="store_true", help=argparse.SUPPRESS)
    main.add_argument("--not-kept", action="store_true", help=argparse.SUPPRESS)
    words = main.add_subparsers(dest="word", metavar="WORD")
    demo = words.add_parser(
        "demo", help="three invented visits on a throw-away encrypted folder, with all papers"
    )
    demo.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to write")
    demo.add_argument("--language", dest="demo_language", choices=screens, default=DEMO_LANGUAGE)
    demo.add_argument(
        "--paper",
        choices=papers,
        help="language of the paper; when left out, all, and what is issued in that of the screen",
    )
    demo.add_argument("--screens", action="store_true", help="also a picture of every screen")
    demo.add_argument("--theme", choices=("light", "dark"), default="light")
    check = words.add_parser("self-check", help="is everything the program needs in order?")
    check.add_argument("--json", action="store_true", help="the answer as JSON")
    _add_backup(words)
    _add_audit(words)
    return main


def _add_place(to: argparse.ArgumentParser, default: str | None = argparse.SUPPRESS) -> None:
    """Suppressed after a word, so that nothing there leaves what stood before it."""
    screens = [tag for tag, info in LOCALES.items() if info.screen]
    to.add_argument(
        "--data", type=Path, metavar="DIR", default=default, help="data folder of this facility"
    )
    to.add_argument(
        "--language", choices=screens, default=default, help="when left out, that of the facility"
    )


def _add_backup(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = words.add_parser("backup", help="make, look at or bring back a backup of the records")
    kinds = backup.add_subparsers(dest="backup_word", metavar="make|verify|restore", required=True)
    make = kinds.add_parser("make", help="one encrypted file; asks for name and passphrase")
    make.add_argument("--to", type=Path, required=True, metavar="DIR", help="a stick, for example")
    verify = kinds.add_parser("verify", help="is a file complete and unchanged?")
    verify.add_argument("file", type=Path, metavar="FILE")
    verify.add_argument("--sheet", action="store_true", help="open it with the recovery sheet too")
    restore = kinds.add_parser("restore", help="records from a file; asks for the recovery sheet")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument(
        "--into", type=Path, metavar="DIR", help="a new folder; the data folder when left out"
    )
    restore.add_argument(
        "--erased",
        type=Path,
        metavar="FILE",
        help="numbers of records that were erased since, one on each line",
    )
    for kind in (make, verify, restore):
        _add_place(kind)


def _add_audit(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    audit = words.add_parser("audit", help="is the log of who did what as it was written?")
    kinds = audit.add_subparsers(dest="audit_word", metavar="verify", required=True)
    verify = kinds.add_parser("verify", help="all of it; asks for name and passphrase")
    verify.add_argument(
        "--anchor", action="append", default=[], metavar="CODE", help="a number of the log on paper"
    )
    how = verify.add_mutually_exclusive_group()
    how.add_argument("--sheet", action="store_true", help="asks for the recovery sheet instead")
    how.add_argument("--structure", action="store_true", help="asks for nothing; sees only files")
    verify.add_argument("--json", action="store_true", help="the answer as JSON")
    _add_place(verify)
