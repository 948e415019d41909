# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of observations, in short wording while somebody else may read along."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.widgets import (
    ActionButton,
    Card,
    PlainLabel,
    ProgressLine,
    ScrollPage,
    SidePane,
    TickBox,
)
from pact_desktop.desktop.widgets.about_row import AboutLabels, AboutRow, AboutText
from pact_desktop.desktop.widgets.keys import on_key
from pact_desktop.desktop.widgets.observation_list import ObservationList
from pact_desktop.desktop.widgets.observation_row import RowAnswer, RowLabels, RowText
from pact_desktop.desktop.widgets.side_fold import SideFold
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr, trn
from pact_desktop.domain.indicators import IndicatorId

NARROW = 760


class ObservationsView(Screen):
    """Rows, progress and help for the current row.

    Signals:
        answered: identifier of a row and its `RowAnswer`, None after clearing.
        row_entered: identifier of the row the user is in now.
        wording_switched: F8 or its button.
        concern_ticked: concern without a single sign to mark.
    """

    name, private = "observations", False
    answered = Signal(str, object)
    row_entered = Signal(str)
    wording_switched = Signal()
    concern_ticked = Signal(bool)

    title: PlainLabel
    lead: PlainLabel
    wording: ActionButton
    progress: ProgressLine
    work_area: ScrollPage
    side: SidePane
    about_button: ActionButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "observations")
        self.fold = SideFold(self, self.side, self.about_button)
        self.list = ObservationList()
        self.concern = TickBox()
        self.about = AboutRow()
        self._full = False
        self._fill()
        self.wording.clicked.connect(self.wording_switched)
        on_key(self, "F8", self.wording_switched.emit, everywhere=True)
        self.list.answered.connect(self.answered)
        self.list.current_changed.connect(self.row_entered)
        self.concern.clicked.connect(self.concern_ticked)
        self.width_changed.connect(self._reflow)
        self.retranslate()

    @override
    def retranslate(self) -> None:
        self.concern.setText(tr("Something does not fit, although no row says so"))
        self.concern.set_hint(tr("Your own impression counts. It is kept with the visit."))
        self._word_switch()

    @override
    def first_focus(self) -> QWidget | None:
        row = self.list.first_unanswered()
        if row is None:
            return None
        return row.segments.buttons()[0]

    # What is shown --------------------------------------------------------------------------

    def show_wording(self, *, full: bool) -> None:
        """Full wording is private view; in short wording nothing explains the rows."""
        self._full = full
        self.set_private(full)
        self.fold.want(wanted=full)
        self._concern_card.setVisible(full)
        self._word_switch()

    def show_rows(self, rows: Sequence[RowText], labels: RowLabels) -> None:
        self.list.show_rows(rows, labels)

    def show_answers(self, answers: Mapping[IndicatorId, RowAnswer]) -> None:
        self.list.show_answers(answers)

    def show_about(self, text: AboutText) -> None:
        self.about.show_text(
            text,
            AboutLabels(
                overline=tr("About this row"),
                examples=tr("For example"),
                not_seen=tr("Choose “Not seen” when"),
            ),
        )

    def show_progress(self, done: int, total: int) -> None:
        words = tr("{done} of {total} answered").format(done=done, total=total)
        self.progress.set_progress(done, total, words)
        left = total - done
        self.set_note(trn("{count} left", "{count} left", left).format(count=left) if left else "")

    def show_concern(self, *, concern: bool) -> None:
        self.concern.setChecked(concern)

    def set_answering(self, *, allowed: bool) -> None:
        self.list.setEnabled(allowed)
        self.concern.setEnabled(allowed)

    def hand_over(self) -> None:
        self.list.hand_over()

    # Building -------------------------------------------------------------------------------

    def _fill(self) -> None:
        page = QWidget()
        layout = QVBoxLayout(page)
        space_out(layout, (0, 0, 0, 16), 12)
        layout.addWidget(self.list)
        self._concern_card = Card()
        inside = QVBoxLayout()
        space_out(inside, (0, 0, 0, 0))
        inside.addWidget(self.concern)
        self._concern_card.body.addLayout(inside)
        layout.addWidget(self._concern_card)
        layout.addStretch(1)
        self.work_area.setWidget(page)
        self.side.body.addWidget(self.about)
        self.side.body.addStretch(1)

    def _word_switch(self) -> None:
        self.wording.setText(tr("Short wording") if self._full else tr("Full wording"))

    def _reflow(self, width: int) -> None:
        self.list.set_narrow(narrow=width < NARROW)
        self.lead.setVisible(width >= NARROW)
