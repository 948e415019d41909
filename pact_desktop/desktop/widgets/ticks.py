# SPDX-License-Identifier: GPL-3.0-or-later
"""Tick boxes and level rows: real check boxes and radio buttons, painted from the tokens."""

from typing import Final

from PySide6.QtCore import Property, QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets.chips import chip_size, paint_chip

_GAP: Final = 10


class TickBox(QCheckBox):
    """A box with words beside it and, if wanted, a second line; the whole row is clickable."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, hint: str = "") -> None:
        super().__init__(text, parent)
        self._hint, self._bold = hint, False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._describe()

    def _get_hint(self) -> str:
        return self._hint

    def _set_hint(self, hint: str) -> None:
        self._hint = hint
        self._describe()
        self._changed()

    hint = Property(str, _get_hint, _set_hint)

    def set_hint(self, hint: str) -> None:
        self._set_hint(hint)

    def set_bold(self, *, bold: bool) -> None:
        self._bold = bold
        self._changed()

    def _describe(self) -> None:
        self.setAccessibleDescription(self._hint)

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    @override
    def sizeHint(self) -> QSize:
        face = theme.font("body", bold=self._bold)
        width = painting.text_size(self._words(), face).width()
        if self._hint:
            width = max(width, painting.text_size(self._hint, theme.font("small")).width())
        full = round(width + self._indent()) + 2
        return QSize(full, self.heightForWidth(full))

    @override
    def minimumSizeHint(self) -> QSize:
        least = min(self.sizeHint().width(), theme.scaled(120))
        return QSize(least, theme.size("tick_row"))

    @override
    def heightForWidth(self, width: int) -> int:
        inner = width - self._indent()
        face = theme.font("body", bold=self._bold)
        height = painting.wrapped_height(self._words(), face, inner)
        if self._hint:
            height += painting.wrapped_height(self._hint, theme.font("small"), inner)
        return max(theme.size("tick_row"), round(height + theme.space("s")))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _indent(self) -> int:
        return theme.size("tick") + theme.scaled(_GAP)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        face = theme.font("body", bold=self._bold)
        shade = theme.colour("text" if self.isEnabled() else "disabled")
        inner = self.width() - self._indent()
        words = painting.wrapped_height(self._words(), face, inner)
        second = (
            painting.wrapped_height(self._hint, theme.font("small"), inner) if self._hint else 0
        )
        top = (self.height() - words - second) / 2
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = 0 if rtl else self._indent()
        line = painting.text_size("X", face).height()
        self._paint_box(painter, top + line / 2, rtl=rtl)
        lead = painting.Flag.AlignLeading | painting.Flag.AlignTop
        area = QRectF(left, top, inner + 1, words + 1)
        painting.text(painter, area, self._words(), face, shade, align=lead, wrap=True)
        if self._hint:
            area = QRectF(left, top + words, inner + 1, second + 1)
            painting.text(
                painter,
                area,
                self._hint,
                theme.font("small"),
                theme.colour("text2"),
                align=lead,
                wrap=True,
            )

    def _paint_box(self, painter: QPainter, middle: float, *, rtl: bool) -> None:
        edge = theme.size("tick")
        square = QRectF(self.width() - edge if rtl else 0, middle - edge / 2, edge, edge)
        on, live = self.isChecked(), self.isEnabled()
        fill = theme.colour("accent" if live else "neutralFill") if on else theme.colour("surface")
        border = None if on else theme.colour("lineStrong" if live else "line")
        if not on and live and self.underMouse():
            fill = theme.colour("sunken")
        painting.box(painter, square, fill, border, corner=theme.scaled(4), width=1.4)
        if on:
            painting.tick(painter, square.adjusted(1, 1, -1, -1), theme.colour("onAccent"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.LanguageChange}:
            self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()


class RadioRow(QRadioButton):
    """A full-width row with a radio disc, bold words, a hint below and a chip beside them."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, hint: str = "", chip: str = ""
    ) -> None:
        super().__init__(text, parent)
        self._hint, self._chip, self._framed = hint, chip, True
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._describe()

    def _get_hint(self) -> str:
        return self._hint

    def _set_hint(self, hint: str) -> None:
        self._hint = hint
        self._describe()
        self._changed()

    def _get_chip(self) -> str:
        return self._chip

    def _set_chip(self, words: str) -> None:
        self._chip = words
        self._describe()
        self._changed()

    def _get_framed(self) -> bool:
        return self._framed

    def _set_framed(self, framed: bool) -> None:  # noqa: FBT001 (a Qt property setter)
        self._framed = framed
        self._changed()

    hint = Property(str, _get_hint, _set_hint)
    chipText = Property(str, _get_chip, _set_chip)
    framed = Property(bool, _get_framed, _set_framed)

    def set_hint(self, hint: str) -> None:
        self._set_hint(hint)

    def set_chip(self, words: str) -> None:
        self._set_chip(words)

    def _describe(self) -> None:
        self.setAccessibleDescription(". ".join(part for part in (self._chip, self._hint) if part))

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _edges(self) -> tuple[int, int]:
        """Inner edge and the indent of the words."""
        pad = theme.space("m") if self._framed else 0
        return pad, pad + theme.size("tick") + theme.space("m")

    @override
    def sizeHint(self) -> QSize:
        pad, indent = self._edges()
        width = painting.text_size(self._words(), self._face()).width() + self._chip_room()
        width = max(width, painting.text_size(self._hint, theme.font("small")).width())
        full = round(indent + width + pad) + 2
        return QSize(full, self.heightForWidth(full))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(140), theme.scaled(40 if self._framed else 28))

    def _face(self) -> QFont:
        return theme.font("strong" if self._framed and self._hint else "body")

    def _words_height(self, inner: float) -> float:
        """The first line is as high as its chip, so that the chip never lies on the hint."""
        height = painting.wrapped_height(self._words(), self._face(), inner - self._chip_room())
        return max(height, chip_size(self._chip, "").height()) if self._chip else height

    def _chip_room(self) -> float:
        return chip_size(self._chip, "").width() + theme.space("s") if self._chip else 0

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        pad, indent = self._edges()
        inner = width - indent - pad
        height = self._words_height(inner)
        if self._hint:
            height += painting.wrapped_height(self._hint, theme.font("small"), inner)
        extra = theme.scaled(17) if self._framed else theme.space("s")
        least = theme.scaled(40) if self._framed else theme.size("tick_row")
        return max(least, round(height) + extra)

    @override
    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        if self._framed:
            self._paint_frame(painter)
        pad, indent = self._edges()
        inner = self.width() - indent - pad
        words_height = self._words_height(inner)
        small = theme.font("small")
        second = painting.wrapped_height(self._hint, small, inner) if self._hint else 0
        top = (self.height() - words_height - second) / 2
        self._paint_disc(painter, pad)
        self._paint_words(painter, QRectF(indent, top, inner, words_height), second)

    def _paint_frame(self, painter: QPainter) -> None:
        on = self.isChecked()
        fill = theme.colour("accentSoft" if on else "surface")
        if not on and self.underMouse() and self.isEnabled():
            fill = theme.colour("sunken")
        border = theme.colour("accentLine" if on else "line")
        painting.box(painter, QRectF(self.rect()), fill, border, corner=theme.radius("row"))

    def _paint_disc(self, painter: QPainter, pad: int) -> None:
        edge = theme.scaled(20)
        square = QRectF(pad, (self.height() - edge) / 2, edge, edge)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            square.moveRight(self.width() - pad)
        live = self.isEnabled()
        painting.radio_disc(
            painter,
            square,
            on=self.isChecked(),
            shade=theme.colour("accent" if live else "disabled"),
            border=theme.colour("lineStrong" if live else "line"),
        )

    def _paint_words(self, painter: QPainter, area: QRectF, second: float) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if rtl:
            area.moveRight(self.width() - area.left())
        lead = painting.Flag.AlignLeading | painting.Flag.AlignTop
        shade = theme.colour("text" if self.isEnabled() else "disabled")
        words = QRectF(area)
        if self._chip:
            words.setWidth(area.width() - self._chip_room())
        painting.text(
            painter,
            words.adjusted(0, 0, 1, 1),
            self._words(),
            self._face(),
            shade,
            align=lead,
            wrap=True,
        )
        if self._chip:
            size = chip_size(self._chip, "")
            used = min(painting.text_size(self._words(), self._face()).width(), words.width())
            spot = QRectF(area.left() + used + theme.space("s"), 0, size.width(), size.height())
            spot.moveCenter(spot.center())
            spot.moveTop(area.top() + (area.height() - size.height()) / 2)
            paint_chip(painter, spot, self._chip, "accent", "")
        if self._hint:
            below = QRectF(area.left(), area.bottom(), area.width() + 1, second + 1)
            painting.text(
                painter,
                below,
                self._hint,
                theme.font("small"),
                theme.colour("text2"),
                align=lead,
                wrap=True,
            )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.LanguageChange}:
            self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()
