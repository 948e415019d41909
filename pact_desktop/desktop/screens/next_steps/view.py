# SPDX-License-Identifier: GPL-3.0-or-later
"""What is offered, or done today, beside how the patient may be reached."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.next_steps.child_card import AlsoCard, ChildCard, DoNotCard
from pact_desktop.desktop.screens.next_steps.dialogs import (
    CallDialog,
    TakeOverDialog,
    TellDialog,
    WishDialog,
)
from pact_desktop.desktop.screens.next_steps.offers_card import OffersCard
from pact_desktop.desktop.screens.next_steps.side_cards import (
    TICKED_OUTCOMES,
    ContactCard,
    OutcomeCard,
    PapersCard,
)
from pact_desktop.desktop.widgets import Chip, ErrorSummary, PlainLabel, ScrollPage
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr
from pact_desktop.domain.screening import Offer

NARROW = 1000


class NextStepsView(Screen):
    """Step 7. Nothing here stands between the patient and going home."""

    name, private = "next_steps", True

    title: PlainLabel
    lead: PlainLabel
    clock: Chip
    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "next_steps")
        self.offers, self.child = OffersCard(), ChildCard()
        self.contact, self.outcome, self.papers = ContactCard(), OutcomeCard(), PapersCard()
        self.do_not, self.also = DoNotCard(), AlsoCard()
        self._build_page()
        self.call, self.tell = CallDialog(self), TellDialog(self)
        self.wish, self.take_over = WishDialog(self), TakeOverDialog(self)
        self._is_child = False
        self.width_changed.connect(self._reflow)
        self.retranslate()
        self.show_path(is_child=False, doubtful=False)

    @override
    def retranslate(self) -> None:
        for part in (
            self.offers, self.child, self.contact, self.outcome, self.papers, self.also,
        ):  # fmt: skip
            part.retranslate()

    @override
    def first_focus(self) -> QWidget:
        if self._is_child:
            return self.child.call
        return self.offers.answers[Offer.TREATMENT_AND_RETURN].buttons()[0]

    def show_path(self, *, is_child: bool, doubtful: bool) -> None:
        """The offers, or for a patient under 18 or of doubtful age the fixed order."""
        self._is_child = is_child
        self.offers.setVisible(not is_child)
        for card in (self.child, self.do_not, self.also):
            card.setVisible(is_child)
        if doubtful:
            words = tr("The age is not certain, so the steps for patients under 18 apply.")
        elif is_child:
            words = tr("The steps for patients under 18 apply.")
        else:
            words = tr("A “no” is a full answer. The patient may come back at any time.")
        self.lead.setText(words)
        self.clock.setProperty("text", tr("Within 24 hours"))
        self.clock.setProperty("iconName", "clock")
        self.clock.setVisible(is_child)

    def set_answering(self, *, allowed: bool) -> None:
        self.offers.setEnabled(allowed)
        for part in (self.child, self.contact, self.outcome, self.also):
            part.setEnabled(allowed)

    def hand_over(self) -> None:
        self.contact.hand_over()
        self.call.hand_over()
        self.wish.hand_over()

    def show_outcome_card(self) -> None:
        """Leads to what came of the visit, which may lie below the fold."""
        self.work_area.ensureWidgetVisible(self.outcome)
        first = self.outcome.boxes[TICKED_OUTCOMES[0]]
        # Later: a question that closes gives the focus back to where it was.
        QTimer.singleShot(0, first, lambda: first.setFocus(Qt.FocusReason.OtherFocusReason))

    def _build_page(self) -> None:
        page, side = QWidget(), QVBoxLayout()
        self._columns = QHBoxLayout(page)
        space_out(self._columns, (0, 0, 0, 2), 16)
        space_out(side, gap=14)
        main = QVBoxLayout()
        space_out(main, gap=14)
        for wide in (self.offers, self.child, self.outcome):
            main.addWidget(wide)
        main.addStretch(1)
        for card in (self.do_not, self.also, self.papers, self.contact):
            side.addWidget(card)
        side.addStretch(1)
        self._columns.addLayout(main, 66)
        self._columns.addLayout(side, 34)
        self.work_area.setWidget(page)

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        one_column = width < theme.reflow("one_column_below")
        self.offers.set_narrow(narrow=one_column)
        self.child.set_narrow(narrow=one_column)
        self.lead.setVisible(not one_column)
