# SPDX-License-Identifier: GPL-3.0-or-later
"""The frame around every document: size, running lines, page numbers, neutral properties."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, A6
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate
from typing_extensions import override

from pact_desktop.documents.density import ROOMY, Density
from pact_desktop.documents.fonts import FONT_NAME, drawing, paper_font
from pact_desktop.documents.layout import HAIR, LINE_GREY
from pact_desktop.documents.paragraphs import Direction, PlainParagraph, TextStyle
from pact_desktop.documents.printable import has_box, needs_status_note, typed, worded
from pact_desktop.documents.styles import SMALL
from pact_desktop.i18n.catalog import Catalog

Size = tuple[float, float]
SIZE_A4: Final[Size] = A4
SIZE_A6: Final[Size] = A6
MARGIN: Final = 18 * mm
NEUTRAL_TITLE: Final = "Form"
_MARK: Final = TextStyle(9, 11, "bold")
_FOOT_ROOM: Final = 13 * mm
_HEAD_ROOM: Final = 13 * mm


class Paper:
    """Words and typed text on their way to one document; remembers which notes it needs."""

    def __init__(
        self, catalog: Catalog, *, direction: Direction = "ltr", density: Density = ROOMY
    ) -> None:
        self.catalog: Final = catalog
        self.direction: Final = direction
        self.density: Final = density
        self.needs_status_note = False
        self.needs_box_note = False

    @property
    def locale(self) -> str:
        return self.catalog.locale

    def words(self, text: str, style: TextStyle) -> PlainParagraph:
        """A paragraph of the program's own words, already in the language of the paper."""
        return self._paragraph(worded(text), style)

    def typed(self, text: str, style: TextStyle, *, is_name: bool = False) -> PlainParagraph:
        """A paragraph of what a person typed."""
        return self._paragraph(typed(text, is_name=is_name), style)

    def notes(self) -> list[str]:
        """Footnotes that have become necessary, in the language of the paper."""
        gettext = self.catalog.gettext
        found = []
        if self.needs_status_note:
            found.append(
                # Translators: footnote for the name with the asterisk; use the official wording.
                gettext(
                    "* This designation is without prejudice to positions on status, and is in"
                    " line with UNSCR 1244/1999 and the ICJ Opinion on the Kosovo declaration of"
                    " independence."
                )
            )
        if self.needs_box_note:
            found.append(
                # Translators: footnote; the box is printed where a letter could not be printed.
                gettext("□ stands for a character that could not be printed.")
            )
        return found

    def _paragraph(self, text: str, style: TextStyle) -> PlainParagraph:
        self.needs_status_note |= needs_status_note(text)
        self.needs_box_note |= has_box(text)
        shown = self.density.style(style)
        return PlainParagraph(text, shown.but(direction=self.direction))


@dataclass(frozen=True, slots=True)
class PageFrame:
    """What stands around the text of a document."""

    size: Size = SIZE_A4
    margin: float = MARGIN
    handling: str = ""
    """Line at the foot of each page."""
    running: str = ""
    """Line at the head of each page after the first, for example the reference."""
    numbered: bool = True
    preview: bool = False
    mark: str = ""
    """At the head of each page: which version this is, when it is not the first."""
    notes: Sequence[str] = field(default=())


class _NumberedCanvas(Canvas):
    """Keeps finished pages back until it is known how many there are."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 handed on
        finish: Callable[[Canvas, int, int], None],
        **kw: Any,  # noqa: ANN401 handed on
    ) -> None:
        super().__init__(*args, **kw)
        self._finish = finish
        self._kept: list[dict[str, Any]] = []

    @override
    def showPage(self) -> None:
        self._kept.append(dict(self.__dict__))
        self._startPage()  # type: ignore[attr-defined]  # reason: missing in the stub

    @override
    def save(self) -> None:
        for number, state in enumerate(self._kept, 1):
            self.__dict__.update(state)
            self._finish(self, number, len(self._kept))
            super().showPage()
        super().save()


def build(paper: Paper, story: Sequence[Flowable], frame: PageFrame) -> bytes:
    """The document as PDF bytes: the same content gives the same bytes."""
    with drawing:
        paper_font("regular")
        paper_font("bold")
        # The canvas would name Helvetica, which is not embedded, before anything is drawn.
        rl_config.canvas_basefontname = FONT_NAME["regular"]
        notes = _notes(paper, frame)
        buffer = io.BytesIO()
        template = _template(buffer, paper, frame, sum(height for _, height in notes))
        template.build(
            list(story),
            canvasmaker=partial(_NumberedCanvas, finish=partial(_finish, paper, frame, notes)),
        )
        return buffer.getvalue()


def _notes(paper: Paper, frame: PageFrame) -> list[tuple[PlainParagraph, float]]:
    width = frame.size[0] - 2 * frame.margin
    texts = [*frame.notes, *paper.notes()]
    # A note is the reason it stands here: it must not ask for itself again.
    shown = [PlainParagraph(text, SMALL.but(direction=paper.direction)) for text in texts]
    return [(note, note.wrap(width, frame.size[1])[1]) for note in shown]


def _template(
    buffer: io.BytesIO, paper: Paper, frame: PageFrame, notes_height: float
) -> BaseDocTemplate:
    width, height = frame.size
    foot = frame.margin * 0.55 + (_FOOT_ROOM if _has_foot(frame) else 0) + notes_height
    # The first page begins with the letterhead, later ones under the running line.
    places = {"first": frame.margin * 0.7, "later": frame.margin * 0.7 + _HEAD_ROOM * 0.6}
    template = BaseDocTemplate(
        buffer,
        pagesize=frame.size,
        title=NEUTRAL_TITLE,
        author="",
        subject="",
        creator="",
        producer="",
        lang=paper.locale,
        invariant=1,
        pageCompression=1,
    )
    template.addPageTemplates(
        [
            PageTemplate(
                id=name,
                frames=[
                    Frame(
                        frame.margin,
                        foot,
                        width - 2 * frame.margin,
                        height - foot - head,
                        leftPadding=0,
                        rightPadding=0,
                        topPadding=0,
                        bottomPadding=0,
                    )
                ],
                autoNextPageTemplate="later",
                pagesize=frame.size,
            )
            for name, head in places.items()
        ]
    )
    return template


def _has_foot(frame: PageFrame) -> bool:
    return bool(frame.handling) or frame.numbered


def _finish(  # noqa: PLR0917 bound before the canvas is made
    paper: Paper,
    frame: PageFrame,
    notes: Sequence[tuple[PlainParagraph, float]],
    canvas: Canvas,
    number: int,
    count: int,
) -> None:
    """Draws what needs the number of pages, when it is known."""
    canvas.setTitle(NEUTRAL_TITLE)
    canvas.setProducer("")
    width, height = frame.size
    inner = width - 2 * frame.margin
    y = frame.margin * 0.55
    if _has_foot(frame):
        _rule(canvas, frame.margin, y + 9 * mm, inner)
        _draw(canvas, paper, frame.handling, frame.margin, y + 2 * mm, inner * 0.72)
        if frame.numbered:
            # Translators: at the foot of a printed page.
            said = paper.catalog.gettext("Page {page} of {pages}")
            place = frame.margin + inner * 0.72
            said = said.format(page=number, pages=count)
            _draw(canvas, paper, said, place, y + 2 * mm, inner * 0.28, at_end=True)
        y += _FOOT_ROOM
    for note, note_height in reversed(notes):
        note.drawOn(canvas, frame.margin, y)
        y += note_height
    top = height - frame.margin * 0.7
    if frame.running and number > 1:
        _draw(canvas, paper, frame.running, frame.margin, top - 10, inner)
        _rule(canvas, frame.margin, top - 13, inner)
    if frame.mark:
        draw_mark(canvas, paper, frame.mark, frame.size, frame.margin)
    if frame.preview:
        # Translators: on a page shown on screen that was not printed for anybody yet.
        word = paper.catalog.gettext("Preview")
        style = SMALL.but(size=9.0, leading=11.0, grey=0.55, align="centre")
        shown = paper.words(word, style)
        shown.wrap(inner, height)
        shown.drawOn(canvas, frame.margin, height - frame.margin * 0.62)


def draw_mark(
    canvas: Canvas,
    paper: Paper,
    words: str,
    size: Size,
    margin: float,
    *,
    at_end: bool = False,
) -> None:
    """What this paper is, over everything else: black, so that no copier loses it."""
    width = size[0] - 2 * margin
    shown = paper.words(words, _MARK.but(align="end" if at_end else "start"))
    shown.wrap(width, size[1])
    shown.drawOn(canvas, margin, size[1] - margin * 0.62)


def _rule(canvas: Canvas, x: float, y: float, width: float) -> None:
    canvas.saveState()
    canvas.setLineWidth(HAIR)
    canvas.setStrokeGray(LINE_GREY)
    canvas.line(x, y, x + width, y)
    canvas.restoreState()


def _draw(  # noqa: PLR0917 a place on the page
    canvas: Canvas,
    paper: Paper,
    text: str,
    x: float,
    y: float,
    width: float,
    *,
    at_end: bool = False,
) -> None:
    shown = paper.words(text, SMALL.but(align="end" if at_end else "start"))
    height = shown.wrap(width, _FOOT_ROOM)[1]
    # Two lines fit over the edge; the first one keeps its place under the rule.
    shown.drawOn(canvas, x, y + 6 * mm - height)
