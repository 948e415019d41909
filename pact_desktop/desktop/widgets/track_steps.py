# SPDX-License-Identifier: GPL-3.0-or-later
"""The way of one referral, one step below the other, each with when it was or when it is due."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import painting, theme
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.progress import Dot, paint_dot
from pact_desktop.desktop.widgets.spacing import space_out

_EDGE = 14
_TOP = 3
"""How far below the top of the row the dot begins, beside the middle of the title."""


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One step in words; `detail` says when it was, or when it is due."""

    dot: Dot
    title: str
    detail: str = ""
    late: bool = False


class _Mark(QWidget):
    """The dot of a step and the line that leads on to the next; decoration beside the words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot, self._above, self._below = Dot.OPEN, "", ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_dot(self, dot: Dot, *, above: str, below: str) -> None:
        """Colours of the lines from the step before and to the next; empty where there is none."""
        self._dot, self._above, self._below = dot, above, below
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.scaled(_EDGE) + 2, theme.scaled(_EDGE))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.begin(painter)
        edge, top = theme.scaled(_EDGE), theme.scaled(_TOP)
        middle = self.width() / 2
        for shade, start, end in (
            (self._above, 0, top),
            (self._below, top + edge, self.height()),
        ):
            if shade:
                painter.setPen(QPen(theme.colour(shade), 2))
                painter.drawLine(QPointF(middle, start), QPointF(middle, end))
        paint_dot(painter, QRectF(middle - edge / 2, top, edge, edge), self._dot)


class _StepRow(QWidget):
    """A dot, a title and the line below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.mark = _Mark()
        self.title = PlainLabel(role="label")
        self.detail = PlainLabel(role="small", tone="text2")
        words = QVBoxLayout()
        space_out(words, (0, 0, 0, 8), 0)
        for label in (self.title, self.detail):
            label.setWordWrap(True)
            words.addWidget(label)
        words.addStretch(1)
        row = QHBoxLayout(self)
        space_out(row, gap=12)
        row.addWidget(self.mark)
        row.addLayout(words, 1)

    def show_step(self, step: TrackStep, *, above: str, below: str) -> None:
        self.mark.show_dot(step.dot, above=above, below=below)
        self.title.setText(step.title)
        self.detail.setText(step.detail)
        self.detail.setVisible(bool(step.detail))
        theme.set_property(self.detail, "tone", "alert" if step.late else "text2")


class TrackSteps(QWidget):
    """Sent, received, accepted, outcome; read by a screen reader as its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_StepRow] = []
        self._column = QVBoxLayout(self)
        space_out(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_steps(self, steps: Sequence[TrackStep]) -> None:
        while len(self._rows) < len(steps):
            row = _StepRow()
            self._rows.append(row)
            self._column.addWidget(row)
        for number, row in enumerate(self._rows):
            row.setVisible(number < len(steps))
            if number < len(steps):
                above, below = _line_after(steps, number - 1), _line_after(steps, number)
                row.show_step(steps[number], above=above, below=below)
        said = (f"{step.title} {step.detail}".strip() for step in steps)
        self.setAccessibleName(". ".join(said))

    def words(self) -> list[tuple[str, str]]:
        """What each step says now."""
        rows = [row for row in self._rows if not row.isHidden()]
        return [(row.title.text(), row.detail.text()) for row in rows]


def _line_after(steps: Sequence[TrackStep], number: int) -> str:
    if not 0 <= number < len(steps) - 1:
        return ""
    return "line" if steps[number + 1].dot is Dot.OPEN else "accent"
