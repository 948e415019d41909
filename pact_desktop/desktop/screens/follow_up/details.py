# SPDX-License-Identifier: GPL-3.0-or-later
"""The chosen referral beside the list: its track, and the answers that may come next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pact_desktop.desktop.screens.follow_up.wording import Details
from pact_desktop.desktop.widgets import (
    ActionButton,
    Banner,
    Card,
    NoteLine,
    PlainLabel,
    TrackSteps,
)
from pact_desktop.desktop.widgets.flow_layout import FlowLayout
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr


class DetailsCard(Card):
    """A reference and a service, never a person.

    Signals:
        open_wanted: the visit of this referral.
        another_wanted: another service for the same patient.
        answer_wanted: a status, or None for all answers.
    """

    open_wanted = Signal()
    another_wanted = Signal()
    answer_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.reference = PlainLabel(role="subtitle")
        self.open = ActionButton(kind="quiet")
        self.sent_to = PlainLabel(role="body")
        self.call = NoteLine(icon="phone")
        self.track = TrackSteps()
        self.heading_of_answers = PlainLabel(role="label")
        self.hint = PlainLabel(role="small", tone="text2")
        self.closed = NoteLine(icon="check-circle")
        self.note = Banner()
        self.another = ActionButton(kind="small")
        self.answers: list[ActionButton] = []
        self._buttons = QWidget()
        self._flow = FlowLayout(self._buttons, across=8, down=8)
        for label in (self.sent_to, self.hint):
            label.setWordWrap(True)
        self._arrange()
        self.open.clicked.connect(self.open_wanted)
        self.another.clicked.connect(self.another_wanted)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        space_out(head, gap=8)
        head.addWidget(self.reference, 1)
        head.addWidget(self.open)
        self.body.addLayout(head)
        for widget in (
            self.sent_to, self.call, self.track, self.heading_of_answers, self.hint,
            self._buttons, self.closed, self.note, self.another,
        ):  # fmt: skip
            self.body.addWidget(widget)

    def retranslate(self) -> None:
        self.open.setText(tr("Open"))
        self.open.setAccessibleName(tr("Open the visit of this referral"))
        self.another.setText(tr("Choose another service"))
        self.heading_of_answers.setText(tr("Record the answer"))
        self.hint.setText(tr("From the return slip or by phone, after calling back."))
        self.closed.set_text(tr("Closed. No more answers are expected."))

    def show_details(self, details: Details) -> None:
        self.reference.setText(details.reference)
        self.sent_to.setText(details.sent_to)
        self.call.set_text(details.call)
        self.call.setVisible(bool(details.call))
        self.open.setVisible(details.can_open)
        self.track.set_steps(details.steps)
        self.note.setVisible(details.note is not None)
        if details.note is not None:
            self.note.show_banner(details.note)
        self.another.setVisible(details.can_choose_another)
        self._show_answers(details)

    def _show_answers(self, details: Details) -> None:
        for widget in (self.heading_of_answers, self.hint, self._buttons):
            widget.setVisible(bool(details.answers))
        self.closed.setVisible(not details.answers)
        while self.answers:
            old = self.answers.pop()
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        for answer in details.answers:
            button = ActionButton(answer.words, kind="small")
            button.clicked.connect(
                lambda _on=False, status=answer.status: self.answer_wanted.emit(status)
            )
            self.answers.append(button)
            self._flow.addWidget(button)
