# SPDX-License-Identifier: GPL-3.0-or-later
"""Reasons under headings: a tick for what counts, a dash for what is shown but not counted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pact_desktop.desktop import theme
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.notes import IconMark, NoteLine
from pact_desktop.desktop.widgets.spacing import space_out

Line = tuple[str, str, bool | None]
"""Text, where it comes from, and whether it counts; None when it is only described."""
_MARKS = {True: ("check", "accentText"), False: ("minus", "text3")}


class ReasonList(QWidget):
    """Rebuilt as a whole: it changes only when the summary is opened or danger is answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        space_out(self._layout, gap=4)
        self._shown: object = None
        self.lines: list[QWidget] = []

    def show_reasons(
        self,
        groups: Sequence[tuple[str, Sequence[Line]]],
        notes: Sequence[str],
        *,
        counted: str,
        not_counted: str,
    ) -> None:
        """`counted` and `not_counted` are what a screen reader says for tick and dash."""
        shown = (tuple((head, tuple(lines)) for head, lines in groups), tuple(notes))
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        for heading, lines in groups:
            self._layout.addWidget(PlainLabel(heading, role="overline", tone="text2"))
            for text, where, counts in lines:
                said = {True: counted, False: not_counted, None: ""}[counts]
                self.lines.append(_line(text, where, said, counts=counts))
                self._layout.addWidget(self.lines[-1])
        for note in notes:
            self._layout.addWidget(NoteLine(note, icon="info", tone="text3"))

    def _clear(self) -> None:
        self.lines = []
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _line(text: str, where: str, said: str, *, counts: bool | None) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    space_out(row, gap=8)
    mark = _mark(counts=counts)
    words = PlainLabel(text, role="small", tone="text")
    words.setWordWrap(True)
    words.setAccessibleName(f"{said}: {text}" if said else text)
    place = PlainLabel(where, role="caption")
    top = Qt.AlignmentFlag.AlignTop
    row.addWidget(mark, 0, top)
    row.addWidget(words, 1, top)
    row.addWidget(place, 0, top)
    return line


def _mark(*, counts: bool | None) -> QWidget:
    if counts is None:
        dot = PlainLabel("•", role="small")
        dot.setFixedWidth(theme.scaled(16))
        dot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        return dot
    icon, tone = _MARKS[counts]
    return IconMark(icon, tone=tone, px=16)
