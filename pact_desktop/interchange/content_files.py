# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading what a panel wrote: YAML and po files, with every problem found at its file and line."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec
import yaml
from babel.messages.pofile import PoFileError, read_po

from pact_desktop.domain.errors import Refusal, RefusalCode
from pact_desktop.domain.text import clean
from pact_desktop.i18n.serbian import to_latin

FILE_LIMIT: Final = 1024 * 1024
"""Longest file in bytes that is read at all."""
VALUE_LIMIT: Final = 50_000
DEPTH_LIMIT: Final = 12
TEXT_LIMIT: Final = 600
PROBLEM_LIMIT: Final = 200

GENERATED: Final = "sr-Latn"
"""Made from `sr-Cyrl` letter by letter where nobody wrote it (decisions.md section 4)."""

NOT_REVIEWED: Final = "nobody yet."
"""What the head of a text file says until a native clinician has read it."""

_REVIEWED: Final = re.compile(rb"^# Reviewed by: (.+)$", re.MULTILINE)
_LOCALE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?")
_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_PLAIN_TAGS: Final = {None, "tag:yaml.org,2002:str", "!"}

Place = tuple[str | int, ...]
"""Where a value stands in a file: keys and positions from the top."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a content file, said so that its author can mend it."""

    file: str
    line: int
    text: str
    blocking: bool = True
    """False for a translation that is left out while the rest can be used."""

    def as_line(self) -> str:
        """The problem as one line for a list, the place first."""
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(slots=True)
class Problems:
    """What was found so far while reading one folder."""

    found: list[Problem] = field(default_factory=list)

    def add(self, file: str, line: int, text: str, *, blocking: bool = True) -> None:
        if len(self.found) < PROBLEM_LIMIT:
            self.found.append(Problem(file, line, text, blocking))

    @property
    def blocking(self) -> list[Problem]:
        return [problem for problem in self.found if problem.blocking]

    def refuse(self, code: RefusalCode, folder: Path) -> None:
        """Raises Refusal naming the first blocking problem, when there is one.

        `folder` is that of the version, so that of files with one name the right one is found.
        """
        if self.blocking:
            first = self.blocking[0]
            raise Refusal(
                code,
                file=f"{folder.parent.name}/{folder.name}/{first.file}:{first.line}",
                line=first.line,
                problem=first.text,
                count=len(self.blocking),
            )


@dataclass(frozen=True, slots=True)
class Document:
    """A read YAML file: plain values, and the line on which each of them stands."""

    file: str
    value: Mapping[str, Any]
    lines: Mapping[Place, int] = field(repr=False)

    def line(self, place: Place) -> int:
        """The line of a place, or of the nearest place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


class _Unreadable(Exception):  # noqa: N818 caught in this module, never seen outside
    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line
        self.text = text


def read_yaml(path: Path, problems: Problems) -> Document | None:
    """The file as plain values, or None with the reason among the problems."""
    data = read_bytes(path, problems)
    if data is None:
        return None
    builder = _Builder()
    try:
        value = builder.build(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.add(path.name, 1, "the file is not UTF-8 text")
    except _Unreadable as error:
        problems.add(path.name, error.line, error.text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problems.add(path.name, mark.line + 1 if mark else 1, f"not YAML: {error.problem}")
    except yaml.YAMLError:
        problems.add(path.name, 1, "not YAML: a character is not allowed")
    else:
        if isinstance(value, dict):
            return Document(path.name, value, builder.lines)
        problems.add(path.name, 1, "the file must hold keys and values")
    return None


def read_bytes(path: Path, problems: Problems) -> bytes | None:
    """The file's bytes, unless it is missing, unreadable or far too long."""
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_LIMIT + 1)
    except OSError:
        problems.add(path.name, 1, "the file cannot be read")
        return None
    if len(data) > FILE_LIMIT:
        problems.add(path.name, 1, f"the file is longer than {FILE_LIMIT} bytes")
        return None
    return data


class _Builder:
    """Plain values from YAML events; refuses what a content file never needs.

    YAML's own loader turns `no` into false, follows aliases without end and forgets lines.
    """

    def __init__(self) -> None:
        self.lines: dict[Place, int] = {}
        self._values = 0

    def build(self, text: str) -> object:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        events = iter(yaml.parse(text, Loader=loader))
        next(events)
        if not isinstance(next(events), yaml.DocumentStartEvent):
            return None
        value = self._value(next(events), events, ())
        next(events)
        following = next(events)
        if not isinstance(following, yaml.StreamEndEvent):
            raise _Unreadable(_line(following), "only one document is allowed in a file")
        return value

    def _value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Place) -> object:
        self._values += 1
        self.lines[place] = _line(event)
        if self._values > VALUE_LIMIT:
            raise _Unreadable(_line(event), f"more than {VALUE_LIMIT} values")
        if len(place) > DEPTH_LIMIT:
            raise _Unreadable(_line(event), f"nested deeper than {DEPTH_LIMIT} levels")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Unreadable(_line(event), "anchors and aliases (& and *) are not allowed")
        if isinstance(event, yaml.ScalarEvent):
            return _scalar(event)
        if getattr(event, "tag", None) not in _PLAIN_TAGS:
            raise _Unreadable(_line(event), "tags (!) are not allowed")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place)
        return self._mapping(events, place)

    def _sequence(self, events: Iterator[yaml.Event], place: Place) -> list[object]:
        values: list[object] = []
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            values.append(self._value(event, events, (*place, len(values))))
        return values

    def _mapping(self, events: Iterator[yaml.Event], place: Place) -> dict[str, object]:
        values: dict[str, object] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _Unreadable(_line(event), "a key must be a plain word")
            key = event.value
            if key in values:
                raise _Unreadable(_line(event), f"the key “{key[:40]}” stands here twice")
            values[key] = self._value(next(events), events, (*place, key))
            self.lines[(*place, key)] = _line(event)
        return values


def _scalar(event: yaml.ScalarEvent) -> object:
    """Text, except unquoted true, false, whole numbers and nothing; `yes` and `no` stay words."""
    if event.tag not in _PLAIN_TAGS:
        raise _Unreadable(_line(event), "tags (!) are not allowed")
    text = str(event.value)
    if event.style is None or event.style == "":
        if text in {"true", "false"}:
            return text == "true"
        if text in {"", "~", "null"}:
            return None
        if _WHOLE_NUMBER.fullmatch(text):
            return int(text)
    return text


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return 1 if mark is None else int(mark.line) + 1


def convert(
    document: Document, value: object, shape: type[T], place: Place, problems: Problems
) -> T | None:
    """A value as a msgspec Struct; each field that does not fit is a problem of its own."""
    if not isinstance(value, Mapping):
        problems.add(document.file, document.line(place), "keys and values are expected here")
        return None
    fields = {known.name: known for known in msgspec.structs.fields(shape)}  # type: ignore[arg-type]  # T is a Struct here
    before = len(problems.found)
    for key in value:
        if key not in fields:
            problems.add(document.file, document.line((*place, key)), f"unknown key “{key[:40]}”")
    converted: dict[str, object] = {}
    for name, known in fields.items():
        if name in value:
            try:
                converted[name] = msgspec.convert(value[name], known.type)
            except msgspec.ValidationError as error:
                line = document.line((*place, name))
                problems.add(document.file, line, f"{name}: {_without_quotes(error)}")
        elif known.required:
            problems.add(document.file, document.line(place), f"“{name}” is missing")
    return shape(**converted) if len(problems.found) == before else None


def _without_quotes(error: msgspec.ValidationError) -> str:
    return str(error).replace("`", "")[:200]


def read_words(
    folder: Path, english: Mapping[str, str], problems: Problems
) -> dict[str, dict[str, str]]:
    """Locale -> key -> text from `texts/*.po`, with the English words under `en`.

    A translation of other English words than today's is left out and reported.
    """
    words = {"en": dict(english)}
    for path in sorted((folder / "texts").glob("*.po")):
        file = f"texts/{path.name}"
        try:
            check_locale(path.stem)
        except Refusal:
            problems.add(file, 1, "the file name must be a language such as mk.po or sr-Cyrl.po")
            continue
        if found := _translations(path, file, english, problems):
            words[path.stem] = found
    if "sr-Cyrl" in words:
        words[GENERATED] = {**_in_latin(words["sr-Cyrl"]), **words.get(GENERATED, {})}
    return words


def read_reviewers(folder: Path) -> dict[str, str]:
    """Locale -> who read its words; nobody stands there while nobody has."""
    found = {}
    for path in sorted((folder / "texts").glob("*.po")):
        said = _REVIEWED.search(read_bytes(path, Problems()) or b"")
        who = said[1].decode("utf-8", errors="replace").strip() if said else NOT_REVIEWED
        if who != NOT_REVIEWED:
            found[path.stem] = who
    if "sr-Cyrl" in found:
        found.setdefault(GENERATED, found["sr-Cyrl"])
    return found


def _in_latin(cyrillic: Mapping[str, str]) -> dict[str, str]:
    return {key: to_latin(text) for key, text in cyrillic.items()}


def check_locale(locale: str) -> None:
    """Raises Refusal(LANGUAGE_NOT_OFFERED) for what no translator writes."""
    if not _LOCALE.fullmatch(locale) or locale == "en":
        raise Refusal(RefusalCode.LANGUAGE_NOT_OFFERED, language=locale[:20])


def _translations(
    path: Path, file: str, english: Mapping[str, str], problems: Problems
) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, source, text, line in read_translations(path, file, problems):
        if key not in english:
            problems.add(file, line, f"unknown key “{key[:60]}”", blocking=False)
        elif source != english[key]:
            problems.add(file, line, f"{key}: the English words changed since", blocking=False)
        elif (kept := kept_text(text, file, line, problems)) and text:
            found[key] = kept
    return found


def read_translations(path: Path, file: str, problems: Problems) -> list[tuple[str, str, str, int]]:
    """Key, English, translation and line of each finished entry of a po file."""
    data = read_bytes(path, problems)
    if data is None:
        return []
    try:
        catalog = read_po(BytesIO(data), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError):
        problems.add(file, 1, "the file is not a readable po catalogue")
        return []
    return [
        (message.context or "", message.id, message.string, message.lineno or 1)
        for message in catalog
        if message.id
        and not message.fuzzy
        and isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.string
    ]


def kept_text(text: str, file: str, line: int, problems: Problems) -> str:
    """The text without control characters, or a problem when it is too long."""
    try:
        return clean(text, field="text", limit=TEXT_LIMIT, lines=True)
    except Refusal:
        problems.add(file, line, f"a text is longer than {TEXT_LIMIT} characters")
        return ""


def digest_of(content: object, words: Mapping[str, Mapping[str, str]]) -> str:
    """SHA-256 over the canonical form of content and words, whatever the files look like.

    Words made by the program are left out, so that mending it does not change what was published.
    """
    written = {locale: dict(texts) for locale, texts in words.items()}
    for key, text in _in_latin(words.get("sr-Cyrl", {})).items():
        if written.get(GENERATED, {}).get(key) == text:
            del written[GENERATED][key]
    written = {locale: texts for locale, texts in written.items() if texts}
    canonical = msgspec.json.encode({"content": content, "words": written}, order="deterministic")
    return hashlib.sha256(canonical).hexdigest()


def check_folder(
    document: Document, folder: Path, own_id: str, version: str, problems: Problems
) -> None:
    """The folder must be named after the version, its parent after the id."""
    if folder.name != version:
        problems.add(
            document.file,
            document.line(("version",)),
            f"version {version} stands in the folder {folder.name}",
        )
    if folder.parent.name != own_id:
        problems.add(
            document.file,
            document.line(("id",)),
            f"id {own_id} stands in the folder {folder.parent.name}",
        )
