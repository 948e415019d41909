# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows a PDF from memory as pages one below the other; nothing is written to disk."""

from typing import Final

import pypdfium2
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets.cards import ScrollPage

_POINTS_PER_MM: Final = 72 / 25.4
PRINT_DPI: Final = 300


def page_images(pdf: bytes, scale: float) -> list[QImage]:
    """The pages as pictures, `scale` pixels to a point."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_image(page, scale) for page in document]
    finally:
        document.close()


def _image(page: pypdfium2.PdfPage, scale: float) -> QImage:
    bitmap = page.render(scale=scale, rev_byteorder=True)
    form = {1: QImage.Format.Format_Grayscale8, 3: QImage.Format.Format_RGB888}.get(
        bitmap.n_channels, QImage.Format.Format_RGBA8888
    )
    shown = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, form)
    # The picture must outlive the bitmap it was made from.
    return shown.copy()


class _Pages(QWidget):
    """Paints the pages with a border between them."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def relayout(self) -> None:
        gap = theme.space("m")
        height = gap + sum(self._height(image) + gap for image in self.images)
        self.setMinimumHeight(round(height))
        self.update()

    def _height(self, image: QImage) -> float:
        width = self.width() - 2 * theme.space("m")
        return width * image.height() / max(image.width(), 1)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(360), self.minimumHeight())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.relayout()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        gap, top = theme.space("m"), float(theme.space("m"))
        for image in self.images:
            area = QRectF(gap, top, self.width() - 2 * gap, self._height(image))
            if area.intersects(QRectF(event.rect())):
                painter.drawImage(area, image)
                painting.box(painter, area, None, theme.colour("line"), corner=0)
            top = area.bottom() + gap


class PdfView(QWidget):
    """A page preview as wide as the room it has."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pdf = b""
        self._drawn_width = 0
        self._pages = _Pages()
        self._scroll = ScrollPage()
        self._scroll.setWidget(self._pages)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setProperty("kind", "pages")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.setFocusProxy(self._scroll)

    def show_pdf(self, pdf: bytes) -> None:
        """Shows these pages from the top; raises nothing for an empty document."""
        self._pdf = pdf
        self._drawn_width = 0
        self._draw()
        self._scroll.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Forgets the document; also when the screen is left."""
        self._pdf = b""
        self._pages.images = []
        self._pages.relayout()

    def page_count(self) -> int:
        return len(self._pages.images)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        steps = {
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def _draw(self) -> None:
        """Draws again only when the width changed by much; scaling does for the rest."""
        width = max(self._scroll.viewport().width(), theme.scaled(200))
        if not self._pdf or abs(width - self._drawn_width) < width * 0.15:
            return
        self._drawn_width = width
        scale = width / (210 * _POINTS_PER_MM) * max(self.devicePixelRatioF(), 1) * 1.25
        self._pages.images = page_images(self._pdf, scale)
        self._pages.relayout()
