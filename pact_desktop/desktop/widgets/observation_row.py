# SPDX-License-Identifier: GPL-3.0-or-later
"""One row of a list that is filled in by looking: number, text, answer, ordinary explanations."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets.editors import LineEdit
from pact_desktop.desktop.widgets.flow_layout import FlowLayout
from pact_desktop.desktop.widgets.labels import PlainLabel
from pact_desktop.desktop.widgets.length_note import LengthNote
from pact_desktop.desktop.widgets.segments import Segments
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.widgets.ticks import TickBox
from pact_desktop.domain.indicators import AnswerValue, IndicatorId
from pact_desktop.domain.text import TypedField


@dataclass(frozen=True, slots=True)
class RowText:
    """The words of one row in the wording that is shown now."""

    link_id: IndicatorId
    group: str
    text: str
    explanations: tuple[tuple[str, str], ...] = ()
    """Code and words of each ordinary explanation."""


@dataclass(frozen=True, slots=True)
class RowLabels:
    """Words that all rows share in the wording that is shown now."""

    answers: tuple[tuple[AnswerValue, str], ...]
    consider: str
    """`Also consider:`, or `Because of:` in short wording."""
    other: str
    other_name: str
    row_name: str
    """`row {number}: {text}`, for a screen reader."""


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """Everything that is filled in on one row."""

    value: AnswerValue
    explanations: tuple[str, ...] = ()
    other: str = ""


class ObservationRow(QFrame):
    """Digits answer, Backspace clears; after a yes the ordinary explanations open below.

    Signals:
        answered: the answer with its explanations changed; None after clearing.
        entered: the focus or the pointer came into this row.
        moved: -1 or +1 to go to the row above or below.
    """

    answered = Signal(object)
    entered = Signal()
    moved = Signal(int)

    def __init__(self, number: int, row: RowText, labels: RowLabels) -> None:
        super().__init__()
        self.setProperty("kind", "row")
        self.link_id = row.link_id
        self._row, self._labels = row, labels
        self._current = False
        self._narrow: bool | None = None
        self.number = PlainLabel(str(number), role="small", tone="text3")
        self.text = PlainLabel(role="body")
        self.text.setWordWrap(True)
        self.segments = Segments(strong=(AnswerValue.YES,))
        self.segments.setParent(self)
        self.extra: QWidget | None = None
        self._consider: PlainLabel | None = None
        self.ticks: dict[str, TickBox] = {}
        self.other_tick: TickBox | None = None
        self.other_edit: LineEdit | None = None
        self._typing = TypingPause(self)
        self._typing.timeout.connect(self._changed)
        self.segments.chosen.connect(self._chosen)
        self.segments.row_move.connect(self.moved)
        self._grid = QGridLayout(self)
        self._arrange()
        self.show_words(row, labels)

    # What is shown --------------------------------------------------------------------------

    def show_words(self, row: RowText, labels: RowLabels) -> None:
        """Short or full wording; the answer stays."""
        self._row, self._labels = row, labels
        self.text.setText(row.text)
        self.segments.set_options(labels.answers, strong=(AnswerValue.YES,))
        name = labels.row_name.format(number=self.number.text(), text=row.text)
        self.segments.set_label(name)
        self._word_extra()

    def show_answer(self, answer: RowAnswer | None) -> None:
        """The stored answer; a text that is being typed is not overwritten."""
        self.segments.set_value(answer.value if answer else None)
        self._show_extra(wanted=answer is not None and answer.value is AnswerValue.YES)
        if self.extra is None or answer is None:
            return
        for code, tick in self.ticks.items():
            tick.setChecked(code in answer.explanations)
        if (
            self.other_edit is not None
            and self.other_tick is not None
            and not self._typing.isActive()
        ):
            keep_open = self.other_edit.hasFocus() or self.other_tick.hasFocus()
            if not keep_open:
                self.other_tick.setChecked(bool(answer.other))
                self.other_edit.setText(answer.other)
            self.other_edit.setVisible(self.other_tick.isChecked())

    def set_current(self, *, current: bool) -> None:
        if current == self._current:
            return
        self._current = current
        theme.set_property(self, "kind", "current_row" if current else "row")
        theme.set_property(self.text, "role", "strong" if current else "body")
        self.segments.set_current(current)

    def set_narrow(self, *, narrow: bool) -> None:
        """In a narrow window the answers stand below their text."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def answer(self) -> RowAnswer | None:
        value = self.segments.value()
        if not isinstance(value, AnswerValue):
            return None
        if value is not AnswerValue.YES or self.extra is None:
            return RowAnswer(value)
        ticked = tuple(code for code, tick in self.ticks.items() if tick.isChecked())
        wants_other = self.other_tick is not None and self.other_tick.isChecked()
        other = self.other_edit.value() if wants_other and self.other_edit is not None else ""
        return RowAnswer(value, ticked, other)

    def hand_over(self) -> None:
        """Send at once what is still being typed."""
        if self._typing.isActive():
            self._typing.stop()
            self._changed()

    # What the user does ---------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.segments.focus_here()
        self.entered.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leaving the typed reason keeps it at once."""
        if watched is self.other_edit and event.type() == QEvent.Type.FocusOut:
            self.hand_over()
        return super().eventFilter(watched, event)

    def _chosen(self, value: object) -> None:
        self._show_extra(wanted=value is AnswerValue.YES)
        self._changed()

    def _changed(self) -> None:
        self.answered.emit(self.answer())

    def _other_toggled(self, on: bool) -> None:  # noqa: FBT001 a Qt slot
        if self.other_edit is None:
            return
        self.other_edit.setVisible(on)
        if on:
            self.other_edit.setFocus()
        elif self.other_edit.text():
            self.other_edit.clear()
            self._changed()

    # Building -------------------------------------------------------------------------------

    def _arrange(self) -> None:
        grid, narrow = self._grid, bool(self._narrow)
        for widget in (self.number, self.text, self.segments, self.extra):
            if widget is not None:
                grid.removeWidget(widget)
        space_out(grid, (14, 5, 12, 5), 12, 4)
        grid.setColumnMinimumWidth(0, theme.scaled(16))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop if narrow else Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self.number, 0, 0, top)
        grid.addWidget(self.text, 0, 1, Qt.AlignmentFlag.AlignVCenter)
        if narrow:
            grid.addWidget(self.segments, 1, 1, Qt.AlignmentFlag.AlignLeft)
        else:
            grid.addWidget(self.segments, 0, 2, Qt.AlignmentFlag.AlignVCenter)
        if self.extra is not None:
            grid.addWidget(self.extra, 2, 1, 1, 1 if narrow else 2)

    def _show_extra(self, *, wanted: bool) -> None:
        if wanted and self.extra is None:
            self._build_extra()
        if self.extra is not None:
            self.extra.setVisible(wanted)

    def _build_extra(self) -> None:
        extra = QWidget(self)
        flow = FlowLayout(extra, across=14, down=2)
        self._consider = PlainLabel(role="small", tone="text2")
        self._consider.setMinimumHeight(theme.size("tick_row"))
        flow.addWidget(self._consider)
        for code, _ in self._row.explanations:
            tick = self.ticks[code] = TickBox()
            tick.clicked.connect(self._changed)
            flow.addWidget(tick)
        self.other_tick = TickBox()
        self.other_tick.toggled.connect(self._other_toggled)
        flow.addWidget(self.other_tick)
        self.other_edit = LineEdit()
        self.other_edit.setMinimumWidth(theme.scaled(260))
        self.other_edit.hide()
        self.other_edit.textEdited.connect(self._typing.key)
        self.other_edit.installEventFilter(self)
        flow.addWidget(self.other_edit)
        length = LengthNote(extra)
        length.setMinimumWidth(theme.scaled(260))
        length.watch(self.other_edit, TypedField.OTHER_EXPLANATION)
        flow.addWidget(length)
        self.extra = extra
        self._word_extra()
        self._arrange()
        _chain(self.segments, [*self.ticks.values(), self.other_tick, self.other_edit])

    def _word_extra(self) -> None:
        if self._consider is None or self.other_tick is None or self.other_edit is None:
            return
        self._consider.setText(self._labels.consider)
        for code, words in self._row.explanations:
            if code in self.ticks:
                self.ticks[code].setText(words.replace("&", "&&"))
                self.ticks[code].setAccessibleName(f"{words}, {self.segments.property('label')}")
        self.other_tick.setText(self._labels.other)
        self.other_tick.setAccessibleName(
            f"{self._labels.other}, {self.segments.property('label')}"
        )
        self.other_edit.setAccessibleName(
            f"{self._labels.other_name}, {self.segments.property('label')}"
        )


def _chain(segments: Segments, following: Sequence[QWidget]) -> None:
    """Tab goes from the answer through its own boxes before the next row."""
    before: QWidget = segments.buttons()[-1]
    for widget in following:
        QWidget.setTabOrder(before, widget)
        before = widget
