# SPDX-License-Identifier: GPL-3.0-or-later
"""A list of rows filled in by looking, made for one hand on the number keys."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.observation_row import (
    ObservationRow,
    RowAnswer,
    RowLabels,
    RowText,
)
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.domain.indicators import IndicatorId


class ObservationList(QFrame):
    """Rows under group headings; exactly one is current, and its digits work.

    Signals:
        answered: identifier of the row and its `RowAnswer`, None after clearing.
        current_changed: identifier of the row the user is in now.
    """

    answered = Signal(str, object)
    current_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._rows: list[ObservationRow] = []
        self._texts: tuple[RowText, ...] = ()
        self._headings: list[tuple[PlainLabel, int]] = []
        self._current = -1
        self._narrow = False
        self._layout = QVBoxLayout(self)
        space_out(self._layout, (1, 1, 1, 1))
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    # What is shown --------------------------------------------------------------------------

    def show_rows(self, rows: Sequence[RowText], labels: RowLabels) -> None:
        """New rows, or the same rows in other words; answers and place stay in the second case."""
        if [row.link_id for row in rows] == [row.link_id for row in self._texts]:
            for widget, row in zip(self._rows, rows, strict=True):
                widget.show_words(row, labels)
            for heading, position in self._headings:
                heading.setText(rows[position].group)
        else:
            self._build(rows, labels)
        self._texts = tuple(rows)

    def show_answers(self, answers: Mapping[IndicatorId, RowAnswer]) -> None:
        for row in self._rows:
            row.show_answer(answers.get(row.link_id))

    def set_narrow(self, *, narrow: bool) -> None:
        self._narrow = narrow
        for row in self._rows:
            row.set_narrow(narrow=narrow)

    # Where the user is ----------------------------------------------------------------------

    @property
    def rows(self) -> Sequence[ObservationRow]:
        return tuple(self._rows)

    @property
    def current(self) -> IndicatorId | None:
        return self._rows[self._current].link_id if self._current >= 0 else None

    def first_unanswered(self) -> ObservationRow | None:
        waiting = (row for row in self._rows if row.answer() is None)
        return next(waiting, self._rows[0] if self._rows else None)

    def go_to(self, row: ObservationRow) -> None:
        """Make this row current and put the focus on its answer."""
        self._set_current(self._rows.index(row))
        row.segments.focus_here()

    def hand_over(self) -> None:
        """Send at once what is still being typed in any row."""
        for row in self._rows:
            row.hand_over()

    # What the user does ---------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End; the other keys are taken by the answer that has the focus."""
        targets = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._rows) - 1}
        key = Qt.Key(event.key())
        if key in targets and self._rows:
            self.go_to(self._rows[targets[key]])
        elif key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and self._current >= 0:
            self._move(-1 if key is Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        target = min(max(self._current + step, 0), len(self._rows) - 1)
        if self._rows:
            self.go_to(self._rows[target])

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is None or not self.isAncestorOf(new):
            return
        for position, row in enumerate(self._rows):
            if row.isAncestorOf(new):
                self._set_current(position)
                return

    def _set_current(self, position: int) -> None:
        if position == self._current:
            return
        self._current = position
        for number, row in enumerate(self._rows):
            row.set_current(current=number == position)
        self.current_changed.emit(self._rows[position].link_id)

    # Building -------------------------------------------------------------------------------

    def _build(self, rows: Sequence[RowText], labels: RowLabels) -> None:
        self._clear()
        group = ""
        for position, text in enumerate(rows):
            if text.group != group:
                group = text.group
                self._layout.addWidget(self._heading(group, position))
            row = ObservationRow(position + 1, text, labels)
            row.set_narrow(narrow=self._narrow)
            row.answered.connect(
                lambda answer, link_id=text.link_id: self.answered.emit(link_id, answer)
            )
            row.moved.connect(self._move)
            row.entered.connect(lambda place=position: self._set_current(place))
            self._rows.append(row)
            self._layout.addWidget(row)

    def _heading(self, words: str, position: int) -> QFrame:
        frame = QFrame()
        frame.setProperty("kind", "row")
        inside = QVBoxLayout(frame)
        space_out(inside, (16, 8, 16, 7))
        label = PlainLabel(words, role="overline", tone="text3")
        inside.addWidget(label)
        self._headings.append((label, position))
        return frame

    def _clear(self) -> None:
        self._current = -1
        self._rows.clear()
        self._headings.clear()
        while (item := self._layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
