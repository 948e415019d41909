# SPDX-License-Identifier: GPL-3.0-or-later
"""A paper that left is printed again as it was, with a mark that says so on every page.

The kept pages are not drawn again: only the mark is laid over them, so no later record, word or
layout can change what they say.
"""

import io
from datetime import date
from threading import Lock
from typing import Final

import pypdfium2
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from pact_desktop.documents.fonts import FONT_NAME, drawing, paper_font
from pact_desktop.documents.pages import MARGIN, Paper, Size, draw_mark
from pact_desktop.i18n.catalog import Catalog
from pact_desktop.i18n.formats import format_date

PDF_READER: Final = Lock()
"""pypdfium2 is for one thread at a time; whoever uses it holds this, and never for long."""


def marked_as_copy(pdf: bytes, catalog: Catalog, printed_on: date) -> bytes:
    """The same pages with the mark, in the language of the catalogue."""
    # Translators: at the head of a form that is printed again exactly as it was sent.
    said = catalog.gettext("Copy, printed again on {date}")
    words = said.format(date=format_date(printed_on, catalog.locale))
    with PDF_READER, pypdfium2.PdfDocument(pdf) as document:
        sizes = [page.get_size() for page in document]
        with pypdfium2.PdfDocument(_marks(sizes, catalog, words)) as marks:
            for number, page in enumerate(document):
                page.insert_obj(marks.page_as_xobject(number, document).as_pageobject())
                page.gen_content()
            made = io.BytesIO()
            document.save(made)
    return made.getvalue()


def _marks(sizes: list[Size], catalog: Catalog, words: str) -> bytes:
    """Pages of these sizes with nothing on them but the mark."""
    buffer = io.BytesIO()
    with drawing:
        paper_font("bold")
        rl_config.canvas_basefontname = FONT_NAME["bold"]
        canvas = Canvas(buffer, invariant=1)
        for size in sizes:
            canvas.setPageSize(size)
            draw_mark(canvas, Paper(catalog), words, size, MARGIN, at_end=True)
            canvas.showPage()
        canvas.save()
    return buffer.getvalue()
