# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the translatable strings out of a Qt form, as a Babel extraction method."""

from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any, Final
from xml.parsers.expat import ParserCreate

Extracted = tuple[int, str, tuple[str, str], list[str]]
"""Line, function, (context, text) and notes for the translator, as Babel wants them."""

_TRANSLATABLE: Final = "string"


def extract(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],
    options: Mapping[str, Any],
) -> Iterator[Extracted]:
    """Each `<string>` of the form, unless it says `notr="true"`.

    The context is the form's class: Qt hands it over when it asks for the translation.
    """
    del keywords, comment_tags, options
    form = _Form()
    form.read(fileobj)
    for line, text, notes in form.found:
        yield line, "pgettext", (form.name, text), notes


class _Form:
    """What is collected while the parser runs; expat is the parser that knows line numbers."""

    def __init__(self) -> None:
        self.name = ""
        self.found: list[tuple[int, str, list[str]]] = []
        self._parser = ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._attributes: dict[str, str] = {}
        self._parts: list[str] | None = None
        self._line = 0

    def read(self, fileobj: IO[bytes]) -> None:
        self._parser.ParseFile(fileobj)

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        if element == _TRANSLATABLE or (element == "class" and not self.name):
            self._attributes = attributes
            self._parts = []
            self._line = self._parser.CurrentLineNumber

    def _text(self, text: str) -> None:
        if self._parts is not None:
            self._parts.append(text)

    def _end(self, element: str) -> None:
        if self._parts is None or element not in {_TRANSLATABLE, "class"}:
            return
        text, self._parts = "".join(self._parts), None
        if element == "class":
            self.name = text.strip()
        elif text.strip() and self._attributes.get("notr") != "true":
            note = self._attributes.get("extracomment") or self._attributes.get("comment")
            self.found.append((self._line, text, [f"Translators: {note}"] if note else []))
