# SPDX-License-Identifier: GPL-3.0-or-later
"""The initials of the person signed in, in a disc."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme


def initials(name: str) -> str:
    first, *others = name.split() or [""]
    return "".join(part[:1] for part in (first, *others[-1:])).upper()


def paint_avatar(painter: QPainter, area: QRectF, name: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accentSoft"))
    painter.drawEllipse(area)
    face = theme.font("label" if area.height() > theme.scaled(34) else "overline")
    painting.text(
        painter,
        area,
        initials(name),
        face,
        theme.colour("accentText"),
        align=painting.Flag.AlignCenter,
    )


class Avatar(QWidget):
    """A disc with initials; decoration beside the name."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_name(self, name: str) -> None:
        self._name = name
        self.update()

    @override
    def sizeHint(self) -> QSize:
        edge = theme.size("primary")
        return QSize(edge, edge)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        paint_avatar(painter, QRectF(self.rect()), self._name)
