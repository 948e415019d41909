# SPDX-License-Identifier: GPL-3.0-or-later
"""One tool for translators: what is missing in a language out, finished sentences in.

Serves the program's catalogues and the words of content folders alike; `dev.py translate` runs it.
"""

import argparse
import io
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from babel.messages import Message as PoMessage
from babel.messages.pofile import read_po, write_po

from pact_desktop.domain.errors import PactError
from pact_desktop.i18n.catalog import DOMAIN, placeholders_agree, sources_of, texts_of
from pact_desktop.i18n.locales import LOCALES, SOURCE
from pact_desktop.interchange.catalogue_files import (
    GENERATED,
    PLURALS,
    as_text,
    header_of,
    program_files,
    read_catalogue,
    review_of,
)
from pact_desktop.interchange.templates import texts_for, write_template

Entry = dict[str, Any]
"""One text as the JSON has it: file, context, id, plural, note, and text or texts."""

_CONTENT: Final = "indicator_sets"
_LONGEST_NUMBER: Final = 200


def update(root: Path) -> list[Path]:
    """Bring template and catalogues up to date; the files that changed."""
    changed = drift(root)
    for path, text in program_files(root).items():
        if path in changed:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return changed


def drift(root: Path) -> list[Path]:
    """Catalogue files that do not say what the source says now."""
    return [
        path
        for path, text in program_files(root).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def missing(root: Path, tag: str) -> list[Entry]:
    """Every text that still has no words in this language, program first, then content."""
    return [*_missing_program(root, tag), *_missing_content(root, tag)]


def _missing_program(root: Path, tag: str) -> Iterator[Entry]:
    path = _program_file(root, tag)
    for message in read_catalogue(path, tag) or ():
        if message.id and not all(texts_of(message) or ("",)):
            yield _entry(path.relative_to(root), message, tag)


def _missing_content(root: Path, tag: str) -> Iterator[Entry]:
    """A sentence that several sets share is listed once; filling it fills them all."""
    listed = set()
    for folder in content_folders(root):
        path = folder / "texts" / f"{tag}.po"
        done = _translated(path)
        for key, english in texts_for(folder, tag).items():
            if done.get(key) != english and (key, english) not in listed:
                listed.add((key, english))
                yield {
                    "file": path.relative_to(root).as_posix(),
                    "context": key,
                    "id": english,
                    "plural": None,
                    "note": "",
                    "text": "",
                }


def _translated(path: Path) -> dict[str, str]:
    """Context and English of what a content file has words for."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            str(message.context): str(message.id)
            for message in read_po(file)
            if message.id and message.string and not message.fuzzy
        }


def content_folders(root: Path) -> list[Path]:
    """Folders of one version each that hold words of a panel."""
    kinds = ("set.yaml", "pack.yaml", "guidance.yaml")
    return sorted(path.parent for kind in kinds for path in (root / _CONTENT).rglob(kind))


def _entry(file: Path, message: PoMessage, tag: str) -> Entry:
    sources = sources_of(message)
    entry: Entry = {
        "file": file.as_posix(),
        "context": message.context,
        "id": sources[0],
        "plural": sources[1] if len(sources) > 1 else None,
        "note": " ".join(message.auto_comments),
    }
    if len(sources) > 1:
        return entry | {"texts": [""] * PLURALS[tag][0], "texts_are_for": _examples(tag)}
    return entry | {"text": ""}


def _examples(tag: str) -> list[str]:
    """Some numbers for each plural form, so that nobody has to read the rule."""
    source = io.BytesIO(header_of(tag, "").encode())
    rule = read_po(source).plural_expr
    count = PLURALS[tag][0]
    form_of = _plural_rule(rule)
    numbers: list[list[str]] = [[] for _ in range(count)]
    for number in range(_LONGEST_NUMBER):
        form = form_of(number)
        if len(numbers[form]) < 4:  # noqa: PLR2004 enough to recognise the form
            numbers[form].append(str(number))
    return [", ".join(found) for found in numbers]


def _plural_rule(rule: str) -> Any:  # noqa: ANN401 the standard library's own untyped function
    from gettext import c2py  # noqa: PLC0415 not in its public list, so kept in one place

    return c2py(rule)


def fill(root: Path, tag: str, entries: Sequence[Entry]) -> list[str]:
    """Put finished sentences into their files; what was wrong with the ones left out."""
    ours = [entry for entry in entries if not _is_content(entry)]
    theirs = [entry for entry in entries if _is_content(entry)]
    return [
        *(_fill_program(root, tag, ours) if ours else []),
        *(_fill_content(root, tag, theirs) if theirs else []),
    ]


def _is_content(entry: Entry) -> bool:
    return str(entry.get("file", "")).startswith(f"{_CONTENT}/")


def _fill_program(root: Path, tag: str, entries: Sequence[Entry]) -> list[str]:
    path = _program_file(root, tag)
    catalog = read_catalogue(path, tag)
    if catalog is None:
        return ["no catalogue yet; run `python dev.py translate` first"]
    problems = []
    for entry in entries:
        message = catalog.get(entry.get("id", ""), entry.get("context"))
        texts = _given(entry)
        problem = _problem(message, texts, PLURALS[tag][0])
        if problem:
            problems.append(f"{entry.get('id', '')!r}: {problem}")
        elif message is not None:
            message.string = texts if isinstance(message.id, tuple | list) else texts[0]
    path.write_text(
        as_text(catalog, header_of(tag, review_of(path))), encoding="utf-8", newline="\n"
    )
    return problems


def _fill_content(root: Path, tag: str, entries: Sequence[Entry]) -> list[str]:
    problems: dict[str, str] = {}
    given = {(str(entry.get("context")), str(entry.get("id"))): entry for entry in entries}
    unknown = set(given)
    for folder in content_folders(root):
        here = given.keys() & set(texts_for(folder, tag).items())
        unknown -= here
        if here:
            problems |= _fill_folder(folder, tag, {key: given[key, text] for key, text in here})
    problems |= {key: "no such text any more" for key, _ in unknown}
    return [f"{key}: {problem}" for key, problem in problems.items()]


def _fill_folder(folder: Path, tag: str, given: dict[str, Entry]) -> dict[str, str]:
    path = write_template(folder, tag)
    with path.open("rb") as file:
        catalog = read_po(file)
    problems = {}
    for message in catalog:
        if message.id and message.context in given:
            texts = _given(given[message.context])
            if problem := _problem(message, texts, 1):
                problems[message.context] = problem
            else:
                message.string = texts[0]
                message.flags.discard("fuzzy")
    with path.open("wb") as target:
        write_po(target, catalog)
    # Once more, so that the file has the form that its own writer gives it.
    write_template(folder, tag)
    return problems


def _given(entry: Entry) -> tuple[str, ...]:
    texts = entry.get("texts") or [entry.get("text", "")]
    return tuple(str(text).strip() for text in texts)


def _problem(message: PoMessage | None, texts: tuple[str, ...], plural_forms: int) -> str:
    """Why a translation cannot be taken; empty when it can."""
    if message is None:
        return "no such text in this file any more"
    sources = sources_of(message)
    wanted = plural_forms if len(sources) > 1 else 1
    if len(texts) != wanted:
        return f"{wanted} texts are needed, {len(texts)} given"
    if not all(texts):
        return "a text is empty"
    if not placeholders_agree(sources, texts):
        return "placeholders in braces differ from the English"
    return ""


def _program_file(root: Path, tag: str) -> Path:
    return root / "translations" / tag / f"{DOMAIN}.po"


def main(arguments: Sequence[str], root: Path) -> int:
    """The command behind `dev.py translate`; 0 when all is well."""
    chosen = _parser().parse_args(arguments)
    try:
        if chosen.missing:
            _write(json.dumps(missing(root, chosen.missing), ensure_ascii=False, indent=1))
            return 0
        if chosen.fill:
            return _fill(root, *chosen.fill)
        if chosen.check:
            return _report(
                root, drift(root), "differs from the source; run `python dev.py translate`", 1
            )
        return _report(root, update(root), "brought up to date", 0)
    except PactError as error:
        _write(f"A content folder cannot be read: {error.code} {error.facts}")
        return 1


def _parser() -> argparse.ArgumentParser:
    languages = [tag for tag in LOCALES if tag != SOURCE and tag not in GENERATED]
    parser = argparse.ArgumentParser(
        prog="dev.py translate",
        description="Without options: take the texts out of the source and update the catalogues.",
    )
    parser.add_argument(
        "--missing", choices=languages, help="write what has no words yet to the output, as JSON"
    )
    parser.add_argument(
        "--fill", nargs=2, metavar=("LOCALE", "FILE"), help="put the finished JSON into its files"
    )
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    return parser


def _fill(root: Path, tag: str, file: str) -> int:
    if tag not in LOCALES or tag in GENERATED or tag == SOURCE:
        _write(f"{tag} is no language that is translated by hand")
        return 1
    entries = json.loads(Path(file).read_text(encoding="utf-8"))
    problems = fill(root, tag, entries)
    update(root)
    for problem in problems:
        _write(f"left out: {problem}")
    _write(f"{len(entries) - len(problems)} of {len(entries)} texts put into {tag}")
    return 1 if problems else 0


def _report(root: Path, paths: Sequence[Path], what: str, status: int) -> int:
    for path in paths:
        _write(f"{path.relative_to(root).as_posix()}: {what}")
    return status if paths else 0


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], Path.cwd()))
