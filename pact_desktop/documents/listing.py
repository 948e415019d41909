# SPDX-License-Identifier: GPL-3.0-or-later
"""A list with columns on paper: a heading, then rows that are never divided over two pages."""

from collections.abc import Iterable, Sequence
from typing import Final

from reportlab.platypus import Flowable

from pact_desktop.documents.layout import HAIR, Columns, Rule
from pact_desktop.documents.pages import Paper
from pact_desktop.documents.styles import BODY, LABEL

_GAP: Final = 10.0
_ROW: Final = BODY.but(size=8.4, leading=11.4)
_GREY: Final = 0.8


def listing(
    paper: Paper, shares: Sequence[float], heading: Sequence[str], rows: Iterable[Sequence[str]]
) -> list[Flowable]:
    """`shares` are the widths of the columns in relation to each other; `heading` may be empty."""
    head = [[paper.words(words, LABEL)] for words in heading]
    story: list[Flowable] = [Columns(head, shares, gap=_GAP)] if head else []
    story.append(Rule(above=2, below=4, grey=0.2))
    for row in rows:
        cells = [[paper.typed(text, _ROW)] for text in row]
        story += [
            Columns(cells, shares, gap=_GAP),
            Rule(above=2, below=3, thickness=HAIR, grey=_GREY, keep=False),
        ]
    return story
