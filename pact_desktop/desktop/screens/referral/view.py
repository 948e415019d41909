# SPDX-License-Identifier: GPL-3.0-or-later
"""Three parts side by side: where to, what the patient agrees to, and the page itself."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from pact_desktop.desktop import theme
from pact_desktop.desktop.forms import load_form
from pact_desktop.desktop.screen import Screen
from pact_desktop.desktop.screens.referral.agreement import Agreement
from pact_desktop.desktop.screens.referral.dialogs import (
    CallDialog,
    IssueDialog,
    WithoutConsentDialog,
)
from pact_desktop.desktop.screens.referral.form_details import FormDetails
from pact_desktop.desktop.screens.referral.preview import PreviewCard
from pact_desktop.desktop.screens.referral.service_list import ServiceLine, ServiceList
from pact_desktop.desktop.typing_pause import TypingPause
from pact_desktop.desktop.widgets import (
    Card,
    Chip,
    ChipText,
    Combo,
    ErrorSummary,
    Field,
    LineEdit,
    NoteLine,
    PlainLabel,
    ScrollPage,
    SearchEdit,
)
from pact_desktop.desktop.widgets.colleague_dialog import ColleagueDialog
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.facility import ServiceId
from pact_desktop.domain.referral import Priority
from pact_desktop.domain.text import fits
from pact_desktop.terms import term

NARROW = 1100


class ReferralView(Screen):
    """Nothing is ticked for the patient, and the smallest form is the start.

    Signals:
        service_chosen: identifier of a service.
        searched: what was typed to find one.
        edited: priority, form, language of the paper, or a fact of the form.
        print_wanted: Ctrl+P.
    """

    name, private, place = "referral", True, "today"
    service_chosen = Signal(object)
    searched = Signal(str)
    edited = Signal()
    print_wanted = Signal()

    title: PlainLabel
    lead: PlainLabel
    state: Chip
    priority: Combo
    problems: ErrorSummary
    work_area: ScrollPage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_form(self, "referral")
        self.agreement, self.details = Agreement(), FormDetails()
        self.preview = PreviewCard()
        page = QWidget()
        self._columns = QHBoxLayout(page)
        space_out(self._columns, gap=15)
        self._columns.addWidget(self._build_services(), 27)
        self._columns.addWidget(self._build_agreement(), 40)
        self._columns.addWidget(self.preview, 41)
        self.work_area.setWidget(page)
        for part in (self.services, self._agreement_page, self.preview.pages, self.preview.empty):
            # Each scrolls by itself, so it takes the height that is there.
            part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.issue, self.call = IssueDialog(self), CallDialog(self)
        self.without, self.colleague = WithoutConsentDialog(self), ColleagueDialog(self)
        self._connect()
        self.retranslate()
        self.show_state(ChipText(""))
        self.preview.show_page(b"")

    def _connect(self) -> None:
        self.services.chosen.connect(self.service_chosen)
        self.search.settled.connect(self.searched)
        self.priority.chosen.connect(self.edited)
        self.details.changed.connect(self.edited)
        self.preview.changed.connect(self.edited)
        self.stale_reason.editingFinished.connect(self.edited)
        self._typing = TypingPause(self)
        self._typing.timeout.connect(self.edited)
        for reason in (self.stale_reason, self.preview.reason):
            reason.textEdited.connect(self._typing.key)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(self.print_wanted)
        self.width_changed.connect(self._reflow)

    @override
    def retranslate(self) -> None:
        self.colleague.set_words(
            tr("Decide this with a colleague"),
            tr(
                "This is passed on without consent. Your colleague knows why, and confirms here "
                "with their own passphrase."
            ),
            main=tr("Confirm the decision"),
        )
        self._send_to.setText(tr("1  Send to"))
        self.search.setPlaceholderText(tr("Place, service or language"))
        self.search.setAccessibleName(tr("Find a service"))
        self.services.setAccessibleName(tr("Services to send to"))
        self._stale.set_label(tr("Why print although nobody called for a year"))
        self.priority.set_options([(value, term(catalog(), value)) for value in Priority])
        self.agreement.retranslate()
        self.details.retranslate()
        self.preview.retranslate()

    @override
    def first_focus(self) -> QWidget:
        return self.search

    # What is shown --------------------------------------------------------------------------

    def show_services(self, lines: Sequence[ServiceLine], chosen: ServiceId | None) -> None:
        self.services.show_services(
            lines,
            chosen,
            nothing=tr("No service in this list fits. Call the coordinator first."),
        )

    def show_service_note(self, words: str, *, ask_reason: bool, reason: str) -> None:
        """What has to happen before a page may be printed for this service."""
        self._service_note.set_text(words)
        self._service_note.setVisible(bool(words))
        self._stale.setVisible(ask_reason)
        if not self.stale_reason.hasFocus() and fits(
            self.stale_reason.value(), "stale-override-reason"
        ):
            self.stale_reason.setText(reason)
        self._foot.setVisible(bool(words) or ask_reason)

    def show_headings(self, *, is_child: bool) -> None:
        self._agrees.setText(
            tr("2  Who was told, what the patient agrees to")
            if is_child
            else tr("2  What the patient agrees to")
        )
        self.lead.setText(
            tr("The centre for social work is called first. Tell the patient what happens.")
            if is_child
            else tr("The patient chooses each step. Saying no is a full answer.")
        )

    def show_state(self, chip: ChipText) -> None:
        self.state.show_chip(chip)
        self.state.setVisible(bool(chip.text))

    def show_priority(self, priority: Priority) -> None:
        self.priority.set_value(priority)

    def chosen_priority(self) -> Priority:
        priority = self.priority.value()
        return priority if isinstance(priority, Priority) else Priority.URGENT

    def show_problems(self, problems: Sequence[str]) -> None:
        """What stands between the referral and its paper, each with the way to it."""
        self.problems.show_problems([(words, self._place_of_problem(words)) for words in problems])

    def set_editing(self, *, allowed: bool, chosen: bool) -> None:
        """A referral that was sent is read, not changed; its consent may still be taken back."""
        self.services.setEnabled(allowed)
        self.details.setVisible(chosen)
        self.details.setEnabled(allowed)
        self.priority.setEnabled(allowed)
        self.preview.form.setEnabled(allowed and chosen)
        self.preview.paper.setEnabled(allowed)
        self.preview.reason.setEnabled(allowed)
        self.preview.save.setEnabled(chosen)
        self.preview.consent_page.setEnabled(chosen)

    def hand_over(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self.edited.emit()
        self.details.hand_over()
        self.call.hand_over()
        self.without.hand_over()

    def _place_of_problem(self, words: str) -> QWidget:
        if words == self._service_note.property("text"):
            return self.search
        if self.preview.reason_field.isVisible() and not self.preview.reason.value():
            return self.preview.reason
        return self.agreement.first_open()

    # Building -------------------------------------------------------------------------------

    def _build_services(self) -> Card:
        card = Card()
        space_out(card.body, (1, 13, 1, 1), 0)
        self._send_to = PlainLabel(role="subtitle")
        self.search, self.services = SearchEdit(), ServiceList()
        head = QVBoxLayout()
        space_out(head, (14, 0, 14, 12), 10)
        head.addWidget(self._send_to)
        head.addWidget(self.search)
        card.body.addLayout(head)
        card.body.addWidget(_divider())
        card.body.addWidget(self.services, 1)
        self._service_note = NoteLine(icon="warning", tone="caution")
        self.stale_reason = LineEdit()
        self._stale = Field("", self.stale_reason)
        self._stale.limit_to("stale-override-reason")
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        space_out(foot, (14, 8, 14, 12), 8)
        foot.addWidget(self._service_note)
        foot.addWidget(self._stale)
        card.body.addWidget(self._foot)
        return card

    def _build_agreement(self) -> Card:
        card = Card()
        space_out(card.body, (1, 13, 1, 1), 0)
        self._agrees = PlainLabel(role="subtitle")
        self._agrees.setWordWrap(True)
        head = QVBoxLayout()
        space_out(head, (16, 0, 16, 6))
        head.addWidget(self._agrees)
        card.body.addLayout(head)
        self._agreement_page = ScrollPage()
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        space_out(column, (16, 0, 16, 12), 10)
        column.addWidget(self.agreement)
        column.addWidget(_divider())
        column.addWidget(self.details)
        column.addStretch(1)
        self._agreement_page.setWidget(sheet)
        card.body.addWidget(self._agreement_page, 1)
        return card

    def _reflow(self, width: int) -> None:
        narrow = width < NARROW
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        # Below each other every part keeps a height of its own and the page scrolls.
        for part, least in (
            (self.services, 260),
            (self._agreement_page, 520),
            (self.preview.pages, 520),
        ):
            part.setMinimumHeight(theme.scaled(least) if narrow else 0)
        self.lead.setVisible(width >= theme.reflow("one_column_below"))


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "divider")
    return line
