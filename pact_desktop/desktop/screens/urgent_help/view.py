# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers at the left, steps at the right; nothing here needs a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Banner,
    IconMark,
    KeyCap,
    PlainLabel,
    ScrollPage,
    Segments,
)
from pact_desktop.desktop.words import tr

NARROW = 1100
"""Logical width below which a number stands under whom it reaches."""


class Path(StrEnum):
    """Whose steps are shown."""

    ADULT = "adult"
    CHILD = "child"


@dataclass(frozen=True, slots=True)
class Call:
    """One line to call, in words."""

    key: int
    role: str
    who: str
    number: str
    remark: str
    caution: bool = False
    logged: str = ""


@dataclass(frozen=True, slots=True)
class Doing:
    """One thing to do, and how."""

    text: str
    detail: str


class UrgentHelpView(Screen):
    """Calls and steps.

    Signals:
        path_chosen: a `Path`.
        call_logged: key of a call.
        closed: back to where one was.
    """

    name, private = "urgent_help", True
    path_chosen = Signal(object)
    call_logged = Signal(int)
    closed = Signal()

    sheet: QVBoxLayout
    both: QWidget
    columns: QHBoxLayout
    title: PlainLabel
    lead: PlainLabel
    close_button: ActionButton
    calls_note: PlainLabel
    calls_page: ScrollPage
    path: Segments
    steps_page: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "urgent_help")
        self._first_call: QWidget | None = None
        self._narrow = self._stacked = False
        self.work_area = self._scrolled()
        self._calls: Sequence[Call] = ()
        self._may_log = False
        self.calls_note.setWordWrap(True)
        self.width_changed.connect(self._reflow)
        self.entered.connect(lambda _arguments: self._reflow(self.logical_width()))
        self.close_button.clicked.connect(self.closed)
        self.path.chosen.connect(self.path_chosen)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self).activated.connect(self.closed)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self._first_call or self.close_button

    @override
    def retranslate(self) -> None:
        chosen = self.path.value() or Path.ADULT
        self.path.set_options([(Path.ADULT, tr("Adult")), (Path.CHILD, tr("Under 18"))])
        self.path.set_value(chosen)

    def show_calls(self, calls: Sequence[Call], note: str, *, may_log: bool) -> None:
        self._calls, self._may_log = calls, may_log
        self.calls_note.setText(note)
        self._lay_out_calls()

    def _scrolled(self) -> ScrollPage:
        """Both cards scroll together where they stand one below the other."""
        area = ScrollPage()
        area.setWidget(self.both)
        self.sheet.addWidget(area, 1)
        return area

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_heights()

    def _fit_heights(self) -> None:
        for page in (self.calls_page, self.steps_page):
            sheet = page.widget()
            if sheet is not None:
                whole = sheet.heightForWidth(page.viewport().width())
                page.setMinimumHeight(max(0, whole) if self._stacked else 0)

    def _reflow(self, width: int) -> None:
        self._stacked, direction = width < theme.reflow("one_column_below"), QBoxLayout.Direction
        self.columns.setDirection(direction.TopToBottom if self._stacked else direction.LeftToRight)
        self._fit_heights()
        narrow = not self._stacked and width < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._lay_out_calls()

    def _lay_out_calls(self) -> None:
        sheet, column = _sheet()
        self._first_call = None
        for call in self._calls:
            column.addWidget(self._call_row(call))
            column.addWidget(_divider())
        column.addStretch(1)
        self.calls_page.setWidget(sheet)
        self._fit_heights()

    def show_steps(self, steps: Sequence[Doing], doubt: tuple[str, str]) -> None:
        sheet, column = _sheet()
        for number, step in enumerate(steps, 1):
            row = QHBoxLayout()
            row.setContentsMargins(theme.space("l"), theme.space("s"), theme.space("l"), 0)
            row.setSpacing(theme.space("m"))
            cap = KeyCap(str(number))
            row.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(theme.space("xxs"))
            for text, role, tone in (
                (step.text, "strong", "text"),
                (step.detail, "small", "text2"),
            ):
                label = PlainLabel(text, role=role, tone=tone)
                label.setWordWrap(True)
                if not text:
                    # Never shown here: without a parent it would be a window of its own.
                    label.hide()
                words.addWidget(label)
            row.addLayout(words, 1)
            column.addLayout(row)
        column.addStretch(1)
        banner = Banner()
        banner.set_tone("info")
        banner.setProperty("heading", doubt[0])
        banner.setProperty("text", doubt[1])
        holder = QVBoxLayout()
        holder.setContentsMargins(theme.space("l"), 0, theme.space("l"), theme.space("l"))
        holder.addWidget(banner)
        column.addLayout(holder)
        self.steps_page.setWidget(sheet)
        self._fit_heights()

    def _call_row(self, call: Call) -> QWidget:
        """Whom, the number, the button: beside each other, or below where a number would be cut."""
        direction = QBoxLayout.Direction
        frame = QFrame()
        row = QBoxLayout(direction.TopToBottom if self._narrow else direction.LeftToRight, frame)
        edge = theme.space("l")
        row.setContentsMargins(edge, theme.space("s"), edge, theme.space("s"))
        row.setSpacing(theme.space("xs" if self._narrow else "m"))
        whom = QHBoxLayout()
        whom.setSpacing(theme.space("m"))
        whom.addWidget(IconMark("phone", tone="accentText"))
        whom.addLayout(_two_lines(call.role, call.who), 1)
        row.addLayout(whom, 2)
        number = PlainLabel(call.number, role="number")
        remark = PlainLabel(
            call.remark, role="caption", tone="caution" if call.caution else "text3"
        )
        remark.setWordWrap(True)
        if not call.remark:
            remark.hide()
        for label in (number, remark):
            side = Qt.AlignmentFlag.AlignLeading if self._narrow else Qt.AlignmentFlag.AlignTrailing
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(number)
        column.addWidget(remark)
        row.addLayout(column, 1)
        if self._may_log and call.number:
            log = ActionButton(call.logged or tr("Log call"), kind="small")
            log.setAccessibleName(f"{log.text()} {call.role}")
            log.clicked.connect(lambda: self.call_logged.emit(call.key))
            row.addWidget(
                log, 0, Qt.AlignmentFlag.AlignLeading if self._narrow else Qt.AlignmentFlag(0)
            )
            self._first_call = self._first_call or log
        return frame


def _two_lines(strong: str, small: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for text, role, tone in ((strong, "strong", "text"), (small, "small", "text2")):
        label = PlainLabel(text, role=role, tone=tone)
        label.setWordWrap(True)
        if not text:
            label.hide()
        column.addWidget(label)
    return column


def _sheet() -> tuple[QWidget, QVBoxLayout]:
    sheet = QWidget()
    column = QVBoxLayout(sheet)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return sheet, column


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
