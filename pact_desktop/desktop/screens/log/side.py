# SPDX-License-Identifier: GPL-3.0-or-later
"""Beside the list: one entry in full, and the state of the log with the number for paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pact_desktop.desktop.widgets import ActionButton, Card, Field, LineEdit, NoteLine, PlainLabel
from pact_desktop.desktop.words import tr


@dataclass(frozen=True, slots=True)
class EntryText:
    """One entry in words."""

    what: str
    who: str
    when: str
    number: str
    record: str
    note: str
    can_narrow_person: bool
    can_narrow_record: bool


class EntryCard(Card):
    """The chosen entry, and the way to more of the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.what = PlainLabel(role="subtitle")
        self.who = NoteLine(icon="user")
        self.when = NoteLine(icon="clock")
        self.record = NoteLine(icon="clipboard-text")
        self.number = NoteLine(icon="list", tone="text2")
        self.note = PlainLabel(role="small", tone="text2")
        self.only_person = ActionButton(kind="quiet")
        self.only_record = ActionButton(kind="quiet")
        self.what.setWordWrap(True)
        self.note.setWordWrap(True)
        for line in (self.what, self.who, self.when, self.record, self.number, self.note):
            self.body.addWidget(line)
        for button in (self.only_person, self.only_record):
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self.retranslate()

    def retranslate(self) -> None:
        self.only_person.setText(tr("Only this person"))
        self.only_record.setText(tr("Only this record"))

    def show_entry(self, entry: EntryText) -> None:
        self.what.setText(entry.what)
        self.who.set_text(entry.who)
        self.when.set_text(entry.when)
        self.number.set_text(entry.number)
        self.record.set_text(entry.record)
        self.note.setText(entry.note)
        self.record.setVisible(bool(entry.record))
        self.note.setVisible(bool(entry.note))
        self.only_person.setVisible(entry.can_narrow_person)
        self.only_record.setVisible(entry.can_narrow_record)


class StateCard(Card):
    """Whether the log is as it was written, its number, and a number from paper to compare.

    Signals:
        given: what was typed from a paper.
    """

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self.verdict = NoteLine()
        self.findings = PlainLabel(role="small")
        self.number = PlainLabel(role="subtitle")
        self._explained = PlainLabel(role="small", tone="text2")
        self.code = LineEdit()
        self.code_field = Field("", self.code)
        self.compare = ActionButton(kind="secondary")
        self.answer = NoteLine()
        for label in (self.findings, self._explained):
            label.setWordWrap(True)
        for widget in (self.verdict, self.findings, self.number, self._explained, self.code_field):
            self.body.addWidget(widget)
        self.body.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.answer)
        self.compare.clicked.connect(self._give)
        self.code.returnPressed.connect(self._give)
        self.code.textEdited.connect(lambda _text: self.forget_answer())
        self.forget_answer()
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(tr("Number of the log"))
        self._explained.setText(
            tr(
                "Write it down once a month and keep it away from this computer. "
                "It shows later whether anything before it was changed."
            )
        )
        # Translators: label of a field; the number was printed or written down earlier.
        self.code_field.set_label(tr("A number from paper"))
        self.compare.setText(tr("Compare"))

    def show_state(
        self, number: str, verdict: str, findings: Sequence[str], *, whole: bool
    ) -> None:
        self.number.setText(number)
        icon, tone = ("check-circle", "ok") if whole else ("warning-circle", "alert")
        self.verdict.set_note(verdict, icon, tone)
        self.findings.setText("\n".join(findings))
        self.findings.setVisible(bool(findings))

    def show_answer(self, words: str, *, fits: bool) -> None:
        icon, tone = ("check-circle", "ok") if fits else ("warning-circle", "alert")
        self.answer.set_note(words, icon, tone)
        self.answer.show()

    def show_problem(self, words: str) -> None:
        self.forget_answer()
        self.code_field.set_problem(words)
        self.code.setFocus()

    def forget_answer(self) -> None:
        self.code_field.set_problem("")
        self.answer.hide()

    def _give(self) -> None:
        self.given.emit(self.code.value())
