# SPDX-License-Identifier: GPL-3.0-or-later
"""Services to send to, as rows that say how fresh each entry is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets import ChipText, PlainLabel, ScrollPage
from pact_desktop.desktop.widgets.chips import chip_size, paint_chip
from pact_desktop.desktop.widgets.labels import tip
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.domain.facility import ServiceId

_EDGE = 14


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service in words."""

    service_id: ServiceId
    name: str
    about: str
    chip: ChipText
    languages: str = ""


class _ServiceRow(QRadioButton):
    """Name, what it offers, and a chip that says when it was last called."""

    def __init__(self, line: ServiceLine) -> None:
        super().__init__(line.name.replace("&", "&&"))
        self.line = line
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(line.name)
        said = (line.about, line.chip.text, line.languages)
        self.setAccessibleDescription(". ".join(part for part in said if part))
        self.setToolTip(tip("\n".join(part for part in (line.name, line.about) if part)))

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(220), theme.scaled(84))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.scaled(160), self.sizeHint().height())

    @override
    def hitButton(self, pos: object) -> bool:
        """The whole row is the target."""
        del pos
        return True

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        area = QRectF(self.rect())
        if self.isChecked():
            painter.fillRect(area, theme.colour("accentSoft"))
        elif self.underMouse() and self.isEnabled():
            painter.fillRect(area, theme.colour("sunken"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        edge = theme.scaled(_EDGE)
        self._paint_words(painter, area.adjusted(edge, theme.space("s"), -edge, -theme.space("s")))

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        line, live = self.line, self.isEnabled()
        shade = theme.colour("text" if live else "disabled")
        name, about, foot = QRectF(area), QRectF(area), QRectF(area)
        name.setHeight(painting.text_size("X", theme.font("strong")).height())
        about.setTop(name.bottom())
        about.setHeight(painting.text_size("X", theme.font("small")).height() + theme.scaled(2))
        foot.setTop(area.bottom() - theme.size("chip"))
        mark = theme.scaled(18)
        if self.isChecked():
            square = QRectF(name.right() - mark, name.center().y() - mark / 2, mark, mark)
            painting.tick(painter, square, theme.colour("accentText"), 1.8)
            name.setRight(name.right() - mark - 4)
        painting.text(painter, name, line.name, theme.font("strong"), shade, elide=True)
        second = theme.colour("text2" if live else "disabled")
        painting.text(painter, about, line.about, theme.font("small"), second, elide=True)
        wanted = chip_size(line.chip.text, line.chip.icon)
        spot = QRectF(foot.topLeft(), foot.size())
        spot.setWidth(min(wanted.width(), foot.width()))
        paint_chip(painter, spot, line.chip.text, line.chip.tone, line.chip.icon)
        foot.setLeft(spot.right() + theme.space("s"))
        painting.text(
            painter, foot, line.languages, theme.font("small"), second,
            align=painting.Flag.AlignTrailing | painting.Flag.AlignVCenter, elide=True,
        )  # fmt: skip


class ServiceList(ScrollPage):
    """One choice out of the directory; arrows move, Space chooses.

    Signals:
        chosen: identifier of the service the user chose.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sheet = QWidget()
        self._column = QVBoxLayout(sheet)
        space_out(self._column)
        self.nothing = PlainLabel(role="small", tone="text2")
        self.nothing.setWordWrap(True)
        self.nothing.setMargin(theme.scaled(_EDGE))
        self._rows: list[_ServiceRow] = []
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._tell)
        self._column.addWidget(self.nothing)
        self._column.addStretch(1)
        self.setWidget(sheet)

    def show_services(
        self, lines: Sequence[ServiceLine], chosen: ServiceId | None, *, nothing: str
    ) -> None:
        """`nothing` is said when no service fits what was typed."""
        if [row.line for row in self._rows] != list(lines):
            self._rebuild(lines)
        self.nothing.setText(nothing)
        self.nothing.setVisible(not lines)
        self._group.setExclusive(False)
        for row in self._rows:
            row.setChecked(row.line.service_id == chosen)
        self._group.setExclusive(True)

    def rows(self) -> Sequence[QRadioButton]:
        return tuple(self._rows)

    def service_ids(self) -> list[ServiceId]:
        return [row.line.service_id for row in self._rows]

    def _rebuild(self, lines: Sequence[ServiceLine]) -> None:
        for old in self._rows:
            self._group.removeButton(old)
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [_ServiceRow(line) for line in lines]
        for position, row in enumerate(self._rows):
            self._group.addButton(row)
            self._column.insertWidget(position, row)

    def _tell(self, row: QWidget) -> None:
        if isinstance(row, _ServiceRow):
            self.chosen.emit(row.line.service_id)
