# SPDX-License-Identifier: GPL-3.0-or-later
"""Guidance from its folder: sections of keyed lines with their words in every language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec

from pact_desktop.domain.errors import RefusalCode
from pact_desktop.domain.guidance import Guidance
from pact_desktop.domain.indicators import Source
from pact_desktop.interchange.content_files import (
    Document,
    Problem,
    Problems,
    check_folder,
    convert,
    digest_of,
    kept_text,
    read_reviewers,
    read_words,
    read_yaml,
)
from pact_desktop.interchange.indicator_set_files import Code, SourceFile, Status, Version, Words

GUIDANCE_FILE: Final = "guidance.yaml"

Key = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)*$", max_length=80)]


class LineFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One line: what to do or say, a detail under it, and what it leans on."""

    key: Key
    text: Words
    detail: str = ""
    sources: tuple[Code, ...] = ()


class GuidanceFile(msgspec.Struct, forbid_unknown_fields=True, frozen=True, kw_only=True):
    """The head of `guidance.yaml`; lines and sources are converted one by one."""

    id: Code
    version: Version
    status: Status
    ratified_by: str
    publisher: Words
    date: date
    sources: list[Any]
    sections: dict[Key, list[Any]]


def load_guidance(folder: Path) -> Guidance:
    """Raises Refusal(SET_INVALID) naming file, line and problem."""
    problems = Problems()
    loaded = _read(folder, problems)
    problems.refuse(RefusalCode.SET_INVALID, folder)
    assert loaded is not None  # noqa: S101 without a problem there is guidance
    return loaded


def check_guidance(folder: Path) -> list[Problem]:
    """Every problem of the folder."""
    problems = Problems()
    _read(folder, problems)
    return problems.found


def _read(folder: Path, problems: Problems) -> Guidance | None:
    document = read_yaml(folder / GUIDANCE_FILE, problems)
    if document is None:
        return None
    head = convert(document, document.value, GuidanceFile, (), problems)
    if head is None:
        return None
    check_folder(document, folder, head.id, head.version, problems)
    sources = [
        source
        for position, value in enumerate(head.sources)
        if (source := convert(document, value, SourceFile, ("sources", position), problems))
    ]
    sections = {
        section: _lines(document, section, values, problems)
        for section, values in head.sections.items()
    }
    _check_lines(document, sections, {source.code for source in sources}, problems)
    english = {key: kept_text(text, document.file, 1, problems) for key, text in _words(sections)}
    words = read_words(folder, english, problems)
    content = (msgspec.structs.replace(head, sources=[], sections={}), sources, sections)
    loaded = _as_guidance(head, sources, sections, words, digest_of(content, words))
    return replace(loaded, reviewed_by=read_reviewers(folder))


def _lines(
    document: Document, section: str, values: list[Any], problems: Problems
) -> list[LineFile]:
    found = (
        convert(document, value, LineFile, ("sections", section, position), problems)
        for position, value in enumerate(values)
    )
    return [value for value in found if value is not None]


def _check_lines(
    document: Document,
    sections: dict[str, list[LineFile]],
    source_codes: set[str],
    problems: Problems,
) -> None:
    seen: set[str] = set()
    for section, lines in sections.items():
        for position, line in enumerate(lines):
            number = document.line(("sections", section, position))
            if line.key in seen:
                problems.add(document.file, number, f"the key “{line.key}” stands twice")
            seen.add(line.key)
            for code in set(line.sources) - source_codes:
                problems.add(document.file, number, f"{line.key}: unknown source “{code}”")


def _words(sections: dict[str, list[LineFile]]) -> Iterator[tuple[str, str]]:
    for lines in sections.values():
        for line in lines:
            yield line.key, line.text
            if line.detail:
                yield f"{line.key}.detail", line.detail


def _as_guidance(
    head: GuidanceFile,
    sources: list[SourceFile],
    sections: dict[str, list[LineFile]],
    words: dict[str, dict[str, str]],
    digest: str,
) -> Guidance:
    return Guidance(
        guidance_id=head.id,
        version=head.version,
        status=head.status,
        ratified_by=head.ratified_by,
        publisher=head.publisher,
        date=head.date,
        sections={code: tuple(line.key for line in lines) for code, lines in sections.items()},
        sources=tuple(Source(s.code, s.title, s.address, s.read, s.note) for s in sources),
        source_of={line.key: line.sources for lines in sections.values() for line in lines},
        words=words,
        digest=digest,
    )
