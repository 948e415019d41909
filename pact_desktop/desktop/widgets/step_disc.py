# SPDX-License-Identifier: GPL-3.0-or-later
"""A number in a disc that becomes a tick when its part is done."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme

_EDGE = 28


class StepDisc(QWidget):
    """Shown beside a heading; the state is also said in words elsewhere, so it has no name."""

    def __init__(self, number: int = 1, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._done = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_number(self, number: int) -> None:
        self._number = number
        self.update()

    def set_done(self, *, done: bool) -> None:
        self._done = done
        self.update()

    def is_done(self) -> bool:
        return self._done

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(_EDGE), theme.scaled(_EDGE))

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        area = QRectF(self.rect())
        fill = theme.colour("accent" if self._done else "sunken")
        painting.box(painter, area, fill, None, corner=area.height() / 2)
        if self._done:
            inset = area.height() * 0.26
            painting.tick(
                painter, area.adjusted(inset, inset, -inset, -inset), theme.colour("onAccent"), 1.8
            )
        else:
            face = theme.font("caption", bold=True)
            shade = theme.colour("text2")
            painting.text(
                painter, area, str(self._number), face, shade, align=painting.Flag.AlignCenter
            )
