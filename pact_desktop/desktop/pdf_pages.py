# SPDX-License-Identifier: GPL-3.0-or-later
"""Pages of a PDF in memory as pictures, for the screen and for the printer.

Each page is drawn for itself, so nobody waits long for the reader.
"""

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

from pact_desktop.documents.copy_mark import PDF_READER


def page_count(pdf: bytes) -> int:
    with PDF_READER, pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def page_size(pdf: bytes) -> QSizeF:
    """Size of the first page in points."""
    with PDF_READER, pypdfium2.PdfDocument(pdf) as document:
        return QSizeF(*document[0].get_size())


def page_image(pdf: bytes, number: int, scale: float) -> QImage:
    """One page, counted from 0, as a picture with `scale` pixels to a point."""
    with PDF_READER, pypdfium2.PdfDocument(pdf) as document:
        bitmap = document[number].render(scale=scale, rev_byteorder=True)
        form = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}.get(
            bitmap.n_channels, QImage.Format.Format_RGBA8888
        )
        shown = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form)
        # The picture must outlive the bitmap it was made from.
        return shown.copy()


def page_images(pdf: bytes, scale: float) -> list[QImage]:
    return [page_image(pdf, number, scale) for number in range(page_count(pdf))]
