# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked before a paper leaves, and what stands in place of consent."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pact_desktop.desktop.widgets import Combo, Field, LineEdit, NoteLine, TextArea
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import catalog, tr
from pact_desktop.domain.referral import Channel
from pact_desktop.domain.text import TypedField
from pact_desktop.i18n.locales import LOCALES, PAPER_LOCALES
from pact_desktop.terms import term


class Leave(Enum):
    """What leaves."""

    FIRST = "first"
    COPY = "copy"
    """The page that was sent, once more."""
    VERSION = "version"
    """Another page, as the record stands now."""


class IssueDialog(FormDialog):
    """How the paper leaves. It is in the log before the page exists."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.saving, self.leave = False, Leave.FIRST
        self.channel, self.paper = Combo(), Combo()
        self._field, self._paper = Field("", self.channel), Field("", self.paper)
        self._note = NoteLine(icon="info")
        self.body.addWidget(self._paper)
        self.body.addWidget(self._field)
        self.body.addWidget(self._note)

    def ask(
        self, reference: str, leave: Leave, *, saving: bool, channel: Channel, paper: str
    ) -> None:
        self.saving, self.leave = saving, leave
        titles = {
            Leave.FIRST: tr("Send {reference}?"),
            Leave.COPY: tr("Print {reference} again?"),
            Leave.VERSION: tr("Make a new version of {reference}?"),
        }
        self.word(
            titles[leave].format(reference=reference),
            tr("The log says that this paper was made, before the page exists."),
            safe=tr("Go back"),
            main=tr("Save as PDF …") if saving else tr("Print …"),
        )
        self._field.set_label(tr("How the paper leaves"))
        self.channel.set_options([(value, term(catalog(), value)) for value in Channel])
        self.channel.set_value(channel)
        self._field.setVisible(leave is not Leave.COPY)
        self._paper.set_label(tr("Language of the paper"))
        self.paper.set_options([(tag, LOCALES[tag].own_name) for tag in PAPER_LOCALES])
        self.paper.set_value(paper)
        self._paper.setVisible(leave is Leave.VERSION)
        notes = {
            Leave.FIRST: tr("From now on the referral waits for an answer."),
            Leave.COPY: tr("The page is the one that was sent, marked as a copy of today."),
            Leave.VERSION: tr(
                "The new page says what the record says now, and is marked as a new version. "
                "The page that was sent stays in the record."
            ),
        }
        self._note.set_text(notes[leave])
        self.show_over()

    def chosen_paper(self) -> str:
        return str(self.paper.value() or "")

    def chosen(self) -> Channel:
        channel = self.channel.value()
        return channel if isinstance(channel, Channel) else Channel.BY_HAND


@dataclass(frozen=True, slots=True)
class CallMade:
    """Who was told about a patient under 18, and why this is passed on."""

    time: str
    body: str
    person_code: str
    reason: str


class CallDialog(FormDialog):
    """The call to the centre for social work, entered after it was made."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.time, self.receiver, self.person = LineEdit(), LineEdit(), LineEdit()
        self.reason = TextArea(lines=2)
        self.time_field, self.receiver_field = Field("", self.time), Field("", self.receiver)
        self._person, self._reason = Field("", self.person), Field("", self.reason)
        self.receiver_field.limit_to(TypedField.NOTIFIED_BODY)
        self._person.limit_to(TypedField.NOTIFIED_PERSON_CODE)
        self._reason.limit_to("reason")
        self.reason.edited.connect(self.typing.key)
        row = QHBoxLayout()
        space_out(row, gap=12)
        row.addWidget(self.time_field, 1)
        row.addWidget(self._person, 2)
        self.body.addWidget(self.receiver_field)
        self.body.addLayout(row)
        self.body.addWidget(self._reason)

    def ask(self, made: CallMade) -> None:
        self.word(
            tr("Call the centre for social work first"),
            tr("No agreement and no proof is needed for a patient under 18."),
            safe=tr("Go back"),
            main=tr("Enter the call"),
        )
        self.receiver_field.set_label(tr("Who was called"))
        self.time_field.set_label(tr("Time of the call, hh:mm"))
        self._person.set_label(tr("Code of the person who took the call"))
        self._reason.set_label(tr("Reason, in one sentence"))
        self.receiver.setText(made.body)
        self.time.setText(made.time)
        self.person.setText(made.person_code)
        self.reason.set_value(made.reason)
        self.show_problems()
        self.show_over()
        self.receiver.setFocus()

    def made(self) -> CallMade:
        return CallMade(
            time=self.time.value(),
            body=self.receiver.value(),
            person_code=self.person.value(),
            reason=self.reason.value(),
        )

    def show_problems(self, *, time: str = "", receiver: str = "") -> None:
        self.time_field.set_problem(time)
        self.receiver_field.set_problem(receiver)


class WithoutConsentDialog(FormDialog):
    """Danger to life: two members of staff and a reason stand in place of consent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reason = TextArea(lines=3)
        self.reason_field = Field("", self.reason)
        self.reason_field.limit_to("reason")
        self.reason.edited.connect(self.typing.key)
        self.body.addWidget(self.reason_field)

    def ask(self, reason: str) -> None:
        self.word(
            tr("Pass on without consent?"),
            tr("Only when life is in danger. Two members of staff decide it and say why."),
            safe=tr("Go back"),
            main=tr("Record the decision"),
        )
        self.reason_field.set_label(tr("Reason, in one sentence"))
        self.reason.set_value(reason)
        self.show_problems()
        self.show_over()

    def show_problems(self, *, reason: str = "") -> None:
        self.reason_field.set_problem(reason)
