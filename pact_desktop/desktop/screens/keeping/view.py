# SPDX-License-Identifier: GPL-3.0-or-later
"""The periods of the facility, and what remains of what has gone."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import ErrorSummary, Field, NoteLine, PlainLabel, ScrollPage
from pact_desktop.desktop.widgets.line_card import Line, LineCard
from pact_desktop.desktop.widgets.period_rows import PeriodRows
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr

_COLUMN_WIDTH = 860


class KeepingView(Screen):
    """Saved with the primary; the list of what is due is a screen of its own.

    Signals:
        due_wanted: the list.
        retranslated: the language of the screen has changed.
    """

    name, private, place = "keeping", False, "facility"
    due_wanted = Signal()
    retranslated = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    sheet: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "keeping")
        self.rows = PeriodRows()
        self.log_stays = NoteLine(icon="clock-counter-clockwise")
        self.gone = LineCard()
        self._dirty = False
        inner = QWidget()
        column = QVBoxLayout(inner)
        space_out(column, gap=12)
        for widget in (self.rows, self.log_stays, self.gone):
            widget.setMaximumWidth(theme.scaled(_COLUMN_WIDTH))
            column.addWidget(widget)
        column.addStretch(1)
        self.sheet.setWidget(inner)
        self.lead.setWordWrap(True)
        self.problems.hide()
        self.gone.hide()
        self.extra_pressed.connect(self.due_wanted)
        self.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.rows.first

    @override
    def retranslate(self) -> None:
        self.lead.setText(
            tr(
                "The program has no number of its own. What is left open is kept. "
                "Nothing is erased by itself: two people confirm it."
            )
        )
        self.rows.retranslate()
        self.log_stays.set_text(tr("The activity log stays. It holds no name."))
        self.gone.set_heading(tr("Visits that were erased"))
        self.set_back(tr("Back"))
        self.show_dirty(dirty=self._dirty)
        self.retranslated.emit()

    def show_dirty(self, *, dirty: bool) -> None:
        """What was typed and not saved is said, and can be taken back."""
        self._dirty = dirty
        self.set_primary(tr("Save"))
        self.set_secondary(tr("Undo changes") if dirty else "")
        self.set_extra("" if dirty else tr("Kept long enough …"))
        self.set_note(tr("Not saved yet") if dirty else "")
        if dirty:
            self.set_saved("")

    def show_saved(self, time: str) -> None:
        self.set_saved(tr("Saved {time}").format(time=time))

    def show_counts(self, lines: Sequence[Line]) -> None:
        self.gone.show_lines(lines)

    def show_problems(self, problems: Mapping[Field, str]) -> None:
        """Each at its field, and all of them on top with a link to the field."""
        self.rows.show_problems(problems)
        self.problems.show_problems([(words, field.editor) for field, words in problems.items()])
