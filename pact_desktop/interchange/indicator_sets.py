# SPDX-License-Identifier: GPL-3.0-or-later
"""One indicator set from its folder: strict about shape, references and open-view wording."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from pact_desktop.domain.errors import RefusalCode
from pact_desktop.domain.indicators import (
    EnableWhen,
    Indicator,
    IndicatorId,
    IndicatorSet,
    Source,
)
from pact_desktop.interchange.content_files import (
    Document,
    Problem,
    Problems,
    check_folder,
    convert,
    digest_of,
    kept_text,
    read_words,
    read_yaml,
)
from pact_desktop.interchange.indicator_set_cases import check_cases
from pact_desktop.interchange.indicator_set_checks import check_items
from pact_desktop.interchange.indicator_set_files import ItemFile, SetFile, SourceFile

SET_FILE: Final = "set.yaml"

T = TypeVar("T", ItemFile, SourceFile)


def load_indicator_set(folder: Path) -> IndicatorSet:
    """Raises Refusal(SET_INVALID) naming file, line and problem."""
    problems = Problems()
    loaded = _read(folder, problems)
    problems.refuse(RefusalCode.SET_INVALID, folder)
    assert loaded is not None  # noqa: S101 without a problem there is a set
    return loaded


def check_indicator_set(folder: Path) -> list[Problem]:
    """Every problem of the folder, with stale translations and failing cases."""
    problems = Problems()
    loaded = _read(folder, problems)
    if loaded is not None and not problems.blocking:
        check_cases(folder, loaded, problems)
    return problems.found


def _read(folder: Path, problems: Problems) -> IndicatorSet | None:
    document = read_yaml(folder / SET_FILE, problems)
    if document is None:
        return None
    head = convert(document, document.value, SetFile, (), problems)
    if head is None:
        return None
    check_folder(document, folder, head.id, head.version, problems)
    items = _converted(document, head.items, ItemFile, "items", problems)
    sources = _converted(document, head.sources, SourceFile, "sources", problems)
    check_items(document, head, items, {source.code for source in sources}, problems)
    english = {
        key: kept_text(text, document.file, _line(document, head, key), problems)
        for key, text in _words(head, items)
    }
    words = read_words(folder, english, problems)
    content = msgspec.structs.replace(head, items=list(items), sources=list(sources))
    return _as_set(head, items, sources, words, digest_of(content, words))


def _line(document: Document, head: SetFile, key: str) -> int:
    """The line of the item a key belongs to; good enough to find the text by eye."""
    link_id = key.partition(".")[0]
    for position, item in enumerate(head.items):
        if isinstance(item, dict) and item.get("id") == link_id:
            return document.line(("items", position))
    return 1


def _converted(
    document: Document, values: list[Any], shape: type[T], key: str, problems: Problems
) -> list[T]:
    found = (
        convert(document, value, shape, (key, position), problems)
        for position, value in enumerate(values)
    )
    return [value for value in found if value is not None]


def _words(head: SetFile, items: list[ItemFile]) -> Iterator[tuple[str, str]]:
    """Every English text of the set with its key, in the order of the file."""
    yield "title", head.title
    for code, text in head.groups.items():
        yield f"group.{code}", text
    for code, text in head.explanations.items():
        yield f"explanation.{code}", text
    for item in items:
        yield from _words_of(item)


def _words_of(item: ItemFile) -> Iterator[tuple[str, str]]:
    for part in ("full", "short", "about", "not_seen", "ask", "follow_up_title"):
        if text := getattr(item, part):
            yield f"{item.id}.{part}", text
    for number, text in enumerate(item.examples, 1):
        yield f"{item.id}.example.{number}", text


def _as_set(
    head: SetFile,
    items: list[ItemFile],
    sources: list[SourceFile],
    words: dict[str, dict[str, str]],
    digest: str,
) -> IndicatorSet:
    return IndicatorSet(
        set_id=head.id,
        version=head.version,
        status=head.status,
        ratified_by=head.ratified_by,
        publisher=head.publisher,
        date=head.date,
        age=head.age,
        items=tuple(_as_indicator(item) for item in items),
        quick_look=tuple(IndicatorId(link_id) for link_id in head.quick_look),
        sources=tuple(Source(s.code, s.title, s.address, s.read, s.note) for s in sources),
        words=words,
        digest=digest,
    )


def _as_indicator(item: ItemFile) -> Indicator:
    return Indicator(
        link_id=IndicatorId(item.id),
        part=item.part,
        group=item.group,
        domain=item.domain,
        learned_by=item.learned_by,
        role=item.role,
        age=item.age,
        strength=item.strength,
        child_strength=item.child_strength,
        basis=item.basis,
        elements=item.elements,
        exploitation=item.exploitation,
        explanations=item.explanations,
        sources=item.sources,
        from_memory=item.from_memory,
        urgent=item.urgent,
        concern_when=item.concern_when,
        enable_when=tuple(EnableWhen(IndicatorId(c.question), c.answer) for c in item.enable_when),
        lowers_domains=item.lowers_domains,
    )
