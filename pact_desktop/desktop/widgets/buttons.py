# SPDX-License-Identifier: GPL-3.0-or-later
"""Buttons: one primary for each screen, the key that works printed on it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import icons, painting, theme
from pact_desktop.desktop.widgets.labels import tip

KINDS: Final = ("primary", "secondary", "quiet", "danger", "toolbar", "small")


@dataclass(frozen=True, slots=True)
class _Look:
    fill: QColor | None
    border: QColor | None
    words: QColor


class ActionButton(QPushButton):
    """A push button painted from the tokens: icon, words, key cap."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        kind: str = "secondary",
        icon_name: str = "",
        key_cap: str = "",
    ) -> None:
        super().__init__(text, parent)
        self._kind, self._icon, self._cap, self._trailing = kind, icon_name, key_cap, ""
        self._compact = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    # Properties of a form -----------------------------------------------------------------

    def _get_kind(self) -> str:
        return self._kind

    def _set_kind(self, kind: str) -> None:
        self._kind = kind
        self._changed()

    def _get_icon(self) -> str:
        return self._icon

    def _set_icon(self, name: str) -> None:
        self._icon = name
        self._changed()

    def _get_cap(self) -> str:
        return self._cap

    def _set_cap(self, words: str) -> None:
        self._cap = words
        self._changed()

    def _get_trailing(self) -> str:
        return self._trailing

    def _set_trailing(self, name: str) -> None:
        self._trailing = name
        self._changed()

    kind = Property(str, _get_kind, _set_kind)
    iconName = Property(str, _get_icon, _set_icon)
    keyCap = Property(str, _get_cap, _set_cap)
    trailingIcon = Property(str, _get_trailing, _set_trailing)

    def set_kind(self, kind: str) -> None:
        self._set_kind(kind)

    def set_icon(self, name: str) -> None:
        self._set_icon(name)

    def set_key_cap(self, words: str) -> None:
        self._set_cap(words)

    def set_compact(self, *, compact: bool) -> None:
        """Icon and key cap only; the words move into the accessible name and the tooltip."""
        self._compact = compact
        self.setToolTip(tip(self._words()) if compact else "")
        self.setAccessibleName(self._words())
        self._changed()

    # Size ---------------------------------------------------------------------------------

    @override
    def sizeHint(self) -> QSize:
        width = sum(part for part in self._parts() if part) + 2 * self._padding()
        width += theme.space("s") * max(0, sum(1 for part in self._parts() if part) - 1)
        tall = {"primary": "primary", "small": "small_control"}.get(self._kind, "control")
        return QSize(round(width) + 1, theme.size(tall))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _parts(self) -> tuple[float, float, float, float]:
        icon = theme.size("icon")
        words = "" if self._compact else self._words()
        return (
            icon if self._icon else 0,
            painting.text_size(words, self._face()).width() if words else 0,
            painting.key_cap_size(self._cap).width() if self._cap else 0,
            theme.scaled(14) if self._trailing else 0,
        )

    def _padding(self) -> int:
        if self._kind in {"quiet", "toolbar", "small"}:
            return theme.space("m")
        return theme.scaled(22 if self._kind == "primary" and not self._cap else 16)

    def _face(self) -> QFont:
        return theme.font("control", bold=self._kind == "primary")

    def _words(self) -> str:
        """The label without the mark of its Alt key."""
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    # Painting -----------------------------------------------------------------------------

    def _look(self) -> _Look:
        c = theme.colour
        if not self.isEnabled():
            if self._kind == "primary":
                return _Look(c("neutralFill"), None, c("disabled"))
            return _Look(None, None if self._flat() else c("line"), c("disabled"))
        hover, down = self.underMouse(), self.isDown() or self.isChecked()
        if self._kind == "primary":
            fill = "accentPress" if down else "accentHover" if hover else "accent"
            return _Look(c(fill), None, c("onAccent"))
        ground = c("accentSoft") if down else c("sunken") if hover else None
        if self._flat():
            return _Look(ground, None, c("text2" if self._kind == "toolbar" else "accentText"))
        words = c("alert") if self._kind == "danger" else c("text")
        border = c("alert") if self._kind == "danger" else c("lineStrong")
        return _Look(ground or c("surface"), border, words)

    def _flat(self) -> bool:
        return self._kind in {"quiet", "toolbar"}

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        look = self._look()
        area = QRectF(self.rect())
        painting.box(painter, area, look.fill, look.border, corner=theme.radius("control"))
        self._paint_parts(painter, area, look)

    def _paint_parts(self, painter: QPainter, area: QRectF, look: _Look) -> None:
        parts, gap = self._parts(), theme.space("s")
        total = sum(parts) + gap * max(0, sum(1 for part in parts if part) - 1)
        start = area.left() + max((area.width() - total) / 2, theme.space("xxs"))
        for position, width in enumerate(parts):
            if not width:
                continue
            spot = self._mirrored(QRectF(start, area.top(), width, area.height()), area)
            self._paint_part(painter, position, spot, look)
            start += width + gap

    def _paint_part(self, painter: QPainter, position: int, spot: QRectF, look: _Look) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        if position in {0, 3}:
            edge = theme.size("icon") if position == 0 else theme.scaled(14)
            square = QRectF(0, 0, edge, edge)
            square.moveCenter(spot.center())
            name = self._icon if position == 0 else self._trailing
            icons.paint_icon(painter, square, name, look.words, mirrored=rtl)
        elif position == 1:
            center = painting.Flag.AlignCenter
            painting.text(
                painter,
                spot.adjusted(-2, 0, 2, 0),
                self._words(),
                self._face(),
                look.words,
                align=center,
            )
        else:
            cap = QRectF(spot)
            cap.setHeight(painting.key_cap_size(self._cap).height())
            cap.moveCenter(spot.center())
            border = QColor(look.words)
            border.setAlpha(150)
            painting.key_cap(painter, cap, self._cap, look.words, border)

    def _mirrored(self, spot: QRectF, area: QRectF) -> QRectF:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            spot.moveLeft(area.right() - (spot.right() - area.left()))
        return spot

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.StyleChange, QEvent.Type.LanguageChange}:
            self._changed()

    def _changed(self) -> None:
        self.updateGeometry()
        self.update()
