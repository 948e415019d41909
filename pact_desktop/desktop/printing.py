# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts a PDF from memory onto paper, or into a file the user chooses; no temporary file."""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRect
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from pact_desktop.desktop.pdf_pages import page_count, page_image
from pact_desktop.domain.errors import Fault, FaultCode

DPI: Final = 300
_POINTS_PER_INCH: Final = 72
_STRIP: Final = 256
"""Rows of pixels that are drawn in one go: about a hundredth of a second."""


def printer_names() -> list[str]:
    """Printers of this computer, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def print_job(
    pdf: bytes, printer_name: str, *, job_name: str, copies: int = 1
) -> Callable[[], None]:
    """What puts the pages on paper at 300 dpi, ready to be called on any thread but the store's.

    It takes about a fifth of a second for a page and raises Fault(PRINTER_FAILED). The job name
    shows in the queue, so it says nothing about anybody.
    """
    printer = QPrinter(QPrinterInfo.printerInfo(printer_name), QPrinter.PrinterMode.HighResolution)
    printer.setResolution(DPI)
    printer.setDocName(job_name)
    printer.setCreator("")
    printer.setCopyCount(copies)
    printer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    printer.setFullPage(True)
    return partial(draw_pages, pdf, printer)


def draw_pages(pdf: bytes, printer: QPrinter) -> None:
    """Draws every page onto the printer; raises Fault(PRINTER_FAILED)."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Fault(FaultCode.PRINTER_FAILED)
    try:
        for number in range(page_count(pdf)):
            if number and not printer.newPage():
                raise Fault(FaultCode.PRINTER_FAILED)
            image = page_image(pdf, number, DPI / _POINTS_PER_INCH)
            _draw_in_strips(painter, image, printer.resolution() / DPI)
    finally:
        ended = painter.end()
    if not ended:
        raise Fault(FaultCode.PRINTER_FAILED)


def _draw_in_strips(painter: QPainter, image: QImage, dots: float) -> None:
    """At its own size: a small card stays small on a large sheet.

    Nothing else of the program runs while Qt draws one picture, so a page is drawn in strips that
    end on whole dots, and the window answers in between.
    """
    for top in range(0, image.height(), _STRIP):
        strip = image.copy(0, top, image.width(), min(_STRIP, image.height() - top))
        above, below = round(top * dots), round((top + strip.height()) * dots)
        painter.drawImage(QRect(0, above, round(image.width() * dots), below - above), strip)


def save_file(data: bytes, path: Path) -> None:
    """Writes for the user's eyes only, all of it or nothing; raises Fault(FILE_NOT_WRITTEN)."""
    part = path.with_name(f"{path.name}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Fault(FaultCode.FILE_NOT_WRITTEN, file=path.name) from error
