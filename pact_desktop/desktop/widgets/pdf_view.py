# SPDX-License-Identifier: GPL-3.0-or-later
"""Shows a PDF from memory as pages one below the other; nothing is written to disk."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.pdf_pages import page_images, page_size
from pact_desktop.desktop.widgets.cards import ScrollPage

_LEAST_WIDTH: Final = 296


class _Pages(QWidget):
    """Paints the pages with a border between them."""

    def __init__(self) -> None:
        super().__init__()
        self.images: list[QImage] = []
        self.widest = 0
        """Pages are no wider than this; 0 gives them all the room."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def relayout(self) -> None:
        gap = theme.space("m")
        height = gap + sum(self._height(image) + gap for image in self.images)
        self.setMinimumHeight(round(height))
        self.update()

    def _width(self) -> int:
        room = self.width() - 2 * theme.space("m")
        return min(room, self.widest) if self.widest else room

    def _height(self, image: QImage) -> float:
        return self._width() * image.height() / max(image.width(), 1)

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
            width = self._width()
            area = QRectF((self.width() - width) / 2, top, width, self._height(image))
            if area.intersects(QRectF(event.rect())):
                painter.drawImage(area, image)
                painting.box(painter, area, None, theme.colour("line"), corner=0)
            top = area.bottom() + gap


class PdfView(QWidget):
    """A page preview as wide as the room it has, or with `whole` so that a page fits into it."""

    def __init__(self, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._pdf, self._whole, self._page = b"", whole, QSizeF()
        self._drawn_width = 0
        self._pages = _Pages()
        self._scroll = ScrollPage()
        self._scroll.setWidget(self._pages)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setProperty("kind", "pages")
        self._scroll.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self.setFocusProxy(self._scroll)

    def show_pdf(self, pdf: bytes) -> None:
        """Shows these pages from the top; raises nothing for an empty document."""
        self._pdf, self._page = pdf, page_size(pdf) if pdf else QSizeF()
        self._drawn_width = 0
        self._draw()
        self._scroll.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Forgets the document; also when the screen is left."""
        self._pdf = b""
        self._pages.images = []
        self._pages.relayout()

    @override
    def setAccessibleName(self, name: str) -> None:
        """The reader lands on the part that scrolls."""
        super().setAccessibleName(name)
        self._scroll.setAccessibleName(name)

    def page_count(self) -> int:
        return len(self._pages.images)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room of the pages, which follows only after the widget around it has its size."""
        if watched is self._scroll.viewport() and event.type() == QEvent.Type.Resize:
            self._draw()
        return super().eventFilter(watched, event)

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
        if not self._pdf:
            return
        room = max(self._scroll.viewport().width(), theme.scaled(200))
        width = min(room, self._fitting()) if self._whole else room
        self._pages.widest = width if self._whole else 0
        if abs(width - self._drawn_width) >= width * 0.15:
            self._drawn_width = width
            scale = width / self._page.width() * max(self.devicePixelRatioF(), 1) * 1.25
            self._pages.images = page_images(self._pdf, scale)
        self._pages.relayout()

    def _fitting(self) -> int:
        """As wide as a whole page may be; where that is too small to read, the view scrolls."""
        # Two less than there is: the picture of a page is up to a pixel higher than the page.
        height = self._scroll.viewport().height() - 2 * theme.space("m") - 2
        return max(
            round(height * self._page.width() / self._page.height()), theme.scaled(_LEAST_WIDTH)
        )
