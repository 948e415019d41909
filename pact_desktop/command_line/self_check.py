# SPDX-License-Identifier: GPL-3.0-or-later
"""Is everything the program needs in order: forms, words, fonts, sets, cipher, printing, memory."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from pact_desktop.domain.errors import PactError
from pact_desktop.hardening import protection
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.locales import LOCALES
from pact_desktop.services.content import load_content
from pact_desktop.services.self_check import cipher_version, fonts_in_order, sample_page

CheckForms = Callable[[], tuple[int, str]]
"""Loads every form: how many, and the name of the printing back end."""


_HIDDEN: Final = "the windows ask to be left out of pictures of the screen"
_NOT_HIDDEN: Final = "this system cannot leave a window out of pictures of the screen"


@dataclass(frozen=True, slots=True)
class Finding:
    """One part of the program and what was seen of it."""

    part: str
    in_order: bool
    seen: str


def self_check(*, as_json: bool, check_forms: CheckForms, hides_windows: bool) -> int:
    """The word `self-check`: 0 only when every part is in order.

    `hides_windows` says whether this system leaves a window out of pictures of the screen.
    """
    findings = [
        _look("forms", lambda: f"{check_forms()[0]} forms loaded"),
        _look("catalogues", _catalogues),
        _look("fonts", fonts_in_order),
        _look("content", _content),
        _look("cipher", cipher_version),
        _look("paper", lambda: f"{len(sample_page())} bytes, fonts embedded"),
        _look("printing", lambda: check_forms()[1]),
        _look("folder", _folder),
        _memory(),
        # What no program can do on a system is no fault of the program; it is said.
        Finding("screen", in_order=True, seen=_HIDDEN if hides_windows else _NOT_HIDDEN),
    ]
    in_order = all(finding.in_order for finding in findings)
    if as_json:
        print(json.dumps({"in_order": in_order, "parts": [asdict(f) for f in findings]}))  # noqa: T201 this is the command line
    else:
        for finding in findings:
            mark = "ok     " if finding.in_order else "FAILED "
            print(f"{mark}{finding.part:<12}{finding.seen}")  # noqa: T201 this is the command line
    return 0 if in_order else 1


def _memory() -> Finding:
    """What this process was granted when it started; see `hardening`."""
    held = protection()
    dumps = "no dump of it at a crash" if held.no_dump else "a crash may write it to the disk"
    readers = "no other program" if held.not_readable else "other programs of this user"
    return Finding("memory", held.whole, f"{dumps}; {readers} can read it")


def _look(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part, in_order=True, seen=look())
    except PactError as error:
        facts = ", ".join(f"{name} {value}" for name, value in error.facts.items())
        return Finding(part, in_order=False, seen=f"{error.code.value} {facts}".strip())
    except Exception as error:  # noqa: BLE001 a broken part is the very thing looked for
        return Finding(part, in_order=False, seen=type(error).__name__)


def _catalogues() -> str:
    loaded = [Catalog.load(tag).locale for tag in LOCALES]
    return f"{len(loaded)} locales: {' '.join(loaded)}"


def _content() -> str:
    content = load_content()
    items = len({item.link_id for s in (content.adult, content.child) for item in s.items})
    return f"{items} items, participants {' '.join(sorted(content.packs))}"


def _folder() -> str:
    with TemporaryDirectory() as name:
        (Path(name) / "probe").write_bytes(b"x")
    return "temporary files can be written"
