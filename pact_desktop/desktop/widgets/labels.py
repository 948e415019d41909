# SPDX-License-Identifier: GPL-3.0-or-later
"""Words on the screen: always plain text, whatever was typed into them."""

from html import escape
from typing import Final

from PySide6.QtCore import Property, QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyleOption, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme

_ENDLESS: Final = 100_000


def tip(words: str) -> str:
    """Words for a tooltip; a tooltip would read markup, so what looks like it is escaped."""
    if "<" not in words and "&" not in words:
        return words
    return "<qt>" + escape(words).replace("\n", "<br>") + "</qt>"


class PlainLabel(QLabel):
    """A label that never reads markup; `elide` cuts a long line and keeps it in the tooltip."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, role: str = "", tone: str = ""
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._elide = False
        if role:
            self.setProperty("role", role)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    @override
    def setTextFormat(self, _format: Qt.TextFormat) -> None:
        """Plain text only: a form or a caller cannot ask for another format."""
        super().setTextFormat(Qt.TextFormat.PlainText)

    def _get_elide(self) -> bool:
        return self._elide

    def _set_elide(self, elide: bool) -> None:  # noqa: FBT001 (a Qt property setter)
        self._elide = elide
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, self.sizePolicy().verticalPolicy())
        self._keep_full_text()

    elide = Property(bool, _get_elide, _set_elide)

    @override
    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self._elide else hint

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_full_text()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        area = self.contentsRect()
        words = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, area.width()
        )
        self.style().drawItemText(
            painter,
            area,
            self.alignment().value,
            option.palette,
            self.isEnabled(),
            words,
            self.foregroundRole(),
        )

    def _keep_full_text(self) -> None:
        if self._elide:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
            self.setToolTip(tip(self.text()) if cut else "")


class OfferedWords(PlainLabel):
    """Words to copy by hand: all of them are readable, on as many lines as they take.

    Layouts inside a stack or a card pass on the height of one line only; so the label asks for the
    height of all its lines by itself, each time its width, its words or its letters change.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent, role="number")
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    @override
    def setText(self, text: str) -> None:
        super().setText(text)
        self._take_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._take_room()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._take_room()

    def _take_room(self) -> None:
        # Not heightForWidth: it never answers less than the height that was asked for before.
        room = QRect(0, 0, self.contentsRect().width(), _ENDLESS)
        lines = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap.value, self.text())
        frame = self.height() - self.contentsRect().height()
        self.setMinimumHeight(lines.height() + frame)


class KeyCap(QWidget):
    """A key as printed on the keyboard."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        self._text = text
        self.updateGeometry()
        self.update()

    text = Property(str, _get_text, _set_text)

    @override
    def sizeHint(self) -> QSize:
        wanted = painting.key_cap_size(self._text)
        return QSize(round(wanted.width()), round(wanted.height()))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        painting.key_cap(
            painter,
            self.rect().toRectF(),
            self._text,
            theme.colour("text2"),
            theme.colour("lineStrong"),
        )
