# SPDX-License-Identifier: GPL-3.0-or-later
"""One page for each kind of reader; plain text that the keyboard scrolls."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Chrome, Screen
from pact_desktop.desktop.widgets import ActionButton, NoteLine, PlainLabel, ScrollPage, Segments
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr

_READING_WIDTH = 760


class ShownLine(NamedTuple):
    """First words that stand out, then the rest."""

    lead: str
    text: str
    is_point: bool


class LimitsView(Screen):
    """Private: it speaks of the work. At the door it has no frame, so it brings its own way back.

    Signals:
        part_chosen: number of a part.
        language_changed: the words have to be read anew.
    """

    name, private = "limits", True
    part_chosen = Signal(int)
    language_changed = Signal()

    title: PlainLabel
    lead: PlainLabel
    parts: Segments
    partly: NoteLine
    way_back: ActionButton
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None, *, at_door: bool = False) -> None:
        super().__init__(parent)
        load_form(self, "limits")
        if at_door:
            self.chrome = Chrome.NONE
        self.way_back.setVisible(at_door)
        self.way_back.clicked.connect(self.back_pressed)
        self.parts.chosen.connect(self._choose)
        # Arrows, Page Up and Page Down have to reach the text.
        self.work_area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.set_back(tr("Back"))
        self.parts.set_label(tr("For whom"))

    @override
    def first_focus(self) -> QWidget:
        return self.work_area

    def show_parts(self, headings: Sequence[str]) -> None:
        self.parts.set_options(list(enumerate(headings)))

    def chosen_part(self) -> int:
        chosen = self.parts.value()
        return chosen if isinstance(chosen, int) else 0

    def show_part(self, number: int, lines: Sequence[ShownLine], *, partly_english: bool) -> None:
        self.parts.set_value(number)
        self.partly.setVisible(partly_english)
        self.work_area.setWidget(_page(lines))
        self.work_area.setAccessibleName(self.title.text())
        self.work_area.setAccessibleDescription(
            "\n".join(f"{line.lead} {line.text}".strip() for line in lines)
        )
        self.work_area.verticalScrollBar().setValue(0)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.language_changed.emit()

    def _choose(self, number: object) -> None:
        if isinstance(number, int):
            self.part_chosen.emit(number)


def _page(lines: Sequence[ShownLine]) -> QWidget:
    """As wide as lines can be read.

    The width is bound across the page: a column forgets it when it asks how high its words are.
    """
    page, text = QWidget(), QWidget()
    text.setMaximumWidth(theme.scaled(_READING_WIDTH))
    across, column = QHBoxLayout(page), QVBoxLayout(text)
    space_out(across)
    space_out(column, (8, 4, 8, 24), 12)
    for line in lines:
        column.addWidget(_line(line))
    column.addStretch(1)
    across.addWidget(text, 1)
    across.addStretch(0)
    return page


def _line(line: ShownLine) -> QWidget:
    area = QWidget()
    row = QHBoxLayout(area)
    space_out(row, (16 if line.is_point else 0, 0, 0, 0), 8)
    if line.is_point:
        row.addWidget(PlainLabel("•", role="body"), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    space_out(words, gap=2)
    for text, role in ((line.lead, "strong"), (line.text, "body")):
        if text:
            label = PlainLabel(text, role=role)
            label.setWordWrap(True)
            words.addWidget(label)
    row.addLayout(words, 1)
    return area
