# SPDX-License-Identifier: GPL-3.0-or-later
"""The rail at the leading edge: places outside a visit, its steps inside one."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import icons, painting, theme
from pact_desktop.desktop.frame import Place, Step, StepState
from pact_desktop.desktop.widgets.labels import tip


@dataclass(slots=True)
class _Look:
    """How the rail is drawn now."""

    compact: bool = False


class _RailButton(QAbstractButton):
    """One row of the rail, painted; the current one lies on a soft ground."""

    def __init__(self, look: _Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.current = False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paint_ground(self, painter: QPainter) -> None:
        fill = None
        if self.current:
            fill = theme.colour("accentSoft")
        elif self.isEnabled() and self.underMouse():
            fill = theme.colour("sunken")
        if fill is not None:
            painting.box(painter, QRectF(self.rect()), fill, None, corner=theme.radius("row"))

    def rtl(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def placed(self, left: float, width: float) -> QRectF:
        """A full-height area counted from the leading edge."""
        start = self.width() - left - width if self.rtl() else left
        return QRectF(start, 0, width, self.height())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        elif key is Qt.Key.Key_Up:
            self.focusPreviousChild()
        elif key is Qt.Key.Key_Down:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)


class _PlaceButton(_RailButton):
    """Icon, name, and a count where something waits."""

    def __init__(self, place: Place, look: _Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self.place = place
        self.show_place(place)

    def show_place(self, place: Place) -> None:
        self.place = place
        self.setText(place.text)
        said = f"{place.text}, {place.count}" if place.count else place.text
        self.setAccessibleName(said)
        self.setToolTip(tip(place.text) if self._look.compact else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(60), theme.size("primary"))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        self.paint_ground(painter)
        shade = theme.colour("accentText" if self.current else "text2")
        edge = theme.size("icon_nav")
        left = (self.width() - edge) / 2 if self._look.compact else theme.scaled(10)
        square = self.placed(left, edge)
        square.setTop((self.height() - edge) / 2)
        square.setHeight(edge)
        icons.paint_icon(painter, square, self.place.icon, shade, mirrored=self.rtl())
        if self._look.compact:
            return
        room = theme.scaled(34) if self.place.count else theme.space("s")
        start = theme.scaled(42)
        words = self.placed(start, self.width() - start - room)
        face = theme.font("control", bold=self.current)
        painting.text(painter, words, self.place.text, face, shade, elide=True)
        if self.place.count:
            count = self.placed(self.width() - room, room - theme.space("m"))
            painting.text(
                painter,
                count,
                str(self.place.count),
                theme.font("label"),
                theme.colour("text"),
                align=painting.Flag.AlignCenter,
            )


class PlaceRail(QWidget):
    """The places of the role; names only, no counts with people in them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = _Look()
        self._current = ""
        self._column = _column(self)
        self._buttons: dict[str, _PlaceButton] = {}

    def set_places(self, places: Sequence[Place]) -> None:
        if [p.name for p in places] != list(self._buttons):
            _clear(self._column)
            self._buttons = {}
            for place in places:
                button = _PlaceButton(place, self._look, self)
                button.clicked.connect(lambda _on=False, name=place.name: self.chosen.emit(name))
                self._buttons[place.name] = button
                self._column.addWidget(button)
        for place in places:
            self._buttons[place.name].show_place(place)
        self.set_current(self._current)

    def set_current(self, name: str) -> None:
        self._current = name
        for place, button in self._buttons.items():
            button.current = place == name
            button.update()

    def set_compact(self, *, compact: bool) -> None:
        self._look.compact = compact
        for button in self._buttons.values():
            button.show_place(button.place)


class _StepButton(_RailButton):
    """A disc with number, tick or lock, the name of the step and its state in words."""

    def __init__(self, number: int, look: _Look, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._number = number
        self.step = Step("", "")
        self.last = False

    def show_step(self, step: Step, *, last: bool) -> None:
        self.step, self.last = step, last
        self.current = step.state is StepState.CURRENT
        self.setEnabled(step.state is not StepState.LOCKED)
        self.setText(step.text)
        said = ", ".join(part for part in (str(self._number), step.text, step.detail) if part)
        self.setAccessibleName(said)
        self.setToolTip(tip(step.text) if self._look.compact else "")
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(60), theme.scaled(44))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        self.paint_ground(painter)
        edge = theme.scaled(25)
        left = (self.width() - edge) / 2 if self._look.compact else theme.scaled(8)
        disc = self.placed(left, edge)
        disc.setTop((self.height() - edge) / 2)
        disc.setHeight(edge)
        self._paint_disc(painter, disc)
        if self._look.compact:
            return
        start = theme.scaled(42)
        words = self.placed(start, self.width() - start - theme.space("xxs"))
        self._paint_words(painter, words)

    def _paint_disc(self, painter: QPainter, disc: QRectF) -> None:
        state = self.step.state
        if state is StepState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(disc)
            inner = disc.adjusted(*[theme.scaled(6)] * 2, *[-theme.scaled(6)] * 2)
            painting.tick(painter, inner, theme.colour("onAccent"), 1.6)
            return
        current = state is StepState.CURRENT
        painter.setBrush(theme.colour("surface"))
        painter.setPen(
            QPen(theme.colour("accent" if current else "lineStrong"), 2 if current else 1)
        )
        painter.drawEllipse(disc.adjusted(1, 1, -1, -1))
        if state is StepState.LOCKED:
            edge = theme.scaled(14)
            square = QRectF(0, 0, edge, edge)
            square.moveCenter(disc.center())
            icons.paint_icon(painter, square, "lock-simple", theme.colour("text3"))
            return
        shade = theme.colour("accentText" if current else "text2")
        painting.text(
            painter,
            disc,
            str(self._number),
            theme.font("label"),
            shade,
            align=painting.Flag.AlignCenter,
        )

    def _paint_words(self, painter: QPainter, area: QRectF) -> None:
        tone = {StepState.CURRENT: "accentText", StepState.LOCKED: "text3"}
        shade = theme.colour(tone.get(self.step.state, "text"))
        face = theme.font("control", bold=self.current)
        if not self.step.detail:
            painting.text(painter, area, self.step.text, face, shade, elide=True)
            return
        half = area.height() / 2
        above = QRectF(area.left(), area.top(), area.width(), half + 1)
        below = QRectF(area.left(), area.top() + half + 1, area.width(), half)
        lead = painting.Flag.AlignLeading
        painting.text(
            painter,
            above,
            self.step.text,
            face,
            shade,
            align=lead | painting.Flag.AlignBottom,
            elide=True,
        )
        painting.text(
            painter,
            below,
            self.step.detail,
            theme.font("caption"),
            theme.colour("text2"),
            align=lead | painting.Flag.AlignTop,
            elide=True,
        )


class StepRail(QWidget):
    """The steps of a visit, joined by a line."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = _Look()
        self._column = _column(self)
        self._buttons: list[_StepButton] = []

    def set_steps(self, steps: Sequence[Step]) -> None:
        if len(steps) != len(self._buttons):
            _clear(self._column)
            self._buttons = [_StepButton(n, self._look, self) for n in range(1, len(steps) + 1)]
            for button in self._buttons:
                button.clicked.connect(
                    lambda _on=False, pressed=button: self.chosen.emit(pressed.step.name)
                )
                self._column.addWidget(button)
        for number, (button, step) in enumerate(zip(self._buttons, steps, strict=True), 1):
            button.show_step(step, last=number == len(steps))
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        self._look.compact = compact
        for button in self._buttons:
            button.show_step(button.step, last=button.last)

    def press(self, number: int) -> None:
        """Goes to a step by its number, as Alt and a digit do; a locked one stays locked."""
        if 1 <= number <= len(self._buttons) and self._buttons[number - 1].isEnabled():
            self._buttons[number - 1].click()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The line that joins the discs lies below them."""
        if not self._buttons:
            return
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("line"), 2))
        first, last = self._buttons[0].geometry(), self._buttons[-1].geometry()
        edge = theme.scaled(25)
        x = first.width() / 2 if self._look.compact else theme.scaled(8) + edge / 2
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        painter.drawLine(round(x), first.center().y(), round(x), last.center().y())


def _column(parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(parent)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.scaled(4))
    return column


def _clear(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
