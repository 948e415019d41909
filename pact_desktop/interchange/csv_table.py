# SPDX-License-Identifier: GPL-3.0-or-later
"""The one door for text on its way into a table file: no cell of it is ever a formula.

Semicolons, because the office programs of the region read a comma as the decimal sign and would
put a whole line into one cell; a byte order mark, so that they read the letters as UTF-8.
"""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_STARTERS: Final = frozenset("=+-@＝＋－＠")
"""What a spreadsheet takes for the beginning of a formula or a command."""
_GUARD: Final = "'"
_GONE: Final = frozenset({"Cc", "Cf", "Cs"})


def csv_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Every cell is quoted text on one line."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([cell(text) for text in header])
    writer.writerows([cell(text) for text in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def cell(text: str) -> str:
    """The text as a spreadsheet shows it and never runs it; what cannot be seen is left out."""
    composed = unicodedata.normalize("NFC", text)
    spaced = "".join(" " if letter.isspace() else letter for letter in composed)
    seen = "".join(letter for letter in spaced if unicodedata.category(letter) not in _GONE)
    return _GUARD + seen if seen.lstrip()[:1] in _STARTERS else seen
