# SPDX-License-Identifier: GPL-3.0-or-later
"""Lines with an icon in front: notes, hints, and the counts under "To do"."""

from PySide6.QtCore import Property, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import icons, painting, theme
from pact_desktop.desktop.widgets.labels import PlainLabel, tip


class IconMark(QWidget):
    """An icon that decorates words beside it; it has no name of its own."""

    def __init__(
        self, name: str = "", parent: QWidget | None = None, *, tone: str = "text2", px: int = 18
    ) -> None:
        super().__init__(parent)
        self._name, self._tone, self._px = name, tone, px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def _get_name(self) -> str:
        return self._name

    def _set_name(self, name: str) -> None:
        self._name = name
        self.update()

    def _get_tone(self) -> str:
        return self._tone

    def _set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    def _get_px(self) -> int:
        return self._px

    def _set_px(self, px: int) -> None:
        self._px = px
        self.updateGeometry()

    iconName = Property(str, _get_name, _set_name)
    tone = Property(str, _get_tone, _set_tone)
    px = Property(int, _get_px, _set_px)

    def set_icon(self, name: str, tone: str = "") -> None:
        self._name, self._tone = name, tone or self._tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        edge = theme.scaled(self._px)
        return QSize(edge, edge)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._name:
            return
        painter = QPainter(self)
        painting.begin(painter)
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        shade = theme.colour(self._tone)
        icons.paint_icon(painter, QRectF(self.rect()), self._name, shade, mirrored=rtl)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()


class NoteLine(QWidget):
    """An icon and a wrapped line of text."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        icon: str = "info",
        tone: str = "text2",
        bold: bool = False,
    ) -> None:
        super().__init__(parent)
        self._tone, self._laid_out = tone, False
        self.mark = IconMark(icon, tone=tone, px=16)
        self._label = PlainLabel(text, role="label" if bold else "small", tone=tone)
        self._label.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space("s"))
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)

    @override
    def sizeHint(self) -> QSize:
        """As high as its words need in the width it has; a guess would cut long ones."""
        hint, layout = super().sizeHint(), self.layout()
        if layout is not None and self._laid_out and layout.hasHeightForWidth():
            hint.setHeight(layout.totalHeightForWidth(self.width()))
        return hint

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._laid_out = True
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _get_text(self) -> str:
        return self._label.text()

    def _set_text(self, text: str) -> None:
        self._label.setText(text)

    def _get_icon(self) -> str:
        return str(self.mark.property("iconName"))

    def _set_icon(self, name: str) -> None:
        self.mark.set_icon(name)

    def _get_tone(self) -> str:
        return self._tone

    def _set_tone(self, tone: str) -> None:
        self._tone = tone
        self.mark.set_icon(self._get_icon(), tone)
        theme.set_property(self._label, "tone", tone)

    text = Property(str, _get_text, _set_text)
    iconName = Property(str, _get_icon, _set_icon)
    tone = Property(str, _get_tone, _set_tone)

    def set_text(self, text: str) -> None:
        self._set_text(text)

    def set_single_line(self) -> None:
        """Never more than one line, as in the footer."""
        self._label.setWordWrap(False)

    def set_compact(self, *, compact: bool) -> None:
        """Only the icon, which then carries the words for the pointer and the reader."""
        words = self._label.text() if compact else ""
        self._label.setVisible(not compact)
        self.mark.setToolTip(tip(words))
        self.mark.setAccessibleName(words)

    def set_note(self, text: str, icon: str, tone: str = "text2") -> None:
        self._set_text(text)
        self.mark.set_icon(icon, tone)
        self._set_tone(tone)


class CountRow(QAbstractButton):
    """One thing that waits, as a count with a line below it; leads to where it is done."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        hint: str = "",
        icon: str = "",
        tone: str = "text2",
    ) -> None:
        super().__init__(parent)
        self.setText(text)
        self._hint, self._icon, self._tone = hint, icon, tone
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(hint)

    def _get_hint(self) -> str:
        return self._hint

    def _set_hint(self, hint: str) -> None:
        self._hint = hint
        self.setAccessibleDescription(hint)
        self.updateGeometry()
        self.update()

    def _get_icon(self) -> str:
        return self._icon

    def _set_icon(self, name: str) -> None:
        self._icon = name
        self.update()

    def _get_tone(self) -> str:
        return self._tone

    def _set_tone(self, tone: str) -> None:
        self._tone = tone
        self.update()

    hint = Property(str, _get_hint, _set_hint)
    iconName = Property(str, _get_icon, _set_icon)
    tone = Property(str, _get_tone, _set_tone)

    def set_count(self, text: str, hint: str = "") -> None:
        self.setText(text)
        self._set_hint(hint)

    @override
    def sizeHint(self) -> QSize:
        width = max(
            painting.text_size(self.text(), theme.font("strong")).width(),
            painting.text_size(self._hint, theme.font("caption")).width(),
        )
        return QSize(round(width) + theme.scaled(64), theme.scaled(58 if self._hint else 44))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(160), self.sizeHint().height())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        area = QRectF(self.rect())
        if self.underMouse() or self.isDown():
            painting.box(painter, area, theme.colour("sunken"), None, corner=theme.radius("row"))
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        edge = theme.size("icon")
        mark = QRectF(0, area.center().y() - edge / 2, edge, edge)
        caret = QRectF(area.right() - edge, mark.top(), edge, edge)
        if rtl:
            mark, caret = caret, mark
        if self._icon:
            icons.paint_icon(painter, mark, self._icon, theme.colour(self._tone), mirrored=rtl)
        icons.paint_icon(painter, caret, "caret-right", theme.colour("text2"), mirrored=rtl)
        indent = edge + theme.space("m")
        words = area.adjusted(indent, 0, -indent, 0)
        half = area.height() / 2
        lead = painting.Flag.AlignLeading
        if not self._hint:
            painting.text(
                painter, words, self.text(), theme.font("strong"), theme.colour("text"), elide=True
            )
            return
        above, below = QRectF(words), QRectF(words)
        above.setHeight(half)
        below.setTop(area.top() + half + 1)
        painting.text(
            painter,
            above,
            self.text(),
            theme.font("strong"),
            theme.colour("text"),
            align=lead | painting.Flag.AlignBottom,
            elide=True,
        )
        painting.text(
            painter,
            below,
            self._hint,
            theme.font("caption"),
            theme.colour("text2"),
            align=lead | painting.Flag.AlignTop,
            elide=True,
        )

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
