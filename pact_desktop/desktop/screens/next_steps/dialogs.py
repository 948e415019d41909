# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written down for a patient under 18: the call, the words, the wish, who takes over."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pact_desktop.desktop.widgets import Combo, Field, LineEdit, TextArea
from pact_desktop.desktop.widgets.form_dialog import FormDialog
from pact_desktop.desktop.widgets.side_by_side import SideBySide
from pact_desktop.desktop.widgets.spacing import space_out
from pact_desktop.desktop.words import tr
from pact_desktop.domain.text import TypedField


class CallDialog(FormDialog):
    """The call to the centre for social work, entered after it was made."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.receiver, self.time, self.person = LineEdit(), LineEdit(), LineEdit()
        self.receiver_field, self.time_field = Field("", self.receiver), Field("", self.time)
        self._person = Field("", self.person)
        self.receiver_field.limit_to(TypedField.NOTIFIED_BODY)
        self._person.limit_to(TypedField.NOTIFIED_PERSON_CODE)
        for line in (self.receiver, self.person):
            line.textEdited.connect(self.typing.key)
        row = QHBoxLayout()
        space_out(row, gap=12)
        row.addWidget(self.time_field, 1)
        row.addWidget(self._person, 2)
        self.body.addWidget(self.receiver_field)
        self.body.addLayout(row)

    def ask(self, receiver: str, time: str, person_code: str) -> None:
        self.word(
            tr("Call the centre for social work"),
            tr("No agreement and no proof is needed for a patient under 18."),
            safe=tr("Go back"),
            main=tr("Enter the call"),
        )
        self.receiver_field.set_label(tr("Who was called"))
        self.time_field.set_label(tr("Time of the call, hh:mm"))
        self._person.set_label(tr("Code of the person who took the call"))
        self.receiver.setText(receiver)
        self.time.setText(time)
        self.person.setText(person_code)
        self.show_problems("", "")
        self.show_over()
        self.receiver.setFocus()

    def show_problems(self, receiver: str, time: str) -> None:
        self.receiver_field.set_problem(receiver)
        self.time_field.set_problem(time)


class TellDialog(FormDialog):
    """Words to read aloud, in both languages."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.texts = SideBySide()
        self.body.addWidget(self.texts)

    def ask(self, staff: str, patient: str, locale: str) -> None:
        self.word(
            tr("Tell the patient what happens"),
            tr("Read it, or say it in your own words. Promise only what you can keep."),
            safe=tr("Go back"),
            main=tr("Told and understood"),
        )
        self.texts.show_heads(tr("Your language"), tr("Patient’s language"))
        self.texts.show_texts(
            staff, patient, locale,
            missing=tr("No text in this language yet. Use an interpreter."),
        )  # fmt: skip
        self.show_over()


class WishDialog(FormDialog):
    """What the patient wants, as it was said."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words = TextArea(lines=4)
        self.words.edited.connect(self.typing.key)
        self._field = Field("", self.words)
        self._field.limit_to(TypedField.CHILD_VIEW)
        self.body.addWidget(self._field)

    def ask(self, words: str) -> None:
        self.word(
            tr("What does the patient want?"), "", safe=tr("Go back"), main=tr("Keep the words")
        )
        self._field.set_label(tr("In the patient’s own words"))
        self.words.set_value(words)
        self.show_over()
        self.words.setFocus()


class TakeOverDialog(FormDialog):
    """Nothing blocks the end of a visit; what is open gets a name."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.who = Combo()
        self.who_field = Field("", self.who)
        self.body.addWidget(self.who_field)

    def ask(self, open_steps: str, people: Sequence[tuple[str, str]]) -> None:
        self.word(
            tr("Who takes over what is still open?"),
            tr("Still to do today: {steps}").format(steps=open_steps),
            safe=tr("Go back"),
            main=tr("Finish visit"),
        )
        self.who_field.set_label(tr("Member of staff"))
        self.who_field.set_problem("")
        self.who.set_options([("", tr("Choose")), *people])
        self.who.set_value("")
        self.show_over()
        self.who.setFocus()
