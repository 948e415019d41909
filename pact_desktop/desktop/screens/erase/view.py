# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes, what stands in the way, the name typed once more, and a colleague who confirms."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    Card,
    Combo,
    ErrorSummary,
    Field,
    LineEdit,
    PlainLabel,
    ScrollPage,
    TickBox,
)
from pact_desktop.desktop.widgets.colleague_dialog import ColleagueDialog
from pact_desktop.desktop.widgets.line_card import Line, LineCard
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.retention import ErasureReason
from pact_desktop.terms import term

_COLUMN_WIDTH = 760
Problem = tuple[str, QWidget]
"""What to do, and the field or tick where it is done."""


class EraseView(Screen):
    """Private: it says that somebody was here.

    Signals:
        erase_wanted: the button of the footer.
        done: after it, back to the patients.
    """

    name, private, place = "erase", True, "patients"
    erase_wanted = Signal()
    done = Signal()

    title: PlainLabel
    lead: PlainLabel
    problems: ErrorSummary
    sheet: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "erase")
        self.goes, self.hinders, self.outside = LineCard(), LineCard(), LineCard()
        self._sure = Card(" ")
        self.reason, self.typed = Combo(), LineEdit()
        self.reason_field, self.typed_field = Field("", self.reason), Field("", self.typed)
        self.overrule = TickBox()
        self.colleague = ColleagueDialog(self)
        self._erased = self._blocked = False
        for widget in (self.reason_field, self.typed_field, self.overrule):
            self._sure.body.addWidget(widget)
        inner = QWidget()
        column = QVBoxLayout(inner)
        space_out(column, gap=12)
        for card in (self.goes, self.hinders, self._sure, self.outside):
            card.setMaximumWidth(theme.scaled(_COLUMN_WIDTH))
            column.addWidget(card)
        column.addStretch(1)
        self.sheet.setWidget(inner)
        self.lead.setWordWrap(True)
        self.problems.hide()
        self.primary_pressed.connect(self._go_on)
        self.forget()
        self.retranslate()

    @override
    def first_focus(self) -> QWidget | None:
        return self.reason if self._sure.isVisibleTo(self) else None

    @override
    def retranslate(self) -> None:
        self.goes.set_heading(tr("It is erased") if self._erased else tr("What goes"))
        self.hinders.set_heading(tr("Before that"))
        self.outside.set_heading(tr("Backups that still hold it"))
        self._sure.set_heading(tr("Erase"))
        self.reason_field.set_label(tr("Why"))
        kept = self.reason.value()
        self.reason.set_options(
            [("", tr("Choose")), *((one, term(catalog(), one)) for one in ErasureReason)]
        )
        self.reason.set_value(kept or "")
        self.colleague.set_words(
            tr("Somebody else confirms it"),
            tr(
                "A colleague or the manager, with their own name and passphrase. "
                "There is no way back."
            ),
            main=tr("Erase now"),
        )
        self._show_footer()

    # What is shown --------------------------------------------------------------------------

    def forget(self) -> None:
        """Nothing of the patient stays on a screen that was left."""
        self._erased = self._blocked = False
        self.lead.setText("")
        self.typed.clear()
        self.overrule.setChecked(False)
        self.overrule.hide()
        self.reason.set_value("")
        for card in (self.goes, self.hinders, self.outside):
            card.show_lines([])
        self._sure.hide()
        self.show_problems([])
        self._show_footer()

    def show_record(
        self,
        name: str,
        *,
        goes: Sequence[Line],
        hinders: Sequence[Line],
        outside: Sequence[Line],
        blocked: bool,
    ) -> None:
        self._blocked = blocked
        self.lead.setText(name)
        self.goes.show_lines(goes)
        self.hinders.show_lines(hinders)
        self.outside.show_lines(outside)
        self._sure.setVisible(not blocked)
        self._show_footer()

    def show_what_is_typed(self, label: str, overrule: str) -> None:
        """The words to type, and the line about a period that still runs, if there is one."""
        self.typed_field.set_label(label)
        self.overrule.setText(overrule)
        self.overrule.setVisible(bool(overrule))

    def show_erased(self, lines: Sequence[Line], outside: Sequence[Line]) -> None:
        self.forget()
        self._erased = True
        self.goes.show_lines(lines)
        self.outside.show_lines(outside)
        self.retranslate()

    def show_problems(self, problems: Sequence[Problem]) -> None:
        said = {place: words for words, place in problems}
        for field in (self.reason_field, self.typed_field):
            field.set_problem(said.get(field, ""))
        self.problems.show_problems(
            [
                (words, place.editor if isinstance(place, Field) else place)
                for words, place in problems
            ]
        )

    def _go_on(self) -> None:
        (self.done if self._erased else self.erase_wanted).emit()

    def _show_footer(self) -> None:
        if self._erased:
            self.set_back("")
            self.set_primary(tr("Done"))
            return
        self.set_back(tr("Back"))
        self.set_primary("" if self._blocked else tr("Erase …"), "")
