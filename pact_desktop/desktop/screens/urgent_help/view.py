# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers at the left, steps at the right; nothing here needs a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Banner,
    Field,
    IconMark,
    KeyCap,
    LineEdit,
    PlainLabel,
    ScrollPage,
    Segments,
)
from pact_desktop.desktop.words import tr


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

    title: PlainLabel
    lead: PlainLabel
    close_button: ActionButton
    calls_note: PlainLabel
    calls_page: ScrollPage
    path: Segments
    steps_page: ScrollPage
    note_field: Field
    note: LineEdit

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "urgent_help")
        self._first_call: QWidget | None = None
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
        self.calls_note.setText(note)
        sheet, column = _sheet()
        self._first_call = None
        for call in calls:
            column.addWidget(self._call_row(call, may_log=may_log))
            column.addWidget(_divider())
        column.addStretch(1)
        self.calls_page.setWidget(sheet)

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
                label.setVisible(bool(text))
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

    def _call_row(self, call: Call, *, may_log: bool) -> QWidget:
        frame = QFrame()
        row = QHBoxLayout(frame)
        edge = theme.space("l")
        row.setContentsMargins(edge, theme.space("s"), edge, theme.space("s"))
        row.setSpacing(theme.space("m"))
        row.addWidget(IconMark("phone", tone="accentText"))
        row.addLayout(_two_lines(call.role, call.who), 1)
        number = PlainLabel(call.number, role="number")
        remark = PlainLabel(
            call.remark, role="caption", tone="caution" if call.caution else "text3"
        )
        remark.setWordWrap(True)
        for label in (number, remark):
            label.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(number)
        column.addWidget(remark)
        row.addLayout(column, 1)
        if may_log and call.number:
            log = ActionButton(call.logged or tr("Log call"), kind="small")
            log.setAccessibleName(f"{log.text()} {call.role}")
            log.clicked.connect(lambda: self.call_logged.emit(call.key))
            row.addWidget(log)
            self._first_call = self._first_call or log
        return frame


def _two_lines(strong: str, small: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    for text, role, tone in ((strong, "strong", "text"), (small, "small", "text2")):
        label = PlainLabel(text, role=role, tone=tone)
        label.setWordWrap(True)
        label.setVisible(bool(text))
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
