# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that translators own: made from the source, brought up to date, written plainly.

No dates and no line numbers, so that a file changes only when its words change.
"""

import io
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from babel.messages import Catalog as PoCatalog
from babel.messages import Message as PoMessage
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from pact_desktop.i18n.catalog import DOMAIN, NOT_REVIEWED, reviewer, texts_of
from pact_desktop.i18n.locales import LOCALES, SOURCE
from pact_desktop.i18n.serbian import to_latin

GENERATED: Final = {"sr-Latn": "sr-Cyrl"}
"""Catalogues that are made from another one, never by hand."""

KEYWORDS: Final = DEFAULT_KEYWORDS | {
    "tr": None,
    "trn": (1, 2),
    "ptr": ((1, "c"), 2),
    "msg": None,
    "pmsg": ((1, "c"), 2),
    "_setting": None,
}
_SLAVIC: Final = (
    3,
    "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
)
PLURALS: Final = {
    "en": (2, "(n != 1)"),
    "mk": (2, "(n%10==1 && n%100!=11 ? 0 : 1)"),
    "sq": (2, "(n != 1)"),
    "sr-Cyrl": _SLAVIC,
    "sr-Latn": _SLAVIC,
    "bs-Latn": _SLAVIC,
    "cnr-Latn": _SLAVIC,
    "ar": (
        6,
        "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)",
    ),
}
"""How many forms a counted sentence has, and which of them a number takes."""

_PAPER: Final = ("pact_desktop/documents/", "pact_desktop/terms/", "pact_desktop/i18n/formats.py")
_CARD: Final = ("pact_desktop/documents/patient_card.py",)
_NOT_ON_PAPER: Final = "pact_desktop/terms/records.py"


def extract_template(root: Path) -> PoCatalog:
    """Every text of the program, in one order; `root` is the checkout."""
    mappings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    methods = [(m["pattern"], m["method"]) for m in mappings["tool"]["babel"]["mappings"]]
    template = PoCatalog(fuzzy=False)
    for path, _, message, comments, context in sorted(
        extract_from_dir(
            root,
            method_map=methods,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            directory_filter=lambda folder: Path(folder).name not in {"_shipped", ".venv"},
        ),
        key=lambda found: (found[0], found[1]),
    ):
        place = Path(path).as_posix()
        template.add(message, None, [(place, 0)], auto_comments=comments, context=context)
    for entry in template:
        entry.locations = sorted(set(entry.locations))
    return template


def needed(message: PoMessage, tag: str) -> bool:
    """Whether a language needs this text: the screen all, paper and card only their own."""
    info = LOCALES[tag]
    if info.screen:
        return True
    places = [place for place, _ in message.locations]
    if info.paper:
        return any(place.startswith(_PAPER) and place != _NOT_ON_PAPER for place in places)
    return any(place.startswith(_CARD) for place in places)


def updated(template: PoCatalog, old: PoCatalog | None, tag: str) -> PoCatalog:
    """The catalogue of a language with the texts of today, keeping what was translated."""
    fresh = empty(tag)
    for message in template:
        if not message.id or not needed(message, tag):
            continue
        known = old.get(message.id, message.context) if old is not None else None
        # The same English may have become a counted sentence: then it starts anew.
        same = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
        fresh.add(
            message.id,
            known.string if same and known is not None else None,
            message.locations,
            auto_comments=message.auto_comments,
            user_comments=known.user_comments if same and known is not None else (),
            context=message.context,
        )
    return fresh


def in_latin(cyrillic: PoCatalog, tag: str) -> PoCatalog:
    """A Serbian catalogue in the other script."""
    latin = empty(tag)
    for message in cyrillic:
        if message.id:
            texts = tuple(to_latin(text) for text in texts_of(message))
            latin.add(
                message.id,
                texts if isinstance(message.id, tuple | list) else texts[0] if texts else "",
                message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
            )
    return latin


def empty(tag: str) -> PoCatalog:
    """A catalogue without words that already knows the plural forms of its language."""
    source = io.BytesIO(header_of(tag, NOT_REVIEWED).encode())
    return read_po(source, locale=LOCALES[tag].babel)


def read_catalogue(path: Path, tag: str) -> PoCatalog | None:
    """The catalogue as its translator left it; None when there is none yet."""
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=LOCALES[tag].babel, abort_invalid=True)


def review_of(path: Path) -> str:
    """What a file says about its review; kept whatever else changes."""
    return (reviewer(path.read_bytes()) if path.exists() else "") or NOT_REVIEWED


def header_of(tag: str, review: str) -> str:
    """First entry of a file: language, plural forms and who has read it."""
    count, rule = PLURALS[tag]
    generated = [f"X-Generated-From: {GENERATED[tag]}"] if tag in GENERATED else []
    return _header(
        f"Words of the program, {LOCALES[tag].english_name}.",
        f"Language: {tag.replace('-', '_')}",
        f"Plural-Forms: nplurals={count}; plural={rule};",
        f"X-Review: {review}",
        *generated,
    )


def _header(title: str, *more: str) -> str:
    lines = (
        "Project-Id-Version: PaCT Desktop",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        *more,
    )
    quoted = "\n".join(f'"{line}\\n"' for line in lines)
    return (
        f'# SPDX-License-Identifier: GPL-3.0-or-later\n# {title}\nmsgid ""\nmsgstr ""\n{quoted}\n'
    )


def as_text(catalog: PoCatalog, header: str) -> str:
    """The whole file, sorted."""
    body = io.BytesIO()
    write_po(
        body,
        catalog,
        width=0,
        omit_header=True,
        sort_output=True,
        include_lineno=False,
        ignore_obsolete=True,
    )
    return f"{header}\n{body.getvalue().decode().strip()}\n"


def program_files(root: Path) -> dict[Path, str]:
    """Template and catalogues as they ought to be now; what differs on disk has drifted."""
    folder = root / "translations"
    template = extract_template(root)
    files = {folder / f"{DOMAIN}.pot": as_text(template, _header("Words of the program, English."))}
    made: dict[str, PoCatalog] = {}
    for tag in _in_order(LOCALES):
        path = folder / tag / f"{DOMAIN}.po"
        old = read_catalogue(path, tag)
        made[tag] = (
            in_latin(made[GENERATED[tag]], tag) if tag in GENERATED else updated(template, old, tag)
        )
        files[path] = as_text(made[tag], header_of(tag, review_of(path)))
    return files


def _in_order(tags: Iterable[str]) -> list[str]:
    """Without English, and each generated language after the one it comes from."""
    return sorted((tag for tag in tags if tag != SOURCE), key=lambda tag: (tag in GENERATED, tag))
