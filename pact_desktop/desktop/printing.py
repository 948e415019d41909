# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts a PDF from memory onto paper, or into a file the user chooses; no temporary file."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMarginsF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from pact_desktop.desktop.widgets.pdf_view import page_images
from pact_desktop.domain.errors import Fault, FaultCode

DPI: Final = 300
_POINTS_PER_INCH: Final = 72


def printer_names() -> list[str]:
    """Printers of this computer, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(QPrinterInfo.availablePrinterNames(), key=lambda name: (name != usual, name))


def print_pdf(pdf: bytes, printer_name: str, *, job_name: str, copies: int = 1) -> None:
    """Prints at 300 dpi; the job name shows in the queue, so it says nothing about anybody.

    Raises Fault(PRINTER_FAILED).
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
    draw_pages(pdf, printer)


def draw_pages(pdf: bytes, printer: QPrinter) -> None:
    """Draws every page onto the printer; raises Fault(PRINTER_FAILED)."""
    painter = QPainter()
    if not painter.begin(printer):
        raise Fault(FaultCode.PRINTER_FAILED)
    for number, image in enumerate(page_images(pdf, DPI / _POINTS_PER_INCH)):
        if number and not printer.newPage():
            painter.end()
            raise Fault(FaultCode.PRINTER_FAILED)
        # At its own size: a small card stays small on a large sheet.
        dots = printer.resolution() / DPI
        painter.drawImage(QRectF(0, 0, image.width() * dots, image.height() * dots), image)
    if not painter.end():
        raise Fault(FaultCode.PRINTER_FAILED)


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
