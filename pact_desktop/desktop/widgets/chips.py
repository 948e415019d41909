# SPDX-License-Identifier: GPL-3.0-or-later
"""State labels: a word and an icon on a soft ground, never colour alone."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QEvent, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import icons, painting, theme

TONES: Final = {
    "neutral": ("text2", "sunken", "line"),
    "accent": ("accentText", "accentSoft", "accentLine"),
    "ok": ("ok", "okSoft", "okLine"),
    "caution": ("caution", "cautionSoft", "cautionLine"),
    "alert": ("alert", "alertSoft", "alertLine"),
    "info": ("info", "infoSoft", "infoLine"),
    "practice": ("practice", "practiceSoft", "practiceLine"),
}
_ICON_EDGE: Final = 14


@dataclass(frozen=True, slots=True)
class ChipText:
    """What a chip says, for tables and frames that paint chips themselves."""

    text: str
    tone: str = "neutral"
    icon: str = ""


def chip_size(text: str, icon: str) -> QSizeF:
    drawn = painting.text_size(text, theme.font("caption", bold=True))
    icon_room = theme.scaled(_ICON_EDGE) + theme.scaled(5) if icon else 0
    return QSizeF(drawn.width() + icon_room + theme.scaled(17), theme.size("chip"))


def paint_chip(
    painter: QPainter, area: QRectF, text: str, tone: str, icon: str, *, rtl: bool = False
) -> None:
    words, ground, border = TONES[tone]
    shade = theme.colour(words)
    painting.box(
        painter, area, theme.colour(ground), theme.colour(border), corner=area.height() / 2
    )
    inner = area.adjusted(theme.scaled(8), 0, -theme.scaled(8), 0)
    if icon:
        edge = theme.scaled(_ICON_EDGE)
        square = QRectF(inner.left(), inner.center().y() - edge / 2, edge, edge)
        room = edge + theme.scaled(5)
        if rtl:
            square.moveRight(inner.right())
            inner.adjust(0, 0, -room, 0)
        else:
            inner.adjust(room, 0, 0, 0)
        icons.paint_icon(painter, square, icon, shade, mirrored=rtl)
    face = theme.font("caption", bold=True)
    painting.text(
        painter,
        inner.adjusted(-1, 0, 2, 0),
        text,
        face,
        shade,
        align=painting.Flag.AlignCenter,
        elide=True,
    )


class Chip(QWidget):
    """A state label standing on its own; not clickable, read as its text."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        tone: str = "neutral",
        icon: str = "",
    ) -> None:
        super().__init__(parent)
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def _get_text(self) -> str:
        return self._text

    def _set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self._changed()

    def _get_tone(self) -> str:
        return self._tone

    def _set_tone(self, tone: str) -> None:
        self._tone = tone
        self._changed()

    def _get_icon(self) -> str:
        return self._icon

    def _set_icon(self, icon: str) -> None:
        self._icon = icon
        self._changed()

    text = Property(str, _get_text, _set_text)
    tone = Property(str, _get_tone, _set_tone)
    iconName = Property(str, _get_icon, _set_icon)

    def show_chip(self, chip: ChipText) -> None:
        self._text, self._tone, self._icon = chip.text, chip.tone, chip.icon
        self.setAccessibleName(chip.text)
        self._changed()

    @override
    def sizeHint(self) -> QSize:
        wanted = chip_size(self._text, self._icon)
        return QSize(round(wanted.width()) + 1, round(wanted.height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        paint_chip(painter, QRectF(self.rect()), self._text, self._tone, self._icon, rtl=rtl)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()
